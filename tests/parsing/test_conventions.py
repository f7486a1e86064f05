"""Every way in which text tells turns apart: who speaks, in what role, and exactly which words."""

from __future__ import annotations

import pytest

from rag.datatypes import Interview
from rag.errors import ParseError
from rag.parsing import ParseOptions, parse

Said = list[tuple[str | None, str, str]]


def said(text: str, name: str = "talk.txt", options: ParseOptions | None = None) -> Said:
    """Return (speaker, role, words) of every turn."""
    interview = parsed(text, name, options)
    return [(t.speaker, t.role.value, interview.text[t.start : t.end]) for t in interview.turns]


def parsed(text: str, name: str = "talk.txt", options: ParseOptions | None = None) -> Interview:
    return parse(text.encode(), name, options or ParseOptions())


Q1, A1 = "How did you come to keep bees?", "My aunt left me two hives, and I could not give them away."
Q2, A2 = (
    "What do people get wrong about them?",
    "They think bees are gentle. Ours were not.\n\nThe first summer I was stung forty times.",
)
Q3, A3 = "Tell us about the winter.", "We lost one hive in the frost of 1998."
Q4, A4 = "Would you do it again?", "Yes."
QUESTIONS, ANSWERS = (Q1, Q2, Q3, Q4), (A1, A2, A3, A4)
ROLES = ["interviewer", "interviewee"] * 4


def written(question: str, answer: str, between: str = "\n\n") -> str:
    """Write the talk with a mark before each question and each answer."""
    return between.join(part for q, a in zip(QUESTIONS, ANSWERS, strict=True) for part in (question + q, answer + a))


@pytest.mark.parametrize("dash", ["- ", "– ", "— ", "-", "–", "—", "-\u00a0", "–\u00a0", "― "])
def test_dashes_on_both_turns(dash: str) -> None:
    turns = said(written(dash, dash))
    assert [words for _, _, words in turns] == [w for pair in zip(QUESTIONS, ANSWERS, strict=True) for w in pair]
    assert [role for _, role, _ in turns] == ROLES


def test_a_dash_with_and_one_without_a_no_break_space() -> None:
    assert [role for _, role, _ in said(written("- ", "-\u00a0"))] == ROLES


@pytest.mark.parametrize("mark", ["- ", "— ", "Q: ", "Q. ", "INTERVIEWER: ", "Question: "])
def test_marks_on_the_questions_only(mark: str) -> None:
    turns = said(written(mark, ""))
    assert [role for _, role, _ in turns] == ROLES
    assert [words for _, _, words in turns][1::2] == list(ANSWERS)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Q: ", "A: "),
        ("Q. ", "A. "),
        ("Q.\t", "A.\t"),
        ("Q\t", "A\t"),
        ("**Q:** ", "**A:** "),
        ("Question: ", "Answer: "),
        ("Q - ", "A - "),
        ("INTERVIEWER: ", "INTERVIEWEE: "),
        ("Interviewer: ", "Respondent: "),
        ("[Interviewer] ", "[Guest] "),
        ("Host: ", "Guest: "),
    ],
)
def test_letters_and_words_for_the_two_sides(question: str, answer: str) -> None:
    turns = said(written(question, answer))
    assert [role for _, role, _ in turns] == ROLES
    assert [words for _, _, words in turns] == [w for pair in zip(QUESTIONS, ANSWERS, strict=True) for w in pair]


@pytest.mark.parametrize("between", ["\n\n", "\n"])
@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("MARTA LIND: ", "JON YU: "),
        ("Marta Lind: ", "Jon Yu: "),
        ("ML: ", "JY: "),
        ("M.L.: ", "J.Y.: "),
        ("LIND: ", "YU: "),
        ("**Marta Lind:** ", "**Jon Yu:** "),
        ("**Marta Lind**: ", "**Jon Yu**: "),
        ("[00:01:02] Marta Lind: ", "[00:01:30] Jon Yu: "),
        ("00:01:02 Marta Lind: ", "00:01:30 Jon Yu: "),
        ("Marta Lind (00:01:02): ", "Jon Yu (00:01:30): "),
        ("Marta Lind [00:01:02]: ", "Jon Yu [00:01:30]: "),
        ("Marta Lind  0:04\n", "Jon Yu  1:12\n"),
        ("Marta Lind\n", "Jon Yu\n"),
        ("Marta Lind – ", "Jon Yu – "),
        (">> MARTA LIND: ", ">> JON YU: "),
        ("Speaker 1: ", "Speaker 2: "),
        ("Marta Lind：", "Jon Yu："),
    ],
)
def test_names_and_initials(question: str, answer: str, between: str) -> None:
    turns = said(written(question, answer, between))
    assert [words for _, _, words in turns] == [w for pair in zip(QUESTIONS, ANSWERS, strict=True) for w in pair]
    assert len({speaker for speaker, _, _ in turns}) == 2
    assert [role for _, role, _ in turns] == ROLES


