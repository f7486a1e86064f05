"""Cut an interview into its units of retrieval.

In: an ``Interview``. Out: ``Passage`` objects, each a run of whole sentences of one turn. Headings,
labels and page furniture stand outside the turns, so they are in no passage.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from rag.datatypes import Interview, Passage, Span
from rag.parsing.lines import after_stamp
from rag.patterns import lazy

MAX_PASSAGE_WORDS = 75
"""About 100 word pieces, which the reader takes in half the time of 160; on the development questions the right
sentence is among the first three more often than in passages of 120 words."""
MAX_SENTENCE_WORDS = 90
"""A longer run without an end is unpunctuated speech, and is cut at a pause or between words."""

STAMPED_SHARE = 0.4
"""Where so many lines begin with a time stamp, it is no part of what is said; beside them stand titles and blurbs."""

PARAGRAPH_BREAK = lazy(r"\n[^\S\n]*\n\s*")
"""A blank line, or several."""
_WORD = lazy(r"\S+")
_LINE = lazy(r"[^\r\n]*\S[^\r\n]*")
_LINE_END = lazy(r"[\r\n]|$")
_BEFORE = lazy(r"(?:\A|[\r\n])[^\S\r\n]*\Z")
"""What may stand before the first word of a line."""
_PAUSE = lazy(r"[,;:–—…]$")


def cut(interview: Interview) -> tuple[Passage, ...]:
    """Cut every turn into passages, in order.

    Paragraphs play no part, since not every format has them: the same words are cut alike in all.
    """
    return tuple(passage for turn in range(len(interview.turns)) for passage in _cut_turn(interview, turn))


def sentences(interview: Interview, start: int, end: int) -> list[Span]:
    """Split ``interview.text[start:end]`` into sentences without outer white space.

    None crosses a blank line, but for one before a line with a time stamp: captions end anywhere.
    """
    from nupunkt import sent_spans  # loads its model at once

    words = unstamped(interview, (start, end))
    found: list[Span] = []
    for first, last in _paragraphs(words):
        for a, b in sent_spans(words[first:last]):
            found += _shortened(words, *_trimmed(words, first + a, first + b))
    return [(start + a, start + b) for a, b in found if a < b]


def unstamped(interview: Interview, span: Span) -> str:
    """Return the words of a span, with spaces for the time stamps between them, so that offsets in it stay true."""
    stamps = _stamps(interview) if interview.times else ()
    start, end = span
    first = bisect_left(stamps, start, key=lambda stamp: stamp[0])
    parts = []
    at = start
    for left, right in stamps[first : bisect_left(stamps, end, first, key=lambda stamp: stamp[0])]:
        words = interview.text[at:left].rstrip()
        after = min(right, end)
        parts += [words, " " * (after - at - len(words))]
        at = after
    return "".join([*parts, interview.text[at:end]])


@lru_cache(64)
def _stamps(interview: Interview) -> tuple[Span, ...]:
    """Return where time stamps stand at the heads of lines, with the white space after them.

    Those without brackets count only where most lines have one: elsewhere somebody may read out of a log.
    """
    text = interview.text
    found: list[tuple[int, int, bool]] = []
    for mark in interview.times:
        line_end = end.start() if (end := _LINE_END.search(text, mark.offset)) else len(text)
        body, seconds = after_stamp(text, mark.offset, line_end, bare=True)
        heads = _BEFORE.search(text, max(0, mark.offset - 8), mark.offset)
        if seconds is not None and abs(seconds - mark.value) < 1 and heads:
            found.append((mark.offset, body, text[mark.offset] in "[(<"))
    bare = sum(not bracketed for *_, bracketed in found) >= STAMPED_SHARE * len(_LINE.findall(text))
    return tuple((start, end) for start, end, bracketed in found if bracketed or bare)


def asks(sentence: str) -> bool:
    """Tell whether a sentence asks: a question mark ends it, inside or outside of what closes it."""
    return sentence.rstrip("\"'”’)] ").endswith("?")


def reaching(interview: Interview, spans: Sequence[Span], words: int) -> int:
    """Return the number of the sentence with which so many words are said, or of the last one: -1."""
    return next((n for n in range(len(spans)) if _words(interview, spans[: n + 1]) >= words), -1)


def leading_up(interview: Interview, spans: Sequence[Span], words: int) -> int:
    """Return the number of the sentence from which on so many words are said, or of the first one: 0."""
    enough = (n for n in reversed(range(len(spans))) if _words(interview, spans[n:]) >= words)
    return next(enough, 0)


def _paragraphs(blanked: str) -> Iterator[Span]:
    at = 0
    for gap in PARAGRAPH_BREAK.finditer(blanked):
        yield at, gap.start()
        at = gap.end()
    yield at, len(blanked)


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _shortened(text: str, start: int, end: int) -> list[Span]:
    words = list(_WORD.finditer(text, start, end))
    if len(words) <= MAX_SENTENCE_WORDS:
        return [(start, end)]
    parts: list[Span] = []
    first = 0
    while len(words) - first > MAX_SENTENCE_WORDS:
        half = range(first + MAX_SENTENCE_WORDS - 1, first + MAX_SENTENCE_WORDS // 2, -1)
        last = next((i for i in half if _PAUSE.search(words[i].group())), half.start)
        parts.append((words[first].start(), words[last].end()))
        first = last + 1
    return [*parts, (words[first].start(), words[-1].end())]


def _cut_turn(interview: Interview, turn: int) -> Iterator[Passage]:
    start, end = interview.turns[turn].start, interview.turns[turn].end
    for group in _balanced(interview, sentences(interview, start, end)):
        yield Passage(interview.id, turn, tuple(group))


def _balanced(interview: Interview, spans: list[Span]) -> list[list[Span]]:
    """Split a turn into parts of about equal length rather than full ones and a crumb."""
    total = _words(interview, spans)
    parts = -(-total // MAX_PASSAGE_WORDS)
    if parts <= 1:
        return [spans] if spans else []
    groups: list[list[Span]] = [[]]
    for span in spans:
        together = [*groups[-1], span]
        if groups[-1] and _words(interview, together) > MAX_PASSAGE_WORDS * 1.05 - (MAX_PASSAGE_WORDS - total / parts):
            groups.append([span])
        else:
            groups[-1] = together
    return groups


def _words(interview: Interview, spans: Sequence[Span]) -> int:
    return len(unstamped(interview, (spans[0][0], spans[-1][1])).split()) if spans else 0
