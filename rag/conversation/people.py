"""Which names of an interview are people's, and whether the speakers call them "he" or "she".

In: an interview and its names. Out: the parts of people's names. Told from what stands beside a name (a
title, a role, a verb of saying) and from the pronouns that follow it; where that tells nothing, nothing is guessed.
"""

from __future__ import annotations

import calendar
import re
from collections import Counter, defaultdict
from collections.abc import Mapping

from rag.datatypes import Interview
from rag.words import STOP_WORDS

LOOK_BACK = 160
"""So many characters before a pronoun, the name that it stands for is looked for."""
EVIDENCE = 12
"""A name is somebody's when at least one mention in so many tells so."""

_TITLES = frozenset(
    ["mr", "ms", "mrs", "dr", "prof", "professor", "president", "secretary", "minister", "general", "mayor"]
)
ROLE = (
    r"(?:professor|president|secretary|minister|general|mayor|ambassador|senator|governor|captain|judge|sir|king|queen|"
    r"pope|bishop|friend|colleague|boss|partner|wife|husband|brother|sister|mother|father|son|daughter|uncle|aunt|"
    r"neighbou?r|author|founder|director|advis[eo]r|photographer|engineer|teacher|student|pupil|coach|keeper|warden|"
    r"architect|writer|poet|manager|predecessor|successor|player|guy|man|woman|person)"
)
_NAME = r"(?P<name>[A-Z][\w\u2019'-]+(?:\s+[A-Z][\w\u2019'-]+){0,2})"
_BESIDE = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:Mr|Ms|Mrs|Dr|Prof|Sen|Gov)\.?\s+" + _NAME,
        rf"\b(?i:{ROLE}(?:\s+(?:named|called|is|was))?),?\s+{_NAME}",
        r"(?<!\band )(?<!\bin )(?<!\bof )(?<!\bfor )"
        + _NAME
        + r",?\s+(?:who|said|says|told|stated|wrote|writes|asked|thinks|and\s+I)\b",
        _NAME + rf",\s+(?:my|our|his|her|their|the|an?)\s+(?:\w+\s+){{0,2}}{ROLE}\b",
    )
)
_NOBODY = frozenset(
    map(str.lower, [*calendar.day_name, *calendar.month_name, "Christmas", "Easter", "oh", "ugh", "huh", "wow", "god"])
)
_PRONOUN = re.compile(r"\b(?:(?P<he>he|his|him)|(?P<she>she|hers?))\b", re.I)
_SENTENCE = re.compile(r"[.!?]\s+")
_CAPITAL = re.compile(r"[A-Z][\w\u2019'-]*")
_CAPITALS = re.compile(r"[A-Z][\w\u2019'-]+(?:\s+[A-Z][\w\u2019'-]+)*")
_PLACED = re.compile(r"\b(?:in|at|near|on|from|into|across|around)\s+(?:the\s+)?$", re.I)


def people(interview: Interview, names: Mapping[str, str]) -> dict[str, str]:
    """Return the parts of people's names in small letters, each with "he", "she", or "" where that isn't told."""
    beside, called = _beside(interview), _called(interview, names)
    mentions = Counter(
        _plain(word) for turn in interview.turns for word in _CAPITAL.findall(interview.text[turn.start : turn.end])
    )
    found: dict[str, str] = {}
    for part in sorted({*beside, *called}):
        evidence = beside[part] + called[part].total()
        named = part in names and part not in STOP_WORDS | _TITLES | _NOBODY
        if named and EVIDENCE * evidence >= mentions[part]:
            he, she = called[part]["he"], called[part]["she"]
            found[part] = "" if he == she else "he" if he > she else "she"
    return found


def _beside(interview: Interview) -> Counter[str]:
    """Return the parts of names that stand beside a title, a role or a verb of saying, and how often."""
    return Counter(
        part.lower()
        for turn in interview.turns
        for pattern in _BESIDE
        for match in pattern.finditer(interview.text, turn.start, turn.end)
        for part in match.group("name").split()
        if not part.isupper()
    )


def _called(interview: Interview, names: Mapping[str, str]) -> defaultdict[str, Counter[str]]:
    """Return the parts of names that "he" or "she" may stand for, and how often each."""
    called: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for turn in interview.turns:
        for match in _PRONOUN.finditer(interview.text, turn.start, turn.end):
            before = interview.text[max(turn.start, match.start() - LOOK_BACK) : match.start()]
            for part in _stood_for(before, names).split():
                called[part]["he" if match.group("he") else "she"] += 1
    return called


def _stood_for(before: str, names: Mapping[str, str]) -> str:
    """Return the name that a pronoun after these words stands for; nothing where it could be one of several."""
    *_, last, current = ["", *_SENTENCE.split(before)]
    for sentence in (current, last):
        found: list[str] = []
        for match in _CAPITALS.finditer(sentence):
            words = [w for w in match.group().split() if _plain(w) in names and not w.isupper()]
            if words and not _PLACED.search(sentence[: match.start()]):
                found.append(" ".join(map(_plain, words)))
                if match.start() == 0:
                    return found[0]
        if found:
            return found[0] if len(set(found)) == 1 else ""
    return ""


def _plain(word: str) -> str:
    return re.sub(r"['\u2019]s?$", "", word.lower())
