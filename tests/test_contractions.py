"""A contraction written out is another word of the same meaning: altered, but never said not to be there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.datatypes import Finding, Interview, Role, Turn
from rag.verification import verify
from rag.verification.contractions import written_out_alike

SAID = "I'm originally from Chile. We don't have many clouds there, and it won't rain."
TALK = Interview("talk", SAID, (Turn(0, len(SAID), "Rodrigo", Role.INTERVIEWEE),), "A talk")


@pytest.mark.parametrize(
    ("quoted", "yours", "theirs"),
    [
        ("I am originally from Chile", "I am", "I'm"),
        ("We do not have many clouds", "do not", "don't"),
        ("it will not rain", "will not", "won't"),
    ],
)
def test_a_short_quotation_with_a_contraction_written_out_is_found_and_the_words_shown(
    quoted: str, yours: str, theirs: str
) -> None:
    verdict = verify(quoted, [TALK])
    assert verdict.finding is Finding.ALTERED
    assert [(change.yours, change.theirs) for change in verdict.changes] == [(yours, theirs)]


@pytest.mark.parametrize("quoted", ["I was born in Chile", "I am a Chilean", "We have many clouds there"])
def test_what_was_not_said_is_not_exact_for_it(quoted: str) -> None:
    assert verify(quoted, [TALK]).finding is not Finding.EXACT


@pytest.mark.parametrize(
    ("words", "others"),
    [("i am", "i'm"), ("they'd", "they would"), ("they'd", "they had"), ("can't", "cannot"), ("let's", "let us")],
)
def test_what_a_contraction_stands_for(words: str, others: str) -> None:
    assert written_out_alike(words.split(), others.split())
    assert written_out_alike(others.split(), words.split())


@pytest.mark.parametrize(("words", "others"), [("i am", "i am"), ("i was", "i'm"), ("do", "don't"), ("", "i'm")])
def test_other_words_are_other_words(words: str, others: str) -> None:
    assert not written_out_alike(words.split(), others.split())


@given(st.lists(st.sampled_from(["i'm", "it's", "don't", "rain", "can't", "'", "s'"]), max_size=8))
def test_any_words_are_compared_somehow(words: list[str]) -> None:
    assert written_out_alike(words, words) in (True, False)
