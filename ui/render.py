"""How an answer looks: answers and quotes in, escaped HTML out. Pure; knows nothing of Gradio.

Every word that comes from a transcript or a visitor goes through ``escape``, so that it is shown as
text. A quote's words stand alone in their element, white space and all, so that what a person copies
from the page is the transcript.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote as percent_encode

from rag.datatypes import Answer, Quote, Role, Span, Status
from rag.passages import unstamped
from rag.payload import citation, clock, link
from ui.markdown import block_quotation
from ui.understood import differences, doubt, finding, taken_to_mean

LONG_QUESTION = 180
"""An interviewer's question with more characters than this is folded."""
SCROLLED_QUESTION = 150
"""A question with more characters than this may have to be scrolled on a phone, also with the keyboard."""
NEXT_QUESTIONS = 3
"""How many questions are offered after an answer."""
DOTS = '<span class="dots" aria-hidden="true"></span>'
"""What moves while one waits."""

_LONG_RUN = re.compile(r"\S{100}(?=\S)")
_TEMPLATE_CHARACTERS = str.maketrans(
    {"{": "&#123;", "}": "&#125;", "$": "&#36;", "`": "&#96;", "\r": "&#13;", "\0": "\N{REPLACEMENT CHARACTER}"}
)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question on the page and what came of it."""

    number: int
    """From 1, in the order they were asked."""
    question: str
    answer: Answer | None = None
    """None while it is being looked for, and when there was trouble."""
    trouble: str | None = None
    """Why there is no answer: one line for the person who asked."""
    following: tuple[str, ...] = ()
    """Questions one might ask next."""
    asked: tuple[str, ...] = ()
    """The names of the people it was put to."""
    several: bool = False
    """Whether there is more than one interview, so that each quote names its own."""

    @property
    def open(self) -> bool:
        """Whether the answer is still being looked for."""
        return self.answer is None and self.trouble is None


def escape(text: str) -> str:
    """Return ``text`` so that HTML and the page's templates show it as it is, as an attribute too."""
    return html.escape(text, quote=True).translate(_TEMPLATE_CHARACTERS)


def breakable(text: str) -> str:
    """Return ``text`` escaped, with a place to break a line wherever a run without one gets too long.

    ``<wbr>`` is no character: what is copied stays the transcript's. Without it a browser measures a
    run of 100,000 letters anew for each of its lines, and freezes.
    """
    parts: list[str] = []
    here = 0
    for run in _LONG_RUN.finditer(text):
        parts.append(escape(text[here : run.end()]))
        here = run.end()
    parts.append(escape(text[here:]))
    return "<wbr>".join(parts)


def anchor(quote: Quote) -> str:
    """Return the fragment that names a quote's place: the interview's id and the quote's offsets."""
    return f"#c-{percent_encode(quote.interview.id, safe='')}-{quote.start}-{quote.end}"


def marked(text: str, start: int, spans: Iterable[Span]) -> str:
    """Return ``text``, which begins at offset ``start``, with the parts inside ``spans`` in ``<mark>``."""
    parts: list[str] = []
    here = start
    for left, right in sorted(spans):
        left, right = max(left, here), min(right, start + len(text))
        if left < right:
            parts.append(breakable(text[here - start : left - start]))
            parts.append(f"<mark>{breakable(text[left - start : right - start])}</mark>")
            here = right
    parts.append(breakable(text[here - start :]))
    return "".join(parts)


def shown(quote: Quote) -> str:
    """Return a quote's words as they are copied and spoken: where time stamps stood between them, one run of words."""
    words = unstamped(quote.interview, (quote.start, quote.end))
    return words if words == quote.text else " ".join(words.split())


def _marked(quote: Quote) -> str:
    words = unstamped(quote.interview, (quote.start, quote.end))
    markup = marked(words, quote.start, quote.highlight)
    return markup if words == quote.text else " ".join(markup.split())


def quote_markdown(quote: Quote) -> str:
    """Return a quote as a Markdown block quotation with its citation below; each line of the words kept."""
    return block_quotation(shown(quote), citation(quote))


def place(quote: Quote) -> str:
    """Return where a quote stands: section, time in the recording, page, title, outlet and date."""
    interview = quote.interview
    page = interview.page_at(quote.start)
    parts = [
        quote.section,
        clock(interview.time_at(quote.start)),
        None if page is None else f"p. {page}",
        interview.outlet,
        interview.date,
    ]
    return " \N{MIDDLE DOT} ".join(part for part in parts if part)


def exchange_html(exchange: Exchange) -> str:
    """Return one question and what came of it."""
    answer = exchange.answer
    if exchange.trouble is not None:
        body = f'<div class="reply trouble"><p class="verdict">{escape(exchange.trouble)}</p></div>'
    elif answer is None:
        body = f'<div class="reply looking"><p class="verdict">{DOTS}Looking in the transcript</p></div>'
    else:
        body = _reply(exchange, answer) + _following(exchange.following)
    told = taken_to_mean(answer) if answer is not None else ""
    meant = f'<p class="meant">Taken to mean: <bdi>{escape(told)}</bdi></p>' if told else ""
    scrolled = len(exchange.question) > SCROLLED_QUESTION or exchange.question.count("\n") > 3
    reached = ' tabindex="0"' if scrolled else ""
    return (
        f'<article class="exchange" id="x-{exchange.number}" aria-label="Question {exchange.number}" '
        f'data-say="{escape(spoken(exchange))}">'
        f'<h2 class="question" dir="auto"{reached}>{escape(exchange.question)}</h2>{meant}{body}</article>'
    )


