"""Scoring: what is known of a sentence, weighed."""

from __future__ import annotations

import math

import pytest

from rag.scoring import Absence, confidence_features, kind_fits, overlap, shipped_weights
from tests.test_selection import FIRST, candidate


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("How much does it cost?", "It cost 5 million.", 1.0),
        ("How much does it cost?", "It is expensive.", -1.0),
        ("How many came?", "Two dozen came.", 1.0),
        ("When was it launched?", "It was launched in February.", 1.0),
        ("When was it launched?", "It is a joint organisation.", -1.0),
        ("Why did it close?", "It is a joint organisation.", 0.0),
        ("How did she feel when she left?", "It is a joint organisation.", 0.0),
    ],
)
def test_a_question_of_number_or_time_wants_one(question: str, sentence: str, expected: float) -> None:
    assert kind_fits(question, sentence) == expected


def test_overlap_is_the_weight_of_the_words_that_are_said() -> None:
    assert overlap({"itpp": 3.0, "cost": 1.0}, frozenset({"itpp", "the"})) == pytest.approx(0.75)
    assert overlap({}, frozenset({"itpp"})) == 0.0


def test_every_shipped_weight_has_a_feature_and_the_other_way_round() -> None:
    weights = shipped_weights()
    nothing_absent = Absence((), (), (), 0.0)
    known = confidence_features(candidate(FIRST, 0, 1.0), nothing_absent, topic=False)
    assert set(weights.confidence) - {"bias"} <= set(known)
    assert set(weights.rank) <= set(known)
    assert all(math.isfinite(w) for w in (*weights.rank.values(), *weights.confidence.values()))
