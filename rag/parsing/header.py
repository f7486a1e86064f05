"""What stands above a transcript about it: title, date, who asks, who answers.

In: ``Document`` and its lines. Out: ``Header``; the lines it was read from belong to no turn.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rag.parsing.document import Document
from rag.parsing.lines import DASHES, Line, ends_sentence
from rag.parsing.names import initials_like, name_like, named, title_word
from rag.parsing.vocabulary import FUNCTION_WORDS, INTERVIEWEE_KEYS, INTERVIEWER_KEYS, NOT_IN_NAMES, OTHER_KEYS

MAX_HEADER_LINES: Final = 40
MAX_HEADER_TEXT: Final = 3000
"""Characters of the text in which a lead may name the people."""

MAX_PERSON_WORDS: Final = 4
"""Words of a person's name; more are a description and a name."""

MAX_INTRODUCTION: Final = 400
"""Characters within which people introduce themselves."""

MAX_TITLE_WORDS: Final = 30
MAX_TITLE_LINE: Final = 70
"""Characters of a line in a head of several lines; longer ones are a paragraph wrapped by hand."""

MIN_TITLE_WORDS: Final = 3

_MONTHS: Final = "janfebmaraprmayjunjulaugsepoctnovdec"
_DAY: Final = re.compile(
    r"(?:\w{3,9}day,? )?(?:(?P<before>\d{1,2})(?:st|nd|rd|th)?(?: of)? )?"
    r"(?P<month>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})\.?,? "
    r"(?:(?P<after>\d{1,2})(?:st|nd|rd|th)?,? )?(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_KEY: Final = re.compile(
    r"[*_#\s]{0,6}(?P<key>[A-Za-z][A-Za-z /&-]{1,30}?)[*_\s]{0,4}:[*_\s]{0,4}(?P<value>\S.{0,300})?$"
)

_WORD: Final = r"[A-ZÀ-ÞĀ-Ž](?:[\w.\-‐]|['’](?!s\b))*"
_SMALL: Final = r"(?:(?:de|der|del|della|den|di|da|dos|du|la|le|al|el|bin|ibn|van|von|of)[ \xa0]+){0,2}"
_FULL: Final = rf"{_WORD}(?:[ \xa0]+{_SMALL}{_WORD}){{1,7}}"
_TALK: Final = r"(?:interview|conversation|chat|q ?& ?a|talk(?:s|ing)?|(?:sat|sits?)[ \xa0]down|sp(?:oke|eaks?|eaking))"
_PATTERNS: Final = (
    # whether the pattern alone is enough, or the name must come up again in the text
    (True, re.compile(rf"(?P<name>{_FULL})['’]s?[ \xa0]+(?:exclusive[ \xa0]+)?interview[ \xa0]+(?:with|to)\b")),
    (True, re.compile(rf"\b(?i:{_TALK}[ \xa0]+(?:with|to))[ \xa0]+(?P<name>{_FULL})")),
    (True, re.compile(rf"^\W*(?i:interview|q ?& ?a|in conversation|exclusive)\s*[:|–—-]\s*(?P<name>{_FULL})")),
    (False, re.compile(rf"^\W*(?P<name>{_FULL})[ \xa0]+(?i:interview)\b")),
    (False, re.compile(rf"^\W*(?P<name>{_FULL})\s*:\s*[“\"'‘«]")),
)
_WITH_INITIALS: Final = re.compile(rf"(?P<name>{_FULL})[ \xa0]*[(\[](?P<initials>[A-Z][A-Z.]{{0,4}})[)\]]")


_MENTIONED: Final = re.compile(_FULL)
_LABEL: Final = re.compile(r"[^:\n]{1,60}:\s")


@dataclass(frozen=True, slots=True)
class Header:
    """What a source says about itself above the first turn."""

    title: str | None = None
    title_end: int = 0
    """Where the line that is the title ends."""
    date: str | None = None
    interviewers: tuple[str, ...] = ()
    interviewees: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    """Lines that say whose interview this is: they head no section."""
    mentioned: tuple[str, ...] = ()
    """Names in the lead, of people who may or may not take part."""
    initials: tuple[tuple[str, str], ...] = ()
    """(initials, full name) where the source spells them out."""
    descriptions: tuple[tuple[str, str], ...] = ()
    lines: frozenset[int] = frozenset()
    """The lines that say it."""


def header_of(document: Document, lines: Sequence[Line]) -> Header:
    """Read ``Interviewer: Jane Doe`` lines, the title, and whom the lead names as interviewed."""
    text = document.text
    told: dict[int, tuple[str, str]] = {}
    for number, line in enumerate(lines[:MAX_HEADER_LINES]):
        match = _KEY.match(text, line.start, line.end)
        key = " ".join(match["key"].lower().split()) if match else ""
        value = (match["value"] or "").strip(" *_") if match else ""
        if key in OTHER_KEYS or (key in INTERVIEWER_KEYS | INTERVIEWEE_KEYS and _names_people(value)):
            told[number] = key, value
    return _header(document, lines, told)


