"""Many questions from a file: JSON Lines in, one answer for each line out, in order."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import click

from rag.asking import checked
from rag.datatypes import Scope
from rag.errors import QuestionError
from ui.options import whole

if TYPE_CHECKING:
    from rag.library import Library

Key: TypeAlias = str | int | float | bool | None
"""What a line may be called by: any JSON value that is no list and no object."""

BLANK = "\ufeff \t\r\n"
"""White space, and the byte order mark that some editors put before the first line."""


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

    Everything is checked before the first question is asked: raises ``ClickException`` with the line's
    number.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise click.ClickException(f"{name}: can't read the questions; give a file of JSON lines in UTF-8.") from None
    lines = enumerate(io.StringIO(text, newline=None), start=1)  # a line separator inside a question ends no line
    found = [_line(line, f"{name}, line {number}") for number, line in lines if line.strip(BLANK)]
    if not found:
        raise click.ClickException(f'{name}: holds no question; write {{"id": 1, "q": "..."}} on each line.')
    return found


def require_interviews(lines: Iterable[Line], library: Library) -> None:
    """Raise ``ClickException`` for the first line that names an interview which isn't there."""
    named = [line for line in lines if line.interview is not None]
    ids = {summary.id for summary in library.list()} if named else set()
    for line in named:
        if line.interview not in ids:
            raise click.ClickException(
                f"{line.place}: no interview with the id {line.interview!r}: `onrecord list` shows those there are."
            )


def _line(text: str, place: str) -> Line:
    try:
        value = json.loads(text.strip(BLANK))
    except (json.JSONDecodeError, RecursionError):
        raise click.ClickException(f'{place}: not JSON; write {{"id": 1, "q": "..."}}.') from None
    if not isinstance(value, dict):
        raise click.ClickException(f'{place}: not an object; write {{"id": 1, "q": "..."}}.')
    key, question = value.get("id"), value.get("q")
    history, interview = value.get("history") or [], value.get("interview")
    if not isinstance(question, str) or not question.strip():
        raise click.ClickException(f'{place}: "q" has to be a question, in quotation marks.')
    if isinstance(key, (list, dict)):
        raise click.ClickException(f'{place}: "id" has to be a number or a string.')
    if not isinstance(history, list) or not all(isinstance(earlier, str) for earlier in history):
        raise click.ClickException(f'{place}: "history" has to be a list of earlier questions.')
    if not all(map(whole, history)):
        raise click.ClickException(f'{place}: "history" holds half a character (a lone surrogate); mend it.')
    if interview is not None and not isinstance(interview, str):
        raise click.ClickException(f'{place}: "interview" has to be an interview\'s id.')
    try:
        asked = checked(question)
    except QuestionError as error:
        raise click.ClickException(f"{place}: {error}.") from error
    return Line(key, asked, tuple(history), interview, place)
