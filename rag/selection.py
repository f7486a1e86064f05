"""Decide how much to quote: the sentences that answer, those they lean on, and no more.

In: candidates, best first. Out: ``Quote`` objects, best first, each whole sentences of one turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from rag.datatypes import Quote, Span
from rag.passages import asks, sentences, unstamped
from rag.patterns import lazy
from rag.scoring import Candidate, stem_set
from rag.words import stem

MAX_QUOTES = 3
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
CONTINUES_EVIDENCE = -3.0
"""The margin that a sentence needs which goes on about the one before ("It will also allow ...")."""

# A sentence whose subject is such a word can't be understood without the one before it, nor one that goes on after
# words that it quotes: "What's that?", they asked.
_VERBAL = (
    r"(?:['’]s|['’]re|['’]ll|['’]d|['’]ve|"
    r" (?:also |all |both |too )?(?:is|are|was|were|will|would|has|have|had|can|could|may|might|must|should|do|does"
    r"|did|isn['’]t|aren['’]t|doesn['’]t|[a-z]{2,}(?:s|ed)))\b(?! why\b)"
)
_COUNTED = r"(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Some|Many|Most|Both|All|None|Each|Neither|Half)"
_LEANS = lazy(
    rf"(?:And |But |So )?(?:(?:It|This|These|Those|They|He|She|That){_VERBAL}|{_COUNTED} of (?:them|these|those)\b"
    r"|(?:His|Her|Its|Their) [a-z]+ (?:is|are|was|were)\b|(?:One|Another)(?: one)? (?:is|was)\b"
    r"|The (?:first|second|third|others?|latter|former|rest)(?: one)? (?:is|are|was|were|has|have|had|will|would)\b)"
    r"|[\"”’)\]]+[,;:]?\s"
)
_ANNOUNCES = lazy(
    r"\b(?:two|three|four|five|six|several|a few|a couple of|couple of)\s+(?:\w+\s+)?(?:reasons|things|ways|points|"
    r"parts|problems|examples|aspects|factors|steps|cases|challenges|priorities|goals|types|kinds)\b.*[.:]$",
    re.I,
)
"""A sentence that announces a list: "There are two reasons for the delay."."""
_LISTS = lazy(
    r"(?:(?:And|But|So|Then),? )?(?:the )?"
    r"(?:first|second|third|fourth|fifth|one|another|next|then|finally|last|also|other)(?:ly)?\b",
    re.I,
)
BRIEF_WORDS = 10
"""So brief a sentence after a speaker's own question replies to it."""
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
    runner_up = None if sure else next((c for c in found[1:2] if _is_near(c, best)), None)
    turns = _Turns(found)
    by_place = {turns.place(c): c for c in reversed(found)}
    chosen: dict[_Place, Candidate | None] = {}
    for candidate in found:
        wanted = _answers(candidate, best) if topic is None else _is_told(candidate, best, topic)
        if len(chosen) >= MAX_SENTENCES or not (wanted or candidate is runner_up):
            continue
        place = turns.place(candidate)
        chosen[place] = candidate
        others = turns.leant_on(place) + turns.led_to(place)
        if topic is not None:
            others += turns.going_on(place, by_place)
        for other in others:
            chosen.setdefault(other, None)
    order = {place: i for i, place in enumerate(chosen)}
    runs = sorted(_runs(chosen), key=lambda run: min(order[p] for p in run))
    return tuple(turns.quote(run, chosen, marked=topic is None) for run in runs[:MAX_QUOTES])


def closest(found: Sequence[Candidate], limit: int = 3) -> tuple[Quote, ...]:
    """Return single sentences of different passages, best first: what comes nearest where nothing answers."""
    told = [c for c in found if len(c.text.split()) >= ENOUGH_WORDS]
    rows: dict[int, Candidate] = {}
    for candidate in told or found:
        rows.setdefault(candidate.hit.row, candidate)
    return tuple(Quote(c.interview, c.hit.passage.turn, *c.span) for c in list(rows.values())[:limit])


def names_topic(sentence: str, topic: Wordings) -> bool:
    """Tell whether a sentence has all words of a topic, in one of its wordings."""
    said = stem_set(sentence)
    return any(words and said.issuperset(map(stem, words)) for words in topic)


def _answers(candidate: Candidate, best: Candidate) -> bool:
    return candidate is best or (best.score - candidate.score <= FACT_MARGIN and candidate.reading.span >= 0)


def _is_near(candidate: Candidate, best: Candidate) -> bool:
    return best.score - candidate.score <= RUNNER_UP_MARGIN and candidate.features.overlap > 0


def _is_told(candidate: Candidate, best: Candidate, topic: Wordings) -> bool:
    """Tell whether a sentence is about the topic too."""
    if candidate is best:
        return True
    named = names_topic(candidate.text, topic)
    told = candidate.reading.evidence >= TOPIC_EVIDENCE
    near = best.score - candidate.score <= TOPIC_MARGIN
    return (told and named) or (near and (told or named))


class _Turns:
    """The turns that candidates stand in, as numbered sentences."""

    def __init__(self, found: Sequence[Candidate]) -> None:
        self._interviews = {c.interview.id: c.interview for c in found}
        self._sentences: dict[tuple[str, int], list[Span]] = {}
        self._stored: dict[tuple[str, int], set[Span]] = {}
        for c in found:
            self._stored.setdefault((c.interview.id, c.hit.passage.turn), set()).update(c.hit.passage.sentences)

    def place(self, candidate: Candidate) -> _Place:
        id, turn = candidate.interview.id, candidate.hit.passage.turn
        return _Place(id, turn, self._spans(id, turn).index(candidate.span))

    def leant_on(self, place: _Place) -> list[_Place]:
        """Return the sentences before ``place`` that it can't be understood without, two at most."""
        before: list[_Place] = []
        while place.number > 0 and len(before) < 2 and self._leans(place):
            place = _Place(place.interview, place.turn, place.number - 1)
            before.append(place)
        return before

    def led_to(self, place: _Place) -> list[_Place]:
        """Return what follows ``place`` and is what it leads to: the answer to a speaker's own question, a list."""
        text, spans = self._text(place), self._spans(place.interview, place.turn)
        following = [_Place(place.interview, place.turn, n) for n in range(place.number + 1, len(spans))]
        if asks(text):
            return [p for p in following[:1] if not asks(self._text(p))]
        if not _ANNOUNCES.search(text):
            return []
        return list(takewhile(lambda p: _LISTS.match(self._text(p)) or _LEANS.match(self._text(p)), following[:4]))

    def _leans(self, place: _Place) -> bool:
        """Tell a sentence that leans on the one before, or replies to a question that the speaker put there."""
        before = _Place(place.interview, place.turn, place.number - 1)
        brief = len(self._text(place).split()) <= BRIEF_WORDS
        return bool(_LEANS.match(self._text(place)) or (brief and asks(self._text(before))))

    def going_on(self, place: _Place, by_place: Mapping[_Place, Candidate]) -> list[_Place]:
        """Return the sentences after ``place`` that go on about it."""
        after: list[_Place] = []
        while place.number + 1 < len(self._spans(place.interview, place.turn)):
            place = _Place(place.interview, place.turn, place.number + 1)
            candidate = by_place.get(place)
            if candidate is None or candidate.reading.evidence < CONTINUES_EVIDENCE:
                break
            if not _LEANS.match(self._text(place)):
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

    def _text(self, place: _Place) -> str:
        start, end = self._spans(place.interview, place.turn)[place.number]
        return unstamped(self._interviews[place.interview], (start, end))


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
