"""What a library is, whatever engine holds it: the ``Store`` Protocol and the types it speaks in.

In: interviews with their passages and vectors. Out: passages near a vector, passages that hold a
word, and the interviews they come from. ``rag.local.store`` keeps a library in a folder or in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from rag.datatypes import Interview, Passage, Role, Scope, Turn

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

EVERYTHING = Scope()
"""The scope of a question put to the whole library."""


class Outcome(StrEnum):
    """What adding an interview did."""

    ADDED = "added"
    UPDATED = "updated"
    """Another version with the same origin was replaced."""
    UNCHANGED = "unchanged"
    """The library already holds it."""


@dataclass(frozen=True, slots=True)
class Added:
    """The id under which the library knows the interview, and what was done to have it there."""

    id: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Summary:
    """One line of a library's list."""

    id: str
    title: str
    outlet: str | None
    date: str | None
    interviewees: tuple[str, ...]
    words: int
    origin: str | None = None

    @classmethod
    def of(cls, interview: Interview) -> Summary:
        """Sum up an interview."""
        i = interview
        return cls(i.id, i.title, i.outlet, i.date, i.interviewees, i.words, i.origin)


@dataclass(frozen=True, slots=True, eq=False)
class StoredPassage:
    """A passage with what a retriever needs of it; ``row`` is its number, never given to another."""

    row: int
    passage: Passage
    role: Role
    asked: int | None
    """The row of the last passage of the interviewer's turn that it answers, None without one."""
    vector: NDArray[np.float32]
    """(dimension,), of length 1 to within a float16's precision."""
    sentence_vectors: NDArray[np.float32]
    """(number of sentences, dimension), each of length 1 likewise."""


@dataclass(frozen=True, slots=True)
class Given:
    """By what an interview is known again, and the roles that were corrected since it was given."""

    content: bytes
    """SHA-256 of text and turns as they were given."""
    everything: bytes
    """SHA-256 of those and of what is known about them."""
    corrections: str = "{}"
    """JSON {speaker: role}"""


@dataclass(frozen=True, slots=True, eq=False)
class Embedded:
    """An interview as it goes into a store: its passages, and vectors of length 1 for them."""

    interview: Interview
    passages: tuple[Passage, ...]
    vectors: NDArray[np.float32]
    """(number of passages, dimension)"""
    sentence_vectors: tuple[NDArray[np.float32], ...]
    """For each passage (number of its sentences, dimension)."""
    given: Given | None = None
    """What the store that it comes from keeps of it; None where it comes from its source."""


Embed = Callable[[Interview, tuple[Passage, ...]], Embedded]
"""Gives an interview's passages the vectors of some model."""


class Store(Protocol):
    """A library. Every method may be called from any thread, and other processes may write at the same time.

    Scores are higher for better. A row that another process has removed meanwhile is left out of
    answers, never replaced by another.
    """

    @property
    def model(self) -> str:
        """The embedding model that made the vectors, "" as long as there is none."""

    @property
    def dimension(self) -> int:
        """The length of its vectors, 0 as long as there is none."""

    @property
    def untouched(self) -> bool:
        """Whether nothing was ever put in, which a model being recorded doesn't change where that can be told."""

    @property
    def size(self) -> int:
        """The number of passages."""

    def use_model(self, model: str, dimension: int) -> None:
        """Record the embedding model of a new library, or hold a used one to its own.

        Raises:
            ModelMismatch: The library's vectors come from another model.
        """

    def plan(self, interview: Interview) -> Added:
        """Say what ``add`` would do, so that nothing is embedded in vain."""

    def add(self, new: Embedded) -> Added:
        """Put an interview in, whole or not at all.

        The same origin with other content replaces what was there under the same id, with roles that
        were corrected kept; the same content twice changes nothing; an id that is taken gets a number.
        From another store, it brings the roles that were corrected there.

        Raises:
            LibraryError: It can't be written; nothing has changed.
            ValueError: Vectors that don't fit the passages, or are not of length 1.
        """

    def remove(self, id: str) -> None:
        """Take an interview out.

        Raises:
            UnknownInterview: There is none with that id.
            LibraryError: It can't be written; nothing has changed.
        """

    def correct(self, id: str, turns: Sequence[Turn]) -> None:
        """Replace who says what: ``turns`` has the spans that were there, with other speakers or roles.

        The roles are remembered by speaker, and hold when the interview is updated.

        Raises:
            UnknownInterview: There is none with that id.
            ValueError: ``turns`` has other spans.
        """

    def reembed(self, model: str, dimension: int, embed: Embed) -> None:
        """Replace all vectors by those of another model, all or none."""

    def interview(self, id: str) -> Interview:
        """Return an interview.

        Raises:
            UnknownInterview: There is none with that id.
        """

    def summaries(self) -> tuple[Summary, ...]:
        """Return a line for each interview, in the order in which they were first added."""

    def ids_in(self, scope: Scope) -> tuple[str, ...]:
        """Return the interviews that a scope's ids and dates let in, whoever speaks in them, in the list's order.

        Raises:
            UnknownInterview: The scope names an interview that isn't there.
            QuestionError: The scope has a date that is none.
        """

    def contents(self) -> Iterator[Embedded]:
        """Yield everything, interview by interview, to be put into another store."""

    def nearest(
        self, vector: NDArray[np.float32], k: int, scope: Scope = EVERYTHING, role: Role | None = None
    ) -> list[tuple[int, float]]:
        """Return (row, cosine) of the ``k`` passages nearest to ``vector``, best first, fewer if there are fewer.

        Raises:
            UnknownInterview: The scope names an interview that isn't there.
            QuestionError: The scope has a date that is none.
        """

    def matching(
        self, terms: Sequence[str], k: int, scope: Scope = EVERYTHING, role: Role | None = None
    ) -> list[tuple[int, float]]:
        """Return (row, BM25 score) of the ``k`` passages that hold the terms best, compared by their stems.

        Raises:
            UnknownInterview: The scope names an interview that isn't there.
            QuestionError: The scope has a date that is none.
        """

    def says(self, term: str, scope: Scope, role: Role) -> bool:
        """Tell whether anybody of this role says a term in a passage, words compared by their stems.

        Raises:
            UnknownInterview: The scope names an interview that isn't there.
            QuestionError: The scope has a date that is none.
        """

    def passages(self, rows: Sequence[int]) -> list[StoredPassage]:
        """Return the passages with these rows, in this order."""

    def document_frequency(self, terms: Sequence[str]) -> dict[str, int]:
        """Return in how many passages each term occurs, words compared by their stems."""

    def check(self) -> tuple[str, ...]:
        """Verify everything that is stored, and return a line for each thing that is wrong."""

    def close(self) -> None:
        """Let go of files and connections; closing twice does no harm."""
