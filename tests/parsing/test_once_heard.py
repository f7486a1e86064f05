"""Who is heard once, or is named in full only the first time: a speaker too, whoever speaks above."""

from __future__ import annotations

import pytest

from tests.parsing.conversations import ANSWERS, ASKS, BEES, OTHER, heard, said, words_of

COURT = (
    "Q. Where do you work?\nA. I work at Acme Plastics.\nMS. LOPEZ: Objection. The brakes were never inspected.\n"
    "Q. Who was driving?\nA. Mr. Dunn was --\nMS. LOPEZ: Objection.\nTHE COURT: Overruled.\nA. Mr. Dunn was driving."
)
PANEL = (
    "Interviewer: When did you plant?\nAda Finch: In 1999, on the south slope.\n{}: It was 2001, I have the deed.\n"
    "Interviewer: Who was there?\nAda Finch: My aunt."
)


@pytest.mark.parametrize("head", ["", "DEPOSITION OF JANE ROE\n\n"])
def test_a_lawyer_interrupts_once_between_questions_and_answers(head: str) -> None:
    turns = said(head + COURT)
    assert turns[2] == ("MS. LOPEZ", OTHER, "Objection. The brakes were never inspected.")
    assert [words for who, _, words in turns if who == "THE COURT"] == ["Overruled."]
    assert [words for _, role, words in turns if role is ANSWERS] == [
        "I work at Acme Plastics.",
        "Mr. Dunn was --",
        "Mr. Dunn was driving.",
    ]


@pytest.mark.parametrize("head", ["", "Interview, 3 May 1996\n\n"])
@pytest.mark.parametrize("name", ["Rose Orr", "Rose"])
def test_somebody_speaks_once_among_lines_with_labels(head: str, name: str) -> None:
    assert said(head + PANEL.format(name))[2][::2] == (name, "It was 2001, I have the deed.")


def test_a_list_in_an_answer_is_nobody_else() -> None:
    source = (
        "Interview\n\nAnn: What do you use?\nBo: Old things.\nDrums: old.\nBass: older.\nAnn: And now?\nBo: Now less."
    )
    assert [who for who, _ in heard(source)] == ["Ann", "Bo", "Ann", "Bo"]


def test_a_line_that_goes_on_in_the_next_one_names_nobody() -> None:
    source = "Q. Did you see him?\nA. I did. He was with\nMR. HALE: that is his name.\n\nQ. And then?\nA. We left."
    assert heard(source) == [(None, ASKS), (None, ANSWERS)] * 2


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("form", ["{} ({})", "{}"])
def test_names_in_full_and_initials_from_there_on(form: str, between: str) -> None:
    people = ("Lou Marsh", "LM"), ("Mo Desai", "MD")
    turns = [(people[side], words) for pair in BEES for side, words in enumerate(pair)]
    labels = [form.format(whole, short) if n < len(people) else short for n, ((whole, short), _) in enumerate(turns)]
    source = between.join(f"{label}: {words}" for label, (_, words) in zip(labels, turns, strict=True))
    assert heard(source) == [("Lou Marsh", ASKS), ("Mo Desai", ANSWERS)] * len(BEES)
    assert words_of(source) == [words for _, words in turns]


SUBTITLES = (
    "[Dana] Marco, how did you end up there?",
    "[Marco] The car broke down.",
    "[Dana] And then?",
    "[Marco] I rented a kitchen.",
    "{} I thought he was mad.",
    "[Dana] Is that true?",
    "[Marco] In rye, mostly.",
)


def subtitles(mark: str) -> str:
    """Set the talk as subtitles, one cue in it with another mark."""
    return "\n\n".join(
        f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n{words.format(mark)}" for n, words in enumerate(SUBTITLES, 1)
    )


@pytest.mark.parametrize(("mark", "name"), [("[Landlord]", "Landlord"), ("(Narrator)", "Narrator")])
def test_somebody_in_brackets_speaks_once(mark: str, name: str) -> None:
    assert said(subtitles(mark), "talk.srt")[4] == (name, OTHER, "I thought he was mad.")


@pytest.mark.parametrize("mark", ["[Laughs]", "[Sighing]", "[Applause]", "(laughs)"])
def test_a_sound_in_brackets_is_nobody(mark: str) -> None:
    assert {who for who, _ in heard(subtitles(mark), "talk.srt")} == {"Dana", "Marco"}
