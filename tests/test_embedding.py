"""Embedding many interviews: each gets the vectors it would get alone, and few are held at once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import embedding
from rag.datatypes import Interview
from rag.embedding import embed, windows
from rag.library import Library
from rag.parsing import parse
from rag.passages import cut
from rag.store import Outcome
from tests.ui.fake_models import FakeEncoder, FakeReader

WORDS = st.sampled_from(["bread", "rain", "March", "opened", "orchard", "never", "twice"])
ANSWERS = st.lists(st.lists(WORDS, min_size=1, max_size=30).map(" ".join), min_size=1, max_size=4)


def interview(answers: list[str], number: int = 0) -> Interview:
    said = "\n".join(f"Q: What about number {n}?\nA: {answer}." for n, answer in enumerate(answers))
    return parse(said.encode(), f"{number}.txt")


@given(many=st.lists(ANSWERS, min_size=1, max_size=5))
def test_each_interview_gets_the_vectors_that_it_would_get_alone(many: list[list[str]]) -> None:
    cuts = [(one, cut(one)) for one in map(interview, many)]
    for (one, passages), embedded in zip(cuts, embed(FakeEncoder(), cuts), strict=True):
        (alone,) = embed(FakeEncoder(), [(one, passages)])
        assert embedded.interview == one
        assert embedded.passages == passages
        assert [len(vectors) for vectors in embedded.sentence_vectors] == [len(p.sentences) for p in passages]
        np.testing.assert_array_equal(embedded.vectors, alone.vectors)
        np.testing.assert_array_equal(np.concatenate(embedded.sentence_vectors), np.concatenate(alone.sentence_vectors))


def test_no_more_interviews_are_held_than_make_a_window(monkeypatch: pytest.MonkeyPatch) -> None:
    one = interview(["We opened in March, and it rained."])
    monkeypatch.setattr(embedding, "WINDOW_CHARACTERS", 3 * len(one.text))
    read = []

    def endless() -> Iterator[Interview]:
        while True:
            read.append(1)
            yield one

    assert len(next(windows(endless()))) == len(read) == 3


def test_an_interview_longer_than_a_window_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "WINDOW_CHARACTERS", 10)
    many = [interview(["We opened in March."], n) for n in range(3)]
    assert list(windows(many)) == [[one] for one in many]


def test_of_many_each_is_told_and_the_same_twice_is_added_once() -> None:
    bread, rain = interview(["We bake bread."], 1), interview(["It rained."], 2)
    library = Library.of([], encoder=FakeEncoder(), reader=FakeReader())
    told = [added.outcome for added in library.add_all([bread, rain, bread])]
    assert told == [Outcome.ADDED, Outcome.ADDED, Outcome.UNCHANGED]
    assert len(library.list()) == 2


def test_what_is_there_already_is_not_embedded_again() -> None:
    class Counting(FakeEncoder):
        texts = 0

        def encode(self, texts):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
            Counting.texts += len(texts)
            return super().encode(texts)

    bread = interview(["We bake bread."], 1)
    library = Library.of([bread], encoder=Counting(), reader=FakeReader())
    before = Counting.texts
    assert [added.outcome for added in library.add_all([bread])] == [Outcome.UNCHANGED]
    assert Counting.texts == before > 0
