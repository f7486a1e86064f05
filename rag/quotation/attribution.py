"""Who is said to have said what: "..., said Ada", "According to Ada, ...", "Ada: ...", as articles write it.

In: a text as pasted, and the names of the people who speak in the interviews. Out: the name in an attribution, and
where the attribution stands. What no pattern knows is left to ``frames``, which looks for the names themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.patterns import lazy
from rag.quotation.frames import ADVERBS, NO_NAME, PARTICLE, REACH, SAYING, named_in_frame, speaker_in
from rag.quotation.names import people_named

MAX_INITIALS = 2
"""Longer words in capitals beside a name are an organisation's."""
MAX_ACRONYM = 4
"""A single word of so many capitals at most is an outlet or an organisation."""

_VERB = (
    rf"(?:{SAYING}|[Aa]ccording\s+to|in\s+the\s+words\s+of|(?:is|was|were)\s+said\s+by|quoted|puts?\s+it|thinks|thought|"
    r"believes?)"
)
_CALLED = r"(?:calls|called|describe[sd]?|dubbed|labell?ed|hailed|praised)"
_PART = r"[^\W\d_a-z][\w'\u2019.-]*"
_NAME = (
    r"(?!(?:Did|Does|Do|Has|Have|Is|Was|As|When|While|Asked|After|And|But|Then|In|On|At|Speaking|The|This|That|These|Those|He|She|They|Who|You|I|We|It)\b)"
    r"(?!(?:Her|His|Their|My|Our|Its|Here|There|What|Why|How|Where|No|Quoting|Citing|Paraphrasing)\b)"
    r"(?:(?:Mr|Ms|Mrs|Dr|Prof|Sir|Dame|President|Secretary|Minister|Senator|General|Deputy|NATO)\.?\s+)*"
    rf"(?:{PARTICLE}\s+)*{_PART}(?:\s+(?:{PARTICLE}\s+)*{_PART}){{0,4}}"
)
_PRONOUN = r"(?:(?P<pronoun>[Hh]e|[Ss]he|[Tt]hey)|[Ww]ho|[Yy]ou|I)"
_ROLE = r"(?P<role>[Tt]he\s+(?:[\w-]+\s+){0,4}[\w-]+)"
_WHO = rf"(?P<who>{_NAME})"
_ANYONE = rf"(?:{_WHO}|{_PRONOUN}|{_ROLE})"
_DETAIL = r"(?:,[^,:\"\u201c]{1,60},|\s*\([^()]{1,60}\))?"
_MARK = r"[\"\u201c«]"
_TAILS = tuple(
    lazy(pattern)
    for pattern in (
        rf"[,.!?\u2026\"\u201d\u2019'»]\s*[-\u2013\u2014]*\s*{_VERB}\s+{_ANYONE}\b[^\"\u201c\u201d]{{0,80}}$",
        rf"[,.!?\u2026\"\u201d\u2019'»]\s*[-\u2013\u2014]*\s*{_ANYONE}{_DETAIL}\s+"
        rf"{ADVERBS}{_VERB}\b[^\"\u201c\u201d]{{0,60}}$",
        rf"(?:\s[-\u2013\u2014]{{1,3}}|[\"\u201d»]\s*[-\u2013\u2014]{{1,3}}|\n)\s*{_WHO}(?:[,(][^\"\u201c\u201d]{{0,120}})?\s*$",
        rf"\(\s*{_WHO}(?:,[^()]{{0,80}})?\)\s*\.?\s*$",
    )
)
_SIGNED = _TAILS[2:]
"""A name after a dash or in parentheses, as under a letter."""
_BESIDE = lazy(rf"[\"\u201d»]\s*,?\s*{_WHO}\s*$")
_HEADS = tuple(
    lazy(pattern)
    for pattern in (
        rf"^\W*{_WHO}{_DETAIL}\s*:\s+",
        rf"^\W*{_ANYONE}{_DETAIL}\s+{ADVERBS}{_VERB}\b(?:\s+[\w.]+){{0,2}}?(?:\s*[:,]|\s+that\b|(?=\s*{_MARK}))\s*",
        rf"^\W*(?:[Aa]ccording\s+to|[Ii]n\s+the\s+words\s+of)\s+{_ANYONE}{_DETAIL}\s*[:,]\s*",
        rf"^\W*[Aa]s\s+{_ANYONE}{_DETAIL}\s+{ADVERBS}{_VERB}[^,:\"\u201c]{{0,40}}(?:\s*[:,]|(?=\s*{_MARK}))\s*",
        rf"^\W*(?:[^:\"\u201c]{{1,80}},\s+)?{_ANYONE}{_DETAIL}\s+{ADVERBS}(?:{_VERB}|{_CALLED})\b"
        rf"(?:(?!\b{_VERB}\b|\bby\b)[^\"\u201c.;!?]){{0,80}}(?={_MARK})",
        rf"^\W*(?:[Dd]id|[Dd]oes|[Hh]as)\s+{_ANYONE}\s+{ADVERBS}"
        rf"(?:{_VERB}|calls?\s+\w+|called\s+\w+|use[sd]?\s+the\s+(?:words?|phrase|term|expression))\b(?:\s+that\b)?[\s:,]*",
    )
)
_DASHED = lazy(rf"^\W*{_WHO}\s+[-\u2013\u2014]+\s+")
_SAID = tuple(
    lazy(pattern)
    for pattern in (
        rf"^\W*{_WHO}\s+{ADVERBS}(?:said|says|claim(?:s|ed)|thinks|believes|stated|insist(?:s|ed))\s+(?:that\s+)?(?=\w)",
        rf"^\W*{_WHO}\s+{ADVERBS}\w+(?:ed|es|s)\s+(?:out\s+)?that\s+(?=\w)",
        rf"^\W*[^:\"\u201c]{{1,80}},\s+{_WHO}\s+{ADVERBS}(?:said|says)\s+(?:that\s+)?(?=\w)",
    )
)
_ASKED = lazy(r"^\W*(?:[Pp]lease\s+)?(?:[Cc]heck|[Vv]erify|[Qq]uote|[Ii]s\s+(?:this|it))\b[^:\"\u201c]{0,40}:\s+")
_BETWEEN = lazy(rf"[\"\u201d]\s*(?:{_VERB}\s+{_WHO}|{_WHO.replace('who', 'by')}\s+{ADVERBS}{_VERB})")
_LABEL = lazy(rf"^(\W*)\[{_WHO}\](?::\s+|\s+(?:(?P<mark>(?={_MARK}))|(?=[A-Z])))")
_TOLD = lazy(rf"{_VERB}|^\W*[Dd](?:id|oes)\s|\s(?:out\s+)?that\s+$")
_LABELLED = lazy(rf"^\W*(?:(?:{PARTICLE}|{_PART})\s+){{0,5}}{_PART}\s*(?:\([^()]*\))?:")
_CALLED_SO = lazy(rf"(?:['\u2019]s)?,?\s+(?:[a-z][\w-]*\s+|[A-Z]+\s+){{0,6}}?[a-z][\w-]*,?\s+(?P<name>{_NAME})")
_STRANGER = lazy(rf"{_PART}(?:\s+(?:{PARTICLE}\s+)*{_PART})+")
"""A name that may stand beside words for somebody nobody knows: one of two words at least."""


