"""People whose names are words for something else: keys, markers, bystanders; and names in small letters."""

from __future__ import annotations

import pytest

from rag.parsing import parse
from tests.parsing.conversations import ANSWERS, ASKS, heard, said, words_of

TALK = (
    ("Where were you born?", "I was born in St. Louis, above my father's shop."),
    ("When did you start to play?", "I started in 1948, when I was sitting in a bar.\n\nNobody else would."),
    ("And the band?", "They came from the church, all four of them. Who else would have come?"),
    ("Were they good?", "They were better than I was, and they knew it."),
)


def talk(asks: str, answers: str) -> str:
    """Set the talk with labels that end as they are to end."""
    return "\n\n".join(f"{asks} {question}\n\n{answers} {answer}" for question, answer in TALK)


ASKED = [" ".join(words.split()) for pair in TALK for words in pair]


@pytest.mark.parametrize("name", ["PRICE", "PAGE", "READ", "MARCH", "RULE", "Price", "SONG", "SAMPLE"])
def test_a_surname_that_is_a_key_or_a_marker_elsewhere(name: str) -> None:
    other = "STUDS HARTE" if name.isupper() else "Studs Harte"
    assert said(talk(f"{other}:", f"{name}:")) == [
        ((other, name)[n % 2], (ASKS, ANSWERS)[n % 2], words) for n, words in enumerate(ASKED)
    ]


@pytest.mark.parametrize("name", ["Celine Song", "Jo Sample", "Ana Break", 'Robert "Bob" Hale', "Robert “Bob” Hale"])
@pytest.mark.parametrize("form", ["{}:", "**{}:**", "{}\n", "{} (00:01:02)", "{} [01:02]:"])
def test_a_whole_name_with_such_a_surname_or_a_nickname(name: str, form: str) -> None:
    file = "talk.txt" if form.endswith("\n") else "talk.md"
    assert said(talk(form.format("Jo Ekman"), form.format(name)), file) == [
        (("Jo Ekman", name)[n % 2], (ASKS, ANSWERS)[n % 2], words) for n, words in enumerate(ASKED)
    ]


def test_who_is_known_to_take_part_needs_no_other_sign() -> None:
    source = "Interviewer: Jo Ekman\nInterviewee: Celine Song\n\nJo Ekman: Tell us of it.\n\nCeline Song: I began."
    assert said(source) == [("Jo Ekman", ASKS, "Tell us of it."), ("Celine Song", ANSWERS, "I began.")]


@pytest.mark.parametrize("name", ["Lee Child", "Julia Child", "Margaret Court", "Ann Clerk"])
def test_a_surname_that_is_a_bystanders_word(name: str) -> None:
    assert [role for _, role in heard(talk("Jane Dorn:", f"{name}:"))] == [ASKS, ANSWERS] * len(TALK)


@pytest.mark.parametrize("key", ["NOTE", "Price", "Tip", "RESULT"])
def test_a_key_of_a_list_in_an_answer_stays_one(key: str) -> None:
    answer = f"There were three.\n\n{key}: four dollars and a half, of course.\n\n{key}: nine.\n\n{key}: ten and a bit."
    source = talk("Studs Harte:", "Ada Lund:") + f"\n\nStuds Harte: What did it cost?\n\nAda Lund: {answer}"
    assert {who for who, _ in heard(source)} == {"Studs Harte", "Ada Lund"}


def test_a_myth_and_the_fact_below_it_are_no_talk() -> None:
    answer = "\n\n".join("Myth: Do bees die of the cold?\n\nFact: They keep warm, all of them." for _ in range(3))
    source = talk("Studs Harte:", "Ada Lund:") + f"\n\nStuds Harte: What else?\n\nAda Lund: So.\n\n{answer}"
    assert {who for who, _ in heard(source)} == {"Studs Harte", "Ada Lund"}


@pytest.mark.parametrize("marker", ["Break", "Sound Sample", "Theme Song"])
def test_a_marker_stays_nobodys(marker: str) -> None:
    source = talk("Studs Harte:", "Ada Lund:").replace("Studs Harte: And", f"{marker}: two minutes\n\nStuds Harte: And")
    source = source.replace("Studs Harte: Were", f"{marker}: the gate falls shut\n\nStuds Harte: Were")
    assert words_of(source) == ASKED


SMALL = (
    ("ezra kline", "Welcome to the show. Why did you write this book now?"),
    ("ta-nehisi croft", "Because I went to Dakar. I was afraid of it. Who wouldn't be?"),
    ("ezra kline", "And then?"),
    ("ta-nehisi croft", "Then I came home."),
    ("archived recording", "We shall go to the moon."),
    ("ezra kline", "Were you glad?"),
    ("ta-nehisi croft", "I was."),
)


@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_names_in_small_letters_above_the_words(between: str) -> None:
    source = "\n\n".join(f"{name}{between}{words}" for name, words in SMALL)
    turns = said(f"A talk about Dakar\n\n{source}", "talk.txt" if between == "\n" else "talk.md")
    assert [(who, words) for who, _, words in turns] == list(SMALL)
    assert [role for who, role, _ in turns if who == "ta-nehisi croft"] == [ANSWERS] * 3
    written = source.replace("the show.", "the show. I’m Ezra Kline.")
    assert parse(written.encode(), "talk.txt").interviewers == ("Ezra Kline",)


def test_captions_in_small_letters_name_nobody() -> None:
    lines = ("so we went there", "thank you", "and it was late", "all right", "he said") * 4
    source = talk("Studs Harte:", "Ada Lund:") + "\n\nAda Lund: " + "\n\n".join(lines)
    assert {who for who, _ in heard(source)} == {"Studs Harte", "Ada Lund"}


# Words for nobody in particular


@pytest.mark.parametrize("word", ["Participant", "NARRATOR", "Student", "The Narrator", "Speaker"])
def test_the_only_one_beside_an_interviewer_answers(word: str) -> None:
    assert heard(talk("Interviewer:", f"{word}:")) == [("Interviewer", ASKS), (word, ANSWERS)] * len(TALK)
    passing = talk("Interviewer:", f"{word}:") + "\n\nUNIDENTIFIED MALE: Supper.\n\nOperator: The line is free."
    assert [role for who, role in heard(passing) if who == word] == [ANSWERS] * len(TALK)


def test_two_of_whom_one_goes_by_such_a_word_are_told_by_their_talk() -> None:
    assert heard(talk("Jane Dorn:", "Participant:")) == [("Jane Dorn", ASKS), ("Participant", ANSWERS)] * len(TALK)


def test_an_announcer_or_a_caller_who_asks_is_not_who_is_interviewed() -> None:
    assert ANSWERS not in {role for who, role in heard(talk("Host:", "Announcer:")) if who == "Announcer"}
    turned = "\n\n".join(f"Caller: {question}\n\nHost: {answer}" for question, answer in TALK)
    assert ANSWERS not in {role for who, role in heard(turned) if who == "Caller"}
    assert ANSWERS not in {role for who, role in heard(talk("Interviewer:", "UNIDENTIFIED MALE:")) if role is not ASKS}
