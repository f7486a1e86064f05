"""What stands below the last words of a talk: an editor's lines are nobody's, a guest's are never lost."""

from __future__ import annotations

import pytest

from tests.parsing.conversations import BEES, words_of

WORDS = [words for pair in BEES for words in pair]
LABELLED = "\n\n".join(f"Marta Lind: {question}\n\nJon Yu: {answer}" for question, answer in BEES)
FIRST_NAMES = "\n\n".join(f"Marta: {question}\n\nJon: {answer}" for question, answer in BEES)
SURNAMES = "\n\n".join(f"Lind: {question}\n\nYu: {answer}" for question, answer in BEES)


@pytest.mark.parametrize(
    "note",
    [
        "Correction: An earlier version of this interview misstated the number of hives.",
        "Correction, 4 May: In an earlier version of the headline the number was wrong.",
        "An earlier version of this article misspelled the aunt's name.",
        "This article was amended on 4 March 2019. An earlier version had forty hives.",
        "This story has been updated to include the aunt's name.",
        "*This interview was first published in May 2003.*",
    ],
)
def test_a_correction_is_nobodys(note: str) -> None:
    assert words_of(f"{LABELLED}\n\n{note}") == WORDS
    assert words_of(f"{LABELLED}\n\n{note}\n\nPhotographs from the aunt's album.") == WORDS


@pytest.mark.parametrize("talk", [LABELLED, FIRST_NAMES, f"Jon Yu keeps bees.\n\n{SURNAMES}"])
@pytest.mark.parametrize(
    "note",
    [
        "Jon Yu’s memoir, Forty Stings, is published by Quay Press (£12.99). To order a copy go to quay.example.",
        "Forty Stings by Jon Yu is out now from Quay Press.",
        "Jon Yu is a beekeeper and a cook. He lives in Leeds.",
    ],
)
def test_what_is_said_of_the_guest_is_not_said_by_the_guest(talk: str, note: str) -> None:
    assert words_of(f"{talk}\n\n{note}") == WORDS


@pytest.mark.parametrize(
    "words",
    [
        "Correction: it was forty-one.",
        "An earlier version of me would have run away.",
        "An earlier version of this story had no bees in it.",
        "This story was updated in a hurry.",
        "This piece was first published by a friend.",
        "Jon Yu is what they call me, and I let them.",
        "Jon Yu was my father's name too.",
        "Ada Moss is a better beekeeper. She lives in Leeds.",
        "Forty Stings by Ada Moss is published by Quay Press.",
        "Jon Yu is a fool, they said. Would you believe it?",
        "The honey is out now.",
    ],
)
def test_a_guest_may_end_on_words_like_an_editors(words: str) -> None:
    assert words_of(f"{LABELLED}\n\n{words}")[-1] == f"{WORDS[-1]} {words}"


def test_somebody_of_the_guests_surname_is_somebody_else() -> None:
    words = "Ada Yu was a fisherwoman. She drowned in 1931."
    assert words_of(f"{SURNAMES}\n\n{words}")[-1] == f"{WORDS[-1]} {words}"


def test_what_the_host_says_of_the_guest_stays_the_hosts() -> None:
    words = "Jon Yu is a beekeeper. He lives in Leeds."
    assert words_of(f"{LABELLED}\n\nMarta Lind: Thank you.\n\n{words}")[-1] == f"Thank you. {words}"
