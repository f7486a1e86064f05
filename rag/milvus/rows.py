"""Interviews and passages as rows of two collections of Milvus, and back.

In and out: domain types, and rows as pymilvus has them.

``COLLECTION_interviews`` holds each version of an interview as JSON in numbered parts, for a text column
has a limit; part 0 carries its ``Record``, and is what makes a version count. Below 0 are the journal and
the library's own state. ``COLLECTION_passages_GENERATION`` holds its passages, with all that filters
need, their stems for BM25, and their sentences' vectors as float16 in base64.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from rag.datatypes import Interview, Passage, Role
from rag.dates import first_day, last_day
from rag.errors import LibraryDamaged, LibraryError
from rag.milvus.client import LONGEST, Columns, Row
from rag.milvus.terms import stems
from rag.passages import unstamped
from rag.store import Embedded, Given, StoredPassage, Summary
from rag.vectors import FLOAT, Vectors, from_blobs, to_blob

if TYPE_CHECKING:
    from pydantic import TypeAdapter

STATE_PART = -2
JOURNAL_PART = -1
RECORD_PART = 0
PART_CHARACTERS = LONGEST["text"] // 4
"""No character takes more than four bytes."""
MOST_SENTENCES = 120
"""As many as a passage had words when the first archives were made: how many columns they have hangs on it."""
BLOB_BYTES = LONGEST["text"] // 4 * 3
"""What base64 makes a text of."""
NOTHING = [1.0, 0.0]
"""The vector of a row that needs none: Milvus makes no collection without."""
NO_ROW = 0
"""The question of a passage that answers none."""

INTERVIEWS: Final = Columns(
    {"key": "name", "part": "number", "version": "number", "record": "text", "data": "text"},
    indexed=("part", "version"),
    dimension=len(NOTHING),
)


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of an interview without reading it."""

    version: int
    """Another one for every change; its passages and parts carry it."""
    number: int
    """The version it was first added as, by which interviews are in order."""
    id: str
    title: str
    outlet: str | None
    date: str | None
    origin: str | None
    words: int
    interviewees: tuple[str, ...]
    speakers: tuple[str, ...]
    content: str
    everything: str
    """Hashes of the interview as it was given, by which it is known again."""
    digest: str
    """SHA-256 of the parts."""
    corrections: str
    """JSON {speaker: role}"""
    parts: int
    passages: int
    stems: int
    """In all its passages together."""

    @property
    def given(self) -> Given:
        """Return by what it is known again, and what was corrected since it was given."""
        return Given(bytes.fromhex(self.content), bytes.fromhex(self.everything), self.corrections)

    @property
    def summary(self) -> Summary:
        """Return its line in a list."""
        return Summary(self.id, self.title, self.outlet, self.date, self.interviewees, self.words, self.origin)


@dataclass(frozen=True, slots=True)
class State:
    """What is known of a library as a whole."""

    schema: int
    model: str
    dimension: int
    generation: int
    """Another one for every set of vectors; part of the passages' collection's name."""
    revision: str
    """Another one for every write."""


def passage_columns(dimension: int) -> Columns:
    """Return the columns of passages with vectors of this length."""
    return Columns(
        {
            "key": "number",
            "row": "number",
            "version": "number",
            "turn": "number",
            "asked": "number",
            "speaker": "number",
            "role": "name",
            "first_day": "name",
            "last_day": "name",
            "sentences": "text",
            "stems": "text",
            **dict.fromkeys(vector_columns(dimension), "text"),
        },
        indexed=("row", "version", "speaker", "role", "first_day", "last_day"),
        dimension=dimension,
        words="stems",
    )


def vector_columns(dimension: int) -> tuple[str, ...]:
    """Return the columns that hold the vectors of as many sentences as a passage may have."""
    needed = math.ceil(MOST_SENTENCES * dimension * FLOAT.itemsize / BLOB_BYTES)
    return tuple(f"sentence_vectors_{n}" for n in range(max(needed, 1)))


def speaker_code(name: str) -> int:
    """Return the number that stands for a speaker in filters, where any name would have to be escaped."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big") >> 1


def parts_of(interview: Interview) -> tuple[str, ...]:
    """Write an interview in parts that each fit a column."""
    text = _interviews().dump_json(interview).decode()
    return tuple(text[start : start + PART_CHARACTERS] for start in range(0, len(text), PART_CHARACTERS))


def digest(parts: Sequence[str]) -> str:
    """Return the SHA-256 of what an interview is written in."""
    return hashlib.sha256("".join(parts).encode()).hexdigest()


def interview_of(record: Record, rows: Sequence[Row]) -> Interview:
    """Read an interview from its parts, in any order.

    Raises:
        LibraryDamaged: Parts are missing or not as they were written.
    """
    parts = [str(row["data"]) for row in sorted(rows, key=lambda row: int(row["part"]))]
    if len(parts) != record.parts or digest(parts) != record.digest:
        raise LibraryDamaged(f"the archive is damaged: the text of {record.id!r} is not what was written; add it again")
    return _interviews().validate_json("".join(parts))


def part_rows(record: Record, parts: Sequence[str]) -> list[Row]:
    """Return an interview's rows, the one that makes it count last."""
    described = _records().dump_json(record).decode()
    if len(described.encode()) > LONGEST["text"]:
        raise LibraryError(f"{record.title!r}: its title and its speakers' names are too long for an archive in Milvus")
    rows = [_row(f"{record.version}/{n}", n, record.version, "", data) for n, data in enumerate(parts)]
    rows[RECORD_PART]["record"] = described
    return rows[::-1]


