"""Train the reader: a span and evidence head on MiniLM, from question-answering files.

    python -m models.train_reader DATA... --hold-out TITLE --work .work/reader

In: files in SQuAD format and question-sentence pairs (``models/reader_data.py``). Out, in the work
folder: ``checkpoint.pt`` (a later run goes on from it, also after a kill), ``log.jsonl``, and
``best.pt``, the weights with the best held-out figures. ``models/export_reader.py`` turns those into
the model that ships.

Per token the head gives a start, an end and an evidence logit. The span loss is a softmax over the
window's positions with "no answer" at [CLS]. A sentence's evidence is the mean over its tokens; the
evidence loss is a softmax over the window's sentences with "none of them" at [CLS].
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from nupunkt import sent_spans
from tokenizers import Tokenizer
from torch.nn import functional
from transformers import BertModel

from models.reader_data import Example
from models.training_data import load
from rag.encoder import minilm_folder

MAX_TOKENS, MAX_QUESTION, MAX_ASKED = 192, 48, 40
NARROW, NARROWEST = 0.3, 48
"""The share of training windows that are cut short, to a length drawn from the narrowest on: a passage that is read may
be one sentence, and short windows train faster."""
CLS, SEP = 101, 102


@dataclass(frozen=True, slots=True)
class Features:
    """One window of an example as numbers; ``sentence`` is -1 outside the context."""

    ids: list[int]
    types: list[int]
    sentence: list[int]
    start: int
    end: int
    gold: list[int]
    span_known: bool


class ReaderModel(torch.nn.Module):
    """MiniLM with three outputs a token: start, end, evidence."""

    def __init__(self) -> None:
        super().__init__()
        # Plain matrix products: on a CPU the fused attention's backward pass is three times slower.
        self.encoder = BertModel.from_pretrained(
            str(minilm_folder()), add_pooling_layer=False, attn_implementation="eager"
        )
        for module in self.encoder.encoder.modules():
            if isinstance(module, torch.nn.Dropout):
                module.p = 0.0
        for parameter in self.encoder.embeddings.parameters():
            parameter.requires_grad = False
        self.head = torch.nn.Linear(self.encoder.config.hidden_size, 3)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        """Return logits of shape (batch, tokens, 3)."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state
        logits: torch.Tensor = self.head(hidden)
        return logits


def featurize(example: Example, tokenizer: Tokenizer, rng: random.Random, narrow: float = 0.0) -> Features:
    """Cut a window of whole sentences out of an example's context, nearly always one that holds the answer."""
    question = tokenizer.encode(example.question, add_special_tokens=False).ids[:MAX_QUESTION]
    asked = tokenizer.encode(example.asked, add_special_tokens=False).ids[:MAX_ASKED] if example.asked else []
    spans = sent_spans(example.context)
    sentences = [tokenizer.encode(example.context[s:e], add_special_tokens=False) for s, e in spans]
    room = MAX_TOKENS - len(question) - 3 - (len(asked) + 1 if asked else 0)
    answer = example.answers[0] if example.answers else None
    holds = [i for i, (s, e) in enumerate(spans) if any(s < b and a < e for a, b in example.answers)]
    centre = holds[0] if holds else rng.randrange(len(spans))
    first = last = centre
    used = len(sentences[centre].ids)
    if rng.random() < narrow:
        room = min(room, max(used, rng.randrange(NARROWEST, MAX_TOKENS)))
    while True:  # widen to the left or right, at random, while whole sentences fit
        sides = [i for i in (first - 1, last + 1) if 0 <= i < len(spans) and used + len(sentences[i].ids) <= room]
        if not sides:
            break
        side = rng.choice(sides)
        used += len(sentences[side].ids)
        first, last = min(first, side), max(last, side)
    ids = [CLS, *question, SEP, *([*asked, SEP] if asked else [])]
    prefix = len(question) + 2
    types = [0] * prefix + [1] * (len(ids) - prefix)
    sentence = [-1] * len(ids)
    start = end = 0
    for i in range(first, last + 1):
        left = room - (len(ids) - len(types) + sum(s >= 0 for s in sentence))
        for j, (a, b) in enumerate(sentences[i].offsets[: max(left, 0)]):
            if answer and a + spans[i][0] < answer[1] and b + spans[i][0] > answer[0]:
                start, end = start or len(ids), len(ids)
            ids.append(sentences[i].ids[j])
            types.append(1)
            sentence.append(i - first)
    ids.append(SEP)
    types.append(1)
    sentence.append(-1)
    gold = [i - first for i in holds if first <= i <= last and i - first in sentence]
    return Features(ids, types, sentence, start, end, gold, example.span_known)


Batch = dict[str, torch.Tensor]


def collate(features: list[Features]) -> Batch:
    """Pad to the longest window; ``gold`` is (batch, sentences + 1), its last column "none"."""
    longest = max(len(f.ids) for f in features)
    most = max(max(f.sentence) for f in features) + 1
    rows = len(features)
    batch = {k: torch.zeros(rows, longest, dtype=torch.long) for k in ("ids", "types", "mask")}
    # One-hot membership, scaled so that a matrix product gives means over each sentence's tokens.
    member = torch.zeros(rows, most, longest)
    gold = torch.zeros(rows, most + 1, dtype=torch.bool)
    for r, f in enumerate(features):
        n = len(f.ids)
        batch["ids"][r, :n] = torch.tensor(f.ids)
        batch["types"][r, :n] = torch.tensor(f.types)
        batch["mask"][r, :n] = 1
        for t, s in enumerate(f.sentence):
            if s >= 0:
                member[r, s, t] = 1
        gold[r, f.gold or [most]] = True
    count = member.sum(-1, keepdim=True)
    batch |= {
        "member": member / count.clamp(min=1),
        "exists": count.squeeze(-1) > 0,
        "gold": gold,
        "start": torch.tensor([f.start for f in features]),
        "end": torch.tensor([f.end for f in features]),
        "span_known": torch.tensor([float(f.span_known) for f in features]),
    }
    return batch


