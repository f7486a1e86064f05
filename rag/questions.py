"""What a question may be, and files of questions: told here without loading what answers them.

In: a question as typed, or a file of JSON lines. Out: the question, or the lines' objects, each with its place; or a
``QuestionError`` that says what is wrong.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any, Final

from rag.errors import QuestionError
from rag.patterns import lazy

MAX_QUESTION: Final = 2_000
"""Characters; a longer text is no question."""
REMEMBERED: Final = 50
"""How many earlier questions of a talk count: each may have to be answered again, in turn by those before it."""

_EXAMPLE: Final = '{"id": 1, "q": "...?"}'
_BLANK: Final = " \t\r\n"
_HALF: Final = lazy(r"[\ud800-\udfff]")


def is_whole(text: str) -> bool:
    """Tell whether UTF-8 can say a text: it can't say a lone surrogate.

    That is what bytes that aren't UTF-8 become in an argument, and what JSON can say alone.
    """
    return text.isascii() or not _HALF.search(text)


def is_question(text: str) -> bool:
    """Tell whether ``checked`` lets a text pass."""
    try:
        checked(text)
    except QuestionError:
        return False
    return True


def require_whole(text: str, what: str) -> None:
    """Raise ``QuestionError`` where a text holds half a character."""
    if not is_whole(text):
        raise QuestionError(f"the {what} holds half a character (a lone surrogate): write it in UTF-8")


def checked(question: str) -> str:
    """Return a question without the space around it.

    Raises:
        QuestionError: it is empty, far too long, or damaged.
    """
    require_whole(question, "question")
    question = question.strip()
    if not any(c.isalnum() for c in question):
        raise QuestionError("the question is empty: ask something about the interview")
    if len(question) > MAX_QUESTION:
        raise QuestionError(f"the question is {len(question):,} characters long: ask in at most {MAX_QUESTION:,}")
    return question


def json_lines(data: bytes, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the number and the object of each line of a file of questions; empty lines are left out.

    Raises:
        QuestionError: it isn't UTF-8, or holds no line, or one that is no object.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise QuestionError(f"{name}: can't read the questions; give a file of JSON lines in UTF-8") from None
    empty = True
    for number, line in enumerate(io.StringIO(text, newline=None), 1):  # U+2028 inside a question ends no line
        if line.strip(_BLANK):
            empty = False
            yield number, _object(line, f"{name}, line {number}")
    if empty:
        raise QuestionError(f"{name}: holds no question; put one JSON object on each line, like {_EXAMPLE}")


def _object(line: str, place: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):  # a number of thousands of digits is a plain ValueError
        raise QuestionError(f"{place}: not JSON; write it as {_EXAMPLE}") from None
    if not isinstance(value, dict):
        raise QuestionError(f"{place}: not an object; write it as {_EXAMPLE}")
    return value
