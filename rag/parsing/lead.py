"""What the lines above the talk say in words of their own: a title, whose interview this is.

In: ``Document``, its lines, and where the first turn starts. Out: ``Lead``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rag.parsing.document import Document
from rag.parsing.lines import Line, ends_sentence
from rag.parsing.names import initials_like, name_like, title_word
from rag.parsing.register import Register
from rag.parsing.vocabulary import FUNCTION_WORDS, INTERVIEWER_WORDS, NOT_IN_NAMES
from rag.patterns import lazy

MAX_LEAD_LINES: Final = 40
MAX_LINE: Final = 400
"""Characters of a line in which a name is looked for."""

MAX_PERSON_WORDS: Final = 4
"""Words of a person's name; more are a description and a name."""

MAX_INTRODUCTION: Final = 400
"""Characters within which people introduce themselves."""

MAX_TITLE_WORDS: Final = 30
MAX_TITLE_LINE: Final = 70
"""Characters of a line in a head of several lines; longer ones are a paragraph wrapped by hand."""

MIN_TITLE_WORDS: Final = 3

_WORD: Final = (
    r"(?:(?:[A-ZÀ-ÞĀ-Ž]\.[\-‐]?){1,4}|(?:Dr|Mrs?|Ms|Prof|St|Jr|Sr|Sen|Gov|Gen|Rep|Rev|Lt|Col|Capt)\."
    r"|(?!(?:About|And|By|For|From|With)\b)[A-ZÀ-ÞĀ-Ž](?:[\w\-‐]|['’](?!s\b))*)"
)
_SMALL: Final = r"(?:(?:de|der|del|della|den|di|da|dos|du|la|le|al|el|bin|ibn|van|von|of)[ \xa0]+){0,2}"
_FULL: Final = rf"{_WORD}(?:[ \xa0]+{_SMALL}{_WORD}){{1,7}}"
_TALK: Final = r"(?:interview|conversation|chat|q ?& ?a|talk(?:s|ing)?|(?:sat|sits?)[ \xa0]down|sp(?:oke|eaks?|eaking))"
_INTERVIEWED: Final = r"(?i:(?:(?:is|was)[ \xa0]+)?interviewed)"
_NO_TITLE: Final = r"(?!(?i:the|transcript|interview)\b)"
_THEN: Final = rf"(?:[ \xa0]*(?P<then>{_FULL}))?"
_PATTERNS: Final = (
    # whether the pattern alone is enough, or the name must come up again in the text
    (True, lazy(rf"(?P<name>{_FULL})['’]s?[ \xa0]+(?:exclusive[ \xa0]+)?interview[ \xa0]+(?:to\b|with\b{_THEN})")),
    (True, lazy(rf"\b(?P<talk>(?i:{_TALK}[ \xa0]+(?:with|to)))[ \xa0]+(?P<name>{_FULL})")),
    (True, lazy(rf"^\W*{_NO_TITLE}(?P<name>{_FULL})(?:,[^,.;:]{{1,60}})??,?[ \xa0]+{_INTERVIEWED}[ \xa0]+by\b")),
    (True, lazy(rf"\b(?i:(?:deposition|testimony|examination|statement)[ \xa0]+of)[ \xa0]+(?P<name>{_FULL})")),
    (False, lazy(rf"^\W*(?P<name>{_FULL})[ \xa0]+(?i:interview)\b(?:[ \xa0]*(?:[:|–—-]|\bwith\b){_THEN})?")),
    (False, lazy(rf"^\W*(?P<name>{_FULL})\s*:\s*[“\"'‘«]")),
)
_HEADLINE: Final = lazy(rf"^\W*(?i:interview|q ?& ?a|in conversation|exclusive)\s*[:|–—-]\s*(?P<name>{_FULL})")
"""A title says so whose interview it is; below it, ``Interview: Ann Ek`` is rather the byline of who asks."""

