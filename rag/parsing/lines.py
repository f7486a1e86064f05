"""A document's lines, each with what its shape gives away: a time stamp, a dash, bold print, a question.

In: ``Document``. Out: ``Line``s in order, without outer white space. Nothing here decides who speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from rag.datatypes import Mark, Role
from rag.parsing.document import Document, Kind
from rag.patterns import lazy

DASHES: Final = "-–—―−‒"
"""What opens a turn where turns are marked by dashes; typists use all of them."""

CLOSERS: Final = "\"'”’»)]*_"
"""What may stand after the mark that ends a sentence."""

QUESTION_MARKS: Final = "?？؟"
SENTENCE_ENDS: Final = ".!…。！" + QUESTION_MARKS
_CLOSING: Final = CLOSERS + " \xa0"
_CLAUSE_ENDS: Final = ":;,、，：—–-"
_CLOCK: Final = r"\d{1,3}:[0-5]\d(?::[0-5]\d)?(?:[.,]\d{1,3})?"
_DAY: Final = r"(?:\d{4}-\d\d-\d\d[T ]|\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? )"
_LOOSE: Final = r"\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d{1,3})?(?=\s*-->)"
"""``0:0:7.30 --> 0:0:9.10``, as Teams writes it."""
_STAMP: Final = lazy(
    rf"(?P<open>[\[(<]?)\s*{_DAY}?(?P<clock>{_LOOSE}|{_CLOCK})(?: ?[AP]M\b)?"
    rf"(?:\s*-->\s*[\d:.]+|\s*(?:to|[-–])\s*{_CLOCK})?\s*[\])>]?(?=[\s:\-–—]|$)"
)
LINE_NUMBER: Final = lazy(r"[ \t]*(\d{1,2})(?:[ \t]+|$)")
"""A number beside a line, as courts print them."""

_LINE: Final = lazy(r"[^\r\n\f\v\x85\u2028\u2029]+")

MAX_FURNITURE: Final = 240
"""Characters of a caption with its credit."""

_FURNITURE: Final = lazy(
    r"advertisement|article continues (?:below|after).*|skip (?:ad|past|to) .*|(?:story|interview) continues below.*"
    r"|share(?: this)?(?: (?:article|story|interview|page|on \w+))?|tweet|read more:.*|(?:click to )?enlarge image"
    r"|editor['’]s note: .*|(?:photo(?:graph)?|image|picture)(?: credit)?: .*(?<![.!?])|related: .*(?<![.!?])"
    r"|\d{1,3}[ -]min(?:ute)?s? read|sign up (?:for|to) .{0,80}newsletters?.{0,60}|we use cookies.*"
    r"|(?:end )?\d{1,2}:\d\d ?[ap]\.?m\.? [a-z]{2,4}",
    re.IGNORECASE,
)
_CREDIT: Final = lazy(
    r"(?:^|[.!?)\]”\"] |[(\[|])(?:Photo(?:graph(?:s|y)?)?|Image|Picture|Illustration)s?"
    r"(?: credit| courtesy of| by)?:? ?"
    r"(?<=[: ])(?:© ?)?[A-Z][\w.’'-]*(?:[ /,]+(?:[A-Z©][\w.’'-]*|for|via|of|the|de|van|von)){0,6}(?<!\.)[)\]]?$"
)
"""``Marek in his kitchen. Photograph: Nils Ford``; a sentence about photographs ends as one."""

MIN_INLINE: Final = 2
"""Lines that open with a question in bold and go on in plain print; one is emphasis."""

MIN_STAMPED: Final = 3
"""Bare clock times at the head of fewer lines than this are words ("10:30 was late"), not time stamps."""


NUMBERED_SHARE: Final = 0.6
"""Where this share of the lines begins with a number, ..."""

COUNTING_SHARE: Final = 0.9
"""... this share of which counts on from the one above or begins again at 1, they are line numbers, ..."""

MIN_NUMBERED: Final = 10
"""... unless they are so few that they may be questions."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a block."""

    start: int
    end: int
    block: int
    body: int
    """Where its words start, after a time stamp."""
    seconds: float | None
    """The time stamp at its head."""
    first: bool
    """It opens its block."""
    alone: bool
    """It is all of its block."""
    heading: bool
    """The source says that it is a heading."""
    bold: bool
    """All of its words are set in bold."""
    strong: int
    """Where the bold run at the head of its words ends; ``body`` where they aren't bold."""
    set_off: bool
    """Its block stands in italics, in a block quotation, or in a style called "question"."""
    voice: str | None
    role: Role | None = None
    """The voice's role, where the source has a field for it."""
    furniture: bool = False
    """A page sets it between paragraphs: where an advertisement stands, a button, a photograph's credit."""


def lines_of(document: Document) -> tuple[Line, ...]:
    """Split the blocks of ``document`` into lines."""
    bare = _bare_stamps_count(document)
    found: list[Line] = []
    for number, block in enumerate(document.blocks):
        spans = [
            s for m in _LINE.finditer(document.text, block.start, block.end) if (s := trimmed(document.text, *m.span()))
        ]
        for start, end in spans:
            body, seconds = _after_stamp(document.text, start, end, bare)
            found.append(
                Line(
                    start=start,
                    end=end,
                    block=number,
                    body=body,
                    seconds=seconds,
                    first=start == spans[0][0],
                    alone=len(spans) == 1,
                    heading=block.kind is Kind.HEADING,
                    bold=covered(document.text, block.bold, body, end),
                    strong=next((b for a, b in block.bold if a <= after_bullet(document.text, body, end) < b), body),
                    set_off=block.set_off,
                    voice=block.voice,
                    role=block.role,
                    furniture=len(spans) == 1 and _furniture(document.text, start, end),
                )
            )
    return _parted(document.text, found)


