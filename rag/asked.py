"""What the interviewer raised, and what was said to it.

In: hits, among them interviewers' passages, and how rare a question's words are. Out: ``Raised`` questions, best
first, and the beginning of the reply to one. The interviewer's words are only ever given as the interviewer's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import dropwhile, takewhile

from rag import scoring
from rag.conversation.grammar import ASKERS, AUXILIARY, PREPOSITION, WH
from rag.datatypes import Interview, Quote, Role
from rag.parsing.conventions import prompts
from rag.passages import asks, sentences, unstamped
from rag.patterns import lazy
from rag.retriever import Hit
from rag.words import stem

ASKED_OVERLAP = 0.6
"""The share of a question's content words, by rarity, that an interviewer's sentence needs to have raised it."""
SAME_OVERLAP, SAME_COSINE = 0.8, 0.6
"""From this share of them and this cosine on, the interviewer asked the same question."""
ALL_WORDS, NEAR_COSINE = 2, 0.45
"""With all of so many words and this cosine, too."""
REPLY_WORDS, WHOLE_REPLY_WORDS = 30, 60
"""A reply is quoted from its beginning for at least so many words, in whole sentences; one of so few, whole."""
LISTED = 12
"""At most so many questions of an interview are listed."""
ABOUT_ASKING = frozenset(map(stem, (*ASKERS, "question", "first", "last")))
"""The stems of words that say no more than that something was asked."""
_OPENING = lazy(rf"\W*(?:(?:and|but|so)\W+)?(?:{WH}|{AUXILIARY}|{PREPOSITION})\b", re.I)
"""How a whole question begins; "Russia or China?" only ends one."""
_BARE = lazy(rf"^\W*{WH}(?:\s+(?:not|so|(?:is|was)\s+(?:that|it)))?\W*$", re.I)
_PROMPT = lazy(
    r"(?:and |so |now )?(?:let['’]s|let me ask|i(?:['’]d| would) like to (?:ask|talk|touch|turn|go|hear|come))\b", re.I
)
_FIRST, _LAST = lazy(r"\bfirst\b", re.I), lazy(r"\blast\b", re.I)


@dataclass(frozen=True, slots=True)
class Raised:
    """An interviewer's sentence with what belongs to it, and how near it comes to a question."""

    quote: Quote
    overlap: float
    """The share of the question's content words in it, weighted by rarity."""
    cosine: float
    asks: bool = True
    """Whether the sentence itself asks, or what it leads to asks nothing else: "You left Leeds. Why?"."""
    words: int = 0
    """How many content words the question has."""

    @property
    def same(self) -> bool:
        """Whether it asks what the question asks; what an interviewer states before a question is none."""
        alike = self.overlap >= SAME_OVERLAP and self.cosine >= SAME_COSINE
        all_of_them = self.overlap >= 1 and self.words >= ALL_WORDS and self.cosine >= NEAR_COSINE
        return self.asks and (alike or all_of_them)


def raised(
    rarity: Mapping[str, float], hits: Sequence[Hit], interview_of: Callable[[str], Interview]
) -> tuple[Raised, ...]:
    """Return the interviewers' sentences that raise what a question is about, best first."""
    found: list[Raised] = []
    for hit in hits:
        if hit.role is not Role.INTERVIEWER:
            continue
        interview = interview_of(hit.passage.interview)
        for number, cosine in enumerate(map(float, hit.sentence_cosines)):
            start, end = hit.passage.sentences[number]
            overlap = scoring.overlap(rarity, scoring.stem_set(unstamped(interview, (start, end))))
            if overlap >= ASKED_OVERLAP:
                quote = _whole(hit, interview, number)
                asks = _asks(interview, (start, end)) or bool(_BARE.search(unstamped(interview, (end, quote.end))))
                found.append(Raised(quote, overlap, cosine, asks, len(rarity)))
    return tuple(sorted(found, key=lambda each: -each.overlap - each.cosine))


def _whole(hit: Hit, interview: Interview, number: int) -> Quote:
    """Return a sentence, up to the question that it leads to, or from the one that it only ends."""
    spans = hit.passage.sentences
    first = last = number
    if not _asks(interview, spans[number]):
        last += number + 1 < len(spans) and _asks(interview, spans[number + 1])
    elif not _OPENING.match(interview.text, spans[number][0]):
        first -= number > 0 and _asks(interview, spans[number - 1])
    return Quote(interview, hit.passage.turn, spans[first][0], spans[last][1])


def _asks(interview: Interview, span: tuple[int, int]) -> bool:
    text = unstamped(interview, span)
    return asks(text) or prompts(text, 0, len(text)) or bool(_PROMPT.match(text))


def reply(question: Quote) -> Quote | None:
    """Return the beginning of what was said to an interviewer's question; None without a question or a reply."""
    interview, turn = question.interview, question.turn + 1
    if not _asks(interview, (question.start, question.end)):
        return None
    if turn >= len(interview.turns) or interview.turns[turn].role is Role.INTERVIEWER:
        return None
    spans = sentences(interview, interview.turns[turn].start, interview.turns[turn].end)
    if not spans:
        return None
    lengths = [len(unstamped(interview, (spans[0][0], end)).split()) for _, end in spans]
    enough = next((n for n, length in enumerate(lengths) if length >= REPLY_WORDS), -1)
    return Quote(interview, turn, spans[0][0], spans[-1 if lengths[-1] <= WHOLE_REPLY_WORDS else enough][1])


def questions(interview: Interview, wanted: str, by: Collection[str] = ()) -> tuple[Quote, ...]:
    """Return what an interview's interviewers ask, or those of them named in ``by``, in order.

    That is the first or the last question where the question ``wanted`` says so.
    """
    found = []
    for number, turn in enumerate(interview.turns):
        if turn.role is Role.INTERVIEWER and (not by or turn.speaker in by):
            spans = sentences(interview, turn.start, turn.end)
            asking = [span for span in spans if _asks(interview, span)]
            found += [Quote(interview, number, asking[0][0], asking[-1][1])] if asking else []
    if _LAST.search(wanted):
        return tuple(found[-1:])
    return tuple(found[:1] if _FIRST.search(wanted) else found)


def is_put_to(question: Quote, guest: str) -> bool:
    """Tell whether a guest is among those who speak next, before an interviewer does again."""
    after = dropwhile(lambda turn: turn.role is Role.INTERVIEWER, question.interview.turns[question.turn + 1 :])
    return any(turn.speaker == guest for turn in takewhile(lambda turn: turn.role is not Role.INTERVIEWER, after))
