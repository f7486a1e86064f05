"""Write the embedding model's graph without its weights: what onnxruntime runs MiniLM by.

    python -m models.export_encoder models/encoder/graph.onnx

In: MiniLM's sizes. Out: an ONNX graph of some 15 KB in onnxruntime's fused operators for BERT, mean pooling
and normalising included. Its weights stay in the package they come in; ``rag/minilm.py`` hands them over when
it loads the graph, under the names that this file asks for.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from onnx import ModelProto, NodeProto, TensorProto, helper
from onnx.helper import make_node, make_tensor

from rag.encoder import minilm_folder
from rag.minilm import POSITIONS, QKV_BIAS, QKV_WEIGHT, WORDS

FUSED = "com.microsoft"
OPSET = 17
IR_VERSION = 8


class Graph:
    """A graph under construction: nodes, and the weights that they ask for."""

    def __init__(self) -> None:
        """Start empty."""
        self.nodes: list[NodeProto] = []
        self._weights: dict[str, TensorProto] = {}

    def weight(self, name: str, *shape: int) -> str:
        """Ask for a weight that is handed over at loading; return its name."""
        tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=shape, data_location=TensorProto.EXTERNAL)
        tensor.external_data.add(key="location", value="handed over")
        self._weights[name] = tensor
        return name

    def add(self, node: NodeProto) -> str:
        """Add a node; return the name of its first output."""
        self.nodes.append(node)
        return str(node.output[0])

    def model(self) -> ModelProto:
        """Return it as a model: token ids and which of them are text in, vectors out."""
        integers = [helper.make_tensor_value_info(n, TensorProto.INT32, ["batch", "tokens"]) for n in ("ids", "mask")]
        vectors = helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["batch", "dimension"])
        graph = helper.make_graph(self.nodes, "MiniLM", integers, [vectors], list(self._weights.values()))
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(FUSED, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION, producer_name="onrecord")


def build() -> ModelProto:
    """Return MiniLM's graph."""
    size = json.loads((minilm_folder() / "config.json").read_text("utf-8"))
    width, wide, epsilon = size["hidden_size"], size["intermediate_size"], size["layer_norm_eps"]
    graph = Graph()

    def normal(name: str) -> list[str]:
        return [graph.weight(f"{name}.LayerNorm.{part}", width) for part in ("weight", "bias")]

    def dense(name: str, inputs: str, out: int, into: int) -> tuple[str, str]:
        """Return a product, and the bias that the next operator adds to it."""
        weight, bias = graph.weight(f"{name}.dense.weight", out, into), graph.weight(f"{name}.dense.bias", out)
        product = make_node("FusedMatMul", [inputs, weight], [f"{name}.product"], domain=FUSED, transB=1)
        return graph.add(product), bias

    def skip(name: str, inputs: str, into: int, before: str) -> str:
        product, bias = dense(name, inputs, width, into)
        added = [product, before, *normal(name), bias]
        return graph.add(make_node("SkipLayerNormalization", added, [name], domain=FUSED, epsilon=epsilon))

    words = graph.weight(WORDS, size["vocab_size"], width)
    positions = graph.weight(POSITIONS, size["max_position_embeddings"], width)
    given = ["ids", "", words, positions, "", *normal("embeddings"), "mask"]
    outputs = ["embedded", "lengths"]
    hidden = graph.add(make_node("EmbedLayerNormalization", given, outputs, domain=FUSED, epsilon=epsilon))
    for layer in range(size["num_hidden_layers"]):
        name = f"encoder.layer.{layer}"
        qkv = graph.weight(QKV_WEIGHT.format(layer), width, 3 * width), graph.weight(QKV_BIAS.format(layer), 3 * width)
        heads, attended = size["num_attention_heads"], [hidden, *qkv, "lengths"]
        seen = graph.add(make_node("Attention", attended, [f"{name}.seen"], domain=FUSED, num_heads=heads))
        hidden = skip(f"{name}.attention.output", seen, width, hidden)
        grown = dense(f"{name}.intermediate", hidden, wide, width)
        active = graph.add(make_node("BiasGelu", grown, [f"{name}.active"], domain=FUSED))
        hidden = skip(f"{name}.output", active, wide, hidden)
    _pool(graph, hidden)
    return graph.model()


def _pool(graph: Graph, hidden: str) -> None:
    """Sum what stands for text and bring it to length 1, which is what a mean and then that comes to."""
    axis = graph.add(make_node("Constant", [], ["axis"], value=make_tensor("axis", TensorProto.INT64, [1], [1])))
    row = graph.add(make_node("Unsqueeze", ["mask", axis], ["mask.row"]))
    weights = graph.add(make_node("Cast", [row], ["weights"], to=TensorProto.FLOAT))
    summed = graph.add(make_node("MatMul", [weights, hidden], ["sum.row"]))
    flat = graph.add(make_node("Squeeze", [summed, axis], ["sum"]))
    graph.add(make_node("LpNormalization", [flat], ["vectors"], axis=-1, p=2))


def main() -> None:
    """Parse the command line and write the graph."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", type=Path)
    path: Path = parser.parse_args().graph
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(build().SerializeToString(deterministic=True))


if __name__ == "__main__":
    main()
