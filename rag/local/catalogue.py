"""What a search needs at hand: the vector index, and of each passage its interview, role and speaker.

In: the database. Out: which passages a scope allows, and the nearest of them. All of it can be made
again from the database; a snapshot of the index beside it makes opening quick. A catalogue follows
the database: what was written since it last looked costs time in proportion to what was written.
"""

from __future__ import annotations

import io
import json
import sqlite3
import uuid
import zipfile
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.datatypes import Role
from rag.errors import LibraryDamaged
from rag.local.index import SnapshotError, VectorIndex
from rag.local.schema import reading, transaction
from rag.speakers import meant_by
from rag.vectors import Vectors, from_blobs

TAIL_FRACTION = 0.25
"""Past this part of what the snapshot holds, the vectors that it doesn't hold are worth a new one."""
TAIL_MINIMUM = 2048
"""Fewer vectors than this are read from the database in milliseconds."""
BATCH = 4096
"""How many vectors are read at once."""

GONE = -1
"""The interview of a passage that was removed."""
_ROLES = {role.value: code for code, role in enumerate(Role)}


class Catalogue:
    """The passages of a library in memory, as it was at ``revision``."""

    def __init__(self, index: VectorIndex, generation: str) -> None:
        """Start with an index whose passages are not known to be there any more; ``follow`` finds out."""
        self.index = index
        self.generation = generation
        self.revision = -1
        self._names: dict[str | None, int] = {}
        self._interview: NDArray[np.int64] = np.full(len(index), GONE, np.int64)
        self._role: NDArray[np.uint8] = np.zeros(len(index), np.uint8)
        self._speaker: NDArray[np.int32] = np.zeros(len(index), np.int32)

    @classmethod
    def open(cls, connection: sqlite3.Connection, folder: Path | None) -> Catalogue:
        """Make it from the snapshot, if there is a good one, and the database."""
        with reading(connection):
            dimension, generation = connection.execute("SELECT dimension, generation FROM library").fetchone()
            stored = connection.execute("SELECT name, crc, revision, facts FROM snapshot").fetchone()
            if folder is not None and stored is not None:
                name, checksum, revision, facts = stored
                with suppress(SnapshotError):
                    catalogue = cls(VectorIndex.load(folder / Path(name).name, dimension, checksum), generation)
                    catalogue._recall(facts, revision)
                    catalogue._catch_up(connection)
                    return catalogue
            catalogue = cls(VectorIndex(dimension), generation)
            catalogue._catch_up(connection)
            return catalogue

    def follow(self, connection: sqlite3.Connection) -> bool:
        """Take in what was written since; False says that all vectors are new, and it has to be opened again."""
        with reading(connection):
            now = connection.execute("SELECT generation, dimension FROM library").fetchone()
            if now != (self.generation, self.index.dimension):
                return False
            try:
                self._catch_up(connection)
            except SnapshotError:
                return False
        return True

    def nearest(
        self, vector: Vectors, k: int, interviews: Collection[int] | None, speakers: Collection[str], role: Role | None
    ) -> list[tuple[int, float]]:
        """Return (row, cosine) of the ``k`` nearest that are allowed, best first."""
        return self.index.nearest(vector, k, self.allowed(interviews, speakers, role))

    def rows(
        self, interviews: Collection[int] | None, speakers: Collection[str], role: Role | None
    ) -> NDArray[np.int64]:
        """Return the rows that are allowed, ascending."""
        return self.index.rows[self.allowed(interviews, speakers, role)]

    def allowed(
        self, interviews: Collection[int] | None, speakers: Collection[str], role: Role | None
    ) -> NDArray[np.bool_]:
        """Tell of each position in the index whether it is in these interviews, of a speaker so named, in this role."""
        allowed: NDArray[np.bool_] = self._interview != GONE
        if interviews is not None:
            allowed &= np.isin(self._interview, np.fromiter(interviews, np.int64, len(interviews)))
        if speakers:
            speaking = np.bincount(self._speaker[allowed], minlength=len(self._names))
            names = [name for name, code in self._names.items() if name and speaking[code]]
            codes = {self._names[one] for name in speakers for one in meant_by(name, names)}
            allowed &= np.isin(self._speaker, np.fromiter(codes, np.int32, len(codes)))
        if role is not None:
            allowed &= self._role == _ROLES[role.value]
        return allowed

    def wants_snapshot(self) -> bool:
        """Tell whether so much is in no snapshot that a new one is worth its time."""
        kept = len(self.index) - self.index.tail
        return self.index.tail > max(TAIL_MINIMUM, TAIL_FRACTION * kept)

    def snapshot(self, connection: sqlite3.Connection, folder: Path) -> None:
        """Write the index beside the database, and take older ones away.

        Raises:
            OSError, RuntimeError, sqlite3.Error: It can't be written, or another process is writing.
        """
        name = f"vectors-{uuid.uuid4().hex}.faiss"
        try:
            with transaction(connection, wait=False):
                if not self.follow(connection):
                    return
                kept = self._interview != GONE
                checksum = self.index.save(folder / name, kept)
                values = (name, checksum, self.revision, self._remembered(kept))
                connection.execute("INSERT OR REPLACE INTO snapshot VALUES (1, ?, ?, ?, ?)", values)
        except BaseException:
            (folder / name).unlink(missing_ok=True)
            raise
        for path in folder.glob("vectors-*.faiss"):
            if path.name != name:
                with suppress(OSError):  # Windows keeps a file that another process has mapped
                    path.unlink()

    def facts(self) -> dict[int, tuple[int, int, str | None]]:
        """Return of each row its interview's number, its role's and its speaker."""
        names = {code: name for name, code in self._names.items()}
        return {
            int(self.index.rows[p]): (int(self._interview[p]), int(self._role[p]), names[int(self._speaker[p])])
            for p in np.flatnonzero(self._interview != GONE)
        }

    def _remembered(self, kept: NDArray[np.bool_]) -> bytes:
        names = np.frombuffer(json.dumps(list(self._names)).encode(), np.uint8)
        file = io.BytesIO()
        np.savez(file, interview=self._interview[kept], role=self._role[kept], speaker=self._speaker[kept], names=names)
        return file.getvalue()

    def _recall(self, facts: bytes, revision: int) -> None:
        """Know again what ``_remembered`` wrote at that revision: reading it anew takes seconds on a slow disk."""
        try:
            with np.load(io.BytesIO(facts), allow_pickle=False) as stored:
                columns = stored["interview"], stored["role"], stored["speaker"]
                names = json.loads(stored["names"].tobytes())
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            raise SnapshotError(f"what is known of its passages can't be read: {error}") from error
        if any(len(column) != len(self.index) for column in columns):
            raise SnapshotError("it has other passages than are known of")
        self._interview, self._role, self._speaker = columns
        self._names = {name: code for code, name in enumerate(names)}
        self.revision = revision

    def _catch_up(self, connection: sqlite3.Connection) -> None:
        since = self.revision
        gone = connection.execute(
            "SELECT interview FROM removed WHERE revision > ?1 UNION ALL"
            " SELECT number FROM interviews WHERE revision > ?1",
            (since,),
        ).fetchall()
        if gone:
            self._interview[np.isin(self._interview, np.array(gone, np.int64))] = GONE
        lines = connection.execute(
            "SELECT p.row, p.interview, t.role, t.speaker FROM interviews AS i"
            # CROSS: in this order. SQLite's own choice takes passages times interviews where everything is new.
            " CROSS JOIN passages AS p ON p.row >= i.first AND p.row < i.past"
            " CROSS JOIN turns AS t ON t.interview = p.interview AND t.turn = p.turn"
            " WHERE i.revision > ? ORDER BY p.row",
            (since,),
        ).fetchall()
        if lines:
            self._place(connection, lines)
        self.revision = connection.execute("SELECT revision FROM library").fetchone()[0]

    def _place(self, connection: sqlite3.Connection, lines: list[tuple[int, int, str, str | None]]) -> None:
        rows, interviews, roles, speakers = zip(*lines, strict=True)
        wanted = np.array(rows, np.int64)
        self._append(connection, wanted)
        positions = np.searchsorted(self.index.rows, wanted)
        self._interview[positions] = interviews
        self._role[positions] = [_ROLES.get(role, _ROLES[Role.OTHER.value]) for role in roles]
        self._speaker[positions] = [self._names.setdefault(name, len(self._names)) for name in speakers]

    def _append(self, connection: sqlite3.Connection, wanted: NDArray[np.int64]) -> None:
        """Read the vectors of the rows that the index lacks: rows only grow, so they are the last ones."""
        last = int(self.index.rows[-1]) if len(self.index) else 0
        if not np.isin(wanted[wanted <= last], self.index.rows).all():
            raise SnapshotError("the index lacks passages that are older than its last")
        missing = wanted[wanted > last]
        cursor = connection.execute("SELECT row, vector FROM passage_vectors WHERE row > ? ORDER BY row", (last,))
        read = 0
        while batch := cursor.fetchmany(BATCH):
            rows = np.array([row for row, _ in batch], np.int64)
            if not np.array_equal(rows, missing[read : read + len(rows)]):
                raise LibraryDamaged("the library is damaged: passages and vectors don't agree; run `onrecord check`")
            self.index.append(rows, from_blobs([blob for _, blob in batch], self.index.dimension))
            read += len(rows)
        if read != len(missing):
            raise LibraryDamaged("the library is damaged: passages lack their vectors; run `onrecord check`")
        self._interview = np.concatenate([self._interview, np.full(read, GONE, np.int64)])
        self._role = np.concatenate([self._role, np.zeros(read, np.uint8)])
        self._speaker = np.concatenate([self._speaker, np.zeros(read, np.int32)])
