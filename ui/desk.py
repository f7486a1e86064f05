"""The library behind the page, on a thread of its own: calls in, what the library says out.

The page must appear before the models are loaded, and many visitors ask at once while the library is
one. So one thread opens it and makes every call, in the order they come; a question asked while it
still opens simply waits its turn.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Protocol, TypeVar

from rag.datatypes import Answer, Interview, Scope
from rag.errors import OnTheRecordError

MOST_WAITING = 100
"""Calls that may wait at once; whoever comes later is asked to try again."""
WARM_UP_QUESTION = "What is this interview about?"

Result = TypeVar("Result")


class Summarised(Protocol):
    """The part of a library's summaries that the page reads."""

    @property
    def id(self) -> str:
        """The interview's id."""

    @property
    def title(self) -> str:
        """Its title."""

    @property
    def outlet(self) -> str | None:
        """Who published it."""

    @property
    def date(self) -> str | None:
        """When, as an ISO 8601 date."""

    @property
    def interviewees(self) -> Sequence[str]:
        """Who answers."""


class AnyLibrary(Protocol):
    """What the page needs of ``rag.library.Library``."""

    def list(self) -> Sequence[Summarised]:
        """Return a summary of each interview."""

    def interview(self, id: str) -> Interview:
        """Return one interview."""

    def ask(self, question: str, history: Sequence[str] = (), scope: Scope = ...) -> Answer:
        """Answer a question."""

    def suggestions(self, id: str) -> tuple[str, ...]:
        """Return example questions."""

    def add(self, interview: Interview) -> object:
        """Add an interview."""

    def correct(self, id: str, interviewers: Sequence[str] = (), interviewees: Sequence[str] = ()) -> None:
        """Correct who asks and who answers."""

    def close(self) -> None:
        """Close the library."""


class Busy(Exception):
    """Too many calls wait already."""


class Desk:
    """A library that opens in the background and answers one call after another."""

    def __init__(self, open_library: Callable[[], AnyLibrary]) -> None:
        """Start opening the library with ``open_library``, on the desk's thread."""
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="library")
        self._waiting = 0
        self._counting = Lock()
        self._opened: Future[AnyLibrary] = self._thread.submit(open_library)
        self._thread.submit(self._warm_up)

    @property
    def is_open(self) -> bool:
        """Tell whether the library is open, and calls are answered without waiting for that."""
        return self._opened.done()

    def wait(self) -> None:
        """Wait until the library is open. Raises what opening it raised."""
        self._opened.result()

    async def call(self, work: Callable[[AnyLibrary], Result]) -> Result:
        """Return ``work(library)``, made on the library's thread. Raises ``Busy`` and what ``work`` raises."""
        with self._counting:
            if self._waiting >= MOST_WAITING:
                raise Busy
            self._waiting += 1
        future = self._thread.submit(lambda: work(self._opened.result()))
        future.add_done_callback(self._done)
        return await asyncio.wrap_future(future)

    def close(self) -> None:
        """Drop the calls that wait, let the one at work finish, and close the library."""
        self._thread.shutdown(wait=True, cancel_futures=True)
        if self._opened.done() and not self._opened.cancelled() and self._opened.exception() is None:
            self._opened.result().close()

    def _done(self, _: object) -> None:
        with self._counting:
            self._waiting -= 1

    def _warm_up(self) -> None:
        """Ask something once, so that a visitor's first question finds the models loaded."""
        try:
            self._opened.result().ask(WARM_UP_QUESTION)
        except OnTheRecordError:
            return  # Nobody asked: whoever asks next is told, and whoever waits for the opening too.
