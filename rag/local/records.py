"""Interviews and passages as rows of the database, and back.

In and out: domain types and a connection. Nothing here begins or ends a transaction.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from rag.datatypes import Interview, Mark, Passage, Role, Scope, Told, Turn
from rag.dates import overlaps, require_dates
from rag.errors import LibraryDamaged, UnknownInterview
from rag.keeping import adds, as_json, asked_rows, of_same_words, remembered, told_json
from rag.local import fulltext
from rag.store import Added, Given, Outcome, StoredPassage, Summary
from rag.vectors import FLOAT, Vectors, from_blobs, to_blob

_role = cache(Role)  # an enumeration looks a value up some ten times more slowly


@contextmanager
def _as_written() -> Iterator[None]:
    """Say that the library is damaged where what is read makes no sense."""
    try:
        yield
    except (ValueError, TypeError) as error:
        raise LibraryDamaged(f"the library is damaged ({error}): `onrecord check` tells where") from error


def plan(connection: sqlite3.Connection, interview: Interview, given: Given) -> Added:
    """Say what adding an interview would do."""
    columns = "SELECT id, everything, corrections, origin FROM interviews"
    if interview.origin is not None:
        found = connection.execute(f"{columns} WHERE origin = ?", (interview.origin,)).fetchone()
        if found is not None:
            same = found[1] == given.everything and not adds(given.corrections, found[2])
            return Added(found[0], Outcome.UNCHANGED if same else Outcome.UPDATED)
    found = connection.execute(f"{columns} WHERE content = ?", (given.content,)).fetchone()
    if found is not None:
        return Added(found[0], of_same_words(found[3], found[2], interview, given))
    id, n = interview.id, 1
    while connection.execute("SELECT 1 FROM interviews WHERE id = ?", (id,)).fetchone():
        n += 1
        id = f"{interview.id}-{n}"
    return Added(id, Outcome.ADDED)


def digest(text: str) -> bytes:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).digest()


def insert_interview(
    connection: sqlite3.Connection, interview: Interview, given: Given, number: int | None, revision: int
) -> int:
    """Write an interview with its turns and no passages, under its old number or a new one; return it."""
    values = (
        number,
        interview.id,
        interview.text,
        digest(interview.text),
        interview.title,
        interview.outlet,
        interview.date,
        interview.url,
        interview.origin,
        as_json([[m.offset, m.value] for m in interview.times]),
        as_json([[m.offset, m.value] for m in interview.pages]),
        as_json(interview.descriptions),
        given.corrections,
        interview.words,
        given.content,
        given.everything,
        revision,
        interview.author,
        told_json(interview.told) or "{}",
    )
    cursor = connection.execute(
        "INSERT INTO interviews (number, id, text, digest, title, outlet, date, url, origin, times, pages,"
        " descriptions, corrections, words, content, everything, first, past, revision, author, told)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?, ?)",
        values,
    )
    written = cursor.lastrowid or 0
    insert_turns(connection, written, interview.turns)
    return written


def insert_turns(connection: sqlite3.Connection, number: int, turns: Iterable[Turn]) -> None:
    """Write an interview's turns, over those that are there."""
    connection.executemany(
        'INSERT INTO turns (interview, turn, start, "end", speaker, role, section) VALUES (?, ?, ?, ?, ?, ?, ?)'
        " ON CONFLICT DO UPDATE SET speaker = excluded.speaker, role = excluded.role, section = excluded.section",
        [(number, n, t.start, t.end, t.speaker, t.role.value, t.section) for n, t in enumerate(turns)],
    )


def insert_passages(connection: sqlite3.Connection, number: int, interview: Interview, passages: Sequence[Passage],
                    vectors: Vectors, sentence_vectors: Sequence[Vectors]) -> None:  # fmt: skip
    """Write the passages of an interview that has none, with their words and vectors."""
    used = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'passages'").fetchone()
    first = (used[0] if used else 0) + 1
    rows = range(first, first + len(passages))
    asked = asked_rows(interview, passages, rows)
    connection.executemany(
        "INSERT INTO passages (row, interview, turn, sentences, asked) VALUES (?, ?, ?, ?, ?)",
        [
            (row, number, p.turn, as_json(p.sentences), before)
            for row, p, before in zip(rows, passages, asked, strict=True)
        ],
    )
    fulltext.insert(connection, rows, [interview.text[p.start : p.end] for p in passages])
    write_vectors(connection, rows, vectors, sentence_vectors)
    connection.execute("UPDATE interviews SET first = ?, past = ? WHERE number = ?", (rows.start, rows.stop, number))


