"""This project and its peers, asked alike.

In: interviews, then a question. Out: ``Ranked``: the sentences found, best first, the interviews they
come from, how likely it is that there is an answer, and how long that took.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rag.datatypes import Answer, Interview, Role, Scope, Span
from rag.library import Library
from rag.passages import sentences
from tests.benchmarks.peers import Peer, Search

DEPTH = 20
"""How many interviews, and how many sentences, a peer is asked for."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """What a system made of one question."""

    sentences: tuple[tuple[str, Span], ...]
    """(interview's id, span), best first."""
    interviews: tuple[str, ...]
    """Ids, best first."""
    score: float
    """How likely there is an answer; comparable within one system only."""
    seconds: float
    answer: Answer | None = None
    """What this project answers; a peer only ranks."""


class System(Protocol):
    """Something that finds sentences in interviews."""

    @property
    def name(self) -> str:
        """What it is called in tables."""

    def ask(self, question: str, interview: str = "") -> Ranked:
        """Rank the sentences of all interviews, or of one."""


class OnRecord:
    """This project: the whole pipeline."""

    name = "onrecord"

    def __init__(self, interviews: Sequence[Interview]) -> None:
        """Put ``interviews`` into a library in memory."""
        self.library = Library.of(interviews)

    def ask(self, question: str, interview: str = "") -> Ranked:
        """Answer, timed; interviews that were found but not read come after those that were."""
        scope = Scope(interviews=(interview,)) if interview else Scope()
        start = time.perf_counter()
        inquiry = self.library.inquire(question, scope=scope)
        seconds = time.perf_counter() - start
        read = [(candidate.interview.id, candidate.span) for candidate in inquiry.candidates]
        interviews = dict.fromkeys([id for id, _ in read] + [hit.passage.interview for hit in inquiry.hits])
        return Ranked(tuple(read), tuple(interviews), inquiry.answer.confidence, seconds, inquiry.answer)


class Beside:
    """A peer, which searches what others than the interviewer say: one index of interviews, one of sentences."""

    def __init__(self, peer: Peer, interviews: Sequence[Interview]) -> None:
        """Index ``interviews`` whole and by sentence."""
        self.name = peer.name
        self._ids = [interview.id for interview in interviews]
        self._places = [(i.id, span) for i in interviews for _, span in said(i)]
        self._whole = peer.index([_text(interview) for interview in interviews])
        self._sentences = peer.index([text for interview in interviews for text, _ in said(interview)])

    def ask(self, question: str, interview: str = "") -> Ranked:
        """Search both indexes; the time is that of the interviews', which is where such a pipeline stops."""
        if interview:
            raise ValueError("a peer searches all that it holds: make one for each interview")
        start = time.perf_counter()
        whole = _found(self._whole, question, len(self._ids))
        seconds = time.perf_counter() - start
        found = _found(self._sentences, question, len(self._places))
        return Ranked(
            sentences=tuple(self._places[number] for number, _ in found),
            interviews=tuple(self._ids[number] for number, _ in whole),
            score=found[0][1] if found else 0.0,
            seconds=seconds,
        )


class BesideEach:
    """A peer with an index of its own for each interview, for questions that are put to one of them."""

    def __init__(self, peer: Peer, interviews: Sequence[Interview]) -> None:
        """Index each interview's sentences when it is first asked."""
        self.name = peer.name
        self._peer = peer
        self._interviews = {interview.id: interview for interview in interviews}
        self._indexed: dict[str, tuple[Search, list[Span]]] = {}

    def ask(self, question: str, interview: str = "") -> Ranked:
        """Rank the sentences of one interview."""
        if interview not in self._indexed:
            sentences_of = said(self._interviews[interview])
            index = self._peer.index([text for text, _ in sentences_of])
            self._indexed[interview] = index, [span for _, span in sentences_of]
        search, spans = self._indexed[interview]
        start = time.perf_counter()
        found = _found(search, question, len(spans))
        seconds = time.perf_counter() - start
        places = tuple((interview, spans[number]) for number, _ in found)
        return Ranked(places, (interview,), found[0][1] if found else 0.0, seconds)


def said(interview: Interview) -> list[tuple[str, Span]]:
    """Return what may be quoted: each sentence of all but the interviewer, with its speaker where there are several."""
    several = len({turn.speaker for turn in interview.turns}) > 1
    return [
        (f"{turn.speaker}: {interview.text[a:b]}" if several and turn.speaker else interview.text[a:b], (a, b))
        for turn in interview.turns
        if turn.role is not Role.INTERVIEWER
        for a, b in sentences(interview, turn.start, turn.end)
    ]


def _text(interview: Interview) -> str:
    return " ".join(text for text, _ in said(interview))


def _found(search: Search, question: str, size: int) -> list[tuple[int, float]]:
    return search(question, min(DEPTH, size))
