"""A step from what was just shown to what stands around it: its question, a reply, what comes before and after."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.around import around
from rag.conversation.steps import Step, Way, step_of
from rag.datatypes import Answer, Quote, Role, Status
from rag.library import Library
from rag.parsing import read
from rag.seeds import seed_interviews

EARLIER = ("When did the kiln close?",)


@pytest.mark.parametrize(
    ("question", "way"),
    [
        ("what was the question?", Way.QUESTION), ("What question was that an answer to?", Way.QUESTION),
        ("what is she replying to", Way.QUESTION), ("What had he been asked?", Way.QUESTION),
        ("What was she asked next?", Way.NEXT_QUESTION), ("next question please", Way.NEXT_QUESTION),
        ("and what did the interviewer ask next?", Way.NEXT_QUESTION), ("what was asked after that", Way.NEXT_QUESTION),
        ("What was he asked just before that?", Way.EARLIER_QUESTION), ("the previous question", Way.EARLIER_QUESTION),
        ("what did she answer?", Way.REPLY), ("and her answer?", Way.REPLY), ("How did he respond to that?", Way.REPLY),
        ("What did she say next?", Way.AFTER), ("what comes after that?", Way.AFTER), ("what came next?", Way.AFTER),
        ("What did she say right before that?", Way.BEFORE), ("what comes before it", Way.BEFORE),
    ],
)  # fmt: skip
def test_a_step_is_told_by_its_words(question: str, way: Way) -> None:
    assert step_of(question, EARLIER) == Step(way)


@pytest.mark.parametrize(
    "question",
    [
        "What happened next?", "What did he do after that?", "What was she asked about the kiln before that?",
        "What did she say after that about Leeds?", "What was the first question?", "What was she asked?",
        "What is the question of Nagorno-Karabakh?", "What was the question about?", "and then?", "next?",
        "What did the report say in response?", "Who was asked next to join?", "What came next for Leeds?",
    ],
)  # fmt: skip
def test_what_asks_for_something_that_was_said_is_no_step(question: str) -> None:
    assert step_of(question, EARLIER) is None


def test_a_first_question_has_nothing_to_step_from() -> None:
    assert step_of("What was she asked next?", ()) is None


def test_whoever_is_named_is_stepped_to() -> None:
    assert step_of("What did Bo Tarn say next?", EARLIER) == Step(Way.AFTER, "Bo Tarn")
    assert step_of("What was Ida asked after that?", EARLIER) == Step(Way.NEXT_QUESTION, "Ida")


@pytest.mark.parametrize(
    ("last", "question", "way"),
    [
        ("what was she asked next?", "and then?", Way.NEXT_QUESTION),
        ("what was she asked next?", "and before that?", Way.EARLIER_QUESTION),
        ("what did she say next?", "and after that?", Way.AFTER),
        ("what was the question?", "next?", Way.NEXT_QUESTION),
        ("the previous question", "the one before that?", Way.EARLIER_QUESTION),
    ],
)
def test_after_a_step_a_word_is_enough_for_another(last: str, question: str, way: Way) -> None:
    assert step_of(question, (*EARLIER, last)) == Step(way)


PANEL = """\
Jon Ek: Welcome. Bo, do you make money with the kettles?

Bo Tarn: No! We lose about three thousand crowns a year. The parish pays the rent.

Jon Ek: And you, Ida, why do you draw kettles?

Ida Fenn: Because nobody else would. My aunt drew spoons.

Jon Ek: Bo, who buys them?

Bo Tarn: Sailors.

