"""A quotation as somebody pastes it, taken apart: its words, its declared cuts, who is said to have said it.

In: text from an article, a note or a chat, with or without quotation marks, ``...``, ``[insertions]`` and
an attribution, and the names of the people who speak in the interviews. Out: ``Quotation``s, the readings
that the text allows, and ``Word``s, which compare without regard to the things that are typography only.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from rapidfuzz import fuzz

from rag.patterns import lazy

NAME_LIKENESS = 88.0
"""From this likeness (0 to 100) on, two parts of a name are one name misspelled."""
QUOTED_SHARE = 0.5
"""Words in quotation marks are the quotation when they are at least this share of all words."""
FRAMED_WORDS = 3
"""With an attribution beside them, so many words in quotation marks are enough."""
SHORT_FRAME = 8
"""Where the attribution has no more words than this, one is enough: She called it "ironclad"."""
MAX_INITIALS = 2
"""Longer words in capitals beside a name are an organisation's."""
FRAME_REACH = 240
"""An attribution is looked for in so many characters at either end."""

_MARKS = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
_WORD = lazy(
    r"\d+(?:[.,:]\d+)+"
    rf"|[^\W_](?:[^\W_{_MARKS}]|[{_MARKS}]|['`\u00b4\u2018\u2019\u02bc\u2032\uff07](?=[^\W_]))*"
    r"|[%$€£+&°]|(?<![\w.,)])[-\u2212](?=\d)"
)
_INVISIBLE = lazy("[\u00ad\u200b-\u200d\u2060\ufeff]")
_APOSTROPHE = lazy("[`\u00b4\u2018\u2019\u02bc\u2032\uff07]")
_THOUSANDS = lazy(r"\d{1,3}(?:,\d{3})+")


@dataclass(frozen=True, slots=True)
class Word:
    """One word; ``key`` is what it is compared by, ``start`` and ``end`` its place in the text."""

    key: str
    start: int
    end: int


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[Word]:
    """Yield the words between two offsets.

    Words compare equal whatever the case, the kind of apostrophe, the Unicode normal form and invisible
    characters such as soft hyphens; hyphens, dashes and quotation marks aren't part of a word.
    """
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        yield Word(_key(match.group()), match.start(), match.end())


def _key(word: str) -> str:
    if word.isascii():
        key = word.lower()
        return key.replace(",", "") if "," in key and _THOUSANDS.fullmatch(key) else key
    key = unicodedata.normalize("NFKC", _INVISIBLE.sub("", _APOSTROPHE.sub("'", word))).casefold()
    return "-" if key == "\u2212" else key


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
class Quotation:
    """One reading of a pasted text."""

    text: str
    words: tuple[Word, ...]
    gaps: tuple[Gap, ...]
    """What is declared to be left out before each word."""
    speaker: str | None
    """Who is said to have said it; None where the text names nobody."""

    def parts(self, gap: Gap) -> tuple[Quotation, ...]:
        """Return the quotations between gaps of one kind; the whole where there is none."""
        starts = [0, *(i for i, kind in enumerate(self.gaps) if i and kind is gap), len(self.words)]
        return tuple(
            Quotation(self.text, self.words[a:b], (Gap.NONE, *self.gaps[a + 1 : b]), self.speaker)
            for a, b in pairwise(starts)
        )


