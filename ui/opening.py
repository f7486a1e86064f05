"""What stands before the first question: interviews, or why there are none, in, escaped HTML out. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from rag.datatypes import Interview
from ui.render import DOTS, escape, suggestions_html


def opening_html(interview: Interview, examples: Sequence[str]) -> str:
    """Return what stands before the first question to one interview: who is asked, when, where, what to start with."""
    names = listed(interview.interviewees) or interview.title
    what = "; ".join(filter(None, [interview.description(name) for name in interview.interviewees]))
    described = f'<p class="what"><bdi>{escape(what)}</bdi></p>' if what else ""
    title = f'<p class="title"><bdi>{escape(interview.title)}</bdi></p>'
    return _opening(f"<bdi>{escape(names)}</bdi>", f"{described}{title}{_dateline(interview)}", examples)


def opening_of_many_html(count: int, people: Sequence[str], examples: Sequence[str]) -> str:
    """Return what stands before the first question to ``count`` interviews with ``people``."""
    if not count:
        return _opening("the record", '<p class="what">There is no interview yet.</p>', ())
    what = f'<p class="what"><bdi>{escape(listed(people, most=6))}</bdi></p>' if people else ""
    return _opening(f"{count} interviews", what, examples)


def _opening(whom: str, where: str, examples: Sequence[str]) -> str:
    start = f'<h2 class="label">Questions to start with</h2>{suggestions_html(examples)}' if examples else ""
    return (
        f'<div class="opening"><h1><span class="ask">Ask</span> {whom}</h1>{where}<p class="promise">Answers are '
        "quoted word for word. What the transcript does not say, this page does not say either.</p>"
        f"{start}</div>"
    )


def waiting_html(trouble: str | None = None) -> str:
    """Return what stands before the first question while the interviews load, or why they can't."""
    heading = '<h1><span class="ask">Ask</span> the record</h1>'
    if trouble is not None:
        return f'<div class="opening">{heading}<p class="what trouble">{escape(trouble)}</p></div>'
    return (
        f'<div class="opening loading">{heading}<p class="what" role="status">'
        f"{DOTS}Reading the interviews and loading the models. You can ask already; the answer follows.</p></div>"
    )


def _dateline(interview: Interview) -> str:
    parts = [f"<bdi>{escape(interview.outlet)}</bdi>" if interview.outlet else ""]
    if interview.date:
        parts.append(f'<time datetime="{escape(interview.date)}">{escape(interview.date)}</time>')
    if interview.interviewers and interview.interviewers != (interview.outlet,):
        parts.append(f"Interviewer: <bdi>{escape(listed(interview.interviewers))}</bdi>")
    if interview.url and interview.url.startswith(("http://", "https://")):
        parts.append(f'<a href="{escape(interview.url)}" target="_blank" rel="noopener noreferrer">Source</a>')
    shown = " \N{MIDDLE DOT} ".join(part for part in parts if part)
    return f'<p class="dateline">{shown}</p>' if shown else ""


def listed(names: Sequence[str], most: int = 3) -> str:
    """Return names as a reader lists them, at most ``most`` of them."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
