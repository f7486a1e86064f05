"""Understand a question: what it is about, who it is about, and what an earlier one lends it.

In: a question, the questions before it, the interviews. Out: ``Meant``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rag.datatypes import Interview


class Intent(StrEnum):
    """What kind of answer a question wants."""

    ANSWER = "answer"
    TOPIC = "topic"
    ASKED = "asked"
    MENTION = "mention"
    QUOTATION = "quotation"


@dataclass(frozen=True, slots=True)
class Meant:
    """A question that stands alone."""

    question: str
    intent: Intent = Intent.ANSWER
    about: tuple[str, ...] = ()
    speaker: str | None = None
    resolved: bool = False


_ASKED = re.compile(r"\b(was|were|get|got)\b.*\b(asked|question|questions)\b|\bquestions?\b.*\b(asked|get)\b", re.I)
_TOPIC = re.compile(r"\b(say|says|said|saying|think|thinks|talk|tell|mention|speak)\b.*\b(about|on|of|regarding)\b", re.I)


def understand(question: str, history: Sequence[str], interviews: Sequence[Interview]) -> Meant:
    """Return what ``question`` means."""
    if _ASKED.search(question):
        return Meant(question, Intent.ASKED)
    if _TOPIC.search(question) or len(question.split()) <= 3:
        return Meant(question, Intent.TOPIC)
    return Meant(question)
