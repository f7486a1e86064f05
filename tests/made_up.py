"""Made-up interviews with made-up vectors, for tests that need no model.

A text's vector depends on nothing but the text, so that two processes make the same.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from rag.datatypes import Interview, Mark, Passage, Role, Turn
from rag.store import Added, Embedded, Store
from rag.vectors import Vectors

DIMENSION = 8
MODEL = "made up"


def vector(text: str, dimension: int = DIMENSION) -> Vectors:
    """Return a vector of length 1 that is this text's own."""
    drawn = np.random.default_rng(zlib.crc32(text.encode())).normal(size=dimension)
    return (drawn / np.linalg.norm(drawn)).astype(np.float32)


def interview(id: str, *answers: str, origin: str | None = None, guest: str = "Ada Byron") -> Interview:
    """Return an interview in which Q asks about each answer's first word before it is given."""
    text = ""
    turns: list[Turn] = []
    for answer in answers or ("Engines weave algebra. The loom weaves flowers.",):
        for speaker, role, said in (
            ("Q", Role.INTERVIEWER, f"What of {answer.split()[0].lower()}?"),
            (guest, Role.INTERVIEWEE, answer),
        ):
            turns.append(Turn(len(text), len(text) + len(said), speaker, role, "Work"))
            text += said + "\n\n"
    return Interview(
        id,
        text,
        tuple(turns),
        f"Title of {id}",
        outlet="The Gazette",
        date="2024-05",
        url=f"https://example.org/{id}",
        origin=origin,
        times=(Mark(0, 0.0), Mark(5, 12.5)),
        pages=(Mark(0, 1),),
        descriptions=((guest, "mathematician"),),
    )


def cut(interview: Interview) -> tuple[Passage, ...]:
    """Make a passage of every turn, with a sentence for each full stop."""
    passages = []
    for n, turn in enumerate(interview.turns):
        spans, start = [], turn.start
        while start < turn.end:
            stop = interview.text.find(". ", start, turn.end)
            end = turn.end if stop < 0 else stop + 1
            spans.append((start, end))
            start = end if stop < 0 else end + 1
        passages.append(Passage(interview.id, n, tuple(spans)))
    return tuple(passages)


def embedded(interview: Interview, dimension: int = DIMENSION) -> Embedded:
    """Return an interview with its passages and vectors."""
    passages = cut(interview)

    def each(spans: Sequence[tuple[int, int]]) -> Vectors:
        return np.array([vector(interview.text[start:end], dimension) for start, end in spans], np.float32)

    whole = each([(p.start, p.end) for p in passages]).reshape(len(passages), dimension)
    return Embedded(interview, passages, whole, tuple(each(p.sentences) for p in passages))


def put(store: Store, interview: Interview) -> Added:
    """Add an interview as a library does."""
    return store.add(embedded(interview))


def retold(interview: Interview, **roles: Role) -> Interview:
    """Return an interview with other roles: ``Q=Role.OTHER`` gives Q's turns that one."""
    return replace(interview, turns=tuple(replace(t, role=roles.get(t.speaker or "", t.role)) for t in interview.turns))