_VERB = (
    r"(?:said|says|say|saying|told|tells|added|adds|explained|explains|stated|states|noted|notes|claimed|claims|"
    r"argued|argues|replied|replies|answered|answers|recalled|recalls|insisted|insists|stressed|stresses|warned|"
    r"warns|declared|declares|admitted|admits|remarked|remarks|concluded|concludes|continued|continues|asked|asks|"
    r"[Aa]ccording\s+to|in\s+the\s+words\s+of|(?:is|was|were)\s+said\s+by|quoted|put\s+it|wrote|writes|thinks|thought|confirmed|confirms|emphasi[sz]ed|observed)"
)
_CALLED = r"(?:calls|called|describe[sd]?|dubbed|labell?ed|hailed|praised)"
_NAME = (
    r"(?!(?:Did|Does|Do|Has|Have|Is|Was|As|When|While|Asked|After|And|But|Then|In|On|At|Speaking|The|This|He|She|They|Who|You|I|We|It)\b)"
    r"(?:(?:Mr|Ms|Mrs|Dr|Prof|Sir|Dame|President|Secretary|Minister|Senator|General|Deputy|NATO)\.?\s+)*"
    r"[^\W\d_a-z][\w'\u2019.-]*(?:\s+(?:(?:de|van|von|bin|al|da|der|la)\s+)?[^\W\d_a-z][\w'\u2019.-]*){0,4}"
)
_PRONOUN = r"(?:[Hh]e|[Ss]he|[Tt]hey|[Ww]ho|[Yy]ou|I)"
_ROLE = r"(?:[Tt]he\s+(?:[\w-]+\s+){0,4}[\w-]+)"
_WHO = rf"(?P<who>{_NAME})"
_ANYONE = rf"(?:{_WHO}|{_PRONOUN}|{_ROLE})"
_DETAIL = r"(?:,[^,:\"\u201c]{1,60},|\s*\([^()]{1,60}\))?"
_TAILS = tuple(
    lazy(pattern)
    for pattern in (
        rf"[,.!?\u2026\"\u201d\u2019'»]\s*[-\u2013\u2014]*\s*{_VERB}\s+{_ANYONE}\b[^\"\u201c\u201d]{{0,80}}$",
        rf"[,.!?\u2026\"\u201d\u2019'»]\s*[-\u2013\u2014]*\s*{_ANYONE}{_DETAIL}\s+"
        rf"(?:has\s+|had\s+|also\s+|later\s+)*{_VERB}\b[^\"\u201c\u201d]{{0,60}}$",
        rf"(?:\s[-\u2013\u2014]{{1,3}}|[\"\u201d»]\s*[-\u2013\u2014]{{1,3}}|\n)\s*{_WHO}(?:[,(][^\"\u201c\u201d]{{0,120}})?\s*$",
        rf"\(\s*{_WHO}(?:,[^()]{{0,80}})?\)\s*\.?\s*$",
    )
)
_BESIDE = lazy(rf"[\"\u201d»]\s*,?\s*{_WHO}\s*$")
_HEADS = tuple(
    lazy(pattern)
    for pattern in (
        rf"^\W*{_WHO}{_DETAIL}\s*:\s+",
        rf"^\W*{_ANYONE}{_DETAIL}\s+(?:has\s+|had\s+|also\s+)*{_VERB}\b(?:\s+[\w.]+){{0,2}}?(?:\s*[:,]|\s+that\b|(?=\s*[\"\u201c«]))\s*",
        rf"^\W*(?:[Aa]ccording\s+to|[Ii]n\s+the\s+words\s+of)\s+{_ANYONE}{_DETAIL}\s*[:,]\s*",
        rf"^\W*[Aa]s\s+{_ANYONE}{_DETAIL}\s+{_VERB}[^,:\"\u201c]{{0,40}}(?:\s*[:,]|(?=\s*[\"\u201c«]))\s*",
        rf"^\W*(?:[^:\"\u201c]{{1,80}},\s+)?{_ANYONE}{_DETAIL}\s+(?:has\s+|had\s+|also\s+)*(?:{_VERB}|{_CALLED})\b"
        rf"(?:(?!\b{_VERB}\b|\bby\b)[^\"\u201c.;!?]){{0,80}}(?=[\"\u201c«])",
        rf"^\W*(?:[Dd]id|[Dd]oes|[Hh]as)\s+{_ANYONE}\s+(?:really\s+|actually\s+|ever\s+)?"
        rf"(?:{_VERB}|calls?\s+\w+|called\s+\w+|use[sd]?\s+the\s+(?:words?|phrase|term|expression))\b[\s:,]*",
    )
)
_DASHED = lazy(rf"^\W*{_WHO}\s+[-\u2013\u2014]+\s+")
_SAID = lazy(rf"^\W*{_WHO}\s+(?:said|says|claim(?:s|ed)|thinks|believes|stated|insist(?:s|ed))\s+(?=\w)")
_ASKED = lazy(r"^\W*(?:[Pp]lease\s+)?(?:[Cc]heck|[Vv]erify|[Qq]uote|[Ii]s\s+(?:this|it))\b[^:\"\u201c]{0,40}:\s+")
_FRAME_VERB = lazy(
    rf"\b(?:{_VERB}|{_CALLED}|call|describe|is it true|quote|quotation|verify|check|exact|really|correct)\b", re.I
)
_QUOTED = lazy(r"\u201c([^\u201c\u201d]+)\u201d|\u201e([^\u201c\u201d\u201e]+)[\u201c\u201d]|«([^«»]+)»|\"([^\"]+)\"")
_SINGLE = lazy(r"(?<!\w)[\u2018']((?:[^\u2018\u2019']|(?<=\w)[\u2019'](?=\w))+)[\u2019'](?!\w)")
_ANEW = lazy(r"\w[^\w]*[.:;]\s|\b(?:added|adding|also|later|continued|another|and|elsewhere|earlier)\b", re.I)
_SPLIT_WORD = lazy(r"\[(\w{1,2})\](?=\w)|(?<=\w)\[(\w{1,3})\]")
_TIME = lazy(r"\b\d{1,2}:\d{2}:\d{2}\b(?:[.,]\d{3})?|[\[(]\d{1,2}:\d{2}[\])]")
_LABEL = lazy(rf"^(\W*)\[{_WHO}\]:?\s+(?=[\"\u201c«]?[A-Z])")
_NEXT = "\x1e"
_DECLARED = lazy(
    r"\x1e|[\[(]\s*(?:\.\s*\.\s*\.|\u2026)\s*[\])]|(?:\.\s?){3,4}|\u2026|\[[^\[\]]*\]"  # \x1e is _NEXT
)
_TITLE = lazy(r"mrs?|ms|dr|prof(?:essor)?|sir|dame|president|secretary|minister|senator|general|deputy")
_NO_NAME = lazy(
    rf"{_TITLE.pattern}|quot(?:e|ation)s?|note|statement|claim|fact|answer|interview(?:ee)?|guest|source|text|caption|headline|check|verify"
)


