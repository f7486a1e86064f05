"""Decide how much to quote: the sentences that answer, those they lean on, and no more.

In: candidates, best first. Out: ``Quote`` objects, best first, each whole sentences of one turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from rag.coherence import Told
from rag.datatypes import Interview, Quote, Span
from rag.passages import PARAGRAPH_BREAK, leading_up, reaching, sentences, unstamped
from rag.scoring import Candidate, asked_before, stem_set
from rag.words import stem

MAX_QUOTES = 3
MOST_SPEAKERS = 5
"""So many speakers may be quoted on a topic, each once at least."""
MAX_SENTENCES = 8
"""In all quotes together."""
FACT_MARGIN = 1.0
TOPIC_MARGIN = 3.5
"""How far below the best score, in logits, a sentence may be and still be quoted."""
RUNNER_UP_MARGIN = 2.0
"""How far below the best the next sentence may be and still stand beside one that isn't sure to answer."""
TOPIC_EVIDENCE = 0.0
"""The reader's margin over "no answer" that a further sentence on a topic needs, unless it is near the best and names
the topic; with it, one that names the topic may be as far behind the best as it will."""
REPLY_OPENS = 2
"""So many sentences at the beginning of a reply are about what the question names."""
CONTINUES_EVIDENCE = -3.0
"""The margin that a sentence needs which goes on about the one before ("It will also allow ...")."""

NEIGHBOUR_WORDS = 40
"""What stands before or after a quote is quoted for so many words, in whole sentences."""
ENOUGH_WORDS = 4
"""A shorter sentence tells a reader nothing as what comes closest."""


Wordings = Sequence[Sequence[str]]
"""The words of a topic, in each wording that is known for it."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence by its number among its turn's sentences."""

    interview: str
    turn: int
    number: int


def quotes(found: Sequence[Candidate], topic: Wordings | None, sure: bool = True) -> tuple[Quote, ...]:
    """Return the quotes that ``found``, best first, gives rise to; a ``topic`` asks for all that belongs together.

    Where it isn't ``sure`` that the best one answers, the next best stands beside it.
    """
    best = found[0]
    wanted = [c for c in found if (_answers(c, best) if topic is None else _is_told(c, best, topic))]
    most = MAX_QUOTES
    if topic is not None:
        wanted = _each_speaker_first(wanted)
        most = max(most, min(MOST_SPEAKERS, len(set(map(_speaker, wanted)))))
    if not sure:
        wanted += [c for c in found[1:2] if c not in wanted and _is_near(c, best)]
    turns = _Turns(found)
    by_place = {turns.place(c): c for c in reversed(found)}
    chosen: dict[_Place, Candidate | None] = {}
    for candidate in wanted:
        if len(chosen) >= MAX_SENTENCES:
            break
        place = turns.place(candidate)
        chosen[place] = candidate
        others = turns.needed(place)
        if topic is not None:
            others += turns.going_on(place, by_place)
        for other in others:
            chosen.setdefault(other, None)
    for run in _runs(chosen):
        chosen |= {place: None for place in turns.quoting(run) if place not in chosen}
    order = {place: i for i, place in enumerate(chosen)}
    runs = sorted(_runs(chosen), key=lambda run: min(order[p] for p in run))
    return tuple(turns.quote(run, chosen, marked=topic is None) for run in runs[:most])


def closest(found: Sequence[Candidate], limit: int = 3) -> tuple[Quote, ...]:
    """Return single sentences of different passages, best first: what comes nearest where nothing answers."""
    told = [c for c in found if len(c.text.split()) >= ENOUGH_WORDS]
    rows: dict[int, Candidate] = {}
    for candidate in told or found:
        rows.setdefault(candidate.hit.row, candidate)
    return tuple(Quote(c.interview, c.hit.passage.turn, *c.span) for c in list(rows.values())[:limit])


def what_follows(quote: Quote) -> Quote | None:
    """Return what its speaker goes on to say after a quote; None at the end of the turn."""
    return onwards(quote.interview, quote.turn, quote.end)


def onwards(interview: Interview, turn: int, start: int) -> Quote | None:
    """Return whole sentences of a turn from a place on, ``NEIGHBOUR_WORDS`` or a little more; None at its end."""
    spans = sentences(interview, start, interview.turns[turn].end)
    last = reaching(interview, spans, NEIGHBOUR_WORDS)
    return Quote(interview, turn, spans[0][0], spans[last][1]) if spans else None


def up_to(interview: Interview, turn: int, end: int) -> Quote | None:
    """Return whole sentences of a turn up to a place, ``NEIGHBOUR_WORDS`` or a little more; None at its beginning."""
    spans = sentences(interview, interview.turns[turn].start, end)[-NEIGHBOUR_WORDS:]  # each has a word at least
    first = leading_up(interview, spans, NEIGHBOUR_WORDS)
    return Quote(interview, turn, spans[first][0], spans[-1][1]) if spans else None


def names_topic(sentence: str, topic: Wordings) -> bool:
    """Tell whether a sentence has all words of a topic, in one of its wordings."""
    said = stem_set(sentence)
    return any(words and said.issuperset(map(stem, words)) for words in topic)


def _answers(candidate: Candidate, best: Candidate) -> bool:
    return candidate is best or (best.score - candidate.score <= FACT_MARGIN and candidate.reading.span >= 0)


