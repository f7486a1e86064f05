"""Many questions from a file: JSON Lines in, one answer for each line out, in order."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import click

from rag.datatypes import Scope

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

    def within(self, scope: Scope) -> Scope:
        """Return the scope narrowed to the line's own interview, where it names one."""
        if self.interview is None:
            return scope
        return Scope((self.interview,), scope.speakers, scope.since, scope.until)


def lines_of(lines: Iterable[str], name: str) -> list[Line]:
    """Read ``{"id", "q", "history"?, "interview"?}`` from each line; empty lines are left out.

    Everything is checked before the first question is asked: raises ``ClickException`` with the line's
    number.
    """
    return [
        _line(text, f"{name}, line {number}")
        for number, text in enumerate(lines, start=1)
        if text.strip("\ufeff \t\r\n")
    ]


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
    if interview is not None and not isinstance(interview, str):
        raise click.ClickException(f'{place}: "interview" has to be an interview\'s id.')
    return Line(key, question, tuple(history), interview)
