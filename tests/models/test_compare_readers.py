"""Readers compared by how they read: which sentence comes first, and whether any answers."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from models.compare_readers import Put, figures
from rag.reader import Reading, Window


class _Knows:
    """Takes the sentence with a word of the question for evidence."""

    def read(self, question: str, windows: Sequence[Window]) -> list[tuple[Reading, ...]]:
        word = question.split()[0]
        return [tuple(Reading(2.0 if word in s else -2.0, 0.0, (0, 1)) for s in w.sentences) for w in windows]


SAID = Window(("It rained.", "The tide rose."))
QUESTIONS = [
    Put("tide height", SAID, (False, True)),
    Put("rained when", SAID, (True, False)),
    Put("snow depth", SAID, (False, False)),
    Put("wind speed", SAID, (False, False)),
]


def test_what_is_found_is_counted_and_what_answers_is_told_from_what_does_not() -> None:
    assert figures(_Knows(), QUESTIONS) == {"right sentence first": 1.0, "AUROC": 1.0, "found": 1.0}


def test_a_wrong_sentence_counts_against_a_reader() -> None:
    asked = [*QUESTIONS, Put("tide turned", SAID, (True, False))]
    assert figures(_Knows(), asked)["right sentence first"] == pytest.approx(2 / 3)