Jon Ek: That was all. Thank you.
"""


@pytest.fixture(scope="module")
def rent(tmp_path_factory: pytest.TempPathFactory) -> Quote:
    """Return "The parish pays the rent.", as it was shown."""
    path: Path = tmp_path_factory.mktemp("panel") / "panel.txt"
    path.write_text(PANEL, encoding="utf-8")
    interview = read(path)
    start = interview.text.index("The parish")
    turn = interview.turn_at(start)
    assert turn is not None
    return Quote(interview, turn, start, start + len("The parish pays the rent."))


def led_to(shown: Quote, *steps: Step) -> str:
    """Return the words that steps lead to, one after the other; the note where nothing stands there."""
    note = ""
    for step in steps:
        found = around(shown, step)
        assert found is not None
        quote, note = found
        if quote is None:
            return note
        shown = quote
    return shown.text


WHOLE_REPLY = "No! We lose about three thousand crowns a year. The parish pays the rent."


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ((Step(Way.QUESTION),), "Bo, do you make money with the kettles?"),
        ((Step(Way.QUESTION), Step(Way.REPLY)), WHOLE_REPLY),
        ((Step(Way.NEXT_QUESTION),), "Bo, who buys them?"),
        ((Step(Way.NEXT_QUESTION, "Ida"),), "And you, Ida, why do you draw kettles?"),
        ((Step(Way.QUESTION), Step(Way.NEXT_QUESTION)), "And you, Ida, why do you draw kettles?"),
        ((Step(Way.NEXT_QUESTION), Step(Way.NEXT_QUESTION)), "Nothing more was asked."),
        ((Step(Way.EARLIER_QUESTION),), "Nothing was asked before."),
        ((Step(Way.NEXT_QUESTION), Step(Way.EARLIER_QUESTION)), "And you, Ida, why do you draw kettles?"),
        ((Step(Way.AFTER),), "Sailors."),
        ((Step(Way.AFTER, "Ida Fenn"),), "Because nobody else would. My aunt drew spoons."),
        ((Step(Way.AFTER), Step(Way.AFTER)), "Nothing more was said."),
        ((Step(Way.BEFORE),), "No! We lose about three thousand crowns a year."),
        ((Step(Way.BEFORE), Step(Way.BEFORE)), "Nothing was said before."),
        ((Step(Way.AFTER), Step(Way.BEFORE)), WHOLE_REPLY),
    ],
)  # fmt: skip
def test_steps_keep_to_whoever_speaks_or_is_named(rent: Quote, steps: tuple[Step, ...], words: str) -> None:
    assert led_to(rent, *steps) == words


def test_there_is_no_reply_to_what_asks_nothing_and_no_step_to_a_stranger(rent: Quote) -> None:
    assert around(rent, Step(Way.REPLY)) is None
    assert around(rent, Step(Way.AFTER, "Greta Holm")) is None


def test_a_name_that_two_bear_leads_to_neither(tmp_path: Path) -> None:
    path = tmp_path / "two.txt"
    path.write_text(PANEL.replace("Ida Fenn:", "Ida Tarn:"), encoding="utf-8")
    interview = read(path)
    start = interview.text.index("No!")
    shown = Quote(interview, interview.turn_at(start) or 0, start, start + len("No!"))
    assert around(shown, Step(Way.AFTER, "Tarn")) is None
    assert led_to(shown, Step(Way.AFTER, "Ida")) == "Because nobody else would. My aunt drew spoons."


LONG = "Jon Ek: How was it?\n\nIda Fenn: " + " ".join(f"It was day {n} then." for n in range(300)) + " It ended."


def test_what_stands_before_is_no_more_than_a_few_sentences(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text(LONG, encoding="utf-8")
    interview = read(path)
    start = interview.text.index("It ended.")
    before, _ = around(Quote(interview, 1, start, len(interview.text.rstrip())), Step(Way.BEFORE)) or (None, "")
    assert before is not None
    assert before.text.endswith("It was day 299 then.")
    assert 40 <= len(before.text.split()) < 50


NODDING = """\
Jon Ek: Why did you leave Leeds?

Ida Fenn: Well, it rained.

Jon Ek: Mm-hm.

Ida Fenn: The mill closed.

Jon Ek: And then?

Ida Fenn: I went to Hull.
"""


def test_a_nod_is_no_question(tmp_path: Path) -> None:
    path = tmp_path / "nodding.txt"
    path.write_text(NODDING, encoding="utf-8")
    interview = read(path)
    start = interview.text.index("The mill closed.")
    closed = Quote(interview, 3, start, start + len("The mill closed."))
    assert led_to(closed, Step(Way.QUESTION)) == "Why did you leave Leeds?"
    assert led_to(closed, Step(Way.EARLIER_QUESTION)) == "Nothing was asked before."


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    with Library.of(seed_interviews()) as library:
        yield library


def last(library: Library, *asked: str) -> Answer:
    return library.ask(asked[-1], asked[:-1])


@pytest.mark.models
def test_an_interview_is_read_on_and_back_from_an_answer(library: Library) -> None:
    asked = ["What did she say about ITPP?", "what was the question?"]
    question = last(library, *asked)
    assert (question.status, question.note) == (Status.ONLY_ASKED, "The question that it answers:")
    assert question.quotes[0].role is Role.INTERVIEWER
    following = last(library, *asked, "what was she asked next?")
    assert following.quotes[0].turn > question.quotes[0].turn
    reply = last(library, *asked, "what was she asked next?", "and her answer?")
    assert reply.status is Status.ANSWERED
    assert reply.quotes[0].interview.asked_before(reply.quotes[0].turn) == following.quotes[0].turn
    back = last(library, *asked, "what was she asked next?", "and before that?")
    assert back.quotes == question.quotes


@pytest.mark.models
def test_where_nothing_was_quoted_there_is_nothing_to_step_from(library: Library) -> None:
    answer = last(library, "how many deputies does NATO have?", "what did she say before that?")
    assert (answer.status, answer.note) == (Status.NOT_FOUND, "Nothing was quoted to go on from.")


@pytest.mark.models
def test_a_follow_up_after_a_step_is_about_what_was_asked_before_it(library: Library) -> None:
    answer = last(library, "When did NATO launch Eastern Sentry?", "what was the question?", "why?")
    assert "Eastern Sentry" in answer.meant
