"""The reader as torch knows it: the model, what it takes in, and what it learns by.

In: an ``Example``. Out: ``Features``, a batch of them, logits, and their losses.

Per token the head gives a start, an end and an evidence logit. The span loss is a softmax over the
window's positions with "no answer" at [CLS]. A sentence's evidence is the mean over its tokens; the
evidence loss is a softmax over the window's sentences with "none of them" at [CLS].

What is compared when a question is answered are margins over that null, of several windows. So where a window has
rivals, the same losses are taken once more of the margins in all of them, without the null (shared normalisation,
arXiv 1710.10723, beside the windows' own, which alone teach to refuse).
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import torch
from nupunkt import sent_spans
from tokenizers import Tokenizer
from torch.nn import functional
from transformers import BertConfig, BertModel

from models.reader_data import Example
from rag.reader import BARRED, CLS, MAX_ASKED_TOKENS, MAX_QUESTION_TOKENS, MAX_TOKENS, SEP

NARROW, NARROWEST = 0.3, 48
"""The share of training windows that are cut short, to a length drawn from the narrowest on: a passage that is read may
be one sentence, and short windows train faster."""


LAYERS = 12
TRAINED = 8
"""How many of the upper layers are trained. Of twelve the lowest four stay as they were, and the embeddings always:
training is a fourth faster for it."""
_LAYER = re.compile(r"encoder\.encoder\.layer\.(\d+)\.")


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
    """A MiniLM with three outputs a token: start, end, evidence. Its weights are random until they are loaded."""

    def __init__(self, layers: int = LAYERS) -> None:
        super().__init__()
        self.encoder = BertModel(
            BertConfig(
                num_hidden_layers=layers,
                hidden_size=384,
                intermediate_size=1536,
                hidden_dropout_prob=0.0,
                attention_probs_dropout_prob=0.0,
            ),
            add_pooling_layer=False,
        )
        for still in (self.encoder.embeddings, *self.encoder.encoder.layer[: max(0, layers - TRAINED)]):
            for parameter in still.parameters():
                parameter.requires_grad = False
        self.head = torch.nn.Linear(self.encoder.config.hidden_size, 3)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, types: torch.Tensor) -> torch.Tensor:
        """Return logits of shape (batch, tokens, 3)."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state
        logits: torch.Tensor = self.head(hidden)
        return logits


def loaded(state: Mapping[str, torch.Tensor]) -> ReaderModel:
    """Return a reader with given weights, of as many layers as these are of."""
    model = ReaderModel(1 + max(int(found[1]) for name in state if (found := _LAYER.match(name))))
    model.load_state_dict(state)
    return model


def featurize_all(example: Example, tokenizer: Tokenizer, rng: random.Random, narrow: float = 0.0) -> list[Features]:
    """Cut a window out of an example's context, and one out of each of its rivals."""
    rivals = (Example(example.question, context, (), asked=asked) for context, asked in example.rivals)
    return [featurize(each, tokenizer, rng, narrow) for each in (example, *rivals)]


def featurize(example: Example, tokenizer: Tokenizer, rng: random.Random, narrow: float = 0.0) -> Features:
    """Cut a window of whole sentences out of an example's context, nearly always one that holds the answer."""
    question = tokenizer.encode(example.question, add_special_tokens=False).ids[:MAX_QUESTION_TOKENS]
    asked = tokenizer.encode(example.asked, add_special_tokens=False).ids[:MAX_ASKED_TOKENS] if example.asked else []
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
        left = room - sum(s >= 0 for s in sentence)
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
LENGTHS = 16
"""Batches are padded to multiples of so many word pieces: bf16 kernels are compiled anew for every length."""


def collate(features: list[Features]) -> Batch:
    """Pad to the longest window, or a little beyond; ``gold`` is (batch, sentences + 1), its last column "none"."""
    longest = -(-max(len(f.ids) for f in features) // LENGTHS) * LENGTHS
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
        inside = [(s, t) for t, s in enumerate(f.sentence) if s >= 0]
        if inside:
            member[r, *torch.tensor(inside).T] = 1
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
    scores = scores.masked_fill(~batch["exists"], BARRED)
    return torch.cat([scores, logits[:, :1, 2]], dim=1)


def span_logits(logits: torch.Tensor, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
    """Return start and end logits (batch, tokens) with only the context and [CLS] allowed."""
    allowed = batch["member"].sum(1) > 0
    allowed[:, 0] = True
    return (
        logits[..., 0].masked_fill(~allowed, BARRED),
        logits[..., 1].masked_fill(~allowed, BARRED),
    )


def loss_of(logits: torch.Tensor, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the span loss and the evidence loss, means over the batch."""
    start, end = span_logits(logits, batch)
    span = functional.cross_entropy(start, batch["start"], reduction="none")
    span = (span + functional.cross_entropy(end, batch["end"], reduction="none")) / 2
    known = batch["span_known"]
    scores = evidence_scores(logits, batch).log_softmax(-1)
    evidence = -scores.masked_fill(~batch["gold"], BARRED).logsumexp(-1)
    return (span * known).sum() / known.sum().clamp(min=1), evidence.mean()


def taught_loss_of(logits: torch.Tensor, taught: torch.Tensor, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
    """Return how far spans and evidence are from another reader's (Kullback-Leibler divergence, arXiv 1503.02531)."""
    pairs = zip(span_logits(taught, batch), span_logits(logits, batch), strict=True)
    start, end = (_divergence(*pair) for pair in pairs)
    return (start + end) / 2, _divergence(evidence_scores(taught, batch), evidence_scores(logits, batch))


def _divergence(taught: torch.Tensor, found: torch.Tensor) -> torch.Tensor:
    """Return the divergence of two softmaxes over the last axis, a mean over the first."""
    logs = found.log_softmax(-1), taught.log_softmax(-1)
    return functional.kl_div(*logs, log_target=True, reduction="batchmean")


def groups_of(parts: Sequence[Sequence[Features]]) -> list[slice]:
    """Return where, in a batch of all windows of ``parts``, those stand that are more than one."""
    ends = list(accumulate(map(len, parts)))
    return [slice(end - len(part), end) for part, end in zip(parts, ends, strict=True) if len(part) > 1]


def rivals_loss_of(logits: torch.Tensor, batch: Batch, groups: Sequence[slice]) -> torch.Tensor:
    """Return the loss of margins compared across windows, a mean over groups: the first window of each answers."""
    start, end = span_logits(logits, batch)
    scores = evidence_scores(logits, batch)
    losses = []
    for group in groups:
        first = group.start
        if not batch["gold"][first, :-1].any():  # the answer is cut off
            continue
        margins = scores[group, :-1] - scores[group, -1:]
        losses.append(_told_apart(margins, batch["gold"][group, :-1]))
        if batch["span_known"][first] and batch["start"][first]:
            for ends, place in ((start, batch["start"][first]), (end, batch["end"][first])):
                margins = ends[group, 1:] - ends[group, :1]
                right = torch.zeros_like(margins, dtype=torch.bool)
                right[0, place - 1] = True
                losses[-1] = losses[-1] + _told_apart(margins, right) / 2
    return torch.stack(losses).mean() if losses else logits.new_zeros(())


def _told_apart(margins: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
    """Return the cross-entropy of what is right among all margins."""
    return margins.flatten().logsumexp(0) - margins.masked_fill(~right, BARRED).flatten().logsumexp(0)
