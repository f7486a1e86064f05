"""Greetings, wishes for a summary, questions about the interview itself: a word from the product, never a quote."""

from __future__ import annotations

import pytest

from rag.conversation.requests import reply_to
from rag.datatypes import Status
from rag.library import Library
from rag.payload import answer_json
from rag.seeds import seed_interviews

(SEED,) = seed_interviews()


def told(typed: str) -> str | None:
    return reply_to(typed, lambda: [SEED.id], lambda _: SEED)


@pytest.mark.parametrize(
    "typed", ["hello!", "Thank you very much", "who are you?", "help", "Good morning", "are you a robot?", "ok, thanks"]
)
def test_a_courtesy_is_told_what_can_be_asked(typed: str) -> None:
    assert (told(typed) or "").startswith("Ask what was said")


@pytest.mark.parametrize(
    "typed",
    [
        "Summarise", "please summarize the interview", "key points",
        "Translate this into French", "what topics are discussed?",
        "What is this interview about?", "what are the main points of the interview?",
        "can you give me a short summary",
    ],
)  # fmt: skip
def test_nothing_is_summed_up(typed: str) -> None:
    assert "nothing is summed up" in (told(typed) or "")


@pytest.mark.parametrize("typed", ["What did she say?", "what does Shekerinska think", "What did they talk about?"])
def test_whoever_asks_for_everything_first_is_told_what_can_be_asked(typed: str) -> None:
    note = reply_to(typed, lambda: [SEED.id], lambda _: SEED, lambda: SEED.interviewees)
    assert "“What was asked?” lists the interviewer's questions." in (note or "")
    assert told(typed) is None  # a question before it may have named what


@pytest.mark.parametrize("typed", ["What did Mark Rutte say?", "What did APA say?", "What did she say about Iran?"])
def test_what_is_said_of_somebody_else_or_of_something_is_looked_for(typed: str) -> None:
    assert reply_to(typed, lambda: [SEED.id], lambda _: SEED, lambda: SEED.interviewees) is None


@pytest.mark.parametrize(
    "typed",
    [
        "When was this interview?", "Who is interviewed?", "who interviewed her?", "When was the interview published?",
        "Who hosts the podcast?", "who moderated the discussion?",
    ],
)  # fmt: skip
def test_what_is_known_of_the_interview_is_told(typed: str) -> None:
    assert all(part in (told(typed) or "") for part in (SEED.title, "APA", "Radmila Shekerinska answers"))
    assert "3 interviews" in (reply_to(typed, lambda: ["a", "b", "c"], lambda _: SEED) or "")


@pytest.mark.parametrize(
    "typed",
    [
        "Hello, what did she say about Iran?", "What did she say about the interview?",
        "thanks to whom was the deal made?",
        "summarise what she said about Ukraine", "What are the key points of the ITPP?", "When was it published?",
        "What is the Alliance about?", "Who speaks for NATO?", "what help did Ukraine get?",
        "good governance", "all allies",
        "Who asked for help?", "Who hosts the summit?", "explain PURL", "how long is the border?",
    ],
)  # fmt: skip
def test_questions_are_answered(typed: str) -> None:
    assert told(typed) is None


@pytest.mark.models
def test_the_word_stands_in_for_quotes() -> None:
    answer = Library.of([SEED]).ask("When was this interview?")
    assert (answer.status, answer.quotes, answer.closest) == (Status.NOT_FOUND, (), ())
    assert answer_json(answer)["note"] == answer.note
    assert "note" not in answer_json(Library.of([SEED]).ask("What is PURL?"))