def test_bold_questions() -> None:
    turns = said(written("**", "").replace("?\n", "?**\n").replace("winter.\n", "winter.**\n"))
    assert [role for _, role, _ in turns] == ROLES
    assert [words for _, _, words in turns][::2] == list(QUESTIONS)


@pytest.mark.parametrize("form", ["{}. ", "{}) ", "({}) ", "Q{}. ", "Q{}: "])
def test_numbered_questions(form: str) -> None:
    text = "\n\n".join(
        f"{form.format(n)}{q}\n\n{a}" for n, (q, a) in enumerate(zip(QUESTIONS, ANSWERS, strict=True), 1)
    )
    turns = said(text)
    assert [role for _, role, _ in turns] == ROLES
    assert [words for _, _, words in turns][::2] == list(QUESTIONS)


def test_questions_and_answers_parted_by_blank_lines() -> None:
    turns = said(written("", ""))
    assert [role for _, role, _ in turns] == ROLES


def test_one_turn_a_line_without_blank_lines() -> None:
    turns = said("\n".join([Q1, A1, "And the neighbours, what did they say?", "Nothing at all.", Q4, A4]))
    assert [role for _, role, _ in turns] == ["interviewer", "interviewee"] * 3


def test_lines_wrapped_by_hand_stay_together() -> None:
    turns = said(
        "LIND: How did you come to keep bees, and why did\nyou go on after the first summer?\n\n"
        "YU: My aunt left me two hives, and I could not\ngive them away. Then I grew fond of them, as one\ndoes.\n\n"
        "LIND: Would you do it again?\n\nYU: Yes, and I would\nstart earlier."
    )
    assert [(who, words.count("\n")) for who, _, words in turns] == [("LIND", 1), ("YU", 2), ("LIND", 0), ("YU", 1)]


def test_first_names_and_surnames_become_the_full_name_of_the_header() -> None:
    text = "Interviewer: Marta Lind\nInterviewee: Jon Yu\nDate: 3 May 1999\n\n" + written("ML: ", "JY: ")
    interview = parsed(text)
    assert interview.interviewers == ("Marta Lind",)
    assert interview.interviewees == ("Jon Yu",)
    assert len(interview.turns) == 8


def test_a_surname_becomes_the_full_name_of_its_first_label() -> None:
    text = (
        "ANNA BLIX, NEWS ANCHOR: Welcome to the programme. With us is the pilot Tom Ek. How was the flight?\n\n"
        "TOM EK, PILOT: It was long, and we saw nothing but water for nine hours.\n\n"
        "BLIX (voice-over): What did you eat?\n\nEK (through translator): Cheese (ph) and [inaudible] bread.\n\n"
        "(COMMERCIAL BREAK)\n\nBLIX: Will you fly again?\n\nEK: Tomorrow."
    )
    interview = parsed(text)
    assert interview.interviewers == ("ANNA BLIX",)
    assert interview.interviewees == ("Tom Ek",)
    assert interview.description("Tom Ek") == "PILOT"
    assert all("COMMERCIAL" not in interview.text[t.start : t.end] for t in interview.turns)


def test_stage_directions_inside_a_turn_stay_word_for_word() -> None:
    answer = "They were [laughter] not gentle (ph)."
    turns = said(f"Marta Lind: Were they gentle?\n\nJon Yu: {answer}\n\nMarta Lind: Why?\n\nJon Yu: Bees.")
    assert ("Jon Yu", "interviewee", answer) in turns


