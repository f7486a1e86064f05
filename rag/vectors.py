"""Vectors, and how every store holds them.

In: arrays of vectors of length 1. Out: blobs of little-endian float16, one vector after the other, and back.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rag.datatypes import Passage
from rag.errors import LibraryDamaged

FLOAT = np.dtype("<f2")
"""How a number of a vector is stored. Cosines change by less than 0.0001, and half the disk is saved."""
LENGTH_TOLERANCE = 1e-3
"""How far from 1 a vector's length may be when it is given."""
KEPT_TOLERANCE = 2e-3
"""And once it is stored."""

Vectors = NDArray[np.float32]
"""One, or one after the other: (dimension,) or (n, dimension)."""


def to_blob(vectors: Vectors) -> bytes:
    """Return vectors as they are stored."""
    return vectors.astype(FLOAT).tobytes()


def from_blobs(blobs: Sequence[bytes], dimension: int) -> Vectors:
    """Return stored vectors, all in one (n, dimension).

    Raises:
        LibraryDamaged: They are not of this length.
    """
    joined = b"".join(blobs)
    if len(joined) % (max(dimension, 1) * FLOAT.itemsize):
        raise LibraryDamaged(f"the library is damaged: there are vectors that are not {dimension} long")
    return np.frombuffer(joined, FLOAT).astype(np.float32).reshape(-1, dimension)


def require_fit(
    dimension: int, passages: Sequence[Passage], vectors: Vectors, sentence_vectors: Sequence[Vectors]
) -> None:
    """Refuse vectors that don't fit the passages, are not ``dimension`` long, or not of length 1.

    Raises:
        ValueError: They are.
    """
    if dimension == 0:
        raise ValueError("use_model comes before add")
    if np.shape(vectors) != (len(passages), dimension) or len(sentence_vectors) != len(passages):
        raise ValueError(f"{len(passages)} passages with vectors of shape {np.shape(vectors)}, not {dimension} long")
    for passage, each in zip(passages, sentence_vectors, strict=True):
        if each.shape != (len(passage.sentences), dimension):
            raise ValueError(f"{len(passage.sentences)} sentences with vectors of shape {each.shape}")
    lengths = np.linalg.norm(np.concatenate([vectors, *sentence_vectors]), axis=1)
    if not np.all(np.abs(lengths - 1) <= LENGTH_TOLERANCE):  # not-a-number fails here too
        raise ValueError("vectors must be of length 1")
