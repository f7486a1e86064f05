"""Scoring: what is known of a sentence, weighed."""

from __future__ import annotations

import math

import pytest

from rag.scoring import Absence, Features, confidence_features, overlap, shipped_weights
from tests.test_selection import FIRST, candidate


def test_overlap_is_the_weight_of_the_words_that_are_said() -> None:
    assert overlap({"itpp": 3.0, "cost": 1.0}, frozenset({"itpp", "the"})) == pytest.approx(0.75)
    assert overlap({}, frozenset({"itpp"})) == 0.0


def test_every_shipped_weight_has_a_feature_and_the_other_way_round() -> None:
    weights = shipped_weights()
    nothing_absent = Absence((), (), (), 0.0)
    known = confidence_features(candidate(FIRST, 0, 1.0), nothing_absent)
    assert set(weights.confidence) - {"bias"} == set(known)
    assert set(weights.rank) == set(Features.__dataclass_fields__)
    assert all(math.isfinite(w) for w in (*weights.rank.values(), *weights.confidence.values()))
