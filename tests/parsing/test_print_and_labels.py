"""Questions told by their print or by nothing, and labels on the answers, or on the askers: who speaks."""

from __future__ import annotations

import pytest

from tests.parsing.conversations import ANSWERS, ASKS, OTHER, heard, said, words_of

QUESTION, KIT, MO = (None, ASKS), ("Kit Hale", ANSWERS), ("Mo Desai", ANSWERS)
BAND = (
    (None, "How did you meet?"),
    ("Kit Hale", "In a queue. Mo had my coat on."),
    ("Mo Desai", "It was my coat."),
    (None, "Who writes the songs?"),
    ("Mo Desai", "I do the words. The tunes come from Kit's kettle."),
    (None, "Will you tour again?"),
    ("Kit Hale", "Not by bus."),
    ("Mo Desai", "By bus or not at all. Why would we?"),
)


@pytest.mark.parametrize("question", ["**{}**", "## {}", "*{}*"])
@pytest.mark.parametrize("answer", ["**{}:** {}", "{}: {}"])
def test_several_guests_with_labels_below_questions_told_by_print(question: str, answer: str) -> None:
    source = "\n\n".join(answer.format(who, words) if who else question.format(words) for who, words in BAND)
    assert heard(source, "talk.md") == [QUESTION, KIT, MO, QUESTION, MO, QUESTION, KIT, MO]
    assert words_of(source, "talk.md") == [words for _, words in BAND]


@pytest.mark.parametrize("question", ["**{}**", "## {}"])
def test_one_labelled_answer_below_each_question(question: str) -> None:
    turns = ("Why tea?", "I was cold."), ("And milk?", "Never."), ("Do you drink it?", "Coffee, mostly.")
    source = "\n\n".join(f"{question.format(asked)}\n\n**Ada Finch:** {answer}" for asked, answer in turns)
    assert heard(source, "talk.md") == [QUESTION, ("Ada Finch", ANSWERS)] * 3


@pytest.mark.parametrize("mark", ["**", "*"])
def test_a_question_of_two_paragraphs_above_labelled_answers(mark: str) -> None:
    asked = f"{mark}I was in Leeds.{mark}\n\n{mark}Were you there?{mark}"
    source = f"{asked}\n\nKit Hale: No.\n\nMo Desai: Never.\n\n{mark}And then?{mark}\n\nKit Hale: A bus."
    assert heard(source, "talk.md") == [QUESTION, KIT, MO, QUESTION, KIT]


def test_an_answer_without_a_label_among_those_that_have_one() -> None:
    source = "## Who are you?\n\nI am a dog.\n\n## What do you use?\n\n**Mitch:** A camera.\n\n**Vivian:** A leash.\n\n"
    source += "## And what software?\n\n**Mitch:** None.\n\n**Vivian:** Can I eat it?"
    assert said(source, "talk.md")[:2] == [(*QUESTION, "Who are you?"), (None, ANSWERS, "I am a dog.")]


def test_chapters_that_ask_make_no_guest_of_the_host() -> None:
    talk = "**Dana:** So, bread.\n\n**Marco:** It rises.\n\n**Dana:** I heard that.\n\n**Marco:** It does, I think."
    source = f"## What is bread?\n\n{talk}\n\n## Why bother?\n\n{talk}"
    assert {who for who, _ in heard(source, "talk.md")} == {"Dana", "Marco"}


READERS = (
    ("Lou", "How do you keep slugs off?", "Ducks. I have eleven."),
    ("Bea", "Do the ducks eat the tea?", "They've tried."),
    ("Sam", "And the frost?", "We light candles."),
)


@pytest.mark.parametrize("label", ["{}", "{} (Truro)"])
def test_readers_ask_in_bold_under_their_names(label: str) -> None:
    source = "\n\n".join(f"**{label.format(who)}: {asked}**\n\n{answer}" for who, asked, answer in READERS)
    assert said(source, "talk.md") == [
        turn for who, asked, answer in READERS for turn in ((who, ASKS, asked), (None, ANSWERS, answer))
    ]


@pytest.mark.parametrize(
    "above",
    [
        "Today I'm talking with Marco Ruiz, who runs a bakery in Leadville.",
        "Marco, welcome to the show. It's good to see you.",
        "How does one bake so high up? Marco Ruiz knows.",
    ],
)
def test_questions_without_labels_below_a_lead(above: str) -> None:
    source = (
        f"{above}\n\nMarco Ruiz: Happy to be here.\n\nHow did you end up there?\n\nMarco Ruiz: The car broke down.\n\n"
        "You must have been frightened.\n\nRuiz: I rented a kitchen.\n\nWhat happens to bread? I heard it explodes.\n\n"
        "Ruiz: It rises too fast."
    )
    guest = ("Marco Ruiz", ANSWERS)
    assert heard(source) == [guest, QUESTION, guest, (None, OTHER), guest, QUESTION, guest]


def test_a_first_question_with_more_behind_it() -> None:
    source = (
        "Marco, why up there? I mean, you could bake anywhere.\n\nMR: The car broke down.\n\nAnd you've stayed.\n\n"
        "MR: I have.\n\nTell me about the bread.\n\nMR: It rises too fast."
    )
    assert said(source)[0] == (*QUESTION, "Marco, why up there? I mean, you could bake anywhere.")
    assert {role for who, role in heard(source) if who == "MR"} == {ANSWERS}


def test_a_second_paragraph_that_asks_is_its_speakers_own() -> None:
    source = (
        "Dana: Welcome.\n\nWhat did you bring?\n\nMarco: Bread.\n\nDana: I like bread.\n\nWho taught you?\n\n"
        "Marco: My aunt.\n\nDana: I see.\n\nIs it rye?\n\nMarco: It is."
    )
    assert [who for who, _ in heard(source)] == ["Dana", "Marco"] * 3


@pytest.mark.parametrize("between", ["{}\n{}", "{}\n\n{}", "{}\n\n00:01:{n:02}\n\n{}"])
def test_words_below_a_name_of_their_own_line_are_that_persons(between: str) -> None:
    turns = [
        ("Ann Ek", "Why bees?"),
        ("Bo Lind", "My aunt had some."),
        ("Ann Ek", "And now?"),
        ("Bo Lind", "I have them."),
    ]
    source = "\n\n".join(between.format(*turn, n=n) for n, turn in enumerate(turns * 2))
    assert [who for who, _ in heard(source)] == ["Ann Ek", "Bo Lind"] * 4
