"""Questions that alone carry a mark, two of them, or a name above; what stands below each is its answer."""

from __future__ import annotations

import pytest

from tests.parsing.conversations import ANSWERS, ASKS, OTHER, said

TALK = (
    ("You left Cork in 1948.", "On the Innisfallen, with my mother."),
    ("Alone?", "With a hen in a basket."),
    ("Whose was it?", "My mother's."),
    ("And you never went back.", "Once, for a funeral."),
)
SIDES = [(None, role, words) for pair in TALK for role, words in zip((ASKS, ANSWERS), pair, strict=True)]


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("**– {}**\n\n{}", "talk.md"),
        ("*– {}*\n\n{}", "talk.md"),
        ("> – {}\n\n{}", "talk.md"),
        ("> {}\n\n{}", "talk.txt"),
        ("> – {}\n\n{}", "talk.txt"),
    ],
)
def test_questions_set_off_with_a_dash(form: str, name: str) -> None:
    source = "\n\n".join(form.format(*pair) for pair in TALK)
    assert said(source, name) == SIDES


def test_where_answers_have_dashes_too_these_tell_the_turns() -> None:
    source = "\n\n".join(f"**– {question}**\n\n– {answer}" for question, answer in TALK)
    assert said(source, "talk.md") == SIDES


@pytest.mark.parametrize("question", ["> {}", "> Well, then.\n> {}"])
def test_an_answer_right_below_a_quoted_question(question: str) -> None:
    source = "\n\n".join(f"{question.format(asked)}\n{answer}" for asked, answer in TALK)
    assert [(role, words.split(". > ")[-1]) for _, role, words in said(source)] == [s[1:] for s in SIDES]


def test_a_quoted_line_that_wraps_stays_whole() -> None:
    cue = "> Where did you learn\nto weld in those days?"
    assert said(f"{cue}\n\nIn the navy.\n\n> And after\nthat?\n\nOn bridges.")[0][2] == cue[2:].replace("\n", " ")


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_answers_below_questions_under_a_label_of_their_own(between: str) -> None:
    source = "\n\n".join(f"INTERVIEWER{between}{question}\n\n{answer}" for question, answer in TALK)
    assert said(source) == [("INTERVIEWER" if role is ASKS else None, role, words) for _, role, words in SIDES]


def test_words_under_a_label_of_their_own_with_nothing_below_are_no_answer() -> None:
    source = "\n\n".join(f"INTERVIEWER\n\n{question}" for question, _ in TALK)
    assert {role for _, role, _ in said(source)} <= {ASKS, OTHER}
