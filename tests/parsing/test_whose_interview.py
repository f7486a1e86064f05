"""Whose interview a title says it is: not that of whoever stands before the word, if somebody stands after it too."""

from __future__ import annotations

import pytest

from tests.parsing.conversations import ANSWERS, ASKS, BEES, heard

TALK = (
    ("Why did you come to the roof?", "Because I was told that nobody minded the bees there."),
    ("I was there in May. It was cold, and you wore a coat.", "I wore two coats, and gloves from my aunt."),
    ("So you were not afraid.", "Of course I was. I was stung forty times in one afternoon."),
    ("And what did the neighbours say?", "They said that honey is a fair rent, and they still say so."),
)
LABELLED = "\n\n".join(f"Marta Lind: {question}\n\nJon Yu: {answer}" for question, answer in TALK)
BOLD = "\n\n".join(f"**{question}**\n\n{answer}" for question, answer in BEES)


@pytest.mark.parametrize(
    "head",
    [
        "Full transcript: {}'s interview with {}",
        "{}’s exclusive interview with {}",
        "{} interview with {}",
        "{} Interview: {}",
    ],
)
@pytest.mark.parametrize("names", [("Marta Lind", "Jon Yu"), ("Jon Yu", "Marta Lind")])
def test_a_name_on_either_side_of_interview_leaves_it_to_the_talk_who_asks(head: str, names: tuple[str, str]) -> None:
    assert heard(f"{head.format(*names)}\n\n{LABELLED}") == [("Marta Lind", ASKS), ("Jon Yu", ANSWERS)] * len(TALK)


@pytest.mark.parametrize("names", [("Marta Lind", "Jon Yu"), ("Jon Yu", "Marta Lind")])
def test_whose_interview_with_whom_names_nobody_where_the_turns_have_no_names(names: tuple[str, str]) -> None:
    head = "# {}'s interview with {}".format(*names)
    assert heard(f"{head}\n\n{BOLD}", "talk.md") == [(None, ASKS), (None, ANSWERS)] * len(BEES)


@pytest.mark.parametrize(
    "head",
    [
        "Jon Yu's interview with Hive",
        "Jon Yu's exclusive interview to Hive Weekly",
        "Hive's interview with Jon Yu",
        "The Hive's interview with Jon Yu",
        "The Roof Project: Hive's exclusive interview with Jon Yu",
        "Hive History Project Interview with Jon Yu",
        "Jon Yu interview: the full transcript",
    ],
)
def test_one_name_beside_interview_is_who_answers(head: str) -> None:
    source = f"# {head}\n\nYu lives on a roof.\n\n{BOLD}"
    assert heard(source, "talk.md") == [(None, ASKS), ("Jon Yu", ANSWERS)] * len(BEES)


def test_a_series_is_nobody_and_whom_it_is_with_answers_where_the_name_comes_again() -> None:
    talk = BOLD.replace("two hives", "two hives on a Saturday")
    assert heard(f"# The Saturday Interview: Mara Quill\n\n{talk}", "talk.md")[1] == (None, ANSWERS)
    source = f"# The Saturday Interview: Mara Quill\n\nMara Quill lives on a roof.\n\n{talk}"
    assert heard(source, "talk.md")[1] == ("Mara Quill", ANSWERS)
