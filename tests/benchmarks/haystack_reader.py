"""Haystack's extractive pipeline, BM25 and then its reader, with this project's trained weights.

In: interviews, and the weights that ``models/train_reader.py`` writes. Out: ``Ranked``, like every
system. Haystack's reader looks at start and end only, and gives the model no token types.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from rag.datatypes import Interview, Span
from rag.encoder import minilm_folder
from tests.benchmarks.data import DataError
from tests.benchmarks.systems import Ranked, said

READ = 5
"""How many interviews the reader reads, as many as this project."""

os.environ.setdefault("HAYSTACK_TELEMETRY_ENABLED", "False")


class HaystackReader:
    """BM25 retriever and extractive reader."""

    name = "Haystack BM25 + reader"

    def __init__(self, weights: Path, interviews: Sequence[Interview]) -> None:
        """Index ``interviews`` and load the reader with ``weights``.

        Raises:
            ImportError: Haystack or its transformers integration is not installed.
            DataError: the weights can't be read.
        """
        from haystack import Document
        from haystack.components.retrievers.in_memory import InMemoryBM25Retriever
        from haystack.document_stores.in_memory import InMemoryDocumentStore
        from haystack_integrations.components.readers.transformers import TransformersExtractiveReader

        store = InMemoryDocumentStore()
        store.write_documents([Document(id=i.id, content=i.text) for i in interviews])
        self._retriever = InMemoryBM25Retriever(store)
        self._sentences = {i.id: [span for _, span in said(i)] for i in interviews}
        with tempfile.TemporaryDirectory() as folder:
            _save_for_transformers(weights, Path(folder))
            self._reader = TransformersExtractiveReader(model=folder)
            self._reader.warm_up()

    def ask(self, question: str, interview: str = "") -> Ranked:
        """Retrieve, read, and rank the sentences that answers start in; the score is 1 - "no answer"."""
        if interview:
            raise ValueError("this pipeline is asked about all interviews at once")
        start = time.perf_counter()
        found = self._retriever.run(query=question, top_k=READ)["documents"]
        answers = self._reader.run(query=question, documents=found)["answers"]
        seconds = time.perf_counter() - start
        places = [self._place(a.document.id, a.document_offset.start) for a in answers if a.document is not None]
        none = [a.score for a in answers if a.document is None]
        sentences = tuple(dict.fromkeys(places))
        read = dict.fromkeys([id for id, _ in sentences] + [document.id for document in found])
        return Ranked(sentences, tuple(read), 1 - none[0] if none else 1.0, seconds)

    def _place(self, id: str, offset: int) -> tuple[str, Span]:
        spans = self._sentences[id]
        return id, next((span for span in spans if span[0] <= offset < span[1]), spans[-1])


def _save_for_transformers(weights: Path, folder: Path) -> None:
    """Write the encoder, and the head's start and end, as transformers' question-answering model."""
    import shutil

    import torch
    from transformers import BertForQuestionAnswering

    from models.reader_model import loaded

    try:
        trained = torch.load(weights, weights_only=True)
    except OSError as problem:
        raise DataError(f"{weights}: can't read the reader's weights ({problem.strerror})") from problem
    model = BertForQuestionAnswering(loaded(trained).encoder.config)
    renamed = {name.replace("encoder.", "bert.", 1): value for name, value in trained.items()}
    renamed["qa_outputs.weight"] = renamed.pop("head.weight")[:2]
    renamed["qa_outputs.bias"] = renamed.pop("head.bias")[:2]
    model.load_state_dict(renamed)
    model.save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json", "vocab.txt"):
        shutil.copyfile(minilm_folder() / name, folder / name)
