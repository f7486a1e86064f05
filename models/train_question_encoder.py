"""Train the question encoder: low-rank changes to MiniLM that bring a question nearer to the passage that answers it.

    python -m models.train_question_encoder QUESTIONS... --interviews FOLDER models/question_encoder

In: questions written for passages of interviews (``.jsonl``, which name them by file below the folder) and files in
SQuAD format (``.json``). Out: ``changes.safetensors`` and ``SHA256SUMS`` in the last folder.

Passages and sentences keep the vectors that MiniLM gives them, so that a library needs no new ones; only questions get
others. The loss is a softmax over all passages of the same interview, each scored as retrieval scores it: the mean of
its own cosine and of its best sentence's. A change to a weight matrix is a product of two thin ones (LoRA, arXiv
2106.09685). One real interview in ten is held out for figures. Vectors are kept in a library in the work folder.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch.nn import functional
from torch.nn.utils import clip_grad_norm_, parametrize
from transformers import BertModel

from models.question_tasks import Task, batches, embedded, squad, tasks, written
from rag.encoder import minilm_folder
from rag.minilm import CHANGES, QKV_WEIGHT
from rag.shipped import seal

RANK = 16
"""Of the changes, where none is asked for."""
SCALE = 4.0
TEMPERATURE = 20.0
"""Cosines are multiplied by it."""
HELD_OUT = 10
"""One real interview in so many is held out."""


class LowRank(torch.nn.Module):
    """Changes a weight matrix by a product of two thin ones, which begins as nothing."""

    def __init__(self, down: torch.nn.Parameter, out: int) -> None:
        """Share ``down`` (in, rank) with the other matrices of the same input."""
        super().__init__()
        self.down, self.up = down, torch.nn.Parameter(torch.zeros(down.shape[1], out))

    def forward(self, weight: torch.Tensor) -> torch.Tensor:
        """Return the changed weight (out, in)."""
        return weight + SCALE * (self.down @ self.up).T


class QuestionEncoder(torch.nn.Module):
    """MiniLM, of which only the low-rank changes are trained."""

    def __init__(self, rank: int = RANK, bf16: bool = False) -> None:
        """Begin as MiniLM; ``bf16`` is for training alone, figures are those of 32-bit floats."""
        super().__init__()
        self._rank, self._bf16 = rank, bf16
        self.encoder = BertModel.from_pretrained(
            str(minilm_folder()), add_pooling_layer=False, attn_implementation="eager"
        )
        self.encoder.requires_grad_(False)
        self._changed: dict[str, list[LowRank]] = {}
        for layer in range(self.encoder.config.num_hidden_layers):
            name = f"encoder.layer.{layer}"
            self._change(QKV_WEIGHT.format(layer), *(f"{name}.attention.self.{p}" for p in ("query", "key", "value")))
            for product in ("attention.output.dense", "intermediate.dense", "output.dense"):
                self._change(f"{name}.{product}.weight", f"{name}.{product}")

    def _change(self, weight: str, *names: str) -> None:
        """Change products of one input, whose weights side by side ``rag/minilm.py`` knows as ``weight``."""
        modules = map(self.encoder.get_submodule, names)
        products = [module for module in modules if isinstance(module, torch.nn.Linear)]
        down = torch.nn.Parameter(torch.randn(products[0].in_features, self._rank) * 0.02)
        self._changed[weight] = [LowRank(down, product.out_features) for product in products]
        for product, change in zip(products, self._changed[weight], strict=True):
            parametrize.register_parametrization(product, "weight", change)

    def forward(self, ids: Sequence[Sequence[int]]) -> torch.Tensor:
        """Return unit vectors (questions, 384)."""
        padded = torch.zeros(len(ids), max(map(len, ids)), dtype=torch.long)
        mask = torch.zeros_like(padded)
        for row, each in enumerate(ids):
            padded[row, : len(each)], mask[row, : len(each)] = torch.tensor(each), 1
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self._bf16 and self.training):
            hidden = self.encoder(input_ids=padded, attention_mask=mask).last_hidden_state
        hidden = hidden.float()  # cosines of one interview's passages differ by less than bf16 tells apart
        return functional.normalize((hidden * mask[..., None]).sum(1), dim=1)

    def changes(self) -> dict[str, torch.Tensor]:
        """Return the thin matrices as ``rag/minilm.py`` takes them: NAME.down (in, rank), NAME.up (rank, out)."""
        found = {}
        for name, parts in self._changed.items():
            found[f"{name}.down"] = (SCALE * parts[0].down).half()
            found[f"{name}.up"] = torch.cat([part.up for part in parts], 1).half().contiguous()
        return found


def loss_of(model: QuestionEncoder, batch: Sequence[Sequence[Task]]) -> torch.Tensor:
    """Return the mean of -log of the softmax's share of the right passages."""
    vectors = model([task.ids for part in batch for task in part])
    losses, at = [], 0
    for part in batch:
        scores = part[0].passages.score(vectors[at : at + len(part)]) * TEMPERATURE
        at += len(part)
        right = torch.zeros_like(scores, dtype=torch.bool)
        for row, task in enumerate(part):
            right[row, task.right] = True
        losses.append(scores.logsumexp(1) - scores.masked_fill(~right, float("-inf")).logsumexp(1))
    return torch.cat(losses).mean()


