"""One visitor's conversation: the questions put so far, and which interviews they are put to."""

from __future__ import annotations

from dataclasses import dataclass

from rag.questions import REMEMBERED
from ui.render import Exchange, exchange_html

LONGEST_HISTORY = REMEMBERED
"""Exchanges kept in a conversation; the oldest go first."""


@dataclass(slots=True)
class Talk:
    """One visitor's conversation.

    A visitor chooses interviews, or begins anew, while a question is being answered. What is done then shares the one
    conversation: each changes its own part of it as it stands, so that nothing brings back what was changed meanwhile.
    """

    exchanges: tuple[Exchange, ...] = ()
    scope: tuple[str, ...] = ()
    """The interviews to ask; empty means all."""
    reading: str = ""
    """The interview that was opened last in the transcript pane."""

    @property
    def html(self) -> str:
        """The conversation as the page shows it."""
        return "".join(exchange_html(exchange) for exchange in self.exchanges)

    def begin(self, question: str) -> Exchange | None:
        """Put a question after the last; None where it is that one, still open: a second click on the button."""
        last = self.exchanges[-1] if self.exchanges else None
        if last and last.question == question and last.open:
            return None
        exchange = Exchange(last.number + 1 if last else 1, question)
        self.exchanges = (*self.exchanges, exchange)[-LONGEST_HISTORY:]
        return exchange

    def end(self, exchange: Exchange, outcome: Exchange) -> None:
        """Put the outcome in the place of its question, which has none where the talk was begun anew meanwhile."""
        self.exchanges = tuple(outcome if one is exchange else one for one in self.exchanges)

    def before(self, exchange: Exchange) -> tuple[Exchange, ...]:
        """Return the exchanges before this one, but for those that came to nothing."""
        return tuple(one for one in self.exchanges if one.number < exchange.number and one.trouble is None)
