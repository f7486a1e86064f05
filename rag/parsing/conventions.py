"""The ways in which transcripts tell turns apart, each as a function from lines to turn starts.

In: a document's lines. Out: ``Starts``, empty where the document doesn't follow that convention.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Final

from rag.datatypes import Role
from rag.parsing.label_shapes import Label
from rag.parsing.lines import DASHES, Line, asks, ends_sentence, leads_up, unfinished
from rag.parsing.names import name_like, questioner, role_word
from rag.patterns import lazy

MIN_QUESTIONS: Final = 2
"""One bold line, or one heading that asks, makes no conversation."""

QUESTION_SHARE: Final = 0.75
"""Where only the questions carry a mark, at least this share of the marked lines end in a question mark."""

BOLD_QUESTION_SHARE: Final = 0.5
"""Of the lines in bold that end as sentences, how many must ask for the others to be questions too."""

HEADING_QUESTION_SHARE: Final = 0.15
"""Of the headings, how many must ask; answers may have many headings of their own."""

MAX_CLOSING: Final = 40
"""Words of what an editor adds at the end, and of the line about the author below it."""

MIN_NUMBERS: Final = 2
MAX_QUESTION_WORDS: Final = 80
"""A longer paragraph that ends in a question mark is an answer with a rhetorical question."""

MAX_BEFORE: Final = 0.6
"""Share of the lines that may stand above the first turn."""

_NUMBER: Final = lazy(r"[(\[]?(?:Q\.? ?)?(?P<number>\d{1,3})(?:[.)\]:]|[.][)])[\s\xa0]+(?=\S)")
_PROMPT: Final = lazy(
    r"(?:(?:and|so|now|please|ok|okay|well|finally|first)[, ]+){0,2}(?:can|could|would)? ?(?:you )?"
    r"(?:tell|describe|explain|talk|walk|give|share|name|list|let['’]s|speaking of|introduce)\b",
    re.IGNORECASE,
)

_SMALL_LABEL: Final = lazy(r"(?P<label>[^\W\d_][\w.-]{0,20}):[\s\xa0]+(?=\S)")

ADDRESSES: Final = lazy(r"\b(?:you|your|yours)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Start:
    """A turn starts here: where its words begin, and what its mark tells."""

    at: int
    label: str | None = None
    role: Role | None = None
    description: str | None = None
    seconds: float | None = None


Starts = Mapping[int, Start]
"""By the number of the line that opens a turn."""


def voices(lines: Sequence[Line], unsaid: Set[int] = frozenset()) -> Starts:
    """Open a turn wherever the format's own field for the speaker, or for the role, changes.

    ``unsaid`` are lines that nobody says, whatever their field has.
    """
    starts: dict[int, Start] = {}
    if not any(line.voice or line.role for line in lines):
        return starts
    before: tuple[str | None, Role | None] = (None, None)
    for number, line in enumerate(lines):
        if line.heading or number in unsaid:
            continue
        if not starts or (line.voice, line.role) != before:
            starts[number] = Start(line.body, line.voice, line.role or (None if line.voice else Role.OTHER))
        before = line.voice, line.role
    return starts


def at_labels(lines: Sequence[Line], labels: Mapping[int, Label]) -> Starts:
    """Open a turn at every label."""
    starts: dict[int, Start] = {}
    for number, label in labels.items():
        if label.marker:
            # A break ends the turn above it, and nobody says what stands on its line.
            starts[number] = Start(lines[number].end, role=Role.OTHER)
        else:
            who = questioner(label.name, label.description)
            role = Role.INTERVIEWER if who else None
            name, told = (who.name, who.description) if who else (label.name, label.description)
            starts[number] = Start(label.at, name, role, told, label.seconds)
    return starts


def labelled(text: str, lines: Sequence[Line], labels: Mapping[int, Label]) -> Starts:
    """Open a turn at every label; where only the asking side is labelled, at every answer too."""
    starts = at_labels(lines, labels)
    names = {label.name.casefold() for label in labels.values() if label.name and not label.marker}
    if len(names) != 1:
        return starts
    if role_word(names.pop()) is Role.INTERVIEWER or _mostly_ask(text, lines, starts.keys()):
        worded = [first_words(lines, n, start) for n, start in starts.items() if start.label]
        followed = _followed(lines, starts.keys(), worded)
        answered = with_answers(text, lines, starts, starts.keys()) if followed else starts
        return _alike(text, lines, answered)
    return starts


def _alike(text: str, lines: Sequence[Line], starts: Starts) -> Starts:
    """Name who answers where every answer begins with the same word in small letters: ``maria: in a village``."""
    answers = [n for n, start in starts.items() if start.role is Role.INTERVIEWEE]
    marks = {n: match for n in answers if (match := _SMALL_LABEL.match(text, starts[n].at, lines[n].end))}
    words = {match["label"] for match in marks.values()}
    if len(answers) < MIN_QUESTIONS or len(marks) < len(answers) or len(words) > 1:
        return starts
    if not all(name_like(word.title()) for word in words):
        return starts
    return {**starts, **{n: replace(starts[n], at=m.end(), label=m["label"]) for n, m in marks.items()}}


def asking_headings(text: str, lines: Sequence[Line]) -> Starts:
    """Open a question at every heading that asks, and an answer below it."""
    headings = [n for n, line in enumerate(lines) if line.heading]
    asking = [n for n in headings if asks(text, lines[n].start, lines[n].end)]
    if len(asking) < MIN_QUESTIONS or len(asking) < HEADING_QUESTION_SHARE * len(headings):
        return {}
    stating = [n for n in headings if n not in asking and ends_sentence(text, lines[n].start, lines[n].end)]
    if len(stating) > len(asking):
        stating = []  # headings are sentences here, whether they ask or not
    marked = [n for n in headings if n in asking or n in stating or prompting(text, lines[n])]
    return with_answers(text, lines, {n: Start(lines[n].body) for n in marked}, set(marked))


def slanted_questions(text: str, lines: Sequence[Line]) -> Starts:
    """Open a question at every run of lines in italics or in block quotations, and an answer below it."""
    return bold_questions(text, [replace(line, bold=line.set_off) for line in lines])


def bold_questions(text: str, lines: Sequence[Line]) -> Starts:
    """Open a question at every run of lines in bold, and an answer below it."""
    runs = _without_standfirst(text, lines, bold_runs(text, lines))
    asking = sum(asks(text, lines[last].start, lines[last].end) for last in runs.values())
    if asking < MIN_QUESTIONS or asking < BOLD_QUESTION_SHARE * len(runs):
        return {}
    inside = {n for first, last in runs.items() for n in range(first, last + 1)}
    starts = with_answers(text, lines, {n: Start(words_at(text, lines[n])) for n in runs}, inside)
    return _unsaid_at_the_end(text, lines, starts, max(runs))


def _unsaid_at_the_end(text: str, lines: Sequence[Line], starts: Starts, last: int) -> Starts:
    """Give an editor's last words to nobody: in bold, asking nothing, with hardly anything below."""
    if _speaks(text, lines[last], lines[block_end(lines, last)]):
        return starts
    if len(text[lines[last].start :].split()) > MAX_CLOSING:
        return starts
    return {n: replace(start, role=Role.OTHER) if n >= last else start for n, start in starts.items()}


