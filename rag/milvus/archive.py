"""An archive's state, journal and records in Milvus: what makes a write whole or not at all.

In: versions of interviews as rows. Out: the records that count, as they are now.

Milvus has no transactions, but it writes one row whole or not at all. So passages and text are written
under a version that nobody has, and the record that names the version last, in one row: what no record
names, no reader shows. The journal says which versions are coming or going; what an interrupted writer
left of them is taken away by the next write or check, once it has been quiet for ``PATIENCE``. Of two
writers that add the same interview at once, one notices and takes its own out again.

Nothing is kept here that could be out of date for longer than ``LOOK_SECONDS``: each write gives the
archive another revision, and whoever finds one reads what is new.
"""

from __future__ import annotations

import math
import random
import time
import uuid
from collections.abc import Sequence
from dataclasses import replace

from rag.errors import LibraryError, LibraryTooNew
from rag.milvus.address import Address
from rag.milvus.catalogue import Records, one_of
from rag.milvus.client import PLANNING, READING, Consistency, Milvus, Row
from rag.milvus.rows import (
    INTERVIEWS,
    JOURNAL_PART,
    RECORD_PART,
    STATE_PART,
    Record,
    State,
    journal_row,
    part_rows,
    passage_columns,
    record_of,
    state_of,
    state_row,
)

SCHEMA = 1
"""Counts the changes to what the collections hold."""
LOOK_SECONDS = 0.2
"""How long what others write may go unnoticed."""
PATIENCE = 600.0
"""Seconds after which a version in the journal is taken for an interrupted writer's."""
WRITING_SECONDS = 300.0
"""A writer that takes longer gives up, before anybody can take it for an interrupted one."""
READ_AT_ONCE = 1_000
_EPOCH = 1_767_225_600.0
"""2026-01-01: versions count milliseconds from then on."""
_ROOM = 1 << 20
"""Numbers in a millisecond; half of them for passages, the others to keep two writers apart."""


