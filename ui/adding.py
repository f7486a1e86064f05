"""Put many interviews into the library, or bring them up to date, each by itself, with progress.

In: files, folders, addresses, ids. Out: one line for each (or JSON), and whether all went well: what
could be added is in, whatever became of the others.
"""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from rag.datatypes import Interview, Role
from rag.errors import LibraryError, OnTheRecordError
from rag.library import Library
from rag.speakers import given_roles
from rag.store import Added, Outcome
from ui.options import Chosen
from ui.progress import weighed
from ui.sources import expanded, is_address, opened, read_one, real, reason
from ui.speakers import people
from ui.terminal import clean

ADDRESS_WEIGHT = 50_000
"""What a web page counts for beside files, whose bytes are counted."""
NO_SOURCE = (
    "it came without a file or an address, so that it can't be read again; "
    "to replace it, remove it with onrecord remove, then add its file with onrecord add"
)

SAME_WORDS = (
    "the library holds the same words already, as {id}, from {origin}, and keeps what was said of that; "
    "remove it with onrecord remove {id}, then add this file"
)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one source."""

    source: str
    outcome: str
    """What happened: added, updated, unchanged or failed."""
    id: str | None
    note: str
    """Who asks and who answers, or why it failed."""


def add_all(sources: Sequence[str], chosen: Chosen) -> list[Result]:
    """Add every interview in ``sources``, in order; a source that fails is told and passed over.

    Raises ``LibraryError`` when the library itself can't be used.
    """
    origins = {source: real(source) for source in expanded(sources)}
    if chosen.title and len(origins) > 1:
        raise click.UsageError("--title is one interview's: add the others by themselves.")
    _ = chosen.parsing  # told roles that can't be are one mistake, not one for each source
    with opened(chosen) as library:
        return _each(library, origins, chosen)


def update_all(ids: Sequence[str], chosen: Chosen) -> list[Result]:
    """Read interviews again from where they came: those with these ids, or all.

    Raises ``UnknownInterview`` for an id that is none, ``LibraryError`` as ``add_all``.
    """
    with opened(chosen) as library:
        origins = {id: library.interview(id).origin for id in ids} or {s.id: s.origin for s in library.list()}
        known = {id: origin for id, origin in origins.items() if origin and can_be_read_again(origin)}
        left = [_told(Result(id, "failed", id, NO_SOURCE), chosen) for id in ids if id not in known]
        return left + _each(library, {origin: origin for origin in known.values()}, chosen)


def correct_roles(ids: Sequence[str], chosen: Chosen) -> list[Result]:
    """Set who asks and who answers in these interviews, for good: in all or, if there is a mistake, in none.

    Raises ``UnknownInterview`` for an id that is none, ``ParseError`` for names that nobody has.
    """
    if not ids:
        raise click.UsageError("Name the interview whose roles are to be corrected; onrecord list shows the ids.")
    _ = chosen.parsing  # refuses who is told both roles
    roles = dict.fromkeys(chosen.interviewers, Role.INTERVIEWER) | dict.fromkeys(chosen.interviewees, Role.INTERVIEWEE)
    with opened(chosen) as library:
        for id in ids:
            given_roles(library.interview(id), roles)
        for id in ids:
            library.correct(id, roles)
        return [_told(Result(id, "corrected", id, people(library.interview(id))), chosen) for id in ids]


def can_be_read_again(origin: str) -> bool:
    """Tell an address or a whole path from the name of an interview that came with the project."""
    return is_address(origin) or Path(origin).is_absolute()


def _each(library: Library, sources: Mapping[str, str], chosen: Chosen) -> list[Result]:
    """Add every source, each with its origin, with a progress bar, telling each outcome."""
    options = library.heeding(chosen.parsing)
    results: list[Result] = []
    on_the_way: deque[tuple[str, str]] = deque()
    """Sources that were read, in order, each with why it failed, "" if it didn't."""

    def interviews() -> Iterator[Interview]:
        for source, origin in sources.items():
            try:
                interview = read_one(source, chosen, options(origin))
                library.plan(interview)  # refuses what no library can hold, before it is embedded among others
            except LibraryError:
                raise
            except (OnTheRecordError, OSError) as error:
                on_the_way.append((source, reason(error, source)))
            else:
                on_the_way.append((source, ""))
                yield interview

    with weighed({source: _weight(source) for source in sources}, "Adding") as done:

        def tell(added: Added | None) -> None:
            """Tell the failures up to the next source that was read, and of that one what was ``added``."""
            while on_the_way and (on_the_way[0][1] or added):
                source, reason = on_the_way.popleft()
                done(source)
                if reason:
                    results.append(_told(Result(source, "failed", None, reason), chosen))
                elif added:
                    held = library.interview(added.id)
                    if added.outcome is Outcome.UNCHANGED and _asks_otherwise(held, sources[source], chosen):
                        note = SAME_WORDS.format(id=held.id, origin=held.origin)
                        results.append(_told(Result(source, "failed", None, note), chosen))
                    else:
                        results.append(_told(Result(source, added.outcome.lower(), held.id, people(held)), chosen))
                    added = None

        for added in library.add_all(interviews()):
            tell(added)
        tell(None)
    if len(results) > 1 and not chosen.as_json:
        counts = Counter(result.outcome for result in results)
        click.echo(", ".join(f"{count} {outcome}" for outcome, count in counts.items()))
    return results


def _asks_otherwise(held: Interview, origin: str, chosen: Chosen) -> bool:
    """Tell whether a title or date was told in vain: of a file that the library knows as another's copy."""
    told = {"title": chosen.title, "date": chosen.date}
    return held.origin != origin and any(value and value != getattr(held, name) for name, value in told.items())


def _weight(source: str) -> int:
    """Return about how much there is to read."""
    return max(os.path.getsize(source), 1) if os.path.isfile(source) else ADDRESS_WEIGHT


def _told(result: Result, chosen: Chosen) -> Result:
    if not chosen.as_json:
        line = " ".join(clean(f"{result.outcome} {result.id or result.source}: {result.note}").split())
        line = line.encode("utf-8", "backslashreplace").decode()  # a name of bytes that aren't UTF-8
        click.echo(line, err=result.outcome == "failed")
    return result
