"""A document as turns: who speaks from where to where, by the convention the document follows.

In: ``Document``. Out: ``Piece``s in order, each with the label it carries and what the convention itself
tells about its role; ``roles.py`` decides the rest. Headings, page furniture, break markers and stage
directions that stand alone are in no piece.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from rag.datatypes import Role
from rag.parsing.document import Document
from rag.parsing.lines import DASHES, Line, asks, ends_sentence, trimmed, unfinished

MAX_HEADING_WORDS: Final = 25
MIN_TURNS: Final = 2
"""One dash or one bold line makes no conversation."""

QUESTION_SHARE: Final = 0.75
"""Where only the questions are marked, at least this share of the marked lines end in a question mark."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One speaker's words without a break, before anybody knows who that is."""

    start: int
    end: int
    label: str | None = None
    role: Role | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """A turn starts here: where its words begin, and what its mark tells."""

    at: int
    label: str | None = None
    role: Role | None = None


Starts = Mapping[int, Start]
"""By the number of the line that opens a turn."""


def standing_apart(text: str, lines: Sequence[Line]) -> frozenset[int]:
    """Find the headings and the page furniture: short blocks in which no line ends as a sentence does."""
    apart: set[int] = set()
    for _, block in groupby(range(len(lines)), key=lambda n: lines[n].block):
        numbers = tuple(block)
        words = sum(len(text[lines[n].start : lines[n].end].split()) for n in numbers)
        if words <= MAX_HEADING_WORDS and not any(_spoken(text, lines[n]) for n in numbers):
            apart.update(numbers)
    return frozenset(apart) | {n for n, line in enumerate(lines) if line.heading}


def _spoken(text: str, line: Line) -> bool:
    if line.seconds is not None or text[line.start] in DASHES:
        return True
    return ends_sentence(text, line.start, line.end) or unfinished(text, line.start, line.end)


def assemble(document: Document, lines: Sequence[Line], starts: Starts, apart: frozenset[int]) -> tuple[Piece, ...]:
    """Put lines together into pieces: each start opens one, what stands outside closes it."""
    text = document.text
    pieces: list[Piece] = []
    current: Start | None = None
    begin = end = 0
    section: str | None = None

    def close() -> None:
        span = trimmed(text, begin, end) if end > begin else None
        if span and current and any(c.isalnum() for c in text[span[0] : span[1]]):
            pieces.append(Piece(*span, current.label, current.role, section))

    for number, line in enumerate(lines):
        start = starts.get(number)
        if start is not None:
            close()
            current, begin, end = start, start.at, line.end
        elif number in apart:
            close()
            begin = end = line.end
            section = " ".join(text[line.start : line.end].split()) or section
        elif current is not None:
            begin = line.body if end <= begin else begin
            end = line.end
    close()
    return tuple(pieces)


def dashed(text: str, lines: Sequence[Line]) -> Starts:
    """Find turns that open with a dash, on both sides or on the questions only."""
    marked: dict[int, Start] = {}
    for number, line in enumerate(lines):
        if text[line.body] not in DASHES or _list_item(text, lines, number):
            continue
        at = line.body
        while at < line.end and (text[at] in DASHES or text[at].isspace()):
            at += 1
        if at < line.end:
            marked[number] = Start(at)
    questions = sum(asks(text, lines[n].body, lines[n].end) for n in marked)
    if marked and questions >= QUESTION_SHARE * len(marked) and _answers_follow(lines, marked):
        return only_questions(text, lines, marked)
    return marked


def _list_item(text: str, lines: Sequence[Line], number: int) -> bool:
    """Tell a list inside an answer from a turn: what stands before it is not finished."""
    return number > 0 and unfinished(text, lines[number - 1].start, lines[number - 1].end)


def _answers_follow(lines: Sequence[Line], marked: Starts) -> bool:
    """Tell whether most marked lines are followed by an unmarked one."""
    return sum(n + 1 < len(lines) and n + 1 not in marked for n in marked) > len(marked) / 2


def only_questions(text: str, lines: Sequence[Line], marked: Starts) -> Starts:
    """Open an answer at the first unmarked line after each question."""
    starts: dict[int, Start] = {}
    for number, line in enumerate(lines):
        if number in marked:
            starts[number] = Start(marked[number].at, marked[number].label, Role.INTERVIEWER)
        elif number - 1 in marked and not line.heading:
            starts[number] = Start(line.body, role=Role.INTERVIEWEE)
    return starts


def cut(document: Document, lines: Sequence[Line]) -> tuple[Piece, ...]:
    """Cut ``document`` into pieces by the first convention that fits it; none where it has no turns."""
    text = document.text
    starts = dashed(text, lines)
    return assemble(document, lines, starts, standing_apart(text, lines))
