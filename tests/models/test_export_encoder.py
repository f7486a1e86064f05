"""The encoder's graph: what ships is what the script writes."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("onnx")

from models.export_encoder import build

SHIPPED = Path(__file__).parents[2] / "models" / "encoder" / "graph.onnx"


def test_the_shipped_graph_is_the_one_that_the_script_writes() -> None:
    assert build().SerializeToString(deterministic=True) == SHIPPED.read_bytes()


def test_the_graph_holds_no_weights() -> None:
    assert all(weight.data_location == weight.EXTERNAL for weight in build().graph.initializer)
    assert SHIPPED.stat().st_size < 50_000