def _without_standfirst(text: str, lines: Sequence[Line], runs: Mapping[int, int]) -> Mapping[int, int]:
    """Leave out what an editor sets above the first question: it asks nothing, and speaks to nobody."""
    spoken = (
        n
        for first, last in runs.items()
        for n in range(first, last + 1)
        if lines[n].first and _speaks(text, lines[n], lines[block_end(lines, n)])
    )
    opening = next(spoken, len(lines))
    return {max(first, opening): last for first, last in runs.items() if last >= opening}


def _speaks(text: str, first: Line, last: Line) -> bool:
    """Tell whether a paragraph asks for something or speaks to somebody."""
    return (
        asks(text, first.start, last.end)
        or prompting(text, first)
        or ADDRESSES.search(text, first.start, last.end) is not None
    )


def bold_runs(text: str, lines: Sequence[Line]) -> dict[int, int]:
    """Return the first and last line of each run in bold that ends as a sentence does.

    What asks nothing below words that lead up to it, ``He used to say:``, is a quotation.
    """
    runs: dict[int, int] = {}
    first = -1
    for number, line in enumerate(lines):
        if not line.bold or line.heading or line.furniture:
            first = -1
            continue
        if first < 0:
            first = number
        above = lines[first - 1] if first else None
        quoted = above and not above.heading and leads_up(text, above.start, above.end)
        if ends_sentence(text, line.start, line.end) and not (quoted and not asks(text, line.start, line.end)):
            runs[first] = number
        elif line.alone and not unfinished(text, line.start, line.end):
            first = -1  # a heading above a question
    return runs