def _is_near(candidate: Candidate, best: Candidate) -> bool:
    return best.score - candidate.score <= RUNNER_UP_MARGIN and candidate.features.overlap > 0


def _each_speaker_first(found: Sequence[Candidate]) -> list[Candidate]:
    """Put the best sentence of each speaker before the others; their order is kept."""
    first = {_speaker(c): c for c in reversed(found)}.values()
    return sorted(found, key=lambda c: c not in first)


def _speaker(candidate: Candidate) -> tuple[str, str | None]:
    return candidate.interview.id, candidate.interview.turns[candidate.hit.passage.turn].speaker


def _is_told(candidate: Candidate, best: Candidate, topic: Wordings) -> bool:
    """Tell whether a sentence is about the topic too: it names it, or opens the reply to a question that does."""
    if candidate is best:
        return True
    named = names_topic(candidate.text, topic) or _opens_reply(candidate, topic)
    told = candidate.reading.evidence >= TOPIC_EVIDENCE
    near = best.score - candidate.score <= TOPIC_MARGIN
    return (told and named) or (near and (told or named))


def _opens_reply(candidate: Candidate, topic: Wordings) -> bool:
    turn = candidate.interview.turns[candidate.hit.passage.turn]
    opens = candidate.sentence < REPLY_OPENS and candidate.hit.passage.start == turn.start
    return opens and names_topic(asked_before(candidate.hit, candidate.interview), topic)


class _Turns:
    """The turns that candidates stand in, as numbered sentences."""

    def __init__(self, found: Sequence[Candidate]) -> None:
        self._interviews = {c.interview.id: c.interview for c in found}
        self._sentences: dict[tuple[str, int], list[Span]] = {}
        self._stored: dict[tuple[str, int], set[Span]] = {}
        self._texts: dict[tuple[str, int], Told] = {}
        for c in found:
            self._stored.setdefault((c.interview.id, c.hit.passage.turn), set()).update(c.hit.passage.sentences)

    def place(self, candidate: Candidate) -> _Place:
        id, turn = candidate.interview.id, candidate.hit.passage.turn
        return _Place(id, turn, self._spans(id, turn).index(candidate.span))

    def needed(self, place: _Place) -> list[_Place]:
        """Return what ``place`` can't be understood without, and what it leads to."""
        told = self._told(place)
        return self._at(place, [*told.leant_on(place.number), *told.led_to(place.number)])

    def quoting(self, run: Sequence[_Place]) -> list[_Place]:
        """Return what lacks of the quotations that begin or end within a run."""
        return self._at(run[0], self._told(run[0]).quoting(run[0].number, run[-1].number))

    def going_on(self, place: _Place, by_place: Mapping[_Place, Candidate]) -> list[_Place]:
        """Return the sentences after ``place`` that go on about it."""
        after: list[_Place] = []
        while place.number + 1 < len(self._spans(place.interview, place.turn)):
            place = _Place(place.interview, place.turn, place.number + 1)
            candidate = by_place.get(place)
            if candidate is None or candidate.reading.evidence < CONTINUES_EVIDENCE:
                break
            if not self._told(place).leans(place.number):
                break
            after.append(place)
        return after

    def quote(self, run: list[_Place], chosen: Mapping[_Place, Candidate | None], marked: bool) -> Quote:
        """Return a run of sentences as a quote, the words that answer ``marked`` in it or not."""
        spans = self._spans(run[0].interview, run[0].turn)
        answers = [c.answer for p in run if (c := chosen[p]) is not None and c.reading.span > 0 and marked]
        highlight = tuple(sorted({a for a in answers if a[0] < a[1]}))
        start, end = spans[run[0].number][0], spans[run[-1].number][1]
        return Quote(self._interviews[run[0].interview], run[0].turn, start, end, highlight)

    def _spans(self, id: str, turn: int) -> list[Span]:
        if (id, turn) not in self._sentences:
            whole, stored = self._interviews[id].turns[turn], self._stored[id, turn]
            cut = sentences(self._interviews[id], whole.start, whole.end)
            # Another version may have cut them elsewhere: what is stored is what was found.
            others = [span for span in cut if not any(a < span[1] and span[0] < b for a, b in stored)]
            self._sentences[id, turn] = sorted([*stored, *others])
        return self._sentences[id, turn]

    def _told(self, place: _Place) -> Told:
        if (place.interview, place.turn) not in self._texts:
            interview, spans = self._interviews[place.interview], self._spans(place.interview, place.turn)
            gaps = enumerate(pairwise(spans), 1)
            blank = partial(PARAGRAPH_BREAK.search, interview.text)
            opening = frozenset(n for n, (one, other) in gaps if blank(one[1], other[0]))
            texts = tuple(unstamped(interview, span) for span in spans)
            self._texts[place.interview, place.turn] = Told(texts, opening)
        return self._texts[place.interview, place.turn]

    @staticmethod
    def _at(place: _Place, numbers: Iterable[int]) -> list[_Place]:
        return [_Place(place.interview, place.turn, number) for number in numbers]


def _runs(places: Iterable[_Place]) -> list[list[_Place]]:
    """Group sentences that follow each other into runs; a blank line doesn't part them."""
    runs: list[list[_Place]] = []
    for place in sorted(places, key=lambda p: (p.interview, p.turn, p.number)):
        last = runs[-1][-1] if runs else None
        if last and place == _Place(last.interview, last.turn, last.number + 1):
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs
