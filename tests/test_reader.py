"""The reader that ships: it points at the words that answer, and says when there are none."""

from __future__ import annotations

import pytest

from rag.reader import OnnxReader, Window

WINDOW = Window(
    (
        "Continued support tops our agenda.",
        "We launched the training centre in February 2025 in Poland.",
        "I had the privilege to speak at its inauguration.",
    ),
    asked="What is being done for training?",
)


@pytest.fixture(scope="module")
def reader() -> OnnxReader:
    return OnnxReader()


@pytest.mark.models
def test_the_sentence_that_answers_has_the_most_evidence_and_its_words_are_marked(reader: OnnxReader) -> None:
    (readings,) = reader.read("When was the training centre launched?", [WINDOW])
    best = max(range(3), key=lambda i: readings[i].evidence)
    assert best == 1
    start, end = readings[1].answer
    assert "February 2025" in WINDOW.sentences[1][start:end]


@pytest.mark.models
def test_a_question_about_something_else_has_less_evidence_than_one_that_is_answered(reader: OnnxReader) -> None:
    (answered,) = reader.read("When was the training centre launched?", [WINDOW])
    (elsewhere,) = reader.read("Which football club does she support?", [WINDOW])
    assert max(r.evidence for r in elsewhere) < max(r.evidence for r in answered) - 2


@pytest.mark.models
def test_what_a_window_is_read_beside_changes_nothing(reader: OnnxReader) -> None:
    others = [Window((s,)) for s in WINDOW.sentences]
    together = OnnxReader().read("When was it launched?", [WINDOW, *others])
    alone = [OnnxReader().read("When was it launched?", [w])[0] for w in (WINDOW, *others)]
    assert together == alone


@pytest.mark.models
def test_what_no_longer_fits_the_window_is_barred_and_not_guessed(reader: OnnxReader) -> None:
    (readings,) = reader.read("Why?", [Window(("word " * 400, "It is too late for this one."))])
    assert readings[1].evidence < -1000


@pytest.mark.models
def test_an_answer_span_is_inside_its_sentence(reader: OnnxReader) -> None:
    for question in ("Where?", "who spoke", "what did she say about Poland"):
        (readings,) = reader.read(question, [WINDOW])
        for sentence, reading in zip(WINDOW.sentences, readings, strict=True):
            assert 0 <= reading.answer[0] < reading.answer[1] <= len(sentence)
