"""The core types, in the order data meets them: Interview, Turn, Passage, Quote, Answer.

Everything that points at words is a ``(start, end)`` pair of character offsets into the immutable
``Interview.text``. No type here holds a copy of the words it points at, so a quote can't be altered.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Span = tuple[int, int]
"""Half-open character offsets into ``Interview.text``."""


class Role(StrEnum):
    """What a speaker does in the interview. ``OTHER`` is anybody whose role can't be told."""

    INTERVIEWER = "interviewer"
    INTERVIEWEE = "interviewee"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says without a break; the span leaves out labels, dashes and time stamps."""

    start: int
    end: int
    speaker: str | None
    """The speaker's name; None where the source doesn't tell."""
    role: Role
    section: str | None = None
    """The nearest section heading above the turn."""


@dataclass(frozen=True, slots=True)
class Mark:
    """From ``offset`` on, the source is at ``value``: seconds of the recording, or a page number."""

    offset: int
    value: float


@dataclass(frozen=True, slots=True)
class Told:
    """What a person said about a source when adding it; heeded whenever the source is read again."""

    interviewers: tuple[str, ...] = ()
    interviewees: tuple[str, ...] = ()
    speaker: str | None = None
    """Whose words the whole text is."""
    title: str | None = None
    date: str | None = None


UNTOLD = Told()


@dataclass(frozen=True, slots=True)
class Interview:
    """A transcript, who says what in it, and where it comes from.

    ``text`` never changes: for plain text it is the decoded file (but for the line numbers of a court),
    for markup, subtitles and PDF the readable text taken out of it. ``turns`` are in order and don't
    overlap. ``times`` and ``pages`` are sorted by offset, and empty where the source has none.
    """

    id: str
    text: str
    turns: tuple[Turn, ...]
    title: str
    outlet: str | None = None
    date: str | None = None
    """ISO 8601: a day, a month or a year."""
    url: str | None = None
    origin: str | None = None
    """The file or address it was read from: the same origin with other content is an update."""
    times: tuple[Mark, ...] = ()
    pages: tuple[Mark, ...] = ()
    descriptions: tuple[tuple[str, str], ...] = ()
    """(speaker, what they are), as in ("Radmila Shekerinska", "NATO Deputy Secretary General")."""
    author: str | None = None
    """Who signs it, as the source has it; that may or may not be who asks."""
    told: Told = UNTOLD

    def __hash__(self) -> int:
        """Hash what tells interviews apart; a whole transcript's turns would take longer than what is cached by it."""
        return hash((self.id, self.text))

    def speakers(self, role: Role | None = None) -> tuple[str, ...]:
        """Return the names of all who speak, or of those with a role, in the order they first do."""
        return tuple(dict.fromkeys(t.speaker for t in self.turns if t.speaker and role in (None, t.role)))

    @property
    def interviewers(self) -> tuple[str, ...]:
        """Who asks."""
        return self.speakers(Role.INTERVIEWER)

    @property
    def interviewees(self) -> tuple[str, ...]:
        """Who answers."""
        return self.speakers(Role.INTERVIEWEE)

    def description(self, speaker: str | None) -> str | None:
        """Return what a speaker is, where the source says so."""
        return dict(self.descriptions).get(speaker or "")

    @property
    def words(self) -> int:
        """How many words are spoken."""
        return sum(len(self.text[t.start : t.end].split()) for t in self.turns)

    def turn_at(self, offset: int) -> int | None:
        """Return the index of the turn that holds ``offset``, None for headings and page furniture."""
        i = bisect_right(self.turns, offset, key=lambda t: t.start) - 1
        return i if i >= 0 and offset < self.turns[i].end else None

    def asked_before(self, turn: int) -> int | None:
        """Return the index of the interviewer's turn that ``turn`` answers, None where there is none."""
        for i in range(turn - 1, -1, -1):
            if self.turns[i].role is Role.INTERVIEWER:
                return i
        return None

    def each_asked_before(self) -> tuple[int | None, ...]:
        """Return for every turn what ``asked_before`` does, in one pass over a long transcript."""
        found: list[int | None] = []
        before: int | None = None
        for i, turn in enumerate(self.turns):
            found.append(before)
            before = i if turn.role is Role.INTERVIEWER else before
        return tuple(found)

    def asked(self, turn: int) -> str | None:
        """Return the interviewer's words that ``turn`` answers, None where there are none."""
        before = self.asked_before(turn)
        return None if before is None else self.text[self.turns[before].start : self.turns[before].end]

    def time_at(self, offset: int) -> float | None:
        """Return the seconds into the recording at ``offset``."""
        return _value_at(self.times, offset)

    def page_at(self, offset: int) -> int | None:
        """Return the page that ``offset`` stands on."""
        page = _value_at(self.pages, offset)
        return None if page is None else int(page)


