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

from rag.datatypes import Interview
from rag.errors import LibraryError, OnTheRecordError
from rag.library import Library
from rag.store import Added
from ui.options import Chosen
from ui.progress import weighed
from ui.sources import expand, is_address, opened, read_one
from ui.terminal import clean, people

ADDRESS_WEIGHT = 50_000
"""What a web page counts for beside files, whose bytes are counted."""


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
    if chosen.title and len(sources) > 1:
        raise click.UsageError("--title is one interview's: add the others by themselves.")
    from rag.parsing import origin_of

    with opened(chosen) as library:
        known = {summary.origin: summary.id for summary in library.list()}
        return _each(library, {source: known.get(origin_of(source)) for source in _expanded(sources)}, chosen)


def update_all(ids: Sequence[str], chosen: Chosen) -> list[Result]:
    """Read interviews again from where they came: those with these ids, or all.

    Raises ``UnknownInterview`` for an id that is none, ``LibraryError`` as ``add_all``.
    """
    with opened(chosen) as library:
        origins = {id: library.interview(id).origin for id in ids} or {s.id: s.origin for s in library.list()}
        known = {origin: id for id, origin in origins.items() if origin and can_be_read_again(origin)}
        return _each(library, known, chosen)


def correct_roles(ids: Sequence[str], chosen: Chosen) -> list[Result]:
    """Set who asks and who answers in these interviews, for good; raises ``UnknownInterview``."""
    if not ids:
        raise click.UsageError("Name the interview whose roles are to be corrected; onrecord list shows the ids.")
    with opened(chosen) as library:
        for id in ids:
            spoken = library.interview(id)
            library.correct(id, _meant(chosen.interviewers, spoken), _meant(chosen.interviewees, spoken))
        return [_told(Result(id, "corrected", id, people(library.interview(id))), chosen) for id in ids]


def _meant(names: Sequence[str], interview: Interview) -> list[str]:
    """Return the speakers of an interview that these names or parts of names stand for."""
    speakers = list(dict.fromkeys(turn.speaker for turn in interview.turns if turn.speaker))
    found = []
    for name in names:
        alike = [s for s in speakers if s.lower() == name.lower()] or [s for s in speakers if name.lower() in s.lower()]
        if len(alike) != 1:
            raise click.UsageError(f"Who is {name!r}? The speakers of {interview.id} are: {', '.join(speakers)}.")
        found += alike
    return found


def can_be_read_again(origin: str) -> bool:
    """Tell an address or a whole path from the name of an interview that came with the project."""
    return is_address(origin) or Path(origin).is_absolute()


def _expanded(sources: Sequence[str]) -> Iterator[str]:
    for source in dict.fromkeys(sources):
        try:
            yield from expand(source)
        except OnTheRecordError:
            yield source  # it fails again, and is told, when its turn comes


def _each(library: Library, sources: Mapping[str, str | None], chosen: Chosen) -> list[Result]:
    """Add every source with a progress bar, telling each outcome; a source that is known already has its id."""
    results: list[Result] = []
    on_the_way: deque[tuple[str, str]] = deque()
    """Sources that were read, in order, each with why it failed, "" if it didn't."""

    def interviews() -> Iterator[Interview]:
        for source, known_as in sources.items():
            try:
                interview = _read(library, source, chosen, known_as)
            except LibraryError:
                raise
            except (OnTheRecordError, OSError) as error:
                on_the_way.append((source, _reason(error, source)))
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
                    who = people(library.interview(added.id))
                    results.append(_told(Result(source, added.outcome.lower(), added.id, who), chosen))
                    added = None

        for added in library.add_all(interviews()):
            tell(added)
        tell(None)
    if len(results) > 1 and not chosen.as_json:
        counts = Counter(result.outcome for result in results)
        click.echo(", ".join(f"{count} {outcome}" for outcome, count in counts.items()))
    return results


def _read(library: Library, source: str, chosen: Chosen, known_as: str | None) -> Interview:
    """Read one source; of one that is known already, what was told about it then holds where nothing is told now."""
    options = chosen.parsing.heeding(library.interview(known_as).told) if known_as else chosen.parsing
    interview = read_one(source, chosen, options)
    library.plan(interview)  # refuses what no library can hold, before it is embedded among others
    return interview


def _weight(source: str) -> int:
    """Return about how much there is to read."""
    return max(os.path.getsize(source), 1) if os.path.isfile(source) else ADDRESS_WEIGHT


def _told(result: Result, chosen: Chosen) -> Result:
    if not chosen.as_json:
        line = " ".join(clean(f"{result.outcome} {result.id or result.source}: {result.note}").split())
        click.echo(line, err=result.outcome == "failed")
    return result


def _reason(error: OnTheRecordError | OSError, source: str) -> str:
    """Return why a source failed, without its name, which stands before it anyway."""
    message = error.strerror or str(error) if isinstance(error, OSError) else str(error)
    return message.removeprefix(f"{source}: ").removeprefix(f"{Path(source).name}: ")
