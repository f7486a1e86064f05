"""The question encoder learns from questions and the passages that answer them; what comes out can be loaded."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from safetensors.numpy import load_file

from rag.minilm import CHANGES
from rag.shipped import checked
from tests.models.test_reader_data import squad

SHIPPED = Path(__file__).parent.parent.parent / "models" / "question_encoder"


@pytest.mark.models
@pytest.mark.slow
def test_what_is_trained_has_the_shape_of_what_ships(tmp_path: Path) -> None:
    data = squad(tmp_path / "data.json")
    command = [sys.executable, "-m", "models.train_question_encoder", str(data), str(tmp_path / "out")]
    command += ["--work", str(tmp_path / "work"), "--epochs", "1"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "epoch 1 loss" in told
    trained = load_file(checked(tmp_path / "out", "the question encoder") / CHANGES)
    shipped = load_file(SHIPPED / CHANGES)
    assert {name: part.shape for name, part in trained.items()} == {name: part.shape for name, part in shipped.items()}


@pytest.mark.models
@pytest.mark.slow
def test_a_question_written_for_an_interview_is_learnt_with_all_its_passages(tmp_path: Path) -> None:
    from models.question_tasks import embedded, tasks, written

    said = ["We opened the bakery in March.", "My mother plays the violin in an orchestra."]
    (tmp_path / "talk.txt").write_text("".join(f"Q: And then?\nA: {one}\n" for one in said))
    start = (tmp_path / "talk.txt").read_text().index(said[1])
    row = {"file": "talk.txt", "start": start, "end": start + len(said[1]), "q": "what music is there at home?"}
    row |= {"answer": None, "gold": [[start, start + len(said[1])]], "sha1": "4f8f4a5bb2e9d1cb9a9b0d3a3c8a2e6f6a0f0a55"}
    (tmp_path / "questions.jsonl").write_text(json.dumps(row) + "\n")
    assert list(written(tmp_path / "questions.jsonl", tmp_path)) == []  # it was written for another passage
    row["sha1"] = hashlib.sha1(said[1].encode()).hexdigest()
    (tmp_path / "questions.jsonl").write_text(json.dumps(row) + "\n")
    (asked,) = written(tmp_path / "questions.jsonl", tmp_path)
    ((task,),) = tasks([asked], embedded([asked.interview], tmp_path / "library")).values()
    assert [asked.interview.text[a:b] for a, b in task.passages.spans] == said
    assert task.right == [1]
