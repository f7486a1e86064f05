"""The distance between formats: one interview, set in six of them, answers ten questions with the same words."""

from __future__ import annotations

import pytest

from rag.datatypes import Answer
from rag.encoder import DEFAULT_MODEL
from rag.library import Library
from rag.minilm import load_encoder
from rag.parsing import parse
from rag.reader import OnnxReader
from tests.parsing.test_same_words import FORMATS, labelled

pytestmark = pytest.mark.models
QUESTIONS = (
    "When did she think that one person could build a boat alone?",
    "What had her neighbour left her?",
    "Did anybody help her?",
    "When was she in the water?",
    "What did she begin to measure?",
    "Did the boat leak?",
    "Would she do it again?",
    "What would she not do in the winter?",
    "Did the ice go early that year?",
    "What is her favourite food?",
)


def told(answer: Answer) -> tuple[str, list[tuple[str | None, list[str]]]]:
    """Return how a question ends, and who is quoted with which words."""
    return answer.status.value, [(quote.speaker, quote.text.split()) for quote in answer.quotes]


def test_the_same_words_answer_ten_questions_whatever_the_format() -> None:
    encoder, reader = load_encoder(DEFAULT_MODEL), OnnxReader()
    answers = {}
    for name, written in FORMATS.items():
        with Library.of([parse(written(labelled), name)], encoder=encoder, reader=reader) as library:
            answers[name] = [told(library.ask(question)) for question in QUESTIONS]
    assert "answered" in {status for status, _ in answers["talk.txt"]}
    for name in FORMATS:
        assert answers[name] == answers["talk.txt"], name
