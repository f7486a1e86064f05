"""A question that holds a quotation is checked; one that only speaks of a quoted word is a question."""

from __future__ import annotations

import pytest

from rag.conversation import Intent, understand
from rag.conversation.quoted import is_quotation
from tests.test_verification import HARBOUR

PEOPLE = ("Grace Okafor", "Tom Reyes")
SAID = "The fishing boats stay where they are"


@pytest.mark.parametrize(
    "asked",
    [
        "“Q”",
        "'Q.'",
        "Did she say 'Q'?",
        "Did she say ‘Q’?",
        "and did she also say “Q”?",
        "Where does he say “Q”?",
        "Who said “Q”?",
        "“Q” Who said this?",
        "The article quotes her as saying “Q”. Is that correct?",
        "In the article it says “Q”. Did she say that?",
        "I remember her saying “Q”. Did she?",
        "I want to print “Q” – is that right?",
        "“Q” is that what she said?",
        "Are these her exact words? “Q”",
        "verbatim? «Q»",
        "> Q\n> — Grace Okafor",
        "“Q” — Tom Reyes",
        "Okafor: “Q”",
    ],
)
def test_words_in_marks_are_checked_where_somebody_is_said_to_have_said_them(asked: str) -> None:
    assert is_quotation(asked.replace("Q", SAID), PEOPLE)


@pytest.mark.parametrize(
    "asked",
    [
        "What did she say about the “old harbour”?",
        "What does she mean by “Q”?",
        "Why did she say “Q”?",
        "How does she define “noise”?",
        "Did she talk about “Pier 9”?",
        "Did she say anything about “Pier 9”?",
        "Is “Pier 9” discussed?",
        "Does she say how “Pier 9” works?",
        "Did he say why he called it “Pier 9”?",
        "She said “we move the freight”. How will the city pay for that?",
        "Tell me about “Pier 9”",
        "What's the shipping companies' plan for Pier 9?",
        "The fishing boats stay where they are",
    ],
)
def test_what_asks_for_more_than_the_words_is_a_question(asked: str) -> None:
    assert not is_quotation(asked.replace("Q", SAID), PEOPLE)


def test_a_quotation_over_two_lines_is_checked_as_it_was_pasted() -> None:
    pasted = f"> {SAID}\n> — Grace Okafor"
    meant = understand(pasted, (), [HARBOUR])
    assert (meant.intent, meant.question) == (Intent.QUOTATION, pasted)
