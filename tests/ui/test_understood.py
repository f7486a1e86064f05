"""Whether a reader is told what a question was taken to mean, and how a quotation differs."""

from __future__ import annotations

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.datatypes import Answer, Change, Finding, Interview, Quote, Role, Status, Turn, Verdict
from ui.understood import differences, finding, taken_to_mean


def answered(question: str, meant: str) -> Answer:
    return Answer(question, meant, Status.NOT_FOUND, 0.1, ())


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("what did she say about ITPP?", "what did she say about ITPP (Individually Tailored Partnership Programme)?"),
        ("What of the European Union?", "What of the European Union (EU)?"),
        ("and  itpp", "And ITPP?"),
        ("Why (in May)?", "Why (in May)?"),
    ],
)
def test_an_expansion_case_and_punctuation_are_not_worth_a_line(question: str, meant: str) -> None:
    assert taken_to_mean(answered(question, meant)) == ""


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("And in Georgia?", "What did she say about reforms in Georgia?"),
        ("Why?", "Why did they open in March?"),
        ("Did Shekarinska go?", "Did Shekerinska go?"),
        ("And what of the EU?", "What did she say of the European Union (EU)?"),
    ],
)
def test_a_completed_follow_up_and_another_spelling_are_told(question: str, meant: str) -> None:
    assert taken_to_mean(answered(question, meant)) == meant


@pytest.mark.parametrize(
    ("op", "yours", "theirs", "told"),
    [
        ("replace", "May", "March", "“May” → said: “March”"),
        ("insert", "full", "", "“full” was not said"),
        ("delete", "", "not", "left out: “not”"),
    ],
)
def test_a_difference_is_told_for_what_it_is(
    op: Literal["replace", "insert", "delete"], yours: str, theirs: str, told: str
) -> None:
    assert differences(Verdict(Finding.ALTERED, None, (Change(op, yours, theirs),))) == (told,)


@given(st.text())
def test_a_question_that_was_taken_as_it_stands_is_never_repeated(question: str) -> None:
    assert taken_to_mean(answered(question, question)) == ""


@pytest.mark.parametrize(("speaker", "told"), [(None, "The transcript doesn't name who says it."), ("Ann Ek", "")])
def test_whose_words_they_are_is_not_passed_over_where_the_transcript_names_nobody(
    speaker: str | None, told: str
) -> None:
    interview = Interview("sea", "We sailed.", (Turn(0, 10, speaker, Role.OTHER),), "Sea")
    verdict = Verdict(Finding.EXACT, Quote(interview, 0, 0, 10))
    assert finding(verdict) == f"Exact: these words were said. {told}".strip()
