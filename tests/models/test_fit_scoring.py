"""What the weights of the evidence are fitted on."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

pytest.importorskip("sklearn")

from models import fit_scoring
from rag.datatypes import Scope, Span
from rag.library import Library
from rag.parsing import parse, read


@pytest.mark.models
def test_a_question_for_a_passage_that_is_now_read_otherwise_is_not_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str, Sequence[Span]]] = []

    def case(library: Library, question: str, scope: Scope, gold: Sequence[Span], *_: object) -> None:
        asked.extend((question, library.interview(id).text, gold) for id in scope.interviews)

    monkeypatch.setattr(fit_scoring, "case", case)
    monkeypatch.setattr(fit_scoring, "seed_interviews", tuple)
    monkeypatch.setattr(fit_scoring, "ELSEWHERE_SHARE", 0.0)
    rows = []
    for name, said in (("mill", "The wheel turns."), ("orchard", "The cider keeps wasps away.")):
        (tmp_path / f"{name}.txt").write_text(f"Q: And then?\nA: {said}\n")
        start = read(tmp_path / f"{name}.txt").text.index(said)
        place = {"file": f"{name}.txt", "start": start, "end": start + len(said), "gold": [[start, start + len(said)]]}
        rows.append(place | {"q": f"What about the {name}?", "sha1": hashlib.sha1(said.encode()).hexdigest()})
    rows.append(rows[0] | {"q": "What was there before?", "sha1": "of other words"})
    (tmp_path / "questions.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    fit_scoring.written_cases([tmp_path / "questions.jsonl"], tmp_path, random.Random(1))
    assert [(question, [text[a:b] for a, b in gold]) for question, text, gold in asked] == [
        ("What about the mill?", ["The wheel turns."]),
        ("What about the orchard?", ["The cider keeps wasps away."]),
    ]


@pytest.mark.models
def test_a_sentence_that_answers_in_part_is_neither_right_nor_wrong() -> None:
    text = "Q: When was the mill rebuilt?\nA: The mill was rebuilt in 1998. Its wheel came in 1999.\n"
    with Library.of([parse(text.encode(), "mill.txt")]) as library:
        start = text.index("Its wheel")
        more = [(start, start + len("Its wheel came in 1999."))]
        asked = ("When was the mill rebuilt?", Scope(), [], 1.0)
        rows = [fit_scoring.case(library, *asked, part) for part in ((), more)]
    assert [len(row.right) for row in rows if row] == [2, 1]
    assert [len(row.holding) for row in rows if row] == [1, 0]
