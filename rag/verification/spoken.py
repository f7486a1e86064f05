"""An interview as the words that are spoken in it, ready to be searched for a quotation.

In: an interview. Out: ``Spoken``: the words of its turns in order, as numbers with weights, and with offsets
to quote by. What nobody says isn't in it: headings, time stamps, ``[brackets]`` of the transcriber.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from math import log

import numpy as np
from numpy.typing import NDArray

from rag.datatypes import Interview, Role
from rag.passages import unstamped
from rag.patterns import lazy
from rag.quotation import ASIDE, Word, words

COMMON_WEIGHT = 0.15
"""What the commonest word weighs."""

_APART = lazy(
    r"\[[^\[\]]*\]|\b\d{1,2}:\d{2}:\d{2}\b(?:[.,]\d{3})?|^[ \t]*\(\d{1,2}:\d{2}\)"
    rf"|{ASIDE}",
    re.M | re.I,
)
"""``10:30`` without brackets at the head of a line is a time stamp only where ``unstamped`` knows it for one."""
_SENTENCE_END = lazy(r"[.!?\u2026:;]\W*\s")


@dataclass(frozen=True, slots=True)
class Spoken:
    """An interview's spoken words in order, as numbers to search and with offsets to quote.

    What nobody says is left out: time stamps, ``[brackets]`` of the transcriber, ``(laughter)``.
    """

    interview: Interview
    words: tuple[Word, ...]
    numbers: dict[str, int]
    keys: NDArray[np.int32]
    weights: NDArray[np.float64]
    """How telling each number's word is, 0 to 1: a word said often tells little; the last is for words not said."""
    runs: tuple[int, ...]
    """Where in ``words`` the speaker changes, and where they end."""

    def number(self, word: Word) -> int:
        """Return the word's number, -1 where nobody says it."""
        return self.numbers.get(word.key, -1)

    def run(self, place: int) -> tuple[int, int]:
        """Return the range of words that the speaker at ``place`` says without another one between."""
        run = bisect_right(self.runs, place) - 1
        return self.runs[run], self.runs[run + 1]

    def ends_sentence(self, place: int) -> bool:
        """Tell whether a sentence or clause ends before the word at ``place``."""
        if not 0 < place < len(self.words):
            return True
        between = self.interview.text[self.words[place - 1].end : self.words[place].start]
        return bool(_SENTENCE_END.search(between))

    def parted(self, place: int) -> bool:
        """Tell whether a comma, a full stop or another speaker's words stand before the word at ``place``."""
        if not 0 < place < len(self.words) or place in self.runs:
            return True
        between = self.interview.text[self.words[place - 1].end : self.words[place].start]
        return bool(between.strip(" \n\xa0-"))


@lru_cache(maxsize=64)
def spoken(interview: Interview) -> Spoken:
    """Take an interview apart into the words that are said in it."""
    text = unstamped(interview, (0, len(interview.text)))
    said: list[Word] = []
    runs: list[int] = []
    before: tuple[str | None, Role] | None = None
    for turn in interview.turns:
        if (turn.speaker, turn.role) != before:
            runs.append(len(said))
            before = (turn.speaker, turn.role)
        at = turn.start
        for apart in _APART.finditer(text, turn.start, turn.end):
            said.extend(words(text, at, apart.start()))
            at = apart.end()
        said.extend(words(text, at, turn.end))
    numbers: dict[str, int] = {}
    keys = np.fromiter((numbers.setdefault(w.key, len(numbers)) for w in said), np.int32, len(said))
    counts = np.bincount(keys, minlength=len(numbers) + 1)
    weights = np.clip(np.log((1 + len(said)) / (1 + counts)) / log(2 + len(said)), COMMON_WEIGHT, 1.0)
    return Spoken(interview, tuple(said), numbers, keys, weights, (*runs, len(said)))
