"""Whose words a question asks for: "What did Adam say about ...?", "quotes from Ms. Lund on ...".

In: a question, the names of those who may be meant, and what they are described as. Out: the one speaker whose
words are wanted; nobody where the question merely speaks of somebody, or could mean two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.conversation.grammar import AUXILIARY, TELLING, WH
from rag.quotation import same_person

_SPEECH = (
    rf"(?:{TELLING}|believes?|recommends?|suggests?|describes?|explains?|claims?|respond|answer|consider|prefer|want|hope|"
    r"argue|see|regard|view|expect|agree|disagree|like|enjoy|mean|remember|regret|make\s+of|call|compare|put\s+it)"
)
_NAME = r"(?P<name>(?:[Mm][rs]{1,2}\.?\s+|[Dd]r\.?\s+)?[^\W\d_][\w'\u2019.-]*(?:\s+[^\W\d_][\w'\u2019.-]*){0,2}?)"
_ASKED_OF = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b(?:did|does|do|has|had|would|is|was)\s+{_NAME}\s+(?:\w+\s+)?{_SPEECH}\b",
        rf"\baccording\s+to\s+{_NAME}(?=[\s,?.]|$)(?:\s*[,?.]|\s+(?:{WH}|{AUXILIARY})\b|$)",
        rf"\b{_NAME}['\u2019]s?\s+(?:\w+\s+)?(?:opinions?|views?|thoughts?|take|stance|position|answers?|remarks?|comments?|words?)\b",
        rf"^(?:what|how|why|when|where)\s+{_NAME}\s+{_SPEECH}\b",
        rf"^(?:only\s+)?{_NAME}(?:\s+only)?\s*(?::\s|\s(?:on|about|re|regarding)\s)",
        rf"\b(?:quotes?|statements?|remarks?|words?|answers?)\s+(?:from|by|of)\s+{_NAME}(?=\s+(?:about|on|regarding)\b|[?.!]|$)",
        rf"^for\s+{_NAME},",
    )
)


def teller(question: str, speakers: Sequence[str], descriptions: Sequence[tuple[str, str]] = ()) -> str | None:
    """Return the one speaker whose words a question asks for, not one it merely speaks of.

    ``descriptions`` are pairs of a speaker and what they are: "according to the deputy secretary general".
    """
    named = _with_names(question, [(name, what) for name, what in descriptions if name in speakers])
    for pattern in _ASKED_OF:
        for match in pattern.finditer(named):
            meant = [s for s in speakers if same_person(match.group("name"), s)]
            if len(meant) == 1:
                return meant[0]
    return None


def _with_names(question: str, descriptions: Sequence[tuple[str, str]]) -> str:
    """Put a speaker's name for what they are: the whole of it, or all but its first word."""
    for name, what in descriptions:
        words = what.split()
        for form in (words, words[1:]):
            if len(form) > 1:
                question = re.sub(rf"\b(?:the\s+)?{re.escape(' '.join(form))}\b", name, question, flags=re.I)
    return question
