"""Whoever is said to have said a quotation is understood, however it is written; nobody is dropped in silence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.conversation.tellers import tellers
from rag.datatypes import Finding
from rag.quotation import people_named, same_person
from rag.verification import verify
from tests.test_verification import HARBOUR

SAID = "The fishing boats stay where they are"
FRAMES = (
    "N once said, “Q.”",
    "N has often said that “Q”",
    "As N pointed out, “Q”",
    "N quipped, “Q.”",
    "N tweeted “Q”",
    "“Q,” laughs N.",
    "“Q,” N recently told us.",
    "“Q”, N",
    "“Q.” N",
    "“Q” ~ N",
    "“Q” by N",
    "“Q” – quote by N",
    "Quote from N: “Q”",
    "To quote N: “Q”",
    "In N’s words: “Q”",
    "N’s claim that “Q”",
    "“Q” was N’s answer.",
    "For N, “Q.”",
    "N is quoted as saying “Q”",
    "It was N who said “Q”.",
    "Is it true that N said “Q”?",
    "Who said “Q”? N?",
    "I heard N say “Q”",
    "On Tuesday N told listeners that “Q”",
    "“Q,” says marine biologist N.",
    "“Q,” said the professor N.",
    "As captain N says, “Q”",
    "**N:** “Q”",
    "*N*: Q",
    "> “Q”\n> — N",
    "[N] “Q”",
    "[N]: Q",
    "N believes that Q.",
    "N once said that Q.",
    "Did N ever say that Q?",
    "Q — N",
    "Q (N)",
)


def finding(pasted: str) -> Finding:
    return verify(pasted, [HARBOUR]).finding


def filled(frame: str, name: str) -> str:
    return (
        frame.replace("N", "\0")
        .replace("Q", SAID, frame.count("Q") if "Quote" not in frame else 0)
        .replace("“Q”", f"“{SAID}”")
        .replace("\0", name)
    )


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("name", ["Grace Okafor", "Okafor"])
def test_the_right_speaker_is_known_in_every_frame(frame: str, name: str) -> None:
    assert finding(filled(frame, name)) is Finding.EXACT


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("name", ["Tom Reyes", "Ines Duarte", "Linus Torvalds", "Ursula von der Leyen"])
def test_anybody_else_in_such_a_frame_is_another_speaker(frame: str, name: str) -> None:
    assert finding(filled(frame, name)) is Finding.OTHER_SPEAKER


@pytest.mark.parametrize("frame", [f for f in FRAMES if "“" in f])
def test_the_interviewer_is_right_for_the_interviewers_words(frame: str) -> None:
    asked = "the whole project is a gift to the shipping companies"
    assert finding(filled(frame, "Ines Duarte").replace(SAID, asked)) is Finding.EXACT


@pytest.mark.parametrize(
    "pasted",
    [
        "did grace okafor say “Q”?",
        "did okafor really say “Q”?",
        "@graceokafor: “Q”",
        "Didn't she say “Q”?",
        "did anyone say “Q”?",
        "Did she say “Q”? Thanks, Barack",
        "Speaking to the BBC in London, she joked: “Q”",
        "“Q,” she said, while Linus Torvalds looked on.",
        "“Q,” Okafor told Barack Obama.",
        "“Q,” Okafor said of Barack Obama.",
        "After meeting Barack Obama in Oslo, Okafor said: “Q”",
        "Linus Torvalds’s deputy: “Q”",
        "On Barack Obama, Okafor is clear: “Q”",
        "Okafor defends Barack Obama: “Q”",
        "NATO’s harbour master: “Q”",
        "PORT founder Grace Okafor: “Q”",
        "“Q,” says PORT founder Grace Okafor.",
        "“Q,” said the port’s head of freight, Grace Okafor.",
        "Blogger Okafor: “Q”",
        "“Q” (APN, 12 January 2026)",
        "In the Sunday edition: “Q”",
        "“Q,” Grâce Okáfor told us.",
        "G. Okafor: “Q”",
    ],
)
def test_whoever_else_a_frame_names_is_not_the_one_quoted(pasted: str) -> None:
    assert finding(pasted.replace("Q", SAID)) is Finding.EXACT


@pytest.mark.parametrize(
    "pasted",
    [
        "did linus torvalds say “Q”?",
        "@linus: “Q”",
        "Torvalds joked: “Q”",
        "Putin texted her: “Q”",
        "Linus Torvalds joked as she listened: “Q”",
        "I heard Putin say “Q”",
        "“Q,” Putin laughed.",
    ],
)
def test_a_stranger_is_one_in_small_letters_too(pasted: str) -> None:
    assert finding(pasted.replace("Q", SAID)) is Finding.OTHER_SPEAKER


@given(
    st.sampled_from(FRAMES), st.sampled_from(["Maeve", "Ivo", "Zoltan"]), st.sampled_from(["Quill", "Ferro", "Lund"])
)
def test_a_stranger_is_never_taken_for_the_speaker(frame: str, first: str, last: str) -> None:
    assert finding(filled(frame, f"{first} {last}")) is not Finding.EXACT


@pytest.mark.parametrize(
    ("name", "other", "same"),
    [
        ("Šekerinska", "Radmila Shekerinska", True),
        ("Ms Vučić", "Ana Vuchich", True),
        ("Zoë Müller", "Zoe Mueller", True),
        ("R. Shekerinska", "Radmila Shekerinska", True),
        ("D. Shekerinska", "Radmila Shekerinska", False),
        ("J. C. York", "Jillian York", True),
        ("Jill York", "Jillian York", True),
        ("Mike Lund", "Michael Lund", True),
        ("Bob Lund", "William Lund", False),
        ("Mike Lund", "Michael Ferro", False),
        ("Raj", "Rajiv Shah", False),
    ],
)
def test_a_name_without_accents_in_short_or_as_a_nickname_is_the_same(name: str, other: str, same: bool) -> None:
    assert same_person(name, other) is same
    assert same_person(other, name) is same


@pytest.mark.parametrize(
    ("name", "people", "meant"),
    [
        ("Raj", ["Rajiv Shah", "Ann Lee"], ["Rajiv Shah"]),
        ("Mike", ["Michael Lund", "Ann Lee"], ["Michael Lund"]),
        ("Raj", ["Rajiv Shah", "Rajesh Rao"], []),
        ("Dan", ["Dan Ek", "Daniel Lund"], ["Dan Ek"]),
        ("she", ["Sheila Lund"], []),
        ("Al", ["Alan Turing"], []),
    ],
)
def test_a_short_form_stands_for_the_one_speaker_whom_it_can_stand_for(
    name: str, people: list[str], meant: list[str]
) -> None:
    assert people_named(name, people) == meant


def test_a_question_may_name_a_speaker_by_a_short_form() -> None:
    assert tellers("What did Raj say about boats?", ["Rajiv Shah", "Ann Lee"]) == ("Rajiv Shah",)
    assert tellers("What did Raj say about boats?", ["Rajiv Shah", "Rajesh Rao"]) == ()
    assert tellers("What did she say about boats?", ["Sheila Lund", "Ann Lee"]) == ()