_SERIES: Final = lazy(
    rf"^\W*The[ \xa0](?:[A-Z][\w’'-]*[ \xa0]){{1,3}}(?i:interview)[ \xa0]*[:|–—-][ \xa0]*(?P<name>{_FULL})"
)
"""``The Saturday Interview: Ann Ek``; as it may be with a subject too, the name must come up again."""

_ORAL_HISTORY: Final = lazy(rf"\b(?i:oral[ \xa0]+history[ \xa0]+of)[ \xa0]+(?P<name>{_FULL})")
_ADDRESS: Final = r"(?:Mrs?|Ms|Miss|Dr|Prof|Professor|Sir|Colonel|Captain|Sergeant|Father|Sister)"

# Before ``interview with``, which else is with who answers; who talks ``with us`` is no second name.
_GIVEN: Final = lazy(
    r"\b(?:g[ai]v(?:e|es|en|ing)|grant(?:s|ed)?|in)[ \xa0]+(?:an?|his|her)[ \xa0]+(?:\w+[ \xa0]+)?$", re.IGNORECASE
)
_OWNER: Final = lazy(r"(?P<owner>[\w-]+)(?P<s>['’]s?)?[ \xa0]+(?:exclusive[ \xa0]+)?$")
"""Whose interview it is: ``Ann Ek's interview with ...``, who may have been asked or have asked."""

_OURS: Final = lazy(r"\b(?:we|I)\b[^.!?,;:]{0,20}$")
_THEY: Final = lazy(r"\b(?i:he|she|they)\b[^.!?,;:]{0,20}$")
_WHOEVER: Final = lazy(r"(?:^|,[ \xa0])\W*(?i:the|an?)[ \xa0](?P<what>[a-z][^.!?;:]{0,80})$")
"""Who talks is told of, but not by name: ``She talks to Ann Ek``, ``The director of Lear spoke to Ann Ek``."""

_TELLS: Final = lazy(rf"[^.!?]{{0,80}}?,[ \xa0]{_FULL}[ \xa0][a-z]+s\b")
"""``In conversation with Ann Ek, Jon Yu tells of the sea.``"""

_SENTENCE_END: Final = lazy(r"(?<!\bDr)(?<!\bM[rs])(?<!\bMrs)(?<!\bProf)(?<!\b[A-Z])[.!?][\"'”’]?\s")

_MET: Final = lazy(
    rf"^\W*(?:(?i:the|an?)[ \xa0])?(?:[a-z][\w’'-]*[ \xa0]){{0,6}}(?P<name>{_FULL}),[ \xa0]\d\d,[ \xa0].*"
    r"\b(?i:we|I)[ \xa0](?:\w+[ \xa0]){0,2}"
    r"(?:met|asked|visited|(?:spoke|talked|chatted)[ \xa0](?:to|with)|sat[ \xa0]down[ \xa0]with)[ \xa0](?:her|him)\b"
)
"""``The painter Ann Ek, 58, lives by the sea. We met her there.``"""

_BYLINE: Final = lazy(rf"^\W*(?i:by)[ \xa0]+(?P<name>{_FULL})")

_WITH_INITIALS: Final = lazy(rf"(?P<name>{_FULL})[ \xa0]*[(\[](?P<initials>[A-Z][A-Z.]{{0,4}})[)\]]")


