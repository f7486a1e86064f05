"""Export trained reader weights to the model that ships: ONNX, fused for BERT, int8.

    python -m models.export_reader WEIGHTS.pt ... models/reader

In: weights from ``models/train_reader.py``; those of several stages of one run are averaged. Out:
``model.onnx``, ``tokenizer.json`` and ``SHA256SUMS`` in the folder. Dynamic quantisation keeps activations
in floating point between the matrix products, and the largest of them within too (``models/outliers.py``).
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import torch
from onnx import TensorProto
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from onnxruntime.transformers.fusion_options import FusionOptions
from tokenizers import Tokenizer

from models import outliers
from models.reader_model import loaded
from rag.encoder import minilm_folder
from rag.shipped import seal


def averaged(paths: Sequence[Path]) -> dict[str, torch.Tensor]:
    """Return the mean of each parameter over the given weights."""
    states = [torch.load(path, weights_only=True) for path in paths]
    return {name: torch.stack([state[name].float() for state in states]).mean(0) for name in states[0]}


def export(weights: Sequence[Path], folder: Path) -> None:
    """Write the int8 model and what it needs into ``folder``."""
    model = loaded(averaged(weights))
    model.eval()
    model.encoder.set_attn_implementation("eager")  # the form of attention that onnxruntime knows to fuse
    folder.mkdir(parents=True, exist_ok=True)
    example = torch.ones(2, 8, dtype=torch.long)
    axes = {0: "batch", 1: "tokens"}
    with tempfile.TemporaryDirectory() as scratch:
        plain, fused, parted = (Path(scratch) / f"{name}.onnx" for name in ("plain", "fused", "parted"))
        torch.onnx.export(
            model,
            (example, example, example),
            str(plain),
            input_names=["ids", "mask", "types"],
            output_names=["logits"],
            dynamic_axes={"ids": axes, "mask": axes, "types": axes, "logits": axes},
            opset_version=17,
            dynamo=False,
        )
        size = model.encoder.config
        options = FusionOptions("bert")
        optimized = optimizer.optimize_model(
            str(plain),
            "bert",
            num_heads=size.num_attention_heads,
            hidden_size=size.hidden_size,
            optimization_options=options,
        )
        optimized.save_model_to_file(str(fused))
        tokenizer = Tokenizer.from_file(str(minilm_folder() / "tokenizer.json"))
        narrow = outliers.part(fused, parted, outliers.sample(tokenizer))
        quantize_dynamic(
            str(parted),
            str(folder / "model.onnx"),
            nodes_to_exclude=narrow,
            weight_type=QuantType.QInt8,
            per_channel=True,
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )
    shutil.copyfile(minilm_folder() / "tokenizer.json", folder / "tokenizer.json")
    seal(folder, "model.onnx", "tokenizer.json")


def main() -> None:
    """Parse the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path, nargs="+")
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    export(arguments.weights, arguments.folder)


if __name__ == "__main__":
    main()
