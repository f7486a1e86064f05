"""The weights that the reader's training begins with, read out of a graph in 8 bits."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from transformers import BertConfig, BertForSequenceClassification, BertModel

pytest.importorskip("onnx")

from onnxruntime.quantization import QuantType, quantize_dynamic

from models import cross_encoder
from models.cross_encoder import cross_encoder_file, encoder_state

SIZE = BertConfig(vocab_size=50, hidden_size=24, num_hidden_layers=2, num_attention_heads=2, intermediate_size=48)


@pytest.mark.models
@pytest.mark.filterwarnings("ignore")  # of the exporter
def test_an_encoder_of_8_bits_is_read_as_one_of_floats(tmp_path: Path) -> None:
    torch.manual_seed(5)
    model = BertForSequenceClassification(SIZE).eval()
    for parameter in model.parameters():  # none like another: the exporter writes such only once
        torch.nn.init.normal_(parameter, std=0.2)
    ids = torch.tensor([[2, 7, 11, 3, 21, 40, 3]])
    names = ["input_ids", "attention_mask", "token_type_ids"]
    given = (ids, torch.ones_like(ids), torch.zeros_like(ids))
    torch.onnx.export(
        model, given, str(tmp_path / "plain.onnx"), input_names=names, output_names=["logits"], dynamo=False
    )
    quantize_dynamic(str(tmp_path / "plain.onnx"), str(tmp_path / "model.onnx"), weight_type=QuantType.QUInt8)

    recovered = BertModel(SIZE, add_pooling_layer=False).eval()
    recovered.load_state_dict(encoder_state(tmp_path / "model.onnx"))
    assert recovered.state_dict().keys() == encoder_state(tmp_path / "model.onnx").keys()
    for name, exact in model.bert.state_dict().items():
        if not name.startswith("pooler."):
            step = float(exact.max() - exact.min()) / 255
            assert (recovered.state_dict()[name] - exact).abs().max() <= step, name
    with torch.no_grad():
        found, exact = (each(ids).last_hidden_state for each in (recovered, model.bert))
    assert (found - exact).abs().max() < 0.1


def test_without_the_package_it_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cross_encoder, "PACKAGE", "there-is-no-such-package")
    with pytest.raises(SystemExit, match="pip install"):
        cross_encoder_file()


def test_another_model_than_the_tested_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cross_encoder, "PACKAGE", "pytest")
    monkeypatch.setattr(cross_encoder, "FILE", "pytest/__init__.py")
    with pytest.raises(SystemExit, match="another model"):
        cross_encoder_file()
