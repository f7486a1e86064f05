"""The pieces a format gives, one paragraph after another, to a ``Document``.

In: runs of text, each with what the format knows about it (bold, a time, a page). Out: a ``Document``
whose blocks are set apart by blank lines. Shared by every format whose text we compose ourselves.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from rag.datatypes import Mark, Role, Span
from rag.errors import ParseError
from rag.parsing.document import Block, Kind
from rag.parsing.lines import covered
from rag.patterns import lazy

MAX_CHARACTERS: Final = 20_000_000
"""The longest text we compose, about 3.5 million words: a small file can unpack to far more."""

BETWEEN: Final = "\n\n"
"""What stands between two blocks."""

MAX_LABEL_LINE: Final = 80
"""Characters of a line that may be a speaker's name and a time."""

_UNREADABLE: Final = lazy("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_LINE_ENDS: Final = lazy("\r\n|[\r\x0b\x0c\u2028\u2029]")
_FINISHED: Final = lazy(r"[.?!:;\u2026\u2014\u3002\uff01\uff1f][\"'\u201d\u2019\xbb)\]]*\s*$")
_TIMED: Final = lazy(r"[^\W\d_][^!?:\n]{0,60}?(?:[\s\xa0]{2,}|[\s\xa0][\[(])\d{1,2}:\d\d(?::\d\d)?[\])]?:?")
_INK: Final = lazy(r"\S")
_STARTS_ANEW: Final = lazy(
    r"\s*[-\u2013\u2014\u2022]\s?\S|\s*[\w .\u2019'-]{1,40}:\s|\s*Q[.:]\s|\s*\[\d{1,2}:\d\d(?::\d\d)?\]\s"
)
_CUT_OFF: Final = lazy(r"(?:--+|\u2013)[\"'\u201d\u2019)\]]*\s*$")
"""How somebody ends who is interrupted; a sentence may go on in the next line after such a dash too."""

_NEXT_TURN: Final = lazy(r"\s*(?:A[.:]|(?:The|[A-Z][a-z]{1,12}\.?) [A-Z][^\s.:]{1,20}(?: [A-Z][^\s.:]{1,20}){0,2}\.)\s")
"""``A.`` or ``Mr. Hollis.``, which may stand at the head of a line inside a sentence as well."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a paragraph. A line end in ``text`` is one the author made."""

    text: str
    bold: bool = False
    mark: float | None = None
    """The time or page that starts with this piece."""
    slanted: bool = False
    """In italics, or set off from the other paragraphs in another way."""
    page: float | None = None
    """The page that starts with this piece, where a format has times too."""


@dataclass(slots=True)
class Draft:
    """A document in the making."""

    parts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    pages: list[Mark] = field(default_factory=list)
    """Those that pieces give apart from ``marks``."""
    length: int = 0

    @property
    def text(self) -> str:
        """The text so far."""
        return BETWEEN.join(self.parts)

    def add(
        self,
        pieces: Iterable[Piece],
        kind: Kind = Kind.PARAGRAPH,
        voice: str | None = None,
        role: Role | None = None,
    ) -> None:
        """Append a paragraph; a line of it that stands for itself becomes a block of its own.

        Raises:
            ParseError: the text has grown beyond ``MAX_CHARACTERS``.
        """
        text, bold, slanted, marks, pages = _joined(pieces)
        for start, end in _standing_lines(text, bold):
            for runs in (bold, slanted):
                while runs and runs[0][1] <= start:
                    runs.popleft()
            body = text[start:end].replace("\n", " ")
            at = self.length + (len(BETWEEN) if self.parts else 0)
            inside = tuple((a - start + at, b - start + at) for a, b in _clipped(bold, start, end, text))
            _take_over(self.marks, marks, start, end, at)
            _take_over(self.pages, pages, start, end, at)
            self.parts.append(body)
            self.length = at + len(body)
            set_off = covered(text, slanted, start, end)
            self.blocks.append(Block(at, self.length, kind, inside, set_off, voice, role))
            if self.length > MAX_CHARACTERS:
                raise ParseError(f"the text in it is longer than {MAX_CHARACTERS:,} characters; split the file")


def _take_over(taken: list[Mark], marks: deque[Mark], start: int, end: int, at: int) -> None:
    """Take over the marks before ``end``; what fell between two blocks counts from the next one."""
    while marks and marks[0].offset < end:
        mark = marks.popleft()
        offset = max(mark.offset - start, 0) + at
        if taken and taken[-1].offset == offset:
            taken.pop()
        taken.append(Mark(offset, mark.value))


def readable(text: str) -> str:
    """Return ``text`` with all line ends alike, no soft hyphens, and what no person can read as U+FFFD."""
    text = text.replace("\xad", "")
    return _UNREADABLE.sub("\ufffd", _LINE_ENDS.sub("\n", text))


def _joined(pieces: Iterable[Piece]) -> tuple[str, deque[Span], deque[Span], deque[Mark], deque[Mark]]:
    parts: list[str] = []
    bold: deque[Span] = deque()
    slanted: deque[Span] = deque()
    marks: deque[Mark] = deque()
    pages: deque[Mark] = deque()
    at = 0
    for piece in pieces:
        text = readable(piece.text)
        if piece.mark is not None:
            marks.append(Mark(at, piece.mark))
        if piece.page is not None:
            pages.append(Mark(at, piece.page))
        for spans in ([bold] if piece.bold else []) + ([slanted] if piece.slanted else []):
            if spans and spans[-1][1] == at:
                spans[-1] = (spans[-1][0], at + len(text))
            elif text:
                spans.append((at, at + len(text)))
        parts.append(text)
        at += len(text)
    return "".join(parts), bold, slanted, marks, pages


def _standing_lines(text: str, bold: Iterable[Span]) -> Iterable[Span]:
    """Yield the spans that are blocks: a line end inside a sentence only wraps it, others part.

    A name above its words stands for itself too: in bold, or with a time.
    """
    start = 0
    runs = {begin + len(text[begin:end].rstrip()): begin for begin, end in bold}
    for line_end in re.finditer("\n", text):
        here = line_end.start()
        last = text[max(start, here - 20) : here]
        unfinished = _INK.search(text, start, here) and not _FINISHED.search(last)
        end = start + len(text[start:here].rstrip())  # a time stamp taken out leaves a space behind
        in_bold = end in runs and not text[start : runs[end]].strip()
        if here - start <= MAX_LABEL_LINE and (in_bold or _TIMED.fullmatch(text[start:here].strip())):
            unfinished = False
        follows = text[here + 1 : here + 60]
        anew = _STARTS_ANEW.match(follows) or (_CUT_OFF.search(last) and _NEXT_TURN.match(follows))
        if unfinished and follows.strip() and follows[0] != "\n" and not anew:
            continue
        yield from _stripped(text, start, here)
        start = here
    yield from _stripped(text, start, len(text))


def _stripped(text: str, start: int, end: int) -> Iterable[Span]:
    body = text[start:end].strip()
    if body:
        start = text.index(body, start)
        yield start, start + len(body)


def _clipped(spans: Iterable[Span], start: int, end: int, text: str) -> Iterable[Span]:
    """Yield what of ``spans`` lies between ``start`` and ``end``, without white space around it."""
    for a, b in spans:
        if a >= end:
            break
        if b > start:
            yield from _stripped(text, max(a, start), min(b, end))
