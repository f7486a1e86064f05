"""Training the reader goes on where it was killed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.models.test_reader_data import squad


@pytest.mark.models
@pytest.mark.slow
def test_a_second_run_goes_on_from_the_checkpoint_of_the_first(tmp_path: Path) -> None:
    squad(tmp_path / "data.json")

    def train(steps: int) -> str:
        command = [sys.executable, "-m", "models.train_reader", str(tmp_path / "data.json"), "--hold-out", "Orchard"]
        command += ["--work", str(tmp_path / "work"), "--epochs", "9", "--steps", str(steps), "--every", "1"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    train(2)
    assert "going on from step 2" in train(3)
    steps = [json.loads(line)["step"] for line in (tmp_path / "work" / "log.jsonl").read_text().splitlines()]
    assert steps == [1, 2, 3]
