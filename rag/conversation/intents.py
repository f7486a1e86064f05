"""What kind of answer a question wants: a fact, all on a topic, what was asked, whether something came up.

In: a question that stands alone, and who asks and who answers in the interviews. Out: ``Intent``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from rag.conversation.grammar import ASKERS, AUXILIARY, TELLING, WH
from rag.patterns import lazy
from rag.quotation import same_person

TOPIC_WORDS = 7
"""A text of so few words, without a question word, names a topic."""


class Intent(StrEnum):
    """What kind of answer a question wants."""

    ANSWER = "answer"
    TOPIC = "topic"
    """All that was said about something: "what did she say about ...?"."""
    ASKED = "asked"
    """The interviewer's questions: "what was she asked about ...?"."""
    MENTION = "mention"
    """Whether something came up: "did he mention ...?"."""
    QUOTATION = "quotation"
    """A pasted quotation, to be checked rather than answered."""


_INTERVIEWER = rf"(?:the\s+)?(?:{'|'.join(ASKERS)})s?"
_HOST = r"the\s+(?:interviewer|host|presenter|moderator|journalist|reporter)s?"
"""Whose words are wanted, where what they say is asked for; a host of guests may be spoken of too."""
_NO_REQUEST = rf"(?!\s+to\s+(?!{TELLING}\b|explain|describe|define|clarify|respond|name)\w)"
"""Who was asked to do something was not asked a question: "When was she asked to join the board?"."""
_POSSESSIVE = r"(?:[\w.]+(?:\s+\w+){0,2}['\u2019]s?\s+)"
_ASKED = lazy(
    rf"\b(?:was|were|is|been|being|get|got|gets)\s+(?:[\w.'\u2019]+\s+){{0,3}}?(?:asked|questioned)\b{_NO_REQUEST}|\b(?:did|does|do)\s+{_INTERVIEWER}\s+"
    rf"(?:ask|want|bring|raise|mention)|\b{_INTERVIEWER}\s+(?:asks?|asked)\b|\bquestions?\s+(?:\w+\s+){{0,4}}?(?:asked|get|got|put"
    rf"|posed|raised|about|on)\b|^(?:list|show|what\s+(?:are|were))\s+(?:me\s+)?(?:all\s+)?(?:the\s+|her\s+|his\s+)?questions\b|\b(?:did|does)\s+(?:they|he|she)\s+ask\b"
    rf"|^what(?:['\u2019]s|\s+(?:was|were|is|are))\s+(?:(?:the|his|her|their)\s+)?{_POSSESSIVE}?(?:first|last)\s+(?:\w+\s+)?questions?\b"
    rf"|^{_POSSESSIVE}(?:first\s+|last\s+)?questions\b"
    r"|^who\s+(?:asks|asked|wanted\s+to\s+know)\s+(?:about|whether|if|why|how|when|where|what|who)\b"
    rf"|^(?:(?:what|how|why)\s+)?(?:did|does|do|has|have)\s+{_HOST}\s+(?:ever\s+)?{TELLING}\b|^according\s+to\s+{_HOST}\b"
    rf"|^what\s+{_HOST}\s+{TELLING}\b",
    re.I,
)
_MENTION = lazy(
    rf"^(?:{AUXILIARY})\b.*\b(?:mention(?:ed|s)?|bring\s+up|brought\s+up|come\s+up|came\s+up|refer\s+to|touch\s+(?:up)?on|"
    r"discuss(?:ed)?|talk(?:ed)?\s+about|speak\s+(?:about|of)|say\s+anything|comment\s+on|address|cover)\b"
    r"|\b(?:any|a)\s+mentions?\s+of\b|^is\s+there\s+anything\s+(?:about|on)\b",
    re.I,
)
_TOPIC = lazy(
    rf"^what\b.*\b{TELLING}\b.*\b(?:about|on|of|regarding|concerning)\b|\b(?:opinions?|views?|thoughts?|remarks?|comments?|"
    r"(?:his|her|their|['\u2019]s)\s+(?:stance|take|position))\s+(?:about|on|of|regarding)\b|^(?:please\s+)?(?:tell|show|give)\s+(?:me|us)\b.*\b(?:about|on)\b|"
    r"^(?:everything|anything|all|quotes?|passages?)\b.*\b(?:about|on)\b|^(?:summari[sz]e|summary\s+of)\b|^how\s+(?:does|did|do)"
    r"\s+\w+\s+(?:feel|think)\s+(?:about|of)\b|^what\s+(?:about|of)\b|^what\s+(?:does|did|do)\s+[\w\s]+?\s+make\s+of\b",
    re.I,
)

_NAME_OR_ACRONYM = r"(?:\([^)]*\)|[A-Z\d][\w.'\u2019-]*|of|for|the|and|in|on|&)"
_DEFINITION = lazy(
    rf"^(?:[Ww]hat|[Ww]ho)(?:\s+(?:is|are|was|were)|['\u2019]s)\s+(?P<what>(?:an?\s+|the\s+)?(?=[A-Z\d])(?:{_NAME_OR_ACRONYM}\s*)+)"
    r"\?*$"
)
"""What is the ITPP? Who is Helen Ruddock? All that is told of it tells."""
_WHO_SAID = lazy(
    r"^who\s+(?:else\s+)?(?:(?:said|says|thinks|thought|believes|claims|claimed)\s+(?:that\s+)?(?!so\b|what\b|to\b|yes\b|no\b)"
    r"|(?:mentions|mentioned|brings\s+up|brought\s+up)\s+|(?:talks|talked|speaks|spoke)\s+(?:about|of)\s+)(?P<what>[^\s?].*?)\W*$",
    re.I,
)
"""Who said that ...? Whoever says it answers."""


def told_of(question: str) -> str | None:
    """Return what is to be told of: "the ITPP", "Helen Ruddock", what "Who mentioned ...?" names; None for others."""
    found = _DEFINITION.match(question) or _WHO_SAID.match(question)
    return found["what"].strip() if found else None


def intent_of(question: str, interviewers: Sequence[str]) -> Intent:
    """Return what kind of answer a question wants; ``interviewers`` are the names of those who ask, and outlets."""
    asker = re.search(r"\b(?:did|does)\s+(?P<name>[\w.]+(?:\s+\w+)?)\s+ask\b", question, re.I)
    if _ASKED.search(question) or (asker and any(same_person(asker.group("name"), n) for n in interviewers)):
        return Intent.ASKED
    if _MENTION.search(question):
        return Intent.MENTION
    if _TOPIC.search(question) or told_of(question):
        return Intent.TOPIC
    opening = re.search(rf"\b(?:{WH}|{AUXILIARY})\b", question, re.I)
    few = len(question.rstrip("?!. ").split()) <= TOPIC_WORDS
    return Intent.TOPIC if few and not opening else Intent.ANSWER