def _header(document: Document, lines: Sequence[Line], told: dict[int, tuple[str, str]]) -> Header:
    text = document.text
    interviewers = tuple(n for key, value in told.values() if key in INTERVIEWER_KEYS for n in _people(value))
    interviewees = tuple(n for key, value in told.values() if key in INTERVIEWEE_KEYS for n in _people(value))
    title, title_end = next(((v, 0) for k, v in told.values() if k == "title" and v), ("", 0))
    if not title:
        title, title_end = _first_title(text, lines)
    lead = text[: lines[0].start + MAX_HEADER_TEXT] if lines else ""
    descriptions: tuple[tuple[str, str], ...] = ()
    if not interviewees:
        found = _interviewed(tuple(filter(None, (document.title, title, *_lead_lines(text, lines)))), text)
        interviewees = tuple(name for name, _ in found)
        descriptions = tuple((name, what) for name, what in found if what)
    return Header(
        title=title or None,
        title_end=title_end,
        date=next((d for k, v in told.values() if "date" in k and (d := day_of(v))), None),
        interviewers=interviewers,
        interviewees=interviewees,
        leads=tuple(x for x in _lead_lines(text, lines) if any(p.search(x) for sure, p in _PATTERNS if sure)),
        mentioned=_mentioned(_above(document, lines)),
        initials=tuple((m["initials"].replace(".", ""), m["name"]) for m in _WITH_INITIALS.finditer(lead)),
        descriptions=descriptions,
        lines=frozenset(told),
    )


def _names_people(value: str) -> bool:
    people = _people(value)
    return bool(people) and len(people[0].split()) > 1 and all(name_like(p) for p in people) and value[-1:] not in "?!…"


def _people(value: str) -> tuple[str, ...]:
    parts = re.split(r"\s*(?:;|\band\b|&|/)\s*", value)
    return tuple(n for p in parts if (n := named(p).name.rstrip(".")))


def _first_title(text: str, lines: Sequence[Line]) -> tuple[str, int]:
    """Return the first line that reads as a title, a heading or some words that don't end as a sentence."""
    for number, line in enumerate(lines[:5]):
        words = text[line.start : line.end].strip("*_# ").split()
        if line.heading and not text[line.start : line.end].endswith("?"):
            return " ".join(words), line.end
        if line.seconds is None and line.first and MIN_TITLE_WORDS <= len(words) <= MAX_TITLE_WORDS:
            block = [x for x in lines[number : number + MAX_HEADER_LINES] if x.block == line.block]
            sentences = any(ends_sentence(text, x.start, x.end) or text[x.end - 1] in ":,;" for x in block)
            wrapped = len(block) > 1 and max(x.end - x.start for x in block) > MAX_TITLE_LINE
            return ("", 0) if sentences or wrapped else (" ".join(words), line.end)
    return "", 0


def _mentioned(above: str) -> tuple[str, ...]:
    names = (split_description(m[0])[0] for m in _MENTIONED.finditer(above))
    return tuple(dict.fromkeys(n for n in names if not set(n.casefold().split()) & (FUNCTION_WORDS | NOT_IN_NAMES)))


def named_by_title(title: str, first_answer: str) -> str | None:
    """Take a title that is nothing but a name, as front matter has it, for the interviewee's.

    A title without capitals is one only where the answer introduces its speaker by it.
    """
    words = re.sub(r"[\"“”'‘’?!()]", " ", title).split()
    if not 1 <= len(words) <= MAX_PERSON_WORDS or set(map(str.casefold, words)) & NOT_IN_NAMES:
        return None
    introduced = words[0].casefold() in first_answer[:MAX_INTRODUCTION].casefold()
    return title if introduced or (len(words) > 1 and name_like(" ".join(words))) else None


def _above(document: Document, lines: Sequence[Line]) -> str:
    """Return what stands above the talk: the lines before the first that has a label, a dash or a question."""
    end = lines[0].start
    for line in lines[:MAX_HEADER_LINES]:
        words = document.text[line.start : line.end]
        if _LABEL.match(words[:80]) or words[0] in DASHES or words.endswith("?"):
            break
        end = line.end
    return document.text[lines[0].start : min(end, lines[0].start + MAX_HEADER_TEXT)]


def _lead_lines(text: str, lines: Sequence[Line]) -> list[str]:
    end = lines[0].start + MAX_HEADER_TEXT if lines else 0
    return [text[x.start : x.end][:400] for x in lines[:8] if x.end <= end]


def _interviewed(places: Sequence[str], text: str) -> tuple[tuple[str, str], ...]:
    """Return (name, description) of whoever a title or lead says is interviewed."""
    for place in places:
        for certain, pattern in _PATTERNS:
            match = pattern.search(place)
            if not match:
                continue
            name, what = split_description(match["name"])
            if name_like(name) and not initials_like(name) and (certain or text.count(name.split()[-1]) > 1):
                return ((name, what),)
    return ()


def split_description(words: str) -> tuple[str, str]:
    """Split ``NATO Deputy Secretary General Radmila Shekerinska`` into the name and what she is."""
    parts = words.split()
    titles = [n for n, part in enumerate(parts[:-1]) if title_word(part)]
    first = titles[-1] + 1 if titles else 0
    if len(parts) - first > MAX_PERSON_WORDS or parts[first].islower():
        first = len(parts) - 2
    return " ".join(parts[first:]), " ".join(parts[:first])


def day_of(words: str) -> str | None:
    """Return an English or ISO date as ISO 8601, None for anything else (3/4/1999 may be March or April)."""
    if match := re.match(r"(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?$", words.strip()):
        return match[0]
    match = _DAY.match(words.strip())
    if not match:
        return None
    month = _MONTHS.index(match["month"][:3].lower()) // 3 + 1
    day = match["before"] or match["after"]
    return f"{match['year']}-{month:02}" + (f"-{int(day):02}" if day and 1 <= int(day) <= 31 else "")
