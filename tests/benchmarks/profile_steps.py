"""Where time goes, step by step: functions of the project in, the time spent in each but not in those it calls out."""

from __future__ import annotations

import functools
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module

ANSWER_STEPS = {
    "understand the question": "rag.asking:Asking.understand",
    "encode it": "rag.minilm:MiniLM.encode_query",
    "nearest vectors": "rag.local.store:LocalStore.nearest",
    "matching words": "rag.local.store:LocalStore.matching",
    "how rare the words are": "rag.local.store:LocalStore.document_frequency",
    "fetch the passages": "rag.local.store:LocalStore.passages",
    "rank them": "rag.retriever:Retriever.retrieve",
    "cut windows into word pieces": "rag.reader:OnnxReader._lay_out",
    "run the reader": "rag.reader:OnnxReader.read",
    "weigh the sentences": "rag.scoring:candidates",
    "which words nobody says": "rag.answers:Answerer._absence",
    "choose the quotes": "rag.selection:quotes",
    "the rest": "rag.library:Library.inquire",
}
"""What is done for an answer -> the function that does it."""
ADD_STEPS = {
    "read the file": "rag.parsing:read",
    "cut passages and sentences": "rag.passages:cut",
    "cut texts into word pieces": "rag.minilm:MiniLM._tokens",
    "run the encoder": "rag.minilm:MiniLM.encode",
    "write to the library": "rag.local.store:LocalStore.add",
}
"""The same for adding interviews."""


@contextmanager
def timed(steps: Mapping[str, str]) -> Iterator[dict[str, float]]:
    """Time these functions while the context lasts; yield the seconds spent in each so far, not in what it calls."""
    seconds: dict[str, float] = defaultdict(float)
    inner: list[float] = []
    undo: list[Callable[[], None]] = []
    for step, place in steps.items():
        module, _, name = place.partition(":")
        *path, attribute = name.split(".")
        owner = functools.reduce(getattr, path, import_module(module))
        real = getattr(owner, attribute)
        setattr(owner, attribute, _clocked(real, step, seconds, inner))
        undo.append(functools.partial(setattr, owner, attribute, real))
    try:
        yield seconds
    finally:
        for restore in undo:
            restore()


def _clocked(
    real: Callable[..., object], step: str, seconds: dict[str, float], inner: list[float]
) -> Callable[..., object]:
    @functools.wraps(real)
    def clocked(*given: object, **named: object) -> object:
        inner.append(0.0)
        start = time.perf_counter()
        try:
            return real(*given, **named)
        finally:
            spent = time.perf_counter() - start
            seconds[step] += spent - inner.pop()
            if inner:
                inner[-1] += spent

    return clocked
