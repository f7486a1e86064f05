"""What an interviewer asks is answered by the reply to it, and what only the question names is found there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.datatypes import Answer, Role, Status
from rag.library import Library
from rag.parsing import read

pytestmark = pytest.mark.models

LIFE = """\
Interviewer: What was your grandfather like?

Nell Pascoe: Short. Silent. He had one eye, the other he had left at Passchendaele. He taught me by hitting my wrists with
a wooden spoon, and I loved him more than anybody.

Interviewer: Tell me about the strike.

Nell Pascoe: It lasted nine weeks. We asked for three things: a second break, gloves, and a penny an hour. We got the gloves.

Interviewer: Do you still burn driftwood in the kiln?

Nell Pascoe: No. Not since 2008. There's plastic in it now, some rope or net in every branch.

Interviewer: You went to London, with the Arts Council behind you. Were you happy there?

Nell Pascoe: I was cold. My grandfather wrote every week, and my grandfather never wrote to anybody else.

Interviewer: Did you keep a diary?

Nell Pascoe: No, never.

Interviewer: What would you advise a young potter?

Nell Pascoe: Two things. Dig your own clay. Never borrow from family. I burned driftwood for thirty years, and it taught me
patience, which you can't buy.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    path: Path = tmp_path_factory.mktemp("life") / "life.txt"
    path.write_text(LIFE, encoding="utf-8")
    with Library.of([read(path)]) as library:
        yield library


def opening(answer: Answer) -> str:
    """Return how the first quote begins, which is the guest's, in an answer."""
    assert answer.status is Status.ANSWERED
    assert answer.quotes[0].role is Role.INTERVIEWEE
    return answer.quotes[0].text[:30]


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("What was her grandfather like?", "Short. Silent. He had one eye"),
        ("Does she still burn driftwood in the kiln?", "No. Not since 2008."),
        ("What would she advise a young potter?", "Two things. Dig your own clay."),
    ],
)
def test_what_the_interviewer_asks_in_the_same_words_is_answered_by_the_reply(
    library: Library, question: str, begins: str
) -> None:
    assert opening(library.ask(question)).startswith(begins)


@pytest.mark.parametrize("question", ["What did she say about the strike?", "the strike", "Tell me about the strike."])
def test_a_topic_that_only_the_question_names_is_answered_by_the_reply_and_doubtfully(
    library: Library, question: str
) -> None:
    answer = library.ask(question)
    assert opening(answer).startswith("It lasted nine weeks.")
    assert answer.unsure


def test_a_name_that_only_the_interviewer_says_is_told_as_such_and_the_reply_offered(library: Library) -> None:
    answer = library.ask("What did she say about the Arts Council?")
    assert answer.status is Status.ONLY_ASKED
    assert "Arts Council" in answer.quotes[0].text


def test_a_reply_that_tells_nothing_answers_nothing(library: Library) -> None:
    answer = library.ask("What did she say about a diary?")
    assert answer.status is Status.ONLY_ASKED
    assert "No, never." in [quote.text for quote in answer.closest]


def test_the_reply_to_a_question_that_names_a_topic_stands_beside_what_names_it(library: Library) -> None:
    answer = library.ask("What did she say about her grandfather?")
    assert any("Short." in quote.text for quote in answer.quotes)
    assert any("wrote every week" in quote.text for quote in answer.quotes)


@pytest.mark.parametrize("question", ["Who asked about the strike?", "What was the interviewer's first question?"])
def test_who_asked_is_told_with_the_question(library: Library, question: str) -> None:
    answer = library.ask(question)
    assert answer.status is Status.ONLY_ASKED
    assert answer.quotes[0].role is Role.INTERVIEWER


def test_who_said_something_is_answered_with_it(library: Library) -> None:
    answer = library.ask("Who said that you should never borrow from family?")
    assert answer.status is Status.ANSWERED
    assert "Never borrow from family." in answer.quotes[0].text
