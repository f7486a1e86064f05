"""What the reader loses by its 8 bits: little, since the few large channels of its activations stay in floats."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

pytest.importorskip("onnx")


from models import export_reader, outliers
from models.reader_model import loaded
from models.recover_reader import recovered
from rag.reader import shipped_folder

pytestmark = pytest.mark.filterwarnings("ignore")  # of the exporter that the script uses
Windows = list[tuple[list[int], list[int]]]


@pytest.fixture(scope="module")
def windows() -> Windows:
    tokenizer = Tokenizer.from_file(str(shipped_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    return list(outliers.sample(tokenizer))[:12]


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("recovered") / "weights.pt"
    torch.save(recovered(shipped_folder() / "model.onnx"), path)
    return path


def read(path: Path, windows: Windows) -> NDArray[np.float32]:
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    found = []
    for ids, types in windows:
        taken = {"ids": ids, "mask": [1] * len(ids), "types": types}
        found.append(session.run(None, {name: np.array([given], np.int64) for name, given in taken.items()})[0][0])
    return np.concatenate(found)


def in_floats(weights: Path, windows: Windows) -> NDArray[np.float32]:
    model = loaded(torch.load(weights, weights_only=True))
    model.eval()
    found = []
    with torch.no_grad():
        for ids, types in windows:
            taken = torch.tensor([ids])
            found.append(model(taken, torch.ones_like(taken), torch.tensor([types]))[0].numpy())
    return np.concatenate(found)


def off(found: NDArray[np.float32], exact: NDArray[np.float32]) -> float:
    return float(np.sqrt(np.mean((found - exact) ** 2)))


@pytest.mark.models
def test_the_reader_s_8_bits_are_nearer_to_its_floats_with_its_largest_channels_apart(
    weights: Path, windows: Windows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exact = in_floats(weights, windows)
    monkeypatch.setattr(outliers, "CHANNELS", {})
    export_reader.export([weights], tmp_path)
    assert (
        off(read(shipped_folder() / "model.onnx", windows), exact)
        < off(read(tmp_path / "model.onnx", windows), exact) / 2
    )


@pytest.mark.models
def test_parted_products_say_in_floats_what_whole_ones_do(windows: Windows, weights: Path, tmp_path: Path) -> None:
    fused: list[Path] = []

    def keep(path: Path, out: Path, sampled: object) -> list[str]:
        fused.append(tmp_path / "fused.onnx")
        fused[0].write_bytes(path.read_bytes())
        return real(path, out, windows)

    real = outliers.part
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(outliers, "part", keep)
        export_reader.export([weights], tmp_path / "int8")
    narrow = outliers.part(fused[0], tmp_path / "parted.onnx", windows)
    assert len(narrow) == 12
    assert np.abs(read(tmp_path / "parted.onnx", windows) - read(fused[0], windows)).max() < 1e-3
