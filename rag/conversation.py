"""Understand a question: what it is about, who it is about, and what the questions before it lend it.

In: a question, the questions before it, the interviews they are put to. Out: ``Meant``, a question that
stands alone, spelt as the interviews spell it, and what kind of answer it wants. Rules, no model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rag.datatypes import Interview, Quote
from rag.followups import Answered, stand_alone
from rag.grammar import ABOUT, AUXILIARY, TELLING, WH
from rag.lexicon import expand, lexicon, spell
from rag.phrases import Names
from rag.quotation import readings, same_person
from rag.words import content_words

QUOTED_WORDS = 4
"""So many words in quotation marks, and little else, are a quotation to check rather than a question."""
QUOTED_SHARE = 0.5
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


@dataclass(frozen=True, slots=True)
class Meant:
    """A question that stands alone."""

    question: str
    """What to search with and to show; for a quotation, the text as pasted."""
    intent: Intent = Intent.ANSWER
    about: tuple[str, ...] = ()
    """The words that carry it, without those that only frame it: "did he mention"."""
    speaker: str | None = None
    """Whose words are wanted, where the question names somebody: "What did Adam say about ...?"."""
    resolved: bool = False
    """Whether earlier questions were needed to understand it."""


_INTERVIEWER = r"(?:the\s+)?(?:interviewer|host|journalist|reporter|presenter|moderator)s?"
_ASKED = re.compile(
    rf"\b(?:was|were|is|been|being|get|got|gets)\s+(?:\w+\s+){{0,3}}?(?:asked|questioned)\b|\b(?:did|does|do)\s+{_INTERVIEWER}\s+"
    rf"(?:ask|want|bring|raise|mention)|\b{_INTERVIEWER}\s+(?:asks?|asked)\b|\bquestions?\s+(?:\w+\s+){{0,4}}?(?:asked|get|got|put"
    rf"|posed|raised|about|on)\b|\b(?:did|does)\s+(?:they|he|she)\s+ask\b",
    re.I,
)
_MENTION = re.compile(
    rf"^(?:{AUXILIARY})\b.*\b(?:mention(?:ed|s)?|bring\s+up|brought\s+up|come\s+up|came\s+up|refer\s+to|touch\s+(?:up)?on|"
    r"discuss(?:ed)?|talk(?:ed)?\s+about|speak\s+(?:about|of)|say\s+anything|comment\s+on|address|cover)\b"
    r"|\b(?:any|a)\s+mention\s+of\b|^is\s+there\s+anything\s+(?:about|on)\b",
    re.I,
)
_TOPIC = re.compile(
    rf"^what\b.*\b{TELLING}\b.*\b(?:about|on|of|regarding|concerning)\b|\b(?:opinions?|views?|thoughts?|remarks?|comments?|"
    r"(?:his|her|their|['\u2019]s)\s+(?:stance|take|position))\s+(?:about|on|of|regarding)\b|^(?:please\s+)?(?:tell|show|give)\s+(?:me|us)\b.*\b(?:about|on)\b|"
    r"^(?:everything|anything|all|quotes?|passages?)\b.*\b(?:about|on)\b|^(?:summari[sz]e|summary\s+of)\b|^how\s+(?:does|did|do)"
    r"\s+\w+\s+(?:feel|think)\s+(?:about|of)\b|^what\s+(?:about|of)\b",
    re.I,
)
_FRAME = re.compile(
    rf"^(?:(?:what|how|when|where|why|who|which)\b\s*)?(?:{AUXILIARY}\s+)?[\w\s.'\u2019-]{{0,40}}?\b{TELLING}\s+"
    r"(?:anything\s+|something\s+|much\s+)?(?:about|on|of|regarding|concerning)?\s*",
    re.I,
)
_SPEECH = (
    rf"(?:{TELLING}|believes?|recommends?|suggests?|describes?|explains?|claims?|respond|answer|consider|prefer|want|hope|"
    r"argue|see|regard|view|expect|agree|disagree)"
)


def nothing(place: int) -> Sequence[Quote]:
    """Return no quotes, where the answers to the earlier questions aren't known."""
    return ()


