"""The library behind the page, on threads of its own: calls in, what the library says out.

The page must appear before the models are loaded, and nobody's question should wait while somebody's
upload is embedded. A ``Library`` may be called from any thread, so there are three kinds of calls, each
with threads of its own and a bound on how many wait: looking, which is quick; asking, on few threads,
since each question keeps a core busy; and changing, one change after another. The models load once a
visitor sees the page or asks; a question asked before simply waits its turn.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import TYPE_CHECKING, Protocol, TypeVar

from rag.datatypes import Answer, Interview, Role, Scope
from rag.errors import OnTheRecordError
from rag.store import Added

if TYPE_CHECKING:
    from rag.parsing import ParseOptions

MOST_WAITING = 100
"""Calls of a kind that may wait at once; whoever comes later is asked to try again."""
ASKING = min(4, max(2, os.cpu_count() or 1))
"""Questions answered at the same time: two at least, so that a short one passes a long one."""
LOOKING = 2
"""Visitors who arrive or open a transcript at the same time."""
BUSY = "Many questions are being asked at this moment. Please ask again in a few seconds."
"""What a person is told when there are so many."""
WARM_UP_QUESTION = "What was said about it?"

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

    def add(self, interview: Interview) -> Added:
        """Add an interview."""

    def heeding(self, options: ParseOptions) -> Callable[[str], ParseOptions]:
        """Return what gives a source's options by its origin."""

    def correct(self, id: str, roles: Mapping[str, Role]) -> None:
        """Correct who asks and who answers."""

    def close(self) -> None:
        """Close the library."""


class Busy(Exception):
    """Too many calls wait already."""


class Desk:
    """A library that opens in the background; looking, asking and changing don't wait for each other."""

    def __init__(self, open_library: Callable[[], AnyLibrary]) -> None:
        """Start opening the library with ``open_library``, on the thread that loads."""
        self._looking, self._asking, self._changing = _Lane("look", LOOKING), _Lane("ask", ASKING), _Lane("change", 1)
        self._loading = _Lane("load", 1)
        self._opened: Future[AnyLibrary] = self._loading.start(open_library)
        self._warm: Future[None] | None = None
        self._warming = Lock()

    @property
    def is_open(self) -> bool:
        """Tell whether opening the library is over, so that nobody waits for it: it is open, or couldn't be."""
        return self._opened.done()

    def wait(self) -> None:
        """Wait until the library is open. Raises what opening it raised."""
        self._opened.result()

    async def look(self, work: Callable[[AnyLibrary], Result]) -> Result:
        """Return ``work(library)``, which needs no model. Raises ``Busy`` and what ``work`` raises."""
        found = await asyncio.wrap_future(self._looking.put(lambda: work(self._opened.result())))
        self._warmed()  # now that the visitor sees something
        return found

    async def ask(self, work: Callable[[AnyLibrary], Result]) -> Result:
        """Return ``work(library)``, which asks a question. Raises ``Busy`` and what ``work`` raises."""
        return await self._once_warm(self._asking, work)

    async def change(self, work: Callable[[AnyLibrary], Result]) -> Result:
        """Return ``work(library)``, which changes the library. Raises ``Busy`` and what ``work`` raises."""
        return await self._once_warm(self._changing, work)

    async def _once_warm(self, lane: _Lane, work: Callable[[AnyLibrary], Result]) -> Result:
        warm = self._warmed()

        def wait_and_work() -> Result:
            warm.exception()  # nobody else uses the models while they load
            return work(self._opened.result())

        return await asyncio.wrap_future(lane.put(wait_and_work))

    def close(self) -> None:
        """Drop the calls that wait, let those at work finish, and close the library."""
        for lane in (self._loading, self._changing, self._asking, self._looking):
            lane.close()
        if self._opened.done() and not self._opened.cancelled() and self._opened.exception() is None:
            self._opened.result().close()

    def _warmed(self) -> Future[None]:
        """Begin to load the models, if nobody did; return what ends when they are loaded."""
        with self._warming:
            if self._warm is None:
                self._warm = self._loading.start(self._warm_up)
            return self._warm

    def _warm_up(self) -> None:
        """Ask something once, so that a visitor's first question finds the models loaded."""
        try:
            self._opened.result().ask(WARM_UP_QUESTION)
        except OnTheRecordError:
            return  # Nobody asked: whoever asks next is told, and whoever waits for the opening too.


class _Lane:
    """Threads for one kind of call, and how many calls may wait for them."""

    def __init__(self, name: str, threads: int) -> None:
        self._threads = ThreadPoolExecutor(max_workers=threads, thread_name_prefix=name)
        self._waiting = 0
        self._counting = Lock()

    def start(self, work: Callable[[], Result]) -> Future[Result]:
        """Do the desk's own work, however many wait."""
        return self._threads.submit(work)

    def put(self, work: Callable[[], Result]) -> Future[Result]:
        """Do a visitor's work when a thread is free. Raises ``Busy``."""
        with self._counting:
            if self._waiting >= MOST_WAITING:
                raise Busy
            self._waiting += 1
        future = self._threads.submit(work)
        future.add_done_callback(self._done)
        return future

    def close(self) -> None:
        """Drop the work that waits, and let that under way finish."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _done(self, _: object) -> None:
        with self._counting:
            self._waiting -= 1
