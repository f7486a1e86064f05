"""A name that somebody gives when asked for it is an answer, and no line of the head."""

from __future__ import annotations

import pytest

from tests.parsing.conversations import ANSWERS, ASKS, said, words_of

WORDS = (
    "Could you please state your full name for the record?",
    "Robert James Brown.",
    "My father was a docker and I was born in Leeds in 1931.",
    "And your mother?",
    "She sang in a choir.",
    "Where was that?",
    "In the chapel at the end of our street.",
)


def talk(asks: str, answers: str) -> str:
    """Set the words as turns, the third paragraph belonging to the second turn."""
    labels = (f"{asks}: ", f"{answers}: ", "", f"{asks}: ", f"{answers}: ", f"{asks}: ", f"{answers}: ")
    return "\n\n".join(label + words for label, words in zip(labels, WORDS, strict=True))


@pytest.mark.parametrize("labels", [("JD", "RB"), ("Interviewer", "Interviewee"), ("INTERVIEWER", "NARRATOR")])
@pytest.mark.parametrize("head", ["", "Interviewer: Jane Doe (JD)\nDate: 4 May 1988\n\n"])
@pytest.mark.parametrize("asked", [WORDS[0], "Please state your full name."])
def test_a_name_that_is_asked_for_is_an_answer(labels: tuple[str, str], head: str, asked: str) -> None:
    turns = said(head + talk(*labels).replace(WORDS[0], asked))
    assert [role for _, role, _ in turns] == [ASKS, ANSWERS] * 3
    assert [words for _, _, words in turns][:2] == [asked, " ".join(WORDS[1:3])]


@pytest.mark.parametrize("title", ["Who owns the sea?", "Do you own the sea?"])
def test_names_below_a_title_that_asks_are_a_head(title: str) -> None:
    turns = said(f"{title}\n\nJD: Jane Doe\nRB: Robert James Brown\n\n{talk('JD', 'RB').replace(WORDS[1], 'Brown.')}")
    assert {who for who, _, _ in turns} == {"Jane Doe", "Robert James Brown"}
    below = (
        "\n\nInterviewer: Ann Ek\nInterviewee: Bo Lind\n\nQ. Whose is it?\n\nA. Ours.\n\nQ. And the fish?\n\nA. Theirs."
    )
    assert words_of(title + below)[0] == "Whose is it?"
