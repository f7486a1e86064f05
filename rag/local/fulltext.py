"""Words -> the passages that hold them: BM25, kept by SQLite's FTS5 in step with all else that is stored.

In: terms as a person writes them. Out: rows and scores, higher is better. Terms are compared by their
stems, without regard to case or accents; a term of several words is looked for as a phrase.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing

import numpy as np
from numpy.typing import NDArray

AFFORDABLE = 20_000
"""Scoring a passage takes about a microsecond and a half, so many of them some 30 ms."""
FEW = 2_000
"""Of so few passages each is scored, whatever terms it holds."""
WIDER = 10
"""How many times ``k`` passages are chosen by their rarer terms to be scored by all."""
FETCHED = 1_000
"""How many ranked passages are looked at at once for those that may be."""

Matches = list[tuple[int, float]]


def insert(connection: sqlite3.Connection, rows: Sequence[int], texts: Sequence[str]) -> None:
    """Take in the words of passages."""
    connection.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", list(zip(rows, texts, strict=True)))


def delete(connection: sqlite3.Connection, rows: Sequence[int], texts: Sequence[str]) -> None:
    """Forget the words of passages; the index holds no text, so it has to be told what they were."""
    statement = "INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)"
    connection.executemany(statement, list(zip(rows, texts, strict=True)))


def match(
    connection: sqlite3.Connection, counts: Mapping[str, int], k: int, among: NDArray[np.int64] | None = None
) -> Matches:
    """Return (row, score) of the ``k`` passages that hold the terms best.

    ``counts`` has the terms, each with the number of passages that hold it; ``among`` the rows that may
    be, ascending, None for all. Scores are always those of the whole library and of all the terms. As
    long as the terms are in no more than ``AFFORDABLE`` passages, so is the choice. Beyond that the
    passages that hold the rarer terms best are chosen and scored, so that the time stays the same.
    """
    if not counts or k <= 0 or (among is not None and len(among) == 0):
        return []
    if among is not None and len(among) <= FEW:
        return _scored(connection, list(counts), k, among)
    rare = _affordable(counts)
    wanted = k if len(rare) == len(counts) else k * WIDER
    with closing(_ranking(connection, rare, wanted if among is None else -1)) as ranking:
        found = ranking.fetchall() if among is None else _first_among(ranking, among, wanted)
    if len(rare) == len(counts):
        return found
    return _scored(connection, list(counts), k, np.sort(np.array([row for row, _ in found], np.int64)))


def occurs(connection: sqlite3.Connection, term: str, among: NDArray[np.int64]) -> bool:
    """Tell whether any of the rows ``among``, ascending, holds a term; the first that does ends the search."""
    if len(among) == 0:
        return False
    with closing(connection.execute("SELECT rowid FROM words WHERE words MATCH ?", (_any_of([term]),))) as found:
        while batch := found.fetchmany(FETCHED):
            rows = np.array([row for (row,) in batch], np.int64)
            if np.any(among[np.minimum(np.searchsorted(among, rows), len(among) - 1)] == rows):
                return True
    return False


def count_matching(connection: sqlite3.Connection, term: str) -> int:
    """Return in how many passages a term occurs."""
    counted = connection.execute("SELECT count(*) FROM words WHERE words MATCH ?", (_any_of([term]),)).fetchone()
    return int(counted[0])


def encodable(text: str) -> str:
    """Return a text as it can be looked for: half characters, which nothing stored has, become question marks."""
    return text.encode("utf-8", "replace").decode()


def _affordable(counts: Mapping[str, int]) -> list[str]:
    """Return the terms, rarest first, as far as they are affordable; always one."""
    rarest = sorted(counts, key=lambda term: counts[term])
    total = 0
    for n, term in enumerate(rarest):
        total += counts[term]
        if n and total > AFFORDABLE:
            return rarest[:n]
    return rarest


def _ranking(connection: sqlite3.Connection, terms: Sequence[str], limit: int) -> sqlite3.Cursor:
    """Rank the passages that hold any of the terms, best first, to be fetched as far as they are wanted."""
    return connection.execute(
        "SELECT rowid, -bm25(words) AS score FROM words WHERE words MATCH ? ORDER BY score DESC, rowid LIMIT ?",
        (_any_of(terms), limit),
    )


def _first_among(ranking: sqlite3.Cursor, among: NDArray[np.int64], wanted: int) -> Matches:
    """Fetch the first passages that are ``among`` these rows."""
    found: Matches = []
    while len(found) < wanted and (batch := ranking.fetchmany(FETCHED)):
        rows = np.array([row for row, _ in batch], np.int64)
        nearest = np.minimum(np.searchsorted(among, rows), len(among) - 1)
        found += [batch[i] for i in np.flatnonzero(among[nearest] == rows)]
    return found[:wanted]


def _scored(connection: sqlite3.Connection, terms: Sequence[str], k: int, rows: NDArray[np.int64]) -> Matches:
    """Return the best of a few passages; only these are scored, which is what takes time."""
    if len(rows) == 0:
        return []
    return connection.execute(
        "SELECT rowid, -bm25(words) AS score FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ?"
        # The plus keeps SQLite from starting the search anew for every row.
        " AND +rowid IN (SELECT value FROM json_each(?)) ORDER BY score DESC, rowid LIMIT ?",
        (_any_of(terms), int(rows[0]), int(rows[-1]), json.dumps(rows.tolist()), k),
    ).fetchall()


def _any_of(terms: Sequence[str]) -> str:
    """Return an FTS5 query; each term is quoted, so that nothing in it is taken for the query language."""
    clean = dict.fromkeys(encodable(term).replace("\0", " ").replace('"', " ") for term in terms)
    return " OR ".join(f'"{term}"' for term in clean)
