"""Train the reader: a span and evidence head on a small cross-encoder, from question-answering files.

    python -m models.train_reader DATA... --hold-out TITLE --work .work/reader

In: files in SQuAD format and question-sentence pairs (``models/reader_data.py``). Out, in the work
folder: ``checkpoint.pt`` (a later run goes on from it, also after a kill), ``log.jsonl``, and
``best.pt``, the weights with the best held-out figures. ``models/export_reader.py`` turns those into
the model that ships. A reader that was exported before can teach beside the files (``--teacher``): a new network learns
sooner from its margins for every word than from the files' one right sentence.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from models.cross_encoder import cross_encoder_file, encoder_state
from models.reader_data import Example
from models.reader_model import (
    NARROW,
    Batch,
    Features,
    ReaderModel,
    collate,
    evidence_scores,
    featurize,
    featurize_all,
    groups_of,
    loaded,
    loss_of,
    rivals_loss_of,
    span_logits,
    taught_loss_of,
)
from models.rivals import RIVALS
from models.training_data import load
from rag.encoder import minilm_folder
from rag.evaluation import auroc
from rag.reader import BARRED, MAX_SPAN_TOKENS
from rag.shipped import checked

Group = list[Features]
"""The windows of an example and of its rivals, which are read together."""
LOSSES = ("span_loss", "evidence_loss", "rivals_loss")
RIVALS_WEIGHT = 0.5
"""How much the loss across windows counts beside the windows' own."""


class Teacher:
    """A reader that was exported before, as one to learn from."""

    def __init__(self, folder: Path) -> None:
        """Load it from ``folder``.

        Raises:
            ModelError: its files are missing, or are not those that were exported.
        """
        folder = checked(folder, "the teacher")
        self._session = onnxruntime.InferenceSession(str(folder / "model.onnx"), providers=["CPUExecutionProvider"])

    def __call__(self, batch: Batch) -> torch.Tensor:
        """Return its logits of shape (batch, tokens, 3)."""
        (logits,) = self._session.run(None, {name: batch[name].numpy() for name in ("ids", "mask", "types")})
        return torch.from_numpy(logits)


def batches(examples: list[Example], size: int, tokenizer: Tokenizer, rng: random.Random) -> Iterator[list[Group]]:
    """Yield an epoch's batches of ``size`` windows: those of examples without rivals, or of examples with them."""
    kinds = _kinds(examples, size)
    streams = [_batches(each, so_many, tokenizer, rng) for each, so_many in kinds]
    order = [kind for kind, (each, so_many) in enumerate(kinds) for _ in range(_count(each, so_many))]
    rng.shuffle(order)
    for kind in order:
        yield next(streams[kind])


def batches_of(examples: list[Example], size: int) -> int:
    """Return how many batches ``batches`` yields."""
    return sum(_count(each, so_many) for each, so_many in _kinds(examples, size))


