"""An interview's own words: how it spells them, which are names, and what its acronyms stand for.

In: interviews. Out: ``Lexicon``. What very many interviews say isn't read.
"""

from __future__ import annotations

import re
from collections import ChainMap, Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rag.conversation.acronyms import bracketed, meant_by, runs
from rag.conversation.people import people
from rag.conversation.said import Said, SaidNames, small
from rag.datatypes import Interview, Role

MAX_CHARACTERS = 2_000_000
"""In interviews longer together, questions are taken as they are spelt, for the sake of time."""
REMEMBERED = 512
"""So many interviews' words are remembered from one question to the next."""


@dataclass(frozen=True)
class Lexicon:
    """The words of one or more interviews."""

    interviews: tuple[Interview, ...] = ()

    @cached_property
    def names(self) -> SaidNames:
        """The words that are names."""
        return SaidNames(self._said)

    @cached_property
    def acronyms(self) -> Mapping[str, str]:
        """Acronyms and what they stand for, as the interviews say themselves in brackets."""
        return {short: long for i in self.interviews for short, long in _bracketed(_ByText(i)).items()}

    def has(self, word: str) -> bool:
        """Tell whether a word in small letters is said just so."""
        return any(said.says(word) for said in self._said)

    def knows(self, word: str) -> bool:
        """Tell whether the word is said, in whatever form."""
        low = small(word)
        return self.has(low) or any(said.says_form_of(low) for said in self._said)

    def says(self, word: str) -> bool:
        """Tell whether the word is said as it is, or with or without an ending of its own."""
        return any(map(self.has, (word, f"{word}s", f"{word}d", f"{word}ed", word.removesuffix("s"))))

    def beginning(self, letters: str) -> Counter[str]:
        """Return the words, in small letters, that begin with some letters, and how often each is said."""
        return sum((said.beginning(letters) for said in self._said), Counter())

    def answered(self, form: re.Pattern[str]) -> str:
        """Return the first words of this form that somebody says who doesn't ask; nothing where nobody does."""
        return self._first(form, asked=False)

    def asked(self, form: re.Pattern[str]) -> str:
        """Return the first words of this form that an interviewer says; nothing where none does."""
        return self._first(form, asked=True)

    def _first(self, form: re.Pattern[str], asked: bool) -> str:
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

    @cached_property
    def _said(self) -> list[Said]:
        return [_said(_ByText(interview)) for interview in self.interviews]


def lexicon(interviews: Sequence[Interview]) -> Lexicon:
    """Return the words of the interviews together; none of very many, whose words would take seconds to read."""
    return Lexicon(tuple(_readable(interviews)))


def people_in(interviews: Sequence[Interview]) -> Mapping[str, str]:
    """Return the parts of people's names, in small letters, where the interviews tell that they are people.

    Each has "he", "she", or "" where that isn't told. Only what stands in for a name needs them, and to find
    them takes far longer than to look a word up.
    """
    return ChainMap(*(_people(_ByText(interview)) for interview in _readable(interviews)))


def _readable(interviews: Sequence[Interview]) -> Sequence[Interview]:
    few = sum(len(i.text) for i in interviews) <= MAX_CHARACTERS
    return interviews if few else ()


@dataclass(frozen=True, slots=True, eq=False)
class _ByText:
    """An interview as a key to remember its words by; the hash of its text is cheap, that of its turns isn't."""

    interview: Interview

    def __hash__(self) -> int:
        return hash(self.interview.text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByText) and (self.interview is other.interview or self.interview == other.interview)


@lru_cache(maxsize=REMEMBERED)
def _said(key: _ByText) -> Said:
    return Said(key.interview)


@lru_cache(maxsize=REMEMBERED)
def _bracketed(key: _ByText) -> dict[str, str]:
    return bracketed(key.interview)


@lru_cache(maxsize=REMEMBERED)
def _people(key: _ByText) -> dict[str, str]:
    return people(key.interview, SaidNames([_said(key)]))


@lru_cache(maxsize=REMEMBERED)
def _runs(key: _ByText, short: str) -> Counter[str]:
    return runs(key.interview, short)
