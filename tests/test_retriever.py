"""Retrieval: vectors and words each propose, one score decides."""

from __future__ import annotations

import pytest

from rag.datatypes import Role, Scope
from rag.library import Library
from rag.local.store import LocalStore
from rag.passages import cut
from rag.retriever import ASKED_WEIGHT, LEXICAL_WEIGHT, Retriever
from rag.store import Embedded
from tests.ui.fake_library import harbour, orchard
from tests.ui.fake_models import FakeEncoder


@pytest.fixture(scope="module")
def retriever() -> Retriever:
    encoder = FakeEncoder()
    store = LocalStore(None)
    store.use_model(encoder.name, encoder.dimension)
    for interview in (harbour(), orchard()):
        passages = cut(interview)
        vectors = encoder.encode([interview.text[p.start : p.end] for p in passages])
        parts = [encoder.encode([interview.text[a:b] for a, b in p.sentences]) for p in passages]
        store.add(Embedded(interview, passages, vectors, tuple(parts)))
    return Retriever(store, encoder)


def test_the_passage_that_shares_the_question_s_words_comes_first(retriever: Retriever) -> None:
    best = retriever.retrieve("jars of cider against wasps")[0]
    assert best.passage.interview == "orchard"
    assert best.lexical > 0.8


def test_hits_come_best_first_by_the_documented_sum(retriever: Retriever) -> None:
    hits = retriever.retrieve("Did the storm take the sluice gate?")
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    for hit in hits:
        near = (hit.cosine + float(hit.sentence_cosines.max())) / 2
        expected = near + LEXICAL_WEIGHT * hit.lexical + ASKED_WEIGHT * hit.asked_cosine
        assert hit.score == pytest.approx(expected)


def test_an_answer_gains_from_the_question_it_answers(retriever: Retriever) -> None:
    hits = retriever.retrieve("Which apples survive a late frost?")
    answer = next(h for h in hits if h.role is Role.INTERVIEWEE and h.passage.interview == "orchard")
    assert answer.asked_cosine > 0.9


def test_a_scope_keeps_everything_else_out(retriever: Retriever) -> None:
    hits = retriever.retrieve("wasps", Scope(("tide mill/1",)))
    assert hits
    assert {h.passage.interview for h in hits} == {"tide mill/1"}


def test_an_empty_library_has_no_hits() -> None:
    with Library.of([], encoder=FakeEncoder()) as library:
        assert library.list() == ()
