"""An archive in Milvus: any number of pages, on any number of machines, ask one and the same.

In and out: what ``rag.store.Store`` says. ``rag.milvus.archive`` tells how a write is whole or not at all
without transactions, and how a page finds out what others have written; ``rag.milvus.search`` searches it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import numpy as np

from rag.datatypes import Interview, Role, Scope, Turn
from rag.errors import LibraryError, ModelMismatch
from rag.keeping import AtHand, as_given, asked_rows, corrected, given, merged, mixes, remembered, require_same_spans
from rag.milvus import rows as milvus_rows
from rag.milvus.address import Address
from rag.milvus.archive import Archive
from rag.milvus.catalogue import described, one_of
from rag.milvus.checking import problems
from rag.milvus.client import Row
from rag.milvus.rows import Record
from rag.milvus.search import Search
from rag.store import EVERYTHING, Added, Embed, Embedded, Outcome, StoredPassage, Summary
from rag.vectors import Vectors, require_fit

ROWS_AT_ONCE = 500
"""Passages read at once: with their sentences' vectors some 6 MB."""


class MilvusStore:
    """A ``Store`` in Milvus. One lock serves all threads, one at a time."""

    def __init__(self, address: Address, *, read_only: bool = False) -> None:
        """Open the archive; one that isn't there is made when there is something to write.

        Raises:
            LibraryError: It can't be used; LibraryTooNew is one kind.
        """
        self._lock = threading.RLock()
        self._closed = False
        self._archive = Archive(address, read_only=read_only)
        self._search = Search(self._archive)
        self._promised = ("", 0)
        self._interviews = AtHand[int]()

    @property
    def model(self) -> str:
        """The embedding model that made the vectors, "" as long as there is none."""
        with self._using():
            return self._archive.state.model

    @property
    def dimension(self) -> int:
        """The length of its vectors, 0 as long as there is none."""
        with self._using():
            return self._archive.state.dimension

    @property
    def untouched(self) -> bool:
        """Whether no model was recorded, which is the first thing that happens to an archive."""
        return not self.model

    @property
    def size(self) -> int:
        """The number of passages."""
        with self._using():
            return self._archive.records.statistics.passages

    def use_model(self, model: str, dimension: int) -> None:
        """Record the embedding model of a new library, or hold a used one to its own."""
        with self._using():
            self._archive.look(now=True)
            if not self._archive.state.model and not self._archive.read_only:
                self._archive.put_state(self._archive.prepare(model, dimension))
            self._promised = (model, dimension)
            self._hold_to_model()

    def plan(self, interview: Interview) -> Added:
        """Say what ``add`` would do, so that nothing is embedded in vain."""
        with self._using():
            self._archive.look(now=True)
            return self._archive.records.plan(interview, as_given(interview))

    def add(self, new: Embedded) -> Added:
        """Put an interview in, whole or not at all."""
        with self._writing():
            require_fit(self._promised[1], new.passages, new.vectors, new.sentence_vectors)
            came = given(new)
            while (added := self._archive.records.plan(new.interview, came)).outcome is not Outcome.UNCHANGED:
                old = self._archive.records.of(added.id) if added.outcome is Outcome.UPDATED else None
                known = replace(came, corrections=merged(old.corrections, came.corrections)) if old else came
                kept = corrected(replace(new.interview, id=added.id), known.corrections)
                version = self._archive.fresh_version(len(new.passages))
                record = described(kept, known, new.passages, version, old.number if old else version)
                rows = range(version, version + len(new.passages))
                if self._write(record, replace(new, interview=kept), rows):
                    break
            return added

    def remove(self, id: str) -> None:
        """Take an interview out."""
        with self._writing():
            self._archive.records.of(id)
            self._archive.discard(self._archive.records.all_of(id))

    def correct(self, id: str, turns: Sequence[Turn]) -> None:
        """Replace who says what: ``turns`` has the spans that were there, with other speakers or roles."""
        with self._writing():
            old = self._archive.records.of(id)
            before = self._read(old)
            require_same_spans(before.turns, turns)
            rows, contents = self._contents(old, before)
            after = replace(before, turns=tuple(turns))
            version = self._archive.fresh_version(len(rows))
            known = replace(old.given, corrections=remembered(old.corrections, before.turns, turns))
            record = described(after, known, contents.passages, version, old.number)
            self._write(record, replace(contents, interview=after), rows)

    def reembed(self, model: str, dimension: int, embed: Embed) -> None:
        """Replace all vectors by those of another model, all or none."""
        with self._writing():
            before = self._archive.state
            state = self._archive.prepare(model, dimension)
            try:
                for record in self._archive.records.in_order():
                    interview = self._read(record)
                    rows, old = self._contents(record, interview)
                    new = embed(interview, old.passages)
                    require_fit(dimension, new.passages, new.vectors, new.sentence_vectors)
                    self._archive.milvus.insert(self._archive.collection(state), _rows(record, new, rows))
                self._archive.look(now=True)
                if self._archive.state != before:
                    raise LibraryError("another process has written to the archive meanwhile: embed it again")
            except BaseException:
                self._archive.milvus.drop(self._archive.collection(state))
                raise
            self._archive.put_state(state)
            self._archive.milvus.drop(self._archive.collection(before))
            self._promised = (model, dimension)

    def interview(self, id: str) -> Interview:
        """Return an interview."""
        with self._using():
            return self._read(self._archive.records.of(id))

    def summaries(self) -> tuple[Summary, ...]:
        """Return a line for each interview, in the order in which they were first added."""
        with self._using():
            return tuple(record.summary for record in self._archive.records.in_order())

    def ids_in(self, scope: Scope) -> tuple[str, ...]:
        """Return the interviews that a scope's ids and dates let in, whoever speaks in them."""
        with self._using():
            return tuple(record.id for record in self._archive.records.within(scope))

    def contents(self) -> Iterator[Embedded]:
        """Yield everything, interview by interview, to be put into another store."""
        for summary in self.summaries():
            with self._using():
                if summary.id not in self._archive.records:
                    continue  # taken out meanwhile
                record = self._archive.records.of(summary.id)
                _, contents = self._contents(record, self._read(record))
            yield replace(contents, given=record.given)

    def nearest(
        self, vector: Vectors, k: int, scope: Scope = EVERYTHING, role: Role | None = None
    ) -> list[tuple[int, float]]:
        """Return (row, cosine) of the ``k`` passages nearest to ``vector``, best first, fewer if there are fewer."""
        with self._asking():
            return self._search.nearest(vector, k, scope, role)

    def matching(
        self, terms: Sequence[str], k: int, scope: Scope = EVERYTHING, role: Role | None = None
    ) -> list[tuple[int, float]]:
        """Return (row, BM25 score) of the ``k`` passages that hold the terms best, compared by their stems."""
        with self._asking():
            return self._search.matching(terms, k, scope, role)

    def says(self, term: str, scope: Scope, role: Role) -> bool:
        """Tell whether anybody of this role says a term, compared by its stems."""
        return bool(self.matching([term], 1, scope, role))

    def passages(self, rows: Sequence[int]) -> list[StoredPassage]:
        """Return the passages with these rows, in this order."""
        with self._using():
            found: dict[int, StoredPassage] = {}
            wanted = list(dict.fromkeys(int(row) for row in rows))
            for start in range(0, len(wanted), ROWS_AT_ONCE):
                found |= self._stored(one_of("row", wanted[start : start + ROWS_AT_ONCE]))
            return [found[row] for row in rows if row in found]

    def document_frequency(self, terms: Sequence[str]) -> dict[str, int]:
        """Return in how many passages each term occurs, words compared by their stems."""
        with self._using():
            return self._search.document_frequency(terms)

    def check(self) -> tuple[str, ...]:
        """Verify everything that is stored, and return a line for each thing that is wrong."""
        with self._using():
            if not self._archive.read_only and self._archive.state.model:
                self._archive.begin()
            return tuple(problems(self._archive, self._contents))

    def close(self) -> None:
        """Let go of files and connections; closing twice does no harm."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._archive.close()

    @contextmanager
    def _using(self) -> Iterator[None]:
        """See the archive as it is."""
        with self._lock:
            if self._closed:
                raise LibraryError("the archive was closed")
            self._archive.look()
            yield

    @contextmanager
    def _asking(self) -> Iterator[None]:
        with self._using():
            self._hold_to_model()
            yield

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._using():
            self._archive.begin()
            self._hold_to_model()
            yield

    def _hold_to_model(self) -> None:
        """Refuse vectors of one model where those of another are, also when another process has put them there."""
        state = self._archive.state
        if mixes((state.model, state.dimension), self._promised):
            raise ModelMismatch(
                f"the archive's vectors come from {state.model}, not {self._promised[0]}: ask with that model, "
                "or put the interviews into another archive"
            )

    def _write(self, record: Record, new: Embedded, rows: Sequence[int]) -> bool:
        parts = milvus_rows.parts_of(new.interview)
        record = replace(record, parts=len(parts), digest=milvus_rows.digest(parts))
        return self._archive.write(record, parts, _rows(record, new, rows))

    def _read(self, record: Record) -> Interview:
        """Return an interview; a version never changes, so what was read once stays true."""
        return self._interviews.get(
            record.version, lambda: milvus_rows.interview_of(record, self._archive.parts(record))
        )

    def _contents(self, record: Record, interview: Interview) -> tuple[list[int], Embedded]:
        """Read an interview's rows, and its passages with their vectors."""
        stored: list[StoredPassage] = []
        for start in range(record.version, record.version + record.passages, ROWS_AT_ONCE):
            past = min(start + ROWS_AT_ONCE, record.version + record.passages)
            stored += self._stored(f"key >= {start} and key < {past}").values()
        stored.sort(key=lambda each: each.row)
        vectors = np.array([each.vector for each in stored], np.float32).reshape(
            len(stored), self._archive.state.dimension
        )
        sentence_vectors = tuple(each.sentence_vectors for each in stored)
        passages = tuple(each.passage for each in stored)
        return [each.row for each in stored], Embedded(interview, passages, vectors, sentence_vectors)

    def _stored(self, where: str) -> dict[int, StoredPassage]:
        """Read the passages that a filter picks, those of versions that count, by their rows."""
        dimension = self._archive.state.dimension
        if not dimension:
            return {}
        columns = milvus_rows.passage_columns(dimension).kinds.keys() - {"stems", "first_day", "last_day", "speaker"}
        found = self._archive.milvus.query(self._archive.passages, where, [*columns, "vector"])
        ids = [(row, self._archive.records.id_of(int(row["version"]))) for row in found]
        return {int(row["row"]): milvus_rows.passage_of(row, id, dimension) for row, id in ids if id is not None}


def _rows(record: Record, new: Embedded, rows: Sequence[int]) -> list[Row]:
    asked = asked_rows(new.interview, new.passages, rows)
    return milvus_rows.passage_rows(record, new, asked, rows)
