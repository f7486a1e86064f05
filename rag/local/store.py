"""A library in a folder, or in memory: one SQLite database is the truth, a FAISS index a part beside it.

In and out: what ``rag.store.Store`` says. The only module that writes a library.

One connection serves all threads, one at a time, under a lock; other processes have connections of
their own, and what they write is seen at the next call.
"""

from __future__ import annotations

import sqlite3
import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import numpy as np

from rag.datatypes import Interview, Role, Scope, Turn
from rag.errors import LibraryError, ModelMismatch
from rag.keeping import AtHand, as_given, corrected, given, merged, mixes, require_same_spans, telling
from rag.local import fulltext, records
from rag.local.catalogue import Catalogue
from rag.local.checking import problems
from rag.local.schema import connect, explained, reading, stamp, writing
from rag.store import EVERYTHING, Added, Embed, Embedded, Outcome, StoredPassage, Summary
from rag.vectors import Vectors, require_fit


class LocalStore:
    """A ``Store`` on this machine."""

    def __init__(self, folder: Path | None = None, *, read_only: bool = False) -> None:
        """Open the library in ``folder``, made if it isn't there; None means one in memory.

        A folder that can't be written is opened for reading.

        Raises:
            LibraryError: The folder can't be used; LibraryDamaged, LibraryTooNew are its kinds.
        """
        self._folder = folder
        self._lock = threading.RLock()
        opened = connect(folder, read_only)
        self._connection, self._refusal = opened.connection, opened.refusal
        self._stamp = stamp(folder) if folder and self._refusal else ()
        self._promised = ("", 0)
        self._closed = False
        self._seen = -1
        self._stale = True
        self._catalogue: Catalogue | None = None
        self._interviews = AtHand[str]()
        self._frequencies: dict[str, int] = {}
        self._matched: dict[tuple[tuple[str, ...], int], fulltext.Matches] = {}
        self._summaries: tuple[Summary, ...] | None = None
        self._size: int | None = None

    @property
    def model(self) -> str:
        """The embedding model that made the vectors, "" as long as there is none."""
        with self._using():
            return str(self._connection.execute("SELECT model FROM library").fetchone()[0])

    @property
    def dimension(self) -> int:
        """The length of its vectors, 0 as long as there is none."""
        with self._using():
            return int(self._connection.execute("SELECT dimension FROM library").fetchone()[0])

    @property
    def untouched(self) -> bool:
        """Whether nothing was ever put in: also after a first ``add`` that was killed."""
        with self._using():
            used = self._connection.execute("SELECT 1 FROM sqlite_sequence WHERE name = 'interviews'").fetchone()
            return used is None

    @property
    def size(self) -> int:
        """The number of passages."""
        with self._using():
            self._look()
            if self._size is None:
                counted = self._connection.execute("SELECT coalesce(sum(past - first), 0) FROM interviews").fetchone()
                self._size = int(counted[0])
            return self._size

    def use_model(self, model: str, dimension: int) -> None:
        """Record the embedding model of a new library, or hold a used one to its own."""
        with self._using():
            if not self.model and not self._refusal:
                with self._writing():
                    self._connection.execute(
                        "UPDATE library SET model = ?, dimension = ? WHERE model = ''", (model, dimension)
                    )
            self._promised = (model, dimension)
            self._hold_to_model()

    def plan(self, interview: Interview) -> Added:
        """Say what ``add`` would do, so that nothing is embedded in vain."""
        with self._using(), reading(self._connection):
            return records.plan(self._connection, interview, as_given(interview))

    def add(self, new: Embedded) -> Added:
        """Put an interview in, whole or not at all."""
        with self._using(), self._writing() as revision:
            self._hold_to_model()
            require_fit(self._promised[1], new.passages, new.vectors, new.sentence_vectors)
            known = given(new)
            number: int | None = None
            added = records.plan(self._connection, new.interview, known)
            if added.outcome is Outcome.UNCHANGED:
                return added
            if added.outcome is Outcome.UPDATED:
                number, corrections = self._clear(added.id)
                known = replace(known, corrections=merged(corrections, known.corrections))
            kept = corrected(replace(new.interview, id=added.id), known.corrections)
            number = records.insert_interview(self._connection, kept, known, number, revision)
            records.insert_passages(self._connection, number, kept, new.passages, new.vectors, new.sentence_vectors)
            return added

    def remove(self, id: str) -> None:
        """Take an interview out."""
        with self._using(), self._writing() as revision:
            number, _ = self._clear(id)
            self._connection.execute("INSERT INTO removed (interview, revision) VALUES (?, ?)", (number, revision))

    def correct(self, id: str, turns: Sequence[Turn]) -> None:
        """Replace who says what: ``turns`` has the spans that were there, with other speakers or roles."""
        with self._using(), self._writing() as revision:
            number = records.number_of(self._connection, id)
            before = records.read_interview(self._connection, number)
            require_same_spans(before.turns, turns)
            records.correct(self._connection, number, replace(before, turns=tuple(turns)), revision)

    def reembed(self, model: str, dimension: int, embed: Embed) -> None:
        """Replace all vectors by those of another model, all or none."""
        with self._using(), self._writing():
            numbers = self._connection.execute("SELECT number, id FROM interviews ORDER BY number").fetchall()
            for number, id in numbers:
                interview = records.read_interview(self._connection, number)
                rows, passages = records.rows_and_passages(self._connection, number, id)
                new = embed(interview, passages)
                require_fit(dimension, passages, new.vectors, new.sentence_vectors)
                records.write_vectors(self._connection, rows, new.vectors, new.sentence_vectors)
            self._connection.execute(
                "UPDATE library SET model = ?, dimension = ?, generation = ?",
                (model, dimension, uuid.uuid4().hex),
            )
            self._connection.execute("DELETE FROM snapshot")
            self._promised = (model, dimension)

    def interview(self, id: str) -> Interview:
        """Return an interview."""
        with self._using():
            self._look()
            return self._interviews.get(id, lambda: self._read(id))

    def summaries(self) -> tuple[Summary, ...]:
        """Return a line for each interview, in the order in which they were first added."""
        with self._using():
            self._look()
            if self._summaries is None:
                with reading(self._connection):
                    self._summaries = records.read_summaries(self._connection)
            return self._summaries

    def ids_in(self, scope: Scope) -> tuple[str, ...]:
        """Return the interviews that a scope's ids and dates let in, whoever speaks in them."""
        with self._using():
            self._look()
            with reading(self._connection):
                numbers = records.interviews_in(self._connection, scope)
                if numbers is not None:
                    return records.ids_of(self._connection, numbers)
            return tuple(summary.id for summary in self.summaries())

    def contents(self) -> Iterator[Embedded]:
        """Yield everything, interview by interview, to be put into another store."""
        with self._using():
            numbers = self._connection.execute("SELECT number FROM interviews ORDER BY number").fetchall()
        for (number,) in numbers:
            with self._using(), reading(self._connection):
                if not self._connection.execute("SELECT 1 FROM interviews WHERE number = ?", (number,)).fetchone():
                    continue  # taken out meanwhile
                interview = records.read_interview(self._connection, number)
                known = records.read_given(self._connection, number)
                rows, passages = records.rows_and_passages(self._connection, number, interview.id)
                stored = self.passages(rows)
            vectors = np.array([each.vector for each in stored], np.float32).reshape(len(stored), self.dimension)
            yield Embedded(interview, passages, vectors, tuple(each.sentence_vectors for each in stored), known)

    def nearest(
        self, vector: Vectors, k: int, scope: Scope = EVERYTHING, role: Role | None = None
    ) -> list[tuple[int, float]]:
        """Return (row, cosine) of the ``k`` passages nearest to ``vector``, best first, fewer if there are fewer."""
        with self._using():
            catalogue = self._current()
            interviews = records.interviews_in(self._connection, scope)
            return catalogue.nearest(vector, k, interviews, scope.speakers, role)

    def matching(
        self, terms: Sequence[str], k: int, scope: Scope = EVERYTHING, role: Role | None = None
    ) -> list[tuple[int, float]]:
        """Return (row, BM25 score) of the ``k`` passages that hold the terms best, compared by their stems."""
        with self._using():
            telling = self._telling(terms)
            if scope == EVERYTHING and role is None:  # asked twice: what a question may be about, and what answers it
                wanted = tuple(terms), k
                if wanted not in self._matched:
                    self._matched = {wanted: fulltext.match(self._connection, telling, k)}
                return list(self._matched[wanted])
            catalogue = self._current()
            interviews = records.interviews_in(self._connection, scope)
            return fulltext.match(self._connection, telling, k, catalogue.rows(interviews, scope.speakers, role))

    def says(self, term: str, scope: Scope, role: Role) -> bool:
        """Tell whether anybody of this role says a term, compared by its stems."""
        with self._using():
            interviews = records.interviews_in(self._connection, scope)
            if not self._telling([term]):
                return False
            return fulltext.occurs(self._connection, term, self._current().rows(interviews, scope.speakers, role))

    def passages(self, rows: Sequence[int]) -> list[StoredPassage]:
        """Return the passages with these rows, in this order."""
        with self._using():
            return records.read_passages(self._connection, rows, self.dimension)

    def document_frequency(self, terms: Sequence[str]) -> dict[str, int]:
        """Return in how many passages each term occurs, words compared by their stems."""
        with self._using():
            self._look()
            for term in terms:
                if term not in self._frequencies:
                    self._frequencies[term] = fulltext.count_matching(self._connection, term)
            return {term: self._frequencies[term] for term in terms}

    def check(self) -> tuple[str, ...]:
        """Verify everything that is stored, and return a line for each thing that is wrong."""
        with self._using():
            return problems(self._connection, self._folder)

    def compact(self) -> None:
        """Write the vectors beside the database, so that the next opening is quick; done by itself when it pays."""
        if self._folder is None or self._refusal:
            return
        with self._lock:
            catalogue = self._catalogue or Catalogue.open(self._connection, self._folder)
            # The library works without, so a full disk or a busy writer is no reason to refuse an answer.
            with suppress(OSError, RuntimeError, sqlite3.Error):
                catalogue.snapshot(self._connection, self._folder)
                self._catalogue = Catalogue.open(self._connection, self._folder)  # mapped from the file

    def close(self) -> None:
        """Let go of files and connections; closing twice does no harm."""
        with self._lock:
            self._closed = True
            self._catalogue = None
            self._connection.close()

    @contextmanager
    def _using(self) -> Iterator[None]:
        with self._lock, explained(self._folder):
            if self._closed:
                raise LibraryError("the library was closed")
            yield

    @contextmanager
    def _writing(self) -> Iterator[int]:
        if self._refusal:
            raise LibraryError(f"the library in {self._folder} can only be read: {self._refusal}")
        try:
            with writing(self._connection) as revision:
                yield revision
        finally:
            self._seen = -1  # SQLite counts only what others write

    def _look(self) -> None:
        """Forget what is out of date, if anything was written since the last look."""
        if self._stamp and self._folder and (now := stamp(self._folder)) != self._stamp:
            self._connection.close()
            self._connection, self._stamp = connect(self._folder, read_only=True).connection, now
            self._seen = -1
        version = self._connection.execute("PRAGMA data_version").fetchone()[0]
        if version != self._seen:
            self._interviews.clear()
            self._frequencies.clear()
            self._matched = {}
            self._summaries = None
            self._size = None
            self._stale = True
            self._seen = version

    def _read(self, id: str) -> Interview:
        with reading(self._connection):
            return records.read_interview(self._connection, records.number_of(self._connection, id))

    def _hold_to_model(self) -> None:
        """Refuse vectors of one model where those of another are, also when another process has put them there."""
        kept = self._connection.execute("SELECT model, dimension FROM library").fetchone()
        if mixes(kept, self._promised):
            raise ModelMismatch(
                f"the library's vectors come from {kept[0]}, not {self._promised[0]}: leave --model out to go on with "
                f"them, or have new ones made with `onrecord reembed --model {self._promised[0]}`"
            )

    def _telling(self, terms: Sequence[str]) -> dict[str, int]:
        return telling(self.document_frequency(terms), self.size)

    def _current(self) -> Catalogue:
        self._look()
        if self._stale:
            self._hold_to_model()
        if self._catalogue is None or (self._stale and not self._catalogue.follow(self._connection)):
            self._catalogue = Catalogue.open(self._connection, self._folder)
            if self._catalogue.wants_snapshot():
                self.compact()
        self._stale = False
        return self._catalogue

    def _clear(self, id: str) -> tuple[int, str]:
        """Delete an interview inside a transaction; return its number and the corrections made to it."""
        number = records.number_of(self._connection, id)
        corrections = records.read_given(self._connection, number).corrections
        records.delete_interview(self._connection, number, records.read_interview(self._connection, number))
        return number, corrections