_BY: Final = lazy(
    rf"(?i:\b(?:interview(?:ed)?|questions|in conversation) (?:by|conducted by):?|\bmoderat(?:ed by|or):)[ \xa0]+"
    rf"(?P<names>{_FULL}(?:[ \xa0]+(?:and|&)[ \xa0]+{_FULL})*)"
)
_MENTIONED: Final = lazy(_FULL)


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands above the first turn."""

    title: str | None = None
    interviewers: tuple[str, ...] = ()
    interviewees: tuple[str, ...] = ()
    descriptions: tuple[tuple[str, str], ...] = ()
    """(name, what they are)."""
    lines: tuple[str, ...] = ()
    """Lines that say whose interview this is: they head no section."""
    mentioned: tuple[str, ...] = ()
    """Names of people who may or may not take part."""
    initials: tuple[tuple[str, str], ...] = ()
    """(initials, full name) where the source spells them out."""


def lead_of(document: Document, lines: Sequence[Line], before: int) -> Lead:
    """Read the title, and whom title and lead name as interviewed, above ``before``, the first turn's start."""
    text = document.text
    above = [line for line in lines[:MAX_LEAD_LINES] if line.end <= before]
    words = [text[line.start : line.end][:MAX_LINE] for line in above]
    title = _first_title(text, above)
    written = tuple(m["name"] for w in words if (m := _BYLINE.match(w)))
    found = _interviewed(
        [w for w in (document.title, title) if w], text, (*_PATTERNS, (True, _HEADLINE), (False, _SERIES)), written
    )
    found = found or _interviewed(words, text, _PATTERNS, written) or _told_of(words, text[before:])
    asking = tuple(name for w in words for m in _BY.finditer(w) for name in re.split(r"\s+(?:and|&)\s+", m["names"]))
    if not asking and any(map(_MET.match, words)):
        asking = written  # who says "we met her"
    return Lead(
        title=title,
        interviewers=tuple(split_description(name)[0] for name in asking),
        interviewees=tuple(name for name, _ in found),
        descriptions=tuple((name, what) for name, what in found if what),
        lines=tuple(
            w for w in words if _BY.match(w) or _HEADLINE.match(w) or any(p.search(w) for sure, p in _PATTERNS if sure)
        ),
        mentioned=_mentioned("\n".join(words)),
        initials=tuple((m["initials"].replace(".", ""), m["name"]) for w in words for m in _WITH_INITIALS.finditer(w)),
    )


def _first_title(text: str, lines: Sequence[Line]) -> str | None:
    """Return the first line that reads as a title, a heading or some words that don't end as a sentence."""
    for number, line in enumerate(lines[:5]):
        words = text[line.start : line.end].strip("*_# ").split()
        if words and words[0][0] in "[(\u266a\u266b":
            continue  # a sound before the talk
        if line.heading and not text[line.start : line.end].endswith("?"):
            return " ".join(words)
        if line.seconds is None and line.first and MIN_TITLE_WORDS <= len(words) <= MAX_TITLE_WORDS:
            block = [x for x in lines[number : number + MAX_LEAD_LINES] if x.block == line.block]
            sentences = any(ends_sentence(text, x.start, x.end) or text[x.end - 1] in ":,;" for x in block)
            wrapped = len(block) > 1 and max(x.end - x.start for x in block) > MAX_TITLE_LINE
            return None if sentences or wrapped else " ".join(words)
    return None


def _mentioned(above: str) -> tuple[str, ...]:
    names = (split_description(m[0])[0] for m in _MENTIONED.finditer(above))
    return tuple(dict.fromkeys(n for n in names if not set(n.casefold().split()) & (FUNCTION_WORDS | NOT_IN_NAMES)))


def named_by_title(title: str, first_answer: str) -> str | None:
    """Take a title that is nothing but a name, as front matter has it, for the interviewee's.

    A title without capitals is one only where the answer introduces its speaker by it.
    """
    words = re.sub(r"[\"“”?!()]|(?<!\w)['‘’]|['‘’](?!\w)", " ", title).split()
    plain = [word.casefold() for word in words]
    if not 1 <= len(words) <= MAX_PERSON_WORDS or set(plain) & NOT_IN_NAMES or plain[0] in FUNCTION_WORDS:
        return None
    introduced = plain[0] in re.findall(r"[\w'’-]+", first_answer[:MAX_INTRODUCTION].casefold())
    return title if introduced or (len(words) > 1 and name_like(" ".join(words))) else None


