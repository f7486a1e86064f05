"""Questions told by their print where there are labels too: which of the two tells who speaks.

In: a document's lines, its labels, and the turns that print alone tells. Out: ``Starts``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from rag.datatypes import Role
from rag.parsing.conventions import (
    MIN_QUESTIONS,
    Start,
    Starts,
    at_labels,
    block_end,
    bold_runs,
    first_words,
    prompting,
    with_answers,
    words_at,
)
from rag.parsing.label_shapes import Label
from rag.parsing.lines import Line, asks
from rag.parsing.names import role_word

LABELS_PER_QUESTION: Final = 1.5
"""Where questions are headings or bold, fewer labels than this for each are a list in an answer: ``Hardware: ...``

More than this for each of those with labels are a talk of its own, below headings that ask.
"""

NAMED_ANSWERS: Final = 0.75
"""... but where this share of the answers opens with one, they say who answers."""

MAX_LABELLED_ASKING: Final = 0.25
"""Share of the labelled turns that may ask, where those who answer are the ones with labels."""


def by_labels(marked: Starts, labels: Mapping[int, Label]) -> bool:
    """Tell whether labels say who speaks where ``marked`` are the turns by print: in a list they don't."""
    questions = sum(start.role is Role.INTERVIEWER for start in marked.values())
    answers = [n for n, start in marked.items() if start.role is Role.INTERVIEWEE]
    named = sum(n in labels for n in answers)
    if len(labels) > LABELS_PER_QUESTION * questions:
        return True
    if questions >= MIN_QUESTIONS and named >= NAMED_ANSWERS * len(answers) > 0:
        return True
    return not _answered_below(marked, labels) and _all_labelled(marked, labels)


def _answered_below(marked: Starts, labels: Mapping[int, Label]) -> bool:
    """Tell readers' questions, each in bold with its asker's name: the answers below them have no labels."""
    questions = {n for n, start in marked.items() if start.role is Role.INTERVIEWER}
    return questions == labels.keys() and len(marked) - len(questions) > len(questions) / 2


def _all_labelled(marked: Starts, labels: Mapping[int, Label]) -> bool:
    """Tell words that are set off under the names of several people: then their print doesn't tell who asks."""
    above = [labels.get(n) or labels.get(n - 1) for n, start in marked.items() if start.role is Role.INTERVIEWER]
    return all(above) and len({label.name for label in above if label}) > 1


def with_label(start: Start, label: Label | None) -> Start:
    """Name who asks where the questions have both their print and a label: ``**TECHLY: Why?**``."""
    return replace(start, at=label.at, label=label.name) if label and start.role is Role.INTERVIEWER else start


def beside_labels(text: str, lines: Sequence[Line], labels: Mapping[int, Label], marked: Starts) -> Starts:
    """Open a question at every one that is told by its print and has no label; those who answer have one."""
    starts = at_labels(lines, labels)
    told = {n: s for n, s in marked.items() if s.role is Role.INTERVIEWER and n not in starts}
    runs = {n: last for n, last in bold_runs(text, lines).items() if n not in starts}
    bold = {n: s for n, s in told.items() if lines[n].bold}
    if not bold and sum(asks(text, lines[n].start, lines[last].end) for n, last in runs.items()) >= MIN_QUESTIONS:
        bold = {n: Start(words_at(text, lines[n]), role=Role.INTERVIEWER) for n in runs}
    asking = bold | told
    speakers = {start.label for start in starts.values() if start.label}
    each_once = len(labels) <= LABELS_PER_QUESTION * len(speakers) * len(asking)
    if len(asking) < MIN_QUESTIONS or not each_once or not only_answer(text, lines, starts):
        return dict(sorted({**starts, **bold}.items())) if bold else {}
    inside = {k for n, last in runs.items() for k in range(n, last + 1)}
    named = {n: replace(s, role=Role.INTERVIEWEE) if s.label else s for n, s in starts.items() if n > min(asking)}
    return dict(sorted({**with_answers(text, lines, bold, inside), **marked, **starts, **named}.items()))


def only_answer(text: str, lines: Sequence[Line], starts: Starts) -> bool:
    """Tell whether hardly anybody with a label asks anything, and nobody mostly does."""
    below = {n: first_words(lines, n, start) for n, start in starts.items()}
    ends = {n: lines[block_end(lines, first, starts.keys())].end for n, first in below.items()}
    asking = [n for n, end in ends.items() if asks(text, lines[n].body, end) or prompting(text, lines[n], starts[n].at)]
    times = Counter(start.label for start in starts.values())
    often = Counter(starts[n].label for n in asking)
    return (
        len(asking) <= MAX_LABELLED_ASKING * len(starts)
        and not any(1 < count > times[who] / 2 for who, count in often.items())
        and not any(role_word(who or "") is Role.INTERVIEWER for who in times)
    )
