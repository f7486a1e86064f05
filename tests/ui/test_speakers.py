"""Roles that are told by name: for whoever speaks, never for somebody who doesn't."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from rag.datatypes import Interview, Role, Turn
from rag.speakers import MOST_LISTED, who_is
from tests.ui.test_cli import BAKERY, ORCHARD, SPEAKERS_OF_ORCHARD, Command, is_one_clear_line, onrecord, the_json
from ui.speakers import people

__all__ = ["onrecord"]

LETTERS = """Q: Which apples survive a late frost?

A: The Gravensteiner survives a late frost, because it blossoms late.

Q: And what do you do against wasps?

A: We hang up jars of cider, far from the trees.
"""
DASHES = LETTERS.replace("Q:", "-").replace("A:", "-")
ROLES = LETTERS.replace("Q:", "Interviewer:").replace("A:", "Interviewee:")


SAY_IT = "say it with onrecord update talk --interviewee NAME"


def talk(*said: tuple[str | None, Role]) -> Interview:
    """An interview in which each of these says a word."""
    turns = tuple(Turn(2 * n, 2 * n + 1, speaker, role) for n, (speaker, role) in enumerate(said))
    return Interview("talk", "I " * len(turns), turns, "Talk")


@pytest.fixture
def orchard(tmp_path: Path) -> Path:
    """An interview of two people with names."""
    file = tmp_path / "orchard.txt"
    file.write_text(ORCHARD)
    return file


# Names that nobody has


@pytest.mark.parametrize("role", ["--interviewer", "--interviewee"])
@pytest.mark.parametrize("name", ["Zed", "", "Brandtson"])
def test_a_file_isnt_added_with_a_role_for_somebody_who_doesnt_speak_in_it(
    onrecord: Command, orchard: Path, role: str, name: str
) -> None:
    code, out, err = onrecord("add", orchard, role, name)
    assert (code, out) == (2, "")
    assert err == f"failed {orchard}: Who is {name!r}? {SPEAKERS_OF_ORCHARD}\n"
    assert len(the_json(onrecord("list", "--json"))) == 1


def test_nor_is_it_shown_so(onrecord: Command, orchard: Path) -> None:
    assert is_one_clear_line(onrecord("show", orchard, "--interviewee", "Zed"), "Who is 'Zed'?", SPEAKERS_OF_ORCHARD)


def test_of_several_files_those_are_added_in_which_the_named_speaks(onrecord: Command, orchard: Path) -> None:
    (orchard.parent / "bakery.txt").write_text(BAKERY)
    code, out, err = onrecord("add", orchard.parent, "--interviewee", "Moreno")
    assert code == 2
    assert out == "added the-oven-never-cools: Interviewer asks, Ada Moreno answers\n1 added, 1 failed\n"
    assert err == f"failed {orchard}: Who is 'Moreno'? {SPEAKERS_OF_ORCHARD}\n"


def test_a_part_of_a_name_in_any_letters_is_enough(onrecord: Command, orchard: Path) -> None:
    assert onrecord("add", orchard, "--interviewee", "jon", "--interviewer", "LENA BRANDT")[0] == 0
    shown = the_json(onrecord("show", "apples-after-frost", "--json"))
    assert (shown["interviewers"], shown["interviewees"]) == (["Lena Brandt"], ["Jon Ek"])


def test_of_many_speakers_an_error_names_some() -> None:
    line = who_is("Zed", talk(*((f"Name {n}", Role.OTHER) for n in range(20))))
    assert line.endswith(f"Name 10, Name 11 and {20 - MOST_LISTED} more.")


# Names for those whom the text doesn't name


@pytest.mark.parametrize("text", [LETTERS, DASHES, ROLES])
def test_speakers_without_names_in_the_text_get_those_that_are_told(
    onrecord: Command, tmp_path: Path, text: str
) -> None:
    file = tmp_path / "apples.txt"
    file.write_text(text)
    added = onrecord("add", file, "--interviewer", "Jon Ek", "--interviewee", "Lena Brandt")
    assert added == (0, "added apples: Jon Ek asks, Lena Brandt answers\n", "")


@pytest.mark.parametrize("text", [LETTERS, ROLES])
def test_two_names_for_one_letter_tell_nobody_apart_and_are_no_mistake(
    onrecord: Command, tmp_path: Path, text: str
) -> None:
    file = tmp_path / "apples.txt"
    file.write_text(text)
    names = ("--interviewer", "Jon Ek", "--interviewee", "Lena Brandt", "--interviewee", "Ole Lind")
    code, out, err = onrecord("add", file, *names)
    assert (code, err) == (0, "")
    assert out.startswith("added apples: Jon Ek asks, ")


# One role for each


def test_nobody_is_told_to_ask_and_to_answer(onrecord: Command, orchard: Path) -> None:
    both = ("--interviewer", "Jon Ek", "--interviewee")
    assert is_one_clear_line(onrecord("add", orchard, *both, "jon ek"), "jon ek can't be who asks and who answers")
    code, out, err = onrecord("add", orchard, *both, "Ek")
    assert (code, out) == (2, "")
    assert err.startswith(f"failed {orchard}: Jon Ek can't be who asks and who answers")
    assert onrecord("add", orchard)[0] == 0
    assert is_one_clear_line(onrecord("update", "apples-after-frost", *both, "jon"), "Jon Ek can't be")


def test_what_is_told_now_takes_the_place_of_the_other_role_told_before(onrecord: Command, orchard: Path) -> None:
    assert onrecord("add", orchard, "--interviewer", "Lena Brandt")[1].endswith("Lena Brandt asks, Jon Ek answers\n")
    assert onrecord("add", orchard, "--interviewee", "Lena Brandt")[1].endswith("Jon Ek asks, Lena Brandt answers\n")


def test_a_mistake_in_one_interview_corrects_none(onrecord: Command, orchard: Path) -> None:
    (orchard.parent / "bakery.txt").write_text(BAKERY)
    ids = [one["id"] for one in the_json(onrecord("add", orchard, orchard.parent, "--json"))]
    assert is_one_clear_line(onrecord("update", *ids, "--interviewee", "Ek"), "Who is 'Ek'?")
    assert the_json(onrecord("show", ids[0], "--json"))["interviewers"] == ["Jon Ek"]


# Who asks and who answers, in a line


ASKS, ANSWERS, UNTOLD = Role.INTERVIEWER, Role.INTERVIEWEE, Role.OTHER


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ([("Jo", ASKS), ("Al", ANSWERS)], "Jo asks, Al answers"),
        ([("Jo", ASKS), ("Cy", ASKS), ("Al", ANSWERS), ("Bo", ANSWERS)], "Jo, Cy ask, Al, Bo answer"),
        ([(None, ASKS), ("Al", ANSWERS)], "somebody unnamed asks, Al answers"),
        ([("Jo", ASKS), (None, ANSWERS)], "Jo asks, somebody unnamed answers"),
        ([("Al", ANSWERS)], "nobody asks, Al answers"),
        ([("Al", ANSWERS), ("Cy", UNTOLD)], "who asks can't be told, Al answers"),
        ([("Jo", ASKS), ("Cy", UNTOLD)], f"Jo asks, who answers can't be told; {SAY_IT}"),
        ([("Jo", UNTOLD), ("Al", UNTOLD)], f"who asks and who answers can't be told; {SAY_IT}"),
    ],
)
def test_who_asks_and_who_answers_is_told_in_a_line(said: Sequence[tuple[str | None, Role]], line: str) -> None:
    assert people(talk(*said)) == line


def test_where_nobody_asks_the_line_says_so_and_several_answer(onrecord: Command, orchard: Path) -> None:
    (orchard.parent / "speech.txt").write_text("We open at five. The oven never cools.\n")
    speech = onrecord("add", orchard.parent / "speech.txt", "--speaker", "Ada Moreno")
    assert speech == (0, "added speech: nobody asks, Ada Moreno answers\n", "")
    assert onrecord("add", orchard)[0] == 0
    all_answer = onrecord("update", "apples-after-frost", "--interviewee", "Jon", "--interviewee", "Lena")
    assert all_answer == (0, "corrected apples-after-frost: nobody asks, Jon Ek, Lena Brandt answer\n", "")
    all_ask = onrecord("update", "apples-after-frost", "--interviewer", "Jon", "--interviewer", "Lena")
    assert "Jon Ek, Lena Brandt ask, nobody answers; say it with onrecord update" in all_ask[1]
