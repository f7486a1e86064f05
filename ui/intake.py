"""How an interview gets from the page into the library: an upload or a web address in, steps to tell of out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from rag.datatypes import Interview
from rag.errors import NoTurns, OnTheRecordError
from rag.parsing import AS_FOUND, parse, read
from rag.questions import is_whole
from rag.store import Added, Outcome
from ui.desk import BUSY, Busy, Desk
from ui.opening import listed
from ui.sources import is_address

LONGEST_ADDRESS = 2000
SHOWN_ADDRESS = 120
"""Characters of an address that is told back."""
NO_TURNS = (
    "It doesn't show who says what: put the speaker before each turn, as in NAME: words. "
    "One person's words alone are added with onrecord add --speaker."
)
"""The engine's own line speaks of a command's options, and nobody has typed a command here."""
_PRIVATE = ("which is refused without --allow-private", "which only onrecord add --allow-private fetches from")
"""The engine's words for an address on a private network, and the page's."""
_DONE = {Outcome.ADDED: "Added", Outcome.UPDATED: "Brought up to date", Outcome.UNCHANGED: "It is there already"}


@dataclass(frozen=True, slots=True)
class Step:
    """A step on an interview's way into the library."""

    line: str
    added: str | None = None
    """The id it is known by, when it is there."""
    refused: bool = False
    """Whether it will not be there."""


async def upload(desk: Desk, file: Path) -> AsyncIterator[Step]:
    """Read an uploaded file into the library, telling each step; the file is deleted whatever happens."""
    async for step in _steps(desk, file.name, f"Reading {file.name}", lambda: asyncio.to_thread(_read_file, file)):
        yield step


async def address(desk: Desk, typed: str) -> AsyncIterator[Step]:
    """Read the page at a web address into the library, telling each step; private addresses are refused."""
    wanted = typed.strip()
    name = wanted if len(wanted) <= SHOWN_ADDRESS else f"{wanted[:SHOWN_ADDRESS]}\N{HORIZONTAL ELLIPSIS}"
    if not is_address(wanted) or len(wanted) > LONGEST_ADDRESS or not is_whole(wanted):
        told = name if name and is_whole(name) else "That"
        yield Step(f"{told} is no web address. Give one that begins with https://", refused=True)
        return

    async def fetched() -> Interview:
        options = await desk.look(lambda library: library.heeding(AS_FOUND)(wanted))
        return await asyncio.to_thread(read, wanted, options)

    async for step in _steps(desk, name, f"Fetching {name}", fetched):
        yield step


async def _steps(desk: Desk, name: str, first: str, parsed: Callable[[], Awaitable[Interview]]) -> AsyncIterator[Step]:
    yield Step(first)
    try:
        interview = await parsed()
        speakers = listed(interview.interviewees) or "nobody by name"
        answer = "answer" if len(interview.interviewees) > 1 else "answers"
        yield Step(f"Adding {interview.title}: {speakers} {answer}, {interview.words:,} words")
        added: Added = await desk.change(lambda library: library.add(interview))
    except NoTurns:
        yield Step(f"{name} was not added. {NO_TURNS}", refused=True)
    except OnTheRecordError as error:
        yield Step(f"{name} was not added. {_reason(error, name)}", refused=True)
    except Busy:
        yield Step(f"{name} was not added. {BUSY}", refused=True)
    else:
        yield Step(f"{_DONE[added.outcome]}: {interview.title}", added.id)


def _reason(error: OnTheRecordError, name: str) -> str:
    """Return why it failed as a sentence, without the name that stands before it anyway."""
    reason = str(error).removeprefix(name).lstrip(": ").replace(*_PRIVATE)
    return f"{reason[:1].upper()}{reason[1:]}{'' if reason.endswith(('.', '?', '!')) else '.'}"


def _read_file(file: Path) -> Interview:
    try:
        return parse(file.read_bytes(), file.name)
    finally:
        file.unlink(missing_ok=True)