def write_vectors(
    connection: sqlite3.Connection, rows: Sequence[int], vectors: Vectors, sentence_vectors: Sequence[Vectors]
) -> None:
    """Write the vectors of passages that are there, over those they may have."""
    connection.executemany(
        "INSERT OR REPLACE INTO passage_vectors (row, vector) VALUES (?, ?)",
        [(row, to_blob(vector)) for row, vector in zip(rows, vectors, strict=True)],
    )
    connection.executemany(
        "INSERT OR REPLACE INTO sentence_vectors (row, vectors) VALUES (?, ?)",
        [(row, to_blob(each)) for row, each in zip(rows, sentence_vectors, strict=True)],
    )


def correct(connection: sqlite3.Connection, number: int, interview: Interview, revision: int) -> None:
    """Write an interview's turns over those that are there, and remember the roles that differ."""
    before = read_interview(connection, number)
    corrections = remembered(read_given(connection, number).corrections, before.turns, interview.turns)
    insert_turns(connection, number, interview.turns)
    rows, passages = rows_and_passages(connection, number, interview.id)
    asked = asked_rows(interview, passages, rows)
    connection.executemany("UPDATE passages SET asked = ? WHERE row = ?", zip(asked, rows, strict=True))
    connection.execute(
        "UPDATE interviews SET corrections = ?, revision = ? WHERE number = ?",
        (corrections, revision, number),
    )


def delete_interview(connection: sqlite3.Connection, number: int, interview: Interview) -> None:
    """Take out an interview and all that belongs to it."""
    rows, passages = rows_and_passages(connection, number, interview.id)
    fulltext.delete(connection, rows, [interview.text[p.start : p.end] for p in passages])
    connection.execute("DELETE FROM interviews WHERE number = ?", (number,))


def number_of(connection: sqlite3.Connection, id: str) -> int:
    """Return an interview's number.

    Raises:
        UnknownInterview: There is none with that id.
    """
    found = connection.execute("SELECT number FROM interviews WHERE id = ?", (fulltext.encodable(id),)).fetchone()
    if found is None:
        raise UnknownInterview(f"no interview with the id {id!r} in the library: `onrecord list` shows those there are")
    return int(found[0])


@_as_written()
def read_interview(connection: sqlite3.Connection, number: int) -> Interview:
    """Read an interview."""
    (id, text, title, outlet, date, url, origin, times, pages, descriptions, author, told) = connection.execute(
        "SELECT id, text, title, outlet, date, url, origin, times, pages, descriptions, author, told FROM interviews"
        " WHERE number = ?",
        (number,),
    ).fetchone()
    turns = connection.execute(
        'SELECT start, "end", speaker, role, section FROM turns WHERE interview = ? ORDER BY turn', (number,)
    )
    return Interview(
        id=id,
        text=text,
        turns=tuple(Turn(start, end, speaker, _role(role), section) for start, end, speaker, role, section in turns),
        title=title,
        outlet=outlet,
        date=date,
        url=url,
        origin=origin,
        times=tuple(Mark(offset, value) for offset, value in json.loads(times)),
        pages=tuple(Mark(offset, value) for offset, value in json.loads(pages)),
        descriptions=tuple((speaker, what) for speaker, what in json.loads(descriptions)),
        author=author,
        told=_told(json.loads(told)),
    )


def read_given(connection: sqlite3.Connection, number: int) -> Given:
    """Read by what an interview is known again, and what was corrected since it was given."""
    found = connection.execute(
        "SELECT content, everything, corrections FROM interviews WHERE number = ?", (number,)
    ).fetchone()
    return Given(*found)


def _told(said: Mapping[str, Any]) -> Told:
    return Told(
        interviewers=tuple(said.get("interviewers", ())),
        interviewees=tuple(said.get("interviewees", ())),
        speaker=said.get("speaker"),
        title=said.get("title"),
        date=said.get("date"),
    )


