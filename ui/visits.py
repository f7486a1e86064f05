"""What happens when a visitor does something: plain values and the visitor's Talk in, escaped HTML out.

Knows nothing of Gradio. Every value may come from a raw call, so each is checked here.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote

from rag.datatypes import Answer, Role, Scope
from rag.errors import OnTheRecordError, QuestionError, UnknownInterview
from rag.questions import MAX_QUESTION, checked, is_whole, require_whole
from ui import intake, offers
from ui.desk import BUSY, AnyLibrary, Busy, Desk, Summarised
from ui.opening import listed, opening_html, opening_of_many_html, waiting_html
from ui.pace import Pace
from ui.render import Exchange
from ui.saving import talk_json, talk_markdown
from ui.shelf import shelf_html
from ui.talk import LONGEST_HISTORY, Talk
from ui.transcript_pane import empty_pane_html, pane_html

GONE_WRONG = "Something went wrong here, so the question was not answered. Please ask it again."
OUT_OF_ORDER = "The interviews can't be asked at the moment. Please tell whoever sent you here."
"""What a guest is told of trouble that isn't of their question: the reason names files and folders of the host."""
CHOSEN_GONE = "The interviews you chose are no longer there. From now on all others are asked, unless you choose some."


@dataclass(frozen=True, slots=True)
class Welcome:
    """What a visitor finds: each part as HTML, and who is asked."""

    opening: str
    shelf: str
    pane: str
    whom: str
    """Whom the question box asks."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A step on the way of a question to its answer."""

    html: str
    """The conversation."""
    shelf: str | None = None
    """The interviews to ask, where some that were chosen are gone."""
    whom: str | None = None
    """Whom the question box asks then."""


@dataclass(frozen=True, slots=True)
class Adding:
    """A step on the way of an interview into the library, or of a correction."""

    line: str
    welcome: Welcome | None = None
    """What the visitor finds when it is done."""
    refused: bool = False
    """Whether it came to nothing."""