@torch.no_grad()
def recall(model: QuestionEncoder, by_interview: Iterable[Sequence[Task]]) -> dict[str, float]:
    """Return the share of questions with a right passage among the first k of their interview."""
    model.eval()
    ranks = []
    for part in by_interview:
        for row, task in zip(part[0].passages.score(model([task.ids for task in part])), part, strict=True):
            ranks.append(int((row > row[task.right].max()).sum()))
    model.train()
    return {f"R@{k}": round(sum(rank < k for rank in ranks) / max(len(ranks), 1), 3) for k in (1, 2, 5, 12)}


def train(arguments: argparse.Namespace) -> None:
    """Train and write the changes."""
    rng = random.Random(arguments.seed)
    torch.manual_seed(arguments.seed)
    readers = {".jsonl": partial(written, folder=arguments.interviews), ".json": partial(squad, rng=rng)}
    for path in arguments.questions:
        if not path.is_file() or path.suffix not in readers:
            raise SystemExit(f"{path}: no such .json (SQuAD) or .jsonl (written questions) file")
    asked = [each for path in arguments.questions for each in readers[path.suffix](path)]
    found = tasks(asked, embedded((each.interview for each in asked), arguments.work / "library"))
    real = sorted({each.interview.text for each in asked if each.real} & set(found))
    held_out = frozenset(rng.sample(real, len(real) // HELD_OUT))
    dev, learnt = [found[text] for text in held_out], [own for text, own in found.items() if text not in held_out]
    model = QuestionEncoder(arguments.rank, arguments.bf16)
    model.train()
    print(f"{sum(map(len, learnt))} questions, {sum(map(len, dev))} held out: {recall(model, dev)}", flush=True)
    trained = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=arguments.lr, weight_decay=0.01)
    steps = arguments.epochs * len(list(batches(learnt, random.Random(0))))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min((s + 1) / 20, max(0.02, 1 - s / steps)))
    began = time.perf_counter()
    for epoch in range(arguments.epochs):
        losses = []
        for batch in batches(learnt, rng):
            optimizer.zero_grad()
            loss = loss_of(model, batch)
            loss.backward()
            clip_grad_norm_(trained, 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        mean, seconds = sum(losses) / len(losses), time.perf_counter() - began
        print(f"epoch {epoch + 1} loss {mean:.3f} {seconds:.0f} s: {recall(model, dev)}", flush=True)
    arguments.folder.mkdir(parents=True, exist_ok=True)
    save_file(model.changes(), arguments.folder / CHANGES)
    seal(arguments.folder, CHANGES)


def main() -> None:
    """Parse the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", nargs="+", type=Path)
    parser.add_argument("folder", type=Path, help="where the changes are written")
    parser.add_argument("--interviews", type=Path, default=Path("."), help="folder that .jsonl questions refer to")
    parser.add_argument("--work", type=Path, default=Path(".work/questions"), help="folder for the vectors")
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--lr", type=float, default=5e-4)
    parser.add_argument("--rank", type=int, default=RANK, help="of the changes; the file grows with it")
    parser.add_argument("--bf16", action="store_true", help="faster where the processor has it, far slower elsewhere")
    parser.add_argument("--seed", type=int, default=17)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
