"""Training data: read as it is, and made where no file holds it."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from models.reader_data import (
    Example,
    load,
    read_sentence_pairs,
    read_squad,
    swap_detail,
    swapped_questions,
    terse_questions,
    topic_questions,
    wrong_paragraphs,
)

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


def test_a_swapped_detail_makes_a_question_that_has_no_answer() -> None:
    rng = random.Random(1)
    for _ in range(50):
        question = swap_detail("Was the Tide Mill rebuilt in 1998?", CONTEXT, "In 2004 Bela Novak left.", rng)
        assert question != "Was the Tide Mill rebuilt in 1998?"
    example = Example("Was it rebuilt in 1998?", CONTEXT, ((0, 5),))
    assert all(e.answers == () for e in swapped_questions([example] * 9, 1.0, rng))


def test_a_wrong_paragraph_never_holds_the_answer() -> None:
    examples = [Example("When?", f"It was in {year}. Paragraph {year}.", ((10, 14),)) for year in range(1990, 2000)]
    made = list(wrong_paragraphs(examples, 1.0, random.Random(1)))
    assert len(made) == 10
    assert all(e.answers == () for e in made)


def test_a_topic_has_every_sentence_that_names_it_as_evidence() -> None:
    rng = random.Random(2)
    examples = [Example("Who rebuilt the Tide Mill?", CONTEXT + " The Tide Mill stands.", ((0, 4),))] * 20
    found = [e for e in topic_questions(examples, 1.0, rng) if e.answers]
    assert found
    for example in found:
        assert all(example.context[a:b].lower() in example.question.lower() for a, b in example.answers)


def test_questions_typed_in_a_hurry_keep_their_answer() -> None:
    example = Example("When was the old Tide Mill rebuilt?", CONTEXT, ((4, 8),))
    made = list(terse_questions([example] * 20, 1.0, random.Random(3)))
    assert all(e.answers == example.answers and e.question != example.question for e in made)


def test_the_same_seed_makes_the_same_data(tmp_path: Path) -> None:
    path = squad(tmp_path / "a.json")
    assert load([path], frozenset(), 5) == load([tmp_path], frozenset(), 5)


def test_a_missing_file_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no such"):
        load([tmp_path / "nothing.json"], frozenset(), 1)
