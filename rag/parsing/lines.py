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
_DAY: Final = r"(?:\d{4}-\d\d-\d\d(?:T|,? )|\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? )"
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
    r"|(?:thanks for reading\b.{0,80}[!.] )?(?:subscribe (?:for free )?to receive new posts|this post is public)\b.*"
    r"|.{1,80} is a reader-supported publication\b.*|(?:upgrade to paid|subscribe(?: now)?|leave a comment)"
    r"|get .{1,60}['’]s stories in your inbox|join medium for free\b.*|(?-i:Share [A-Z][^.?!:]{1,60})"
    r"|(?:end )?\d{1,2}:\d\d ?[ap]\.?m\.? [a-z]{2,4}",
    re.IGNORECASE,
)
_CREDIT: Final = lazy(
    r"(?:^|[.!?)\]”\"] |[(\[|])(?:Photo(?:graph(?:s|y)?)?|Image|Picture|Illustration)s?"
    r"(?: credit| courtesy of| by)?:? ?"
    r"(?<=[: ])(?:© ?)?[A-Z][\w.’'-]*(?:[ /,]+(?:[A-Z©][\w.’'-]*|for|via|of|the|de|van|von)){0,6}(?<!\.)[)\]]?$"
)
"""``Marek in his kitchen. Photograph: Nils Ford``; a sentence about photographs ends as one."""

MAX_PROMOTION: Final = 10
"""Lines of a newspaper's offer of a newsletter."""

_PROMOTED: Final = lazy(r"after newsletter promotion", re.IGNORECASE)

MIN_PULLED: Final = 4
"""Words of a sentence that is repeated for its own sake; fewer may be said twice."""

NEAR: Final = 20_000
"""Characters within which the sentence was said."""

_IN_QUOTES: Final = lazy(r"[*_ ]{0,3}[\"“„«‘'](?P<words>[^\"“”„«»]{1,400}?)[.,…]?[\"”“»’'][*_ ]{0,3}")

MIN_INLINE: Final = 2
"""Lines that open with a question in bold and go on in plain print; one is emphasis."""

_QUESTION: Final = lazy(r"Q\d{0,3}[:.][ \xa0]")
_EXCHANGE: Final = lazy(r"Q\d{0,3}(?P<sign>[:.])[ \xa0][^\n]*?[.?!…][\"”’)]?[ \xa0]+(?=A\d{0,3}(?P=sign)[ \xa0])")
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
    """A page sets it between paragraphs: an advertisement, a button, a credit, a sentence in large print."""


def lines_of(document: Document) -> tuple[Line, ...]:
    """Split the blocks of ``document`` into lines."""
    bare = _bare_stamps_count(document)
    found: list[Line] = []
    for number, block in enumerate(document.blocks):
        spans = [
            s for m in _LINE.finditer(document.text, block.start, block.end) if (s := trimmed(document.text, *m.span()))
        ]
        alone = len(spans) == 1
        for start, end in spans:
            body, seconds = after_stamp(document.text, start, end, bare)
            found.append(
                Line(
                    start=start,
                    end=end,
                    block=number,
                    body=body,
                    seconds=seconds,
                    first=start == spans[0][0],
                    alone=alone,
                    heading=block.kind is Kind.HEADING,
                    bold=covered(document.text, block.bold, body, end),
                    strong=next((b for a, b in block.bold if a <= after_bullet(document.text, body, end) < b), body),
                    set_off=block.set_off,
                    voice=block.voice,
                    role=block.role,
                    furniture=alone and (_furniture(document.text, start, end) or _pulled(document.text, body, end)),
                )
            )
    return _exchanges(document.text, _parted(document.text, _without_promotion(document.text, found)))


def _furniture(text: str, start: int, end: int) -> bool:
    if end - start > MAX_FURNITURE:
        return False
    words = text[start:end].strip("*_ ")
    return _FURNITURE.fullmatch(words) is not None or _CREDIT.search(words) is not None


def _without_promotion(text: str, lines: Sequence[Line]) -> Sequence[Line]:
    """Take for furniture what stands between ``Sign up to ...`` and ``after newsletter promotion``."""
    offered = -1
    promoted: set[int] = set()
    for number, line in enumerate(lines):
        if text.startswith("Sign up ", line.start) and (offered < 0 or number - offered > MAX_PROMOTION):
            offered = number
        if offered >= 0 and number - offered <= MAX_PROMOTION and _PROMOTED.fullmatch(text, line.start, line.end):
            promoted.update(range(offered, number + 1))
            offered = -1
    return [replace(line, furniture=True) if n in promoted else line for n, line in enumerate(lines)]


def _pulled(text: str, start: int, end: int) -> bool:
    """Tell a sentence that a page repeats in large print: between quotation marks, and said close by."""
    match = _IN_QUOTES.fullmatch(text, start, end)
    if not match or len(match["words"].split()) < MIN_PULLED:
        return False
    return text.count(match["words"], max(0, start - NEAR), min(len(text), end + NEAR)) > 1


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


def _exchanges(text: str, lines: Sequence[Line]) -> tuple[Line, ...]:
    """Part ``Q: Where was it? A: In the shed.`` in two, where most questions have their answer in their line."""
    answers = {n: match.end() for n, line in enumerate(lines) if (match := _EXCHANGE.match(text, line.body, line.end))}
    asking = sum(_QUESTION.match(text, line.body, line.end) is not None for line in lines)
    if len(answers) < MIN_INLINE or 2 * len(answers) <= asking:
        return tuple(lines)
    done: list[Line] = []
    for number, line in enumerate(lines):
        at = answers.get(number, line.end)
        done.append(replace(line, end=line.start + len(text[line.start : at].rstrip()), strong=min(line.strong, at)))
        if at < line.end:
            done.append(replace(line, start=at, body=at, seconds=None, strong=max(line.strong, at)))
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


def after_stamp(text: str, start: int, end: int, bare: bool) -> tuple[int, float | None]:
    """Return where the words of a line begin after its time stamp, and that; one without brackets where ``bare``."""
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
    """Tell whether the span ends in a question mark, or as Japanese questions do without one."""
    at = _last(text, start, end)
    return text[at : at + 1] in tuple(QUESTION_MARKS) or text.startswith("か。", max(start, at - 1), end)


def ends_sentence(text: str, start: int, end: int) -> bool:
    """Tell whether the span ends as a sentence does."""
    at = _last(text, start, end)
    return text[at : at + 1] in tuple(SENTENCE_ENDS)


def unfinished(text: str, start: int, end: int) -> bool:
    """Tell whether the span ends in a comma, a colon or the like, so that more must follow."""
    at = _last(text, start, end)
    return text[at : at + 1] in tuple(_CLAUSE_ENDS)


def leads_up(text: str, start: int, end: int) -> bool:
    """Tell whether the span leads up to a quotation, by a colon or a comma; whoever ends in a dash is cut off."""
    at = _last(text, start, end)
    return text[at : at + 1] in tuple(":：,，、")


def _last(text: str, start: int, end: int) -> int:
    """Return where the last character of a span stands but for closing quotation marks and the like.

    The span isn't copied; where nothing else is in it, the end of the text is returned, where no character stands.
    """
    while end > start and text[end - 1] in _CLOSING:
        end -= 1
    return end - 1 if end > start else len(text)
