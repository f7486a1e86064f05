"""The passages that are weighed against an answer are those that a search would confuse with it."""

from __future__ import annotations

import random

import pytest

from models.reader_data import Example, Others, Place
from models.rivals import NEAREST, RIVALS, with_rivals
from rag.minilm import MiniLM

ANSWERED = Example("What turns the mill?", "A wheel turns the mill.", ((0, 23),))
NEAR: list[Place] = [(f"The mill turns {n} times an hour.", "") for n in range(NEAREST)]
FAR: list[Place] = [(f"We had {n} geese and a goat in those years.", "") for n in range(NEAREST)]


@pytest.mark.models
def test_what_comes_nearest_is_weighed_against_an_answer_each_time_anew() -> None:
    found = with_rivals([ANSWERED], [Others((), (*FAR, *NEAR))], 8, MiniLM(), random.Random(1))
    assert [len(set(each.rivals)) for each in found] == [RIVALS] * 8
    assert {place for each in found for place in each.rivals} == set(NEAR)


@pytest.mark.models
def test_what_was_once_taken_for_an_answer_comes_first() -> None:
    taken = tuple(FAR)
    (found,) = with_rivals([ANSWERED], [Others(taken, tuple(NEAR))], 1, MiniLM(), random.Random(1))
    assert set(found.rivals) < set(taken)


@pytest.mark.models
def test_an_unanswered_question_has_none_and_a_short_text_s_stays_alone() -> None:
    unanswered = Example("Who runs the mill?", ANSWERED.context, ())
    others = Others((), tuple(NEAR[: RIVALS - 1]))
    (found,) = with_rivals([ANSWERED, unanswered], [others, others], 1, MiniLM(), random.Random(1))
    assert found == ANSWERED
    assert with_rivals([ANSWERED], [Others((), ())], 1, MiniLM(), random.Random(1)) == [ANSWERED]
