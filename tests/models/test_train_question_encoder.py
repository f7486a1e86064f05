"""The question encoder learns from questions and the passages that answer them; what comes out can be loaded."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from safetensors.numpy import load_file

from rag.minilm import CHANGES
from rag.shipped import checked
from tests.models.test_reader_data import squad

SHIPPED = Path(__file__).parent.parent.parent / "models" / "question_encoder"


def trained(folder: Path, *options: str) -> dict[str, tuple[int, ...]]:
    """Train for one epoch, and return the shapes of what comes out."""
    data = squad(folder / "data.json")
    command = [sys.executable, "-m", "models.train_question_encoder", str(data), str(folder / "out")]
    command += ["--work", str(folder / "work"), "--epochs", "1", *options]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "epoch 1 loss" in told
    parts = load_file(checked(folder / "out", "the question encoder") / CHANGES)
    return {name: part.shape for name, part in parts.items()}


@pytest.mark.models
@pytest.mark.slow
def test_what_is_trained_has_the_shape_of_what_ships(tmp_path: Path) -> None:
    assert trained(tmp_path) == {name: part.shape for name, part in load_file(SHIPPED / CHANGES).items()}


@pytest.mark.models
@pytest.mark.slow
def test_changes_of_another_rank_are_trained_in_bf16(tmp_path: Path) -> None:
    shapes = trained(tmp_path, "--rank", "4", "--bf16")
    assert {shape[1] for name, shape in shapes.items() if name.endswith(".down")} == {4}
    assert {shape[0] for name, shape in shapes.items() if name.endswith(".up")} == {4}


@pytest.mark.models
def test_bf16_is_for_the_encoder_in_training_and_vectors_stay_32_bit() -> None:
    from models.train_question_encoder import QuestionEncoder

    model = QuestionEncoder(rank=2, bf16=True)
    inside: list[torch.dtype] = []
    model.encoder.get_submodule("encoder.layer.0.output.dense").register_forward_hook(
        lambda _module, _taken, given: inside.append(given.dtype)
    )
    vectors = [model.train()([[101, 2054, 102]]), model.eval()([[101, 2054, 102]])]
    assert inside == [torch.bfloat16, torch.float32]
    assert {each.dtype for each in vectors} == {torch.float32}
    assert all(torch.allclose(each.norm(dim=1), torch.ones(1), atol=1e-5) for each in vectors)


@pytest.mark.parametrize("name", ["questions.tsv", "missing.json"])
def test_a_file_of_another_kind_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    from models.train_question_encoder import main

    (tmp_path / "questions.tsv").write_text("question\tsentence\n")
    monkeypatch.setattr(sys, "argv", ["train", str(tmp_path / name), str(tmp_path / "out")])
    with pytest.raises(SystemExit, match=rf"^\S+{name}: no such .*$"):
        main()


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
