"""Scoring: what is known of a sentence, weighed."""

from __future__ import annotations

import math

import pytest

from rag.scoring import (
    WEIGHED,
    Absence,
    Features,
    confidence_features,
    overlap,
    passage_features,
    reading_order,
    shipped_weights,
)
from rag.words import stem
from tests.test_selection import FIRST, INTERVIEW, SECOND, candidate


def test_overlap_is_the_weight_of_the_words_that_are_said() -> None:
    assert overlap({"itpp": 3.0, "cost": 1.0}, frozenset({"itpp", "the"})) == pytest.approx(0.75)
    assert overlap({}, frozenset({"itpp"})) == 0.0


def test_every_shipped_weight_has_a_feature_and_the_other_way_round() -> None:
    weights = shipped_weights()
    nothing_absent = Absence((), (), (), 0.0)
    known = confidence_features(candidate(FIRST, 0, 1.0), nothing_absent)
    assert set(weights.confidence) - {"bias"} == set(known)
    assert set(weights.rank) == set(Features.__dataclass_fields__)
    assert set(weights.passages) == set(passage_features("Why?", {}, candidate(FIRST, 0, 1.0).hit, INTERVIEW))
    every = (*weights.passages.values(), *weights.rank.values(), *weights.confidence.values())
    assert all(math.isfinite(w) for w in every)


def test_of_passages_equally_near_the_one_with_the_question_s_words_is_read_first() -> None:
    museum, sluice = (candidate(passage, 0, 1.0).hit for passage in (FIRST, SECOND))
    rarity = {stem("sluice"): 2.0, stem("broke"): 1.0}
    order = reading_order("sluice?", rarity, [museum, sluice], lambda id: INTERVIEW, shipped_weights())
    assert order == [sluice, museum]


def test_of_passages_equally_near_the_one_that_has_what_is_asked_for_is_read_first() -> None:
    museum, sluice = (candidate(passage, 0, 1.0).hit for passage in (FIRST, SECOND))
    ordered = [
        reading_order(question, {}, [museum, sluice], lambda id: INTERVIEW, shipped_weights())
        for question in ("When was that?", "Was it so?")
    ]
    assert ordered == [[sluice, museum], [museum, sluice]]


def test_passages_far_down_keep_their_place() -> None:
    museum, sluice = (candidate(passage, 0, 1.0).hit for passage in (FIRST, SECOND))
    hits = [museum] * WEIGHED + [sluice]
    assert reading_order("sluice?", {stem("sluice"): 2.0}, hits, lambda id: INTERVIEW, shipped_weights()) == hits