class Visits:
    """Answers visitors out of one library."""

    def __init__(self, desk: Desk, pace: Pace | None, editable: bool) -> None:
        """Serve from ``desk`` at ``pace``; ``editable`` lets visitors add interviews and correct roles."""
        self._desk = desk
        self._pace = pace
        self._editable = editable

    async def arrive(self, scope: Sequence[str] = ()) -> AsyncIterator[Welcome]:
        """Yield what a visitor finds at once, and again when the library is open."""
        if not self._desk.is_open:
            yield Welcome(waiting_html(), "", empty_pane_html("The transcript appears here."), "the record")
        try:
            yield await self._desk.look(lambda library: self._welcome(library, scope))
        except Busy:
            yield Welcome(waiting_html(BUSY), "", empty_pane_html(BUSY), "the record")
        except OnTheRecordError as error:
            line = self.reason(error)
            yield Welcome(waiting_html(line), "", empty_pane_html("There is no transcript."), "the record")

    async def ask(self, talk: Talk, question: object, visitor: str) -> AsyncIterator[Asked]:
        """Put a question into the talk; yield how the talk looks then, and again with the answer."""
        text = question.strip() if isinstance(question, str) else ""
        if not text:
            return
        # What the conversation shows, it shows from now on: half a character in it could never be sent to a browser.
        exchange = talk.begin(text[:MAX_QUESTION].encode("utf-8", "replace").decode())
        if exchange is None:
            return
        outcome = replace(exchange, trouble=GONE_WRONG)  # what is left of it if something happens that nobody foresaw
        shelf = whom = None
        try:
            checked(text)
            if wait := self._seconds_to_wait(visitor):
                raise QuestionError(_slow_down(wait))
            yield Asked(talk.html)
            shelf, whom = await self._without_gone(talk)
            if shelf and not talk.scope:
                raise QuestionError(CHOSEN_GONE)
            outcome = await self._desk.ask(lambda library: _answered(library, exchange, talk))
        except Busy:
            outcome = replace(exchange, trouble=BUSY)
        except OnTheRecordError as error:
            outcome = replace(exchange, trouble=self.reason(error))
        finally:
            talk.end(exchange, outcome)
        yield Asked(talk.html, shelf, whom)

    async def _without_gone(self, talk: Talk) -> tuple[str, str] | tuple[None, None]:
        """Leave out of the choice which interviews are no longer there; return the shelf and whom is asked then."""
        if not talk.scope:
            return None, None
        summaries = await self._desk.look(lambda library: library.list())
        there = {summary.id for summary in summaries}
        if there.issuperset(talk.scope):
            return None, None
        talk.scope = tuple(id for id in talk.scope if id in there)
        return shelf_html(summaries, talk.scope), _whom(summaries, talk.scope)

    async def answer(self, question: object, history: object, interview: object, visitor: str) -> Answer:
        """Return the answer to one question of a program. Raises ``OnTheRecordError`` and ``Busy``."""
        if not isinstance(question, str):
            raise QuestionError("The question must be a string.")
        checked(question)
        earlier = [] if history is None else history
        if (
            not isinstance(earlier, list)
            or len(earlier) > LONGEST_HISTORY
            or not all(isinstance(q, str) and len(q) <= MAX_QUESTION for q in earlier)
        ):
            raise QuestionError(f"The history must be a list of at most {LONGEST_HISTORY} earlier questions.")
        if interview is not None and not isinstance(interview, str):
            raise QuestionError("The interview must be one interview's id, a string.")
        require_whole(interview or "", "interview's id")
        scope = Scope((interview,)) if interview else Scope()
        if wait := self._seconds_to_wait(visitor):
            raise QuestionError(_slow_down(wait))

        def ask(library: AnyLibrary) -> Answer:
            for id in scope.interviews:
                library.interview(id)  # an id that isn't there must not look like "nobody says"
            return library.ask(question, tuple(earlier), scope)

        return await self._desk.ask(ask)

    async def show(self, talk: Talk, id: object) -> str | None:
        """Return the transcript pane of the interview with this percent-encoded id.

        None where the visitor opened another one meanwhile, so that the one that is shown is the last.
        """
        name = talk.reading = _name(id)
        try:
            pane = pane_html(await self._desk.look(lambda library: library.interview(name)), self._editable)
        except UnknownInterview:
            pane = empty_pane_html("That interview is no longer there.")
        except OnTheRecordError as error:
            pane = empty_pane_html(self.reason(error))
        except Busy:
            pane = empty_pane_html(BUSY)
        return pane if talk.reading == name else None

    def reason(self, error: OnTheRecordError) -> str:
        """Return what a visitor is told of an error; where the library lies, only the host's terminal tells."""
        if self._editable or isinstance(error, (QuestionError, UnknownInterview)):
            return str(error)
        logging.getLogger(__name__).warning("%s", error)
        return OUT_OF_ORDER

    async def choose(self, talk: Talk, ids: object) -> str | None:
        """Set the interviews to ask to these percent-encoded ids, none means all; return whom the box asks then."""
        names = [_name(id) for id in ids] if isinstance(ids, list) else []
        talk.scope = tuple(dict.fromkeys(filter(None, names)))
        try:
            return await self._desk.look(lambda library: _whom(library.list(), talk.scope))
        except (Busy, OnTheRecordError):  # the choice holds, whatever the box says of it
            return None

    def saved(self, talk: Talk, form: object) -> str:
        """Return the talk as a file for the browser to keep: JSON of its name, type and text; empty for no form."""
        day = date.today().isoformat()
        if form == "json":
            kept = {"name": f"on-the-record-{day}.json", "type": "application/json", "text": talk_json(talk.exchanges)}
        elif form == "markdown":
            kept = {"name": f"on-the-record-{day}.md", "type": "text/markdown", "text": talk_markdown(talk.exchanges)}
        else:
            return ""
        return json.dumps({**kept, "at": time.time()}, ensure_ascii=False)

    async def correct(self, talk: Talk, id: object, roles: object) -> Adding:
        """Set who asks and who answers; say that it is done, or why not, and what the visitor finds then."""
        name = _name(id) if self._editable else ""
        pairs = [pair for pair in roles if isinstance(pair, list)] if isinstance(roles, list) else []
        given = {
            pair[0]: Role(pair[1])
            for pair in pairs
            if len(pair) == 2 and isinstance(pair[0], str) and pair[1] in list(Role)
        }

        def correct(library: AnyLibrary) -> Welcome:
            library.correct(name, given)
            return self._welcome(library, talk.scope, name)

        try:
            return Adding("Saved who asks and who answers.", await self._desk.change(correct))
        except OnTheRecordError as error:
            return Adding(self.reason(error), refused=True)
        except Busy:
            return Adding(BUSY, refused=True)

    async def add(self, talk: Talk, file: Path | None) -> AsyncIterator[Adding]:
        """Read an uploaded file into the library, saying how it goes; the file is deleted whatever happens."""
        if file is not None and self._editable:
            async for step in intake.upload(self._desk, file):
                yield await self._told(step, talk)

    async def add_address(self, talk: Talk, address: object) -> AsyncIterator[Adding]:
        """Read the page at a web address into the library, saying how it goes."""
        if isinstance(address, str) and self._editable:
            async for step in intake.address(self._desk, address):
                yield await self._told(step, talk)

    async def _told(self, step: intake.Step, talk: Talk) -> Adding:
        """Show the interview, once it is there; those that are asked stay the same."""
        id = step.added
        if id is None:
            return Adding(step.line, refused=step.refused)
        try:
            return Adding(step.line, await self._desk.look(lambda library: self._welcome(library, talk.scope, id)))
        except (Busy, OnTheRecordError):  # it is in, whatever there is to show of it
            return Adding(step.line)

    def _seconds_to_wait(self, visitor: str) -> int:
        return 0 if self._pace is None else self._pace.seconds_to_wait(visitor)

    def _welcome(self, library: AnyLibrary, scope: Sequence[str], shown: str | None = None) -> Welcome:
        """Return what a visitor finds: all interviews, and the transcript of ``shown``, by default the first."""
        summaries = library.list()
        examples = offers.to_start_with(library, summaries)
        if len(summaries) == 1:
            only = library.interview(summaries[0].id)
            opening = opening_html(only, examples)
        else:
            opening = opening_of_many_html(len(summaries), _people(summaries), examples)
        pane = empty_pane_html("There is no interview yet.")
        if summaries:
            pane = pane_html(library.interview(shown or summaries[0].id), self._editable)
        return Welcome(opening, shelf_html(summaries, scope), pane, _whom(summaries, scope))