@pytest.mark.parametrize(
    "line",
    [
        "Note: the hives are gone.",
        "Warning: do not open it.",
        "http://example.org says so.",
        "He said: leave them alone.",
        "10:30 was the hour.",
        "Two things: smoke and patience.",
    ],
)
def test_a_colon_alone_makes_no_label(line: str) -> None:
    turns = said(f"LIND: {Q1}\n\nYU: {A1}\n\n{line}\n\nLIND: {Q4}\n\nYU: {A4}")
    assert [who for who, _, _ in turns] == ["LIND", "YU", "LIND", "YU"]
    assert turns[1][2].endswith(line)


def test_a_name_that_is_merely_mentioned_is_no_label() -> None:
    turns = said(
        f"Marta Lind: {Q1}\n\nJon Yu: I asked Karl Ek. Karl Ek: a fine man.\n\nMarta Lind: {Q4}\n\nJon Yu: Yes."
    )
    assert {who for who, _, _ in turns} == {"Marta Lind", "Jon Yu"}


def test_headings_among_labelled_turns_are_sections() -> None:
    interview = parsed(f"The bee keeper\n\nLIND: {Q1}\n\nYU: {A1}\n\nThe hard winters\n\nLIND: {Q3}\n\nYU: {A3}")
    assert [t.section for t in interview.turns] == [None, None, "The hard winters", "The hard winters"]
    assert interview.title == "The bee keeper"


def test_a_closing_note_of_the_editors_is_no_turn() -> None:
    turns = said(
        f"LIND: {Q1}\n\nYU: {A1}\n\nLIND: {Q4}\n\nYU: {A4}\n\nThis interview has been edited for length and clarity."
    )
    assert turns[-1][2] == A4


def test_a_list_in_an_answer_is_no_change_of_speaker() -> None:
    turns = said(
        f"- {Q1}\n\n- Three things helped:\n- smoke;\n- patience;\n- luck.\n\n- {Q2}\n\n- {A3}\n\n- {Q4}\n\n- {A4}"
    )
    assert [role for _, role, _ in turns] == ["interviewer", "interviewee"] * 3


def test_a_question_without_its_mark_does_not_turn_the_sides_round() -> None:
    text = f"- {Q1}\n\n- {A2}\n\n- I would like to come back to the winter…\n\n- {A3 * 5}\n\n- {Q4}\n\n- {A2}"
    assert [role for _, role, _ in said(text)] == ["interviewer", "interviewee"] * 3


def test_a_panel_has_one_interviewer_and_several_guests() -> None:
    rounds = [
        ("Marta Lind", "Welcome to the show. My guests today are Jon Yu and Ida Holm. What brought you to bees?"),
        ("Jon Yu", "Thanks for having me. " + A2 * 2),
        (
            "Ida Holm",
            "Great to be here. I was a teacher, and the school had a garden, and in the garden stood a hive." * 2,
        ),
        ("Marta Lind", "And what do you do in winter?"),
        ("Ida Holm", "We wait, and we read, and we mend the frames, and now and then somebody looks after them." * 2),
        ("Jon Yu", A3 * 3),
        ("Marta Lind", "Would you do it again?"),
        ("Jon Yu", "I would, but with a better veil and with somebody who knows what they are doing."),
        ("Ida Holm", "Every year I say no, and every year I do it again, and I have stopped wondering why."),
    ]
    interview = parsed("\n\n".join(f"{who}: {words}" for who, words in rounds))
    assert interview.interviewers == ("Marta Lind",)
    assert interview.interviewees == ("Jon Yu", "Ida Holm")


def test_where_nobody_asks_nobody_is_the_interviewer() -> None:
    lines = [
        "I think it rained all week.",
        "It did rain, and the river rose.",
        "We sat in the kitchen then.",
        "And we played cards.",
    ]
    turns = said("\n\n".join(f"{who}: {w} {w}" for who, w in zip(["Ann Ek", "Bo Lind"] * 2, lines, strict=True)))
    assert {role for _, role, _ in turns} == {"other"}
    assert [who for who, _, _ in turns] == ["Ann Ek", "Bo Lind"] * 2


