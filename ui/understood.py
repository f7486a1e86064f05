"""What a question was taken to mean, where a reader should know: an ``Answer`` in, a line or nothing out."""

from __future__ import annotations

import re

from rag.datatypes import Answer

_BESIDE = re.compile(r"\s*\([^()]*\)")
_WORD = re.compile(r"\w+")


def taken_to_mean(answer: Answer) -> str:
    """Return what was meant when it says something else than what was asked; empty when it doesn't.

    A follow-up that was completed and a name that was spelt otherwise do. An acronym's expansion put beside
    it in parentheses, letters' case and punctuation don't.
    """
    return "" if _told(answer.meant) == _told(answer.question) else " ".join(answer.meant.split())


def _told(text: str) -> list[str]:
    return _WORD.findall(_BESIDE.sub("", text).casefold())
