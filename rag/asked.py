"""What the interviewer raised, and what was said to it.

In: hits, among them interviewers' passages, and how rare a question's words are. Out: ``Raised`` questions, best
first, and the beginning of the reply to one. The interviewer's words are only ever given as the interviewer's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, takewhile

from rag import scoring
from rag.coherence import Told
from rag.conversation.grammar import ASKERS, AUXILIARY, PREPOSITION, WH
from rag.conversation.numbers import counted
from rag.datatypes import Interview, Quote, Role
from rag.parsing.conventions import prompts
from rag.passages import asks, reaching, sentences, unstamped
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
_POINTS_BACK = lazy(r"\b(?:he|she|they|it|him|her|them|his|their|its)\b", re.I)
"""A question about what was stated before it: "Your mother was a judge. Did she like it?"."""
_NODS = lazy(r"(?:\W*(?:oh|yeah|yes|yep|right|sure|ok(?:ay)?|mm+|uh-?huh|exactly|absolutely|no))+\W*$", re.I)
"""Said while an interviewer goes on, that replies to nothing."""
_KIND = lazy(r"\b(?:how (?:much|many|long|often|far|old)|who|when|where|why|how|what|which)\b", re.I)
_SPECIFIC = frozenset(
    ("who", "when", "where", "why", "how much", "how many", "how long", "how often", "how far", "how old")
)
"""Questions that what answers another of them doesn't answer."""
_CALLED = lazy(r"(?:(?<=^)|(?<=[.?!] )|(?<=^And )|(?<=^So )|(?<=, ))([A-Z][\w'’-]+)(?=,|\?)")
"""Whom a question calls by name: "Oskar, why ...?", "And you, Priya?"."""
END = lazy(r"\b(?P<end>first|last)\b(?:\s+(?P<many>\w+))?", re.I)
"""The first question, the last two."""


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
            about = (hit.passage.sentences[number - _points_back(hit, interview, number)][0], end)
            overlap = scoring.overlap(rarity, scoring.stem_set(unstamped(interview, about)))
            if overlap >= ASKED_OVERLAP:
                quote = _whole(hit, interview, number)
                asks = _asks(interview, (start, end)) or bool(_BARE.search(unstamped(interview, (end, quote.end))))
                found.append(Raised(quote, overlap, cosine, asks, len(rarity)))
    return _apart(sorted(found, key=lambda each: -each.overlap - each.cosine))


def _apart(found: Sequence[Raised]) -> tuple[Raised, ...]:
    """Put those together that overlap: what asks stands for what leads to it, and has its words too."""
    kept: list[Raised] = []
    for each in sorted(found, key=lambda one: not one.asks):
        place = each.quote.interview.id, (each.quote.start, each.quote.end)
        n = next((n for n, other in enumerate(kept) if other.quote.overlaps(*place)), None)
        if n is None:
            kept.append(each)
        else:
            both = kept[n].quote, each.quote
            start, end = min(quote.start for quote in both), max(quote.end for quote in both)
            kept[n] = replace(kept[n], quote=replace(both[0], start=start, end=end))
    return tuple(sorted(kept, key=lambda each: -each.overlap - each.cosine))


def _points_back(hit: Hit, interview: Interview, number: int) -> bool:
    """Tell a question about what the sentence before it states."""
    spans = hit.passage.sentences
    if not number or not _asks(interview, spans[number]) or _asks(interview, spans[number - 1]):
        return False
    start, end = spans[number]
    return bool(_OPENING.match(interview.text, start) and _POINTS_BACK.search(interview.text, start, end))


def _whole(hit: Hit, interview: Interview, number: int) -> Quote:
    """Return a sentence, up to the question that it leads to, or from what it can't be understood without."""
    spans = hit.passage.sentences
    told = Told([unstamped(interview, span) for span in spans])
    first = last = number
    if not _asks(interview, spans[number]):
        last += number + 1 < len(spans) and _asks(interview, spans[number + 1])
        first -= number > 0 and told.leans(number)
    elif not _OPENING.match(interview.text, spans[number][0]):
        first -= number > 0 and _asks(interview, spans[number - 1])
    else:
        first -= _points_back(hit, interview, number)
    numbers = [first, last, *told.quoting(first, last)]
    return Quote(interview, hit.passage.turn, spans[min(numbers)][0], spans[max(numbers)][1])


