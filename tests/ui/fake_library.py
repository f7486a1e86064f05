"""A library without models: two short made-up interviews, answered by the words they share with the question."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from threading import Event

from rag.datatypes import UNTOLD, Answer, Interview, Mark, Quote, Role, Scope, Span, Status, Turn
from rag.errors import QuestionError, UnknownInterview
from rag.parsing import ParseOptions
from rag.speakers import given_roles
from rag.store import Added, Outcome, Summary

HARBOUR = """The tide does the work

INTERVIEW

- What made you rebuild the old tide mill?

- The mill had stood  empty for forty years.  The tide, though, never stopped: it turns the wheel, & nobody pays for it.

Costs and doubts

- Did you ever regret it?

- Once, in the first winter. A storm took the sluice gate and <b>half</b> the savings. I wrote "never again" on it.

- Would you sell the mill to the city?"""

ORCHARD = """Host: Which apples survive a late frost?
Lena Brandt: The Edelborsdorfer does. It blossoms two weeks later than the others 🍎 and so misses the frost.
Host: And what do you do against wasps?
Lena Brandt: We hang up jars of cider, far from the trees."""


def _turns(text: str, said: Sequence[tuple[str, str, Role, str | None]]) -> tuple[Turn, ...]:
    turns: list[Turn] = []
    here = 0
    for words, speaker, role, section in said:
        start = text.index(words, here)
        here = start + len(words)
        turns.append(Turn(start, here, speaker, role, section))
    return tuple(turns)


def harbour() -> Interview:
    """Return an interview from a newspaper, with double spaces, markup and a question nobody answers."""
    asked, told = ("Jon Ek", Role.INTERVIEWER), ("Marta Vale", Role.INTERVIEWEE)
    lines = [line[2:] for line in HARBOUR.split("\n") if line.startswith("- ")]
    sections = [None, None, *["Costs and doubts"] * 3]
    said = [(line, *(told if i % 2 else asked), sections[i]) for i, line in enumerate(lines)]
    return Interview(
        id="tide mill/1",
        text=HARBOUR,
        turns=_turns(HARBOUR, said),
        title="The tide does the work",
        outlet="Harbour Post",
        date="2026-05-04",
        url="https://example.org/tide-mill",
        descriptions=(("Marta Vale", "miller"),),
    )


def orchard() -> Interview:
    """Return an interview from a recording, with times and a character outside the basic plane."""
    said = []
    for line in ORCHARD.split("\n"):
        speaker, words = line.split(": ", 1)
        said.append((words, speaker, Role.INTERVIEWER if speaker == "Host" else Role.INTERVIEWEE, None))
    turns = _turns(ORCHARD, said)
    times = tuple(Mark(turn.start, 12.0 * i) for i, turn in enumerate(turns))
    return Interview("orchard", ORCHARD, turns, "Late apples", "Orchard Radio", "2025-10", times=times)


class FakeLibrary:
    """Answers with the sentence that shares most words of four letters and more; deterministic, in no time."""

    def __init__(self, interviews: Sequence[Interview] | None = None) -> None:
        """Hold ``interviews``, by default the two made-up ones."""
        held = (harbour(), orchard()) if interviews is None else interviews
        self.held = {interview.id: interview for interview in held}
        self.asked: list[tuple[str, tuple[str, ...], Scope]] = []
        self.gate = Event()
        self.gate.set()
        self.closed = False

    def list(self) -> tuple[Summary, ...]:
        """Return a summary of each."""
        return tuple(Summary(i.id, i.title, i.outlet, i.date, i.interviewees, i.words) for i in self.held.values())

    def interview(self, id: str) -> Interview:
        """Return one."""
        if id not in self.held:
            raise UnknownInterview(f"There is no interview {id!r}.")
        return self.held[id]

    def suggestions(self, id: str) -> tuple[str, ...]:
        """Return what the interviewer asks."""
        interview = self.interview(id)
        return tuple(interview.text[t.start : t.end] for t in interview.turns if t.role is Role.INTERVIEWER)

    def add(self, interview: Interview) -> Added:
        """Hold one more; another one that has its id keeps it."""
        if interview in self.held.values():
            return Added(interview.id, Outcome.UNCHANGED)
        id = interview.id if interview.id not in self.held else f"{interview.id}-2"
        self.held[id] = replace(interview, id=id)
        return Added(id, Outcome.ADDED)

    def heeding(self, options: ParseOptions) -> Callable[[str], ParseOptions]:
        """Heed what was told of a source before."""
        told = {interview.origin: interview.told for interview in self.held.values()}
        return lambda origin: options.heeding(told.get(origin, UNTOLD))

    def correct(self, id: str, roles: Mapping[str, Role]) -> None:
        """Give each named speaker the role."""
        interview = self.interview(id)
        given = given_roles(interview, roles)
        turns = tuple(replace(t, role=given.get(t.speaker or "", t.role)) for t in interview.turns)
        self.held[id] = replace(interview, turns=turns)

    def ask(self, question: str, history: Sequence[str] = (), scope: Scope = Scope()) -> Answer:
        """Answer from the words that the question shares with a sentence."""
        self.gate.wait(30)
        if not question.strip():
            raise QuestionError("Ask a question in words.")
        self.asked.append((question, tuple(history), scope))
        meant = f"{question} After: {history[-1]}" if history and re.match(r"(?i)(and|why)\b", question) else question
        held = [i for i in self.held.values() if not scope.interviews or i.id in scope.interviews]
        ranked = sorted(((n, *found) for i in held for n, *found in _sentences(i, meant)), key=lambda s: -s[0])
        quotes = [Quote(i, turn, start, end, highlight) for _, i, turn, start, end, highlight in ranked]
        told = tuple(q for q in quotes if q.role is not Role.INTERVIEWER)
        if not ranked:
            return Answer(question, meant, Status.NOT_FOUND, 0.1, (), _first_turns(held))
        if not told or (quotes[0].role is Role.INTERVIEWER and ranked[0][0] > 2):
            return Answer(question, meant, Status.ONLY_ASKED, 0.3, (quotes[0],), told[:3])
        return Answer(question, meant, Status.ANSWERED, 0.4 if "maybe" in question else 0.9, told[:2])

    def close(self) -> None:
        """Note that it was closed."""
        self.closed = True


def _sentences(interview: Interview, question: str) -> list[tuple[int, Interview, int, int, int, tuple[Span, ...]]]:
    wanted = set(re.findall(r"\w{4,}", question.casefold())) - {"what", "when", "does", "that", "with"}
    found = []
    for number, turn in enumerate(interview.turns):
        for match in re.compile(r"\S[^.?!]*[.?!]?[\"”]?").finditer(interview.text, turn.start, turn.end):
            words = [w for w in re.finditer(r"\w+", match.group()) if w.group().casefold() in wanted]
            if words:
                spans = tuple((match.start() + w.start(), match.start() + w.end()) for w in words)
                found.append((len(words), interview, number, match.start(), match.end(), spans))
    return found


def _first_turns(interviews: Sequence[Interview]) -> tuple[Quote, ...]:
    return tuple(
        Quote(i, number, turn.start, turn.end)
        for i in interviews
        for number, turn in enumerate(i.turns[:2])
        if turn.role is Role.INTERVIEWEE
    )
