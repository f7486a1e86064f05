"""A head that names two people doesn't say who asks; who is only present asks and answers nothing."""

from __future__ import annotations

import pytest

from tests.parsing.conversations import ANSWERS, ASKS, BEES, OTHER, heard, words_of

LABELLED = "\n\n".join(f"Lind: {question}\n\nYu: {answer}" for question, answer in BEES)
LETTERS = "\n\n".join(f"Q. {question}\n\nA. {answer}" for question, answer in BEES)
BOLD = "\n\n".join(f"**{question}**\n\n{answer}" for question, answer in BEES)


@pytest.mark.parametrize(
    "head",
    [
        "{0} in conversation with {1}",
        "{0}, who lives on a roof, in conversation with {1}",
        "A LIFE WITH BEES\n{0} in conversation with {1}\nRecorded in May 2015",
        "{0} talks to {1}",
        "{0} spoke to {1} on a roof",
        "{0} speaks to {1} about the bees",
        "{0} sat down with {1} in May",
        "{0} gave an interview to {1}",
        "{0}, in an interview with {1}, tells of the roof",
        "In conversation with {1}, {0} tells of the roof",
    ],
)
@pytest.mark.parametrize("names", [("Marta Lind", "Jon Yu"), ("Jon Yu", "Marta Lind")])
def test_two_names_in_a_head_leave_it_to_the_talk_who_asks(head: str, names: tuple[str, str]) -> None:
    head = head.format(*names)
    assert heard(f"{head}\n\n{LABELLED}") == [("Marta Lind", ASKS), ("Jon Yu", ANSWERS)] * 3
    assert heard(f"{head}\n\n{LETTERS}") == [(None, ASKS), (None, ANSWERS)] * 3


@pytest.mark.parametrize("head", ["Interview with Marta Lind", "A conversation with Marta Lind"])
def test_a_head_that_the_talk_belies_is_not_believed(head: str) -> None:
    assert heard(f"{head}\n\n{LABELLED}") == [("Marta Lind", ASKS), ("Yu", ANSWERS)] * 3


@pytest.mark.parametrize(
    "head",
    [
        "In conversation with Jon Yu",
        "We sat down with Jon Yu on his roof.",
        "The Long Table: a conversation with Jon Yu",
        "Marta Lind keeps bees, too. We spoke to Jon Yu on his roof.",
        "A Conversation with Jon Yu By Marta Lind",
    ],
)
@pytest.mark.parametrize("talk", [LETTERS, BOLD])
def test_one_name_in_a_head_is_who_answers(head: str, talk: str) -> None:
    assert {who for who, role in heard(f"{head}\n\n{talk}", "talk.md") if role is ANSWERS} == {"Jon Yu"}


# Names for Q and A, where it is sure whose they are


@pytest.mark.parametrize(
    "head", ["Jon Yu interviewed by Marta Lind", "Jon Yu, keeper of bees, was interviewed by Marta Lind"]
)
@pytest.mark.parametrize("talk", [LETTERS, BOLD])
def test_who_was_interviewed_by_whom(head: str, talk: str) -> None:
    assert heard(f"{head}\n\n{talk}", "talk.md") == [("Marta Lind", ASKS), ("Jon Yu", ANSWERS)] * 3


@pytest.mark.parametrize("first", ["Q. What is your full name?\n\nA. Jon Elias Yu.", "Q. Ready, Mr. Yu?\n\nA. Yes."])
def test_an_oral_history_is_of_whoever_is_called_so(first: str) -> None:
    source = f"Oral History of Jon Yu\nInterviewed by Marta Lind\n\n{first}\n\n{LETTERS}"
    assert heard(source) == [("Marta Lind", ASKS), ("Jon Yu", ANSWERS)] * 4


@pytest.mark.parametrize("what", ["World War Two", "San Francisco"])
def test_an_oral_history_of_what_nobody_is_called(what: str) -> None:
    source = f"Oral History of {what}\nInterviewed by Marta Lind\n\n{LETTERS} In {what} too."
    assert heard(source) == [("Marta Lind", ASKS), (None, ANSWERS)] * 3


def test_a_magazine_tells_whom_it_met() -> None:
    head = "# “Now they know me”\n\n*By Marta Lind. Hive Weekly, May 2022*\n\n*{} lives on a roof. {}*"
    met = head.format("The beekeeper Jon Yu, 58,", "We met him there in May.")
    assert heard(f"{met}\n\n{BOLD}", "talk.md") == [("Marta Lind", ASKS), ("Jon Yu", ANSWERS)] * 3
    for whom, what in (("The beekeeper Jon Yu, 58,", "Why do we care?"), ("Jon Yu", "We met him there.")):
        assert heard(f"{head.format(whom, what)}\n\n{BOLD}", "talk.md") == [(None, ASKS), (None, ANSWERS)] * 3


# Who is only present


