"""What the reader is trained on is the same every time, and a wrong path is one clear line."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from models.rivals import RIVALS
from models.training_data import load
from rag.parsing import read
from tests.models.test_reader_data import squad


def test_the_same_seed_makes_the_same_data(tmp_path: Path) -> None:
    path = squad(tmp_path / "a.json")
    assert load([path], frozenset(), 5) == load([tmp_path], frozenset(), 5)


@pytest.mark.models
def test_an_answer_stands_beside_other_passages_of_its_interview_and_one_without_stands_alone(tmp_path: Path) -> None:
    turns = ["The wheel turns.", "It is old.", "We had geese.", "And a goat.", "Nobody came."]
    (tmp_path / "mill.txt").write_text("".join(f"Q: And then?\nA: {turn}\n" for turn in turns))
    text = read(tmp_path / "mill.txt").text

    def row(question: str, gold: bool) -> str:
        start, end = text.index(turns[0]), text.index(turns[0]) + len(turns[0])
        place = {"file": "mill.txt", "start": start, "end": end, "sha1": hashlib.sha1(turns[0].encode()).hexdigest()}
        return json.dumps(place | {"q": question, "gold": [[start, end]] if gold else [], "kind": "fact"}) + "\n"

    path = tmp_path / "interview_questions.jsonl"
    path.write_text(row("What turns?", gold=True) + row("Who built it?", gold=False))
    train, held_out = load([path], frozenset(), 1, interviews=tmp_path)
    answered = next(e for e in train if e.question == "What turns?" and e.answers)
    assert len(answered.rivals) == RIVALS
    assert {place for place, _ in answered.rivals} < set(turns[1:])
    assert not any(e.rivals for e in train if e.question == "Who built it?")
    assert held_out == []


def test_a_missing_file_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no such"):
        load([tmp_path / "nothing.json"], frozenset(), 1)