def numbered_questions(text: str, lines: Sequence[Line]) -> Starts:
    """Open a question at 1., 2., 3. and so on, and an answer below it."""
    marked: dict[int, Start] = {}
    for number, line in enumerate(lines):
        match = _NUMBER.match(text, line.body, line.end)
        if match and int(match["number"]) == len(marked) + 1:
            marked[number] = Start(match.end())
    if len(marked) < MIN_NUMBERS or not _mostly_ask(text, lines, marked.keys()) or not _followed(lines, marked.keys()):
        return {}
    return with_answers(text, lines, marked, marked.keys())


def dashed(text: str, lines: Sequence[Line]) -> Starts:
    """Open a turn at every dash; where only the questions have one, at every answer too."""
    marked: dict[int, Start] = {}
    for number, line in enumerate(lines):
        at = words_at(text, line)
        if line.body < at < line.end and not line.heading and not _list_item(text, lines, number):
            marked[number] = Start(at)
    if len(marked) < MIN_QUESTIONS or not any(asks(text, lines[n].body, lines[n].end) for n in marked):
        return {}
    if next(iter(marked)) > MAX_BEFORE * len(lines):
        return {}
    if _mostly_ask(text, lines, marked.keys()) and _followed(lines, marked.keys()):
        return with_answers(text, lines, marked, marked.keys())
    return marked


def words_at(text: str, line: Line) -> int:
    """Return where the words of a line begin, after a dash; a dash before a digit is a minus."""
    at = line.body
    while at < line.end and (text[at] in DASHES or text[at].isspace() or (text[at] == ">" and line.set_off)):
        at += 1
    return line.body if at < line.end and text[at].isdigit() and text[at - 1] in DASHES else at


def _list_item(text: str, lines: Sequence[Line], number: int) -> bool:
    """Tell a list inside an answer from a turn: what stands before it is not finished."""
    return (
        number > 0
        and not lines[number - 1].heading
        and unfinished(text, lines[number - 1].start, lines[number - 1].end)
    )


def prompts(text: str, start: int, end: int) -> bool:
    """Tell ``Tell us about your work.`` as what it is, a question without a question mark."""
    return bool(_PROMPT.match(text, start, end)) and len(text[start:end].split()) <= MAX_QUESTION_WORDS


def prompting(text: str, line: Line, at: int = 0) -> bool:
    """Tell whether a line is such a question, after its time stamp, or from ``at``."""
    return prompts(text, at or line.body, line.end)


def _mostly_ask(text: str, lines: Sequence[Line], marked: Set[int]) -> bool:
    asking = sum(
        asks(text, lines[n].body, lines[block_end(lines, n, marked)].end) or _prompts_after_mark(text, lines[n])
        for n in marked
    )
    return asking >= QUESTION_SHARE * len(marked)


def _prompts_after_mark(text: str, line: Line) -> bool:
    number = _NUMBER.match(text, line.body, line.end)
    return prompting(text, replace(line, body=number.end() if number else line.body))


def _followed(lines: Sequence[Line], marked: Set[int], worded: Collection[int] = ()) -> bool:
    """Tell whether most marked lines, or those with their words, are followed by an unmarked block."""
    after = (block_end(lines, n, marked) + 1 for n in worded or marked)
    return sum(n < len(lines) and n not in marked for n in after) > len(marked) / 2


def block_end(lines: Sequence[Line], number: int, marked: Set[int] = frozenset()) -> int:
    """Return the last line of the block that ``number`` stands in, before another mark."""
    while number + 1 < len(lines) and not lines[number + 1].first and number + 1 not in marked:
        number += 1
    return number


def first_words(lines: Sequence[Line], number: int, start: Start) -> int:
    """Return the line in which a turn's words begin: below its label or a time, or beside it."""
    if start.at < lines[number].end:
        return number
    return next((n for n in range(number + 1, len(lines)) if lines[n].body < lines[n].end), number)


def with_answers(text: str, lines: Sequence[Line], questions: Starts, inside: Set[int]) -> Starts:
    """Open an answer at the first block below each question; ``inside`` are all lines of questions."""
    starts: dict[int, Start] = {}
    asked = False
    put = -1  # where the words of a question stand, below a label that has a line for itself
    for number, line in enumerate(lines):
        if number in questions:
            start = questions[number]
            starts[number] = replace(start, role=Role.INTERVIEWER)
            asked, put = True, first_words(lines, number, start) if start.label else -1
        elif asked and number > put and number not in inside and line.first and not (line.heading or line.furniture):
            starts[number] = Start(words_at(text, line), role=Role.INTERVIEWEE)
            asked = False
    return starts