def spoken(exchange: Exchange) -> str:
    """Return what a screen reader should say when the exchange appears."""
    if exchange.trouble is not None:
        return exchange.trouble
    if exchange.answer is None:
        return "Looking for an answer."
    answer = exchange.answer
    if answer.status is not Status.ANSWERED:
        if answer.note:
            return answer.note
        return f"{verdict(answer, exchange.asked)} {_count(len(answer.closest), 'close passage')}."
    first = answer.quotes[0]
    parts = (
        f"{_count(len(answer.quotes), 'quote')}.",
        doubt(answer),
        f"{first.speaker or 'Unnamed speaker'}: {shown(first)}",
    )
    return " ".join(filter(None, (*parts, answer.note)))


def no_answer(who: str | None = None) -> str:
    """Return the sentence for what wasn't found, which may yet be said; ``who`` is the only one to ask."""
    return f"No answer found in what {who} says." if who else "No answer found in these interviews."


def verdict(answer: Answer, asked: Sequence[str]) -> str:
    """Return the one sentence that tells how an answer is to be taken."""
    who = asked[0] if len(asked) == 1 else None
    if answer.note and answer.status is not Status.ANSWERED:
        return answer.note
    if answer.verdict:
        return finding(answer.verdict)
    if answer.status is Status.ONLY_ASKED:
        return f"{no_answer(who)} The interviewer raised it:"
    if answer.status is Status.NOT_FOUND:
        return no_answer(who)
    return " ".join(filter(None, (doubt(answer), answer.note))) or "On the record."


def _reply(exchange: Exchange, answer: Answer) -> str:
    kind = "unsure" if answer.unsure else str(answer.status).replace("_", "-")
    if answer.verdict:
        kind = f"{kind} check {str(answer.verdict.finding).replace('_', '-')}"
    told = kind != "answered" or answer.note
    said = f'<p class="verdict">{escape(verdict(answer, exchange.asked))}</p>' if told else ""
    if answer.verdict and answer.verdict.changes:
        changes = "".join(f'<li dir="auto">{breakable(line)}</li>' for line in differences(answer.verdict))
        said += f'<ul class="changes" aria-label="What differs">{changes}</ul>'
    cards = "".join(quote_html(quote, i, exchange.several) for i, quote in enumerate(answer.quotes, 1))
    closest = ""
    if answer.closest and answer.status is not Status.ANSWERED:
        first = len(answer.quotes) + 1
        near = "".join(quote_html(quote, i, exchange.several) for i, quote in enumerate(answer.closest, first))
        closest = f'<div class="closest"><h3>The closest passages, which may not answer it</h3>{near}</div>'
    return f'<div class="reply {kind}" role="group" aria-label="Answer {exchange.number}">{said}{cards}{closest}</div>'


def quote_html(quote: Quote, number: int, several: bool) -> str:
    """Return a quote as a card: what was asked, the words, who says them and where, ways to copy them."""
    speaker = quote.speaker or "Unnamed speaker"
    about = quote.interview.description(quote.speaker)
    what = f'<span class="what"><bdi>{escape(about)}</bdi></span>' if about else ""
    title = f'<cite class="title"><bdi>{escape(quote.interview.title)}</bdi></cite>' if several else ""
    asks = ' <span class="role">asks</span>' if quote.role is Role.INTERVIEWER else ""
    return (
        f'<figure class="quote {quote.role}">{_asked(quote.asked)}'
        f'<blockquote class="words" dir="auto">{_marked(quote)}</blockquote>'
        f'<figcaption><span class="who"><bdi>{escape(speaker)}</bdi>{asks}</span>{what}{title}'
        f'<span class="place"><bdi>{escape(place(quote))}</bdi></span>'
        f'<a class="cite" href="{escape(anchor(quote))}" title="Read it in the transcript" '
        f'aria-label="Read {number} in the transcript">Read {number}</a></figcaption>{_copying(quote)}</figure>'
    )


def _asked(question: str | None) -> str:
    if question is None:
        return ""
    if len(question) <= LONG_QUESTION:
        return f'<p class="asked" dir="auto"><span class="label">Asked:</span> {breakable(question)}</p>'
    return (
        f'<details class="asked"><summary><span class="label">Asked:</span> <span class="clip" dir="auto">'
        f"{breakable(question)}</span></summary></details>"
    )


def _copying(quote: Quote) -> str:
    choices = (
        ("Copy", "Copy the words", shown(quote)),
        ("Copy as Markdown", "Copy as Markdown", quote_markdown(quote)),
        ("Copy citation", "Copy citation", citation(quote)),
    )
    buttons = "".join(
        f'<button type="button" class="copy" data-copy="{escape(text)}" aria-label="{name}">{label}</button>'
        for label, name, text in choices
    )
    address = link(quote)
    source = ""
    if address is not None:
        source = f'<a class="source" href="{escape(address)}" target="_blank" rel="noopener noreferrer">Source</a>'
    return f'<div class="tools">{buttons}{source}</div>'


def _following(questions: Sequence[str]) -> str:
    if not questions:
        return ""
    return f'<div class="following"><h3>You could ask next</h3>{suggestions_html(questions)}</div>'


def suggestions_html(questions: Sequence[str]) -> str:
    """Return questions as a list of buttons that ask them."""
    items = "".join(
        f'<li><button type="button" class="ask-this" dir="auto">{escape(question)}</button></li>'
        for question in questions
    )
    return f'<ul class="suggestions">{items}</ul>'


def _count(number: int, thing: str) -> str:
    return f"{number or 'No'} {thing}{'' if number == 1 else 's'}"
