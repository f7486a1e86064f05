"""Training questions that no file holds are made out of those that files hold."""

from __future__ import annotations

import random

from models.made_questions import (
    asked_elsewhere,
    missing_details,
    reworded,
    swap_detail,
    swapped_questions,
    terse_questions,
    topic_questions,
    wrong_paragraphs,
)
from models.reader_data import Example

CONTEXT = "The Tide Mill of Harbour Town was rebuilt in 1998. Ada Moss paid 5,000 crowns for the wheel."


def test_a_swapped_detail_makes_a_question_that_has_no_answer() -> None:
    rng = random.Random(1)
    for _ in range(50):
        question = swap_detail("Was the old Tide Mill rebuilt in 1998?", CONTEXT, "In 2004 Bela Novak left.", rng)
        assert isinstance(question, str)  # "old" has an opposite, whatever the draw
        assert question != "Was the old Tide Mill rebuilt in 1998?"
    example = Example("Was it rebuilt in 1998?", CONTEXT, ((0, 5),))
    made = list(swapped_questions([example] * 9, 1.0, rng))
    assert made
    assert all(e.answers == () and e.question != example.question for e in made)


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
    assert made
    assert all(e.answers == example.answers and e.question != example.question for e in made)


def test_a_missing_detail_is_asked_only_of_a_text_without_any_of_its_kind() -> None:
    bare = Example("What turns?", "The Tide Mill turns slowly. Ada Moss likes the sound of Harbour Town.", ())
    rng = random.Random(4)
    made = list(missing_details([bare] * 30, 1.0, rng))
    assert made
    assert all(e.answers == () and e.context == bare.context for e in made)
    dated = Example("When?", CONTEXT, ((0, 4),))
    assert list(missing_details([dated] * 30, 1.0, rng)) == []


def test_a_question_put_to_another_text_has_no_answer_there() -> None:
    example = Example("When was the Tide Mill rebuilt?", CONTEXT, ((4, 8),))
    made = list(asked_elsewhere([example], ["Wasps eat apples.", CONTEXT], 40, random.Random(5)))
    assert {e.context for e in made} == {"Wasps eat apples."}
    assert all(e.answers == () for e in made)


def test_other_words_ask_the_same_and_keep_the_answer() -> None:
    example = Example("When was the wheel repaired?", CONTEXT, ((4, 8),))
    (made,) = reworded([example], 1.0, lambda word, _: {"repaired": "mended"}.get(word), random.Random(6))
    assert made.question == "When was the wheel mended?"
    assert made.answers == example.answers
