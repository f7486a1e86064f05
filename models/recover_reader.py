"""Recover trainable weights from the reader that ships, to train on where the weights of its training are gone.

    python -m models.recover_reader models/reader/model.onnx .work/recovered.pt

In: an int8 model by ``models/export_reader.py``. Out: 32-bit weights for ``models/train_reader.py --start-from``:
each integer less its zero point times its scale, so what quantisation rounded off stays lost.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

from models.cross_encoder import QUANTISED, dequantised
from models.outliers import PLACES, ROWS
from models.reader_model import ReaderModel

_LAYER_WEIGHTS = ("attention.output.dense", "intermediate.dense", "output.dense")
"""A layer's matrix products after its attention, in the order in which the graph has them."""


def recovered(path: Path) -> dict[str, torch.Tensor]:
    """Return the reader's state with the weights of the model at ``path``.

    Raises:
        KeyError: it was not written by ``export_reader``.
    """
    graph = onnx.load(str(path)).graph
    stored = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    layers = sum(bool(re.fullmatch(r"Attention_\d+_qkv_bias", name)) for name in stored)
    state = dict(ReaderModel(layers).state_dict())
    for name in state:
        if name in stored:  # biases and norms are kept as they were
            state[name] = torch.from_numpy(stored[name].copy())
        elif name + QUANTISED in stored:  # the embeddings
            state[name] = torch.from_numpy(_weight(stored, name))
    products = iter(sorted((n for n in stored if re.fullmatch(r"onnx::MatMul_\d+_quantized", n)), key=_number))
    for layer in range(layers):
        place = f"encoder.encoder.layer.{layer}."
        together = _weight(stored, f"Attention_{layer}_qkv_weight")
        biases = np.split(stored[f"Attention_{layer}_qkv_bias"], 3)
        for part, matrix, bias in zip(("query", "key", "value"), np.split(together, 3, axis=1), biases, strict=True):
            state[f"{place}attention.self.{part}.weight"] = _transposed(matrix)
            state[f"{place}attention.self.{part}.bias"] = torch.from_numpy(bias.copy())
        for part in _LAYER_WEIGHTS:
            state[f"{place}{part}.weight"] = _transposed(_weight(stored, next(products).removesuffix("_quantized")))
    state["head.weight"] = _transposed(_weight(stored, next(products).removesuffix("_quantized")))
    return state


def _number(name: str) -> int:
    return int(name.split("_")[1])


def _weight(stored: dict[str, Any], name: str) -> NDArray[np.float32]:
    """Return a matrix of shape (inputs, outputs), quantised with a scale for each output but for some of its rows."""
    matrix = dequantised(stored, name)
    if name + PLACES in stored:
        matrix[stored[name + PLACES]] = stored[name + ROWS]
    return matrix


def _transposed(matrix: NDArray[np.float32]) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(matrix.T))


def main() -> None:
    """Parse the command line and recover."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("weights", type=Path)
    arguments = parser.parse_args()
    arguments.weights.parent.mkdir(parents=True, exist_ok=True)
    torch.save(recovered(arguments.model), arguments.weights)


if __name__ == "__main__":
    main()
