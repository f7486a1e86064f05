"""A quotation as somebody pastes it, taken apart: its words, its declared cuts, who is said to have said it.

In: text from an article, a note or a chat, with or without quotation marks, ``...``, ``[insertions]`` and
an attribution, and the names of the people who speak in the interviews. Out: ``Quotation``s, the readings
that the text allows, and ``Word``s, which compare without regard to the things that are typography only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from rag.patterns import lazy
from rag.quotation.attribution import attributions, labelled, named
from rag.quotation.frames import SAYING, told_by_the_speaker
from rag.quotation.markup import without_markup
from rag.quotation.names import people_named as people_named
from rag.quotation.names import same_name as same_name
from rag.quotation.names import same_person as same_person
from rag.quotation.words import ASIDE as ASIDE
from rag.quotation.words import Word as Word
from rag.quotation.words import words as words
from rag.quotation.words import written_together as written_together

QUOTED_SHARE = 0.5
"""Words in quotation marks are the quotation when they are at least this share of all words."""
FRAMED_WORDS = 3
"""With an attribution beside them, so many words in quotation marks are enough."""
SHORT_FRAME = 8
"""Where the attribution has no more words than this, one is enough: She called it "ironclad"."""

_FRAME_VERB = lazy(
    rf"\b(?:{SAYING}|according\s+to|put\s+it|thinks|thought|believes?|calls?|called|describe[sd]?|dubbed|labell?ed|hailed|praised|"
    r"is it true|in\s+the\s+words\s+of|quote[ds]?|quotation|verify|check|confirm|exact|really|right|accurate|verbatim|"
    r"correct)\b",
    re.I,
)
_MARKS = lazy('[\u201c\u201d\u201e«»"]')
_CLOSED_BY = {"\u201c": "\u201d", "\u201e": "\u201c\u201d", "«": "»", '"': '"'}
_HEADS_PARAGRAPH = lazy(r"(?:^|\n|[.!?\u2026:]['\u2019)\]]?\s)\s*$")
_OPENS = lazy(r"(?<![^\s(\[\u2013\u2014-])[\"](?=[\w\u2018'(\[\u2026])")
_CLOSES = lazy(r"(?<=\S)\"(?=[\s.,;:!?)\]\u2013\u2014-]|$)")
_SINGLE = lazy(
    r"(?<!\w)[\u2018']("
    r"(?:[^\u2018\u2019']|(?<=\w)[\u2019'](?=\w)|(?<=\n)[\u2018'](?=\w)"
    r"|(?<=s)[\u2019'](?=\s\w(?:[^\u2018\u2019']|(?<=\w)[\u2019'](?=\w))*(?<=\S)[\u2019'](?!\w)))+"
    r")[\u2019'](?!\w)"
)
"""A mark inside may be an apostrophe, as in "the workers' wages" where another mark closes, or head a paragraph."""
_ANEW = lazy(r"\w[^\w]*[.:;]\s|\b(?:added|adding|also|later|continued|another|and|elsewhere|earlier)\b", re.I)
_SPLIT_WORD = lazy(r"\[(\w{1,2})\](?=\w)|(?<=\w)\[(\w{1,3})\]")
_UNSAID = lazy(rf"\b\d{{1,2}}:\d{{2}}:\d{{2}}\b(?:[.,]\d{{3}})?|[\[(]\d{{1,2}}:\d{{2}}[\])]|{ASIDE}", re.I)
_OPEN = " \t\n\"'\u2018\u201c\u201e«"
_NEXT = "\x1e"
_DECLARED = lazy(
    r"\x1e|[\[(]\s*(?:\.\s*\.\s*\.|\u2026)\s*[\])]|(?:\.\s?){3,4}|\u2026|\[[^\[\]]*\]"  # \x1e is _NEXT
)


class Gap(IntEnum):
    """What a quotation declares to have left out before one of its words."""

    NONE = 0
    INSERTION = 1
    """``[words of the quoting person]``, which may stand for a few words of the speaker."""
    CUT = 2
    """``...`` or ``[...]``."""
    ANEW = 3
    """The end of one quotation and the beginning of another: ``"...," she said. "..."``."""


@dataclass(frozen=True, slots=True)
class Insertion:
    """``[words of the quoting person]`` before the word of this number, or after the last."""

    before: int
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """One reading of a pasted text."""

    text: str
    words: tuple[Word, ...]
    gaps: tuple[Gap, ...]
    """What is declared to be left out before each word."""
    speaker: str | None
    """Who is said to have said it; None where the text names nobody."""
    insertions: tuple[Insertion, ...] = ()
    told: bool = False
    """Whether what stands around its marks attributes nothing, but tells: "I said ...", "nobody ever said ..."."""

    def parts(self, gap: Gap) -> tuple[Quotation, ...]:
        """Return the quotations between gaps of one kind; the whole where there is none."""
        starts = [0, *(i for i, kind in enumerate(self.gaps) if i and kind is gap), len(self.words)]
        return tuple(self._part(a, b) for a, b in pairwise(starts))

    def _part(self, start: int, end: int) -> Quotation:
        last = end == len(self.words)
        inserted = (i for i in self.insertions if start <= i.before < end or (last and i.before == end))
        moved = tuple(Insertion(i.before - start, i.words) for i in inserted)
        gaps = (Gap.NONE, *self.gaps[start + 1 : end])
        return Quotation(self.text, self.words[start:end], gaps, self.speaker, moved, self.told)


def readings(pasted: str, speakers: Sequence[str]) -> tuple[Quotation, ...]:
    """Return the ways to read a pasted text, most literal first; none when it holds no word.

    ``speakers`` are the names of the people who speak: with them, "Name: ..." is told from other colons.
    """
    pasted = _UNSAID.sub(" ", _plain(pasted))
    pasted = _SPLIT_WORD.sub(lambda m: m.group(1) or m.group(2), pasted)
    pasted = labelled(pasted, speakers)
    found = [_quotation(pasted, None)]
    inside = _in_marks(pasted, speakers)
    if inside is not None:
        found.append(inside)
    else:
        for start, end, speaker in attributions(pasted, speakers):
            found.append(_quotation(pasted[:start] + " " * (end - start) + pasted[end:], speaker))
    return tuple(q for q in found if q.words)


def beside_marks(pasted: str) -> str | None:
    """Return what stands outside the quotation marks of a text, with a mark for each quotation; None without any."""
    pasted = _plain(pasted)
    spans = _marked(pasted)
    if not spans:
        return None
    edges = [0, *(at for span in spans for at in span), len(pasted)]
    return "".join(pasted[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))


def _plain(pasted: str) -> str:
    return without_markup(pasted.replace(_NEXT, " "))


def _marked(pasted: str) -> list[tuple[int, int]]:
    """Return what stands in quotation marks, in single ones where there are no others."""
    return _in_double_marks(pasted) or [m.span(1) for m in _SINGLE.finditer(pasted)]


def _in_double_marks(pasted: str) -> list[tuple[int, int]]:
    """Return what stands between an opening mark and the one that closes it.

    A paragraph of a quotation opens with a mark though the one before isn't closed. Where marks don't pair up, all is
    quoted up to the last that may close: what somebody is said to have said is never left out.
    """
    spans: list[tuple[int, int]] = []
    opened, depth, start, last = "", 0, 0, 0
    for match in _MARKS.finditer(pasted):
        mark, at = match.group(), match.start()
        if not opened and mark in _CLOSED_BY and not _CLOSES.match(pasted, at):
            opened, depth, start, last = mark, 1, match.end(), 0
        elif not opened:
            spans[-1:] = [(a, b if at == b + 1 else at) for a, b in spans[-1:]]  # ""words"" are in marks once
        elif mark == opened and (mark != '"' or _OPENS.match(pasted, at)):
            depth += not _HEADS_PARAGRAPH.search(pasted, max(0, at - 8), at)
        elif mark in _CLOSED_BY[opened] and at > start:
            depth, last = depth - 1, at
            if not depth:
                spans.append((start, at))
                opened = ""
    if opened and (last or spans):
        spans.append((start, last or len(pasted)))
    return [(start, end) for start, end in spans if start < end]


def _quotation(text: str, speaker: str | None, *, told: bool = False) -> Quotation:
    kept: list[Word] = []
    gaps: list[Gap] = []
    insertions: list[Insertion] = []
    gap, at = Gap.NONE, 0
    for match in [*_DECLARED.finditer(text), None]:
        for word in words(text, at, len(text) if match is None else match.start()):
            kept.append(word)
            gaps.append(gap)
            gap = Gap.NONE
        if match is not None:
            inserted = tuple(words(text, *match.span())) if match.group().startswith("[") else ()
            if inserted:
                insertions.append(Insertion(len(kept), inserted))
            gap = max(gap, Gap.ANEW if match.group() == _NEXT else Gap.INSERTION if inserted else Gap.CUT)
            at = match.end()
    return Quotation(text, tuple(kept), tuple(gaps), speaker, tuple(insertions), told)


def _in_marks(pasted: str, speakers: Sequence[str]) -> Quotation | None:
    """Return what stands in quotation marks, where the rest is only a frame around it."""
    spans = _marked(pasted)
    if not spans:
        return None
    blanked = list(" " * len(pasted))
    for start, end in spans:
        blanked[start:end] = pasted[start:end]
    for (_, end), (start, _) in pairwise(spans):
        if _ANEW.search(pasted[end:start]):
            blanked[end] = _NEXT
    inside = "".join(blanked)
    outside = "".join(" " if kept == char else char for char, kept in zip(pasted, blanked, strict=True))
    quoted, rest = len(list(words(inside))), len(list(words(outside)))
    speaker = named(pasted, spans, speakers)
    introduced = pasted[: spans[0][0]].rstrip(_OPEN).endswith(":") and not any(words(pasted, spans[-1][1]))
    framed = introduced or bool(_FRAME_VERB.search(outside)) or speaker is not None
    enough = quoted >= FRAMED_WORDS or (quoted and rest <= SHORT_FRAME)
    if (framed and enough) or quoted >= QUOTED_SHARE * (quoted + rest):
        return _quotation(inside, speaker, told=told_by_the_speaker(pasted, spans))
    return None
