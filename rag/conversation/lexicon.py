"""An interview's own words: how it spells them, which are names, and what its acronyms stand for.

In: interviews. Out: ``Lexicon``. What very many interviews say isn't read.
"""

from __future__ import annotations

import re
from collections import ChainMap, Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.conversation.acronyms import bracketed, meant_by, runs
from rag.conversation.people import people
from rag.datatypes import Interview, Role
from rag.patterns import lazy
from rag.words import stem

MAX_CHARACTERS = 2_000_000
"""In interviews longer together, questions are taken as they are spelt, for the sake of time."""
REMEMBERED = 512
"""So many interviews' words are remembered from one question to the next."""
NAME_SHARE = 0.8
"""A word that is capitalised inside sentences at least so often is a name."""

_LETTERS = r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*"
WORD = lazy(_LETTERS)
_PLACED = lazy(rf"((?<=[\w,;\u2019'])[ \n(\u201c\"]{{1,2}})?({_LETTERS})")
"""A word, and what parts it from the one before where it stands inside a sentence: a capital letter means something."""
_APART = "\n\n\n"
"""Between turns: more than may stand between the words of a sentence."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one or more interviews."""

    counts: Mapping[str, int]
    """Every word in small letters, and how often it is said."""
    stems: tuple[frozenset[str], ...]
    """Of each interview."""
    names: Mapping[str, str]
    """Words that are names, in small letters: as they are written."""
    acronyms: Mapping[str, str]
    """Acronyms and what they stand for, as the interviews say themselves."""
    interviews: tuple[Interview, ...] = ()
    """Where to look what isn't counted."""

    def knows(self, word: str) -> bool:
        """Tell whether the word is said, in whatever form."""
        low = word.lower()
        return low in self.counts or any(stem(low) in stems for stems in self.stems)

    def says(self, word: str) -> bool:
        """Tell whether the word is said as it is, or with or without an ending of its own."""
        return any(w in self.counts for w in (word, f"{word}s", f"{word}d", f"{word}ed", word.removesuffix("s")))

    def answered(self, form: re.Pattern[str]) -> str:
        """Return the first words of this form that somebody says who doesn't ask; nothing where nobody does."""
        return self._said(form, asked=False)

    def asked(self, form: re.Pattern[str]) -> str:
        """Return the first words of this form that an interviewer says; nothing where none does."""
        return self._said(form, asked=True)

    def _said(self, form: re.Pattern[str], asked: bool) -> str:
        for interview in self.interviews:
            for turn in interview.turns:
                asking = turn.role is Role.INTERVIEWER
                match = form.search(interview.text, turn.start, turn.end) if asking is asked else None
                if match:
                    return match.group()
        return ""

    def stands_for(self, short: str) -> str:
        """Return the words that an acronym stands for, nothing where the interviews don't tell."""
        return meant_by(short, sum((_runs(_ByText(i), short) for i in self.interviews), Counter()))


def lexicon(interviews: Sequence[Interview]) -> Lexicon:
    """Return the words of the interviews together; none of very many, whose words would take seconds to read."""
    readable = _readable(interviews)
    each = [_lexicon(key) for key in readable]
    return Lexicon(
        ChainMap(*(o.counts for o in each)),
        tuple(one.stems for one in each),
        ChainMap(*(o.names for o in each)),
        {short: long for one in each for short, long in one.acronyms.items()},
        tuple(key.interview for key in readable),
    )


def people_in(interviews: Sequence[Interview]) -> Mapping[str, str]:
    """Return the parts of people's names, in small letters, where the interviews tell that they are people.

    Each has "he", "she", or "" where that isn't told. Only what stands in for a name needs them, and to find
    them takes as long as all other words.
    """
    return ChainMap(*map(_people, _readable(interviews)))


def _readable(interviews: Sequence[Interview]) -> list[_ByText]:
    few = sum(len(i.text) for i in interviews) <= MAX_CHARACTERS
    return [_ByText(i) for i in interviews] if few else []


@dataclass(frozen=True, slots=True, eq=False)
class _ByText:
    """An interview as a key to remember its words by; the hash of its text is cheap, that of its turns isn't."""

    interview: Interview

    def __hash__(self) -> int:
        return hash(self.interview.text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByText) and (self.interview is other.interview or self.interview == other.interview)


@dataclass(frozen=True, slots=True)
class _Own:
    """The words of one interview; see ``Lexicon``."""

    counts: dict[str, int]
    stems: frozenset[str]
    names: dict[str, str]
    acronyms: dict[str, str]


@lru_cache(maxsize=REMEMBERED)
def _lexicon(key: _ByText) -> _Own:
    interview = key.interview
    said = _APART.join(interview.text[turn.start : turn.end] for turn in interview.turns)
    counts: Counter[str] = Counter()
    placed: Counter[str] = Counter()
    for (gap, found), times in Counter(_PLACED.findall(said)).items():
        word = found.replace("\u2019", "'").removesuffix("'s")  # an owner is named without
        counts[word.lower()] += times
        if gap:
            placed[word] += times
    capital: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    written: dict[str, str] = {}
    for word, times in reversed(placed.most_common()):  # how it is written most often comes last
        low = word.lower()
        inside[low] += times
        if not word.islower():
            capital[low] += times
            written[low] = word
    for name in {t.speaker for t in interview.turns if t.speaker}:
        for part in WORD.findall(name):
            counts[part.lower()] += 1
            written[part.lower()] = part
            capital[part.lower()] = inside[part.lower()] = 1
    names = {low: word for low, word in written.items() if capital[low] >= NAME_SHARE * inside[low] and low != "i"}
    names = {low: word for low, word in names.items() if not low.startswith("i'")}
    return _Own(dict(counts), frozenset(map(stem, counts)), names, bracketed(interview))


@lru_cache(maxsize=REMEMBERED)
def _people(key: _ByText) -> dict[str, str]:
    return people(key.interview, _lexicon(key).names)


@lru_cache(maxsize=REMEMBERED)
def _runs(key: _ByText, short: str) -> Counter[str]:
    return runs(key.interview, short)
