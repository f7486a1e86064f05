"""Weights recovered from the reader that ships: they read as it does."""

from __future__ import annotations

import numpy as np
import onnxruntime
import pytest
import torch

pytest.importorskip("onnx")

from models.reader_model import loaded
from models.recover_reader import recovered
from rag.reader import shipped_folder


@pytest.mark.models
def test_recovered_weights_read_as_the_shipped_model_does() -> None:
    model = loaded(recovered(shipped_folder() / "model.onnx"))
    model.eval()
    ids = torch.tensor([[101, 2043, 2001, 2009, 3390, 102, 2057, 3390, 1996, 2415, 1999, 2337, 1012, 102]])
    types = torch.tensor([[0] * 6 + [1] * 8])
    with torch.no_grad():
        ours = model(ids, torch.ones_like(ids), types).numpy()
    session = onnxruntime.InferenceSession(shipped_folder() / "model.onnx", providers=["CPUExecutionProvider"])
    (shipped,) = session.run(None, {"ids": ids.numpy(), "mask": np.ones_like(ids), "types": types.numpy()})
    assert np.abs(ours - shipped).mean() < 0.4
    assert np.corrcoef(ours.ravel(), shipped.ravel())[0, 1] > 0.98
