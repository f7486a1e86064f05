"""Layouts that people's transcripts really have, in which a turn was once cut wrongly or given to somebody else."""

from __future__ import annotations

import io

import docx
import pytest

from rag.datatypes import Role
from rag.parsing import parse

ASKS, ANSWERS, OTHER = Role.INTERVIEWER, Role.INTERVIEWEE, Role.OTHER

TALK = (
    ("Why did you leave?", "Why does anybody? I was nineteen."),
    ("So you went to Rotterdam.", "I did."),
    ("And how was the winter?", "Cold: I learned Dutch and patience. Have you been there?"),
    ("Never. Is it loud?", "Yes, and I came to like it."),
)
WORDS = [words for pair in TALK for words in pair]
ROLES = [ASKS, ANSWERS] * len(TALK)


def said(source: str | bytes, name: str) -> list[tuple[str | None, Role, str]]:
    """Return (speaker, role, words) of every turn."""
    interview = parse(source if isinstance(source, bytes) else source.encode(), name)
    return [(t.speaker, t.role, " ".join(interview.text[t.start : t.end].split())) for t in interview.turns]


def set_as(question: str, answer: str) -> str:
    """Set the talk with ``{}`` in each form for the words."""
    return "\n\n".join(question.format(q) + "\n\n" + answer.format(a) for q, a in TALK)


@pytest.mark.parametrize(
    ("name", "question", "answer"),
    [
        ("codes.txt", "I: {}", "R: {}"),
        ("participant.txt", "I: {}", "P1: {}"),
        ("small-words.txt", "PR: {}", "TO: {}"),
        ("letters.txt", "Speaker A: {}", "Speaker B: {}"),
        ("whisperx.txt", "[SPEAKER_00]: {}", "[SPEAKER_01]: {}"),
        ("zoom.txt", "[Ann Ek] 10:01:22\n{}", "[Bo Lind] 10:01:29\n{}"),
        ("teams.txt", "0:0:7.30 --> 0:0:9.10\nAnn Ek\n{}", "0:0:9.40 --> 0:0:12.0\nBo Lind\n{}"),
        ("chat.txt", "2024-02-01 10:01:12 Ann Ek: {}", "2024-02-01 10:01:15 Bo Lind: {}"),
        ("columns.txt", "0:00:08  AE  {}", "0:00:15  BL  {}"),
        ("dashes.txt", "Ann Ek – {}", "Bo Lind – {}"),
        ("bold-dash.md", "**Ann Ek** – {}", "**Bo Lind** – {}"),
        ("bold-above.md", "**Ann Ek**\n{}", "**Bo Lind**\n{}"),
        ("headings.md", "### Ann Ek\n\n{}", "### Bo Lind\n\n{}"),
        ("italics.md", "*{}*", "{}"),
        ("italics.txt", "*{}*", "{}"),
        ("italics.html", "<p><em>{}</em></p>", "<p>{}</p>"),
        ("class.html", "<p class='question'>{}</p>", "<p class='answer'>{}</p>"),
        ("quotation.md", "> {}", "{}"),
        ("mail.txt", "> {}", "{}"),
        ("headings-that-state.md", "### {}", "{}"),
        ("inline.md", "**{}**", "{}"),
    ],
)
def test_turns_and_roles_are_told_in_every_layout(name: str, question: str, answer: str) -> None:
    source = set_as(question, answer)
    source = source.replace("**\n\n", "** ") if name.startswith("inline") else source
    turns = said(source, name)
    assert [words for _, _, words in turns] == WORDS
    assert [role for _, role, _ in turns] == ROLES


@pytest.mark.parametrize("layout", ["italics", "style", "headings", "times", "table"])
def test_word_files(layout: str) -> None:
    word = docx.Document()
    word.styles.add_style("Question", 1)
    table = word.add_table(1, 3) if layout == "table" else None
    if table:
        for cell, head in zip(table.rows[0].cells, ("Time", "Speaker", "Text"), strict=True):
            cell.text = head
    for number, words in enumerate(WORDS):
        name = ("Ann Ek", "Dr. Bo Lind")[number % 2]
        if table:
            for cell, what in zip(table.add_row().cells, (f"00:0{number}:00", name, words), strict=True):
                cell.text = what
            continue
        if layout == "headings":
            word.add_paragraph(name, style="Heading 3")
        asking = number % 2 == 0
        paragraph = word.add_paragraph(style="Question" if layout == "style" and asking else None)
        if layout == "times":
            paragraph.add_run(name).bold = True
            paragraph.add_run(f"   {number}:05\n")
        paragraph.add_run(words).italic = layout == "italics" and asking
    file = io.BytesIO()
    word.save(file)
    turns = said(file.getvalue(), "talk.docx")
    assert [words for _, _, words in turns] == WORDS
    assert [role for _, role, _ in turns] == ROLES


def test_an_editors_words_are_nobodys_answer() -> None:
    frame = "# {}\n\n**The builder on tin. It cries.**\n\nBy Carl Voss\n\nThat morning it rained.\n\n{}\n\n{}"
    close = "**Ivo Marek’s workshop is in Krnov.**\n\n*Petr Novák is a writer.*"
    turns = said(frame.format("Ivo Marek", set_as("**{}**", "{}"), close), "magazine.md")
    assert [words for _, _, words in turns][: len(WORDS)] == WORDS
    assert {role for _, role, _ in turns[len(WORDS) :]} <= {OTHER}
    assert not any("rained" in words or "Petr" in words for _, role, words in turns if role is ANSWERS)


