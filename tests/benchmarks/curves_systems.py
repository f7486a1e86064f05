"""Build an archive in one system, and ask it in a process of its own: this project, LangChain with FAISS, txtai.

    python -m tests.benchmarks.curves_systems SYSTEM FOLDER QUESTIONS.json [--exact | --alone]

In: embedded interviews; then a folder that was built, and questions. Out: two lines of JSON on standard output: one
once the first question is answered, and one with what each of the others took. With --alone, questions come with the
interview that each is put to.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.datatypes import Scope
from rag.encoder import DEFAULT_MODEL, SentenceTransformerEncoder
from rag.library import Library
from rag.local.store import LocalStore
from rag.store import Embedded

# txtai embeds with another's function only where that is said to be wanted; it is the one below.
os.environ.setdefault("ALLOW_RESOLVE_TRANSFORM", "True")

Vectors = NDArray[np.float32]
Ask = Callable[..., list[object]]
"""A question, in this project perhaps an interview to put it to -> what was found, in a form that can be compared."""

KNOWN: dict[str, Vectors] = {}
"""Vectors that need not be made again: of the texts an archive is built from."""


@cache
def _reference() -> SentenceTransformerEncoder:
    return SentenceTransformerEncoder()


def transform(texts: list[str]) -> Vectors:
    """Embed texts for txtai, which knows this function by its name."""
    if all(text in KNOWN for text in texts):
        return np.array([KNOWN[text] for text in texts], np.float32)
    return _reference().encode(texts)


def build_onrecord(folder: Path, archive: Iterable[Embedded]) -> None:
    """Put an archive into a library of this project."""
    store = LocalStore(folder)
    store.use_model(DEFAULT_MODEL, 384)
    for each in archive:
        store.add(each)
    store.compact()
    store.close()


def open_onrecord(folder: Path) -> Ask:
    """Open it to be asked."""
    library = Library(LocalStore(folder))

    def ask(question: str, *interview: str) -> list[object]:
        quotes = library.ask(question, scope=Scope(interview)).quotes
        return [(quote.interview.id, quote.start, quote.end) for quote in quotes]

    return ask


def build_langchain(folder: Path, archive: Iterable[Embedded]) -> None:
    """Put an archive's passages into LangChain's FAISS store."""
    from langchain_community.vectorstores import FAISS

    store = FAISS.from_embeddings(list(_passages(archive)), _langchain())
    store.save_local(str(folder))


def open_langchain(folder: Path) -> Ask:
    """Open it to be asked."""
    from langchain_community.vectorstores import FAISS

    store = FAISS.load_local(str(folder), _langchain(), allow_dangerous_deserialization=True)
    return lambda question: [document.page_content for document in store.similarity_search(question, k=20)]


def _langchain():  # type: ignore[no-untyped-def]  # noqa: ANN202 - untyped where it is not installed
    from langchain_core.embeddings import Embeddings

    class MiniLM(Embeddings):  # type: ignore[misc, unused-ignore]
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [[float(x) for x in vector] for vector in _reference().encode(texts)]

        def embed_query(self, text: str) -> list[float]:
            return [float(x) for x in _reference().encode([text])[0]]

    return MiniLM()


def build_txtai(folder: Path, archive: Iterable[Embedded]) -> None:
    """Put an archive's passages into txtai, found by meaning and by words."""
    from txtai import Embeddings

    embeddings = Embeddings({"method": "external", "transform": f"{__spec__.name}.transform", "hybrid": True})
    passages = list(_passages(archive))
    KNOWN.update(passages)
    embeddings.index([(number, text, None) for number, (text, _) in enumerate(passages)])
    KNOWN.clear()
    embeddings.save(str(folder))


def open_txtai(folder: Path) -> Ask:
    """Open it to be asked."""
    from txtai import Embeddings

    embeddings = Embeddings()
    embeddings.load(str(folder))
    return lambda question: [number for number, _ in embeddings.search(question, 20)]


def _passages(archive: Iterable[Embedded]) -> Iterable[tuple[str, Vectors]]:
    for each in archive:
        for passage, vector in zip(each.passages, each.vectors, strict=True):
            yield each.interview.text[passage.start : passage.end], vector


BUILD: Mapping[str, Callable[[Path, Iterable[Embedded]], None]] = {
    "onrecord": build_onrecord,
    "LangChain + FAISS": build_langchain,
    "txtai hybrid": build_txtai,
}
OPEN: Mapping[str, Callable[[Path], Ask]] = {
    "onrecord": open_onrecord,
    "LangChain + FAISS": open_langchain,
    "txtai hybrid": open_txtai,
}


def peak_memory() -> int:
    """Return the most memory that this process has held, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():  # getrusage counts what its parent held, too
        return next(int(line.split()[1]) * 1024 for line in status.open() if line.startswith("VmHWM"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def main() -> None:
    """Ask every question once, the first on its own."""
    system, folder, questions, *rest = sys.argv[1:]
    if "--exact" in rest:
        import rag.local.index

        rag.local.index.PROBED = 1.0
    asked = json.loads(Path(questions).read_text("utf-8"))
    first, *others = asked if "--alone" in rest else [[question] for question in asked]
    ask = OPEN[system](Path(folder))
    ask(*first)
    print("{}", flush=True)
    found, took = [], []
    for question in others:
        start = time.perf_counter()
        found.append(ask(*question))
        took.append(time.perf_counter() - start)
    print(json.dumps({"seconds": took, "bytes": peak_memory(), "found": found}), flush=True)


if __name__ == "__main__":
    main()
