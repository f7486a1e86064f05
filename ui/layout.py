"""The page's layout, and what each of its events calls: ``Visits`` in, Gradio blocks out.

Gradio lives here and in ``page.py``. What a visitor's action leads to is in ``visits.py``, how it looks in
``opening.py``, ``render.py``, ``shelf.py`` and ``transcript_pane.py``, what the browser does in ``transcript.js`` and
``page.js``. The conversation is HTML of our own rather than ``gr.Chatbot``, which renders Markdown, strips white space
and loads foreign images.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.events import api
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from rag.errors import OnTheRecordError
from rag.payload import answer_json
from rag.questions import MAX_QUESTION
from ui.desk import BUSY, Busy
from ui.opening import waiting_html
from ui.shelf import address_html, bar_html, step_html
from ui.talk import Talk
from ui.transcript_pane import empty_pane_html
from ui.visits import Adding, Visits, Welcome

AT_ONCE = 64
"""Events handled at the same time; they mostly wait for one of the library's threads."""
LONGEST_QUEUE = 256
"""Events that may wait for that."""
CACHE_SECONDS = 600
"""How long Gradio keeps what it put on disk."""


def theme() -> gr.Theme:
    """Return the page's theme: the system's fonts, until the style brings the page's own."""
    fonts = ["system-ui", "sans-serif"]
    return gr.themes.Base(font=fonts, font_mono=["ui-monospace", "monospace"], radius_size="md")


def head() -> str:
    """Return what goes into the document's head: the style, and that search engines stay out."""
    return f'<meta name="robots" content="noindex"><style>{shipped("style.css")}</style>'


def fonts() -> Mount:
    """Return the route that serves the page's own fonts."""
    return Mount("/onrecord/fonts", StaticFiles(packages=[("ui", "fonts")]))


@cache
def shipped(name: str) -> str:
    """Return a text file that comes with the page."""
    return files("ui").joinpath(name).read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Parts:
    """The page's components that events read or fill."""

    talk: gr.State
    opening: gr.HTML
    shelf: gr.HTML
    adding: gr.HTML
    add: gr.UploadButton
    conversation: gr.HTML
    question: gr.Textbox
    send: gr.Button
    pane: gr.HTML
    saved: gr.HTML


def layout(visits: Visits, editable: bool) -> gr.Blocks:
    """Return the page as Gradio's blocks, not yet launched; ``editable`` adds the way to add interviews."""
    kept = (CACHE_SECONDS, CACHE_SECONDS)
    page: gr.Blocks = gr.Blocks(title="On the Record", analytics_enabled=False, fill_width=True, delete_cache=kept)
    with page:
        _wire(page, _parts(editable), Events(visits), editable)
    page.queue(max_size=LONGEST_QUEUE, default_concurrency_limit=AT_ONCE)
    return page


def _parts(editable: bool) -> Parts:
    talk = gr.State(Talk())
    _html("bar", bar_html())
    with gr.Row(elem_id="columns"):
        with gr.Column(elem_id="chat", scale=6):
            opening, shelf = _html("opening", waiting_html()), _html("shelf")
            with gr.Row(elem_id="adds", visible=editable):
                add = gr.UploadButton("Add an interview", elem_id="add", visible=editable, size="sm", scale=0)
                _html("by-address", address_html() if editable else "")
            adding = _html("adding")
            conversation = _html("conversation")
            with gr.Row(elem_id="asking"):
                question = gr.Textbox(
                    label="Ask a question",
                    placeholder="Your question",
                    lines=1,
                    max_lines=6,
                    max_length=MAX_QUESTION,
                    elem_id="question",
                    autofocus=True,
                    scale=1,
                )
                send = gr.Button("Ask", elem_id="send", variant="primary", scale=0)
        with gr.Column(elem_id="side", scale=5):
            pane = _html("pane", empty_pane_html(""), script=shipped("transcript.js") + shipped("page.js"))
    saved = gr.HTML("", elem_id="saved", html_template="", js_on_load=_SAVE_FILE, apply_default_css=False)
    return Parts(talk, opening, shelf, adding, add, conversation, question, send, pane, saved)


def _html(name: str, value: str = "", script: str | None = None) -> gr.HTML:
    return gr.HTML(value, elem_id=name, js_on_load=script, apply_default_css=False)


def _wire(page: gr.Blocks, parts: Parts, events: Events, editable: bool) -> None:
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    # Gradio drops what comes while the one before is pending: a question then stays in its box, a tick would be lost.
    # "always_last" would send the first one's data again; two answers at once would be shown in any order.
    each: dict[str, Any] = {**quiet, "trigger_mode": "multiple"}
    talk, pane, shown = parts.talk, parts.pane, [parts.conversation, parts.talk]
    page.load(events.arrive, None, [parts.opening, parts.shelf, pane, parts.question], **quiet)
    asking = [parts.question.submit, parts.send.click]
    asked = gr.on(asking, events.put, [parts.question, talk], [parts.question, parts.shelf, *shown], **quiet)
    asked.failure(events.show_talk, talk, shown, **quiet)
    pane.open_interview(events.open_interview, talk, [pane, talk], **each)
    pane.choose_interviews(events.choose, talk, [parts.question, talk], **each)
    pane.new_conversation(events.start_again, talk, shown, **quiet)
    pane.save(events.save, talk, parts.saved, **quiet)
    if editable:
        filled = [parts.adding, parts.opening, parts.shelf, pane, parts.question]
        pane.set_roles(events.set_roles, talk, filled, **quiet)
        parts.add.upload(events.add_file, [parts.add, talk], filled, **quiet)
        pane.add_address(events.add_address, talk, filled, **quiet)
    api(events.ask, api_name="ask", concurrency_limit=AT_ONCE)


