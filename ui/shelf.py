"""The bar above the chat, the interviews one can ask, ways to add one: summaries in, escaped HTML out. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from urllib.parse import quote as percent_encode

from ui.desk import Summarised
from ui.render import breakable, escape

SIFTED_FROM = 9
"""From so many interviews on, those to ask can be searched."""


def bar_html() -> str:
    """Return the wordmark and what one can do with the conversation."""
    return (
        '<div class="bar"><p class="wordmark"><span class="dot" aria-hidden="true"></span>On the Record</p>'
        '<div class="bar-tools"><button type="button" class="read" aria-controls="side">Transcript</button>'
        '<details class="keep" hidden><summary>Save</summary><div class="choices">'
        '<button type="button" class="save" data-format="markdown">Save as Markdown</button>'
        '<button type="button" class="save" data-format="json">Save as JSON</button></div></details>'
        '<button type="button" class="fresh" aria-label="New conversation" hidden>New<span class="long"> conversation'
        "</span></button></div></div>"
        '<p id="announcer" role="status" aria-live="polite" class="unseen"></p>'
    )


def address_html() -> str:
    """Return the form that adds an interview from the web."""
    return (
        '<form class="by-address"><input type="text" inputmode="url" name="address" aria-label="Web address of an '
        'interview" placeholder="or its web address" autocomplete="off" spellcheck="false" autocapitalize="off">'
        '<button type="submit" aria-label="Add the interview at this address">Add</button></form>'
    )


def step_html(line: str, refused: bool = False) -> str:
    """Return the line that tells how adding an interview goes, or that it was refused."""
    return f'<p class="step{" refused" if refused else ""}">{breakable(line)}</p>'


def shelf_html(interviews: Sequence[Summarised], chosen: Collection[str]) -> str:
    """Return the list of interviews, those in ``chosen`` ticked (all when it is empty); nothing for only one."""
    if len(interviews) < 2:
        return ""
    rows = "".join(_row(interview, not chosen or interview.id in chosen) for interview in interviews)
    sift = '<input type="search" class="sift" placeholder="Find an interview" aria-label="Find an interview">'
    count = len([i for i in interviews if not chosen or i.id in chosen])
    return (
        '<details class="shelf"><summary>'
        f'<span class="asking">Asking {"all" if count == len(interviews) else count} of {len(interviews)} interviews'
        '</span></summary><fieldset><legend class="unseen">Interviews to ask</legend>'
        '<div class="shelf-tools"><button type="button" class="pick" data-pick="all">Ask all</button>'
        f'<button type="button" class="pick" data-pick="none">Ask none but\N{HORIZONTAL ELLIPSIS}</button>'
        f"{sift if len(interviews) >= SIFTED_FROM else ''}</div>"
        f"<ul>{rows}</ul></fieldset></details>"
    )


def _row(interview: Summarised, ticked: bool) -> str:
    facts = [", ".join(interview.interviewees), interview.outlet, interview.date]
    shown = " \N{MIDDLE DOT} ".join(escape(fact) for fact in facts if fact)
    name = percent_encode(interview.id, safe="")
    return (
        f'<li><label><input type="checkbox" class="pick-one" value="{name}"{" checked" if ticked else ""}>'
        f'<span><bdi class="title">{escape(interview.title)}</bdi><span class="facts">{shown}</span></span></label>'
        f'<button type="button" class="open" data-interview="{name}" '
        f'aria-label="Read {escape(interview.title)}">Read</button></li>'
    )