def readings(pasted: str, speakers: Sequence[str]) -> tuple[Quotation, ...]:
    """Return the ways to read a pasted text, most literal first; none when it holds no word.

    ``speakers`` are the names of the people who speak: with them, "Name: ..." is told from other colons.
    """
    pasted = html.unescape(pasted.replace(_NEXT, " "))
    pasted = _SPLIT_WORD.sub(lambda m: m.group(1) or m.group(2), _TIME.sub(" ", pasted))
    label = _LABEL.match(pasted)
    if label and _speaks(label.group("who"), speakers):
        pasted = _LABEL.sub(r"\1\g<who>: ", pasted)
    found = [_quotation(pasted, None)]
    inside = _in_marks(pasted, speakers)
    if inside is not None:
        found.append(inside)
    else:
        found.extend(_without_attribution(pasted, speakers))
    return tuple(q for q in found if q.words)


def same_person(name: str, other: str) -> bool:
    """Tell whether one name can stand for the other: "Ms. Shekerinska", "radmila shekerinska"."""
    parts, others = _name_parts(name), _name_parts(other)
    if not parts or not others:
        return False
    fewer, more = sorted((parts, others), key=len)
    return all(any(p == o or _alike(p, o) for o in more) for p in fewer)


def _alike(part: str, other: str) -> bool:
    return min(len(part), len(other)) > 3 and fuzz.ratio(part, other) >= NAME_LIKENESS


def _name_parts(name: str) -> list[str]:
    parts = [w.key.removesuffix("'s") for w in words(name)]
    return [p for p in parts if not _TITLE.fullmatch(p)] or parts


def _quotation(text: str, speaker: str | None) -> Quotation:
    kept: list[Word] = []
    gaps: list[Gap] = []
    gap, at = Gap.NONE, 0
    for match in [*_DECLARED.finditer(text), None]:
        for word in words(text, at, len(text) if match is None else match.start()):
            kept.append(word)
            gaps.append(gap)
            gap = Gap.NONE
        if match is not None:
            insertion = match.group().startswith("[") and any(words(match.group()))
            gap = max(gap, Gap.ANEW if match.group() == _NEXT else Gap.INSERTION if insertion else Gap.CUT)
            at = match.end()
    return Quotation(text, tuple(kept), tuple(gaps), speaker)


