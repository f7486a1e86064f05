"""Labels as people type them: numbered, in small letters, with a title the second time, with brackets in brackets."""

from __future__ import annotations

import pytest

from rag.parsing import parse
from tests.parsing.conversations import ANSWERS, ASKS, BEES, heard, said, words_of

WORDS = [words for pair in BEES for words in pair]


def set_as(question: str, answer: str, between: str = "\n\n") -> str:
    """Set the talk about bees, ``{0}`` being the turn's number and ``{1}`` its words."""
    forms = (question, answer)
    return between.join(forms[(n - 1) % 2].format(n, words) for n, words in enumerate(WORDS, 1))


@pytest.mark.parametrize("between", ["\n\n", "\n"])
@pytest.mark.parametrize(
    ("question", "answer"),
    [("00{} I: {}", "00{} R: {}"), ("{}. Interviewer: {}", "{}. Ruth: {}"), ("{}) ANN EK: {}", "{}) BO LIND: {}")],
)
def test_turns_with_numbers_before_the_label(question: str, answer: str, between: str) -> None:
    source = set_as(question, answer, between)
    assert words_of(source) == WORDS
    assert [role for _, role in heard(source)] == [ASKS, ANSWERS] * len(BEES)


def test_numbers_of_turns_beyond_a_hundred() -> None:
    turns = [
        f"{n:03} {('I', 'Ruth')[n % 2]}: {'And then?' if n % 2 == 0 else 'Then it rained.'}" for n in range(96, 104)
    ]
    assert {who for who, _ in heard("\n".join(turns))} == {"I", "Ruth"}


@pytest.mark.parametrize("name", ["talk.txt", "talk.md"])
def test_labels_behind_bullets(name: str) -> None:
    assert said(set_as("- Ann: {1}", "- Bo: {1}", "\n"), name) == [
        (("Ann", "Bo")[n % 2], (ASKS, ANSWERS)[n % 2], words) for n, words in enumerate(WORDS)
    ]


def test_a_list_behind_bullets_in_an_answer_is_no_change_of_speaker() -> None:
    for names in (("Drums", "Bass", "Voice"), ("Mother", "Father", "Mother", "Father")):
        answer = "It went so.\n\n" + "\n".join(f"- {name}: it is hot." for name in names)
        source = f"Ann: Who said what?\n\nBo: {answer}\n\nAnn: And the bear?\n\nBo: He only listened."
        assert words_of(source)[1] == " ".join(answer.split())


def test_the_hours_of_a_day_in_an_answer_are_no_change_of_speaker() -> None:
    day = "\n\n".join(f"{hour}:30\nCoffee\nBlack." for hour in (10, 11, 12))
    source = f"Ann: What is your day?\n\nBo: Always the same.\n\n{day}\n\nAnn: And then?\n\nBo: Coffee."
    assert {who for who, _ in heard(source)} == {"Ann", "Bo"}


def test_a_picture_beside_a_name_is_no_part_of_it() -> None:
    assert heard(set_as("ANN 🎤: {1}", "BO 🐝: {1}"))[:2] == [("ANN", ASKS), ("BO", ANSWERS)]


def test_labels_in_small_letters() -> None:
    assert heard(set_as("interviewer: {1}", "maria: {1}", "\n")) == [("interviewer", ASKS), ("maria", ANSWERS)] * 3


@pytest.mark.parametrize(
    ("whole", "short"),
    [("Dr. John Smith", "Dr. Smith"), ("Jan van der Berg", "van der Berg"), ("Professor Ida Holm", "Professor Holm")],
)
def test_a_name_given_whole_once_and_with_its_title_from_there_on(whole: str, short: str) -> None:
    source = set_as("Ann Ek: {1}", f"{short}: {{1}}").replace(short, whole, 1)
    assert parse(source.encode(), "talk.txt").interviewees == (whole,)


