"""What every store keeps of an interview, whatever engine holds it.

In: interviews and their passages. Out: the hashes by which an interview is known again, the roles that were
corrected, whom a name stands for, which passage asks what another answers, and what is wrong with spans.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Generic, TypeVar

from rag.datatypes import Interview, Passage, Role, Told, Turn
from rag.errors import ParseError
from rag.store import Embedded, Given, Outcome

CACHED_CHARACTERS = 32_000_000
"""How much text is kept at hand once read: some 1,500 interviews."""

Key = TypeVar("Key", bound=Hashable)


class AtHand(Generic[Key]):
    """Interviews once read, as many as have ``CACHED_CHARACTERS`` together; those that were read first go first."""

    def __init__(self) -> None:
        """Start with none."""
        self._interviews: dict[Key, Interview] = {}
        self._characters = 0

    def get(self, key: Key, read: Callable[[], Interview]) -> Interview:
        """Return the interview that a key stands for, ``read`` if it isn't at hand."""
        if key not in self._interviews:
            found = read()
            self._characters += len(found.text)
            while self._interviews and self._characters > CACHED_CHARACTERS:
                self._characters -= len(self._interviews.pop(next(iter(self._interviews))).text)
            self._interviews[key] = found
        return self._interviews[key]

    def clear(self) -> None:
        """Forget all of them."""
        self._interviews.clear()
        self._characters = 0


def mixes(kept: tuple[str, int], promised: tuple[str, int]) -> bool:
    """Tell whether vectors of a promised model would stand among those of another; ("", 0) is none yet."""
    return ("", 0) not in (kept, promised) and kept != promised


def telling(frequencies: Mapping[str, int], passages: int) -> dict[str, int]:
    """Leave out terms of more than half the passages, to which BM25 gives no weight and much time."""
    held = {term: count for term, count in frequencies.items() if count}
    return {term: count for term, count in held.items() if count <= passages / 2} or held


def require_same_spans(before: Sequence[Turn], after: Sequence[Turn]) -> None:
    """Refuse a correction of anything but who says what.

    Raises:
        ValueError: The turns have other spans.
    """
    if [(t.start, t.end) for t in after] != [(t.start, t.end) for t in before]:
        raise ValueError("a correction keeps the turns' spans")


def as_given(interview: Interview) -> Given:
    """Return by what an interview from its source is known again: what is said by whom, and all but id and origin.

    Raises:
        ParseError: There are characters in it that no file can hold.
    """
    said = [interview.text, [[t.start, t.end, t.speaker, t.role, t.section] for t in interview.turns]]
    known: list[object] = [interview.title, interview.outlet, interview.date, interview.url, interview.descriptions]
    known += [[[m.offset, m.value] for m in marks] for marks in (interview.times, interview.pages)]
    known += [part for part in (interview.author, told_json(interview.told)) if part]  # absent in older libraries
    try:
        content = hashlib.sha256(as_json(said).encode()).digest()
        everything = hashlib.sha256(content + as_json(known).encode()).digest()
        f"{interview.id}{interview.origin}".encode()
    except UnicodeEncodeError as error:
        raise ParseError(f"{interview.title!a} holds half a character (a lone surrogate): mend its encoding") from error
    return Given(content, everything)


def given(new: Embedded) -> Given:
    """Return by what an interview is known again: it is the same in whatever store it was first."""
    return new.given or as_given(new.interview)


def adds(corrections: str, known: str) -> bool:
    """Tell whether corrections hold more than those that are known."""
    return not json.loads(corrections).items() <= json.loads(known).items()


def of_same_words(origin: str | None, corrections: str, new: Interview, given: Given) -> Outcome:
    """Return what adding does where the same words are held, from ``origin`` and with these corrections.

    They get what is new: corrections, where they come from there too, or a source, where they had none.
    """
    corrected = origin == new.origin and adds(given.corrections, corrections)
    gets_source = origin is None and new.origin is not None
    return Outcome.UPDATED if corrected or gets_source else Outcome.UNCHANGED


def merged(known: str, corrections: str) -> str:
    """Return corrections over those that are known."""
    return as_json(json.loads(known) | json.loads(corrections))


def remembered(corrections: str, before: Sequence[Turn], after: Sequence[Turn]) -> str:
    """Return the corrections of roles, with those that the turns of now add to the ones before."""
    pairs = zip(before, after, strict=True)
    changed = {new.speaker: new.role.value for old, new in pairs if new.speaker and new.role is not old.role}
    return merged(corrections, as_json(changed))


def corrected(interview: Interview, corrections: str) -> Interview:
    """Return an interview with the roles that were corrected in an earlier version of it."""
    roles = {speaker: Role(role) for speaker, role in json.loads(corrections).items()}
    turns = tuple(replace(t, role=roles.get(t.speaker, t.role)) if t.speaker else t for t in interview.turns)
    return replace(interview, turns=turns)


def asked_rows(interview: Interview, passages: Sequence[Passage], rows: Sequence[int]) -> list[int | None]:
    """Return for each passage the row of the last passage of the interviewer's turn that it answers."""
    last = {passage.turn: row for row, passage in zip(rows, passages, strict=True)}
    before = interview.each_asked_before()
    return [
        None if (turn := before[p.turn]) is None or interview.turns[p.turn].role is Role.INTERVIEWER else last.get(turn)
        for p in passages
    ]


def problems_of_spans(interview: Interview, passages: tuple[Passage, ...]) -> Iterator[str]:
    """Yield a line for each turn or sentence that overlaps another or leaves what it is in."""
    past = 0
    for n, turn in enumerate(interview.turns):
        if not past <= turn.start < turn.end <= len(interview.text):
            yield f"turn {n} at {turn.start}-{turn.end} overlaps another or leaves the text"
        past = turn.end
    for passage in passages:
        turn = interview.turns[passage.turn]
        past = turn.start
        for start, end in passage.sentences:
            if not past <= start < end <= turn.end:
                yield f"a sentence at {start}-{end} overlaps another or leaves its turn"
            past = end


def told_json(told: Told) -> str:
    """Write what was told, "" where nothing was."""
    said = {field: value for field, value in asdict(told).items() if value}
    return as_json(said) if said else ""


def as_json(value: object) -> str:
    """Write a value as every store keeps it: as short as JSON can be."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