@_as_written()
def rows_and_passages(
    connection: sqlite3.Connection, number: int, id: str
) -> tuple[tuple[int, ...], tuple[Passage, ...]]:
    """Read an interview's passages and their rows, in order."""
    found = connection.execute(
        "SELECT row, turn, sentences FROM passages WHERE interview = ? ORDER BY row", (number,)
    ).fetchall()
    rows = tuple(row for row, _, _ in found)
    return rows, tuple(Passage(id, turn, _spans(sentences)) for _, turn, sentences in found)


@_as_written()
def read_passages(connection: sqlite3.Connection, rows: Sequence[int], dimension: int) -> list[StoredPassage]:
    """Read passages in the order of ``rows``, those that are there."""
    found = connection.execute(
        "SELECT p.row, i.id, p.turn, p.sentences, t.role, p.asked, v.vector, s.vectors"
        " FROM json_each(?) AS wanted JOIN passages AS p ON p.row = wanted.value"
        " JOIN interviews AS i ON i.number = p.interview"
        " JOIN turns AS t ON t.interview = p.interview AND t.turn = p.turn"
        " JOIN passage_vectors AS v ON v.row = p.row JOIN sentence_vectors AS s ON s.row = p.row"
        " ORDER BY wanted.key",
        (as_json([int(row) for row in rows]),),
    ).fetchall()
    vectors = from_blobs([line[6] for line in found], dimension)
    sentence_vectors = from_blobs([line[7] for line in found], dimension)
    stored = []
    start = 0
    for line, vector in zip(found, vectors, strict=True):
        row, id, turn, sentences, role, asked = line[:6]
        passage = Passage(id, turn, _spans(sentences))
        end = start + len(passage.sentences)
        if len(line[7]) != len(passage.sentences) * dimension * FLOAT.itemsize:
            raise LibraryDamaged("the library is damaged: sentences and their vectors don't agree")
        stored.append(StoredPassage(row, passage, _role(role), asked, vector, sentence_vectors[start:end]))
        start = end
    return stored


def read_summaries(connection: sqlite3.Connection) -> tuple[Summary, ...]:
    """Read a line for each interview, in the order in which they were first added."""
    names: dict[int, list[str]] = {}
    for number, name in connection.execute(
        "SELECT interview, speaker FROM turns WHERE role = ? AND speaker IS NOT NULL"
        " GROUP BY interview, speaker ORDER BY interview, min(turn)",
        (Role.INTERVIEWEE.value,),
    ):
        names.setdefault(number, []).append(name)
    lines = connection.execute("SELECT number, id, title, outlet, date, words, origin FROM interviews ORDER BY number")
    return tuple(
        Summary(id, title, outlet, date, tuple(names.get(number, ())), words, origin)
        for number, id, title, outlet, date, words, origin in lines
    )


def interviews_in(connection: sqlite3.Connection, scope: Scope) -> frozenset[int] | None:
    """Return the numbers of the interviews that a scope names by id or date, None where it names none.

    A date that is only a year or a month counts as in scope when any day of it is.

    Raises:
        UnknownInterview: It names one that isn't there.
        QuestionError: It has a date that is none.
    """
    if not (scope.interviews or scope.since or scope.until):
        return None
    require_dates(scope.since, scope.until)
    numbers = {number_of(connection, id) for id in scope.interviews}
    if scope.since or scope.until:
        dated = connection.execute("SELECT number, date FROM interviews WHERE date IS NOT NULL").fetchall()
        within = {number for number, date in dated if overlaps(date, scope.since, scope.until)}
        numbers = numbers & within if scope.interviews else within
    return frozenset(numbers)


def ids_of(connection: sqlite3.Connection, numbers: Iterable[int]) -> tuple[str, ...]:
    """Return the ids of these interviews, in the order in which they were first added."""
    found = connection.execute(
        "SELECT i.id FROM json_each(?) AS wanted JOIN interviews AS i ON i.number = wanted.value ORDER BY i.number",
        (as_json(list(numbers)),),
    )
    return tuple(id for (id,) in found)


def _spans(sentences: str) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in json.loads(sentences))
