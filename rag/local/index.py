"""Vectors -> nearest: the only module that knows FAISS.

In: rows (whole numbers, ascending, each once) and vectors of length 1. Out: the rows nearest to a
vector, with their cosines.

An index is a base, which may be mapped from a file, and a tail in memory, which takes what is added.
Vectors are kept in float16, as in the database, which halves memory and time; every cosine is exact
for them. A base of up to ``APPROXIMATE_FROM`` vectors is compared with whole. A larger one is parted into
clusters of like vectors (FAISS's IVF), and only the ``PROBED`` part of them that lies nearest is compared
with, unless what may be found is so little that comparing with all of it is quick.
"""

from __future__ import annotations

import os
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rag.vectors import Vectors

if TYPE_CHECKING:
    import faiss

READ_BYTES = 1 << 22

APPROXIMATE_FROM = 300_000
"""Comparing with each of so many takes 25 ms on one core (83 ns a vector): from there on it would be felt."""
CLUSTERS_PER_ROOT = 4
"""How many clusters there are, in square roots of the number of vectors."""
PROBED = 0.2
"""The part of the clusters that is compared with: it holds 99.7% of the 40 nearest of real questions, in a quarter of
the time. A tenth holds 98.5%; with half as many clusters a fifth holds 97.5%."""
SAMPLE_PER_CLUSTER = 40
"""From how many vectors the middle of a cluster is found."""
ROUNDS = 6
"""How often the middles are moved."""
MOVED = 65_536
"""How many vectors are copied at once."""

Rows = NDArray[np.int64]


class SnapshotError(Exception):
    """An index file that is missing, damaged, or not the one that was asked for."""


