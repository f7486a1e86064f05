"""Words as an archive in Milvus compares them, and the BM25 score that ranks what it proposes.

In: texts, terms. Out: their stems, which Milvus indexes with an analyzer that only splits at spaces,
and scores. Stems, parameters and formula are those of SQLite's FTS5 (``rag.local.fulltext``), so that both
stores rank alike: Milvus's own BM25 takes its statistics from each segment for itself, so it proposes
passages, and statistics of the whole archive score them here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rag.words import PART, fold, stem

K1 = 1.2
B = 0.75
LEAST_IDF = 1e-6
"""Of a term that more than half the passages hold, as FTS5 has it."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """What BM25 needs to know of a whole archive."""

    passages: int
    stems: int
    """In all passages together."""


def stems(text: str) -> list[str]:
    """Return the stem of every word of ``text``, in order; case and accents are left out."""
    return [stem(word, "porter") for word in PART.findall(fold(text))]


def holds(stemmed: str, phrase: Sequence[str]) -> int:
    """Count how often the words of a phrase stand side by side in a passage, given as stems between spaces."""
    tokens = stemmed.split(" ")
    if len(phrase) == 1:
        return tokens.count(phrase[0])
    return sum(tokens[n : n + len(phrase)] == list(phrase) for n in range(len(tokens) - len(phrase) + 1))


def score(stemmed: str, counts: Sequence[tuple[Sequence[str], int]], whole: Statistics) -> float:
    """Return how well a passage holds phrases, each of which so many passages of the whole archive hold."""
    length = len(stemmed.split(" "))
    norm = K1 * (1 - B + B * length * whole.passages / whole.stems)
    total = 0.0
    for phrase, count in counts:
        often = holds(stemmed, phrase)
        count = min(count, whole.passages)
        idf = max(math.log((whole.passages - count + 0.5) / (count + 0.5)), LEAST_IDF)
        total += idf * often * (K1 + 1) / (often + norm)
    return total
