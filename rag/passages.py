"""Cut an interview into its units of retrieval.

In: an ``Interview``. Out: ``Passage`` objects, each a run of whole sentences of one turn. Headings,
labels and page furniture stand outside the turns, so they are in no passage.
"""

from __future__ import annotations

from collections.abc import Iterator

from rag.datatypes import Interview, Passage, Span
from rag.patterns import lazy

MAX_PASSAGE_WORDS = 75
"""About 100 word pieces, which the reader takes in half the time of 160; on the development questions the right
sentence is among the first three more often than in passages of 120 words."""
MAX_SENTENCE_WORDS = 90
"""A longer run without an end is unpunctuated speech, and is cut at a pause or between words."""

_PARAGRAPH_BREAK = lazy(r"\n[^\S\n]*\n\s*")
_WORD = lazy(r"\S+")
_PAUSE = lazy(r"[,;:–—…]$")


def cut(interview: Interview) -> tuple[Passage, ...]:
    """Cut every turn into passages, in order.

    Paragraphs play no part, since not every format has them: the same words are cut alike in all.
    """
    return tuple(passage for turn in range(len(interview.turns)) for passage in _cut_turn(interview, turn))


def sentences(text: str, start: int, end: int) -> list[Span]:
    """Split ``text[start:end]`` into sentences, none of which crosses a blank line or has outer white space."""
    from nupunkt import sent_spans  # loads its model at once

    found: list[Span] = []
    for first, last in _paragraphs(text, start, end):
        body = text[first:last]
        for a, b in sent_spans(body):
            found += _shortened(text, *_trimmed(text, first + a, first + b))
    return [span for span in found if span[0] < span[1]]


def asks(sentence: str) -> bool:
    """Tell whether a sentence asks: a question mark ends it, inside or outside of what closes it."""
    return sentence.rstrip("\"'”’)] ").endswith("?")


def _paragraphs(text: str, start: int, end: int) -> Iterator[Span]:
    at = start
    for gap in _PARAGRAPH_BREAK.finditer(text, start, end):
        yield at, gap.start()
        at = gap.end()
    yield at, end


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
    text = interview.text
    spoken = interview.turns[turn]
    for group in _balanced(text, sentences(text, spoken.start, spoken.end)):
        yield Passage(interview.id, turn, tuple(group))


def _balanced(text: str, spans: list[Span]) -> list[list[Span]]:
    """Split a turn into parts of about equal length rather than full ones and a crumb."""
    total = _words(text, spans)
    parts = -(-total // MAX_PASSAGE_WORDS)
    if parts <= 1:
        return [spans] if spans else []
    groups: list[list[Span]] = [[]]
    for span in spans:
        together = [*groups[-1], span]
        if groups[-1] and _words(text, together) > MAX_PASSAGE_WORDS * 1.05 - (MAX_PASSAGE_WORDS - total / parts):
            groups.append([span])
        else:
            groups[-1] = together
    return groups


def _words(text: str, spans: list[Span]) -> int:
    return len(text[spans[0][0] : spans[-1][1]].split()) if spans else 0