class VectorIndex:
    """Rows and their vectors. ``rows[p]`` is the row at position ``p``."""

    def __init__(self, dimension: int) -> None:
        """Make an empty index for vectors of this length."""
        self.dimension = dimension
        self.rows: Rows = np.empty(0, np.int64)
        self._segments: list[faiss.Index] = [_flat(dimension)]
        self._stored: faiss.Index | None = None

    def __len__(self) -> int:
        """Count the positions."""
        return len(self.rows)

    @property
    def tail(self) -> int:
        """How many vectors no file holds."""
        return int(self._segments[-1].ntotal)

    def append(self, rows: Rows, vectors: Vectors) -> None:
        """Take in ``vectors`` (n, dimension) under ``rows`` (n,), which go on from those there are."""
        if len(rows) == 0:
            return
        if vectors.shape != (len(rows), self.dimension):
            raise ValueError(f"{len(rows)} rows with vectors of shape {vectors.shape}")
        if (len(self.rows) and rows[0] <= self.rows[-1]) or np.any(np.diff(rows) <= 0):
            raise ValueError("rows must be ascending")
        self._segments[-1].add(np.ascontiguousarray(vectors, np.float32))
        self.rows = np.concatenate([self.rows, rows])

    def nearest(self, vector: Vectors, k: int, allowed: NDArray[np.bool_] | None = None) -> list[tuple[int, float]]:
        """Return (row, cosine) of the ``k`` nearest, best first; ``allowed`` (n,) tells which positions may be."""
        if len(self) == 0 or k <= 0:
            return []
        query = np.ascontiguousarray(vector, np.float32).reshape(1, self.dimension)
        found: list[tuple[float, int]] = []
        offset = 0
        for segment in self._segments:
            count = int(segment.ntotal)
            here = None if allowed is None else allowed[offset : offset + count]
            found += [(score, position + offset) for position, score in _search(segment, query, k, here)]
            offset += count
        found.sort(key=lambda pair: (-pair[0], pair[1]))
        return [(int(self.rows[position]), score) for score, position in found[:k]]

    def vectors(self, positions: NDArray[np.int64]) -> Vectors:
        """Return the vectors (n, dimension) at these positions."""
        import faiss

        out = np.empty((len(positions), self.dimension), np.float32)
        offset = 0
        for segment in self._segments:
            inside = np.flatnonzero((positions >= offset) & (positions < offset + segment.ntotal))
            if len(inside):
                if isinstance(segment, faiss.IndexIVF):
                    segment.make_direct_map()  # where each vector is; made once
                out[inside] = segment.reconstruct_batch(positions[inside] - offset)
            offset += int(segment.ntotal)
        return out

    def save(self, path: Path, kept: NDArray[np.bool_]) -> int:
        """Write the positions that are ``kept`` (n,) to a new file, sync it, and return its checksum."""
        import faiss

        positions = np.flatnonzero(kept)
        large = len(positions) > APPROXIMATE_FROM
        merged = faiss.IndexIDMap(self._clustered(positions) if large else _flat(self.dimension))
        for at in range(0, len(positions), MOVED):
            some = positions[at : at + MOVED]
            merged.add_with_ids(self.vectors(some), self.rows[some])
        checksum = 0
        with path.open("wb") as file:

            def write(data: bytes) -> int:
                nonlocal checksum
                checksum = zlib.crc32(data, checksum)
                return file.write(data)

            faiss.write_index(merged, faiss.PyCallbackIOWriter(write))  # type: ignore[attr-defined]
            file.flush()
            os.fsync(file.fileno())
        return checksum

    def _clustered(self, positions: NDArray[np.int64]) -> faiss.Index:
        """Return an empty index whose clusters are those of a sample of the vectors at ``positions``."""
        import faiss

        lists = max(int(CLUSTERS_PER_ROOT * len(positions) ** 0.5), 1)
        drawn = np.random.default_rng(0).permutation(positions)[: SAMPLE_PER_CLUSTER * lists]
        middles, kind = faiss.IndexFlatIP(self.dimension), faiss.ScalarQuantizer.QT_fp16
        index = faiss.IndexIVFScalarQuantizer(middles, self.dimension, lists, kind, faiss.METRIC_INNER_PRODUCT, False)
        index.cp.niter, index.cp.spherical = ROUNDS, True
        index.cp.min_points_per_centroid, index.cp.max_points_per_centroid = 1, SAMPLE_PER_CLUSTER
        index.train(self.vectors(np.sort(drawn)))
        return index

    @classmethod
    def load(cls, path: Path, dimension: int, checksum: int) -> VectorIndex:
        """Map a file that ``save`` wrote.

        Raises:
            SnapshotError: It is missing, damaged, or another one.
        """
        import faiss

        flags = getattr(faiss, "IO_FLAG_MMAP_IFC", 0) if os.name == "posix" else 0
        try:
            if _checksum(path) != checksum:
                raise SnapshotError(f"{path} is not what was written")
            stored = faiss.read_index(str(path), flags)
        except (OSError, RuntimeError) as error:
            raise SnapshotError(f"{path} can't be read: {error}") from error
        if stored.d != dimension:
            raise SnapshotError(f"{path} has vectors of length {stored.d}, not {dimension}")
        index = cls(dimension)
        index.rows = faiss.vector_to_array(stored.id_map)  # type: ignore[attr-defined]
        index._stored = stored  # owns the flat index inside it
        index._segments.insert(0, faiss.downcast_index(stored.index))  # type: ignore[attr-defined]
        return index


def _flat(dimension: int) -> faiss.IndexScalarQuantizer:
    import faiss

    kind = faiss.ScalarQuantizer.QT_fp16
    return faiss.IndexScalarQuantizer(dimension, kind, faiss.METRIC_INNER_PRODUCT)


def _search(segment: faiss.Index, query: Vectors, k: int, allowed: NDArray[np.bool_] | None) -> list[tuple[int, float]]:
    import faiss

    count = int(segment.ntotal) if allowed is None else int(np.count_nonzero(allowed))
    if min(k, count) <= 0:
        return []
    parameters = None
    selector = None
    if allowed is not None and count < len(allowed):
        selector = faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))  # type: ignore[call-arg, arg-type]
        parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
    if isinstance(segment, faiss.IndexIVF):
        share = PROBED if count > APPROXIMATE_FROM else 1.0
        probed = max(round(share * segment.nlist), 1)
        parameters = faiss.SearchParametersIVF(sel=selector, nprobe=probed)  # type: ignore[call-arg]
    scores, positions = segment.search(query, min(k, count), params=parameters)
    # FAISS pads with -1, and nothing may be taken for the last vector.
    return [(int(p), float(s)) for p, s in zip(positions[0], scores[0], strict=True) if p >= 0]


def _checksum(path: Path) -> int:
    value = 0
    with path.open("rb") as file:
        while data := file.read(READ_BYTES):
            value = zlib.crc32(data, value)
    return value
