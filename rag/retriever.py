"""Find the passages that a question may be answered in.

In: a question and a scope. Out: ``Hit`` objects, best first. Nearest vectors and best-matching words
each propose passages; all that either proposes are scored alike, by

    (passage cosine + best sentence cosine) / 2 + 0.2 x BM25 / best BM25 + 0.1 x cosine of the question asked

where the last is how near the interviewer's question comes that the passage answers. Scores beat
ranks: measured against reciprocal rank fusion, which puts the right passage first less often.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.datatypes import Passage, Role, Scope
from rag.encoder import Encoder
from rag.store import Store, StoredPassage
from rag.words import content_words

PROPOSED = 40
"""How many passages vectors and words each propose."""
LEXICAL_WEIGHT = 0.2
ASKED_WEIGHT = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Hit:
    """A passage and how near it comes to the question; higher is nearer everywhere."""

    row: int
    passage: Passage
    role: Role
    score: float
    """The sum above."""
    cosine: float
    """Of the question and the passage."""
    sentence_cosines: NDArray[np.float32]
    """Of the question and each sentence, shape (sentences,)."""
    lexical: float
    """BM25 over the best BM25 of any passage for this question, 0 to 1."""
    asked_cosine: float
    """Of the question and the interviewer's question that this passage answers; 0 without one."""


class Retriever:
    """Ranks a store's passages by a question."""

    def __init__(self, store: Store, encoder: Encoder) -> None:
        """Rank what ``store`` holds with the model that made its vectors."""
        self._store = store
        self._encoder = encoder

    def retrieve(self, question: str, scope: Scope = Scope(), words: tuple[str, ...] = ()) -> list[Hit]:
        """Return the passages proposed for ``question``, best first; interviewers' questions among them.

        ``words`` are looked for instead of the question's own content words where given.
        """
        vector = self._encoder.encode_query(question)
        near = self._store.nearest(vector, PROPOSED, scope)
        matching = dict(self._store.matching(words or content_words(question), PROPOSED, scope))
        best = max(matching.values(), default=0.0)
        found = self._store.passages(list(dict.fromkeys([*(row for row, _ in near), *matching])))
        asked = self._asked(found)
        hits = [self._hit(p, vector, matching.get(p.row, 0.0) / best if best > 0 else 0.0, asked) for p in found]
        return sorted(hits, key=lambda h: -h.score)

    def _asked(self, found: list[StoredPassage]) -> dict[int, StoredPassage]:
        have = {p.row: p for p in found}
        missing = {p.asked for p in found if p.asked is not None} - set(have)
        return have | {p.row: p for p in self._store.passages(sorted(missing))}

    def _hit(
        self, found: StoredPassage, vector: NDArray[np.float32], lexical: float, rows: dict[int, StoredPassage]
    ) -> Hit:
        sentences = found.sentence_vectors @ vector
        cosine = float(found.vector @ vector)
        asked = rows.get(found.asked) if found.asked is not None else None
        asked_cosine = max(0.0, float(asked.vector @ vector)) if asked else 0.0
        score = (cosine + float(sentences.max())) / 2 + LEXICAL_WEIGHT * lexical + ASKED_WEIGHT * asked_cosine
        return Hit(found.row, found.passage, found.role, score, cosine, sentences, lexical, asked_cosine)
