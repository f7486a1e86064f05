"""A question is put in the words that the interviews have for what it asks about."""

from __future__ import annotations

import pytest

from rag.conversation import understand
from tests import made_up


@pytest.mark.parametrize("asked", ["Britain", "Great Britain", "the United Kingdom"])
def test_a_country_is_found_where_it_only_stands_before_what_it_does(asked: str) -> None:
    said = made_up.interview("paid", "Money came from a fund. The UK-administered fund pays for ferries.")
    assert understand(f"Does {asked} pay?", (), [said]).question == "Does the UK pay?"


@pytest.mark.parametrize("name", ["the UK-Norway pact", "the UK-wide pact"])
def test_a_country_in_another_name_is_not_that_country(name: str) -> None:
    said = made_up.interview("paid", f"We signed {name} for ferries.")
    whole = "Does the UK pay?" if name.endswith("wide pact") else "Does Britain pay?"
    assert understand("Does Britain pay?", (), [said]).question == whole


@pytest.mark.parametrize(
    ("question", "as_said"),
    [
        ("Does she like Harbour AI?", "Does she like HarbourAI?"),
        ("does she like harbour ai?", "does she like HarbourAI?"),
        ("Does she like the harbour and AI?", "Does she like the harbour and AI?"),
        ("Does she like the bed of the sea?", "Does she like the bed of the sea?"),
    ],
)
def test_a_name_of_two_words_written_as_one_is_written_so(question: str, as_said: str) -> None:
    said = made_up.interview("tools", "We use HarbourAI a lot, and HarbourAI likes AI. The harbour is old.")
    assert understand(question, (), [said]).question == as_said


@pytest.mark.parametrize(
    ("question", "as_said"),
    [
        ("Does she like LLMs?", "Does she like large language models?"),
        ("Is an LLM slow?", "Is a large language model slow?"),
    ],
)
def test_several_stay_several_in_other_words(question: str, as_said: str) -> None:
    said = made_up.interview("models", "We train a large language model. Each large language model is slow.")
    assert understand(question, (), [said]).question == as_said


def test_several_stay_several_as_an_acronym() -> None:
    said = made_up.interview("models", "We train LLMs. Each LLM is slow.")
    assert understand("Are large language models slow?", (), [said]).question == "Are LLMs slow?"
    assert understand("Is a large language model slow?", (), [said]).question == "Is an LLM slow?"


def test_what_an_acronym_stands_for_is_asked_about_in_a_whole_sentence() -> None:
    said = made_up.interview("panel", "It went through our HNP (Harbour Noise Panel), with machine learning (ML).")
    asked = "What was said about the Harbour Noise Panel?"
    assert understand("What does HNP stand for?", (), [said]).question == asked
    assert understand("What does ML stand for?", (), [said]).question == "What was said about machine learning?"


def test_the_ending_of_a_name_with_a_dot_in_it_is_no_acronym() -> None:
    said = made_up.interview("club", "The JS club met, and the JS club uses a tool. I like JS.")
    assert understand("does he like next.js, or JS", (), [said]).question == "does he like next.js, or JS"
    assert understand("does he like js", (), [said]).question == "does he like JS"
