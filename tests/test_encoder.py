"""The encoder: the published MiniLM or nothing, unit vectors."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rag.encoder import SentenceTransformerEncoder, minilm_folder, verified
from rag.errors import ModelError


@pytest.mark.models
def test_vectors_have_length_one_and_near_meanings_are_near() -> None:
    encoder = SentenceTransformerEncoder()
    vectors = encoder.encode(["Gas exports help Europe.", "Europe gains from natural gas.", "I play the violin."])
    assert vectors.shape == (3, encoder.dimension) == (3, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.3


@pytest.mark.models
def test_no_text_is_no_vector() -> None:
    assert SentenceTransformerEncoder().encode([]).shape == (0, 384)


def test_the_installed_weights_are_the_published_ones() -> None:
    assert verified(minilm_folder()) == minilm_folder()


def test_other_weights_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"not a model")
    with pytest.raises(ModelError, match="not the embedding model that was tested"):
        verified(tmp_path)


def test_missing_weights_are_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="install onrecord again"):
        verified(tmp_path)
