"""The page's layout, and what each of its events calls: ``Visits`` in, Gradio blocks out.

Gradio lives here and in ``page.py``. What a visitor's action leads to is in ``visits.py``, how it looks in
``render.py``, ``shelf.py`` and ``transcript_pane.py``, what the browser does in ``page.js``. The conversation is
HTML of our own rather than ``gr.Chatbot``, which renders Markdown, strips white space and loads foreign images.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import gradio as gr

from rag.errors import OnTheRecordError
from rag.payload import answer_json
from ui.desk import Busy
from ui.render import escape, waiting_html
from ui.shelf import bar_html
from ui.transcript_pane import empty_pane_html
from ui.visits import BUSY, LONGEST_QUESTION, Talk, Visits

AT_ONCE = 64
"""Events handled at the same time; they mostly wait for the library's one thread."""
LONGEST_QUEUE = 256
"""Events that may wait for that."""
CACHE_SECONDS = 600
"""How long Gradio keeps what it put on disk."""


def theme() -> gr.Theme:
    """Return the page's theme: fonts that come with Gradio, so that none is fetched."""
    fonts = [gr.themes.LocalFont("Source Sans 3"), "system-ui", "sans-serif"]
    return gr.themes.Base(font=fonts, font_mono=["ui-monospace", "monospace"], radius_size="md")


def head() -> str:
    """Return what goes into the document's head: the style, and that search engines stay out."""
    return f'<meta name="robots" content="noindex"><style>{shipped("style.css")}</style>'


@cache
def shipped(name: str) -> str:
    """Return a text file that comes with the page."""
    return files("ui").joinpath(name).read_text(encoding="utf-8")


def layout(visits: Visits, editable: bool) -> gr.Blocks:
    """Return the page as Gradio's blocks, not yet launched; ``editable`` adds the way to add interviews."""
    with gr.Blocks(
        title="On the Record", analytics_enabled=False, fill_width=True, delete_cache=(CACHE_SECONDS, CACHE_SECONDS)
    ) as page:
        talk = gr.State(Talk())
        gr.HTML(bar_html(), elem_id="bar", js_on_load=None)
        with gr.Row(elem_id="columns"):
            with gr.Column(elem_id="chat", scale=6):
                opening = gr.HTML(waiting_html(), elem_id="opening", js_on_load=None)
                shelf = gr.HTML("", elem_id="shelf", js_on_load=None)
                adding = gr.HTML("", elem_id="adding", js_on_load=None, visible=editable)
                add = gr.UploadButton("Add an interview", elem_id="add", visible=editable, size="sm")
                conversation = gr.HTML("", elem_id="conversation", js_on_load=None)
                with gr.Row(elem_id="asking"):
                    question = gr.Textbox(
                        label="Ask a question",
                        placeholder="Ask a question",
                        lines=1,
                        max_lines=6,
                        max_length=LONGEST_QUESTION,
                        elem_id="question",
                        autofocus=True,
                        scale=1,
                    )
                    send = gr.Button("Ask", elem_id="send", variant="primary", scale=0)
            with gr.Column(elem_id="side", scale=5):
                pane = gr.HTML(empty_pane_html(""), elem_id="pane", js_on_load=shipped("page.js"))
        saved = gr.HTML("", elem_id="saved", html_template="", js_on_load=_SAVE_FILE)

        async def arrive() -> AsyncIterator[tuple[Any, ...]]:
            async for welcome in visits.arrive():
                asking = gr.update(label=f"Ask {welcome.whom}", placeholder=f"Ask {welcome.whom}")
                yield welcome.opening, welcome.shelf, welcome.pane, asking

        async def ask(text: str, talk: Talk, request: gr.Request) -> AsyncIterator[tuple[Any, ...]]:
            async for now in visits.ask(talk, text, visitor(request)):
                yield "", now.html, now

        def give_up(talk: Talk) -> tuple[str, Talk]:
            now = visits.give_up(talk)
            return now.html, now

        async def open_interview(event: gr.EventData) -> str:
            return await visits.show(_field(event, "interview"))

        async def choose(talk: Talk, event: gr.EventData) -> Talk:
            return await visits.choose(talk, _field(event, "interviews"))

        def start_again(talk: Talk) -> tuple[str, Talk]:
            return "", Talk(scope=talk.scope)

        def save(talk: Talk, event: gr.EventData) -> str:
            return visits.saved(talk, _field(event, "format"))

        async def set_roles(event: gr.EventData) -> tuple[str, str]:
            return await visits.correct(_field(event, "interview"), _field(event, "roles"))

        async def add_file(path: str | None) -> AsyncIterator[tuple[Any, ...]]:
            async for step in visits.add(Path(path) if path else None):
                found = step.welcome
                shown = (found.opening, found.shelf, found.pane) if found else (gr.skip(), gr.skip(), gr.skip())
                yield escape(step.line), *shown

        async def ask_json(
            question: str, request: gr.Request, history: list[str] | None = None, interview: str | None = None
        ) -> dict[str, Any]:
            """Answer a question in the speakers' own words, as one JSON object.

            Args:
                question: what to ask
                history: earlier questions, for a follow-up
                interview: an interview's id, to ask that one alone
            """
            try:
                return answer_json(await visits.answer(question, history, interview, visitor(request)))
            except OnTheRecordError as error:
                raise gr.Error(str(error), print_exception=False) from None
            except Busy:
                raise gr.Error(BUSY, print_exception=False) from None

        quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        page.load(arrive, None, [opening, shelf, pane, question], **quiet)
        asked = gr.on([question.submit, send.click], ask, [question, talk], [question, conversation, talk], **quiet)
        asked.failure(give_up, talk, [conversation, talk], **quiet)
        pane.open_interview(open_interview, None, pane, **quiet)
        pane.choose_interviews(choose, talk, talk, **quiet)
        pane.new_conversation(start_again, talk, [conversation, talk], **quiet)
        pane.save(save, talk, saved, **quiet)
        if editable:
            pane.set_roles(set_roles, None, [pane, opening], **quiet)
            add.upload(add_file, add, [adding, opening, shelf, pane], **quiet)
        gr.api(ask_json, api_name="ask", concurrency_limit=AT_ONCE)
    page.queue(max_size=LONGEST_QUEUE, default_concurrency_limit=AT_ONCE)
    return page


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


def _field(event: gr.EventData, name: str) -> object:
    """Return what the browser sent along under ``name``; None when it didn't."""
    data = event._data
    return data.get(name) if isinstance(data, dict) else None


def visitor(request: gr.Request) -> str:
    """Return who asks: the address and the tab."""
    client = request.client
    return f"{client.host if client else ''} {request.session_hash or ''}"
