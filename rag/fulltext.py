"""Words -> the passages that hold them: BM25, kept by SQLite's FTS5 in step with all else that is stored.

In: terms as a person writes them. Out: rows and scores, higher is better. Terms are compared by their
stems, without regard to case or accents; a term of several words is looked for as a phrase.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Matches = list[tuple[int, float]]


def insert(connection: sqlite3.Connection, rows: Sequence[int], texts: Sequence[str]) -> None:
    """Take in the words of passages."""
    connection.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", list(zip(rows, texts, strict=True)))


def delete(connection: sqlite3.Connection, rows: Sequence[int], texts: Sequence[str]) -> None:
    """Forget the words of passages; the index holds no text, so it has to be told what they were."""
    statement = "INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)"
    connection.executemany(statement, list(zip(rows, texts, strict=True)))


def match(connection: sqlite3.Connection, terms: Sequence[str], k: int) -> Matches:
    """Return (row, score) of the ``k`` passages that hold the terms best."""
    if not terms or k <= 0:
        return []
    found = connection.execute(
        "SELECT rowid, -rank FROM words WHERE words MATCH ? ORDER BY rank, rowid LIMIT ?", (_any_of(terms), k)
    )
    return [(row, score) for row, score in found]


def match_among(connection: sqlite3.Connection, terms: Sequence[str], k: int, rows: NDArray[np.int64]) -> Matches:
    """Return (row, score) of the ``k`` best among ``rows``, which are ascending; scores are as in the whole library."""
    if not terms or k <= 0 or len(rows) == 0:
        return []
    found = connection.execute(
        "SELECT rowid, -bm25(words) FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ?",
        (_any_of(terms), int(rows[0]), int(rows[-1])),
    ).fetchall()
    if not found:
        return []
    kept = np.isin(np.array([row for row, _ in found], np.int64), rows, assume_unique=True)
    best = sorted((pair for pair, keep in zip(found, kept, strict=True) if keep), key=lambda pair: (-pair[1], pair[0]))
    return [(row, score) for row, score in best[:k]]


def count_matching(connection: sqlite3.Connection, term: str) -> int:
    """Return in how many passages a term occurs."""
    counted = connection.execute("SELECT count(*) FROM words WHERE words MATCH ?", (_any_of([term]),)).fetchone()
    return int(counted[0])


def encodable(text: str) -> str:
    """Return a text as it can be looked for: half characters, which nothing stored has, become question marks."""
    return text.encode("utf-8", "replace").decode()


def _any_of(terms: Sequence[str]) -> str:
    """Return an FTS5 query; each term is quoted, so that nothing in it is taken for the query language."""
    clean = dict.fromkeys(encodable(term).replace("\0", " ").replace('"', " ") for term in terms)
    return " OR ".join(f'"{term}"' for term in clean)
