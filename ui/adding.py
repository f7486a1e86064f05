"""Put many interviews into the library, or bring them up to date, one by one with progress.

In: files, folders, addresses, ids. Out: one line for each (or JSON), and whether all went well: what
could be added is in, whatever became of the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from rag.datatypes import Interview
from rag.errors import LibraryError, OnTheRecordError
from rag.library import Library
from ui.options import Chosen
from ui.sources import expand, is_address, opened, read_one
from ui.terminal import clean, counted, people


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
        return _each(
            list(_expanded(sources)),
            lambda source: _add(library, source, chosen, known.get(origin_of(source))),
            chosen,
        )


def update_all(ids: Sequence[str], chosen: Chosen) -> list[Result]:
    """Read interviews again from where they came: those with these ids, or all.

    Raises ``UnknownInterview`` for an id that is none, ``LibraryError`` as ``add_all``.
    """
    with opened(chosen) as library:
        origins = {id: library.interview(id).origin for id in ids} or {s.id: s.origin for s in library.list()}
        known = {origin: id for id, origin in origins.items() if origin and can_be_read_again(origin)}
        return _each(list(known), lambda source: _add(library, source, chosen, known[source]), chosen)


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


def _add(library: Library, source: str, chosen: Chosen, known_as: str | None) -> Result:
    """Add one source; of one that is known already, what was told about it then holds where nothing is told now."""
    options = chosen.parsing.heeding(library.interview(known_as).told) if known_as else chosen.parsing
    added = library.add(read_one(source, chosen, options))
    return Result(source, added.outcome.lower(), added.id, people(library.interview(added.id)))


def _each(sources: Sequence[str], work: Callable[[str], Result], chosen: Chosen) -> list[Result]:
    """Do the work for every source with a progress bar, telling each outcome as it comes."""
    results: list[Result] = []
    for source in counted(sources, len(sources), "Adding"):
        try:
            result = work(source)
        except LibraryError:
            raise
        except (OnTheRecordError, OSError) as error:
            result = Result(source, "failed", None, _reason(error, source))
        results.append(_told(result, chosen))
    if len(results) > 1 and not chosen.as_json:
        counts = Counter(result.outcome for result in results)
        click.echo(", ".join(f"{count} {outcome}" for outcome, count in counts.items()))
    return results


def _told(result: Result, chosen: Chosen) -> Result:
    if not chosen.as_json:
        line = " ".join(clean(f"{result.outcome} {result.id or result.source}: {result.note}").split())
        click.echo(line, err=result.outcome == "failed")
    return result


def _reason(error: OnTheRecordError | OSError, source: str) -> str:
    """Return why a source failed, without its name, which stands before it anyway."""
    message = error.strerror or str(error) if isinstance(error, OSError) else str(error)
    return message.removeprefix(f"{source}: ").removeprefix(f"{Path(source).name}: ")
