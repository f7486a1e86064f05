"""What measures costs measures the right thing: archives of any size, time by step."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from rag import parsing, passages
from rag.library import Library
from rag.local.store import LocalStore
from rag.parsing import parse
from tests.benchmarks.curves_data import archive
from tests.benchmarks.profile_steps import ADD_STEPS, ANSWER_STEPS, timed
from tests.ui.fake_models import FakeEncoder, FakeReader

BAKERY = "Ada Moreno: When did you open?\nJon Ek: We opened in March, Ada Moreno, and it rained. Nobody came.\n"


@pytest.fixture
def pool(tmp_path: Path) -> Path:
    """A pool of one interview."""
    with Library(LocalStore(tmp_path / "pool"), encoder=FakeEncoder(), reader=FakeReader()) as library:
        library.add(parse(BAKERY.encode(), "bakery.txt"))
    return tmp_path / "pool"


def test_an_archive_larger_than_its_pool_repeats_it_under_other_names_of_the_same_length(pool: Path) -> None:
    first, second, third = archive(pool, 3)
    texts = {each.interview.text for each in (first, second, third)}
    assert len(texts) == len({each.interview.id for each in (first, second, third)}) == 3
    assert {len(text) for text in texts} == {len(first.interview.text)}
    assert "Moreno" in first.interview.text
    assert "Moreno" not in second.interview.text
    for each in (second, third):
        assert [p.sentences for p in each.passages] == [p.sentences for p in first.passages]
        assert {p.interview for p in each.passages} == {each.interview.id}


def test_a_repeated_archive_goes_into_a_library_as_so_many_interviews(pool: Path) -> None:
    store = LocalStore(None)
    store.use_model(FakeEncoder().name, FakeEncoder().dimension)
    for each in archive(pool, 5):
        store.add(each)
    assert len(store.summaries()) == 5


def test_a_steps_time_is_its_own_and_not_that_of_the_steps_within_it(monkeypatch: pytest.MonkeyPatch) -> None:
    now = iter([0.0, 1.0, 4.0, 10.0])
    monkeypatch.setattr(time, "perf_counter", lambda: next(now))
    monkeypatch.setattr("rag.passages.cut", lambda: None)
    monkeypatch.setattr("rag.parsing.read", lambda: passages.cut())
    with timed({"outer": "rag.parsing:read", "inner": "rag.passages:cut"}) as seconds:
        parsing.read()
    assert seconds == {"inner": 3.0, "outer": 7.0}


def test_every_step_of_a_profile_is_a_function_of_the_project() -> None:
    with timed(ADD_STEPS), timed(ANSWER_STEPS):
        pass