def test_roles_are_corrected_by_name() -> None:
    text = written("Marta Lind: ", "Jon Yu: ")
    interview = parsed(text, options=ParseOptions(interviewers=("Yu",)))
    assert interview.interviewers == ("Jon Yu",)
    assert interview.interviewees == ("Marta Lind",)


def test_the_names_of_unlabelled_sides_can_be_given() -> None:
    interview = parsed(
        written("- ", "- "), options=ParseOptions(interviewers=("Marta Lind",), interviewees=("Jon Yu",))
    )
    assert interview.interviewers == ("Marta Lind",)
    assert interview.interviewees == ("Jon Yu",)


def test_a_transcript_with_times_and_no_speakers_is_nobodys() -> None:
    text = "\n\n".join(
        f"00:0{n // 60}:{n % 60:02} I kept bees for {n} years and then I stopped." for n in range(0, 60, 5)
    )
    interview = parsed(text)
    assert {(t.speaker, t.role.value) for t in interview.turns} == {(None, "other")}
    assert interview.time_at(interview.turns[-1].end - 1) == 55.0
    assert not interview.text[interview.turns[0].start].isdigit()


PROSE = (
    "The bees came in May. Nobody had ordered them. They settled in the chimney, and there they stayed.\n\n"
    "My aunt knew what to do. She had kept bees as a girl, in the hills, where everybody did.\n\n"
    "What was there to say? We let them stay. By July we had honey in every jar of the house.\n\n"
    "In autumn they left as they had come."
)


def test_plain_prose_is_refused_with_a_hint() -> None:
    with pytest.raises(ParseError, match="--speaker"):
        parsed(PROSE)


def test_prose_becomes_one_speakers_with_the_option() -> None:
    interview = parsed(PROSE, options=ParseOptions(speaker="Ida Holm"))
    assert [(t.speaker, t.role.value) for t in interview.turns] == [("Ida Holm", "interviewee")]
    assert interview.text[interview.turns[0].start : interview.turns[0].end] == PROSE


def test_right_to_left_text() -> None:
    turns = said(
        "سارة: كيف بدأت؟\n\nعمر: بدأت صغيرا في القرية مع جدي.\n\nسارة: ولماذا تركت القرية؟\n\nعمر: من أجل المدرسة."
    )
    assert [(who, role) for who, role, _ in turns] == [("سارة", "interviewer"), ("عمر", "interviewee")] * 2


def test_windows_line_ends_keep_their_offsets() -> None:
    text = written("LIND: ", "YU: ").replace("\n", "\r\n")
    interview = parsed(text)
    assert interview.text == text
    assert next(interview.text[t.start : t.end] for t in interview.turns) == Q1


def test_a_bold_label_that_comes_once_is_a_speaker_and_a_break_is_none() -> None:
    turns = said(
        f"**Marta Lind:** {Q1}\n\n**Jon Yu:** {A1}\n\n**Break:** \\[10:02\\]\n\n**Ida Holm:** I am late.\n\n"
        f"**Marta Lind:** {Q4}\n\n**Jon Yu:** \\[12:30\\] {A4}",
        "talk.md",
    )
    assert [who for who, _, _ in turns] == ["Marta Lind", "Jon Yu", "Ida Holm", "Marta Lind", "Jon Yu"]
    assert turns[-1][2] == A4


def test_a_lead_says_who_interviews_whom() -> None:
    text = "Jon Yu, The Art of Bees\nInterviewed by Marta Lind\n\nHe lives by the sea.\n\n" + written(
        "INTERVIEWER\n\n", "YU\n\n"
    )
    interview = parsed(text)
    assert interview.interviewers == ("Marta Lind",)
    assert interview.interviewees == ("Jon Yu",)
    assert interview.title == "Jon Yu, The Art of Bees"


@pytest.mark.parametrize(
    "words", ["subject to the following restrictions", "a look at the hives", "Answer “yes” or “no”"]
)
def test_a_phrase_that_holds_a_word_for_a_side_is_no_label(words: str) -> None:
    with pytest.raises(ParseError, match="--speaker"):
        parsed(f"{words}: bees may not be moved in May.\n\n{words}: hives may not be sold.\n\nThat is all.")
