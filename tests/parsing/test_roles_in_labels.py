"""What a label says beside a name: who asks and who answers, that somebody goes on; names of all peoples."""

from __future__ import annotations

import pytest

from rag.parsing import parse
from tests.parsing.conversations import ANSWERS, ASKS, BEES, heard, said, words_of

COLD = (
    ("It must have been cold.", "Was it cold? It was the coldest I've been."),
    ("You'd go back tomorrow.", "Did I say that?"),
)
"""A talk in which only who answers asks anything."""


def labelled(asking: str, answering: str, *, later: tuple[str, str] | None = None) -> str:
    """Set that talk with two labels, other ones from the second question on where given."""
    pairs = zip(((asking, answering), later or (asking, answering)), COLD, strict=True)
    return "\n".join(f"{label}: {words}" for both, pair in pairs for label, words in zip(both, pair, strict=True))


@pytest.mark.parametrize(
    ("asking", "answering"),
    [
        ("Ruth Hale (Interviewer)", "Nora Twomey (Interviewee)"),
        ("Ruth Hale (host)", "Nora Twomey (guest)"),
        ("Ruth Hale [host]", "Nora Twomey [guest]"),
        ("Ruth Hale, Interviewer", "Nora Twomey, Interviewee"),
        ("RUTH HALE, INTERVIEWER", "NORA TWOMEY"),
        ("Ruth Hale - Host", "Nora Twomey - Guest"),
        ("Host Ruth Hale", "Guest Nora Twomey"),
        ("Interviewer Ruth Hale", "Nora Twomey"),
        ("Ruth Hale", "Nora Twomey (Interviewee)"),
        ("Ruth Hale", "Guest Nora Twomey"),
    ],
)
def test_a_label_says_who_asks_and_who_answers(asking: str, answering: str) -> None:
    turns = [(who.title() if who else who, role) for who, role in heard(labelled(asking, answering))]
    assert turns == [("Ruth Hale", ASKS), ("Nora Twomey", ANSWERS)] * 2


def test_a_role_that_stands_in_the_first_label_only() -> None:
    source = labelled("Ruth Hale (Interviewer)", "Nora Twomey (Interviewee)", later=("Ruth Hale", "Nora Twomey"))
    assert heard(source) == [("Ruth Hale", ASKS), ("Nora Twomey", ANSWERS)] * 2


@pytest.mark.parametrize("label", ["Guest Speaker One", "Guest Two"])
def test_a_guest_without_a_name_keeps_the_word(label: str) -> None:
    assert label in {who for who, _ in heard(labelled("Ruth Hale", label))}


@pytest.mark.parametrize(
    "mark", [" (CONT'D)", " (CONT’D)", " CONT'D", " (Continued)", " (cont.)", ", CONT'D", " - CONTD"]
)
def test_who_goes_on_is_the_same_person(mark: str) -> None:
    source = "\n\n".join(
        f"HALE: {question}\n\nTWOMEY{mark if number else ''}: {answer}"
        for number, (question, answer) in enumerate(BEES)
    )
    assert said(source) == [
        turn for asked, answer in BEES for turn in (("HALE", ASKS, asked), ("TWOMEY", ANSWERS, answer))
    ]
    assert parse(source.encode(), "talk.txt").descriptions == ()


@pytest.mark.parametrize(
    "name",
    [
        "Dafydd ap Gwilym",
        "Séamus Mac an tSaoir",
        "Micheál ó Conaill",
        "Anna degli Esposti",
        "Marco dalla Chiesa",
        "Gerard 't Hooft",
        "Jan op den Berg",
        "Ida auf der Maur",
        "Hassan abu Salem",
        "Siti binte Rahman",
        "Ngũgĩ wa Thiong'o",
        "Ade omo Oba",
        "Jón á Bakka",
    ],
)
@pytest.mark.parametrize("form", ["{}: {}", "**{}:** {}"])
def test_names_with_small_words_inside(name: str, form: str) -> None:
    pairs = [(form.format("Ruth Hale", question), form.format(name, answer)) for question, answer in BEES]
    source = "\n\n".join(turn for pair in pairs for turn in pair)
    assert heard(source, "talk.md") == [("Ruth Hale", ASKS), (name, ANSWERS)] * len(BEES)


def test_small_words_in_a_list_make_no_name() -> None:
    rates = "\n".join(f"Cost per Hive: {n} pounds a year.\nHives per Roof: {n} or so." for n in (2, 3))
    source = f"Ann: What did you pay?\n\nBo: It varied.\n\n{rates}\n\nAnn: And now?\n\nBo: Now it is less."
    assert {who for who, _ in heard(source)} == {"Ann", "Bo"}


def test_initials_are_the_capitals_of_a_name() -> None:
    labels = ("Fionnuala Ní Bhriain", "Séamus Mac an tSaoir"), ("FNB", "SMS"), ("FNB", "SMS")
    source = "\n\n".join(
        f"**{label}:** {words}"
        for both, pair in zip(labels, BEES, strict=True)
        for label, words in zip(both, pair, strict=True)
    )
    assert heard(source, "talk.md") == [("Fionnuala Ní Bhriain", ASKS), ("Séamus Mac an tSaoir", ANSWERS)] * 3


def test_whole_names_first_then_surnames_then_initials() -> None:
    people = ("Peter van der Berg", "Van der Berg", "PB", "PB"), ("Dr. Jane Smith", "Smith", "JS", "JS")
    pairs = (*BEES, ("Was it ever lost?", "Twice. The second time it was my fault."))
    source = "\n\n".join(
        f"{people[side][n]}: {words}" for n, pair in enumerate(pairs) for side, words in enumerate(pair)
    )
    assert heard(source) == [("Peter van der Berg", ASKS), ("Dr. Jane Smith", ANSWERS)] * 4
    assert words_of(source) == [words for pair in pairs for words in pair]
