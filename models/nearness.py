"""Tell which passages look likeliest to answer a question, cheaply: what the reader has to tell from the answer.

In: a question and passages. Out: the passages, nearest first. A text is the mean of its word pieces' vectors, each as
heavy as it is rare (smooth inverse frequency, openreview SyK00v5xx): words of like meaning count, as in a search by
vectors, at a thousandth of its cost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from rag.encoder import minilm_folder
from rag.vectors import Vectors

_RARITY = 1e-3
"""The constant that the source of the method calls a."""


class Nearness:
    """Compares texts by their words alone."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Learn how rare words are from ``texts``, which are all that will be compared with a question."""
        self._tokenizer = Tokenizer.from_file(str(minilm_folder() / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        pieces = load_file(str(minilm_folder() / "model.safetensors"))["embeddings.word_embeddings.weight"]
        distinct = list(dict.fromkeys(texts))
        ids = [encoding.ids for encoding in self._tokenizer.encode_batch(distinct, add_special_tokens=False)]
        counts = Counter(i for each in ids for i in each)
        share = np.array([counts[i] for i in range(len(pieces))], np.float32) / max(1, sum(counts.values()))
        self._pieces = (pieces - pieces.mean(0)) * (_RARITY / (_RARITY + share))[:, None]
        self._vectors = {text: self._mean(each) for text, each in zip(distinct, ids, strict=True)}

    def nearest(self, question: str, passages: Sequence[str], count: int) -> list[int]:
        """Return the indices of the ``count`` passages nearest to ``question``, nearest first."""
        asked = self._mean(self._tokenizer.encode(question, add_special_tokens=False).ids)
        return [int(i) for i in np.argsort([-(self._vectors[p] @ asked) for p in passages], kind="stable")[:count]]

    def _mean(self, ids: Sequence[int]) -> Vectors:
        vector = self._pieces[list(ids)].sum(0) if ids else np.zeros(self._pieces.shape[1], np.float32)
        return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9), np.float32)
