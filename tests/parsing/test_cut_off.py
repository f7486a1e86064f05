"""Whoever is cut off by a dash doesn't go on with the words of whoever cuts in."""

from __future__ import annotations

import pytest

from tests.parsing.conversations import words_of


def page(*lines: str) -> str:
    """Return a web page with lines as they are set in a printed record."""
    return f"<html><body><article><pre>{chr(10).join(lines)}</pre></article></body></html>"


HEARING = (
    "    Mr. Hollis. Who read the meters at the plant that night?",
    "    Dr. Verne. I did. We knew there had been a reading, and I would like to{}",
    "    Mr. Hollis. You knew and told nobody. Is that your testimony?",
    "    Dr. Verne. It is. I told nobody until the morning.",
    "    Mr. Hollis. Why not?",
    "    Dr. Verne. I was afraid that nobody would believe me.",
)


@pytest.mark.parametrize("dash", ["----", "--", "\u2014", "\u2013"])
def test_a_witness_who_is_cut_off_in_a_hearing(dash: str) -> None:
    words = words_of(page(*HEARING).format(dash), "hearing.html")
    assert words[1].endswith(dash)
    assert words[2] == "You knew and told nobody. Is that your testimony?"


@pytest.mark.parametrize("stamp", ["", "[00:02:10] "])
def test_a_witness_who_is_cut_off_between_letters(stamp: str) -> None:
    lines = (
        f"{stamp}Q. Where did you go?",
        f"{stamp}A. I went to the shop, and then I --",
        f"{stamp}Q. Which shop do you mean?",
        f"{stamp}A. The one on the corner, which I --",
        f"{stamp}Q. Is it open?",
        f"{stamp}A. It is.",
    )
    assert words_of("\n".join(lines), "talk.md") == [line.removeprefix(stamp)[3:] for line in lines]


@pytest.mark.parametrize(
    "answer",
    [
        "I went to the shop --\nthe one on the corner --\nand it was shut.",
        "The book was by Robert\nA. Lund, who lived in the\nNew York. Everybody read it.",
        "It was the best shop in\nNew York. Everybody went there.",
    ],
)
def test_a_sentence_that_goes_on_in_the_next_line_is_one_block(answer: str) -> None:
    source = page("Q. What did you do?", *f"A. {answer}".split("\n"), "Q. And then?", "A. I went home.")
    assert words_of(source, "talk.html")[1] == " ".join(answer.split())


def test_a_bold_remark_after_an_answer_that_is_cut_off_is_the_interviewers() -> None:
    source = (
        "**Did you say that?**\n\nI never said that. I only thought that—\n\n"
        "**You wrote it in your book in 1999.**\n\nWell, people write a lot of things.\n\n"
        "**Do they?**\n\nI do."
    )
    assert words_of(source, "talk.md")[1:4] == [
        "I never said that. I only thought that—",
        "You wrote it in your book in 1999.",
        "Well, people write a lot of things.",
    ]


@pytest.mark.parametrize("mark", [":", ","])
def test_words_in_bold_that_an_answer_leads_up_to_are_its_own(mark: str) -> None:
    answer = f"On the door it said{mark}\n\n**No bees.**\n\nI read it."
    source = f"**What did it say?**\n\n{answer}\n\n**And then?**\n\nI went in."
    assert words_of(source, "talk.md")[1] == f"On the door it said{mark} No bees. I read it."