class Events:
    """Gradio's calls, put to ``Visits``; what a browser sends along is passed on unchecked, and checked there."""

    def __init__(self, visits: Visits) -> None:
        """Put every call to ``visits``."""
        self._visits = visits

    async def arrive(self) -> AsyncIterator[tuple[Any, ...]]:
        """Fill the page: opening, shelf, pane, and whom the question box asks."""
        async for welcome in self._visits.arrive():
            yield _welcomed(welcome)

    async def put(self, question: str, talk: Talk, request: gr.Request) -> AsyncIterator[tuple[Any, ...]]:
        """Put a question: empty the box once, show the conversation, and the shelf where it changes."""
        box: Any = ""
        async for step in self._visits.ask(talk, question, visitor(request)):
            if step.whom is not None:
                box = _asking(step.whom)
            yield box, gr.skip() if step.shelf is None else step.shelf, step.html, talk
            box = gr.skip()  # what was typed meanwhile
        yield *[gr.skip()] * 3, talk  # at the end Gradio sends the last of these again, over what others sent meanwhile

    async def show_talk(self, talk: Talk) -> tuple[str, Talk]:
        """Show the conversation as it is after an exception nobody foresaw."""
        return talk.html, talk

    async def open_interview(self, talk: Talk, event: gr.EventData) -> tuple[Any, Talk]:
        """Show another interview's transcript."""
        pane = await self._visits.show(talk, _field(event, "interview"))
        return gr.skip() if pane is None else pane, talk

    async def choose(self, talk: Talk, event: gr.EventData) -> tuple[Any, Talk]:
        """Choose which interviews to ask, and say so at the question box."""
        whom = await self._visits.choose(talk, _field(event, "interviews"))
        return gr.skip() if whom is None else _asking(whom), talk

    async def start_again(self, talk: Talk) -> tuple[str, Talk]:
        """Start a new conversation with the same interviews."""
        talk.exchanges = ()
        return talk.html, talk

    def save(self, talk: Talk, event: gr.EventData) -> str:
        """Give the conversation to the browser as a file."""
        return self._visits.saved(talk, _field(event, "format"))

    async def set_roles(self, talk: Talk, event: gr.EventData) -> tuple[Any, ...]:
        """Correct who asks and who answers, saying whether it went well."""
        return _filled(await self._visits.correct(talk, _field(event, "interview"), _field(event, "roles")))

    async def add_file(self, path: str | None, talk: Talk) -> AsyncIterator[tuple[Any, ...]]:
        """Add an uploaded interview, saying how it goes."""
        async for step in self._visits.add(talk, Path(path) if path else None):
            yield _filled(step)

    async def add_address(self, talk: Talk, event: gr.EventData) -> AsyncIterator[tuple[Any, ...]]:
        """Add an interview from the web, saying how it goes."""
        async for step in self._visits.add_address(talk, _field(event, "address")):
            yield _filled(step)

    async def ask(
        self,
        question: str,
        request: gr.Request,
        history: list[str] | None = None,
        interview: str | None = None,
    ) -> dict[str, Any]:
        """Answer a question in the speakers' own words, as one JSON object.

        Args:
            question: What to ask.
            request: Who asks; filled in by the server.
            history: Earlier questions, for a follow-up.
            interview: An interview's id, to ask that one alone.
        """
        try:
            return answer_json(await self._visits.answer(question, history, interview, visitor(request)))
        except OnTheRecordError as error:
            raise gr.Error(self._visits.reason(error), print_exception=False) from None
        except Busy:
            raise gr.Error(BUSY, print_exception=False) from None


_SAVE_FILE = """
watch("value", () => {
  if (!props.value) return;
  const file = JSON.parse(props.value);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([file.text], { type: file.type }));
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
});
"""


def _filled(step: Adding) -> tuple[Any, ...]:
    """Return the line that tells of a step, and what the page shows once the interview is there."""
    found = step.welcome
    if found is None:
        return step_html(step.line, step.refused), *[gr.skip()] * 4
    return step_html(step.line), *_welcomed(found)


def _welcomed(found: Welcome) -> tuple[Any, ...]:
    """Return what a visitor finds as the page's parts take it: opening, shelf, pane, and whom the question box asks."""
    return found.opening, found.shelf, found.pane, _asking(found.whom)


def _asking(whom: str) -> Any:  # noqa: ANN401 - whatever Gradio takes for an update
    """Return what the question box becomes where this is asked; what is typed in it stays."""
    return gr.update(label=f"Ask {whom}")


def _field(event: gr.EventData, name: str) -> object:
    """Return what the browser sent along under ``name``; None when it didn't."""
    data = event._data
    return data.get(name) if isinstance(data, dict) else None


def visitor(request: gr.Request) -> str:
    """Return who asks: the address and the tab."""
    client = request.client
    return f"{client.host if client else ''} {request.session_hash or ''}"
