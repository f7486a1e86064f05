"""Contractions written out: "I am" for "I'm", which are other words of the same meaning.

In: two runs of words, as keys. Out: whether one is the other with its contractions written out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

_ENDINGS = {
    "'m": ("am",),
    "'re": ("are",),
    "'ve": ("have",),
    "'ll": ("will", "shall"),
    "'d": ("would", "had", "did"),
    "'s": ("is", "has", "us"),
}
_IRREGULAR = {"won't": "will not", "can't": "can not", "shan't": "shall not", "cannot": "can not"}
MOST = 3
"""So many contractions at most are written out in one run."""


def written_out_alike(words: Sequence[str], others: Sequence[str]) -> bool:
    """Tell "I am" and "I'm" from other words; the same words without a contraction are no matter of this."""
    if sum("'" in word or word in _IRREGULAR for word in (*words, *others)) not in range(1, MOST + 1):
        return False
    return not set(_forms(words)).isdisjoint(_forms(others))


def _forms(words: Sequence[str]) -> Iterator[str]:
    return map(" ".join, product(*map(_written_out, words)))


def _written_out(word: str) -> tuple[str, ...]:
    if word in _IRREGULAR:
        return (_IRREGULAR[word],)
    if word.endswith("n't"):
        return (word.removesuffix("n't") + " not",)
    stem, mark, end = word.rpartition("'")
    return tuple(f"{stem} {form}" for form in _ENDINGS.get(mark + end, ())) or (word,)
