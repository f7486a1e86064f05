"""The types hold what the product promises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.datatypes import Interview, Quote, Role, Turn

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


def test_a_speaker_without_a_name_is_not_listed() -> None:
    assert INTERVIEW.interviewers == ()
    assert INTERVIEW.interviewees == ("Ada",)
