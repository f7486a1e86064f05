"""What a page keeps of an archive in Milvus: a record of each interview, as it was at a revision.

In: the archive's records. Out: which versions count, what an addition would do, and a scope as a filter.
All of it is in the archive, and read from there again whenever anybody has written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from rag.datatypes import Interview, Passage, Role, Scope
from rag.dates import first_day, last_day, overlaps, require_dates
from rag.errors import UnknownInterview
from rag.keeping import adds, of_same_words
from rag.milvus.rows import Record, speaker_code, stems_of
from rag.milvus.terms import Statistics
from rag.speakers import meant_by
from rag.store import EVERYTHING, Added, Given, Outcome

NOWHERE = "row < 0"
"""A filter that picks nothing."""


class Records:
    """The records of an archive. Of several with one id, one counts, and every page takes the same."""

    def __init__(self) -> None:
        """Start with none."""
        self._all: dict[int, Record] = {}
        self._counting: dict[str, Record] = {}
        self._ids: dict[str, str] = {}
        self.statistics = Statistics(0, 0)

    def __len__(self) -> int:
        """Count the interviews."""
        return len(self._counting)

    def __contains__(self, id: object) -> bool:
        """Tell whether there is an interview with that id."""
        return id in self._counting

    def in_order(self) -> list[Record]:
        """Return the records that count, in the order in which interviews were first added."""
        return self.within(EVERYTHING)

    @property
    def versions(self) -> frozenset[int]:
        """All versions that have a record, also those that don't count."""
        return frozenset(self._all)

    def superseded(self) -> list[Record]:
        """Return the records that don't count: of versions that were replaced, or came second."""
        return [r for r in self._all.values() if self._counting[r.id] is not r]

    def follow(self, versions: Collection[int], new: Iterable[Record]) -> None:
        """Take in what others wrote: all versions that there are, and the records that were not known."""
        known = self._all | {record.version: record for record in new}
        self._all, self._counting, self._ids, self.statistics = {}, {}, {}, Statistics(0, 0)
        held = (record for version, record in known.items() if version in versions)
        for record in sorted(held, key=lambda r: (r.number, -r.version)):
            self._all[record.version] = record
            if record.id not in self._counting:  # who came first has the id, in its latest version
                self._count(record)

    def include(self, record: Record) -> None:
        """Take in a record that this process has written, in place of the one with its id."""
        if record.id in self._counting:
            self.leave_out([self._counting[record.id].version])
        self._all[record.version] = record
        self._count(record)

    def leave_out(self, versions: Iterable[int]) -> None:
        """Forget versions that this process has taken out."""
        self.follow(self._all.keys() - set(versions), ())

    def of(self, id: str) -> Record:
        """Return an interview's record.

        Raises:
            UnknownInterview: There is none with that id.
        """
        if id not in self._counting:
            raise UnknownInterview(
                f"no interview with the id {id!r} in the archive: `onrecord list` shows those there are"
            )
        return self._counting[id]

    def id_of(self, version: int) -> str | None:
        """Return the id of the interview of which this is the version that counts, None if it is of none."""
        record = self._all.get(version)
        return record.id if record and self._counting[record.id] is record else None

    def all_of(self, id: str) -> list[int]:
        """Return all versions with an id, also those that don't count."""
        return [r.version for r in self._all.values() if r.id == id]

    def plan(self, interview: Interview, given: Given) -> Added:
        """Say what adding an interview would do."""
        if interview.origin is not None and (same := self._ids.get(_origin_key(interview.origin))):
            known = self._counting[same].given
            unchanged = known.everything == given.everything and not adds(given.corrections, known.corrections)
            return Added(same, Outcome.UNCHANGED if unchanged else Outcome.UPDATED)
        if same := self._ids.get(given.content.hex()):
            found = self._counting[same]
            return Added(same, of_same_words(found.origin, found.corrections, interview, given))
        id, n = interview.id, 1
        while id in self._counting:
            n += 1
            id = f"{interview.id}-{n}"
        return Added(id, Outcome.ADDED)

    def is_second(self, own: Record, writing: Collection[int]) -> bool:
        """Tell whether ``own`` has to give way to the same interview, or the same id, of somebody else.

        It does to one that is settled, and of two whose writers are still at it, the later one does.
        """
        others = (r for r in self._all.values() if r.number != own.number and (r.id == own.id or _alike(r, own)))
        return any(r.version not in writing or r.number < own.number for r in others)

    def _count(self, record: Record) -> None:
        self._counting[record.id] = record
        if record.origin is not None:
            self._ids.setdefault(_origin_key(record.origin), record.id)
        self._ids.setdefault(record.content, record.id)
        whole = self.statistics
        self.statistics = Statistics(whole.passages + record.passages, whole.stems + record.stems)

    def within(self, scope: Scope) -> list[Record]:
        """Return the records that a scope's ids and dates let in, whoever speaks in them, in order.

        Raises:
            UnknownInterview: The scope names an interview that isn't there.
            QuestionError: The scope has a date that is none.
        """
        require_dates(scope.since, scope.until)
        named = {id: self.of(id) for id in scope.interviews} or self._counting
        chosen = (record for record in named.values() if overlaps(record.date, scope.since, scope.until))
        return sorted(chosen, key=lambda r: (r.number, r.id))

    def conditions(self, scope: Scope, role: Role | None) -> list[str]:
        """Return the filters that a scope and a role come to.

        Raises:
            UnknownInterview: The scope names an interview that isn't there.
            QuestionError: The scope has a date that is none.
        """
        require_dates(scope.since, scope.until)
        conditions = []
        if scope.interviews:
            conditions.append(one_of("version", [self.of(id).version for id in scope.interviews]))
        if scope.since or scope.until:
            conditions.append('last_day != ""')
        if scope.since:
            conditions.append(f'last_day >= "{first_day(scope.since)}"')
        if scope.until:
            conditions.append(f'first_day <= "{last_day(scope.until)}"')
        if scope.speakers:
            names = {name for record in self.within(scope) for name in record.speakers}
            chosen = {speaker_code(one) for name in scope.speakers for one in meant_by(name, names)}
            conditions.append(one_of("speaker", sorted(chosen)))
        if role is not None:
            conditions.append(f'role == "{role.value}"')
        return conditions


def described(interview: Interview, given: Given, passages: Sequence[Passage], version: int, number: int) -> Record:
    """Describe a version of an interview, but for the parts that it is written in."""
    return Record(
        version=version,
        number=number,
        id=interview.id,
        title=interview.title,
        outlet=interview.outlet,
        date=interview.date,
        origin=interview.origin,
        words=interview.words,
        interviewees=interview.interviewees,
        speakers=interview.speakers(),
        content=given.content.hex(),
        everything=given.everything.hex(),
        digest="",
        corrections=given.corrections,
        parts=0,
        passages=len(passages),
        stems=sum(len(stems_of(interview, passage).split()) for passage in passages),
    )


def one_of(column: str, numbers: Sequence[int]) -> str:
    """Return the filter that picks rows with one of these numbers."""
    return f"{column} in [{', '.join(map(str, numbers))}]" if numbers else NOWHERE


def _alike(one: Record, two: Record) -> bool:
    return one.content == two.content or (one.origin is not None and one.origin == two.origin)


def _origin_key(origin: str) -> str:
    return f"from {origin}"
