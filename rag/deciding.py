"""Decide what is an answer: the reply to the same question, what the reader found, a question only, or nothing.

In: a question as meant, the sentences that were read, best first, the words that nobody says, the interviewer's
questions that raise it. Out: an ``Answer``, and in words which step decided. The steps stand in the order in which
they decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from rag import asked as asked_before
from rag import selection
from rag.asked import Raised
from rag.conversation import Intent, Meant
from rag.datatypes import SURE_AT, Answer, Quote, Status
from rag.patterns import lazy
from rag.scoring import Absence, Candidate
from rag.selection import names_topic

ANSWER_AT = 0.31
"""The confidence from which a question counts as answered: on the development questions, lower answers too much that
is not said, higher refuses too much that is."""
SURELY_SAME = 0.75
"""The cosine from which what was asked about a topic is the same question; all share the topic's word."""
REPLY_TELLS = 8
"""A reply of fewer words tells nothing of what only the question names: "No, thank you."."""
INTERVIEWERS = "The interviewer's own words:"
SAME = "the interviewer asks the same, and this is the reply"
ABOUT = "the interviewer asks about it, and this is the reply"
ASKS = lazy(r"\b(?:ask(?:s|ed|ing)?|questions?|questioned)\b", re.I)
_ASKS_OTHERS = lazy(r"\b(?:did|does|has|had)\s+(?:he|she|they)\s+ask|^who\s+ask", re.I)
"""Who answers may have asked somebody for something too, or tell who did."""
_ASKED_SOMEBODY = lazy(
    r"\b(?:did|does|has|had)\s+s?he\s+ask(?:ed)?\s+(?!the\s+(?:\w+\s+)?questions?\b)(?:(?:the|an?|his|my|our|their)\b|her\s+"
    r"(?!(?:about|whether|if|how|why|when|what|who|where|to|next|first|last|in|on|at|after|before)\b)\w|(?-i:[A-Z]))",
    re.I,
)
"""What a guest asked somebody a guest tells, where one does."""
_WHO = lazy(r"who\b", re.I)

Decided = tuple[Answer, str]