def test_two_people_of_one_surname_stay_two() -> None:
    turns = ("Ann Ek: Who?", "Dr. John Smith: I.", "Mr. Smith: And I.", "Ann Ek: Both?", "Mr. Smith: Yes, both of us.")
    assert "Mr. Smith" in {who for who, _ in heard("\n\n".join((*turns, "Dr. John Smith: Yes.", "Ann Ek: Good.")))}


def test_a_riding_in_brackets_inside_brackets() -> None:
    source = (
        "The Chair (Mr. Alan Poe (Elk River, Lib.)): Order. Ms. Hart, ten minutes.\n\nMs. Joan Hart: Thank you.\n\n"
        "The Chair: Mr. Dubé.\n\nMr. Luc Dubé (Gaspé, BQ): How many were hurt?\n\nMs. Joan Hart: Forty-one.\n\n"
        "Mr. Luc Dubé: And what was done?\n\nMs. Joan Hart: They sent flowers."
    )
    assert said(source)[0][::2] == ("The Chair", "Order. Ms. Hart, ten minutes.")


@pytest.mark.parametrize("form", ["**{}:**\n\n> {}", "**{}**\n\n> {}"])
def test_words_in_block_quotations_below_the_names(form: str) -> None:
    source = "\n\n".join(form.format(("Sam", "Lea")[n % 2], words) for n, words in enumerate(WORDS))
    assert said(source, "talk.md") == [
        (("Sam", "Lea")[n % 2], (ASKS, ANSWERS)[n % 2], words) for n, words in enumerate(WORDS)
    ]


def test_names_in_bold_with_a_time_above_their_words() -> None:
    turns = "\n\n".join(
        f"**{('Sam Ito', 'Lea Novak')[n % 2]}** [00:0{n}:00]\n{words}" for n, words in enumerate(WORDS[:4])
    )
    assert heard(f"## [00:00] Welcome\n\n{turns}", "talk.md") == [("Sam Ito", ASKS), ("Lea Novak", ANSWERS)] * 2


def test_the_byline_of_who_asks_is_not_who_answers() -> None:
    source = "# Bienen\n\nInterview: Carla Voss\n\n**Warum Bienen?**\n\nDarum.\n\n**Und heute?**\n\nHeute auch."
    assert "Carla Voss" not in {who for who, role in heard(source, "talk.md") if role is ANSWERS}


def test_a_title_says_whose_interview_it_is() -> None:
    source = "# Interview: Jon Yu\n\n**Why bees?**\n\nMy aunt had some.\n\n**And now?**\n\nNow I have them."
    assert heard(source, "talk.md")[1] == ("Jon Yu", ANSWERS)


def test_dashes_on_the_questions_only_in_japanese() -> None:
    source = "――お生まれはどちらですか。\n\n北海道です。\n\n――夢は何でしたか。\n\n漁師でした。\n\n――今は?\n\n本屋です。"
    assert said(source) == [
        (None, ASKS, "お生まれはどちらですか。"),
        (None, ANSWERS, "北海道です。"),
        (None, ASKS, "夢は何でしたか。"),
        (None, ANSWERS, "漁師でした。"),
        (None, ASKS, "今は?"),
        (None, ANSWERS, "本屋です。"),
    ]


def test_initials_of_a_double_first_name() -> None:
    source = (
        "Le Soir : Pourquoi ?\n\nJean-Luc Petit : Je ne dormais plus.\n\nLe Soir : Et ensuite ?\n\n"
        "J.-L. P. : J'ai acheté une ferme.\n\nLe Soir : Où ?\n\nJ.-L. P. : Dans le Cantal."
    )
    assert {who for who, _ in heard(source)} == {"Le Soir", "Jean-Luc Petit"}


def test_who_reports_is_told_in_the_programmes_head() -> None:
    source = (
        "TRANSMISSION: Tuesday 5th March 2019\n\nREPORTER: Jane Deakin\nPRODUCER: Sally Chen\n\n"
        "DEAKIN: The gates are shut.\n\nBOOTH: They told me on Friday.\n\nDEAKIN: How?\n\nBOOTH: By letter."
    )
    assert heard(source) == [("Jane Deakin", ASKS), ("BOOTH", ANSWERS)] * 2


