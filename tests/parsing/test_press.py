"""A press conference: whoever asks once, with an outlet, is the press; whoever answers them all is not."""

from __future__ import annotations

import pytest

from tests.parsing.conversations import ANSWERS, ASKS, said

MODERATED = """\
Moderator: Let's go to Teri Sund.

Teri Sund (Radio Nord): Thank you. Is there any timeline for the accession?

Jens Holm, Secretary General: There is no timeline. It depends on the thirty parliaments.

{siebold}: What will you do about the shortage of ammunition? We have heard little of it.

Jens Holm: We have a plan for it, and industry has signed contracts for ten years.
"""
BELOW = """\
JENS HOLM (Secretary General): Good afternoon. We agreed on three things today.

{lena}: How many troops will be sent?

JENS HOLM: Two battalions, before the end of the summer.

{marek}: Will any of them be stationed in Poland?

JENS HOLM: That is for the Polish government to decide.
"""


@pytest.mark.parametrize(
    "siebold", ["Sabine Kern (Wire)", "Sabine Kern, Wire", "Question by Sabine Kern, Wire", "Question from Sabine Kern"]
)
def test_reporters_who_are_heard_once_ask(siebold: str) -> None:
    turns = said(MODERATED.format(siebold=siebold))
    assert [(who, role) for who, role, _ in turns] == [
        ("Moderator", ASKS),
        ("Teri Sund", ASKS),
        ("Jens Holm", ANSWERS),
        ("Sabine Kern", ASKS),
        ("Jens Holm", ANSWERS),
    ]


@pytest.mark.parametrize("label", ["QUESTION ({})", "Question ({})", "Q ({})", "Question from {}", "REPORTER ({})"])
def test_who_puts_a_question_is_told_beside_the_word_for_it(label: str) -> None:
    lena, marek = label.format("Lena Brandt, Channel Four"), label.format("Marek Novak, Polish Radio")
    turns = said(BELOW.format(lena=lena, marek=marek))
    assert [who for who, role, _ in turns if role is ASKS] == ["Lena Brandt", "Marek Novak"]
    assert {who for who, role, _ in turns if role is ANSWERS} == {"JENS HOLM"}


@pytest.mark.parametrize("aside", ["(inaudible)", "(via interpreter)", "(off mic)", "(Interpreted)"])
def test_an_aside_beside_the_word_is_nobodys_name(aside: str) -> None:
    turns = said(BELOW.format(lena=f"QUESTION {aside}", marek="QUESTION"))
    assert {who for who, role, _ in turns if role is ASKS} == {"QUESTION"}


def test_a_list_of_notes_in_an_answer_is_no_press() -> None:
    text = BELOW.format(lena="QUESTION", marek="QUESTION") + "\nFirst Step: more troops.\nSecond Step: more money.\n"
    assert {who for who, _, _ in said(text)} == {"JENS HOLM", "QUESTION"}
