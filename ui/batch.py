"""Many questions from a file: JSON Lines in, one answer for each line out, in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import click

from rag.datatypes import Scope
from rag.errors import QuestionError
from rag.questions import checked, is_whole, json_lines

if TYPE_CHECKING:
    from rag.library import Library

Key: TypeAlias = str | int | float | bool | None
"""What a line may be called by: any JSON value that is no list and no object."""


@dataclass(frozen=True, slots=True)
class Line:
    """One question of the file, and the conversation it stands in."""

    id: Key
    question: str
    history: tuple[str, ...] = ()
    interview: str | None = None
    place: str = ""
    """Where it stands, for a mistake."""

    def within(self, scope: Scope) -> Scope:
        """Return the scope narrowed to the line's own interview, where it names one."""
        if self.interview is None:
            return scope
        return Scope((self.interview,), scope.speakers, scope.since, scope.until)


def lines_of(data: bytes, name: str) -> list[Line]:
    """Read ``{"id", "q", "history"?, "interview"?}`` from each line of a file; empty lines are left out.

    Everything is checked before the first question is asked: raises ``QuestionError`` with the line's number.
    """
    return [_line(row, f"{name}, line {number}") for number, row in json_lines(data, name)]


def require_interviews(lines: Iterable[Line], library: Library) -> None:
    """Raise ``ClickException`` for the first line that names an interview which isn't there."""
    named = [line for line in lines if line.interview is not None]
    ids = {summary.id for summary in library.list()} if named else set()
    for line in named:
        if line.interview not in ids:
            raise click.ClickException(
                f"{line.place}: no interview with the id {line.interview!r}: `onrecord list` shows those there are."
            )


def _line(row: dict[str, Any], place: str) -> Line:
    key, question = row.get("id"), row.get("q")
    history, interview = row.get("history") or [], row.get("interview")
    if not isinstance(question, str) or not question.strip():
        raise QuestionError(f'{place}: "q" has to be a question, in quotation marks.')
    if isinstance(key, (list, dict)):
        raise QuestionError(f'{place}: "id" has to be a number or a string.')
    if not isinstance(history, list) or not all(isinstance(earlier, str) for earlier in history):
        raise QuestionError(f'{place}: "history" has to be a list of earlier questions.')
    if not all(map(is_whole, history)):
        raise QuestionError(f'{place}: "history" holds half a character (a lone surrogate); mend it.')
    if interview is not None and not isinstance(interview, str):
        raise QuestionError(f'{place}: "interview" has to be an interview\'s id.')
    try:
        asked = checked(question)
    except QuestionError as error:
        raise QuestionError(f"{place}: {error}.") from error
    return Line(key, asked, tuple(history), interview, place)