def test_an_exported_chat_has_day_and_time_before_the_name() -> None:
    source = (
        "[2024-03-02, 10:14:05] Lena: how did you find it?\n[2024-03-02, 10:15:40] Mikkel Toft: behind the stove\n"
        "[2024-03-02, 10:16:30] Lena: did you read it?\n[2024-03-02, 10:17:11] Mikkel Toft: not before he came"
    )
    assert heard(source) == [("Lena", ASKS), ("Mikkel Toft", ANSWERS)] * 2


def test_a_table_with_a_column_of_times_before_the_speakers() -> None:
    source = (
        "| Time | Speaker | Text |\n|---|---|---|\n| 00:01 | Interviewer | How was the harvest? |\n"
        "| 00:04 | Tomas Lis | Late. |\n| 00:10 | Interviewer | And the price? |\n| 00:12 | Tomas Lis | A joke. |\n"
    )
    assert said(source, "harvest.md") == [
        ("Interviewer", ASKS, "How was the harvest?"),
        ("Tomas Lis", ANSWERS, "Late."),
        ("Interviewer", ASKS, "And the price?"),
        ("Tomas Lis", ANSWERS, "A joke."),
    ]


@pytest.mark.parametrize("sign", [":", "."])
def test_an_answer_in_the_line_of_its_question_is_the_answer(sign: str) -> None:
    source = "\n\n".join(f"Q{sign} {question} A{sign} {answer}" for question, answer in BEES)
    assert said(source) == [
        turn for question, answer in BEES for turn in ((None, ASKS, question), (None, ANSWERS, answer))
    ]


def test_a_letter_in_a_question_is_no_answer() -> None:
    source = "\n\n".join(f"Q: {question}\n\nA: {answer}" for question, answer in BEES)
    source = source.replace("Were you afraid?", "Were you afraid? A: of what, I wonder?")
    assert words_of(source)[2] == "Were you afraid? A: of what, I wonder?"


def test_initials_without_a_mark_behind_them() -> None:
    source = (
        "J.B. When did you meet him?\n\nT.N. In 1953. He was cutting film.\n\nHe had lost the scissors.\n\n"
        "J.B. He frightened people.\n\nT.N. Should I have laughed?\n\nJ.B. What did he say?\n\nT.N. Sit down, boy."
    )
    assert heard(source) == [("J.B.", ASKS), ("T.N.", ANSWERS)] * 3
    assert words_of(source)[1] == "In 1953. He was cutting film. He had lost the scissors."


def test_a_name_with_initials_that_opens_a_paragraph_is_no_label() -> None:
    asked = [f"{question}\n\n{answer}" for question, answer in BEES]
    source = "\n\n".join(
        (*asked, "Who taught you?", "J.B. Pell did.", "And the wax?", "J.B. Pell again, and T.S. Orr.")
    )
    assert words_of(source)[-1] == "J.B. Pell again, and T.S. Orr."


def test_a_deposition_begins_with_its_first_question() -> None:
    source = "BY MR. SANTOS:\nQ.   Where did you work\nin April?\n\nA.   At the elevator.\n\n"
    source += "BY MR. SANTOS:\nQ.   What color was it?\n\nA.   Green."
    assert [words for _, _, words in said(source)] == [
        "Where did you work in April?",
        "At the elevator.",
        "What color was it?",
        "Green.",
    ]


def test_letters_spelt_out_above_the_talk_are_nobodys_words() -> None:
    talk = "\n\n".join(f"L: {question}\n\nY: {answer}" for question, answer in BEES)
    assert [words for _, _, words in said(f"L: Marta Lind\nY: Jon Yu\n\n{talk}")] == [w for pair in BEES for w in pair]
