"""An archive in Milvus -> what is wrong with it.

In: the archive. Out: a line for each thing that is not as it was written; none when all is well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from rag.datatypes import Interview
from rag.errors import LibraryError
from rag.keeping import problems_of_spans
from rag.milvus.archive import Archive
from rag.milvus.rows import Record, interview_of
from rag.store import Embedded
from rag.vectors import KEPT_TOLERANCE

Contents = Callable[[Record, Interview], tuple[list[int], Embedded]]


def problems(archive: Archive, contents: Contents) -> Iterator[str]:
    """Verify an archive, interview by interview, and that nothing is in it beside them."""
    if not archive.state.model:
        return
    for record in archive.records.in_order():
        try:
            interview = interview_of(record, archive.parts(record))
            _, embedded = contents(record, interview)
        except LibraryError as error:
            yield f"interview {record.id!r} can't be read: {error}"
            continue
        yield from (f"interview {record.id!r}: {problem}" for problem in _of_interview(record, embedded))
    held, known = archive.milvus.count(archive.passages, "row > 0"), archive.records.statistics.passages
    if held > known and not archive.writers:
        yield f"{held - known} passages are of no interview; they are in nobody's way"


def _of_interview(record: Record, embedded: Embedded) -> Iterator[str]:
    if len(embedded.passages) != record.passages:
        yield f"{record.passages} passages, but {len(embedded.passages)} are there"
        return
    yield from problems_of_spans(embedded.interview, embedded.passages)
    for n, (vector, sentences) in enumerate(zip(embedded.vectors, embedded.sentence_vectors, strict=True)):
        if not np.all(np.abs(np.linalg.norm(np.vstack([vector, sentences]), axis=1) - 1) <= KEPT_TOLERANCE):
            yield f"passage {n} has vectors that are not of length 1"
