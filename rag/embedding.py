"""Give interviews their vectors, many at once.

In: interviews with their passages. Out: ``Embedded``. Texts of several interviews go through the encoder
together, so that its batches are of like length; a window bounds how many, and with them the memory,
whatever the size of the archive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from rag.datatypes import Interview, Passage
from rag.encoder import Encoder
from rag.passages import unstamped
from rag.store import Embedded

WINDOW_CHARACTERS = 100_000
"""How much text is embedded at once: some 1,500 passages and sentences, a few seconds' work."""


def windows(interviews: Iterable[Interview]) -> Iterator[list[Interview]]:
    """Yield interviews in order, so many together as make a window; nothing is read ahead of what is asked for."""
    window: list[Interview] = []
    size = 0
    for interview in interviews:
        window.append(interview)
        size += len(interview.text)
        if size >= WINDOW_CHARACTERS:
            yield window
            window, size = [], 0
    if window:
        yield window


def embed(encoder: Encoder, cuts: Sequence[tuple[Interview, tuple[Passage, ...]]]) -> list[Embedded]:
    """Embed all passages and sentences of these interviews in one go."""
    texts = [unstamped(interview, span) for interview, passages in cuts for span in _spans(passages)]
    vectors = encoder.encode(texts)
    ends = np.cumsum([len(_spans(passages)) for _, passages in cuts])
    embedded = []
    for (interview, passages), own in zip(cuts, np.split(vectors, ends[:-1]), strict=True):
        wholes, sentences = own[: len(passages)], own[len(passages) :]
        stops = np.cumsum([len(passage.sentences) for passage in passages])
        parts = tuple(np.split(sentences, stops[:-1])) if passages else ()
        embedded.append(Embedded(interview, passages, wholes, parts))
    return embedded


def _spans(passages: Sequence[Passage]) -> list[tuple[int, int]]:
    """Return where the texts to embed stand: the passages, then all their sentences."""
    return [(p.start, p.end) for p in passages] + [span for p in passages for span in p.sentences]
