"""Score which sentences answer a question, and which words in them.

In: a question and windows of sentences. Out: a ``Reading`` for each sentence. The reader is a small
extractive model (``models/reader/``, card beside it): per word piece it gives a start, an end and an
evidence logit, and at [CLS] the same for "nothing here answers". Everything is a margin over that
null, so that figures from different windows compare. It writes nothing: it points.
"""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rag.datatypes import Span
from rag.shipped import checked, shipped

MAX_TOKENS = 192
MAX_QUESTION_TOKENS = 48
MAX_ASKED_TOKENS = 40
MAX_SPAN_TOKENS = 30
REMEMBERED = 2048
"""How many (question, window) pairs and tokenised texts are kept."""
CLS, SEP = 101, 102
BARRED = -1e4


@dataclass(frozen=True, slots=True)
class Window:
    """Consecutive sentences that are read together, after the interviewer's question they follow."""

    sentences: tuple[str, ...]
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader thinks of one sentence; both scores are margins in logits over "no answer"."""

    evidence: float
    span: float
    answer: Span
    """The best span: character offsets in the sentence."""


class Reader(Protocol):
    """What the engine needs of a reader."""

    def read(self, question: str, windows: Sequence[Window]) -> list[tuple[Reading, ...]]:
        """Return a reading for each sentence of each window."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """A window as the model takes it: ids, and for each sentence where its tokens stand (first, last + 1)."""

    ids: tuple[int, ...]
    question_tokens: int
    places: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Tokens:
    ids: tuple[int, ...]
    offsets: tuple[Span, ...]


class OnnxReader:
    """The shipped reader, through onnxruntime."""

    def __init__(self, folder: Path | None = None) -> None:
        """Load the model from ``folder``, by default the one that comes with the installation.

        Each window is read by one core, several windows at a time: nothing is padded, no core waits for another,
        and a reading doesn't depend on what is read beside it.

        Raises:
            ModelError: its files are missing, or are not the tested ones.
        """
        folder = checked(folder or shipped_folder(), "the reader")
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._cores = ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="reader")
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._tokens = lru_cache(REMEMBERED)(self._tokenize)
        self._read: OrderedDict[tuple[str, Window], tuple[Reading, ...]] = OrderedDict()
        self._remembering = threading.Lock()  # of _read alone: the model and its tokeniser serve many threads at once

    def read(self, question: str, windows: Sequence[Window]) -> list[tuple[Reading, ...]]:
        """Return a reading for each sentence of each window; a window read before is not read again."""
        with self._remembering:
            found = {w: self._read[question, w] for w in windows if (question, w) in self._read}
        new = sorted({w for w in windows if w not in found}, key=lambda w: -sum(map(len, w.sentences)))
        found.update(zip(new, self._cores.map(partial(self._run, question), new), strict=True))
        with self._remembering:
            self._read.update({(question, w): readings for w, readings in found.items()})
            while len(self._read) > REMEMBERED:
                self._read.popitem(last=False)
        return [found[w] for w in windows]

    def _tokenize(self, text: str) -> _Tokens:
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        return _Tokens(tuple(encoding.ids), tuple(encoding.offsets))

    def _lay_out(self, question: str, window: Window) -> _Layout:
        asked_ids = self._tokens(window.asked).ids[:MAX_ASKED_TOKENS] if window.asked else ()
        question_ids = self._tokens(question).ids[:MAX_QUESTION_TOKENS]
        ids = [CLS, *question_ids, SEP]
        if asked_ids:
            ids += [*asked_ids, SEP]
        places: list[Span] = []
        for sentence in window.sentences:
            room = MAX_TOKENS - 1 - len(ids)
            piece = self._tokens(sentence).ids[: max(room, 0)]
            places.append((len(ids), len(ids) + len(piece)))
            ids += piece
        return _Layout((*ids, SEP), len(question_ids) + 2, tuple(places))

    def _run(self, question: str, window: Window) -> tuple[Reading, ...]:
        layout = self._lay_out(question, window)
        ids = np.array([layout.ids], np.int64)
        types = np.zeros_like(ids)
        types[:, layout.question_tokens :] = 1
        (logits,) = self._session.run(None, {"ids": ids, "mask": np.ones_like(ids), "types": types})
        return tuple(
            self._reading(logits[0], place, self._tokens(sentence).offsets)
            for place, sentence in zip(layout.places, window.sentences, strict=True)
        )

    def _reading(self, logits: NDArray[np.float32], place: Span, offsets: tuple[Span, ...]) -> Reading:
        first, last = place
        if first == last:  # the window was full before this sentence
            return Reading(BARRED, BARRED, (0, 0))
        start, end, evidence = logits[first:last].T
        null_start, null_end, null_evidence = logits[0]
        pairs = np.triu(start[:, None] + end[None, :] - BARRED)
        pairs = np.tril(pairs, MAX_SPAN_TOKENS - 1)
        a, b = divmod(int(pairs.argmax()), len(start))
        return Reading(
            evidence=float(evidence.mean() - null_evidence),
            span=float(start[a] + end[b] - null_start - null_end),
            answer=(offsets[a][0], offsets[b][1]),
        )


def shipped_folder() -> Path:
    """Return the folder of the reader that comes with the installation."""
    return shipped("reader")
