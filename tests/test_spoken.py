"""What is spoken in an interview: clock times that somebody says, and none of what a transcriber notes in brackets."""

from __future__ import annotations

import pytest

from rag.parsing import parse
from rag.verification import Finding, verify

TALK = "Ann Ek: When did you meet?\n\nBo Lund: {}\n\nAnn Ek: And then?\n\nBo Lund: Then it rained.\n"


def finding(said: str, quoted: str) -> Finding:
    return verify(quoted, [parse(TALK.format(said).encode(), "talk.txt")]).finding


def test_a_clock_time_at_the_head_of_a_wrapped_line_is_said() -> None:
    said = "We met at\n10:30 in the morning and left at noon."
    assert finding(said, "We met at 10:30 in the morning and left at noon.") is Finding.EXACT
    assert finding(said, "We met at in the morning and left at noon.") is Finding.ALTERED
    assert finding(said, "We met at 11:30 in the morning and left at noon.") is Finding.ALTERED


@pytest.mark.parametrize("stamp", ["(10:30)", "[10:30]", "[00:10:30]"])
def test_a_time_stamp_in_brackets_is_not_said(stamp: str) -> None:
    assert (
        finding(f"We met in the rain.\n{stamp} We left at noon.", "We met in the rain. We left at noon.")
        is Finding.EXACT
    )


@pytest.mark.parametrize(
    "aside",
    [
        *("(smiles)", "(indistinct)", "(unclear)", "(Overtalking.)", "(Cross talk.)", "(crosstalk 00:10)", "(coughs)"),
        *("(nodding)", "(phonetic)", "(laughs loudly)", "(PAUSE)", "(sobbing)"),
    ],
)
def test_an_aside_in_round_brackets_is_not_said(aside: str) -> None:
    said = f"I said {aside} that we know the harbour well."
    for quoted in ("I said that we know the harbour well.", said):
        assert finding(said, quoted) is Finding.EXACT


@pytest.mark.parametrize("words", ["(my brother too)", "(German)", "(the end of it)", "(singers all)"])
def test_a_writers_own_words_in_round_brackets_are_said(words: str) -> None:
    said = f"I said {words} that we know the harbour well."
    assert finding(said, said) is Finding.EXACT
    assert finding(said, "I said that we know the harbour well.") is Finding.ALTERED
    assert finding(said, said.replace(words, "(for sure)")) is Finding.ALTERED