class Archive:
    """One archive, as this process sees it. Not for several threads at once."""

    def __init__(self, address: Address, *, read_only: bool) -> None:
        """Open it; nothing is made before there is something to write.

        Raises:
            LibraryError: It can't be used, or isn't there and is only to be read.
        """
        self.milvus = Milvus(address)
        self.address = address
        self.read_only = read_only
        self.state = State(SCHEMA, "", 0, 0, "")
        self.records = Records()
        self.revision = 0
        """Counts what was found to be new."""
        self._interviews = f"{address.collection}_interviews"
        self._there = False
        self._looked = float("-inf")
        self._journal: dict[int, Row] = {}
        self._last = 0
        self._unflushed = 0
        try:
            self.look(now=True)
            if read_only and not self._there:
                raise LibraryError(f"there is no archive at {address}: check the address")
        except BaseException:
            self.milvus.close()
            raise

    @property
    def passages(self) -> str:
        """The collection of passages."""
        return self.collection(self.state)

    @property
    def writers(self) -> bool:
        """Whether anybody is writing, or was interrupted not long ago."""
        return bool(self._journal)

    def look(self, *, now: bool = False) -> None:
        """Find out what others have written, if the last look was a while ago; ``now`` sees all of it."""
        if not now and time.monotonic() - self._looked < LOOK_SECONDS:
            return
        if not self._there:
            self._there = self.milvus.has(self._interviews)
            if not self._there:
                return
            self.milvus.open(self._interviews)
        state, journal = self._peek(PLANNING if now else READING)
        if state is not None and (state != self.state or journal or self._journal):
            self._take_in(state)
        self._journal = journal

    def begin(self) -> None:
        """See the archive as it is now, to write to it; take away what interrupted writers have left.

        Raises:
            LibraryError: It may only be read.
        """
        if self.read_only:
            raise LibraryError(f"the archive {self.address} was opened for reading")
        self.look(now=True)
        long_ago = _number(time.time() - PATIENCE)
        settled = [v for v in self._journal if v < long_ago]
        left = [v for v in settled if v not in self.records.versions]
        left += [r.version for r in self.records.superseded() if r.version < long_ago]
        if left:
            self.discard(left)
        if settled:
            self.put_state(self.state)
            self._close(settled)

    def prepare(self, model: str, dimension: int) -> State:
        """Make an empty collection for passages with vectors of a model; it counts once its state is put."""
        self.milvus.create(self._interviews, INTERVIEWS)
        self._there = True
        state = replace(self.state, model=model, dimension=dimension, generation=random.randrange(1, 1 << 31))
        self.milvus.create(self.collection(state), passage_columns(dimension))
        return state

    def collection(self, state: State) -> str:
        """Return the name of the collection that has a state's passages."""
        return f"{self.address.collection}_passages_{state.generation}"

    def put_state(self, state: State) -> None:
        """Write what is known of the archive as a whole, as a revision of its own."""
        self.state = replace(state, revision=uuid.uuid4().hex)
        self.milvus.put(self._interviews, state_row(self.state))
        self.revision += 1

    def fresh_version(self, room: int) -> int:
        """Return a version that no other has, with numbers for so many passages."""
        if room > _ROOM // 2:
            raise LibraryError(f"{room:,} passages are too many for one interview")
        now = _number(time.time()) + random.randrange(_ROOM // 2)
        version = max(now, self._last + 1)
        self._last = version + room
        return version

    def write(self, record: Record, parts: Sequence[str], passages: Sequence[Row]) -> bool:
        """Write a version of an interview in place of those before it; False says that another was first."""
        self.milvus.put(self._interviews, journal_row(record.version))
        started = time.monotonic()
        try:
            self.milvus.insert(self.passages, passages)
            *texts, named = part_rows(record, parts)
            self.milvus.insert(self._interviews, texts)
            if time.monotonic() - started > WRITING_SECONDS:
                raise LibraryError(f"the archive {self.address} is too slow to write to: nothing has changed")
            self.milvus.insert(self._interviews, [named])
        except BaseException:
            self._erase([record.version])
            self._close([record.version])
            raise
        state, journal = self._peek(PLANNING)
        if state is not None and (state != self.state or journal.keys() != {record.version}):
            self._take_in(state)
            if self.records.is_second(record, journal.keys()):
                self._erase([record.version])
                self._close([record.version])
                self.records.leave_out([record.version])
                return False
        replaced = [v for v in self.records.all_of(record.id) if v != record.version]
        self.records.include(record)
        if replaced:
            self.discard(replaced)
        self.put_state(self.state)
        self._close([record.version])
        self._count_written(len(passages))
        return True

    def discard(self, versions: Sequence[int]) -> None:
        """Take versions out, their records first."""
        for version in versions:
            self.milvus.put(self._interviews, journal_row(version))
        self._erase(versions)
        self.records.leave_out(versions)
        self.put_state(self.state)
        self._close(versions)

    def flush(self) -> None:
        """Seal what was written, where that makes searching quicker."""
        if self._unflushed and self.milvus.engine.flush_after is not None:
            self.milvus.flush(self.passages)
            self.milvus.flush(self._interviews)
            self._unflushed = 0

    def close(self) -> None:
        """Let go of the connection, also where what was written can't be sealed."""
        try:
            self.flush()
        finally:
            self.milvus.close()

    def parts(self, record: Record) -> list[Row]:
        """Return the rows that hold an interview's text."""
        where = f"version == {record.version} and part >= {RECORD_PART}"
        return self.milvus.query(self._interviews, where, ["part", "data"])

    def _erase(self, versions: Sequence[int]) -> None:
        chosen = one_of("version", versions)
        self.milvus.delete(self._interviews, f"{chosen} and part == {RECORD_PART}")
        self.milvus.delete(self.passages, chosen)
        self.milvus.delete(self._interviews, f"{chosen} and part > {RECORD_PART}")

    def _close(self, versions: Sequence[int]) -> None:
        self.milvus.delete(self._interviews, f"{one_of('version', versions)} and part == {JOURNAL_PART}")
        for version in versions:
            self._journal.pop(version, None)

    def _count_written(self, passages: int) -> None:
        self._unflushed += passages
        if self._unflushed >= (self.milvus.engine.flush_after or math.inf):
            self.flush()

    def _peek(self, consistency: Consistency) -> tuple[State | None, dict[int, Row]]:
        """Read the state and the journal."""
        found = self.milvus.query(self._interviews, f"part < {RECORD_PART}", ["part", "version", "data"], consistency)
        self._looked = time.monotonic()
        journal = {int(row["version"]): row for row in found if row["part"] == JOURNAL_PART}
        state = next((state_of(row) for row in found if row["part"] == STATE_PART), None)
        if state is not None and state.schema > SCHEMA:
            raise LibraryTooNew(
                f"the archive {self.address} was made by a newer version of On the Record: get that one"
            )
        return state, journal

    def _take_in(self, state: State) -> None:
        """Follow what others have written."""
        if state.generation != self.state.generation:
            self.milvus.open(self.collection(state))
        self.state = state
        self._read_records()
        self.revision += 1

    def _read_records(self) -> None:
        found = self.milvus.query(self._interviews, f"part == {RECORD_PART}", ["version"])
        versions = {int(row["version"]) for row in found}
        missing = sorted(versions - self.records.versions)
        new = []
        for start in range(0, len(missing), READ_AT_ONCE):
            where = f"part == {RECORD_PART} and {one_of('version', missing[start : start + READ_AT_ONCE])}"
            new += [record_of(row) for row in self.milvus.query(self._interviews, where, ["record"])]
        self.records.follow(versions, new)


def _number(seconds: float) -> int:
    """Return the first version of a moment, given as seconds since 1970."""
    return int((seconds - _EPOCH) * 1000) * _ROOM
