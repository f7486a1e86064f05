"""Questions and answers that nothing but a blank line sets apart: who asks is told by the words alone.

In: a document's lines. Out: ``Starts``, empty where too few paragraphs ask. Whose words a paragraph is that
may be a statement put to the other, or one more paragraph of an answer, isn't told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from typing import Final

from rag.datatypes import Role
from rag.parsing.conventions import (
    ADDRESSES,
    MAX_BEFORE,
    MAX_QUESTION_WORDS,
    MIN_QUESTIONS,
    Start,
    Starts,
    block_end,
    first_words,
    prompting,
    with_answers,
    words_at,
)
from rag.parsing.lines import Line, asks
from rag.parsing.names import same_person
from rag.parsing.printed import only_answer
from rag.patterns import lazy

FEW_QUESTIONS: Final = 3
FEW_SHARE: Final = 0.4
MANY_SHARE: Final = 0.2
"""Share of the paragraphs that must ask, where few and where many do; essays ask rhetorically, but less."""

EVERY_OTHER: Final = 0.7
"""Share of every other paragraph that must ask for the rest of them to be questions too."""

ASKED_SHARE: Final = 0.5
"""Share of the labels, but for one person's first, that a question or words put to the other must stand right above."""

MAX_STATEMENT: Final = 25
"""Words up to which a paragraph may be what an interviewer says instead of asking."""

_FIRST_PERSON: Final = lazy(r"\b(?:I|me|my|mine|we|us|our|ours)\b")
_SENTENCE_END: Final = lazy(r"[.!][\"'\u201d\u2019)]*\s")


def paragraphs(text: str, lines: Sequence[Line], apart: Set[int]) -> Starts:
    """Open a turn at every paragraph that asks and at the one below it."""
    ends = {n: block_end(lines, n) for n, line in enumerate(lines) if line.first and n not in apart}
    asking = [n for n, last in ends.items() if _asks_shortly(text, lines[n], lines[last])]
    least = FEW_SHARE if len(asking) < FEW_QUESTIONS else MANY_SHARE
    if len(asking) < MIN_QUESTIONS or len(asking) < least * len(ends) or asking[0] > MAX_BEFORE * len(lines):
        return {}
    sides = _every_other(text, lines, ends, asking)
    certain = len(sides) > 0 and len(asking) >= EVERY_OTHER * len(sides)
    asking = list(sides) if certain else asking
    inside = {k for n in asking for k in range(n, ends[n] + 1)}
    starts = with_answers(text, lines, {n: Start(words_at(text, lines[n])) for n in asking}, inside)
    return starts if certain else {**starts, **_doubtful(text, lines, ends, starts, set(sides))}


def unlabelled_questions(text: str, lines: Sequence[Line], starts: Starts) -> Starts:
    """Open a question at the paragraph above a label, where only those who answer have labels.

    That is told by a question right above the first label, or above most others, and by hardly anybody with a label
    asking anything. Where one person alone is labelled, another paragraph above the label may be the interviewer's
    too, so it is nobody's.
    """
    said = starts.keys() | {first_words(lines, n, start) for n, start in starts.items()}
    above = {n: first for n in starts if n and lines[n].first and (first := _block_start(lines, n - 1)) not in said}
    labels = sorted({start.label or "" for start in starts.values()}, key=len)
    alone = all(same_person(label, labels[-1]) for label in labels)
    first = min(starts, default=0)
    inside = [n for n in above.values() if alone and _asks_inside(text, lines, n, n > first)]
    asking = [n for n in above.values() if _puts_question(text, lines, n) or n in inside]
    opens = above.get(first) in asking
    put = sum(n in asking or _put_shortly(text, lines, n) for label, n in above.items() if label > first)
    told = any(start.role or not start.label for start in starts.values())
    if told or len(asking) < MIN_QUESTIONS or not (opens or put > ASKED_SHARE * (len(starts) - alone)):
        return starts
    if not only_answer(text, lines, starts):
        return starts
    stating = [n for n in above.values() if n not in asking and n > first] if alone else []
    answers = {n: replace(start, role=Role.INTERVIEWEE) for n, start in starts.items()}
    questions = {n: Start(words_at(text, lines[n]), role=Role.INTERVIEWER) for n in asking}
    doubtful = {n: Start(words_at(text, lines[n]), role=Role.OTHER) for n in stating}
    return dict(sorted({**answers, **questions, **doubtful}.items()))


