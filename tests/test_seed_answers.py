"""The shipped interview, asked for real: the main job of the product."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.datatypes import Role, Scope, Status
from rag.evaluation import read_questions
from rag.library import Library
from rag.seeds import seed_interviews

pytestmark = pytest.mark.models
QUESTIONS = Path(__file__).parent / "benchmarks" / "questions"


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    with Library.of(seed_interviews()) as library:
        yield library


def test_itpp_is_answered_with_her_three_sentences_and_no_more(library: Library) -> None:
    answer = library.ask("what did she say about ITPP?")
    assert answer.status is Status.ANSWERED
    (quote,) = answer.quotes
    assert quote.text.startswith("We also look forward to approving our first NATO-Azerbaijan Individually Tailored")
    assert "The ITPP is a multi-year programme" in quote.text
    assert quote.text.endswith("It will also allow for enhanced support to NATO’s missions and operations.")
    assert quote.speaker == "Radmila Shekerinska"
    assert quote.interview.description(quote.speaker) == "NATO Deputy Secretary General"


@pytest.mark.parametrize(("topic", "places"), [("the Arctic", 3), ("2025", 3)])
def test_a_topic_is_answered_from_every_place_where_she_names_it(library: Library, topic: str, places: int) -> None:
    answer = library.ask(f"What did she say about {topic}?")
    assert len(answer.quotes) == places
    assert all(topic.removeprefix("the ") in quote.text for quote in answer.quotes)


def test_what_only_the_interviewer_raised_is_shown_as_a_question(library: Library) -> None:
    answer = library.ask("What did she say about TRIPP?")
    assert answer.status is Status.ONLY_ASKED
    assert "TRIPP" in answer.quotes[0].text


@pytest.mark.parametrize(
    "question", ["How do I bake bread?", "What did she say about Bitcoin?", "Was sagt sie zu Käse?"]
)
def test_what_she_does_not_say_is_not_answered(library: Library, question: str) -> None:
    answer = library.ask(question)
    assert answer.status is Status.NOT_FOUND
    assert answer.quotes == ()


def test_a_follow_up_is_understood_by_what_was_asked_before(library: Library) -> None:
    answer = library.ask("and who pays for it?", ["How much does the PURL initiative cost?"])
    assert "PURL" in answer.meant
    assert any("paid for by NATO Allies and partners" in q.text for q in answer.quotes)


def test_who_asks_for_more_gets_what_was_not_shown(library: Library) -> None:
    history = ["What did she say about Ukraine?"]
    first = library.ask(history[0])
    more = library.ask("what else did she say?", history)
    assert (more.meant, more.status) == (first.meant, Status.ANSWERED)
    assert all("Ukraine" in quote.text for quote in more.quotes)
    assert not {quote.text for quote in first.quotes} & {quote.text for quote in more.quotes}


@pytest.mark.parametrize("question", ["tell me more", "go on", "anything else?"])
def test_where_nothing_else_is_said_of_it_what_comes_next_is_shown_as_that(library: Library, question: str) -> None:
    answer = library.ask(question, ["what did she say about ITPP?"])
    assert answer.note == "What comes next:"
    assert answer.quotes[0].text.startswith("Furthermore, let me point out that NATO has appointed")


def test_whoever_doubts_an_answer_gets_it_again(library: Library) -> None:
    history = ["When did NATO launch Eastern Sentry?"]
    assert library.ask("really?", history).quotes == library.ask(history[0]).quotes


def test_a_pasted_quotation_is_checked_and_not_searched(library: Library) -> None:
    answer = library.ask("“The US commitment to NATO remains ironclad.”")
    assert answer.status is Status.ANSWERED
    assert answer.quotes[0].text == "The US commitment to NATO remains ironclad."


def test_to_every_judged_question_a_quote_is_hers_word_for_word_and_no_heading(library: Library) -> None:
    for path in (QUESTIONS / "seed_dev.jsonl", QUESTIONS / "seed_test.jsonl"):
        for judged in read_questions(path):
            answer = library.ask(judged.question, scope=Scope())
            for quote in (*answer.quotes, *answer.closest):
                assert quote.text == quote.interview.text[quote.start : quote.end]
                assert quote.interview.turn_at(quote.start) == quote.interview.turn_at(quote.end - 1) == quote.turn
            if answer.status is Status.ANSWERED:
                assert all(q.role is Role.INTERVIEWEE for q in answer.quotes)
