"""Several questions in one are answered each on its own, and what isn't answered is said."""

from __future__ import annotations

import pytest

from rag.conversation.parts import parts
from rag.datatypes import Answer, Status
from rag.library import Library
from rag.seeds import seed_interviews

(SEED,) = seed_interviews()


def told_apart(question: str) -> tuple[str, ...]:
    return parts(question, lambda: [SEED.text])


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Who pays for PURL, and when did it start?", ("Who pays for PURL?", "when did it start?")),
        ("When was JATEC set up? Where is it located?", ("When was JATEC set up?", "Where is it located?")),
        (
            "When was JATEC launched and how much did it cost?",
            ("When was JATEC launched?", "how much did it cost?"),
        ),
        (
            "Does she support PURL and how many countries have paid?",
            ("Does she support PURL?", "how many countries have paid?"),
        ),
        ("what is the ITPP and is it approved yet", ("what is the ITPP?", "is it approved yet?")),
        (
            "What did she say about the Arctic and energy?",
            ("What did she say about the Arctic?", "What did she say about energy?"),
        ),
        (
            "What did she say about drones and about the Arctic?",
            ("What did she say about drones?", "What did she say about the Arctic?"),
        ),
        ("did she mention Iran or the Arctic", ("did she mention Iran?", "did she mention the Arctic?")),
        (
            "What does she say about drones, energy, and about Iran?",
            ("What does she say about drones?", "What does she say about energy?", "What does she say about Iran?"),
        ),
    ],
)  # fmt: skip
def test_several_questions_are_told_apart(question: str, asked: tuple[str, ...]) -> None:
    assert told_apart(question) == asked


@pytest.mark.parametrize(
    "question",
    [
        "What did she say about Finland and Sweden?",  # named in one breath in the interview
        "What did she say about the declaration between Azerbaijan and Armenia?",
        "What did she say about cooperation with Georgia and Iran?",
        "What did she say about economic and social reforms?",
        "What did she say about who pays and when it starts?",
        "When and where was JATEC set up?",
        "Who signed and ratified it?",
        "Why and how does NATO stay in the Arctic?",
        "Does she explain what the ITPP is and how it works?",
        "What about PURL? What did she say?",
        "Did she say “Iran and the Arctic”?",
        "Iran and the Arctic",
        "Why? When? Where? How?",
    ],
)
def test_one_question_stays_one(question: str) -> None:
    assert told_apart(question) == (question,)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.of([SEED])


def quoted(answer: Answer) -> list[str]:
    return [quote.text for quote in answer.quotes]


def test_questions_are_told_apart_in_short_forms_too() -> None:
    asked = "who leads JATEC & where's it located?"
    assert parts(asked, list) == ("who leads JATEC?", "where's it located?")


def test_each_question_is_answered_in_its_speakers_words(library: Library) -> None:
    both = library.ask("What did she say about the Arctic and drones?")
    apart = [library.ask(f"What did she say about {topic}?") for topic in ("the Arctic", "drones")]
    assert both.status is Status.ANSWERED
    assert both.note is None
    for one in apart:
        assert quoted(one)[0] in quoted(both)
    assert len(set(quoted(both))) == len(both.quotes)
    assert both.confidence == min(one.confidence for one in apart)


def test_what_is_not_answered_is_said(library: Library) -> None:
    answer = library.ask("Who pays for PURL, and who is the prime minister of Japan?")
    assert answer.status is Status.ANSWERED
    assert answer.note == "Not answered: “who is the prime minister of Japan?”"
    assert quoted(answer) == quoted(library.ask("Who pays for PURL?"))[:2]


def test_nothing_is_answered_where_no_question_is(library: Library) -> None:
    answer = library.ask("Who is the prime minister of Japan, and when was he born?")
    assert answer.status is Status.NOT_FOUND
    assert answer.quotes == ()
    assert 0 < len(answer.closest) <= 3


def test_a_later_question_speaks_of_what_an_earlier_one_names(library: Library) -> None:
    inquiry = library.inquire("What is JATEC and where is it located?")
    assert inquiry.answer.meant.startswith("What is JATEC")
    assert inquiry.answer.meant.count("JATEC") == 2
    assert "; " in inquiry.decided
