"""Which names of an interview are people's, and whether the speakers call them "he" or "she".

In: an interview and its names. Out: the parts of people's names, and the name in full of a speaker known by surname.
Told from what stands beside a name (a title, a role, a verb of saying) and from the pronouns that follow it; where
that tells nothing, nothing is guessed.
"""

from __future__ import annotations

import calendar
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Container
from functools import lru_cache

from rag.datatypes import Interview
from rag.patterns import lazy
from rag.words import STOP_WORDS

LOOK_BACK = 160
"""So many characters before a pronoun, the name that it stands for is looked for."""
SURE = 2
"""So many pronouns make a name of one word a person's."""
EVIDENCE = 12
"""A name is somebody's when at least one mention in so many tells so."""

_TITLES = frozenset(
    ["mr", "ms", "mrs", "miss", "dr", "prof", "professor", "president", "secretary", "minister", "general", "mayor"]
)
_OFFICES = frozenset(["chief", "officer", "executive", "director"])
ROLE = (
    r"(?:professor|president|secretary|minister|general|mayor|ambassador|senator|governor|captain|judge|sir|king|queen|"
    r"pope|bishop|friend|colleague|boss|partner|wife|husband|brother|sister|mother|father|son|daughter|uncle|aunt|"
    r"neighbou?r|author|founder|director|advis[eo]r|photographer|engineer|teacher|student|pupil|coach|keeper|warden|"
    r"architect|writer|poet|manager|predecessor|successor|player|guy|man|woman|person|ceo|cto|cfo|"
    r"lawyer|farmer|doctor|nurse|artist|curator|scientist|researcher|developer|designer|donor|supervisor|leader)"
)
_NAME = r"(?P<name>[A-Z][\w\u2019'-]+(?:\s+[A-Z][\w\u2019'-]+){0,2})"
_BESIDE = tuple(
    lazy(pattern)
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
_PRONOUN = lazy(r"\b(?:(?P<he>he|his|him)|(?P<she>she|hers?))\b", re.I)
_SENTENCE = lazy(r"[.!?]\s+")
_CAPITAL = lazy(r"[A-Z][\w\u2019'-]*")
_CAPITALS = lazy(r"[A-Z][\w\u2019'-]+(?:\s+[A-Z][\w\u2019'-]+)*")
_NO_PERSON = lazy(r"\b(?:(?:in|at|near|on|from|into|across|around)|the|an?)\s+$", re.I)
"""What stands before a place, or a thing's name: people's have no article."""
_OPENS = lazy(r"\b([A-Z][\w-]+)(?:['\u2019]s\s+[a-z]|\s[A-Z])")
"""A word that only ever opens sentences is a name where it owns something, or has another beside it."""
_ARTICLE = lazy(r"\b(?:[Tt]he|[Aa]n?)\s+(?:[A-Z][\w\u2019'-]+\s+)*$")
_NO_NAME = lazy(r"['\u2019](?:m|ve|ll|re|d|t)$|(?:ese|ish|ican)$")
_SURNAME = lazy(r"[^\W\d_][\w\u2019'-]{2,}")
_WORDS = lazy(r"(?<=[\w,;:(\u2013\u2014-] )(?P<before>(?:[A-Z][\w\u2019'-]+\.? ){1,3})\Z")
"""The words with capital letters at the end of a text; one that opens a sentence has its letter anyway."""
_NO_FIRST_NAME = lazy(rf"{'|'.join(sorted(_TITLES | _OFFICES))}|{ROLE}|sen|gov|.*\.", re.I)
_SMALL = lazy(r"\b[a-z][\w\u2019'-]*")


def full_name(interview: Interview, speaker: str) -> str:
    """Return the name in full of a speaker who is labelled by a surname: "Samuel Okoye"; the label where none is told.

    A first name is told where it stands before the surname inside a sentence, and is nobody else's.
    """
    return _told_in_full(interview, speaker) if _SURNAME.fullmatch(speaker) else speaker


@lru_cache(maxsize=256)  # asked for with every question and every quotation, of the same few speakers
def _told_in_full(interview: Interview, speaker: str) -> str:
    text = interview.text
    label = "|".join(map(re.escape, {speaker, speaker.upper(), speaker.title()}))
    found = (m.start() for m in re.finditer(rf"\b(?:{label})\b", text))
    ends = (_WORDS.search(text, max(0, at - LOOK_BACK), at) for at in found if text[at - 1 : at] == " ")
    before = [match.group("before").split() for match in ends if match]
    titles = {word for run in before for word in run[:-1]}
    first = {run[-1] for run in before} - titles
    first = {word for word in first if not (_is_small(word, text) or _NO_FIRST_NAME.fullmatch(word))}
    if len(first) != 1:
        return speaker
    (name,) = first
    others = re.search(rf"\b{name} (?!(?:{label})\b)[A-Z][a-z]", text)
    shared = any(name.lower() in other.lower().split() for other in interview.speakers())
    whole = re.search(rf"\b{name} (?:{label})\b", text)
    return whole.group() if whole and not (others or shared) else speaker


def _is_small(word: str, text: str) -> bool:
    """Tell a word that is written with a small letter too, or is one of grammar."""
    return word.lower() in STOP_WORDS or bool(re.search(rf"\b{word.lower()}\b", text))


def people(interview: Interview, names: Container[str]) -> dict[str, str]:
    """Return the parts of people's names in small letters, each with "he", "she", or "" where that isn't told."""
    said = "\n\n".join(interview.text[turn.start : turn.end] for turn in interview.turns)
    always = set(map(_plain, _CAPITAL.findall(said))) - set(_SMALL.findall(said)) - STOP_WORDS
    opening = always & set(map(str.lower, _OPENS.findall(said)))

    def written(part: str) -> bool:
        return part in names or part in opening

    own = {part.lower() for turn in interview.turns for part in (turn.speaker or "").split()}
    beside, (called, full) = _beside(interview), _called(interview, written)
    mentions = Counter(map(_plain, _CAPITAL.findall(said)))
    found: dict[str, str] = {}
    for part in sorted({*beside, *called} - STOP_WORDS - _TITLES - _OFFICES - _NOBODY):
        he, she = (0, 0) if part in own else (called[part]["he"], called[part]["she"])
        told = part in full and (part in names or not (he and she))
        named = written(part) or bool(beside[part] and part in always)
        sure = bool(beside[part]) or he + she >= SURE or told
        if named and sure and not _NO_NAME.search(part) and EVIDENCE * (beside[part] + he + she) >= mentions[part]:
            found[part] = "" if he == she else "he" if he > she else "she"
    return found


def _beside(interview: Interview) -> Counter[str]:
    """Return the parts of names that stand beside a title, a role or a verb of saying, and how often."""
    return Counter(
        part.lower()
        for turn in interview.turns
        for n, pattern in enumerate(_BESIDE)
        for match in pattern.finditer(interview.text, turn.start, turn.end)
        if n < 2 or not _ARTICLE.search(interview.text, turn.start, match.start())
        for part in match.group("name").split()
        if not part.isupper()
    )


def _called(interview: Interview, written: Callable[[str], bool]) -> tuple[defaultdict[str, Counter[str]], set[str]]:
    """Return the parts of names that "he" or "she" may stand for, how often each, and those of names of several."""
    called: defaultdict[str, Counter[str]] = defaultdict(Counter)
    full: set[str] = set()
    for earlier, turn in zip((None, *interview.turns), interview.turns, strict=False):
        opening = _SENTENCE.search(interview.text, turn.start, turn.end)
        for match in _PRONOUN.finditer(interview.text, turn.start, turn.end):
            before = interview.text[max(turn.start, match.start() - LOOK_BACK) : match.start()]
            if earlier and (opening is None or match.start() < opening.start()):  # "Why did Ann leave?" "She ..."
                before = f"{interview.text[max(earlier.start, earlier.end - LOOK_BACK) : earlier.end]} {before}"
            parts = _stood_for(before, written).split()
            full.update(parts if len(parts) > 1 else ())
            for part in parts:
                called[part]["he" if match.group("he") else "she"] += 1
    return called, full


def _stood_for(before: str, written: Callable[[str], bool]) -> str:
    """Return the name that a pronoun after these words stands for; nothing where it could be one of several."""
    *_, last, current = ["", *_SENTENCE.split(before)]
    for sentence in (current, last):
        found: list[str] = []
        for match in _CAPITALS.finditer(sentence):
            words = [w for w in match.group().split() if written(_plain(w)) and not w.isupper()]
            if words and not _NO_PERSON.search(sentence[: match.start()]):
                found.append(" ".join(map(_plain, words)))
                if match.start() == 0:
                    return found[0]
        if found:
            return found[0] if len(set(found)) == 1 else ""
    return ""


def _plain(word: str) -> str:
    return re.sub(r"['\u2019]s?$", "", word.lower())
