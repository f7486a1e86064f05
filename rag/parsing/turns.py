"""A document as turns: who speaks from where to where, by the convention the document follows.

In: ``Document`` and its lines. Out: ``Piece``s in order, each with the label it carries and what the
convention itself tells about its role; ``roles.py`` decides the rest. Headings, page furniture, break
markers and stage directions that stand alone are in no piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from typing import Final

from rag.datatypes import Role, Span
from rag.dates import day_of
from rag.parsing import conventions
from rag.parsing.apart import between_turns, closing_notes, directions, running, standing_apart, unspoken
from rag.parsing.conventions import Start, Starts
from rag.parsing.document import Document
from rag.parsing.label_shapes import Label
from rag.parsing.labels import labels_of, opening_label
from rag.parsing.lines import Line, asks, ends_sentence, trimmed
from rag.parsing.printed import beside_labels, by_labels, with_label
from rag.parsing.unmarked import paragraphs, unlabelled_questions

UNATTRIBUTED_WORDS: Final = 120
"""Words after which a transcript without any speakers gets a new turn, at the end of a sentence."""

STAMPED_SHARE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Piece:
    """One speaker's words without a break, before anybody knows who that is."""

    start: int
    end: int
    label: str | None = None
    role: Role | None = None
    section: str | None = None
    description: str | None = None
    seconds: float | None = None
    opens: int = 0
    """Where the mark that gives these words to somebody begins, beside them or above."""


def cut(document: Document, lines: Sequence[Line], known: Iterable[str] = ()) -> tuple[Piece, ...]:
    """Cut ``document`` into pieces by the first convention that fits it; none where it has no turns.

    ``known`` are names of people who take part. Conventions come in the order of how sure they are.
    """
    text = document.text
    if starts := conventions.voices(lines, directions(text, lines)):
        return _assemble(text, lines, starts, unspoken(text, lines))
    labels = labels_of(text, lines, known)
    marked = (
        conventions.asking_headings(text, lines)
        or conventions.bold_questions(text, lines)
        or conventions.slanted_questions(text, lines)
    )
    if labels and by_labels(marked, labels):
        starts = beside_labels(text, lines, labels, marked)
        starts = starts or unlabelled_questions(text, lines, conventions.labelled(text, lines, labels))
        return _assemble(text, lines, starts, between_turns(text, lines, starts))
    if marked and not _also_dashed(text, lines, marked):
        starts = {n: with_label(start, labels.get(n)) for n, start in marked.items()}
        starts |= _opening(opening_label(text, lines, min(marked), known))
        return _assemble(text, lines, starts, unspoken(text, lines))
    apart = standing_apart(text, lines)
    starts = (
        conventions.dashed(text, lines) or conventions.numbered_questions(text, lines) or paragraphs(text, lines, apart)
    )
    if starts:
        return _assemble(text, lines, starts, apart)
    apart = unspoken(text, lines) - {n for n, line in enumerate(lines) if _is_stamp(line)}
    return _assemble(text, lines, _unattributed(text, lines, bool(document.times)), apart)


def _is_stamp(line: Line) -> bool:
    """Tell a time stamp that has a line for itself, above the words that it is the time of."""
    return line.seconds is not None and line.body >= line.end


def _opening(label: tuple[int, Label] | None) -> dict[int, Start]:
    return {label[0]: Start(label[1].at, label[1].name, None, label[1].description)} if label else {}


def _unattributed(text: str, lines: Sequence[Line], timed: bool) -> Starts:
    """Cut a time-stamped transcript that names nobody at ends of sentences: after questions, and now and then."""
    stamped, worded = sum(line.seconds is not None for line in lines), sum(line.body < line.end for line in lines)
    if not timed and stamped < STAMPED_SHARE * worded:
        return {}
    starts: dict[int, Start] = {}
    words = 0
    fresh = True
    for number, line in enumerate(lines):
        if fresh:
            starts[number] = Start(line.body, role=Role.OTHER)
            words = 0
        words += len(text[line.body : line.end].split())
        ended = ends_sentence(text, line.body, line.end) and words >= UNATTRIBUTED_WORDS
        fresh = ended or words >= 2 * UNATTRIBUTED_WORDS or asks(text, line.body, line.end)
    return starts


