"""What a date that is only a year or a month spans, how one is read, and what is no date at all.

In: dates as a source writes them, or as ISO 8601 does, a day, a month or a year. Out: the latter; their first and last
days, which compare as text.
"""

from __future__ import annotations

import re
from datetime import date

from rag.errors import QuestionError
from rag.patterns import lazy

_DATE = lazy(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_STAMP = lazy(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T\s].*", re.S)
"""A day with a time of day."""
_MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"
_DAY = lazy(
    r"(?:\w{3,9}day,? )?(?:(?P<before>\d{1,2})(?:st|nd|rd|th)?(?: of)? )?"
    r"(?P<month>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})\.?,? "
    r"(?:(?P<after>\d{1,2})(?:st|nd|rd|th)?,? )?(?P<year>(?:19|20)\d\d)\b",
    re.I | re.A,
)


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


def day_of(words: str) -> str | None:
    """Return an English or ISO date as ISO 8601, None for anything else (3/4/1999 may be March or April)."""
    words = words.strip()
    stamp = _STAMP.fullmatch(words)
    if is_date(iso := stamp[1] if stamp else words):
        return iso
    match = _DAY.match(words)
    if not match:
        return None
    month = _MONTHS.index(match["month"][:3].lower()) // 3 + 1
    whole = f"{match['year']}-{month:02}-{int(match['before'] or match['after'] or 0):02}"
    return whole if is_date(whole) else whole[:7]