@dataclass(frozen=True)
class Case:
    """What is known when it is to be decided."""

    asked: str
    meant: Meant
    terms: Sequence[str]
    """The question's content words."""
    found: Sequence[Candidate]
    confidence: float
    """That the first of ``found`` answers."""
    absence: Absence
    questions: Sequence[Raised]

    def decided(self) -> Decided:
        """Return the answer, and which step decided."""
        steps = (self._asked, self._interviewers, self._replied, self._only_asked, self._stated, self._found)
        for step in steps:
            decided = step()
            if decided:
                return decided
        return self._answer(Status.NOT_FOUND, self.confidence, ()), "nothing found is likely enough to answer"

    def _asked(self) -> Decided | None:
        """The interviewer's questions are wanted."""
        if self.meant.intent is not Intent.ASKED:
            return None
        if self.confidence >= ANSWER_AT and _ASKED_SOMEBODY.search(self.meant.question):
            return None
        if not self._raised:
            if self.found and _ASKS_OTHERS.search(self.meant.question):
                return None
            return self._answer(Status.NOT_FOUND, self._unsure, (), ()), "no question raises it"
        shown = self._raised[: asked_before.LISTED]
        some = f", {len(shown)} of {len(self._raised)} questions" if len(self._raised) > len(shown) else ""
        note = f"What the interviewer asked{some}:" if ASKS.search(self.meant.question) else INTERVIEWERS
        return self._answer(Status.ONLY_ASKED, self._unsure, shown, (), note), "it asks what was asked"

    def _interviewers(self) -> Decided | None:
        """An interviewer was named, whose words are never an answer."""
        if self.found or not self._raised:
            return None
        answer = self._answer(Status.ONLY_ASKED, self._unsure, self._raised, (), INTERVIEWERS)
        return answer, "only an interviewer's words are asked for"

    def _replied(self) -> Decided | None:
        """The interviewer asks the same: the reply is the answer, unless the reader is sure of a part of it."""
        reply = self._reply
        if reply is None:
            return None
        best = self.found[0]
        in_reply = (best.interview.id, best.hit.passage.turn) == (reply.interview.id, reply.turn)
        if in_reply and (self.confidence >= SURE_AT or not reply.overlaps(best.interview.id, best.span)):
            return None
        sure = max(ANSWER_AT, self.confidence if in_reply else self.questions[0].cosine)
        others = () if asked_of(self.meant) else asked_before.other_replies(self.questions[0].quote, reply)
        told = (reply, *filter(_tells, others))[: selection.MAX_QUOTES]
        return self._answer(Status.ANSWERED, sure, told), SAME

    def _only_asked(self) -> Decided | None:
        """Nobody but the interviewer says the names, or any word, of it; the reply may yet tell of it."""
        only_asked = self.absence.only_asked
        unsaid = bool(self.terms) and set(self.terms) <= set(only_asked)
        if self._reply or not self._raised or not (unsaid or set(self.absence.names) & set(only_asked)):
            return None
        by = asked_of(self.meant)
        asking = [q for q in self.questions if q.asks]
        replies = tuple(dict.fromkeys(r for q in asking if (r := asked_before.reply(q.quote, by))))
        telling = tuple(filter(_tells, replies))
        topic = self.meant.intent is Intent.TOPIC
        alike = topic or any(asked_before.asks_alike(self.meant.question, q.quote) for q in asking)
        mention = self.meant.intent is Intent.MENTION  # who replies to what is mentioned doesn't mention it
        if unsaid and alike and telling and not mention and not any(word[:1].isupper() for word in only_asked):
            return self._answer(Status.ANSWERED, ANSWER_AT, telling if topic else telling[:1]), ABOUT
        return self._answer(Status.ONLY_ASKED, self._unsure, self._raised, replies or None), self._why

    def _stated(self) -> Decided | None:
        """Somebody is sought who said what only the interviewer states."""
        topic = self.meant.topic
        stated = tuple(q.quote for q in self.questions if q.overlap >= 1 and not q.asks)
        if not (stated and topic and _WHO.match(self.meant.question)):
            return None
        if any(names_topic(c.text, topic) for c in self.found):
            return None
        return self._answer(Status.ONLY_ASKED, self._unsure, stated[:1]), "it is the interviewer who says so"

    def _found(self) -> Decided | None:
        """The reader found it, a topic is said word for word, or there is a reply, or a question at least."""
        found, confidence, topic = self.found, self.confidence, self.meant.topic
        if confidence < ANSWER_AT and topic is not None:
            found, confidence = _naming_first(found, topic, confidence)
        if confidence >= ANSWER_AT:
            quotes = selection.quotes(found, topic, confidence >= SURE_AT)
            return self._answer(Status.ANSWERED, confidence, quotes), "the reader found it"
        if self._reply:
            return self._answer(Status.ANSWERED, ANSWER_AT, (self._reply,)), SAME
        if self._raised and self.absence.only_asked:
            reply = asked_before.reply(self._raised[0], asked_of(self.meant))
            closest = (reply,) if reply else None
            return self._answer(Status.ONLY_ASKED, self._unsure, self._raised, closest), self._why
        return None

    @cached_property
    def _raised(self) -> tuple[Quote, ...]:
        return tuple(each.quote for each in self.questions)

    @property
    def _unsure(self) -> float:
        """The confidence that it is answered, where a question is what was found."""
        return min(self.confidence, ANSWER_AT / 2)

    @property
    def _why(self) -> str:
        return f"only the interviewer says {', '.join(self.absence.only_asked)}"

    @cached_property
    def _reply(self) -> Quote | None:
        """The beginning of the reply where the interviewer asked the same."""
        if not self.questions or not self.questions[0].same or not self.found or self.meant.intent is Intent.MENTION:
            return None
        if self.meant.intent is not Intent.ANSWER and self.questions[0].cosine < SURELY_SAME:
            return None
        if not asked_before.asks_alike(self.meant.question, self.questions[0].quote):
            return None
        return asked_before.reply(self.questions[0].quote, asked_of(self.meant))

    def _answer(
        self,
        status: Status,
        sure: float,
        quotes: tuple[Quote, ...],
        closest: tuple[Quote, ...] | None = None,
        note: str | None = None,
    ) -> Answer:
        """Return an answer; beside anything but one stands what comes closest, where nothing else is given."""
        if closest is None:
            closest = () if status is Status.ANSWERED else selection.closest(self.found)
        return Answer(self.asked, self.meant.question, status, sure, quotes, closest, note=note)


def _naming_first(
    found: Sequence[Candidate], topic: selection.Wordings, confidence: float
) -> tuple[Sequence[Candidate], float]:
    """Put first a sentence that has all words of a topic: whatever the reader thinks of it, it is said there."""
    for candidate in found:
        if names_topic(candidate.text, topic):
            return [candidate, *(c for c in found if c is not candidate)], ANSWER_AT
    return found, confidence


def asked_of(meant: Meant) -> tuple[str, ...]:
    """Return to whom the questions were put that matter: those whose words are wanted, or whom it is about."""
    of_one = (meant.subject,) if meant.subject else ()
    return of_one if meant.intent is Intent.ASKED else meant.speakers or of_one


def _tells(reply: Quote) -> bool:
    return len(reply.text.split()) >= REPLY_TELLS
