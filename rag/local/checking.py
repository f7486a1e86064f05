"""A library -> what is wrong with it.

In: the database and its folder. Out: one line for each thing that is not as it was written; none when
all is well.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from rag.errors import LibraryError
from rag.keeping import asked_rows, problems_of_spans
from rag.local import records
from rag.local.catalogue import Catalogue
from rag.local.index import SnapshotError, VectorIndex
from rag.local.schema import reading
from rag.vectors import FLOAT, KEPT_TOLERANCE, from_blobs

SHOWN = 20
"""How many problems of SQLite's own check are listed."""


def problems(connection: sqlite3.Connection, folder: Path | None) -> tuple[str, ...]:
    """Verify a library, and return a line for each problem."""
    found: list[str] = []
    try:
        with reading(connection):
            found += _of_the_file(connection)
            if not found:
                found += _of_the_whole(connection)
                for number, id in connection.execute("SELECT number, id FROM interviews ORDER BY number").fetchall():
                    found += [f"interview {id!r}: {problem}" for problem in _of_interview(connection, number, id)]
                found += _of_the_snapshot(connection, folder)
    except (sqlite3.Error, LibraryError) as error:
        found.append(f"the database can't be read to its end: {error}")
    return tuple(found)


def _of_the_file(connection: sqlite3.Connection) -> Iterator[str]:
    for (line,) in connection.execute(f"PRAGMA integrity_check({SHOWN})").fetchall():
        if line != "ok":
            yield f"the database: {line}"
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchmany(SHOWN):
        yield f"the database: row {row} of {table} belongs to nothing in {parent}"


def _of_the_whole(connection: sqlite3.Connection) -> Iterator[str]:
    dimension = connection.execute("SELECT dimension FROM library").fetchone()[0]
    passages = connection.execute("SELECT count(*) FROM passages").fetchone()[0]
    for table, width in (("passage_vectors", "length(vector)"), ("sentence_vectors", None)):
        held = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        if held != passages:
            yield f"{passages} passages, but {held} {table.replace('_', ' ')}"
        if width:
            size = dimension * FLOAT.itemsize
            wrong = connection.execute(f"SELECT count(*) FROM {table} WHERE {width} != ?", (size,)).fetchone()[0]
            if wrong:
                yield f"{wrong} {table.replace('_', ' ')} are not {dimension} long"
    indexed = connection.execute("SELECT count(*) FROM words_docsize").fetchone()[0]
    if indexed != passages:
        yield f"{passages} passages, but {indexed} in the word index"


def _of_interview(connection: sqlite3.Connection, number: int, id: str) -> Iterator[str]:
    try:
        interview = records.read_interview(connection, number)
        rows, passages = records.rows_and_passages(connection, number, id)
        stored = records.read_passages(connection, rows, _dimension(connection))
    except LibraryError as error:
        yield f"can't be read: {error}"
        return
    digest, first, past = connection.execute(
        "SELECT digest, first, past FROM interviews WHERE number = ?", (number,)
    ).fetchone()
    if records.digest(interview.text) != digest:
        yield "the text is not what was written"
    if (rows and (rows[0], rows[-1] + 1) != (first, past)) or len(rows) != past - first:
        yield f"{len(rows)} passages, which are not those from {first} to before {past}"
    yield from problems_of_spans(interview, passages)
    if len(stored) != len(rows):
        yield f"{len(rows)} passages, but {len(stored)} with vectors"
    for each in stored:
        lengths = np.linalg.norm(np.vstack([each.vector, each.sentence_vectors]), axis=1)
        if not np.all(np.abs(lengths - 1) <= KEPT_TOLERANCE):
            yield f"passage {each.row} has vectors that are not of length 1"
    asked = [each.asked for each in stored]
    if len(stored) == len(rows) and asked != asked_rows(interview, passages, rows):
        yield "passages point at questions that are not theirs"


def _of_the_snapshot(connection: sqlite3.Connection, folder: Path | None) -> Iterator[str]:
    """Verify the index file, which heals by itself when it is damaged but not when it is wrong."""
    stored = connection.execute("SELECT name, crc FROM snapshot").fetchone()
    if folder is None or stored is None:
        return
    name, checksum = stored
    try:
        index = VectorIndex.load(folder / Path(name).name, _dimension(connection), checksum)
    except SnapshotError:
        yield "the index file is missing or damaged; asking a question makes it again"
        return
    for start in range(0, len(index), 4096):
        rows = index.rows[start : start + 4096]
        found = dict(
            connection.execute(
                "SELECT row, vector FROM passage_vectors WHERE row BETWEEN ? AND ?", (int(rows[0]), int(rows[-1]))
            ).fetchall()
        )
        here = np.flatnonzero([int(row) in found for row in rows])
        vectors = from_blobs([found[int(row)] for row in rows[here]], index.dimension)
        if not np.array_equal(index.vectors(here + start), vectors):
            yield f"the index file differs from the database at rows {rows[0]}-{rows[-1]}"
    if Catalogue.open(connection, folder).facts() != Catalogue.open(connection, None).facts():
        yield "the index file and the database don't agree on who says what"


def _dimension(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT dimension FROM library").fetchone()[0])
