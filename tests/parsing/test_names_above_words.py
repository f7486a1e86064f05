"""Transcripts as transcribing services export them: a name on a line, a time beside it or none, the words below."""

from __future__ import annotations

import pytest

from rag.errors import ParseError
from rag.parsing import parse
from tests.parsing.conversations import ANSWERS, ASKS, BEES, said

NAMES = ("Marta Lind", "Jon Yu")
TURNS = [(NAMES[n % 2], words) for n, words in enumerate(words for pair in BEES for words in pair)]
EXPECTED = [(who, (ASKS, ANSWERS)[n % 2], words) for n, (who, words) in enumerate(TURNS)]


@pytest.mark.parametrize("between", ["\n\n", "\n"])
@pytest.mark.parametrize(
    "form",
    [
        "[00:00:{:02}]\n{}\n{}",
        "{1}\n[00:00:{0:02}]\n{2}",
        "{1}\n0:{0:02}\n{2}",
        "0:{:02}\n{}\n{}",
        "{1} [00:00:{0:02}]\n{2}",
        "{1}  10:{0:02} AM\n{2}",
        "[00:00:{:02}] {}\n{}",
        "{1}\n{2}",
    ],
)
def test_a_name_alone_with_or_without_a_time(form: str, between: str) -> None:
    source = between.join(form.format(n * 7, who, words) for n, (who, words) in enumerate(TURNS, 1))
    assert said(source) == EXPECTED


@pytest.mark.parametrize("form", ["00:00:{:02}\n\n{}\n\n{}", "{1}\n\n00:00:{0:02}\n\n{2}", "{1}\n\n{2}"])
def test_name_time_and_words_in_paragraphs_of_their_own(form: str) -> None:
    source = "\n\n".join(form.format(n * 7, who, words) for n, (who, words) in enumerate(TURNS, 1))
    assert said(source) == EXPECTED


@pytest.mark.parametrize("form", ["Ann Ek\n0:03\n\n{}\n\nBo Lind\n0:09\n\n{}", "Ann Ek\n\n{}\n\nBo Lind\n\n{}"])
def test_a_short_exchange(form: str) -> None:
    source = "\n\n".join(form.format(*pair) for pair in BEES[:2])
    assert [who for who, _, _ in said(source)] == ["Ann Ek", "Bo Lind"] * 2


def test_somebody_who_speaks_once_beside_a_time() -> None:
    turns = "\n\n".join(f"{who}\n0:{n * 7:02}\n{words}" for n, (who, words) in enumerate(TURNS, 1))
    assert said(f"{turns}\n\nIda Holm\n1:10\nThe tea is ready.")[-1][::2] == ("Ida Holm", "The tea is ready.")


def test_a_short_word_at_a_time_is_no_name() -> None:
    times = ("so we went down", "Right", "and there was nobody", "Paris", "which was far", "Right", "and cold")
    source = "\n".join(f"0:{n * 5:02}\n{words}" for n, words in enumerate(times, 1))
    assert {who for who, _, _ in said(source)} == {None}


def test_a_programme_of_the_day_is_no_conversation() -> None:
    source = "10:00\nRegistration\nCoffee in the hall.\n10:30\nKeynote\nJane Doe on bees.\n11:30\nLunch\nSandwiches."
    assert {who for who, _, _ in said(source)} == {None}


def test_a_poems_refrain_is_no_speaker() -> None:
    verses = ("The boats go out\nThe boats come in", "The gulls go out\nThe gulls come in", "And I stay here")
    with pytest.raises(ParseError, match="--speaker"):
        said("\n\n".join(f"The Harbour\n\n{verse}" for verse in verses))


def test_headings_that_come_twice_are_no_names() -> None:
    jobs = ("Education\n\nUniversity of Ohio.", "Experience\n\nAcme Corp, where I kept the books.")
    with pytest.raises(ParseError, match="--speaker"):
        said("\n\n".join(jobs * 2))


@pytest.mark.parametrize("form", ["{1}  10:{0:02} AM\n{2}", "{1}  0:{0:02}\n{2}"])
def test_the_first_name_is_no_title(form: str) -> None:
    source = "\n\n".join(form.format(n * 7, who, words) for n, (who, words) in enumerate(TURNS, 1))
    assert parse(source.encode(), "harbour talk.txt").title == "harbour talk"


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("names", [("Jon Yu", "Yu", "Yu"), ("JON YU", "YU", "YU"), ("Yu", "Jon Yu", "Yu")])
def test_a_guest_named_whole_once_and_by_the_surname_else(names: tuple[str, ...], between: str) -> None:
    asked = names[0].isupper()
    turns = [("INTERVIEWER" if asked else "Interviewer", who, *pair) for who, pair in zip(names, BEES, strict=True)]
    source = "\n\n".join(
        f"{asks}{between}{question}\n\n{who}{between}{answer}" for asks, who, question, answer in turns
    )
    guest = "JON YU" if asked else "Jon Yu"
    assert [(who, words) for who, _, words in said(source)] == [
        pair for asks, _, question, answer in turns for pair in ((asks, question), (guest, answer))
    ]


def test_a_guests_name_above_the_talk_is_a_title() -> None:
    talk = "\n\n".join(f"Interviewer\n\n{question}\n\nYu\n\n{answer}" for question, answer in BEES[:2])
    assert [words for _, _, words in said(f"Jon Yu\n\nHe keeps bees on a roof.\n\n{talk}")] == [
        words for pair in BEES[:2] for words in pair
    ]