def test_speech_with_a_colon_in_it_is_no_label() -> None:
    answers = (
        '"Cold," I\'d say. I learned two things: Dutch and patience.',
        "There were three of us.\n\nDrums: Big Al.\nBass: Little Al.",
        "Mum, I said: it's only paper. Mum knew better.",
        "Yes. Ruth: she never said.",
    )
    source = "\n\n".join(f"Ann Ek: {q}\n\nBo Lind:\n{a}" for (q, _), a in zip(TALK, answers, strict=True))
    turns = said(source, "talk.txt")
    assert [who for who, _, _ in turns] == ["Ann Ek", "Bo Lind"] * len(TALK)
    assert [words for _, _, words in turns[1::2]] == [" ".join(a.split()) for a in answers]


def test_mr_and_mrs_of_one_name_are_two_people() -> None:
    turns = said(
        "JANE DOE: How did you meet?\n\nMR. SMITH: At a dance.\n\nMRS. SMITH: He was late.\n\n"
        "JANE DOE: And the wedding?\n\nMRS. SMITH: In May.\n\nMR. SMITH: In June.",
        "talk.txt",
    )
    assert [who for who, _, _ in turns] == [
        *("JANE DOE", "MR. SMITH", "MRS. SMITH"),
        *("JANE DOE", "MRS. SMITH", "MR. SMITH"),
    ]


def test_a_name_given_whole_only_the_first_time() -> None:
    names = ["INTERVIEWER", "ODILE BRANDT", *["INTERVIEWER", "BRANDT"] * 3]
    turns = said("\n\n".join(f"{who}\n\n{words}" for who, words in zip(names, WORDS, strict=True)), "talk.txt")
    assert [words for _, _, words in turns] == WORDS
    assert [role for _, role, _ in turns] == ROLES


def test_a_panels_head_names_who_asks() -> None:
    turns = said(
        "Moderator: Ingrid Falk\nPanelists: Kofi Mensah (astronomer), Lena Wu (planner)\n\n"
        "Falk: Who owns the night?\n\nWu: The city does. We light it.\n\nMensah: You own the lamps.\n\n"
        "Falk: And the stars?\n\nMensah: They own us.\n\nWu: That's lovely. But who pays?",
        "panel.txt",
    )
    assert [(who, role) for who, role, _ in turns] == [
        *(("Ingrid Falk", ASKS), ("Lena Wu", ANSWERS), ("Kofi Mensah", ANSWERS)),
        *(("Ingrid Falk", ASKS), ("Kofi Mensah", ANSWERS), ("Lena Wu", ANSWERS)),
    ]


def test_a_moderator_who_speaks_is_no_header() -> None:
    turns = said(
        "MODERATOR: Good afternoon.\n\nMODERATOR: First question, Reuters.\n\nREPORTER: Who paid?\n\n"
        "MINISTER ALVES: The region did.\n\nREPORTER: Will you resign?\n\nMINISTER ALVES: No.",
        "press.txt",
    )
    assert turns[1] == ("MODERATOR", ASKS, "First question, Reuters.")


def test_numbered_questions_before_the_name() -> None:
    turns = said(
        "Q1 Chair: Why was the line shut?\n\nHelen Marsh: The wall moved.\n\n"
        "Q2 Chair: Was it foreseen?\n\nHelen Marsh: It was.",
        "evidence.txt",
    )
    assert [who for who, _, _ in turns] == ["Chair", "Helen Marsh"] * 2


def test_a_hearing_with_turns_set_in() -> None:
    turns = said(
        "    The Chairman. The hearing will come to \norder. Dr. Reyes, is it empty?\n"
        "    Dr. Reyes. At this rate, in 26 \nmonths.\n    Mr. Hollis. And then, when all of it \nis gone?\n"
        "    Dr. Reyes. Then the turbines stop, and \nnobody is ready.\n    The Chairman. Ms. Okafor?\n"
        "    Ms. Okafor. I yield back, for I have no \nquestions.",
        "hearing.txt",
    )
    assert [who for who, _, _ in turns] == [
        *("The Chairman", "Dr. Reyes", "Mr. Hollis"),
        *("Dr. Reyes", "The Chairman", "Ms. Okafor"),
    ]


def test_the_reporter_of_a_court_asks_nothing() -> None:
    turns = said(
        "Q. Did you call him?\n\nA. No.\n\nTHE REPORTER: Could you repeat?\n\nA. I said no.\n\nQ. Why?\n\nA. Well.",
        "deposition.txt",
    )
    assert ("THE REPORTER", OTHER, "Could you repeat?") in turns


def test_running_heads_and_closing_notes_are_nobodys() -> None:
    turns = said(
        "MCKAY: What did your father do?\n\nHATHAWAY: He carried mail.\n\nHathaway - 2\n\nBy dog team.\n\n"
        "MCKAY: And you?\n\nHATHAWAY: Once.\n\nHathaway - 3\n\nMCKAY: Why?\n\nHATHAWAY: It was cold.\n\n"
        "(Reporting by Nils Ford; Editing by Ann Lie)\n\nOur Standards: The Trust Principles.",
        "archive.txt",
    )
    words = " ".join(words for _, _, words in turns)
    assert "Hathaway -" not in words
    assert turns[-1][2] == "It was cold."


def test_letters_get_the_names_of_the_header() -> None:
    turns = said("Interviewer: Ann Ek\nInterviewee: Bo Lind\n\n" + set_as("I: {}", "R: {}"), "talk.txt")
    assert [who for who, _, _ in turns] == ["Ann Ek", "Bo Lind"] * len(TALK)
