"""Training data, read as it is."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from models.reader_data import Others, read_interview, read_sentence_pairs, read_squad, read_written
from models.written import read_questions
from rag.parsing import read

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


def test_sentences_of_evidence_go_with_the_words_that_answer(tmp_path: Path) -> None:
    answer = {"text": "1998", "answer_start": CONTEXT.index("1998")}
    whole = [0, CONTEXT.index(" Ada")]
    qas = [
        {"question": "When was it rebuilt?", "answers": [answer], "evidence": [whole]},
        {"question": "What about the mill?", "answers": [], "evidence": [whole]},
        {"question": "Who runs it?", "answers": [], "is_impossible": True},
    ]
    path = tmp_path / "made_up.json"
    paragraph = {"context": CONTEXT, "asked": "And the mill?", "qas": qas}
    path.write_text(json.dumps({"data": [{"title": "Mill", "paragraphs": [paragraph]}]}))
    dated, topic, missing = read_squad(path)[0]
    assert next(dated.context[a:b] for a, b in dated.answers) == "1998"
    assert len(dated.answers) == 2
    assert dated.span_known
    assert topic.answers == (tuple(whole),)
    assert not topic.span_known
    assert missing.answers == ()
    assert missing.span_known
    assert {e.asked for e in (dated, topic, missing)} == {"And the mill?"}


def test_written_questions_find_their_passage_by_file_and_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = "The wheel turns. It is old."
    (tmp_path / "mill.md").write_text(f"**Ada Moss:** What turns?\n\n**Bela Novak:** {said}\n")
    start = len("Ada Moss: What turns?\n\nBela Novak: ")
    row = {"file": "mill.md", "start": start, "end": start + len(said), "sha1": hashlib.sha1(said.encode()).hexdigest()}
    row |= {"q": "What turns?", "gold": [[start, start + 16]], "answer": [start, start + 9]}
    path = tmp_path / "questions.jsonl"
    path.write_text(json.dumps(row))
    (example,), (others,) = read_written(path, tmp_path)
    assert (example.context, example.asked) == (said, "What turns?")
    assert [example.context[a:b] for a, b in example.answers] == ["The wheel", "The wheel turns."]

    assert others == Others((), ())

    path.write_text(json.dumps(row | {"sha1": "another"}))
    assert read_written(path, tmp_path) == ([], [])
    assert "left out 'What turns?'" in capsys.readouterr().out


def test_a_line_separator_inside_a_question_does_not_end_it(tmp_path: Path) -> None:
    said = "The wheel turns."
    (tmp_path / "mill.txt").write_text(f"Q: And then?\nA: {said}\n")
    start = read(tmp_path / "mill.txt").text.index(said)
    row = {"file": "mill.txt", "start": start, "end": start + len(said), "gold": [[start, start + len(said)]]}
    row |= {"sha1": hashlib.sha1(said.encode()).hexdigest(), "q": "What\u2028turns?"}
    path = tmp_path / "questions.jsonl"
    path.write_text((json.dumps(row, ensure_ascii=False) + "\n") * 2, encoding="utf-8")
    assert [each.question for each in read_questions(path, tmp_path)] == ["What\u2028turns?"] * 2


def test_of_the_other_passages_none_answers_too_and_what_was_taken_for_an_answer_is_told_apart(tmp_path: Path) -> None:
    turns = ["The wheel turns.", "Nothing here.", "That wheel is turning.", "It is old.", "Wheels do, I think."]
    (tmp_path / "mill.txt").write_text("".join(f"Q: And then?\nA: {turn}\n" for turn in turns))
    text = read(tmp_path / "mill.txt").text

    def row(said: str, gold: bool, kind: str = "judged") -> str:
        start = text.index(said)
        place = {"file": "mill.txt", "start": start, "end": start + len(said)}
        place |= {"sha1": hashlib.sha1(said.encode()).hexdigest(), "q": "What turns?", "answer": None}
        return json.dumps(place | {"kind": kind, "gold": [[start, start + len(said)]] if gold else []})

    path = tmp_path / "questions.jsonl"
    rows = [row(turns[0], gold=True), row(turns[2], gold=True), row(turns[1], gold=False)]
    path.write_text("\n".join([*rows, row(turns[4], gold=False, kind="unsure")]))
    examples, others = read_written(path, tmp_path)
    assert [example.context for example in examples] == [turns[0], turns[2]]
    assert all(example.answers for example in examples)
    asked = "And then?"
    assert others == [Others(((turns[1], asked),), ((turns[3], asked),))] * 2
