"""The transcript as it stands beside the chat: an Interview in, escaped HTML out. Pure.

Each turn's words stand in one element whose text is the transcript from ``data-start`` on, character
for character, so that ``transcript.js`` can put a ``<mark>`` around any ``(start, end)`` of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote as percent_encode

from rag.datatypes import Interview, Role, Turn
from rag.patterns import lazy
from rag.payload import clock
from ui.render import breakable, escape

LONGEST_PREFILL = 400
"""Characters of an interviewer's question that "Ask about this" puts into the question box."""

_QUESTION = lazy(r"[^.?!…]+\?")
"""A question, from the end of what stands before it; every turn's is looked for, so sentences aren't."""
MANY_SPEAKERS = 9
"""From so many on, their list may have to be scrolled, also with the keyboard."""

ROLE_NAMES = {Role.INTERVIEWER: "asks", Role.INTERVIEWEE: "answers", Role.OTHER: "other"}
_SEARCH = (
    '<div class="search" role="search"><input id="search" type="search" placeholder="Search" '
    'aria-label="Search the transcript" autocomplete="off" spellcheck="false"><span class="search-count" role="status">'
    '</span><button type="button" class="search-previous" aria-label="Previous place">\N{UPWARDS ARROW}</button>'
    '<button type="button" class="search-next" aria-label="Next place">\N{DOWNWARDS ARROW}</button></div>'
)
_BACK = '<button type="button" class="close-side">Back to the answers</button>'


def pane_html(interview: Interview, editable: bool) -> str:
    """Return the interview as a page of its own; ``editable`` adds ways to correct who is who."""
    turns = "".join(_turn(interview, i, asked) for i, asked in enumerate(interview.each_asked_before()))
    facts = [interview.outlet, interview.date, f"{interview.words:,} words"]
    shown = " \N{MIDDLE DOT} ".join(escape(fact) for fact in facts if fact)
    return (
        f'<div class="pane" data-interview="{percent_encode(interview.id, safe="")}">'
        f'<div class="pane-head">{_BACK}<h2 dir="auto">{escape(interview.title)}</h2><p class="facts">{shown}</p>'
        f"{_people(interview, editable)}{_SEARCH}</div>"
        f'<div id="transcript" role="region" aria-label="Transcript" tabindex="0">{turns}</div></div>'
    )


def empty_pane_html(line: str) -> str:
    """Return a pane that shows one line in place of a transcript."""
    return (
        '<div class="pane empty"><div id="transcript" role="region" aria-label="Transcript" tabindex="0">'
        f"<p>{escape(line)}</p></div></div>"
    )


def _turn(interview: Interview, index: int, asked: int | None) -> str:
    turn = interview.turns[index]
    before = interview.turns[index - 1] if index else None
    heading = ""
    if turn.section and (before is None or before.section != turn.section):
        heading = f'<h3 class="section" dir="auto">{escape(turn.section)}</h3>'
    at = clock(interview.time_at(turn.start))
    time = f'<time class="time">{at}</time>' if at else ""
    name = turn.speaker or ("Interviewer" if turn.role is Role.INTERVIEWER else "Unnamed speaker")
    words = breakable(interview.text[turn.start : turn.end])
    return (
        f'{heading}<div class="turn {turn.role}" id="t-{index}"><p class="speaker"><bdi>{escape(name)}</bdi>{time}'
        f'<button type="button" class="about" data-ask="{escape(prefill(interview, index, asked))}" '
        f'data-speaker="{escape(name)}">Ask about this</button></p>'
        f'<div class="said" dir="auto" data-start="{turn.start}">{words}</div></div>'
    )


def prefill(interview: Interview, index: int, before: int | None) -> str:
    """Return the question one would ask about a turn: what the interviewer asks in it, or in the one ``before``."""
    turn = interview.turns[index]
    asking = index if turn.role is Role.INTERVIEWER else before
    if asking is None:
        return f"What does {turn.speaker or 'the speaker'} say here?" if not turn.section else turn.section
    asked = _words(interview, interview.turns[asking])
    questions: Sequence[str] = _QUESTION.findall(asked)
    return (questions[-1] if questions else asked).strip()[:LONGEST_PREFILL]


def _words(interview: Interview, turn: Turn) -> str:
    return " ".join(interview.text[turn.start : turn.end].split())


def _people(interview: Interview, editable: bool) -> str:
    roles: dict[str, Role] = {}
    for turn in interview.turns:
        if turn.speaker:
            roles.setdefault(turn.speaker, turn.role)
    if not roles:
        return ""
    if not editable:
        people = "".join(
            f'<li><bdi>{escape(name)}</bdi> <span class="role">{ROLE_NAMES[role]}</span></li>'
            for name, role in roles.items()
        )
        reached = ' tabindex="0"' if len(roles) >= MANY_SPEAKERS else ""
        return f'<ul class="people" aria-label="Who speaks"{reached}>{people}</ul>'
    rows = "".join(_role_choice(name, role) for name, role in roles.items())
    return (
        f'<details class="people"><summary>Who speaks: {", ".join(f"<bdi>{escape(name)}</bdi>" for name in roles)}'
        f"</summary>{rows}"
        '<button type="button" class="save-roles">Save who asks and who answers</button></details>'
    )


def _role_choice(name: str, role: Role) -> str:
    options = "".join(
        f'<option value="{choice}"{" selected" if choice is role else ""}>{ROLE_NAMES[choice]}</option>'
        for choice in Role
    )
    return (
        f'<label class="role-choice"><bdi>{escape(name)}</bdi>'
        f'<select data-name="{escape(name)}">{options}</select></label>'
    )