def _value_at(marks: tuple[Mark, ...], offset: int) -> float | None:
    i = bisect_right(marks, offset, key=lambda m: m.offset) - 1
    return marks[i].value if i >= 0 else None


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of retrieval: consecutive whole sentences of one turn."""

    interview: str
    """The interview's id."""
    turn: int
    """The turn's index in ``Interview.turns``."""
    sentences: tuple[Span, ...]
    """At least one, in order, inside the turn."""

    @property
    def start(self) -> int:
        """Where its first sentence starts."""
        return self.sentences[0][0]

    @property
    def end(self) -> int:
        """Where its last sentence ends."""
        return self.sentences[-1][1]


@dataclass(frozen=True, slots=True)
class Scope:
    """Which interviews and speakers a question is put to; empty means all."""

    interviews: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    """Names without regard to case, or parts of names where nobody has such a name."""
    since: str | None = None
    until: str | None = None
    """ISO 8601 dates, both included; an interview without a date is left out when either is given."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of one speaker: a span inside one turn. ``text`` is cut from the transcript, never stored."""

    interview: Interview
    turn: int
    start: int
    end: int
    highlight: tuple[Span, ...] = ()
    """The words that answer: spans of the transcript inside ``start`` and ``end``."""

    def __post_init__(self) -> None:
        """Hold the invariant that a quote never leaves its turn."""
        turn = self.interview.turns[self.turn]
        if not turn.start <= self.start < self.end <= turn.end:
            raise ValueError(f"a quote at {self.start}-{self.end} leaves its turn at {turn.start}-{turn.end}")

    @property
    def text(self) -> str:
        """The transcript at the quote's offsets."""
        return self.interview.text[self.start : self.end]

    @property
    def speaker(self) -> str | None:
        """Who says it."""
        return self.interview.turns[self.turn].speaker

    @property
    def role(self) -> Role:
        """What the speaker does in the interview."""
        return self.interview.turns[self.turn].role

    @property
    def section(self) -> str | None:
        """The heading it stands under."""
        return self.interview.turns[self.turn].section

    def overlaps(self, interview: str, span: Span) -> bool:
        """Tell whether a span of an interview, by its id, and the quote have words in common."""
        return self.interview.id == interview and self.start < span[1] and span[0] < self.end

    @property
    def asked(self) -> str | None:
        """The interviewer's words that it answers."""
        if self.role is Role.INTERVIEWER:
            return None
        return self.interview.asked(self.turn)


class Status(StrEnum):
    """How a question ends. Not finding an answer is a value, never an exception."""

    ANSWERED = "answered"
    ONLY_ASKED = "only_asked"
    """Only the interviewer raised it; the quotes are the interviewer's."""
    NOT_FOUND = "not_found"


class Finding(StrEnum):
    """What became of a quotation."""

    EXACT = "exact"
    ALTERED = "altered"
    OTHER_SPEAKER = "other_speaker"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: the quotation's words, and the speaker's in their place.

    "insert" are words nobody said, "delete" are words left out.
    """

    op: Literal["replace", "insert", "delete"]
    yours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a journalist needs before printing; ``quote`` is the speaker's own words."""

    finding: Finding
    quote: Quote | None
    changes: tuple[Change, ...] = ()


SURE_AT = 0.6
"""The confidence from which an answer stands alone. Below it more passages are read, the runner-up is quoted too, and
whoever is answered is told that perhaps this answers."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the interviews say to a question, in their speakers' words."""

    question: str
    meant: str
    """What the question was taken to mean: itself, or a follow-up with what it refers to put in."""
    status: Status
    confidence: float
    """The probability, 0 to 1, that ``status`` is "answered" rightly."""
    quotes: tuple[Quote, ...]
    """Best first; never the interviewer's when answered; none when not found."""
    closest: tuple[Quote, ...] = ()
    """What comes nearest, at most three, when the question is not answered."""
    verdict: Verdict | None = None
    """Where a quotation was pasted instead of a question: what became of it."""
    note: str | None = None
    """What to tell before or instead of quotes, in the product's words: where an interviewer's words were asked for,
    nothing that somebody could have said, or several things of which one isn't answered."""

    @property
    def unsure(self) -> bool:
        """Is it answered, but not surely so?"""
        return self.status is Status.ANSWERED and self.confidence < SURE_AT