def _name(id: object) -> str:
    """Return the id that was percent-encoded for the page; the empty one, which nobody has, for what can be none."""
    return unquote(id) if isinstance(id, str) and is_whole(id) else ""


def _answered(library: AnyLibrary, exchange: Exchange, talk: Talk) -> Exchange:
    """Return the exchange with its answer from the interviews that are chosen now."""
    earlier, scope = talk.before(exchange), talk.scope
    answer = library.ask(exchange.question, tuple(one.question for one in earlier), Scope(scope))
    held = library.list()
    summaries = [summary for summary in held if not scope or summary.id in scope]
    return replace(
        exchange,
        answer=answer,
        asked=_people(summaries) if all(summary.interviewees for summary in summaries) else (),
        several=len(held) > 1,
        following=offers.to_follow(library, answer, earlier),
    )


def _whom(summaries: Sequence[Summarised], scope: Sequence[str]) -> str:
    """Return whom the question box asks: the only one there is, or how many of the interviews."""
    if len(summaries) == 1:
        return listed(summaries[0].interviewees) or "the interview"
    count = len([summary for summary in summaries if not scope or summary.id in scope])
    return "the interviews" if count == len(summaries) else f"{count} of {len(summaries)} interviews"


def _people(summaries: Sequence[Summarised]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for summary in summaries for name in summary.interviewees))


def _slow_down(seconds: int) -> str:
    return f"You have asked many questions in a short time. Please wait {seconds} seconds and ask again."