def understand(
    question: str, history: Sequence[str], interviews: Sequence[Interview], answered: Answered = nothing
) -> Meant:
    """Return what ``question`` means after the earlier questions of ``history``, oldest first.

    ``answered`` gives the quotes that answered one of them, by its place in ``history``. It is called only where
    the questions alone don't tell whom or what "he", "it" or "the other one" means.
    """
    asked = " ".join(question.split())
    speakers = tuple(dict.fromkeys(t.speaker for i in interviews for t in i.turns if t.speaker))
    if _is_quotation(asked, speakers):
        return Meant(question.strip(), Intent.QUOTATION, tuple(content_words(question)))
    known = lexicon(interviews)
    names = Names(known.names, speakers, known.people)
    spelt = spell(asked, known)
    whole = stand_alone(spelt, [spell(h, known) for h in history], names, answered)
    meant = expand(whole, known)
    interviewers = [name for i in interviews for name in i.interviewers]
    intent = _intent(meant, interviewers)
    wanted = {Intent.ASKED: tuple(interviewers), Intent.MENTION: ()}.get(intent, speakers)
    return Meant(meant, intent, _about(meant, speakers), _speaker(meant, wanted), resolved=whole != spelt)


def _is_quotation(asked: str, speakers: Sequence[str]) -> bool:
    """Tell a pasted quotation from a question that quotes a word or two."""
    whole, *framed = readings(asked, speakers) or (None,)
    if whole is None or not framed or not re.search(r"[\"\u201c\u201d\u201e«»]|^['\u2018]", asked):
        return False
    quoted = max(len(q.words) for q in framed)
    verifying = re.match(
        rf"(?:did|does|has|is|are|was|check|verify|quote)\b.*\b(?:{TELLING}|true|quote|correct|exact)", asked, re.I
    )
    if quoted < QUOTED_WORDS or (re.match(rf"{WH}\b", asked, re.I) and not verifying):
        return False
    return quoted >= QUOTED_SHARE * len(whole.words)


def _intent(question: str, interviewers: Sequence[str]) -> Intent:
    asker = re.search(r"\b(?:did|does)\s+(?P<name>\w+(?:\s+\w+)?)\s+ask\b", question, re.I)
    if _ASKED.search(question) or (asker and any(same_person(asker.group("name"), n) for n in interviewers)):
        return Intent.ASKED
    if _MENTION.search(question):
        return Intent.MENTION
    if _TOPIC.search(question):
        return Intent.TOPIC
    opening = re.search(rf"\b(?:{WH}|{AUXILIARY})\b", question, re.I)
    few = len(question.rstrip("?!. ").split()) <= TOPIC_WORDS
    return Intent.TOPIC if few and not opening else Intent.ANSWER


def _about(question: str, speakers: Sequence[str]) -> tuple[str, ...]:
    told = ABOUT.search(question)
    topic = told.group("topic") if told and _FRAME.match(question) else question
    own = {p.lower() for name in speakers for p in name.split()}
    kept = tuple(w for w in content_words(topic) if w.lower() not in own)
    return kept or tuple(content_words(topic))


def _speaker(question: str, speakers: Sequence[str]) -> str | None:
    """Return the one speaker whose words a question asks for, not one it merely speaks of."""
    name = r"(?P<name>(?:[Mm][rs]{1,2}\.?\s+|[Dd]r\.?\s+)?[^\W\d_][\w'\u2019.-]*(?:\s+[^\W\d_][\w'\u2019.-]*){0,2}?)"
    for pattern in (
        rf"\b(?:did|does|do|has|had|would|is|was)\s+{name}\s+(?:\w+\s+)?{_SPEECH}\b",
        rf"\baccording\s+to\s+{name}(?=[\s,?.]|$)(?:\s*[,?.]|\s+(?:{WH}|{AUXILIARY})\b|$)",
        rf"\b{name}['\u2019]s?\s+(?:\w+\s+)?(?:opinions?|views?|thoughts?|take|stance|position|answers?|remarks?|comments?)\b",
        rf"^(?:what|how|why|when|where)\s+{name}\s+{_SPEECH}\b",
    ):
        for match in re.finditer(pattern, question, re.I):
            meant = [s for s in speakers if same_person(match.group("name"), s)]
            if len(meant) == 1:
                return meant[0]
    return None
