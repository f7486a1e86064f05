"""The distance between formats: one interview, set in six of them, has the same turns with the same words."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable, Sequence
from html import escape

import docx
import pytest
from fpdf import FPDF

from rag.datatypes import Interview
from rag.parsing import parse

TALK = (
    ("Jo Reed", "When did you first think that one person could build a boat of this size alone?"),
    (
        "Ada Moss",
        "In the winter of 1998, when nobody else came to the yard. There was wood, and there was time, and my "
        "neighbour had left me his long-term lease.\nI did not think about it much. One morning I began to measure "
        "the keel, and by the evening I had decided that it had to be done before the ice was gone.",
    ),
    ("Jo Reed", "Did anybody help?"),
    ("Ada Moss", "No."),
    ("Jo Reed", "And was it ready in time? People say that the ice went early that year, and that you were late."),
    (
        "Ada Moss",
        "People say all sorts of things. It went on the ninth of April, and she was in the water on the tenth. She "
        "leaked, of course; they all do, for a week or so.",
    ),
    ("Jo Reed", "Would you do it again?"),
    ("Ada Moss", "Tomorrow, if they let me. But I would not do it alone, and I would not do it in the winter."),
)


def labelled(number: int, who: str, words: str) -> str:
    return f"{who}: {words}"


def lettered(number: int, who: str, words: str) -> str:
    return f"{'A' if number % 2 else 'Q'}: {words}"


def dashed(number: int, who: str, words: str) -> str:
    return f"- {words}"


def bare(number: int, who: str, words: str) -> str:
    return words


Convention = Callable[[int, str, str], str]
Talk = Sequence[tuple[str, str]]
"""Who says what, the interviewer first, in turns."""


def paragraphs(convention: Convention, talk: Talk) -> list[tuple[bool, str]]:
    """Write the interview down: paragraphs, each with whether it is a question."""
    written = [(n % 2 == 0, convention(n, who, words)) for n, (who, words) in enumerate(talk)]
    return [(asks, part) for asks, turn in written for part in turn.split("\n")]


def as_text(convention: Convention, talk: Talk = TALK) -> bytes:
    return "\r\n\r\n".join(text for _, text in paragraphs(convention, talk)).encode("cp1252")


def as_markdown(convention: Convention, talk: Talk = TALK) -> bytes:
    bold = convention is bare
    written = (
        f"**{text}**" if bold and asks else text.replace("- ", "\\- ", 1) for asks, text in paragraphs(convention, talk)
    )
    return "\n\n".join(written).encode()


def as_subtitles(convention: Convention, talk: Talk = TALK) -> bytes:
    texts = [text for _, text in paragraphs(convention, talk)]
    lines = [line for text in texts for line in textwrap.wrap(text, 42, break_on_hyphens=False)]
    cues = []
    for n, line in enumerate(lines, 1):
        at = f"{n // 60:02}:{n % 60:02}"
        cues.append(f"{n}\n{at}:01,000 --> {at}:59,000\n{line}")
    return "\n\n".join(cues).encode()


def as_html(convention: Convention, talk: Talk = TALK) -> bytes:
    bold = convention is bare
    body = "".join(
        f"<p><b>{escape(text)}</b></p>\n" if bold and asks else f"<p>{escape(text)}</p>\n"
        for asks, text in paragraphs(convention, talk)
    )
    menu = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/x'>Boats and yards</a></li></ul></nav>"
    return f"<html><head><title>t</title></head><body>{menu}<main>{body}</main></body></html>".encode()


def as_word(convention: Convention, talk: Talk = TALK) -> bytes:
    word = docx.Document()
    for asks, text in paragraphs(convention, talk):
        word.add_paragraph().add_run(text).bold = True if convention is bare and asks else None
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def as_pdf(convention: Convention, talk: Talk = TALK) -> bytes:
    pdf = FPDF()
    pdf.add_page()
    for asks, text in paragraphs(convention, talk):
        pdf.set_font("Times", "B" if convention is bare and asks else "", 12)
        pdf.multi_cell(0, 6, text, new_x="LMARGIN", new_y="NEXT")
        pdf.ln(3)
    return bytes(pdf.output())


FORMATS = {
    "talk.txt": as_text,
    "talk.md": as_markdown,
    "talk.srt": as_subtitles,
    "talk.html": as_html,
    "talk.docx": as_word,
    "talk.pdf": as_pdf,
}


def said(interview: Interview) -> list[tuple[str, list[str]]]:
    """Return who says which words."""
    return [(turn.role.value, interview.text[turn.start : turn.end].split()) for turn in interview.turns]


EXPECTED = [("interviewee" if n % 2 else "interviewer", words.split()) for n, (_, words) in enumerate(TALK)]


WITHOUT_BOLD = ("talk.txt", "talk.srt")
"""Formats in which nothing tells a question that bears no mark."""

CASES = [
    (name, convention)
    for convention in (labelled, lettered, dashed, bare)
    for name in FORMATS
    if convention is not bare or name not in WITHOUT_BOLD
]


@pytest.mark.parametrize(("name", "convention"), CASES)
def test_the_same_turns_have_the_same_words(name: str, convention: Convention) -> None:
    assert said(parse(FORMATS[name](convention), name)) == EXPECTED
