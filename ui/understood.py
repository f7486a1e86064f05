"""What a question was taken to mean, and what became of a quotation, in words for a reader.

In: an ``Answer`` or a ``Verdict``. Out: a line, or nothing where there is nothing to tell.
"""

from __future__ import annotations

import re

from rag.datatypes import Answer, Change, Finding, Verdict

_FINDINGS = {
    Finding.EXACT: "Exact: these words were said.",
    Finding.ALTERED: "Altered: something like it was said, in other words.",
    Finding.OTHER_SPEAKER: "Said, but by somebody else.",
    Finding.NOT_FOUND: "Not found: nobody says this in these interviews.",
}

_BESIDE = re.compile(r"\s*\([^()]*\)")
_WORD = re.compile(r"\w+")


def taken_to_mean(answer: Answer) -> str:
    """Return what was meant when it says something else than what was asked; empty when it doesn't.

    A follow-up that was completed and a name that was spelt otherwise do. An acronym's expansion put beside
    it in parentheses, letters' case and punctuation don't.
    """
    return "" if _told(answer.meant) == _told(answer.question) else " ".join(answer.meant.split())


def doubt(answer: Answer) -> str:
    """Return the sentence that an unsure answer is to be taken with; empty where it is sure, or is none."""
    if not answer.unsure:
        return ""
    return "Perhaps one of these answers it." if len(answer.quotes) > 1 else "Perhaps this answers it."


def finding(verdict: Verdict) -> str:
    """Return what became of a quotation; whose words they are is only told where the transcript names them."""
    told = _FINDINGS[verdict.finding]
    unnamed = verdict.quote is not None and verdict.quote.speaker is None
    return f"{told} The transcript doesn't name who says it." if unnamed else told


def differences(verdict: Verdict) -> tuple[str, ...]:
    """Return a line for each difference between a quotation and what was said."""
    return tuple(_difference(change) for change in verdict.changes)


def _difference(change: Change) -> str:
    if not change.theirs:
        return f"“{change.yours}” was not said"
    return f"“{change.yours}” → said: “{change.theirs}”" if change.yours else f"left out: “{change.theirs}”"


def _told(text: str) -> list[str]:
    return _WORD.findall(_BESIDE.sub("", text).casefold())
