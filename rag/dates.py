"""What a date that is only a year or a month spans, and what is no date at all.

In: dates as ISO 8601 writes them, a day, a month or a year. Out: their first and last days, which compare as text.
"""

from __future__ import annotations

from rag.errors import QuestionError
from rag.patterns import lazy

_DATE = lazy(r"\d{4}(-\d\d(-\d\d)?)?")


def require_dates(*dates: str | None) -> None:
    """Refuse what is no date; None is no limit.

    Raises:
        QuestionError: One isn't written as a day, a month or a year.
    """
    for date in dates:
        if date and not _DATE.fullmatch(date):
            raise QuestionError(f"{date!r} is no date: write it as 2026, 2026-11 or 2026-11-23")


def overlaps(date: str | None, since: str | None, until: str | None) -> bool:
    """Tell whether any day of a date is in a time; without a date, nothing is in any but the endless one."""
    if not (since or until):
        return True
    return (
        date is not None
        and last_day(date) >= first_day(since or "0000")
        and first_day(date) <= last_day(until or "9999")
    )


def first_day(date: str) -> str:
    """Return the first day of a date."""
    return date[:10] + "-01-01"[len(date[:10]) - 4 :]


def last_day(date: str) -> str:
    """Return a day that no day of a date comes after."""
    return date[:10] + "-12-31"[len(date[:10]) - 4 :]
