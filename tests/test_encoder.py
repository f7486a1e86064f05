"""The encoder: the published MiniLM or nothing, unit vectors, the same without torch as with it."""

from __future__ import annotations

import itertools
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.datatypes import Role, Span, Status
from rag.encoder import DEFAULT_MODEL, SentenceTransformerEncoder, minilm_folder, verified
from rag.errors import ModelError
from rag.evaluation import read_questions
from rag.minilm import BATCH_TOKENS, MAX_TOKENS, MiniLM, batches, load_encoder
from rag.passages import cut
from rag.seeds import seed_interviews
from rag.vectors import Vectors
from tests.benchmarks.data import QUESTIONS

ROOT = Path(__file__).parent.parent
ODD_TEXTS = [
    "", " ", "\n\n", "a" * 700, "word " * 400, "[MASK] [SEP] ##ing", "\x00\x01 ok", "\u00a0- Yes.\u2028",
    "“Quoted” – dash… ½ ﬁ", "naïve cafe\u0301 ÅÄÖ", "日本語のテキスト", "😀🎉 fine", "\u202eright to left",
]  # fmt: skip


@pytest.fixture(scope="module")
def minilm() -> MiniLM:
    return MiniLM()


@pytest.fixture(scope="module")
def reference() -> SentenceTransformerEncoder:
    return SentenceTransformerEncoder()


@pytest.mark.models
def test_vectors_have_length_one_and_near_meanings_are_near(minilm: MiniLM) -> None:
    vectors = minilm.encode(["Gas exports help Europe.", "Europe gains from natural gas.", "I play the violin."])
    assert vectors.shape == (3, minilm.dimension) == (3, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.3


@pytest.mark.models
def test_a_questions_own_vector_puts_the_passage_that_answers_further_up(minilm: MiniLM) -> None:
    # By mean reciprocal rank, over the judged questions about the shipped interview.
    (interview,) = seed_interviews()
    spoken = [p for p in cut(interview) if interview.turns[p.turn].role is Role.INTERVIEWEE]
    passages = minilm.encode([interview.text[p.start : p.end] for p in spoken])
    judged = [j for half in ("dev", "test") for j in read_questions(QUESTIONS / f"seed_{half}.jsonl") if j.gold]

    def reciprocal_rank(vector: Vectors, gold: Sequence[Span]) -> float:
        scores = passages @ vector
        right = [any(p.start < b and a < p.end for a, b in gold) for p in spoken]
        return float(1 / (1 + (scores > scores[right].max()).sum()))

    asked = [j for j in judged if j.status is Status.ANSWERED]
    own = fmean(reciprocal_rank(minilm.encode_query(j.question), j.gold) for j in asked)
    texts = fmean(reciprocal_rank(minilm.encode([j.question])[0], j.gold) for j in asked)
    assert own > texts


@pytest.mark.models
def test_a_questions_vector_has_length_one(minilm: MiniLM) -> None:
    for question in ("Why?", "", "what did she say about Poland " * 60):
        assert minilm.encode_query(question).shape == (384,)
        assert np.linalg.norm(minilm.encode_query(question)) == pytest.approx(1, abs=1e-5)


@pytest.mark.models
def test_a_model_of_ones_own_takes_questions_as_it_was_made_to(tmp_path: Path) -> None:
    model = shutil.copytree(minilm_folder(), tmp_path / "model")
    prompts = {"prompts": {"query": "question: ", "document": ""}}
    (model / "config_sentence_transformers.json").write_text(json.dumps(prompts))
    encoder = SentenceTransformerEncoder(str(model))
    np.testing.assert_allclose(encoder.encode_query("Why?"), encoder.encode(["question: Why?"])[0], atol=1e-6)


@pytest.mark.models
def test_no_text_is_no_vector(minilm: MiniLM, reference: SentenceTransformerEncoder) -> None:
    assert minilm.encode([]).shape == reference.encode([]).shape == (0, 384)


@pytest.mark.models
@settings(deadline=None, max_examples=30)
@given(texts=st.lists(st.text(max_size=300) | st.sampled_from(ODD_TEXTS), max_size=12))
def test_any_text_has_the_vector_that_sentence_transformers_gives_it(
    minilm: MiniLM, reference: SentenceTransformerEncoder, texts: list[str]
) -> None:
    np.testing.assert_allclose(minilm.encode(texts), reference.encode(texts), rtol=0, atol=1e-5)


@pytest.mark.models
def test_an_interviews_sentences_have_the_vectors_that_sentence_transformers_gives_them(
    minilm: MiniLM, reference: SentenceTransformerEncoder
) -> None:
    lines = (ROOT / "seeds" / "shekerinska-apa.txt").read_text("utf-8").split("\n")
    texts = [*lines, " ".join(lines), *ODD_TEXTS]
    cosines = np.einsum("ij,ij->i", minilm.encode(texts), reference.encode(texts))
    assert cosines.min() >= 0.99999


@pytest.mark.models
@pytest.mark.parametrize("how", ["ask", "add", "verify"])
def test_a_command_needs_no_torch(how: str, tmp_path: Path) -> None:
    interview = tmp_path / "bakery.txt"
    interview.write_text("Q: When did you open?\nA: We opened in March 1998, in the rain.\n")
    library = ["--library", str(tmp_path / "library")]
    commands = {
        "ask": ["ask", "When did they open?", "--in", str(interview)],
        "add": ["add", str(interview), *library],
        "verify": ["verify", "We opened in March 1998", "--in", str(interview)],
    }
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "ui", *commands[how]],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    imported = {line.rpartition("|")[2].strip().split(".")[0] for line in done.stderr.splitlines()}
    assert "onnxruntime" in imported
    assert not imported & {"torch", "transformers", "sentence_transformers"}


@pytest.mark.models
def test_the_default_model_is_the_shipped_one_and_is_remembered_by_its_name() -> None:
    encoder = load_encoder(DEFAULT_MODEL)
    assert isinstance(encoder, MiniLM)
    assert encoder.name == SentenceTransformerEncoder().name == DEFAULT_MODEL


@pytest.mark.models
def test_any_other_model_comes_through_sentence_transformers() -> None:
    encoder = load_encoder(str(minilm_folder()))
    assert isinstance(encoder, SentenceTransformerEncoder)
    assert encoder.encode(["a"]).shape == (1, 384)


@given(lengths=st.lists(st.integers(1, MAX_TOKENS), max_size=300))
def test_each_text_goes_through_the_model_once_among_others_of_like_length(lengths: list[int]) -> None:
    made = list(batches(lengths))
    assert sorted(position for batch in made for position in batch) == list(range(len(lengths)))
    assert all(len(batch) * max(lengths[p] for p in batch) <= BATCH_TOKENS for batch in made)
    spans = [(min(lengths[p] for p in batch), max(lengths[p] for p in batch)) for batch in made]
    assert all(longest <= shortest for (_, longest), (shortest, _) in itertools.pairwise(spans))


def test_the_installed_weights_are_the_published_ones() -> None:
    assert verified(minilm_folder()) == minilm_folder()


def test_other_weights_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"not a model")
    with pytest.raises(ModelError, match="not the embedding model that was tested"):
        verified(tmp_path)


def test_missing_weights_are_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="install onrecord again"):
        verified(tmp_path)
