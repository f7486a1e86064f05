"""How an answer came about, for ``onrecord ask --explain``: ``Inquiry`` in; a JSON object or lines out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rag.answers import Inquiry
from rag.datatypes import Interview, Span
from ui.terminal import INDENT, Terminal, shortened

SHOWN = 5
"""Passages and sentences shown; the rest had no say."""

Json = dict[str, Any]


def explanation(inquiry: Inquiry, interview_of: Callable[[str], Interview]) -> Json:
    """Return every step as plain values: the words looked for, passages, sentences, and what decided."""
    return {
        "words": list(inquiry.terms),
        "words_nobody_says": list(inquiry.absence.words),
        "words_only_the_interviewer_says": list(inquiry.absence.only_asked),
        "passages": [
            {
                **_place(interview_of(hit.passage.interview), (hit.passage.start, hit.passage.end)),
                "role": hit.role.value,
                "score": _rounded(hit.score),
                "cosine": _rounded(hit.cosine),
                "best_sentence_cosine": _rounded(max(hit.sentence_cosines)),
                "words_matched": _rounded(hit.lexical),
                "question_asked_cosine": _rounded(hit.asked_cosine),
            }
            for hit in inquiry.hits[:SHOWN]
        ],
        "sentences": [
            {
                **_place(found.interview, found.span),
                "score": _rounded(found.score),
                "reader_evidence": _rounded(found.features.evidence),
                "reader_span": _rounded(found.features.span),
                "reader_answer": found.interview.text[slice(*found.answer)],
            }
            for found in inquiry.candidates[:SHOWN]
        ],
        "decided": inquiry.decided,
    }


def print_explanation(terminal: Terminal, inquiry: Inquiry, interview_of: Callable[[str], Interview]) -> None:
    """Print the same for a person."""
    told = explanation(inquiry, interview_of)
    terminal.say("How this came about", style="bold")
    terminal.say(f"words looked for: {', '.join(told['words']) or 'none'}", INDENT)
    terminal.say(f"of these nobody says: {', '.join(told['words_nobody_says']) or 'none'}", INDENT)
    if told["words_only_the_interviewer_says"]:
        terminal.say(f"only the interviewer says: {', '.join(told['words_only_the_interviewer_says'])}", INDENT)
    terminal.say("passages found, best first:", INDENT)
    for one in told["passages"]:
        figures = (
            f"{one['score']:.3f} = meaning {one['cosine']:.2f} and {one['best_sentence_cosine']:.2f}, "
            f"words {one['words_matched']:.2f}, question asked {one['question_asked_cosine']:.2f} ({one['role']})"
        )
        terminal.say(figures, INDENT * 2)
        terminal.say(shortened(one["text"]), INDENT * 3, "dim")
    terminal.say("sentences, as the reader judged them, best first:", INDENT)
    for one in told["sentences"]:
        figures = f"{one['score']:.3f}: evidence {one['reader_evidence']:+.1f}, span {one['reader_span']:+.1f}"
        terminal.say(f"{figures}, answering words “{shortened(one['reader_answer'])}”", INDENT * 2)
        terminal.say(shortened(one["text"]), INDENT * 3, "dim")
    terminal.say(f"confidence {inquiry.answer.confidence:.2f}; what decided: {told['decided']}", INDENT)
    terminal.say()


def _place(interview: Interview, span: Span) -> Json:
    return {"interview": interview.id, "start": span[0], "end": span[1], "text": interview.text[slice(*span)]}


def _rounded(value: float) -> float:
    return round(float(value), 4)
