"""The lines with keys above a transcript: title, date, who asks, who answers.

In: ``Document`` and its lines. Out: ``Header``; the lines it was read from belong to no turn.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rag.dates import day_of
from rag.parsing.document import Document
from rag.parsing.label_shapes import candidate
from rag.parsing.lines import Line, asks
from rag.parsing.names import name_like, named, same_person
from rag.parsing.vocabulary import (
    CREW_KEYS,
    INTERPRETER_KEYS,
    INTERVIEWEE_KEYS,
    INTERVIEWER_KEYS,
    OTHER_KEYS,
    PARTICLES,
    SAYING,
    SPOKEN_TO,
)
from rag.patterns import lazy

TITLE_KEYS: Final = ("title", "project", "collection")
_PEOPLE_KEYS: Final = INTERVIEWER_KEYS | INTERVIEWEE_KEYS | INTERPRETER_KEYS | CREW_KEYS
MAX_HEADER_LINES: Final = 40
_KEY: Final = lazy(r"[*_#\s]{0,6}(?P<key>[A-Za-z][A-Za-z /&-]{1,30}?)[*_\s]{0,4}:[*_\s]{0,4}(?P<value>\S.{0,300})?$")


_OPENING: Final = lazy(r"[*_#\s]{0,6}(?P<key>[A-Za-z][A-Za-z /&-]{1,30}?)[*_\s]{0,4}:")
_QUOTED: Final = lazy(r"“[^”]*”|\"[^\"]*\"|\*[^*]*\*|_[^_]*_")
_SPELT: Final = lazy(
    r"(?P<initials>[A-Z][A-Z.]{1,4})[*_]*\s*(?:[:=]|[-\u2013\u2014](?=\s))[*_]*\s*(?P<name>[^:=?!]{4,60})"
)
MAX_SPELT: Final = 300
_YOUR_NAME: Final = lazy(r"\byour\b[^.?!]{0,30}\bnames?\b", re.IGNORECASE)
_YOU: Final = lazy(r"\byour?\b", re.IGNORECASE)
WITH_INITIALS: Final = lazy(r"(?P<name>[^\d()\[\]]{4,60}?)\s*[(\[](?P<initials>[A-Z][A-Z.]{1,4})[)\]]")
NAME_KEYS: Final = ("name", "names")
"""Keys that say nothing about a role; beside any other word than a name and its initials they may be speech."""


@dataclass(frozen=True, slots=True)
class Header:
    """What the lines with keys say."""

    title: str | None = None
    date: str | None = None
    interviewers: tuple[str, ...] = ()
    interviewees: tuple[str, ...] = ()
    crew: tuple[str, ...] = ()
    """Who interprets or records: they neither ask nor answer."""
    initials: tuple[tuple[str, str], ...] = ()
    """(initials, full name), where a line spells them out: ``AL: Ana Lund, TR: Tom Reyes``."""
    lines: frozenset[int] = frozenset()
    """The lines that say it."""


def header_of(document: Document, lines: Sequence[Line]) -> Header:
    """Read lines like ``Interviewer: Jane Doe`` and ``Date: 4 May 1988``."""
    told: dict[int, tuple[str, str]] = {}
    spelt: dict[int, tuple[tuple[str, str], ...]] = {}
    crew: dict[int, tuple[str, str]] = {}
    beside: list[tuple[str, str]] = []
    speaking: set[str] = set()
    asked = False
    often = _keys(document.text, lines)
    for number, line in enumerate(lines[:MAX_HEADER_LINES]):
        pairs = _spelt_out(document.text[line.start : line.end])
        if len(pairs) > asked:  # below a question a name alone is the answer to it
            spelt[number] = pairs
            continue
        asked = asked or _is_asked(document.text, line, number)
        match = _KEY.match(document.text, line.start, line.end)
        key = " ".join(match["key"].lower().split()) if match else ""
        value = (match["value"] or "").strip(" *_") if match else ""
        named_so = WITH_INITIALS.fullmatch(value) if key else None
        if named_so:
            beside.append((named_so["initials"].replace(".", ""), named_so["name"]))
        naming = key in _PEOPLE_KEYS and _names_people(value) and not asked and not _speaks_to(value, often[key] > 1)
        if naming and key in CREW_KEYS:
            crew[number] = key, value
        elif (key in NAME_KEYS and named_so) or key in OTHER_KEYS or (naming and key not in speaking):
            told[number] = key, value
        elif key:
            speaking.add(key)  # MODERATOR: is a speaker's label from here on, whatever follows it
    for number, line_told in crew.items():
        if not told.keys().isdisjoint((number - 1, number + 1)):
            told[number] = line_told
    return Header(
        title=next((v for name in TITLE_KEYS for key, v in told.values() if key == name and v), None),
        date=next((day for key, value in told.values() if "date" in key and (day := day_of(value))), None),
        interviewers=tuple(n for key, value in told.values() if key in INTERVIEWER_KEYS for n in _people(value)),
        interviewees=tuple(n for key, value in told.values() if key in INTERVIEWEE_KEYS for n in _people(value)),
        crew=tuple(n for key, v in told.values() if key in INTERPRETER_KEYS | CREW_KEYS for n in _people(v)),
        initials=(*beside, *(pair for pairs in spelt.values() for pair in pairs)),
        lines=frozenset(told) | frozenset(spelt),
    )


def _is_asked(text: str, line: Line, number: int) -> bool:
    """Tell a question to somebody, ``JD: Could you state your name?``, from a title that asks something."""
    asking = _YOUR_NAME.search(text, line.start, line.end) or (
        asks(text, line.start, line.end) and _YOU.search(text, line.start, line.end)
    )
    return bool(asking) and not line.heading and (number > 0 or candidate(text, line) is not None)


def _spelt_out(words: str) -> tuple[tuple[str, str], ...]:
    """Return the pairs of initials and names that a line consists of, none where it says anything else."""
    parts = [_SPELT.fullmatch(part) for part in re.split(r"\s*[,;|]\s*", words.strip(" *_()[].")[:MAX_SPELT])]
    pairs = [(m["initials"].replace(".", ""), m["name"].strip()) for m in parts if m]
    sound = len(pairs) == len(parts) and all(same_person(short, name) for short, name in pairs)
    return tuple(pairs) if sound else ()


def _names_people(value: str) -> bool:
    people = _people(value)
    if any(word.islower() and word not in PARTICLES for person in people for word in person.split()):
        return False
    return bool(people) and len(people[0].split()) > 1 and all(name_like(p) for p in people) and value[-1:] not in "?!…"


def _keys(text: str, lines: Sequence[Line]) -> Counter[str]:
    """Count how many lines each key opens; one that comes again may be a speaker's label."""
    keys = (m["key"] for line in lines if (m := _OPENING.match(text, line.start, line.end)))
    return Counter(" ".join(key.lower().split()) for key in keys)


def _speaks_to(value: str, again: bool) -> bool:
    """Tell speech to somebody from a name with a description: ``Dr. Diallo, welcome to the programme``.

    Where the key comes ``again``, as a label does, any word will do that says something: ``the bridge is closed``.
    """
    words = re.findall(r"\b[a-z]+\b", _QUOTED.sub("", value.partition(",")[2]))
    return not (SPOKEN_TO | SAYING if again else SPOKEN_TO).isdisjoint(words)


def _people(value: str) -> tuple[str, ...]:
    """Return the names in a row; what stands after a comma is a name where all such parts are whole ones."""
    parts = re.split(r"\s*(?:;|\band\b|&|/)\s*", value)
    names = [named(p).name.rstrip(".") for p in re.split(r",\s*", value)]
    if len(names) > 1 and all(len(n.split()) > 1 and name_like(n) for n in names):
        parts = [p for part in parts for p in part.split(",")]
    return tuple(n for p in parts if (n := named(p).name.rstrip(".")))
