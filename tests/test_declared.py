"""What a quotation declares, a cut or an insertion, is fair unless it changes what was said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.datatypes import Finding, Role, Verdict
from rag.verification import verify
from rag.verification.declared import negated
from tests.test_verification import HARBOUR, interview

SAID = (
    "They said the pier could not wait. We know that two-thirds of islanders support the Harbour Fund, and in March "
    "2024 President Lund told us so. Many of these things are exciting. It was a long winter, and the sheds that stood "
    "along the northern quay since my grandfather’s days had to go. They’re not going to change the face of this town. "
    "We rarely close, a few of us swim, and no matter what comes, we will stay. The tax doesn’t apply to boats."
)
TALK = interview((("Ann Lee", Role.INTERVIEWEE, SAID),), "talk")


def check(quotation: str) -> Verdict:
    return verify(quotation, [TALK])


@pytest.mark.parametrize(
    "quotation",
    [
        "We know that two-thirds of islanders support [the fund]",
        "[Islanders] support the Harbour Fund",
        "[The council] said the pier could not wait",
        "We know [from the poll] that two-thirds of islanders support the Harbour Fund",
        "They said the pier [on the north side] could not wait",
        "Many of these things are exciting [sic].",
        "The tax [does not] apply to boats",
        "[Lund] told us so",
    ],
)
def test_an_insertion_may_explain_and_name(quotation: str) -> None:
    assert check(quotation).finding is Finding.EXACT


@pytest.mark.parametrize(
    ("quotation", "yours", "theirs"),
    [
        ("Many of these things are [not] exciting", "[not]", ""),
        ("[Few] of these things are exciting", "[Few]", ""),
        ("two-thirds of [tourists] support the Harbour Fund", "[tourists]", None),
        ("[a third] of islanders support the Harbour Fund", "[a third]", "two-thirds"),
        ("support the [Airport] Fund", "[Airport]", "Harbour"),
        ("in [May 2023] President Lund told us so", "[May 2023]", "March 2024"),
        ("[Moreno] told us so", "[Moreno]", "President Lund"),
        ("[Mayor] told us so", "[Mayor]", "President Lund"),
        ("The tax [does] apply to boats", "[does]", "doesn’t"),
        ("and in March [2020]", "[2020]", "2024"),
    ],
)
def test_an_insertion_may_not_deny_or_put_in_another_number_or_name(
    quotation: str, yours: str, theirs: str | None
) -> None:
    verdict = check(quotation)
    if theirs is None:  # a common noun for another is the quoting person's to answer for
        assert verdict.finding is Finding.EXACT
        return
    assert verdict.finding is Finding.ALTERED
    assert [(c.yours, c.theirs) for c in verdict.changes] == [(yours, theirs)]


@pytest.mark.parametrize(
    "quotation",
    [
        "Many of these things are exciting … going to change the face of this town",
        "Many of these things … change the face of this town",
        "We … close",
        "They said the pier could … wait",
        "the pier could … support the Harbour Fund",
    ],
)
def test_a_cut_of_any_length_may_not_swallow_a_not(quotation: str) -> None:
    verdict = check(quotation)
    assert verdict.finding is Finding.ALTERED
    assert any("not" in c.theirs or "rarely" in c.theirs for c in verdict.changes)


@pytest.mark.parametrize(
    "quotation",
    [
        "Many of these things are exciting. … We rarely close",
        "We know that two-thirds of islanders support the Harbour Fund … Many of these things are exciting.",
        "They’re not going to change the face of this town. We rarely close … and no matter what comes, we will stay",
        "It was a long winter, and the sheds … had to go.",
        "We rarely close … we will stay.",
    ],
)
def test_a_cut_of_whole_sentences_or_of_words_without_a_not_is_fair(quotation: str) -> None:
    assert check(quotation).finding is Finding.EXACT


@pytest.mark.parametrize("words", ["a few of us", "a little", "no matter what", "no doubt about it", "not only"])
def test_what_only_looks_like_a_negation_is_none(words: str) -> None:
    assert not negated(words.split())


@given(st.sampled_from(["not", "never", "no longer", "hardly", "rarely"]), st.integers(1, 6))
def test_a_negation_put_into_an_answer_is_never_exact_in_brackets_either(negation: str, place: int) -> None:
    words = ["The", "plan", "was", "approved", "by", "the", "council"]
    quotation = " ".join([*words[:place], f"[{negation}]", *words[place:]])
    assert verify(quotation, [HARBOUR]).finding is Finding.ALTERED


def test_numbers_are_not_run_together() -> None:
    talk = interview((("Ann", Role.INTERVIEWEE, "It took 5-10 years, at a 30/60/90-day pace, and cost 120,000."),))
    for wrong in ("It took 510 years", "at a 306090-day pace", "and cost 12,0000"):
        assert verify(wrong, [talk]).finding is Finding.ALTERED, wrong
    for right in ("It took 5–10 years", "at a 30-60-90 day pace", "and cost 120 000", "and cost 120000"):
        assert verify(right, [talk]).finding is Finding.EXACT, right


@given(st.integers(1, 99), st.integers(1, 999))
def test_a_range_is_never_the_number_that_its_figures_make(low: int, high: int) -> None:
    talk = interview((("Ann", Role.INTERVIEWEE, f"We waited for some {low}-{high} long and dark winter days there."),))
    verdict = verify(f"We waited for some {low}{high} long and dark winter days", [talk])
    assert verdict.finding is Finding.ALTERED
