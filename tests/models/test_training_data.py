"""What the reader is trained on is the same every time, and a wrong path is one clear line."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.training_data import load
from tests.models.test_reader_data import squad


def test_the_same_seed_makes_the_same_data(tmp_path: Path) -> None:
    path = squad(tmp_path / "a.json")
    assert load([path], frozenset(), 5) == load([tmp_path], frozenset(), 5)


def test_a_missing_file_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no such"):
        load([tmp_path / "nothing.json"], frozenset(), 1)
