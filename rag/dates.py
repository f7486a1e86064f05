"""What a date that is only a year or a month spans, and what is no date at all.

In: dates as ISO 8601 writes them, a day, a month or a year. Out: their first and last days, which compare as text.
"""

from __future__ import annotations

from datetime import date

from rag.errors import QuestionError
from rag.patterns import lazy

_DATE = lazy(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


def require_dates(*dates: str | None) -> None:
    """Refuse what is no date; None is no limit.

    Raises:
        QuestionError: One isn't written as a day, a month or a year, or no calendar has it.
    """
    for given in dates:
        if given and not is_date(given):
            raise QuestionError(f"{given!r} is no date: write it as 2026, 2026-11 or 2026-11-23")


def is_date(text: str) -> bool:
    """Tell whether a text is a day, a month or a year that the calendar has, as ISO 8601 writes it."""
    try:
        return bool(_DATE.fullmatch(text) and date.fromisoformat(first_day(text)))
    except ValueError:
        return False


def overlaps(day: str | None, since: str | None, until: str | None) -> bool:
    """Tell whether any day of a date is in a time; without a date, nothing is in any but the endless one."""
    if not (since or until):
        return True
    return (
        day is not None and last_day(day) >= first_day(since or "0000") and first_day(day) <= last_day(until or "9999")
    )


def first_day(day: str) -> str:
    """Return the first day of a date."""
    return day[:10] + "-01-01"[len(day[:10]) - 4 :]


def last_day(day: str) -> str:
    """Return a day that no day of a date comes after."""
    return day[:10] + "-12-31"[len(day[:10]) - 4 :]