def _in_marks(pasted: str, speakers: Sequence[str]) -> Quotation | None:
    """Return what stands in quotation marks, where the rest is only a frame around it."""
    spans = [m.span(m.lastindex or 0) for m in _QUOTED.finditer(pasted)]
    spans = spans or [m.span(1) for m in _SINGLE.finditer(pasted)]
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
    named = _named(pasted, speakers)
    framed = bool(_FRAME_VERB.search(outside)) or named is not None
    enough = quoted >= FRAMED_WORDS or (quoted and rest <= SHORT_FRAME)
    if (framed and enough) or quoted >= QUOTED_SHARE * (quoted + rest):
        return _quotation(inside, named)
    return None


def _named(pasted: str, speakers: Sequence[str]) -> str | None:
    """Return the name that a frame around quotation marks attributes them to."""
    first, last = _edges(pasted)
    for patterns, text in (((*_TAILS, _BESIDE), pasted[last - 1 :]), ((*_HEADS, _DASHED), pasted[:first] + '"')):
        for pattern in patterns:
            who = _who(pattern.search(text))
            if who and (pattern not in (_BESIDE, _DASHED) or _speaks(who, speakers)):
                return who
    between = re.search(rf"[\"\u201d]\s*(?:{_VERB}\s+{_WHO}|{_WHO.replace('who', 'by')}\s+{_VERB})", pasted)
    return _who(between)


def _edges(pasted: str) -> tuple[int, int]:
    marks = [i for i, char in enumerate(pasted) if char in "\"\u201c\u201d\u201e«»\u2018\u2019'"]
    doubles = [i for i in marks if pasted[i] not in "\u2018\u2019'"] or marks
    return doubles[0], doubles[-1] + 1


def _without_attribution(pasted: str, speakers: Sequence[str]) -> Iterator[Quotation]:
    """Yield the text less an attribution before or after it, where no quotation marks set it apart."""
    for pattern in _TAILS:
        match = pattern.search(pasted, max(0, len(pasted) - FRAME_REACH))
        if match and _credible(match, speakers):
            yield _quotation(_blanked(pasted, match.start() + 1, len(pasted)), _who(match))
    for pattern in (*_HEADS, _DASHED, _SAID, _ASKED):
        match = pattern.search(pasted, 0, FRAME_REACH)
        if match and (pattern is _ASKED or _credible(match, speakers)):
            yield _quotation(_blanked(pasted, 0, match.end()), _who(match))


def _blanked(text: str, start: int, end: int) -> str:
    """Return the text with white space for a stretch of it, so that offsets stay what they are."""
    return text[:start] + " " * (end - start) + text[end:]


def _who(match: re.Match[str] | None) -> str | None:
    """Return whom an attribution names, without where they belong: "NATO's Radmila Lund"; None for a mere office."""
    groups = match.groupdict() if match else {}
    own = re.sub(r"^.*['\u2019]s\s+", "", (groups.get("who") or groups.get("by") or "").rstrip(".,"))
    parts = [p for p in own.split() if not (p.isupper() and len(p) > MAX_INITIALS)] or own.split()
    return None if all(_NO_NAME.fullmatch(p.lower()) for p in parts) else " ".join(parts)


def _speaks(name: str, speakers: Sequence[str]) -> bool:
    return any(same_person(name, s) for s in speakers)


def _credible(match: re.Match[str], speakers: Sequence[str]) -> bool:
    """Tell an attribution from words that merely look like one: it has a verb of saying, or a speaker's name."""
    told = re.search(
        rf"{_VERB}|^\W*[Dd](?:id|oes)\s|^\W*(?:[^\W\d_a-z][\w'\u2019.-]+\s+){{0,3}}[^\W\d_a-z][\w'\u2019-]+:",
        match.group(),
    )
    return bool(told) or _speaks(_who(match) or "", speakers)