def _kinds(examples: list[Example], size: int) -> list[tuple[list[Example], int]]:
    """Return the examples without rivals and those with, and how many of each a batch has."""
    alone = [e for e in examples if not e.rivals]
    return [(alone, size), ([e for e in examples if e.rivals], max(1, size // (1 + RIVALS)))]


def _count(examples: list[Example], so_many: int) -> int:
    return -(-len(examples) // so_many)


def _batches(examples: list[Example], so_many: int, tokenizer: Tokenizer, rng: random.Random) -> Iterator[list[Group]]:
    """Yield shuffled batches of windows of like length: sorted within pools of 50 batches."""
    order = list(examples)
    rng.shuffle(order)
    pool = so_many * 50
    for i in range(0, len(order), pool):
        part = [featurize_all(e, tokenizer, rng, NARROW) for e in order[i : i + pool]]
        part.sort(key=lambda group: max(len(f.ids) for f in group))
        cut = [part[j : j + so_many] for j in range(0, len(part), so_many)]
        rng.shuffle(cut)
        yield from cut


@torch.no_grad()
def measure(model: ReaderModel, features: list[Features], bf16: bool) -> dict[str, float]:
    """Return held-out figures: answer sentence and exact span on answerable windows, AUROC of "is answered".

    Those that the windows can't tell, since all of them are answerable or none is, are left out.
    """
    model.eval()
    right = exact = answerable = 0
    answered: list[bool] = []
    margins: list[tuple[float, float]] = []
    ordered = sorted(features, key=lambda f: len(f.ids))
    for i in range(0, len(ordered), 64):
        part = ordered[i : i + 64]
        batch = collate(part)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16):
            logits = model(batch["ids"], batch["mask"], batch["types"])
        logits = logits.float()
        scores = evidence_scores(logits, batch)
        start, end = span_logits(logits, batch)
        pair = start[:, 1:, None] + end[:, None, 1:]
        n = pair.shape[1]
        pair = pair.masked_fill(~torch.ones(n, n).triu().tril(MAX_SPAN_TOKENS - 1).bool(), BARRED).flatten(1)
        best = pair.argmax(1)
        for r, f in enumerate(part):
            answered.append(bool(f.gold))
            evidence = float(scores[r, :-1].max() - scores[r, -1])
            margins.append((evidence, float(pair[r].max() - start[r, 0] - end[r, 0])))
            if f.gold:
                answerable += 1
                right += int(scores[r, :-1].argmax()) in f.gold
                exact += (int(best[r]) // n + 1, int(best[r]) % n + 1) == (f.start, f.end)
    model.train()
    has, (evidences, spans) = np.array(answered), np.array(margins).T
    return finite(
        {
            "sentence": right / answerable if answerable else math.nan,
            "exact_span": exact / answerable if answerable else math.nan,
            "auroc_evidence": told_apart(has, evidences),
            "auroc_span": told_apart(has, spans),
            "auroc_both": told_apart(has, evidences + spans / 2),
        }
    )


def finite(figures: dict[str, float]) -> dict[str, float]:
    """Leave out what isn't a number: no figure is better or worse than it, and JSON has no way to write it."""
    return {name: value for name, value in figures.items() if math.isfinite(value)}


def told_apart(answered: NDArray[np.bool_], margins: NDArray[np.float64]) -> float:
    """Return the AUROC of margins for "is answered"; not a number where all are, or none."""
    return auroc(margins[answered], margins[~answered]) if 0 < answered.sum() < len(answered) else math.nan


def train(arguments: argparse.Namespace) -> None:
    """Train, going on from the work folder's checkpoint where there is one."""
    work = Path(arguments.work)
    work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(arguments.seed)
    tokenizer = Tokenizer.from_file(str(minilm_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    paths, hold_out = [Path(p) for p in arguments.data], frozenset(arguments.hold_out)
    examples, held_out = load(paths, hold_out, arguments.seed, arguments.synonyms, arguments.interviews)
    rng = random.Random(arguments.seed)
    dev = [featurize(e, tokenizer, rng) for e in held_out]
    per_epoch = batches_of(examples, arguments.batch)
    steps = min(arguments.epochs * per_epoch, arguments.steps or arguments.epochs * per_epoch)
    print(f"{len(examples)} examples, {len(dev)} held out, {steps} steps", flush=True)

    if arguments.start_from:
        model = loaded(torch.load(arguments.start_from, weights_only=True))
    else:
        model = ReaderModel()
        model.encoder.load_state_dict(encoder_state(cross_encoder_file()))
    teacher = Teacher(arguments.teacher) if arguments.teacher else None
    trained = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=arguments.lr, weight_decay=0.01, fused=True)
    warm_up = max(1, int(steps * 0.03))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm_up, max(0.0, (steps - s) / max(1, steps - warm_up)))
    )
    done, best = 0, 0.0
    checkpoint = work / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        done, best = state["step"], state["best"]
        print(f"going on from step {done}", flush=True)

    step, began, seen = 0, time.perf_counter(), 0
    running = np.zeros(3)
    for epoch in range(arguments.epochs):
        rng = random.Random(arguments.seed * 1000 + epoch)
        if (epoch + 1) * per_epoch <= done:
            step = (epoch + 1) * per_epoch
            continue
        for part in batches(examples, arguments.batch, tokenizer, rng):
            step += 1
            if step > steps:
                return
            if step <= done:
                continue
            windows = [window for group in part for window in group]
            batch = collate(windows)
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=arguments.bf16):
                logits = model(batch["ids"], batch["mask"], batch["types"]).float()
            span, evidence = loss_of(logits, batch)
            if teacher:
                taught = taught_loss_of(logits, teacher(batch), batch)
                span, evidence = span + taught[0], evidence + taught[1]
            groups = groups_of(part)
            rivals = rivals_loss_of(logits, batch, groups)
            (span + evidence + RIVALS_WEIGHT * rivals).backward()
            torch.nn.utils.clip_grad_norm_(trained, 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            seen += len(windows)
            losses = np.array([span.item(), evidence.item(), rivals.item() if groups else running[2]])
            running += (losses - running) * (0.01 if seen > 3200 else 0.1)
            if step % 50 == 0:
                rate = seen / (time.perf_counter() - began)
                means = "span {:.3f} evidence {:.3f} rivals {:.3f}".format(*running)
                print(f"step {step}/{steps} {means} {rate:.1f}/s", flush=True)
            if step % arguments.every == 0 or step == steps:
                figures = measure(model, dev, arguments.bf16) if dev else {}
                score = figures.get("sentence", step) + figures.get("auroc_both", 0.0)
                record = finite({"step": step, **dict(zip(LOSSES, running, strict=True)), **figures})
                with (work / "log.jsonl").open("a") as log:
                    log.write(json.dumps(record) + "\n")
                print(json.dumps(record), flush=True)
                if score >= best:
                    best = score
                    torch.save(model.state_dict(), work / "best.pt")
                state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step}
                state |= {"schedule": schedule.state_dict(), "best": best}
                torch.save(state, checkpoint.with_suffix(".part"))
                os.replace(checkpoint.with_suffix(".part"), checkpoint)


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="+", help="files or folders: SQuAD .json, .tsv pairs, interviews")
    parser.add_argument("--hold-out", action="append", default=[], help="title of an article kept for figures")
    parser.add_argument("--interviews", type=Path, default=Path("."), help="folder that .jsonl questions refer to")
    parser.add_argument("--synonyms", type=Path, help="folder of WordNet files, to reword questions")
    parser.add_argument("--work", default=".work/reader", help="folder for the checkpoint, the log and the weights")
    parser.add_argument("--start-from", help="weights of an earlier run to begin with")
    parser.add_argument("--teacher", type=Path, help="folder of an exported reader to learn from too")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--steps", type=int, help="stop after so many steps, whatever the epochs")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--lr", type=float, default=1.8e-4)
    parser.add_argument("--bf16", action="store_true", help="faster where the processor has it, far slower elsewhere")
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--every", type=int, default=500, help="steps between checkpoints and held-out figures")
    train(parser.parse_args())


if __name__ == "__main__":
    main()
