"""How a test says what a transcript holds."""

from __future__ import annotations

from typing import Final

from rag.datatypes import Role
from rag.parsing import parse

ASKS, ANSWERS, OTHER = Role.INTERVIEWER, Role.INTERVIEWEE, Role.OTHER

Said = tuple[str | None, Role, str]

BEES: Final = (
    ("How did you come to keep bees?", "My aunt left me two hives, and I could not give them away."),
    ("Were you afraid?", "Of course. I was stung forty times."),
    ("And now?", "Now they know me."),
)
"""Three questions with their answers."""


def said(source: str, name: str = "talk.txt") -> list[Said]:
    """Return the speaker, the role and the words of each turn, white space as one space."""
    interview = parse(source.encode(), name)
    return [(t.speaker, t.role, " ".join(interview.text[t.start : t.end].split())) for t in interview.turns]


def heard(source: str, name: str = "talk.txt") -> list[tuple[str | None, Role]]:
    """Return the speaker and the role of each turn."""
    return [(who, role) for who, role, _ in said(source, name)]


def words_of(source: str, name: str = "talk.txt") -> list[str]:
    """Return the words of each turn."""
    return [words for _, _, words in said(source, name)]