def evidence_scores(logits: torch.Tensor, batch: Batch) -> torch.Tensor:
    """Return (batch, sentences + 1) evidence scores, the last column the null at [CLS]."""
    scores = torch.einsum("bst,bt->bs", batch["member"], logits[..., 2])
    scores = scores.masked_fill(~batch["exists"], -1e4)
    return torch.cat([scores, logits[:, :1, 2]], dim=1)


def span_logits(logits: torch.Tensor, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
    """Return start and end logits (batch, tokens) with only the context and [CLS] allowed."""
    allowed = batch["member"].sum(1) > 0
    allowed[:, 0] = True
    return (
        logits[..., 0].masked_fill(~allowed, -1e4),
        logits[..., 1].masked_fill(~allowed, -1e4),
    )


def loss_of(logits: torch.Tensor, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the span loss and the evidence loss, means over the batch."""
    start, end = span_logits(logits, batch)
    span = functional.cross_entropy(start, batch["start"], reduction="none")
    span = (span + functional.cross_entropy(end, batch["end"], reduction="none")) / 2
    known = batch["span_known"]
    scores = evidence_scores(logits, batch).log_softmax(-1)
    evidence = -scores.masked_fill(~batch["gold"], -1e4).logsumexp(-1)
    return (span * known).sum() / known.sum().clamp(min=1), evidence.mean()


def batches(examples: list[Example], size: int, tokenizer: Tokenizer, rng: random.Random) -> Iterator[list[Features]]:
    """Yield shuffled batches of windows of like length: sorted within pools of 50 batches."""
    order = list(examples)
    rng.shuffle(order)
    pool = size * 50
    for i in range(0, len(order), pool):
        part = sorted((featurize(e, tokenizer, rng, NARROW) for e in order[i : i + pool]), key=lambda f: len(f.ids))
        cut = [part[j : j + size] for j in range(0, len(part), size)]
        rng.shuffle(cut)
        yield from cut


@torch.no_grad()
def measure(model: ReaderModel, features: list[Features], bf16: bool) -> dict[str, float]:
    """Return held-out figures: answer sentence and exact span on answerable windows, AUROC of "is answered"."""
    model.eval()
    right = exact = answerable = 0
    margins: list[tuple[bool, float, float]] = []
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
        pair = pair.masked_fill(~torch.ones(n, n).triu().tril(30).bool(), -1e4).flatten(1)
        best = pair.argmax(1)
        for r, f in enumerate(part):
            has = bool(f.gold)
            margins.append(
                (has, float(scores[r, :-1].max() - scores[r, -1]), float(pair[r].max() - start[r, 0] - end[r, 0]))
            )
            if has:
                answerable += 1
                right += int(scores[r, :-1].argmax()) in f.gold
                exact += (int(best[r]) // n + 1, int(best[r]) % n + 1) == (f.start, f.end)
    model.train()
    return {
        "sentence": right / max(answerable, 1),
        "exact_span": exact / max(answerable, 1),
        "auroc_evidence": auroc([(y, e) for y, e, _ in margins]),
        "auroc_span": auroc([(y, s) for y, _, s in margins]),
        "auroc_both": auroc([(y, e + s / 2) for y, e, s in margins]),
    }


def auroc(pairs: list[tuple[bool, float]]) -> float:
    """Return the probability that an answerable example scores above an unanswerable one."""
    positive = np.array([x for y, x in pairs if y])
    negative = np.array([x for y, x in pairs if not y])
    if not len(positive) or not len(negative):
        return float("nan")
    above = (positive[:, None] > negative[None]).mean() + (positive[:, None] == negative[None]).mean() / 2
    return float(above)


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
    per_epoch = (len(examples) + arguments.batch - 1) // arguments.batch
    steps = min(arguments.epochs * per_epoch, arguments.steps or arguments.epochs * per_epoch)
    print(f"{len(examples)} examples, {len(dev)} held out, {steps} steps", flush=True)

    model = ReaderModel()
    if arguments.start_from:
        model.load_state_dict(torch.load(arguments.start_from, weights_only=True))
    trained = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=arguments.lr, weight_decay=0.01, fused=True)
    warm_up = max(1, int(steps * 0.03))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm_up, max(0.0, (steps - s) / (steps - warm_up)))
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
    running = np.zeros(2)
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
            batch = collate(part)
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=arguments.bf16):
                logits = model(batch["ids"], batch["mask"], batch["types"])
            span, evidence = loss_of(logits.float(), batch)
            (span + evidence).backward()
            torch.nn.utils.clip_grad_norm_(trained, 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            seen += len(part)
            running += (np.array([span.item(), evidence.item()]) - running) * (0.01 if seen > 3200 else 0.1)
            if step % 50 == 0:
                rate = seen / (time.perf_counter() - began)
                print(f"step {step}/{steps} span {running[0]:.3f} evidence {running[1]:.3f} {rate:.1f}/s", flush=True)
            if step % arguments.every == 0 or step == steps:
                figures = measure(model, dev, arguments.bf16) if dev else {}
                score = figures.get("sentence", step) + figures.get("auroc_both", 0.0)
                record = {"step": step, "span_loss": running[0], "evidence_loss": running[1], **figures}
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
