"""A conversation to keep: exchanges in, Markdown or JSON with every citation out. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence

from rag.datatypes import Quote, Status
from rag.payload import answer_json, link
from ui.markdown import address, in_line, paragraph
from ui.render import Exchange, quote_markdown, verdict
from ui.understood import differences, taken_to_mean


def talk_json(exchanges: Sequence[Exchange]) -> str:
    """Return a JSON array of the answers, each numbered as on the page."""
    answers = [answer_json(e.answer, str(e.number)) for e in exchanges if e.answer is not None]
    return json.dumps(answers, ensure_ascii=False, indent=2)


def talk_markdown(exchanges: Sequence[Exchange]) -> str:
    """Return the conversation as Markdown: each question a heading, each quote a block with its citation."""
    parts = ["# On the Record"]
    for exchange in exchanges:
        answer = exchange.answer
        if answer is None:
            continue
        parts.append(f"## {in_line(exchange.question)}")
        if meant := taken_to_mean(answer):
            parts.append(f"Taken to mean: {in_line(meant)}")
        if answer.status is not Status.ANSWERED or answer.verdict or answer.note or answer.unsure:
            parts.append(paragraph(verdict(answer, exchange.asked)))
        if answer.verdict and answer.verdict.changes:
            parts.append("\n".join(f"- {in_line(line)}" for line in differences(answer.verdict)))
        parts.extend(_quote(quote) for quote in answer.quotes)
        if answer.closest and answer.status is not Status.ANSWERED:
            parts.append("The closest passages, which may not answer it:")
            parts.extend(_quote(quote) for quote in answer.closest)
    return "\n\n".join(parts) + "\n"


def _quote(quote: Quote) -> str:
    source = link(quote)
    return quote_markdown(quote) + (f"\n> {address(source)}" if source else "")
