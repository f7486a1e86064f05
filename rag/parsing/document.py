"""What every format is read into before anyone asks who is speaking: text, and its blocks.

In: nothing. Out: ``Document``, which ``turns.py`` cuts into turns. A block is a paragraph, a heading
or a subtitle cue; what the format itself knows (bold runs, a cue's voice, a page) stays with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rag.datatypes import Mark, Role, Span


class Kind(StrEnum):
    """What a block is in its source."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Block:
    """A span of the document's text that the source sets apart; it has no outer white space."""

    start: int
    end: int
    kind: Kind = Kind.PARAGRAPH
    bold: tuple[Span, ...] = ()
    """Runs set in bold, inside the block."""
    set_off: bool = False
    """All of it stands in italics, in a block quotation, or in a style called "question"."""
    voice: str | None = None
    """The speaker where the format has a field for it: ``<v Name>``, a JSON turn's "speaker"."""
    role: Role | None = None
    """The voice's role where the format has a field for that."""


@dataclass(frozen=True, slots=True)
class Document:
    """A source as readable text. ``blocks`` are in order and don't overlap."""

    text: str
    blocks: tuple[Block, ...]
    title: str | None = None
    outlet: str | None = None
    date: str | None = None
    url: str | None = None
    people: tuple[str, ...] = ()
    """Names the source gives as taking part (front matter, a byline excluded)."""
    interviewers: tuple[str, ...] = ()
    """Those whom the source itself says to ask."""
    interviewees: tuple[str, ...] = ()
    """Those whom the source itself says to answer."""
    author: str | None = None
    times: tuple[Mark, ...] = ()
    pages: tuple[Mark, ...] = ()
