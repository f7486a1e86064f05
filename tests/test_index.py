"""Nearest vectors: those that comparing with every vector would find; in a large index, nearly always."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.local import index as index_module
from rag.local.index import SnapshotError, VectorIndex
from rag.vectors import Vectors


def unit(n: int, dimension: int, seed: int) -> Vectors:
    drawn = np.random.default_rng(seed).normal(size=(n, dimension))
    # As a library keeps them: what float16 can't hold is gone before they come to the index.
    kept: Vectors = (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float16).astype(np.float32)
    return kept


def filled(n: int, dimension: int = 16, seed: int = 0) -> VectorIndex:
    index = VectorIndex(dimension)
    index.append(np.arange(n, dtype=np.int64) * 3 + 7, unit(n, dimension, seed))
    return index


@settings(deadline=None)
@given(
    n=st.integers(1, 60),
    cut=st.integers(0, 60),
    k=st.integers(1, 80),
    seed=st.integers(0, 1000),
    part=st.sampled_from([None, 0.0, 0.1, 0.5, 1.0]),
)
def test_the_nearest_are_those_that_comparing_with_every_vector_finds(
    n: int, cut: int, k: int, seed: int, part: float | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rows, vectors = np.arange(n, dtype=np.int64) * 2, unit(n, 8, seed)
    cut = min(cut, n)
    index = VectorIndex(8)
    index.append(rows[:cut], vectors[:cut])
    path = tmp_path_factory.mktemp("index") / "base.faiss"
    index = VectorIndex.load(path, 8, index.save(path, np.ones(cut, np.bool_)))
    index.append(rows[cut:], vectors[cut:])
    allowed = None if part is None else np.random.default_rng(seed).random(n) < part
    query = unit(1, 8, seed + 1)[0]

    found = index.nearest(query, k, allowed)

    cosines = {int(row): float(v @ query) for row, v in zip(rows, vectors, strict=True)}
    wanted = [int(row) for p, row in enumerate(rows) if allowed is None or allowed[p]]
    wanted.sort(key=lambda row: -cosines[row])
    assert [row for row, _ in found] == wanted[:k]
    assert [score for _, score in found] == pytest.approx([cosines[row] for row in wanted[:k]], abs=1e-6)


def test_an_index_with_fewer_vectors_than_asked_for_gives_those_it_has() -> None:
    assert sorted(row for row, _ in filled(3).nearest(unit(1, 16, 5)[0], 50)) == [7, 10, 13]


def test_an_empty_index_finds_nothing() -> None:
    assert VectorIndex(16).nearest(unit(1, 16, 5)[0], 5) == []


def test_no_vectors_are_asked_of_it_and_none_are_given() -> None:
    assert filled(3).nearest(unit(1, 16, 5)[0], 0) == []


def test_scores_are_cosines_and_higher_is_nearer() -> None:
    index = filled(20)
    (best, score), (_, second) = index.nearest(unit(20, 16, 0)[4], 2)
    assert best == 4 * 3 + 7
    assert score == pytest.approx(1, abs=1e-3)
    assert second < score


def test_rows_go_on_from_those_there_are() -> None:
    index = filled(3)
    for rows in ([13], [20, 20], [30, 29]):
        with pytest.raises(ValueError, match="ascending"):
            index.append(np.array(rows, np.int64), unit(len(rows), 16, 1))
    assert len(index) == 3


def test_vectors_of_another_length_are_refused() -> None:
    with pytest.raises(ValueError, match="shape"):
        filled(3).append(np.array([99], np.int64), unit(1, 15, 1))


def test_a_file_holds_what_was_kept_and_no_more(tmp_path: Path) -> None:
    index = filled(10)
    kept = np.arange(10) % 2 == 0
    checksum = index.save(tmp_path / "x", kept)
    loaded = VectorIndex.load(tmp_path / "x", 16, checksum)
    assert loaded.rows.tolist() == index.rows[kept].tolist()
    assert loaded.tail == 0
    np.testing.assert_array_equal(loaded.vectors(np.arange(5)), unit(10, 16, 0)[kept])


def test_an_empty_index_can_be_written_and_read(tmp_path: Path) -> None:
    checksum = VectorIndex(16).save(tmp_path / "x", np.ones(0, np.bool_))
    assert len(VectorIndex.load(tmp_path / "x", 16, checksum)) == 0


@pytest.mark.parametrize("damage", ["missing", "empty", "cut short", "one bit", "another's", "a folder"])
def test_a_file_that_is_not_what_was_written_is_refused(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "x"
    checksum = filled(50).save(path, np.ones(50, np.bool_))
    data = bytearray(path.read_bytes())
    if damage == "another's":
        filled(50, seed=1).save(path, np.ones(50, np.bool_))
    elif damage == "one bit":
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
    elif damage in {"empty", "cut short"}:
        path.write_bytes(data[: 0 if damage == "empty" else -100])
    else:
        path.unlink()
        if damage == "a folder":
            path.mkdir()
    with pytest.raises(SnapshotError):
        VectorIndex.load(path, 16, checksum)


def test_a_file_with_vectors_of_another_length_is_refused(tmp_path: Path) -> None:
    checksum = filled(5).save(tmp_path / "x", np.ones(5, np.bool_))
    with pytest.raises(SnapshotError, match="16"):
        VectorIndex.load(tmp_path / "x", 384, checksum)


def clustered(n: int, path: Path, seed: int = 0) -> VectorIndex:
    """Return an index of ``n`` vectors around a hundred middles, written as a large one and mapped from its file."""
    middles = unit(100, 16, seed)
    drawn = middles[np.arange(n) % 100] + 0.4 * unit(n, 16, seed + 1)
    index = VectorIndex(16)
    index.append(np.arange(n, dtype=np.int64) * 3 + 7, drawn / np.linalg.norm(drawn, axis=1, keepdims=True))
    return VectorIndex.load(path, 16, index.save(path, np.ones(n, np.bool_)))


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> int:
    """Count a thousand vectors as many."""
    monkeypatch.setattr(index_module, "APPROXIMATE_FROM", 1000)
    return 1000


def test_a_large_index_finds_nearly_all_that_comparing_with_every_vector_finds(large: int, tmp_path: Path) -> None:
    index = clustered(5 * large, tmp_path / "x")
    everything = index.vectors(np.arange(len(index)))
    same = 0
    for query in everything[:200]:
        found = index.nearest(query, 10)
        best = np.argsort(-(everything @ query), kind="stable")[:10]
        same += len({row for row, _ in found} & set(index.rows[best].tolist()))
        assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
        cosines = dict(zip(index.rows.tolist(), (everything @ query).tolist(), strict=True))
        assert [score for _, score in found] == pytest.approx([cosines[row] for row, _ in found], abs=1e-3)
    assert same / 2000 > 0.95


def test_a_large_index_compares_only_with_a_part_of_its_clusters(large: int, tmp_path: Path) -> None:
    index = clustered(5 * large, tmp_path / "x")
    assert len(index.nearest(index.vectors(np.arange(1))[0], 5 * large)) < 4 * large


@pytest.mark.parametrize("few", [1, 10, 900])
def test_among_few_passages_a_large_index_finds_exactly_the_nearest(large: int, few: int, tmp_path: Path) -> None:
    index = clustered(5 * large, tmp_path / "x")
    allowed = np.zeros(len(index), np.bool_)
    allowed[np.random.default_rng(few).permutation(len(index))[:few]] = True
    query = unit(1, 16, 99)[0]
    cosines = index.vectors(np.arange(len(index))) @ query
    best = sorted(np.flatnonzero(allowed).tolist(), key=lambda p: -cosines[p])[:20]
    assert [row for row, _ in index.nearest(query, 20, allowed)] == index.rows[best].tolist()


def test_a_large_index_keeps_its_vectors_and_takes_in_more(large: int, tmp_path: Path) -> None:
    index = clustered(5 * large, tmp_path / "x")
    before = index.vectors(np.arange(len(index)))
    more = unit(3, 16, 7)
    index.append(np.array([100_000, 100_001, 100_002], np.int64), more)
    assert index.nearest(more[1], 1)[0][0] == 100_001
    kept = np.arange(len(index)) >= 1000
    again = VectorIndex.load(tmp_path / "y", 16, index.save(tmp_path / "y", kept))
    assert again.rows.tolist() == index.rows[kept].tolist()
    np.testing.assert_array_equal(again.vectors(np.arange(len(again))), np.concatenate([before[1000:], more]))


def test_an_index_that_has_become_small_is_exact_again(large: int, tmp_path: Path) -> None:
    index = clustered(5 * large, tmp_path / "x")
    kept = np.arange(len(index)) < large
    again = VectorIndex.load(tmp_path / "y", 16, index.save(tmp_path / "y", kept))
    assert len(again.nearest(unit(1, 16, 3)[0], 5 * large)) == large