def _asks_inside(text: str, lines: Sequence[Line], number: int, talking: bool) -> bool:
    """Tell a short paragraph that asks before it ends, ``Marco, why bread? You live up there.``.

    Before anybody talks, it must speak to somebody.
    """
    words = text[lines[number].start : lines[block_end(lines, number)].end]
    put = talking or ADDRESSES.search(words) is not None
    return put and "? " in words and len(words.split()) <= MAX_STATEMENT


def _put_shortly(text: str, lines: Sequence[Line], number: int) -> bool:
    words = text[lines[number].start : lines[block_end(lines, number)].end]
    return _put_to_the_other(words) and len(words.split()) <= MAX_STATEMENT


def _block_start(lines: Sequence[Line], number: int) -> int:
    while number and not lines[number].first:
        number -= 1
    return number


def _puts_question(text: str, lines: Sequence[Line], number: int) -> bool:
    line = lines[number]
    return not (line.heading or line.furniture) and _asks_shortly(text, line, lines[block_end(lines, number)])


def _every_other(text: str, lines: Sequence[Line], ends: Mapping[int, int], asking: Sequence[int]) -> Sequence[int]:
    """Return every other paragraph where it is there that all who ask do: a question needs no question mark.

    Where fewer than ``EVERY_OTHER`` of them ask, that may be chance.
    """
    order = [n for n in ends if n >= asking[0]]
    sides = order[::2]
    short = all(len(text[lines[n].start : lines[ends[n]].end].split()) <= MAX_QUESTION_WORDS for n in sides)
    sure = len(asking) >= FEW_QUESTIONS and set(asking) <= set(sides)
    return sides if sure and short and len(order) % 2 == 0 else ()


def _asks_shortly(text: str, first: Line, last: Line) -> bool:
    if asks(text, first.start, last.end) or prompting(text, first):
        return len(text[first.start : last.end].split()) <= MAX_QUESTION_WORDS
    return False


def _doubtful(
    text: str, lines: Sequence[Line], ends: Mapping[int, int], starts: Starts, sides: Set[int]
) -> dict[int, Start]:
    """Open a turn of nobody's role where the interviewer may state something, and the answer below it anew.

    That is a short paragraph inside an answer that speaks to the other, or stands where the questions stand; and
    a paragraph right below a question that only ends in one, as answers do, with what follows it.
    """
    found: dict[int, Start] = {}
    order = [n for n in ends if n >= min(starts)]
    asked = doubted = stated = False
    for n in order:
        words = text[lines[n].start : lines[ends[n]].end]
        asks_now = n in starts and starts[n].role is Role.INTERVIEWER
        at = words_at(text, lines[n])
        if asks_now and asked and _FIRST_PERSON.search(words) and _SENTENCE_END.search(words):
            found[n] = Start(at, role=Role.OTHER)
            asks_now, doubted = False, True
        elif n in starts and doubted and not asks_now:
            found[n] = Start(at, role=Role.OTHER)  # a reply to a question that the other asked, or the answer
            doubted = False
        elif n not in starts and stated:
            found[n] = Start(at, role=Role.INTERVIEWEE)
        elif n not in starts and (n in sides or _put_to_the_other(words)) and len(words.split()) <= MAX_STATEMENT:
            found[n] = Start(at, role=Role.OTHER)
            asked, stated = False, True
            continue
        asked, stated = asks_now, False
    return found


def _put_to_the_other(words: str) -> bool:
    return ADDRESSES.search(words) is not None and _FIRST_PERSON.search(words) is None
