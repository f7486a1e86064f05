"""Run the shipped encoder, MiniLM, in onnxruntime: it is ready in a tenth of the time that torch takes.

In: texts. Out: the unit vectors that sentence-transformers makes of them, which is the reference. The weights
are those of the package they come in, checked by their SHA-256; ``models/encoder/graph.onnx`` holds only how
they are put to use, and is written by ``models/export_encoder.py``. For questions the weights are changed a
little (``models/question_encoder/``), so that a question comes nearer to the passage that answers it; passages keep
MiniLM's own vectors.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rag.encoder import DEFAULT_MODEL, Encoder, SentenceTransformerEncoder, minilm_folder, verified
from rag.errors import ModelError
from rag.shipped import checked, shipped
from rag.vectors import Vectors

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

LAYERS = 6
MAX_TOKENS = 256
"""Longer texts are cut off, as the model's authors do."""
BATCH_TOKENS = 512
"""How many tokens, padding included, go through the model at once: what fits a core's cache runs fastest."""
TOKENISED = 1024
"""How many texts are cut into tokens at once."""

WORDS = "embeddings.word_embeddings.weight"
POSITIONS = "positions"
"""With the embedding of the first kind of text in them, since there is no other kind."""
QKV_WEIGHT = "encoder.layer.{}.qkv.weight"
QKV_BIAS = "encoder.layer.{}.qkv.bias"
"""Query, key and value side by side, as onnxruntime takes them."""

CHANGES = "changes.safetensors"
"""What questions change in the weights: NAME.down (in, rank) and NAME.up (rank, out)."""
_INPUTS_FIRST = frozenset(QKV_WEIGHT.format(layer) for layer in range(LAYERS))
"""The weights whose rows are inputs; those of the others are outputs."""

Tokens = NDArray[np.int32]


class MiniLM:
    """all-MiniLM-L6-v2 without torch, and beside it what that has learnt about questions."""

    name = DEFAULT_MODEL

    def __init__(self, threads: int = 0) -> None:
        """Load the model; ``threads`` is how many cores it may use, 0 for all.

        Raises:
            ModelError: its files are missing, or are not the tested ones.
        """
        folder = verified(minilm_folder())
        from safetensors import safe_open
        from tokenizers import Tokenizer

        self._threads = threads
        self._file = folder / "model.safetensors"
        with safe_open(self._file, "np") as weights:
            self.dimension = int(weights.get_slice(WORDS).get_shape()[1])
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of shape (len(texts), dimension)."""
        return self._encode(self._passages, texts)

    def encode_query(self, question: str) -> Vectors:
        """Return a question's unit vector, of shape (dimension,)."""
        (vector,) = self._encode(self._questions, [question])
        return np.asarray(vector, np.float32)

    # Each is made when first needed: who only asks needs no passages' vectors, who only adds no questions'.

    @cached_property
    def _passages(self) -> InferenceSession:
        return _session(_weights(self._file), self._threads)

    @cached_property
    def _questions(self) -> InferenceSession:
        return _session(_changed(_weights(self._file)), self._threads)

    def _encode(self, session: InferenceSession, texts: Sequence[str]) -> Vectors:
        vectors = np.empty((len(texts), self.dimension), np.float32)
        tokens = [ids for at in range(0, len(texts), TOKENISED) for ids in self._tokens(texts[at : at + TOKENISED])]
        for rows in batches([len(ids) for ids in tokens]):
            vectors[rows] = _run(session, [tokens[row] for row in rows])
        return vectors

    def _tokens(self, texts: Sequence[str]) -> list[Tokens]:
        encoded = self._tokenizer.encode_batch_fast(list(texts))
        return [np.array(each.ids, np.int32) for each in encoded]


def _run(session: InferenceSession, tokens: Sequence[Tokens]) -> Vectors:
    ids = np.zeros((len(tokens), max(map(len, tokens))), np.int32)
    mask = np.zeros_like(ids)
    for row, each in enumerate(tokens):
        ids[row, : len(each)], mask[row, : len(each)] = each, 1
    (vectors,) = session.run(None, {"ids": ids, "mask": mask})
    return np.asarray(vectors, np.float32)


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the positions of texts that go through the model together: of like length, so that padding costs little."""
    batch: list[int] = []
    for position in sorted(range(len(lengths)), key=lambda p: lengths[p]):
        if batch and (len(batch) + 1) * lengths[position] > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(position)
    if batch:
        yield batch


def _session(weights: Mapping[str, NDArray[np.float32]], threads: int) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    # Threads that wait busily would keep the cores from the reader.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    lent = [onnxruntime.OrtValue.ortvalue_from_numpy(weight) for weight in weights.values()]
    options.add_external_initializers(list(weights), lent)
    return onnxruntime.InferenceSession(_graph(), options, providers=["CPUExecutionProvider"])


def _graph() -> bytes:
    try:
        return (shipped("encoder") / "graph.onnx").read_bytes()
    except OSError as problem:
        raise ModelError("models/encoder/graph.onnx can't be read; install onrecord again") from problem


def _weights(path: Path) -> dict[str, NDArray[np.float32]]:
    """Read the weights as the graph asks for them."""
    from safetensors import safe_open

    with safe_open(path, "np") as file:
        found = {name: file.get_tensor(name) for name in file.keys() if not name.startswith("pooler.")}  # noqa: SIM118
    kinds = found.pop("embeddings.token_type_embeddings.weight")
    found[POSITIONS] = found.pop("embeddings.position_embeddings.weight") + kinds[0]
    del found["embeddings.position_ids"]
    for layer in range(LAYERS):
        parts = [f"encoder.layer.{layer}.attention.self.{part}" for part in ("query", "key", "value")]
        found[QKV_WEIGHT.format(layer)] = np.concatenate([found.pop(f"{part}.weight") for part in parts]).T.copy()
        found[QKV_BIAS.format(layer)] = np.concatenate([found.pop(f"{part}.bias") for part in parts])
    return found


def _changed(weights: Mapping[str, NDArray[np.float32]]) -> dict[str, NDArray[np.float32]]:
    """Return the weights as they are for questions: to some a product of two thin matrices is added."""
    from safetensors.numpy import load_file

    thin = load_file(checked(shipped("question_encoder"), "the question encoder") / CHANGES)
    changed = dict(weights)
    for name in (each.removesuffix(".down") for each in thin if each.endswith(".down")):
        product = thin[f"{name}.down"].astype(np.float32) @ thin[f"{name}.up"].astype(np.float32)
        changed[name] = weights[name] + (product if name in _INPUTS_FIRST else product.T)
    return changed


def load_encoder(name: str) -> Encoder:
    """Load the model of that name: the shipped one without torch, any other through sentence-transformers.

    Raises:
        ModelError: its files are missing, can't be read, or are not the tested ones.
    """
    return MiniLM() if name == DEFAULT_MODEL else SentenceTransformerEncoder(name)
