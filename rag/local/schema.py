"""The library's SQLite database: its tables, how it is opened, and what its errors mean to a person.

In: a folder, or nothing for a library in memory. Out: a connection that is ready for use.

Durability: the journal is a write-ahead log that is synced at every commit, so a commit survives
kill -9 and a power cut, and readers never wait for a writer.
"""

from __future__ import annotations

import os
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from rag.errors import LibraryDamaged, LibraryError, LibraryTooNew

DATABASE = "library.db"
APPLICATION_ID = 0x6F6E7263
"""Marks the file as ours: "onrc" in ASCII."""
BUSY_SECONDS = 60.0
"""How long to wait for another process that is writing."""
CACHE_KIB = 16 * 1024
LOG_BYTES = 64 << 20
"""To what size the log is cut back after a large write."""

TOKENIZER = "porter unicode61 remove_diacritics 2"

VERSIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE library (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            model TEXT NOT NULL,
            dimension INTEGER NOT NULL,
            revision INTEGER NOT NULL,    -- counts the writes
            generation TEXT NOT NULL      -- another one for every set of vectors
        ) STRICT""",
        """CREATE TABLE snapshot (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            name TEXT NOT NULL,           -- of the index file beside the database
            crc INTEGER NOT NULL,         -- of that file
            revision INTEGER NOT NULL,    -- of the library when it was made
            facts BLOB NOT NULL           -- what a search needs to know of each passage in it, as .npz
        ) STRICT""",
        """CREATE TABLE interviews (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            title TEXT NOT NULL,
            outlet TEXT,
            date TEXT,
            url TEXT,
            origin TEXT UNIQUE,
            times TEXT NOT NULL,          -- JSON [[offset, seconds], ...]
            pages TEXT NOT NULL,          -- JSON [[offset, page], ...]
            descriptions TEXT NOT NULL,   -- JSON [[speaker, what they are], ...]
            corrections TEXT NOT NULL,    -- JSON {speaker: role}
            words INTEGER NOT NULL,
            content BLOB NOT NULL,        -- SHA-256 of text and turns as they were given
            everything BLOB NOT NULL,     -- SHA-256 of those and of what is known about them
            first INTEGER NOT NULL,       -- its passages are the rows from first
            past INTEGER NOT NULL,        -- to before past
            revision INTEGER NOT NULL,
            digest BLOB NOT NULL,         -- SHA-256 of the text
            text TEXT NOT NULL            -- last, so that the rest is read without it
        ) STRICT""",
        "CREATE INDEX interviews_content ON interviews (content)",
        "CREATE INDEX interviews_date ON interviews (date)",
        "CREATE INDEX interviews_revision ON interviews (revision, first, past)",
        """CREATE TABLE turns (
            interview INTEGER NOT NULL REFERENCES interviews ON DELETE CASCADE,
            turn INTEGER NOT NULL,
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL,
            speaker TEXT,
            role TEXT NOT NULL,
            section TEXT,
            PRIMARY KEY (interview, turn)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE passages (
            row INTEGER PRIMARY KEY AUTOINCREMENT,   -- never given out twice
            interview INTEGER NOT NULL,
            turn INTEGER NOT NULL,
            sentences TEXT NOT NULL,      -- JSON [[start, end], ...]
            asked INTEGER,
            FOREIGN KEY (interview, turn) REFERENCES turns ON DELETE CASCADE
        ) STRICT""",
        "CREATE INDEX passages_turn ON passages (interview, turn)",
        """CREATE TABLE passage_vectors (
            row INTEGER PRIMARY KEY REFERENCES passages ON DELETE CASCADE,
            vector BLOB NOT NULL          -- little-endian float16
        ) STRICT""",
        """CREATE TABLE sentence_vectors (
            row INTEGER PRIMARY KEY REFERENCES passages ON DELETE CASCADE,
            vectors BLOB NOT NULL         -- little-endian float16, one sentence after the other
        ) STRICT""",
        f"CREATE VIRTUAL TABLE words USING fts5 (text, content = '', tokenize = '{TOKENIZER}')",
        """CREATE TABLE removed (
            interview INTEGER PRIMARY KEY,
            revision INTEGER NOT NULL
        ) STRICT""",
        "CREATE INDEX removed_revision ON removed (revision)",
    ),
    (
        "ALTER TABLE interviews ADD COLUMN author TEXT",
        # JSON of what a person said about the source, heeded when it is read again
        "ALTER TABLE interviews ADD COLUMN told TEXT NOT NULL DEFAULT '{}'",
    ),
)
"""What each version of the library adds to the one before; ``user_version`` counts them."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An open library. The connection may be used from any thread, one at a time."""

    connection: sqlite3.Connection
    refusal: str
    """Why it can't be written, "" if it can."""


def connect(folder: Path | None, read_only: bool) -> Opened:
    """Open the library in ``folder``, made if it isn't there; None means one in memory.

    One that can't be written is opened for reading.

    Raises:
        LibraryError: The folder can't be used.
        LibraryDamaged: What is there is not what was written.
        LibraryTooNew: A newer version has written it.
    """
    if folder is None:
        opened = Opened(_open(":memory:", uri=False), "")
    else:
        with explained(folder):
            opened = _connect_read_only(folder, "it was opened for reading") if read_only else _connect(folder)
    try:
        with explained(folder):
            _prepare(opened, str(folder))
    except BaseException:
        opened.connection.close()
        raise
    return opened


def stamp(folder: Path) -> tuple[int, ...]:
    """Return what changes when a library's files do; SQLite can't tell where it has no log to share."""
    numbers: list[int] = []
    for file in (f"{folder}/{DATABASE}", f"{folder}/{DATABASE}-wal"):  # asked so often that a Path each would tell
        with suppress(FileNotFoundError):
            state = os.stat(file)
            numbers += (state.st_mtime_ns, state.st_size)
    return tuple(numbers)


@contextmanager
def transaction(connection: sqlite3.Connection, *, wait: bool = True) -> Iterator[None]:
    """Hold the library for writing: all that is done inside is kept, or on any error nothing."""
    if not wait:
        connection.execute("PRAGMA busy_timeout = 0")
    try:
        connection.execute("BEGIN IMMEDIATE")
    finally:
        connection.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[int]:
    """Hold the library for changing what it says, as ``transaction`` does; yield the revision that comes of it."""
    with transaction(connection):
        statement = "UPDATE library SET revision = revision + 1 RETURNING revision"
        yield connection.execute(statement).fetchall()[0][0]


@contextmanager
def reading(connection: sqlite3.Connection) -> Iterator[None]:
    """See one state of the library throughout, whatever others write meanwhile."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("COMMIT")


@contextmanager
def explained(folder: Path | None) -> Iterator[None]:
    """Turn the errors of SQLite and of the file system into the library's own, each saying what to do."""
    where = f"the library in {folder}" if folder else "the library in memory"
    try:
        yield
    except sqlite3.Error as error:
        raise _explain(error, where) from error
    except OSError as error:
        raise LibraryError(f"{where} can't be used: {error.strerror or error}") from error


def _explain(error: sqlite3.Error, where: str) -> LibraryError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    match code:
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return LibraryDamaged(
                f"{where} is damaged ({error}); nothing was overwritten: put back a copy of {DATABASE}, "
                "or name a new folder and add the interviews again"
            )
        case sqlite3.SQLITE_FULL:
            return LibraryError(f"the disk is full, and {where} is as it was: make room and try again")
        case sqlite3.SQLITE_READONLY:
            return LibraryError(f"{where} can't be written, only read: name another with --library")
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return LibraryError(f"another process has been writing to {where} for long: try again when it is done")
        case sqlite3.SQLITE_IOERR:
            return LibraryError(f"the disk failed or is full ({error}), and {where} is as it was: check it, try again")
        case sqlite3.SQLITE_CANTOPEN:
            return LibraryError(f"{where} can't be opened: check that you may read and write there")
    return LibraryError(f"{where} can't be used: {error}")


def _open(target: str, *, uri: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(
        target, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, uri=uri, cached_statements=64
    )
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    except BaseException:
        connection.close()
        raise
    return connection


def _connect(folder: Path) -> Opened:
    path = folder / DATABASE
    if folder.exists() and not folder.is_dir():
        raise LibraryError(f"{folder} is a file, and a library is a folder: name another with --library")
    if path.exists() and not os.access(path, os.W_OK):
        return _connect_read_only(folder, f"you may not write to {path}")
    folder.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size == 0 and any(folder.glob("vectors-*")):
        raise LibraryDamaged(f"the library in {folder} is damaged: {DATABASE} is empty; put back a copy of it")
    try:
        connection = _open(str(path), uri=False)
        try:
            if not _is_foreign(connection):
                connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA fullfsync = ON")
            connection.execute(f"PRAGMA journal_size_limit = {LOG_BYTES}")
        except BaseException:
            connection.close()
            raise
    except sqlite3.OperationalError as error:
        # No right to write the folder, or no room in it for a log: what is there may be read all the same.
        if not path.exists() or path.stat().st_size == 0 or error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            raise
        return _connect_read_only(folder, str(_explain(error, f"the library in {folder}")))
    return Opened(connection, "")


def _connect_read_only(folder: Path, refusal: str) -> Opened:
    path = folder / DATABASE
    if not path.exists():
        raise LibraryError(f"there is no library in {folder}: name another with --library")
    address = path.resolve().as_uri()
    try:
        connection = _readable(f"{address}?mode=ro")
    except sqlite3.OperationalError:
        # A log can't be shared in a folder that can't be written. Without one the file is all there is.
        log = path.with_name(path.name + "-wal")
        if log.exists() and log.stat().st_size:
            raise
        connection = _readable(f"{address}?immutable=1")
    return Opened(connection, refusal)


def _readable(address: str) -> sqlite3.Connection:
    """Open a database for reading, and close it again where nothing can be read in it."""
    connection = _open(address, uri=True)
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _is_foreign(connection: sqlite3.Connection) -> bool:
    ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    return not ours and connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] > 0


def _prepare(opened: Opened, where: str) -> None:
    connection = opened.connection
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if _is_foreign(connection):
        raise LibraryError(f"{where} holds a database of another program: name another folder with --library")
    if version > len(VERSIONS):
        raise LibraryTooNew(f"the library in {where} was made by a newer version of On the Record: get that one")
    if version == len(VERSIONS):
        return
    if opened.refusal:
        raise LibraryError(
            f"the library in {where} was made by an older version and has to be written: {opened.refusal}"
        )
    with transaction(connection):
        version = connection.execute("PRAGMA user_version").fetchone()[0]  # another process may have been first
        for statements in VERSIONS[version:]:
            for statement in statements:
                connection.execute(statement)
        if version == 0:
            connection.execute("INSERT INTO library VALUES (1, '', 0, 0, ?)", (uuid.uuid4().hex,))
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(VERSIONS)}")
