"""Keep the few channels of a reader's activations that are far larger than all others out of its 8 bits.

In: the reader's graph in 32-bit floats, texts to measure activations on. Out: the same graph, in which a matrix product
of such an activation is the sum of two: one of all other channels, to be quantised, and a narrow one of the large
ones, which stays in floats (LLM.int8(), arXiv 2208.07339). Dynamic quantisation has 256 steps for all channels of an
activation together; where one is five times as large as the rest, the rest share some fifty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer

from rag.reader import MAX_TOKENS
from rag.seeds import seed_interviews

CHANNELS = {"intermediate/dense": 8, "output/dense": 4}
"""How many, by the end of the product's name; attentions' inputs have none that matter. On windows of the shipped
interview, evidence is off by 0.13 (root mean square) where it was by 0.33; twice as many make it 0.14 and 0.12."""
WHOLE = "attention/output"
ROWS, PLACES, OTHERS = "_outliers", "_channels", "_others"
"""Ends of the names of what is stored beside a matrix: its rows for large channels, their places, the others' mask."""


def sample(tokenizer: Tokenizer) -> Iterable[tuple[list[int], list[int]]]:
    """Yield word pieces and types of the shipped interview's answers, each after the question that it answers."""
    for interview in seed_interviews():
        for turn, asked in zip(interview.turns, interview.each_asked_before(), strict=True):
            if asked is not None:
                question = interview.turns[asked]
                told = interview.text[question.start : question.end], interview.text[turn.start : turn.end]
                window = tokenizer.encode(*told)
                yield window.ids[:MAX_TOKENS], window.type_ids[:MAX_TOKENS]


def part(path: Path, out: Path, windows: Iterable[tuple[list[int], list[int]]]) -> list[str]:
    """Write the graph with its products parted; return the names of the narrow ones, not to be quantised."""
    model = onnx.load(str(path))
    graph = model.graph
    parted = {node.name: count for node in graph.node if (count := _count(node)) > 0}
    activations = [node.input[0] for node in graph.node if node.name in parted]
    largest = _largest(path, activations, windows) if activations else {}
    stored = {one.name: one for one in graph.initializer}
    nodes, narrow = [], []
    for node in graph.node:
        if node.name not in parted:
            nodes.append(node)
            continue
        activation, weight, name = node.input[0], node.input[1], node.name
        matrix = numpy_helper.to_array(stored[weight]).copy()
        channels = np.sort(np.argsort(-largest[activation])[: parted[name]])
        others = np.ones(len(matrix), np.float32)
        others[channels] = 0
        beside = ((matrix[channels], ROWS), (channels.astype(np.int64), PLACES), (others, OTHERS))
        graph.initializer.extend(numpy_helper.from_array(array, weight + end) for array, end in beside)
        matrix[channels] = 0
        stored[weight].CopyFrom(numpy_helper.from_array(matrix, weight))
        narrow.append(f"{name}_narrow")
        nodes += [
            helper.make_node("Mul", [activation, weight + OTHERS], [f"{name}_rest"], f"{name}_rest"),
            helper.make_node("MatMul", [f"{name}_rest", weight], [f"{name}_wide"], name),
            helper.make_node("Gather", [activation, weight + PLACES], [f"{name}_large"], f"{name}_large", axis=-1),
            helper.make_node("MatMul", [f"{name}_large", weight + ROWS], [narrow[-1]], narrow[-1]),
            helper.make_node("Add", [f"{name}_wide", narrow[-1]], [node.output[0]], f"{name}_sum"),
        ]
    del graph.node[:]
    graph.node.extend(nodes)
    onnx.save(model, str(out))
    return narrow


def _count(node: onnx.NodeProto) -> int:
    if node.op_type != "MatMul" or WHOLE in node.name:
        return 0
    return next((count for end, count in CHANNELS.items() if node.name.endswith(f"{end}/MatMul")), 0)


def _largest(
    path: Path, activations: list[str], windows: Iterable[tuple[list[int], list[int]]]
) -> dict[str, NDArray[np.float32]]:
    """Return the largest magnitude that each channel of each activation has in the windows."""
    model = onnx.load(str(path))
    model.graph.output.extend(helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in activations)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    found: defaultdict[str, list[NDArray[np.float32]]] = defaultdict(list)
    for ids, types in windows:
        taken = {"ids": ids, "mask": [1] * len(ids), "types": types}
        values = session.run(activations, {name: np.array([given], np.int64) for name, given in taken.items()})
        for name, value in zip(activations, values, strict=True):
            found[name].append(np.abs(value).max(axis=(0, 1)))
    return {name: np.max(values, axis=0) for name, values in found.items()}
