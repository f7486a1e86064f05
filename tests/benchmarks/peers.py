"""What others would find: LangChain with FAISS, Haystack's BM25, txtai's hybrid search.

In: texts, then a question. Out: the numbers of the texts that fit best, with scores. Each is set up as
its own documentation does it, with the same MiniLM; the ``bench`` extra installs them, and each is
imported only when it is asked for.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable, Sequence
from typing import Protocol

from rag.encoder import SentenceTransformerEncoder, minilm_folder

# Nothing may be fetched or reported while measuring.
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("HAYSTACK_TELEMETRY_ENABLED", "False")


Search = Callable[[str, int], list[tuple[int, float]]]
"""(question, k) -> at most k (number of the text, score), best first; higher is better."""


class Peer(Protocol):
    """Another library's way to search texts."""

    @property
    def name(self) -> str:
        """What it is called in tables."""

    def index(self, texts: Sequence[str]) -> Search:
        """Make ``texts`` searchable."""


class LangChain:
    """LangChain's FAISS vector store over MiniLM."""

    name = "LangChain + FAISS"

    def __init__(self) -> None:
        """Load MiniLM."""
        from langchain_core.embeddings import Embeddings

        encoder = SentenceTransformerEncoder()

        class MiniLM(Embeddings):  # type: ignore[misc, unused-ignore]  # untyped where it is not installed
            def embed_documents(self, texts: list[str]) -> list[list[float]]:
                return [[float(x) for x in vector] for vector in encoder.encode(texts)]

            def embed_query(self, text: str) -> list[float]:
                return [float(x) for x in encoder.encode([text])[0]]

        self._embeddings = MiniLM()

    def index(self, texts: Sequence[str]) -> Search:
        """Make ``texts`` searchable."""
        from langchain_community.vectorstores import FAISS

        numbered = [{"number": number} for number in range(len(texts))]
        store = FAISS.from_texts(list(texts), self._embeddings, metadatas=numbered)

        def search(question: str, k: int) -> list[tuple[int, float]]:
            found = store.similarity_search_with_score(question, k=k)
            return [(int(document.metadata["number"]), -float(distance)) for document, distance in found]

        return search


class Haystack:
    """Haystack's in-memory BM25 retriever."""

    name = "Haystack BM25"

    def index(self, texts: Sequence[str]) -> Search:
        """Make ``texts`` searchable."""
        from haystack import Document
        from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
        from haystack.document_stores.in_memory import InMemoryDocumentStore

        store = InMemoryDocumentStore()
        store.write_documents([Document(id=str(number), content=text) for number, text in enumerate(texts)])
        retriever = InMemoryBM25Retriever(store)

        def search(question: str, k: int) -> list[tuple[int, float]]:
            found = retriever.run(query=question, top_k=k)["documents"]
            return [(int(document.id), float(document.score)) for document in found]

        return search


class Txtai:
    """txtai's hybrid of MiniLM and BM25."""

    name = "txtai hybrid"

    def __init__(self) -> None:
        """Prepare to share one loaded MiniLM between indexes."""
        self._models: dict[str, object] = {}

    def index(self, texts: Sequence[str]) -> Search:
        """Make ``texts`` searchable."""
        from txtai import Embeddings

        embeddings = Embeddings({"path": str(minilm_folder()), "hybrid": True}, models=self._models)
        embeddings.index([(number, text, None) for number, text in enumerate(texts)])

        def search(question: str, k: int) -> list[tuple[int, float]]:
            return [(int(number), float(score)) for number, score in embeddings.search(question, k)]

        return search


PEERS = (LangChain, Haystack, Txtai)
MODULES = ("langchain_community", "haystack", "txtai")


def installed_peers() -> tuple[Peer, ...]:
    """Load every peer.

    Raises:
        ImportError: one is not installed; its message says how to install them.
    """
    missing = [module for module in MODULES if importlib.util.find_spec(module) is None]
    if missing:
        raise ImportError(f"{', '.join(missing)}: not installed; pip install -e '.[bench]'")
    return tuple(peer() for peer in PEERS)
