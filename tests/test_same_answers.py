"""The distance between formats: an interview, set in six of them, answers ten questions with the same words."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from rag.datatypes import Answer
from rag.encoder import DEFAULT_MODEL
from rag.library import Library
from rag.minilm import load_encoder
from rag.parsing import parse
from rag.reader import OnnxReader
from rag.seeds import seed_interviews
from tests.parsing.test_same_words import FORMATS, TALK, Talk, labelled

pytestmark = pytest.mark.models
ABOUT_THE_BOAT = (
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
ABOUT_THE_SEED = (
    "what did she say about ITPP?",
    "Where is JATEC located?",
    "Who initialled the peace treaty?",
    "What did she say about the Arctic?",
    "When did Eastern Sentry start?",
    "Where will the 2026 NATO summit take place?",
    "Why is she grateful to Azerbaijan?",
    "What did she say about Trump?",
    "How much does the PURL initiative cost?",
    "What is her favourite food?",
)
IN_LATIN_1 = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "…": "...", "\xa0": " "})
"""What a PDF's own fonts lack, written as they can."""


def seed_talk() -> Talk:
    """Return who says what in the shipped interview, without its headings and page furniture."""
    (seed,) = seed_interviews()
    turns = ((t.speaker or "Reporter", seed.text[t.start : t.end]) for t in seed.turns)
    return [(who, "\n".join(words.translate(IN_LATIN_1).split("\n\n"))) for who, words in turns]


Told = tuple[str, list[tuple[str | None, list[str]]]]


def told(answer: Answer) -> Told:
    """Return how a question ends, and who is quoted with which words."""
    return answer.status.value, [(quote.speaker, quote.text.split()) for quote in answer.quotes]


def test_the_same_words_answer_ten_questions_whatever_the_format() -> None:
    answers = answered(TALK, ABOUT_THE_BOAT)
    for name in FORMATS:
        assert answers[name] == answers["talk.txt"], name


def test_the_seed_answers_alike_in_every_format() -> None:
    answers = answered(seed_talk(), ABOUT_THE_SEED)
    for name in FORMATS:
        assert answers[name] == answers["talk.txt"], name


def answered(talk: Talk, questions: Sequence[str]) -> dict[str, list[Told]]:
    """Return what each format answers."""
    encoder, reader = load_encoder(DEFAULT_MODEL), OnnxReader()
    answers = {}
    for name, written in FORMATS.items():
        with Library.of([parse(written(labelled, talk), name)], encoder=encoder, reader=reader) as library:
            answers[name] = [told(library.ask(question)) for question in questions]
    assert {"answered", "not_found"} <= {status for status, _ in answers["talk.txt"]}
    return answers