def _asks(interview: Interview, span: tuple[int, int]) -> bool:
    text = unstamped(interview, span)
    return asks(text) or prompts(text, 0, len(text)) or bool(_PROMPT.match(text))


def asks_alike(question: str, asked: Quote) -> bool:
    """Tell whether what replies to an interviewer's question can answer another: no time tells what was done."""
    kinds = {kind.lower() for kind in _KIND.findall(asked.text)}
    wanted = _KIND.search(question)
    if not wanted or not kinds or wanted[0].lower() in kinds:
        return True
    return not (kinds | {wanted[0].lower()}) & _SPECIFIC


def reply(question: Quote, by: Collection[str] = ()) -> Quote | None:
    """Return the beginning of what was said to an interviewer's question, by one of those named in ``by``.

    None without a question or a reply.
    """
    interview = question.interview
    if not _asks(interview, (question.start, question.end)):
        return None
    exchange = takewhile(lambda n: interview.turns[n].role is not Role.INTERVIEWER, _after(question))
    turn = next((n for n in exchange if not by or interview.turns[n].speaker in by), None)
    spans = sentences(interview, interview.turns[turn].start, interview.turns[turn].end) if turn else []
    if turn is None or not spans:
        return None
    more = interview.text[question.end : interview.turns[question.turn].end].strip()
    if (more or not question.text.endswith("?")) and _NODS.match(unstamped(interview, (spans[0][0], spans[-1][1]))):
        return None
    more_than_whole = reaching(interview, spans, WHOLE_REPLY_WORDS + 1) != -1
    last = reaching(interview, spans, REPLY_WORDS) if more_than_whole else -1
    return Quote(interview, turn, spans[0][0], spans[last][1])


def other_replies(question: Quote, first: Quote) -> tuple[Quote, ...]:
    """Return what other guests than who replied ``first`` said to a question that calls nobody by name."""
    guests = question.interview.interviewees
    others = (name for name in guests if name != first.speaker and is_put_to(question, name))
    return tuple(found for name in others if (found := reply(question, (name,))))


def _after(question: Quote) -> range:
    """Return the numbers of the turns after a question's."""
    return range(question.turn + 1, len(question.interview.turns))


def questions(
    interview: Interview, wanted: str, by: Collection[str] = (), are: Callable[[Quote], bool] = bool
) -> tuple[Quote, ...]:
    """Return what an interview's interviewers ask, or those of them named in ``by``, in order, as far as it is so.

    Those are the first or the last of them where the question ``wanted`` says so.
    """
    found = []
    for number, turn in enumerate(interview.turns):
        if turn.role is Role.INTERVIEWER and (not by or turn.speaker in by):
            found.append(asking(interview, number))
    put = [quote for quote in found if quote and are(quote)]
    end = END.search(wanted)
    if end is None:
        return tuple(put)
    many = counted(end["many"] or "") or 1
    return tuple(put[:many] if end["end"].lower() == "first" else put[-many:])


def asking(interview: Interview, turn: int) -> Quote | None:
    """Return what a turn asks, from the first sentence that does to the last; None where none does."""
    spans = sentences(interview, interview.turns[turn].start, interview.turns[turn].end)
    put = [span for span in spans if _asks(interview, span)]
    return Quote(interview, turn, put[0][0], put[-1][1]) if put else None


def is_put_to(question: Quote, guest: str) -> bool:
    """Tell whether a guest speaks next, before an interviewer does again, where nobody else is called by name."""
    others = [s for s in question.interview.speakers() if s != guest]
    called = {name for name in _CALLED.findall(question.text) for other in others if name in other.split()}
    if called and not any(name in called for name in guest.split()):
        return False
    after = dropwhile(lambda turn: turn.role is Role.INTERVIEWER, question.interview.turns[question.turn + 1 :])
    return any(turn.speaker == guest for turn in takewhile(lambda turn: turn.role is not Role.INTERVIEWER, after))