@pytest.mark.parametrize(
    "lines",
    [
        "Interpreter: Farid Nasir\nInterviewer: Marta Lind",
        "Interviewer: Marta Lind\nTranslator: Farid Nasir\nSound: Ann Ek",
        "Camera: Ann Ek\nInterviewer: Marta Lind\nAlso present: Farid Nasir (his nephew)",
        "Interviewer: Marta Lind\nTranslated by: Farid Nasir\nPhotographer: Ann Ek",
    ],
)
def test_a_line_that_names_who_is_present_is_no_turn(lines: str) -> None:
    assert heard(f"Interview with Jon Yu\n{lines}\n\n{LABELLED}") == [("Marta Lind", ASKS), ("Jon Yu", ANSWERS)] * 3


def test_an_interpreter_is_heard_and_does_not_answer() -> None:
    for label in ("INTERPRETER", "NASIR"):
        aside = f"{label}: He says hive. It may be a chest.\n\n"
        talk = LABELLED.replace("Lind: Were", f"{aside}Lind: Were").replace("Lind: And", f"{aside}Lind: And")
        turns = heard(f"Interviewer: Marta Lind\nInterpreter: Farid Nasir\n\n{talk}")
        assert [role for _, role in turns] == [ASKS, ANSWERS, OTHER, ASKS, ANSWERS, OTHER, ASKS, ANSWERS]


def test_a_list_of_things_in_an_answer_is_no_head() -> None:
    kit = "Sound: Rode Wireless\n\nCamera: Nikon Coolpix"
    assert words_of(f"**What do you carry?**\n\n{kit}\n\n{BOLD}", "talk.md")[1] == " ".join(kit.split())


# What is said to somebody by name


@pytest.mark.parametrize("end", ["txt", "html", "srt"])
@pytest.mark.parametrize("label", ["Host", "Interviewer"])
@pytest.mark.parametrize(
    "words",
    [
        "Dr. Jon Yu, welcome to the programme.",
        "Governor Jon Yu, the roof is closed again.",
        "Mr. Jon Yu, what did you keep up there\nin those days?",
    ],
)
def test_an_opening_turn_to_somebody_by_name_is_no_line_of_a_head(words: str, label: str, end: str) -> None:
    turns = [f"{label}: {words}", "Yu: Thank you. Bees.", f"{label}: And now?", "Yu: Now they know me."]
    source = {
        "txt": "\n\n".join(turns),
        "html": "".join(f"<p>{turn}</p>" for turn in turns),
        "srt": "\n\n".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{turn}" for n, turn in enumerate(turns, 1)),
    }[end]
    assert words_of(source, f"talk.{end}")[0] == " ".join(words.split())
    assert [role for _, role in heard(source, f"talk.{end}")] == [ASKS, ANSWERS] * 2


@pytest.mark.parametrize(
    "what",
    [
        "",
        ", keeper of bees",
        ", author of “Thank You for the Bees”",
        ", PhD",
        " (Hive)",
    ],
)
def test_a_line_of_a_head_may_describe_whom_it_names(what: str) -> None:
    talk = "\n\n".join(f"Interviewer: {question}\n\nInterviewee: {answer}" for question, answer in BEES)
    source = f"Interviewer: Marta Lind, University of Leeds\nInterviewee: Jon Yu{what}\n\n{talk}"
    assert words_of(source) == [words for pair in BEES for words in pair]
    assert {role for who, role in heard(source) if who and who.startswith("Jon Yu")} == {ANSWERS}


# Who talks to whoever wrote it down


@pytest.mark.parametrize("byline", ["By Marta Lind\n\n", ""])
@pytest.mark.parametrize(
    "lead",
    [
        "She talks to Marta Lind about smoke.",
        "Forty hives stand there. He spoke to Marta Lind on the roof.",
        "The keeper of the hives talks to Marta Lind about smoke.",
        "In May, the beekeeper sat down with Marta Lind on the roof.",
    ],
)
@pytest.mark.parametrize("talk", [LETTERS, BOLD])
def test_whoever_somebody_talks_to_may_have_asked(talk: str, lead: str, byline: str) -> None:
    assert "Marta Lind" not in {who for who, role in heard(f"{byline}{lead}\n\n{talk}", "talk.md") if role is ANSWERS}


def test_whoever_wrote_it_down_does_not_answer() -> None:
    source = f"# Smoke on the roof\n\nBy Marta Lind\n\nA conversation with Marta Lind on the roof.\n\n{BOLD}"
    assert heard(source, "talk.md") == [(None, ASKS), (None, ANSWERS)] * len(BEES)


@pytest.mark.parametrize(
    "lead", ["We spoke to Jon Yu.", "Our reporter talks to Jon Yu.", "The reporter spoke to Jon Yu."]
)
def test_whom_a_reporter_talks_to_answers(lead: str) -> None:
    assert heard(f"By Marta Lind\n\n{lead}\n\n{LETTERS}")[1] == ("Jon Yu", ANSWERS)