def _also_dashed(text: str, lines: Sequence[Line], marked: Starts) -> bool:
    """Tell bold questions that have dashes too: then the dashes tell more, if answers have them."""
    questions = {n for n, start in marked.items() if start.role is Role.INTERVIEWER}
    answers = [lines[n] for n, start in marked.items() if start.role is Role.INTERVIEWEE]
    both = 2 * sum(conventions.words_at(text, line) > line.body for line in answers) > len(answers)
    return both and questions <= conventions.dashed(text, lines).keys()


def as_one(document: Document, lines: Sequence[Line], speaker: str) -> tuple[Piece, ...]:
    """Take the whole document as the words of one person."""
    if not lines:
        return ()
    return _assemble(document.text, lines, {0: Start(lines[0].body, speaker)}, unspoken(document.text, lines))


def before_marks(document: Document, lines: Sequence[Line], pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Take what captions have before the first mark of a speaker for somebody's words, nobody knows whose.

    Where each word has its time all of it was said; in other sources a title or an editor's lines stand there.
    """
    timed = bool(document.times) and document.times[0].offset <= lines[0].start
    if not timed or any(line.seconds is not None for line in lines):
        return ()  # a time that stands in the text itself may be beside anything
    above = [line for line in lines if line.end <= pieces[0].opens]
    said = unspoken(document.text, above) if above else frozenset()
    first = next((n for n in range(len(above)) if n not in said), None)
    if first is None:
        return ()
    return _assemble(document.text, above, {first: Start(above[first].body, role=Role.OTHER)}, said)


def _assemble(text: str, lines: Sequence[Line], starts: Starts, apart: Set[int]) -> tuple[Piece, ...]:
    """Put lines together into pieces: each start opens one, what stands apart closes it."""
    pieces: list[Piece] = []
    apart = apart | closing_notes(text, lines, starts)
    current: Start | None = None
    begin = end = opens = 0
    section: str | None = None
    heads = running(text, lines)
    marked = any(line.heading for line in lines)  # then what stands apart without being a heading heads nothing
    for number, line in enumerate(lines):
        start = starts.get(number)
        if start is None and number not in apart:
            if current is not None and not _is_stamp(line):
                begin, end = (begin if end > begin else line.body), line.end
            continue
        pieces += _piece(text, current, begin, end, section, opens)
        if start is not None:
            current, begin, end, opens = start, start.at, line.end, line.start
        else:
            begin = end = line.end
            section = (
                _title(text, line)
                if not line.furniture and number not in heads and (line.heading or line.bold or not marked)
                else None
            ) or section
    pieces += _piece(text, current, begin, end, section, opens)
    return tuple(pieces)


def _title(text: str, line: Line) -> str | None:
    """Return the words of a heading; a stage direction heads nothing, nor does a date."""
    words = " ".join(text[line.body : line.end].strip("*_# ").split())
    if day_of(words) or not any(c.isalpha() for c in words):
        return None
    if not any(word[0].isalpha() for word in re.findall(r"\w+", words)):
        return None  # how long it is: 12m 3s
    return words if words[:1].isalnum() or words[:1] in ("“", '"', "‘", "'", "«", "¿", "¡") else None


def _piece(text: str, start: Start | None, begin: int, end: int, section: str | None, opens: int) -> list[Piece]:
    span = _bare(text, begin, end) if start and end > begin else None
    if start is None or span is None or not any(c.isalnum() for c in text[span[0] : span[1]]):
        return []
    return [Piece(*span, start.label, start.role, section, start.description, start.seconds, opens)]


def _bare(text: str, start: int, end: int) -> Span | None:
    """Trim white space, and the asterisks that plain text sets around a turn in bold."""
    span = trimmed(text, start, end)
    for mark in ("*", "_"):
        wrapped = (
            span and text.startswith(mark, span[0]) and text.endswith(mark, *span) and text.count(mark, *span) == 2
        )
        if span and wrapped and span[1] - span[0] > 2:
            span = trimmed(text, span[0] + 1, span[1] - 1)
    for mark in ("**", "__"):
        if span and text.startswith(mark, span[0], span[1]):
            span = trimmed(text, span[0] + len(mark), span[1])
        if span and text.endswith(mark, span[0], span[1]) and text.count(mark, *span) % 2:
            span = trimmed(text, span[0], span[1] - len(mark))
    return span
