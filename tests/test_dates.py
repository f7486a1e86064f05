"""Dates as sources write them, as ISO 8601 does, and in time."""

from __future__ import annotations

import json

import pytest

from rag.dates import day_of, is_date, overlaps
from rag.parsing import parse


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-03-12", "2024-03-12"),
        (" 2024-03 ", "2024-03"),
        ("2024", "2024"),
        ("2024-03-12T09:30:00Z", "2024-03-12"),
        ("2024-03-12 09:30", "2024-03-12"),
        ("March 12, 2024", "2024-03-12"),
        ("Tuesday, 12th of March 2024", "2024-03-12"),
        ("Sept. 2024", "2024-09"),
        ("February 30, 2024", "2024-02"),
        ("3/12/2024", None),
        ("2024-99", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_it_is_written_and_never_guessed(written: str, day: str | None) -> None:
    assert day_of(written) == day
    assert day is None or is_date(day)


@pytest.mark.parametrize(
    ("written", "date"),
    [("March 12, 2024", "2024-03-12"), ("2024-03-12T09:30:00+01:00", "2024-03-12"), ("3/12/2024", None)],
)
def test_whatever_format_tells_it_an_interview_has_a_date_that_can_be_compared(written: str, date: str | None) -> None:
    turns = [{"speaker": "Jo", "text": "Why boats?"}, {"speaker": "Ada", "text": "Because they float."}]
    as_json = json.dumps({"date": written, "turns": turns}).encode()
    as_markdown = f'---\ndate: "{written}"\n---\n\n**Jo:** Why boats?\n\n**Ada:** Because they float.\n'.encode()
    assert parse(as_json, "boats.json").date == date
    assert parse(as_markdown, "boats.md").date == date


@pytest.mark.parametrize(
    ("day", "since", "until", "within"),
    [
        ("2024-05-20", "2024", "2024", True),
        ("2024", "2024-05-20", None, True),
        ("2024-05", None, "2024-04-30", False),
        ("2020", "2024", None, False),
        (None, "2024", None, False),
        (None, None, None, True),
    ],
)
def test_a_date_is_in_a_time_when_any_day_of_it_is(
    day: str | None, since: str | None, until: str | None, within: bool
) -> None:
    assert overlaps(day, since, until) is within