def record_of(row: Row) -> Record:
    """Read a record from part 0 of an interview."""
    return _records().validate_json(row["record"])


def state_row(state: State) -> Row:
    """Return the row of a library's state."""
    return _row("state", STATE_PART, 0, "", _states().dump_json(state).decode())


def state_of(row: Row) -> State:
    """Read a library's state."""
    return _states().validate_json(row["data"])


def journal_row(version: int) -> Row:
    """Return the row that says of a version that it is coming or going."""
    return _row(f"journal/{version}", JOURNAL_PART, version, "", "")


def passage_rows(record: Record, new: Embedded, asked: Sequence[int | None], rows: Sequence[int]) -> list[Row]:
    """Return an interview's passages under their ``rows``, each with the row of the question it answers."""
    columns = vector_columns(new.vectors.shape[1])
    return [
        _passage_row(record, n, new.interview, new.passages[n], asked[n] or NO_ROW, rows[n])
        | {"vector": new.vectors[n].astype(FLOAT).astype("float32").tolist()}
        | _blob(to_blob(new.sentence_vectors[n]), columns, record)
        for n in range(len(new.passages))
    ]


def passage_of(row: Row, id: str, dimension: int) -> StoredPassage:
    """Read a passage of the interview with this id.

    Raises:
        LibraryDamaged: It is not as it was written.
    """
    try:
        spans = tuple((int(start), int(end)) for start, end in json.loads(row["sentences"]))
        blob = b"".join(base64.b64decode(row[column]) for column in vector_columns(dimension))
        vectors = from_blobs([blob], dimension)
        if len(vectors) != len(spans):
            raise ValueError("sentences and their vectors don't agree")
        passage, role = Passage(id, int(row["turn"]), spans), Role(row["role"])
    except (ValueError, TypeError) as error:
        raise LibraryDamaged(f"the archive is damaged: a passage of {id!r}: {error}; add it again") from error
    (vector,) = from_blobs([to_blob(_floats(row["vector"]))], dimension)
    return StoredPassage(int(row["row"]), passage, role, int(row["asked"]) or None, vector, vectors)


def stems_of(interview: Interview, passage: Passage) -> str:
    """Return a passage's stems with spaces between, as far as they fit."""
    joined = " ".join(stems(unstamped(interview, (passage.start, passage.end))))
    return joined.encode()[: LONGEST["text"]].decode("utf-8", "ignore")


def _row(key: str, part: int, version: int, record: str, data: str) -> Row:
    return {"key": key, "part": part, "version": version, "record": record, "data": data, "vector": NOTHING}


def _passage_row(record: Record, n: int, interview: Interview, passage: Passage, asked: int, row: int) -> Row:
    turn = interview.turns[passage.turn]
    return {
        "key": record.version + n,
        "row": row,
        "version": record.version,
        "turn": passage.turn,
        "asked": asked,
        "speaker": speaker_code(turn.speaker or ""),
        "role": turn.role.value,
        "first_day": first_day(record.date) if record.date else "",
        "last_day": last_day(record.date) if record.date else "",
        "sentences": json.dumps(passage.sentences, separators=(",", ":")),
        "stems": stems_of(interview, passage),
    }


def _blob(blob: bytes, columns: Sequence[str], record: Record) -> Row:
    if len(blob) > BLOB_BYTES * len(columns):
        raise LibraryError(f"{record.title!r}: a passage has too many sentences for an archive in Milvus")
    pieces = [blob[n * BLOB_BYTES : (n + 1) * BLOB_BYTES] for n in range(len(columns))]
    return {column: base64.b64encode(piece).decode() for column, piece in zip(columns, pieces, strict=True)}


def _floats(values: Sequence[float]) -> Vectors:
    import numpy as np

    return np.array(values, np.float32)


@cache
def _interviews() -> TypeAdapter[Interview]:
    from pydantic import TypeAdapter

    return TypeAdapter(Interview)


@cache
def _records() -> TypeAdapter[Record]:
    from pydantic import TypeAdapter

    return TypeAdapter(Record)


@cache
def _states() -> TypeAdapter[State]:
    from pydantic import TypeAdapter

    return TypeAdapter(State)