def _interviewed(
    places: Sequence[str], text: str, patterns: Sequence[tuple[bool, re.Pattern[str]]], written: Sequence[str]
) -> tuple[tuple[str, str], ...]:
    """Return (name, description) of whoever a title or lead says is interviewed: nobody who has ``written`` it."""
    authors = Register(written)
    for place in places:
        for certain, pattern in patterns:
            match = next((m for m in pattern.finditer(place) if not (_either_way(m, text) or _of_another(m))), None)
            if not match:
                continue
            name, what = split_description(match["name"])
            known = certain or text.count(name.split()[-1]) > 1
            if name_like(name) and not initials_like(name) and known and name not in authors:
                return ((name, what),)
    return ()


def _of_another(match: re.Match[str]) -> bool:
    """Tell that who stands before ``interview`` may not answer: somebody else stands after it, or it is a paper."""
    if "then" not in match.re.groupindex:
        return False
    return match["name"].startswith("The ") or bool(_mentioned(match["then"] or ""))


def _either_way(match: re.Match[str], text: str) -> bool:
    """Tell that either may ask: ``Ann Ek in conversation with Jon Yu``, ``Ann Ek gave an interview to Jon Yu``."""
    talk = (match.groupdict().get("talk") or "").casefold()
    before = _SENTENCE_END.split(match.string[: match.start()])[-1]
    directed = talk[:1] in ("i", "q") and not talk.endswith("to") and not _GIVEN.search(before)
    if not talk or _OURS.search(before):
        return False
    if directed:
        return talk.startswith("i") and _owned(before, text)
    told_of = bool(_mentioned(before)) or (talk[:1] in ("t", "s") and _tells(before))
    return told_of or _TELLS.match(match.string, match.end()) is not None


def _tells(before: str) -> bool:
    """Tell that somebody without a name is the one who talks: not ``a talk with``, nor ``The reporter spoke to``."""
    whoever = _WHOEVER.search(before)
    nouns = set(whoever["what"].casefold().split()) if whoever else set()
    return _THEY.search(before) is not None or bool(nouns and nouns.isdisjoint(INTERVIEWER_WORDS))


def _owned(before: str, text: str) -> bool:
    """Tell an interview that is called somebody's: with an 's after a whole name, or of whoever has a label."""
    match = _OWNER.search(before)
    if not match:
        return False
    owner = match["owner"]
    whole = match["s"] is not None and any(name.endswith(owner) for name in _mentioned(before))
    label = rf"^[^\w\n]{{0,8}}(?:[\w.’'-]+[ \xa0]){{0,3}}{re.escape(owner)}\W{{0,4}}:"
    return whole or (name_like(owner) and re.search(label, text, re.IGNORECASE | re.MULTILINE) is not None)


def _told_of(lines: Sequence[str], talk: str) -> tuple[tuple[str, str], ...]:
    """Return who alone is told of above the talk, where it's sure that this is who answers."""
    met = {m["name"] for line in lines if (m := _MET.match(line))}
    history = {m["name"] for line in lines if (m := _ORAL_HISTORY.search(line)) and _person(m["name"], talk)}
    names = met or history
    return tuple(split_description(name) for name in names) if len(names) == 1 else ()


def _person(name: str, talk: str) -> bool:
    """Tell a person's name from a town's or a war's: somebody is called by it, or gives it when asked for."""
    words = [re.escape(word) for word in split_description(name)[0].split()]
    given = rf"{words[0]}(?: [\w.]+){{0,2}} {words[-1]}\b"
    asked = re.search(rf"\bnames?\b[^?\n]{{0,200}}\?\s{{1,4}}(?:.{{0,20}}\W)?{given}", talk)
    return bool(asked or re.search(rf"\b{_ADDRESS}\.?[ \xa0]{words[-1]}\b", talk))


def split_description(words: str) -> tuple[str, str]:
    """Split ``NATO Deputy Secretary General Radmila Shekerinska`` into the name and what she is."""
    parts = words.split()
    titles = [n for n, part in enumerate(parts[:-1]) if title_word(part)]
    first = titles[-1] + 1 if titles else 0
    if len(parts) - first > MAX_PERSON_WORDS or parts[first].islower():
        first = len(parts) - 2
    return " ".join(parts[first:]), " ".join(parts[:first])
