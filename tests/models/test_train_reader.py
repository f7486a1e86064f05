"""Training the reader goes on where it was killed, and measures what can be measured."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer

from models.reader_data import Example
from models.reader_model import Features, ReaderModel, collate, groups_of, rivals_loss_of, taught_loss_of
from models.rivals import RIVALS
from models.train_reader import batches, batches_of, main, measure
from rag.encoder import minilm_folder
from rag.reader import MAX_SPAN_TOKENS, SEP, shipped_folder
from tests.models.test_reader_data import squad


class Pointing(torch.nn.Module):
    """Points in every window at the same first and last word piece."""

    def __init__(self, first: int, last: int) -> None:
        super().__init__()
        self.first, self.last = first, last

    def forward(self, ids: torch.Tensor, _mask: torch.Tensor, _types: torch.Tensor) -> torch.Tensor:
        logits = torch.zeros(*ids.shape, 3)
        logits[:, self.first, 0] = logits[:, self.last, 1] = 1.0
        return logits


def window(tokens: int, start: int, end: int, answered: bool) -> Features:
    """Return a window of one sentence of so many tokens after a question of one."""
    ids = [101, 2054, 102, *[2000] * tokens, 102]
    sentence = [-1] * 3 + [0] * tokens + [-1]
    gold, (start, end) = ([0], (start, end)) if answered else ([], (0, 0))
    return Features(ids, [0] * 3 + [1] * (tokens + 1), sentence, start, end, gold, True)


@pytest.mark.parametrize(
    ("answered", "told"),
    [
        ([True, True], {"sentence", "exact_span"}),
        ([False, False], set()),
        ([True, False], {"sentence", "exact_span", "auroc_evidence", "auroc_span", "auroc_both"}),
    ],
)
def test_what_held_out_questions_of_one_kind_cannot_tell_is_left_out(answered: list[bool], told: set[str]) -> None:
    assert set(measure(Pointing(3, 4), [window(6, 3, 4, each) for each in answered], bf16=False)) == told


def test_spans_are_measured_that_are_as_long_as_reading_allows_and_no_longer() -> None:
    first = 3
    longest, longer = first + MAX_SPAN_TOKENS - 1, first + MAX_SPAN_TOKENS
    exact = [
        measure(Pointing(first, last), [window(MAX_SPAN_TOKENS + 5, first, last, True)], bf16=False)["exact_span"]
        for last in (longest, longer)
    ]
    assert exact == [1.0, 0.0]


def test_an_answer_is_weighed_against_the_sentences_of_its_rivals() -> None:
    parts = [[window(4, 3, 4, True), window(4, 0, 0, False)], [window(4, 3, 4, True)]]
    batch = collate([each for part in parts for each in part])
    groups = groups_of(parts)
    assert groups == [slice(0, 2)]

    def loss(own: float, rival: float, place: slice, output: int) -> float:
        logits = torch.zeros(3, batch["ids"].shape[1], 3)
        logits[0, place, output], logits[1, place, output] = own, rival
        return float(rivals_loss_of(logits, batch, groups))

    for place, output in ((slice(3, 7), 2), (slice(3, 4), 0), (slice(4, 5), 1)):  # evidence, start, end
        plain = loss(0.0, 0.0, place, output)
        assert loss(1.0, -1.0, place, output) < plain < loss(-1.0, 1.0, place, output)
        null = slice(0, 1)
        both = loss(2.0, 2.0, null, output)
        assert both == pytest.approx(plain)  # the nulls, where alike, don't matter
    assert float(rivals_loss_of(torch.zeros(3, batch["ids"].shape[1], 3), batch, [])) == 0.0


def test_an_answer_that_is_cut_off_is_weighed_against_nothing() -> None:
    part = [window(4, 0, 0, False), window(4, 0, 0, False)]
    batch = collate(part)
    assert float(rivals_loss_of(torch.ones(2, batch["ids"].shape[1], 3), batch, [slice(0, 2)])) == 0.0


@pytest.mark.models
@pytest.mark.parametrize("paired", [0, 3, 9])
def test_an_epoch_has_as_many_batches_as_it_says_and_a_group_stays_together(paired: int) -> None:
    tokenizer = Tokenizer.from_file(str(minilm_folder() / "tokenizer.json"))
    alone = Example("What turns?", "The wheel turns.", ((0, 9),))
    groups = [
        replace(alone, question=f"What turns {n}?", rivals=((f"Nothing in {n}.", ""),) * RIVALS) for n in range(paired)
    ]
    examples = [alone] * 10 + groups
    cut = list(batches(examples, 8, tokenizer, random.Random(1)))
    assert len(cut) == batches_of(examples, 8)
    assert max(sum(map(len, part)) for part in cut) <= 8
    assert sorted(len(each) for part in cut for each in part) == [1] * 10 + [1 + RIVALS] * paired
    assert all(not window.gold for part in cut for each in part for window in each[1:])
    asked = [[window.ids[: window.ids.index(SEP)] for window in each] for part in cut for each in part]
    assert all(question == each[0] for each in asked for question in each)


def test_what_teaches_is_followed_in_spans_and_evidence() -> None:
    batch = collate([window(4, 3, 4, True), window(4, 0, 0, False)])
    torch.manual_seed(3)
    taught = torch.randn(*batch["ids"].shape, 3)
    assert [float(loss) for loss in taught_loss_of(taught, taught, batch)] == pytest.approx([0.0, 0.0], abs=1e-6)
    for output, moved in ((0, 0), (1, 0), (2, 1)):
        other = taught.clone()
        other[0, 4, output] += 2.0
        losses = [float(loss) for loss in taught_loss_of(other, taught, batch)]
        assert losses[moved] > 0.001
        assert losses[1 - moved] == pytest.approx(0.0, abs=1e-6)


@pytest.fixture(scope="module")
def beginning(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Weights to begin with, of no training."""
    path = tmp_path_factory.mktemp("beginning") / "weights.pt"
    torch.save(ReaderModel().state_dict(), path)
    return str(path)


@pytest.mark.models
@pytest.mark.slow
def test_the_best_weights_are_kept_though_every_held_out_question_has_an_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, beginning: str
) -> None:
    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")

    squad(tmp_path / "data.json")
    work = tmp_path / "work"
    files = [str(tmp_path / "data.json"), "--work", str(work), "--start-from", beginning]
    taught = ["--teacher", str(shipped_folder())]
    monkeypatch.setattr(sys, "argv", ["train", *files, *taught, "--hold-out", "Mill", "--steps", "2"])
    main()
    (record,) = [json.loads(line, parse_constant=refuse) for line in (work / "log.jsonl").read_text().splitlines()]
    assert {"step", "sentence"} < set(record)
    assert "auroc_both" not in record
    assert (work / "best.pt").exists()


@pytest.mark.models
@pytest.mark.slow
def test_a_second_run_goes_on_from_the_checkpoint_of_the_first(tmp_path: Path, beginning: str) -> None:
    squad(tmp_path / "data.json")

    def train(steps: int) -> str:
        command = [sys.executable, "-m", "models.train_reader", str(tmp_path / "data.json"), "--hold-out", "Orchard"]
        command += ["--start-from", beginning]
        command += ["--work", str(tmp_path / "work"), "--epochs", "9", "--steps", str(steps), "--every", "1"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    train(2)
    assert "going on from step 2" in train(3)
    steps = [json.loads(line)["step"] for line in (tmp_path / "work" / "log.jsonl").read_text().splitlines()]
    assert steps == [1, 2, 3]