def _furniture(text: str, start: int, end: int) -> bool:
    if end - start > MAX_FURNITURE:
        return False
    words = text[start:end].strip("*_ ")
    return _FURNITURE.fullmatch(words) is not None or _CREDIT.search(words) is not None


def _parted(text: str, lines: Sequence[Line]) -> tuple[Line, ...]:
    """Part a question in bold from the answer that goes on in its line, where that is how questions are set."""
    heads = [
        line for line in lines if line.body < line.strong < line.end and ends_sentence(text, line.body, line.strong)
    ]
    asking = [line for line in heads if asks(text, line.body, line.strong)]
    if len(asking) < max(MIN_INLINE, len(heads) / 2):
        return tuple(lines)
    done: list[Line] = []
    inline = {line.start for line in heads if line.first and not line.heading}
    for line in lines:
        span = trimmed(text, line.strong, line.end) if line.start in inline else None
        if span is None:
            done.append(line)
            continue
        end = line.body + len(text[line.body : line.strong].rstrip())
        done.append(replace(line, end=end, alone=True, bold=True, strong=end))
        done.append(replace(line, start=span[0], end=span[1], body=span[0], seconds=None, bold=False, strong=span[0]))
    return tuple(done)


def stamps(lines: Iterable[Line]) -> tuple[Mark, ...]:
    """Return the time stamps at the heads of lines."""
    return tuple(Mark(line.start, line.seconds) for line in lines if line.seconds is not None)


def trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span without outer white space, None where nothing is left."""
    while start < end and _blank(text[start]):
        start += 1
    while end > start and _blank(text[end - 1]):
        end -= 1
    return (start, end) if start < end else None


def counts_lines(lines: Sequence[str]) -> bool:
    """Tell whether a column of line numbers stands beside the words."""
    numbers = [int(match[1]) for line in lines if (match := LINE_NUMBER.match(line))]
    counting = sum(after in (before + 1, 1) for before, after in pairwise(numbers))
    numbered = len(numbers) >= max(MIN_NUMBERED, NUMBERED_SHARE * len(lines))
    return numbered and counting >= COUNTING_SHARE * (len(numbers) - 1)


def after_bullet(text: str, start: int, end: int) -> int:
    """Return where the words after a list's bullet begin, ``start`` where there is none."""
    return start + 2 if end - start > 2 and text[start] in "-*•" and text[start + 1] == " " else start


def _blank(char: str) -> bool:
    # Zero-width spaces and direction marks are invisible too, and str.isspace doesn't know them.
    return char.isspace() or char in "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


def time_stamp(text: str, start: int, end: int) -> tuple[int, float, bool] | None:
    """Return where the time stamp at ``start`` ends, its seconds, and whether it stands in brackets."""
    match = _STAMP.match(text, start, end)
    if not match:
        return None
    parts = [float(p) for p in match["clock"].replace(",", ".").split(":")]
    seconds = 0.0
    for part in parts:
        seconds = seconds * 60 + part
    return match.end(), seconds, bool(match["open"])


def _after_stamp(text: str, start: int, end: int, bare: bool) -> tuple[int, float | None]:
    stamp = time_stamp(text, start, end)
    if stamp is None or not (stamp[2] or bare):
        return start, None
    at = stamp[0]
    while at < end and (_blank(text[at]) or text[at] in ":-–—"):
        # A dash after the stamp may be a turn's own mark, so only one that is set off belongs to the stamp.
        if text[at] in "-–—" and not (at + 1 < end and _blank(text[at + 1])):
            break
        at += 1
    return at, stamp[1]


def _bare_stamps_count(document: Document) -> bool:
    count = 0
    for block in document.blocks:
        for match in _LINE.finditer(document.text, block.start, block.end):
            span = trimmed(document.text, *match.span())
            stamp = span and time_stamp(document.text, *span)
            count += bool(stamp and not stamp[2])
            if count >= MIN_STAMPED:
                return True
    return False


def covered(text: str, bold: Iterable[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether bold runs hold every word between ``start`` and ``end``."""
    at = start
    for run_start, run_end in bold:
        if run_start > at and any(c.isalnum() for c in text[at : min(run_start, end)]):
            return False
        at = max(at, run_end)
        if at >= end:
            return True
    return at > start and not any(c.isalnum() for c in text[at:end])


def asks(text: str, start: int, end: int) -> bool:
    """Tell whether the span ends in a question mark."""
    return _last(text, start, end) in tuple(QUESTION_MARKS)


def ends_sentence(text: str, start: int, end: int) -> bool:
    """Tell whether the span ends as a sentence does."""
    return _last(text, start, end) in tuple(SENTENCE_ENDS)


def unfinished(text: str, start: int, end: int) -> bool:
    """Tell whether the span ends in a comma, a colon or the like, so that more must follow."""
    return _last(text, start, end) in tuple(_CLAUSE_ENDS)


def _last(text: str, start: int, end: int) -> str:
    """Return the last character of a span but for closing quotation marks and the like; the span isn't copied."""
    while end > start and text[end - 1] in _CLOSING:
        end -= 1
    return text[end - 1] if end > start else ""
