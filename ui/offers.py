"""Questions that the page offers: a library and what was asked in, questions to start with or to ask next out."""

from __future__ import annotations

from collections.abc import Sequence

from rag.datatypes import Answer
from rag.words import content_words, stems
from ui.desk import AnyLibrary, Summarised
from ui.render import NEXT_QUESTIONS, Exchange

EXAMPLES = 5
"""Questions offered before the first one."""


def to_start_with(library: AnyLibrary, summaries: Sequence[Summarised]) -> tuple[str, ...]:
    """Return questions to start with, in turn from each interview; among several, none that says "you" to one."""
    each = [library.suggestions(summary.id) for summary in summaries[:EXAMPLES]]
    if len(summaries) > 1:
        each = [tuple(question for question in own if "you" not in question.lower()) for own in each]
    rounds = [questions[i] for i in range(EXAMPLES) for questions in each if i < len(questions)]
    return tuple(dict.fromkeys(rounds))[:EXAMPLES]


def to_follow(library: AnyLibrary, answer: Answer, exchanges: Sequence[Exchange]) -> tuple[str, ...]:
    """Return what one might ask next: the same interview's questions about what was not asked yet.

    Those that were offered just before come last, so that the offer changes.
    """
    nearest = (*answer.quotes, *answer.closest)
    if not nearest:
        return ()
    names = nearest[0].interview.interviewees
    earlier = [exchange.answer for exchange in exchanges if exchange.answer is not None]
    asked = {_topic(text, names) for one in (*earlier, answer) for text in (one.question, one.meant)}
    fresh = [q for q in library.suggestions(nearest[0].interview.id) if _topic(q, names) not in asked]
    offered = exchanges[-1].following if exchanges else ()
    return tuple(sorted(fresh, key=lambda question: question in offered)[:NEXT_QUESTIONS])


def _topic(question: str, names: Sequence[str]) -> frozenset[str]:
    """Return the stems that carry a question, without the names of those it is put to."""
    return frozenset(stems(" ".join(content_words(question)))) - frozenset(stems(" ".join(names)))
