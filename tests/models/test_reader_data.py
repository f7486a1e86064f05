"""Training data, read as it is."""

from __future__ import annotations

import json
from pathlib import Path

from models.reader_data import read_interview, read_sentence_pairs, read_squad

CONTEXT = "The Tide Mill of Harbour Town was rebuilt in 1998. Ada Moss paid 5,000 crowns for the wheel."


def squad(path: Path) -> Path:
    def paragraph(context: str, *qas: tuple[str, str]) -> dict[str, object]:
        return {
            "context": context,
            "qas": [
                {
                    "question": question,
                    "is_impossible": not answer,
                    "answers": [{"text": answer, "answer_start": context.index(answer)}] if answer else [],
                }
                for question, answer in qas
            ],
        }

    other = "The orchard keeper hangs up jars of cider against the wasps every August."
    articles = [
        {"title": "Mill", "paragraphs": [paragraph(CONTEXT, ("When was the Tide Mill rebuilt?", "1998"))] * 2},
        {
            "title": "Orchard",
            "paragraphs": [paragraph(other, ("What keeps wasps away?", "jars of cider"), ("Who?", ""))],
        },
    ]
    path.write_text(json.dumps({"data": articles}))
    return path


def test_a_squad_file_is_read_with_its_articles_held_out(tmp_path: Path) -> None:
    train, held_out = read_squad(squad(tmp_path / "a.json"), frozenset({"Orchard"}))
    assert [e.question for e in train] == ["When was the Tide Mill rebuilt?"] * 2
    assert [bool(e.answers) for e in held_out] == [True, False]
    start, end = train[0].answers[0]
    assert train[0].context[start:end] == "1998"


def test_sentence_pairs_are_put_back_into_paragraphs(tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text("question\tsentence\nwhat?\tone thing.\nwhy?\tone thing.\nwho?\tanother one.\n")
    examples = read_sentence_pairs(path)
    assert {e.context for e in examples} == {"one thing. another one."}
    assert [e.context[slice(*e.answers[0])] for e in examples] == ["one thing.", "one thing.", "another one."]
    assert not any(e.span_known for e in examples)


def test_an_interviewers_question_goes_with_the_turn_that_answers_it(tmp_path: Path) -> None:
    answer = " ".join(f"We mended wheel number {i} in the spring." for i in range(8))
    path = tmp_path / "mill.md"
    path.write_text(
        f"**Ada Moss:** Welcome. Today I talk to Bela Novak. So how long did you work on the old wheels?\n\n"
        f"**Bela Novak:** {answer}\n\n**Ada Moss:** Really?\n\n**Bela Novak:** Yes.\n"
    )
    (example,) = read_interview(path)
    assert example.question == "So how long did you work on the old wheels?"
    assert example.context == answer
    assert not example.span_known


def test_what_is_no_interview_gives_no_questions(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("")
    assert read_interview(path) == []
