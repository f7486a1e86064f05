"""Passages near a vector and passages that hold words, as Milvus finds them within a filter.

In: a vector or terms, a scope and a role. Out: rows and scores, higher is better. What Milvus finds of
versions that don't count is left out, and something else looked for in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rag.datatypes import Role, Scope
from rag.keeping import telling
from rag.milvus.archive import Archive
from rag.milvus.catalogue import one_of
from rag.milvus.client import MOST, Row
from rag.milvus.terms import holds, score, stems
from rag.vectors import Vectors

WIDER = 5
"""How many times ``k`` passages Milvus's own BM25 proposes, to be scored by the whole archive's statistics."""
FEWEST = 50
"""It proposes no fewer."""

Hits = list[tuple[float, Row]]
Found = list[tuple[int, float]]


class Search:
    """Searches an archive's passages, as they are at its last look."""

    def __init__(self, archive: Archive) -> None:
        """Search ``archive``."""
        self._archive = archive
        self._seen = -1
        self._frequencies: dict[str, int] = {}

    def nearest(self, vector: Vectors, k: int, scope: Scope, role: Role | None) -> Found:
        """Return (row, cosine) of the ``k`` passages nearest to ``vector``, best first."""
        conditions = self._archive.records.conditions(scope, role)
        search, columns = self._archive.milvus.nearest, ["row", "version"]
        hits = self._live(lambda where: search(self._archive.passages, vector, k, where, columns), k, conditions)
        return _best_first([(int(row["row"]), cosine) for cosine, row in hits])

    def matching(self, terms: Sequence[str], k: int, scope: Scope, role: Role | None) -> Found:
        """Return (row, BM25 score) of the ``k`` passages that hold the terms best."""
        conditions = self._archive.records.conditions(scope, role)
        counts = [(stems(term), count) for term, count in self._telling(terms).items()]
        wanted = " ".join(dict.fromkeys(stem for phrase, _ in counts for stem in phrase))
        limit = max(k * WIDER, FEWEST) if k > 0 else 0
        hits = self._proposed(wanted, limit, conditions, ["row", "version", "stems"])
        whole = self._archive.records.statistics
        scored = [(int(row["row"]), score(row["stems"], counts, whole)) for _, row in hits]
        return _best_first([hit for hit in scored if hit[1] > 0])[:k]

    def document_frequency(self, terms: Sequence[str]) -> dict[str, int]:
        """Return in how many passages each term occurs, counted once for each state of the archive."""
        if self._seen != self._archive.revision:
            self._frequencies.clear()
            self._seen = self._archive.revision
        for term in terms:
            if term not in self._frequencies:
                self._frequencies[term] = self._count(stems(term))
        return {term: self._frequencies[term] for term in terms}

    def _live(self, search: Callable[[str], Hits], k: int, conditions: Sequence[str]) -> Hits:
        """Search until nothing is found that doesn't count: what is being written, or left of what was."""
        records, dead = self._archive.records, set[int]()
        if k <= 0 or not self._archive.state.model:
            return []
        while True:
            without = [f"not ({one_of('version', sorted(dead))})"] if dead else []
            hits = search(" and ".join([*conditions, *without]))
            versions = {int(row["version"]) for _, row in hits}
            if all(records.id_of(version) is not None for version in versions):
                return hits
            self._archive.look(now=True)  # it may have begun to count since the last look
            dead |= {version for version in versions if records.id_of(version) is None}

    def _proposed(self, words: str, limit: int, conditions: Sequence[str], columns: Sequence[str]) -> Hits:
        """Return what Milvus's own BM25 finds for stems."""
        search = self._archive.milvus.matching
        if not words:
            return []
        return self._live(lambda where: search(self._archive.passages, words, limit, where, columns), limit, conditions)

    def _count(self, phrase: Sequence[str]) -> int:
        if not phrase or not self._archive.state.model:
            return 0
        if len(phrase) == 1 and self._archive.milvus.engine.counts_by_filter:
            return self._archive.milvus.count(self._archive.passages, f'text_match(stems, "{phrase[0]}")')
        hits = self._proposed(" ".join(phrase), MOST, (), ["version"] if len(phrase) == 1 else ["version", "stems"])
        return len(hits) if len(phrase) == 1 else sum(holds(row["stems"], phrase) > 0 for _, row in hits)

    def _telling(self, terms: Sequence[str]) -> dict[str, int]:
        return telling(self.document_frequency(terms), self._archive.records.statistics.passages)


def _best_first(found: Found) -> Found:
    return sorted(found, key=lambda hit: (-hit[1], hit[0]))
