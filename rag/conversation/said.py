"""Look up words in what an interview's speakers say: whether they say them, in which form, and as whose name.

In: an interview, words. Out: what was asked about them. Only the words that a question needs are looked for: to list
all that an interview has takes many times as long.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence

from rag.datatypes import Interview
from rag.patterns import lazy
from rag.words import stem

NAME_SHARE = 0.8
"""A word that is capitalised inside sentences at least so often is a name."""
LOOKED_AT = 100
"""By the first so many places that a word stands in, it is told whether it is a name."""

_LETTER = r"[^\W\d_]"
WORD = lazy(rf"{_LETTER}+(?:['\u2019]{_LETTER}+)*")
_INSIDE = lazy(r"(?<=[\w,;\u2019'])[ \n(\u201c\"]{1,2}$")
"""What parts a word from the one before where it stands inside a sentence: a capital letter means something there."""
_APART = "\n\n\n"
"""Between turns: more than may stand between the words of a sentence."""


def small(text: str) -> str:
    """Return a text in small letters and with one kind of apostrophe, every character in its place."""
    low = text.replace("\u2019", "'").lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


class Said:
    """The words of one interview, and the names of those who speak in it."""

    def __init__(self, interview: Interview) -> None:
        """Hold them ready to be looked up."""
        text = _APART.join(interview.text[turn.start : turn.end] for turn in interview.turns)
        self._text = text.replace("\u2019", "'")
        self._low = small(text)
        speakers = {turn.speaker for turn in interview.turns if turn.speaker}
        self._own = {part.lower(): part for name in sorted(speakers) for part in WORD.findall(name)}
        self._names: dict[str, str] = {}

    def says(self, word: str) -> bool:
        """Tell whether a word in small letters is said just so, or with the mark of an owner."""
        return word in self._own or next(self._places(word), None) is not None

    def says_form_of(self, word: str) -> bool:
        """Tell whether a word in small letters is said with whatever ending."""
        stemmed = stem(word)
        return any(stem(w) == stemmed for w in self.beginning(stemmed[:-1] or stemmed))  # happi, happy; hope, hoping

    def beginning(self, letters: str) -> Counter[str]:
        """Return the words, in small letters, that begin with some letters, and how often each is said."""
        first = re.escape(letters)
        begun = rf"{first}(?<!{_LETTER}{first})(?<!{_LETTER}'{first})"
        found = Counter(re.findall(rf"{begun}(?:{_LETTER}|(?<={_LETTER})'(?={_LETTER}))*", self._low))
        counts = Counter(part for part in self._own if part.startswith(letters))
        for word, times in found.items():
            counts[word.removesuffix("'s")] += times
        return counts

    def name(self, word: str) -> str:
        """Return how a word in small letters is written that is a name; nothing where it is none."""
        if word not in self._names:
            self._names[word] = self._own.get(word) or self._written(word)
        return self._names[word]

    def _written(self, word: str) -> str:
        if word == "i" or word.startswith("i'"):
            return ""
        written: Counter[str] = Counter()
        for n, at in enumerate(self._places(word)):
            if n == LOOKED_AT:
                break
            if _INSIDE.search(self._text[max(at - 3, 0) : at]):
                written[self._text[at : at + len(word)]] += 1
        names = Counter({form: times for form, times in written.items() if not form.islower()})
        if not names or names.total() < NAME_SHARE * written.total():
            return ""
        return names.most_common(1)[0][0]

    def _places(self, word: str) -> Iterator[int]:
        """Yield where a word stands that is no part of another."""
        at = self._low.find(word) if word else -1
        while at >= 0:
            if self._begins(at) and self._ends(at + len(word)):
                yield at
            at = self._low.find(word, at + 1)

    def _begins(self, at: int) -> bool:
        """Tell whether a word begins here."""
        before = self._low[max(at - 2, 0) : at]
        return not (before[-1:].isalpha() or (before[-1:] == "'" and before[:-1].isalpha()))

    def _ends(self, at: int) -> bool:
        """Tell whether a word ends here, whoever's mark follows."""
        after = self._low[at : at + 4]
        if after.startswith("'s"):
            after = after[2:]
        return not (after[:1].isalpha() or (after[:1] == "'" and after[1:2].isalpha()))


class SaidNames(Container[str]):
    """The names that some interviews' speakers say, in small letters."""

    def __init__(self, said: Sequence[Said]) -> None:
        """Look in ``said``."""
        self._said = said

    def __contains__(self, word: object) -> bool:
        """Tell whether a word is a name in any of them."""
        return isinstance(word, str) and bool(self.written(word))

    def written(self, word: str) -> str:
        """Return how a name is written, by the first that has it; nothing where none has."""
        return next((name for said in self._said if (name := said.name(word))), "")
