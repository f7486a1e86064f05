"""Who did something is found where those who did it say "I"."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.conversation.to_each import put_to_each
from rag.datatypes import Status
from rag.library import Library
from rag.parsing import read


@pytest.mark.parametrize(
    ("question", "put"),
    [
        ("Who worked in the bakery?", "Did you work in the bakery?"),
        ("who never learned to swim", "Did you never learn to swim?"),
        ("Who never married?", "Did you never marry?"),
        ("Which of them were born in Bergen?", "Were you born in Bergen?"),
        ("Which of the narrators emigrated to Canada?", "Did you emigrate to Canada?"),
        ("Who else has been to America?", "Have you been to America?"),
        ("Who remembers the flood?", "Do you remember the flood?"),
        ("Who was a welder?", "Were you a welder?"),
    ],
)
def test_who_did_something_is_put_to_each(question: str, put: str) -> None:
    assert put_to_each(question) == put


@pytest.mark.parametrize(
    "question",
    [
        "Who did she meet?",
        "Who is Viktor Dahl?",
        "Who was Arne?",
        "Who were her parents?",
        "Who is the new special representative?",
        "Who talks about the flood?",
        "Which mill closed?",
        "Where did she work?",
        "Who?",
    ],
)
def test_what_asks_for_another_than_the_guests_is_put_to_nobody(question: str) -> None:
    assert put_to_each(question) is None


NARRATORS = {
    "Rosa Petrov": (
        "I was born in Bergen in 1931, the third of six. My father mended nets.",
        "After school I worked in the bakery on Strand Street, from four in the morning, for eleven years.",
    ),
    "Olav Lunde": (
        "I came from Oslo in 1948, on the boat, with one suitcase.",
        "I was a welder at the yard until it closed. We built tankers.",
    ),
    "Per Dahl": (
        "Born and raised in Bergen, in the old wooden houses by the harbour.",
        "I drove the number 5 tram. My brother Arne worked at the cannery.",
    ),
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder: Path = tmp_path_factory.mktemp("narrators")
    for name, (origin, work) in NARRATORS.items():
        told = f"Interviewer: Where do you come from?\n\n{name}: {origin}\n\nInterviewer: What work did you do?\n\n"
        (folder / f"{name}.txt").write_text(f"{told}{name}: {work}\n", encoding="utf-8")
    return Library.of([read(path) for path in sorted(folder.iterdir())])


@pytest.mark.models
@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("Who worked in the bakery?", {"Rosa Petrov"}),
        ("Who was a welder?", {"Olav Lunde"}),
        ("Which of them were born in Bergen?", {"Rosa Petrov", "Per Dahl"}),
        ("Who drove a tram?", {"Per Dahl"}),
        ("Who worked at the cannery?", {"Per Dahl"}),
    ],
)
def test_in_an_archive_those_are_found_who_did_it(archive: Library, question: str, who: set[str]) -> None:
    answer = archive.ask(question)
    assert (answer.status, {quote.speaker for quote in answer.quotes}) == (Status.ANSWERED, who)


@pytest.mark.models
@pytest.mark.parametrize("question", ["Who was a doctor?", "Who played football?"])
def test_what_none_of_them_did_is_not_answered(archive: Library, question: str) -> None:
    assert archive.ask(question).status is Status.NOT_FOUND