def named(pasted: str, spans: Sequence[tuple[int, int]], speakers: Sequence[str]) -> str | None:
    """Return the name that a frame around quotation marks attributes what is between them to.

    ``spans`` are what stands between the marks. A pronoun names nobody; a frame that no pattern knows names whoever
    is named in it.
    """
    first, last = spans[0][0] - 1, spans[-1][1] + 1
    understood = False
    for patterns, text in (((*_TAILS, _BESIDE), pasted[last - 1 :]), ((*_HEADS, _DASHED), pasted[:first] + '"')):
        for pattern in patterns:
            match = pattern.search(text)
            who = _who(match)
            if match and who and (pattern not in (_BESIDE, _DASHED) or people_named(who, speakers)):
                return _known(who, speakers) or _beside_calling(match, speakers) or _stranger(who)
            understood |= bool(match and match.groupdict().get("pronoun"))
    between = _who(_BETWEEN.search(pasted))
    if between or understood:
        return between and (_known(between, speakers) or _stranger(between))
    return named_in_frame(pasted, spans, speakers)


def labelled(pasted: str, speakers: Sequence[str]) -> str:
    """Return a text with a label in brackets before it as one with a colon: "[Ada] ..." as "Ada: ..."."""
    label = _LABEL.match(pasted)
    sure = label and (":" in label.group() or label["mark"] is not None)
    if label and (sure or people_named(label["who"], speakers)):
        return _LABEL.sub(r"\1\g<who>: ", pasted)
    return pasted


def attributions(pasted: str, speakers: Sequence[str]) -> Iterator[tuple[int, int, str | None]]:
    """Yield where an attribution stands before or after words that no marks set apart, and whom it names."""
    for pattern in _TAILS:
        match = pattern.search(pasted, max(0, len(pasted) - REACH))
        signed = match and pattern in _SIGNED and _STRANGER.fullmatch(_who(match) or "")
        if match and (signed or _credible(match, speakers)):
            yield match.start() + 1, len(pasted), _named(match, speakers)
    for pattern in (*_HEADS, _DASHED, *_SAID, _ASKED):
        match = pattern.search(pasted, 0, REACH)
        if match and (pattern is _ASKED or _credible(match, speakers)):
            yield 0, match.end(), _named(match, speakers)


def _named(match: re.Match[str], speakers: Sequence[str]) -> str | None:
    who = _who(match)
    return who and (_known(who, speakers) or _stranger(who))


def _who(match: re.Match[str] | None) -> str | None:
    """Return whom an attribution names, without where they belong: "NATO's Radmila Lund"; None for a mere office."""
    groups = match.groupdict() if match else {}
    own = re.sub(r"^.*['\u2019]s\s+", "", (groups.get("who") or groups.get("by") or "").rstrip(".,"))
    parts = [p for p in own.split() if not (p.isupper() and len(p) > MAX_INITIALS)] or own.split()
    return None if all(NO_NAME.fullmatch(p.lower()) for p in parts) else " ".join(parts)


def _known(who: str, speakers: Sequence[str]) -> str | None:
    """Return the speaker whom a name is, or ends with beside an occupation: "Blogger Lemire"; None for a stranger."""
    return who if people_named(who, speakers) else speaker_in(who, speakers)


def _beside_calling(match: re.Match[str], speakers: Sequence[str]) -> str | None:
    """Return the speaker who is named after where they belong and what they are: "said PORT founder Ada Lund"."""
    group = "who" if "who" in match.re.groupindex else "by"
    after = _CALLED_SO.match(match.string, match.end(group))
    return _known(after["name"], speakers) if after else None


def _stranger(who: str) -> str | None:
    """Return the name of somebody nobody knows; None for an outlet's or another organisation's initials."""
    return None if who.isupper() and len(who) <= MAX_ACRONYM and " " not in who else who


def _credible(match: re.Match[str], speakers: Sequence[str]) -> bool:
    """Tell an attribution from words that merely look like one: it has a verb of saying, or a speaker's name."""
    told = _TOLD.search(match.group()) or _LABELLED.search(match.group())
    return bool(told) or bool(people_named(_who(match) or "", speakers))
