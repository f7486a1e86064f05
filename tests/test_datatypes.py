"""The types hold what the product promises."""

from __future__ import annotations

from typing import SupportsIndex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.datatypes import Interview, Passage, Quote, Role, Turn
from rag.keeping import asked_rows
from ui.transcript_pane import pane_html

TEXT = "Heading\n\nWhy?\n\nBecause it rained. It always rains.\n\nFurniture"
INTERVIEW = Interview(
    "rain", TEXT, (Turn(9, 13, None, Role.INTERVIEWER), Turn(15, 50, "Ada", Role.INTERVIEWEE)), "Rain"
)


@given(st.integers(-5, 80), st.integers(-5, 80), st.integers(0, 1))
def test_a_quote_is_the_transcript_inside_one_turn_or_it_is_nothing(start: int, end: int, turn: int) -> None:
    spoken = INTERVIEW.turns[turn]
    if spoken.start <= start < end <= spoken.end:
        assert Quote(INTERVIEW, turn, start, end).text == TEXT[start:end]
    else:
        with pytest.raises(ValueError, match="leaves its turn"):
            Quote(INTERVIEW, turn, start, end)


def test_headings_and_furniture_are_in_no_turn() -> None:
    assert [INTERVIEW.turn_at(i) for i in (0, 9, 13, 15, 49, 50)] == [None, 0, None, 1, 1, None]


def test_an_answer_knows_what_was_asked_and_a_question_does_not() -> None:
    assert Quote(INTERVIEW, 1, 15, 34).asked == "Why?"
    assert Quote(INTERVIEW, 0, 9, 13).asked is None


@given(st.lists(st.sampled_from(Role), max_size=8))
def test_what_each_turn_answers_is_told_at_once_as_one_by_one(roles: list[Role]) -> None:
    interview = Interview("i", "x" * len(roles), tuple(Turn(n, n + 1, None, role) for n, role in enumerate(roles)), "I")
    assert list(interview.each_asked_before()) == [interview.asked_before(n) for n in range(len(roles))]


def test_what_thousands_of_turns_answer_is_found_in_as_many_steps() -> None:
    looked = 0

    class Counted(tuple[Turn, ...]):
        def __getitem__(self, at: SupportsIndex) -> Turn:  # type: ignore[override]
            nonlocal looked
            looked += 1
            return super().__getitem__(at)

    turns = Counted(Turn(n, n + 1, "Ada", Role.INTERVIEWEE) for n in range(3000))
    monologue = Interview("long", "x" * len(turns), turns, "Long")
    passages = [Passage("long", n, ((n, n + 1),)) for n in range(len(turns))]
    assert set(asked_rows(monologue, passages, range(len(turns)))) == {None}
    pane_html(monologue, editable=False)
    assert looked < 10 * len(turns)


def test_a_speaker_without_a_name_is_not_listed() -> None:
    assert INTERVIEW.speakers() == ("Ada",)
    assert INTERVIEW.interviewers == ()
    assert INTERVIEW.interviewees == ("Ada",)
