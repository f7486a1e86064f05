"""Questions with the answers that somebody judged right.

In: a file of JSON lines. Out: ``Judged`` objects, or a ``QuestionError`` that names the line.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.datatypes import Span, Status
from rag.errors import QuestionError
from rag.questions import json_lines


@dataclass(frozen=True, slots=True)
class Judged:
    """A question and what somebody judged to be its right answer."""

    id: str
    question: str
    status: Status
    gold: tuple[Span, ...] = ()
    """Every sentence that is right as the first one: offsets into the interview's text."""
    must: tuple[Span, ...] = ()
    """The sentences of a complete answer, where there is more to say than one."""
    phrase: str = ""
    """Instead of offsets: words that stand in the sentence that answers, and in no other."""
    kind: str = ""
    history: tuple[str, ...] = ()
    interview: str = ""
    """The id of the interview that ``gold`` points into; empty where there is only one."""


def read_questions(path: Path) -> tuple[Judged, ...]:
    """Read judged questions from JSON lines: ``q``, and ``gold`` or ``gold_phrase`` where there is an answer.

    ``status`` may be left out: a question with a gold sentence is "answered", one without is "not_found".
    Fields of other names are ignored, and so are empty lines.

    Raises:
        QuestionError: the file can't be read, holds no question, or a line is not as it must be.
    """
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise QuestionError(f"{path}: can't read the questions; give a file of JSON lines in UTF-8") from problem
    return tuple(_question(f"{path}, line {number}", row, number) for number, row in json_lines(data, str(path)))


def _question(place: str, row: dict[str, Any], number: int) -> Judged:
    if not (isinstance(row.get("q"), str) and row["q"].strip()):
        raise QuestionError(f'{place}: has no question; write it as {{"q": "...?"}}')
    for name, kind in {"gold_phrase": str, "kind": str, "interview": str, "history": list}.items():
        if not isinstance(row.get(name) or kind(), kind):
            raise QuestionError(f'{place}: "{name}" must be a {"text" if kind is str else "list of texts"}')
    gold, phrase = _spans(place, row, "gold"), row.get("gold_phrase") or ""
    return Judged(
        id=str(row.get("id", number)),
        question=row["q"],
        status=_status(place, row, bool(gold or phrase)),
        gold=gold,
        must=_spans(place, row, "must"),
        phrase=phrase,
        kind=row.get("kind") or "",
        history=tuple(map(str, row.get("history") or ())),
        interview=row.get("interview") or "",
    )


def _status(place: str, row: dict[str, object], has_gold: bool) -> Status:
    try:
        status = Status(str(row.get("status", Status.ANSWERED if has_gold else Status.NOT_FOUND)))
    except ValueError as problem:
        raise QuestionError(f'{place}: "status" must be one of {", ".join(Status)}') from problem
    if has_gold == (status is Status.NOT_FOUND):
        needs = 'must have no "gold"' if has_gold else 'needs "gold" or "gold_phrase"'
        raise QuestionError(f'{place}: a question whose "status" is {status} {needs}')
    return status


def _spans(place: str, row: dict[str, object], name: str) -> tuple[Span, ...]:
    match row.get(name) or []:
        case [*pairs]:
            return tuple(_span(place, name, pair) for pair in pairs)
    raise QuestionError(f'{place}: "{name}" must be a list of [start, end]')


def _span(place: str, name: str, pair: object) -> Span:
    match pair:
        case [int(start), int(end)] if 0 <= start < end:
            return start, end
    raise QuestionError(f'{place}: {pair!r} in "{name}" is not [start, end], offsets of characters')
