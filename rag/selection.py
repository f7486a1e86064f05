"""Decide how much to quote: the sentences that answer, those they lean on, and no more.

In: candidates, best first. Out: ``Quote`` objects, best first, each whole sentences of one turn.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.datatypes import Interview, Quote, Span
from rag.passages import sentences
from rag.scoring import Candidate

MAX_QUOTES = 3
MAX_SENTENCES = 8
"""In all quotes together."""
FACT_MARGIN = 1.5
TOPIC_MARGIN = 4.0
"""How far below the best score, in logits, a sentence may be and still be quoted."""
TOPIC_EVIDENCE = 0.0
"""The reader's margin over "no answer" that a further sentence on a topic needs."""
CONTINUES_EVIDENCE = -1.0
"""The margin that a sentence needs which goes on about the one before ("It will also allow ...")."""

# A sentence that opens so can't be understood without the one before it.
_LEANS = re.compile(
    r"(?:And |But |So |Also,? )?(?:It|It['’]s|This|These|Those|They|They['’]re|That['’]s|That (?:is|was|will|has|helps)"
    r"|Such|He|She|His|Her|Their|Its|Both)\b"
)


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence by its number among its turn's sentences."""

    interview: str
    turn: int
    number: int


def quotes(found: Sequence[Candidate], topic: bool) -> tuple[Quote, ...]:
    """Return the quotes that ``found``, best first, gives rise to; ``topic`` asks for all that belongs together."""
    best = found[0]
    interviews = {c.interview.id: c.interview for c in found}
    by_place = {_place(c): c for c in reversed(found)}
    chosen: dict[_Place, Candidate | None] = {}
    for candidate in found:
        if _belongs(candidate, best, topic) and len(chosen) < MAX_SENTENCES:
            chosen.setdefault(_place(candidate), candidate)
            chosen |= dict.fromkeys(_leant_on(_place(candidate), candidate.interview), None) | chosen
            if topic:
                chosen |= dict.fromkeys(_going_on(_place(candidate), candidate.interview, by_place), None) | chosen
    runs = _runs(list(chosen), interviews)
    order = {place: i for i, place in enumerate(chosen)}
    runs.sort(key=lambda run: min(order[p] for p in run))
    return tuple(_quote(run, interviews, chosen, topic) for run in runs[:MAX_QUOTES])


def closest(found: Sequence[Candidate], limit: int = 3) -> tuple[Quote, ...]:
    """Return single sentences of different passages, best first: what comes nearest where nothing answers."""
    rows: dict[int, Candidate] = {}
    for candidate in found:
        rows.setdefault(candidate.hit.row, candidate)
    return tuple(Quote(c.interview, c.hit.passage.turn, *c.span) for c in list(rows.values())[:limit])


def _belongs(candidate: Candidate, best: Candidate, topic: bool) -> bool:
    if candidate is best:
        return True
    behind = best.score - candidate.score
    if topic:
        return behind <= TOPIC_MARGIN and candidate.reading.evidence >= TOPIC_EVIDENCE
    return behind <= FACT_MARGIN and candidate.reading.span >= 0


@lru_cache(512)
def _sentences_of(interview: Interview, turn: int) -> tuple[Span, ...]:
    spoken = interview.turns[turn]
    return tuple(sentences(interview.text, spoken.start, spoken.end))


def _place(candidate: Candidate) -> _Place:
    turn = candidate.hit.passage.turn
    return _Place(candidate.interview.id, turn, _sentences_of(candidate.interview, turn).index(candidate.span))


def _text(interview: Interview, place: _Place) -> str:
    start, end = _sentences_of(interview, place.turn)[place.number]
    return interview.text[start:end]


def _leant_on(place: _Place, interview: Interview) -> list[_Place]:
    """Return the sentences before ``place`` that it can't be understood without, two at most."""
    before: list[_Place] = []
    while place.number > 0 and len(before) < 2 and _LEANS.match(_text(interview, place)):
        place = _Place(place.interview, place.turn, place.number - 1)
        before.append(place)
    return before


def _going_on(place: _Place, interview: Interview, by_place: dict[_Place, Candidate]) -> list[_Place]:
    """Return the sentences after ``place`` that go on about it."""
    after: list[_Place] = []
    while place.number + 1 < len(_sentences_of(interview, place.turn)):
        place = _Place(place.interview, place.turn, place.number + 1)
        candidate = by_place.get(place)
        if candidate is None or candidate.reading.evidence < CONTINUES_EVIDENCE:
            break
        if not _LEANS.match(_text(interview, place)):
            break
        after.append(place)
    return after


def _runs(places: list[_Place], interviews: dict[str, Interview]) -> list[list[_Place]]:
    """Group sentences that follow each other into runs; a blank line doesn't part them."""
    runs: list[list[_Place]] = []
    for place in sorted(places, key=lambda p: (p.interview, p.turn, p.number)):
        last = runs[-1][-1] if runs else None
        if last and last == _Place(place.interview, place.turn, place.number - 1):
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def _quote(
    run: list[_Place], interviews: dict[str, Interview], chosen: dict[_Place, Candidate | None], topic: bool
) -> Quote:
    interview = interviews[run[0].interview]
    spans = _sentences_of(interview, run[0].turn)
    answers = [c.answer for p in run if (c := chosen[p]) is not None and c.reading.span > 0 and not topic]
    highlight = tuple(sorted({a for a in answers if a[0] < a[1]}))
    return Quote(interview, run[0].turn, spans[run[0].number][0], spans[run[-1].number][1], highlight)
