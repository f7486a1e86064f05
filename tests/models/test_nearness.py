"""Which passages look like an answer, by their words alone."""

from __future__ import annotations

import pytest

from models.nearness import Nearness

pytestmark = pytest.mark.models
PASSAGES = [
    "The boat sank in the storm, and we swam ashore.",
    "My grandmother baked bread and sold cheese at the market.",
    "The parliament passed the law on schools in spring.",
]


@pytest.mark.parametrize(
    ("question", "nearest"),
    [("Which ship went down?", 0), ("what did grandma cook?", 1), ("When was the education act voted?", 2)],
)
def test_words_of_like_meaning_are_near(question: str, nearest: int) -> None:
    assert Nearness(PASSAGES).nearest(question, PASSAGES, 1) == [nearest]


def test_a_word_that_every_text_has_tells_nothing() -> None:
    said = ["the lock the lock the lock", "the mill", "the weir"]
    assert Nearness(said * 20).nearest("the mill", said, 3)[0] == 1


def test_a_question_without_a_word_is_near_to_nothing_and_fails_at_nothing() -> None:
    assert Nearness(PASSAGES).nearest("", PASSAGES, 2) == [0, 1]
