"""A model runs only as it was tested."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from rag.errors import ModelError
from rag.shipped import checked, seal

MODELS = Path(__file__).parent.parent / "models"


@pytest.mark.parametrize("name", ["reader", "question_encoder"])
def test_what_ships_is_what_was_tested(name: str) -> None:
    assert checked(MODELS / name, "the model") == MODELS / name


@pytest.mark.parametrize("name", ["reader", "question_encoder"])
def test_a_changed_file_is_refused(name: str, tmp_path: Path) -> None:
    copy = shutil.copytree(MODELS / name, tmp_path / name)
    changed = next(file for file in copy.iterdir() if file.name != "SHA256SUMS")
    with changed.open("ab") as file:
        file.write(b" ")
    with pytest.raises(ModelError, match="not the model that was tested"):
        checked(copy, "the model")


def test_a_missing_folder_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="install onrecord again"):
        checked(tmp_path / "nowhere", "the model")


def test_what_is_sealed_is_known_again(tmp_path: Path) -> None:
    for name in ("weights", "words"):
        (tmp_path / name).write_text(name)
    seal(tmp_path, "weights", "words")
    assert checked(tmp_path, "the model") == tmp_path
    (tmp_path / "words").write_text("others")
    with pytest.raises(ModelError, match="words: not the model that was tested"):
        checked(tmp_path, "the model")
