"""Models that need no weights: vectors and readings made from the words that texts share."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rag.encoder import DEFAULT_MODEL
from rag.reader import Reading, Window
from rag.words import content_words, stem, stems

DIMENSION = 64


class FakeEncoder:
    """Puts texts near each other that share words."""

    def __init__(self, name: str = DEFAULT_MODEL) -> None:
        self.name = name
        self.dimension = DIMENSION

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), DIMENSION), np.float32)
        for row, text in zip(rows, texts, strict=True):
            row[0] = 0.1
            for word in stems(text):
                row[zlib.crc32(word.encode()) % DIMENSION] += 1
            row /= np.linalg.norm(row)
        return rows

    def encode_query(self, question: str) -> NDArray[np.float32]:
        return self.encode([question])[0]


class FakeReader:
    """Finds a sentence the better, the more of the question's words it holds."""

    def read(self, question: str, windows: Sequence[Window]) -> list[tuple[Reading, ...]]:
        asked = {stem(word) for word in content_words(question)}
        return [tuple(self._reading(asked, sentence) for sentence in window.sentences) for window in windows]

    def _reading(self, asked: set[str], sentence: str) -> Reading:
        margin = 8.0 * len(asked & set(stems(sentence))) - 4.0
        return Reading(margin, margin, (0, len(sentence.split()[0])))
