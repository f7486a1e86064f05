"""A PDF becomes running text: paragraphs whole, words whole, the page known, its furniture gone."""

from __future__ import annotations

import pytest
from fpdf import FPDF
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import ParseError
from rag.parsing import parse
from rag.parsing.document import Document, Kind
from rag.parsing.pdf import read_pdf
from tests.parsing.soundness import FUZZ, assert_sound, assert_sound_or_refused, block_texts

QUESTION = "Question {}: when did you first think that a boat could be built in this yard by one person alone?"
ANSWER = (
    "That was in the winter of {}, when nobody else came to the yard. There was wood, and there was time, and "
    "my neighbour had left me his long-term lease. I did not think about it much. One morning I began to measure the "
    "keel, and in the evening I had decided that it should be done before the ice was gone from the river."
)


class Magazine(FPDF):
    """Pages with a running head and a page number."""

    def header(self) -> None:
        """Print the running head."""
        self.set_font("Helvetica", "I", 8)
        self.cell(0, 8, "The Harbour Review, Spring 2024", align="C", new_x="LMARGIN", new_y="NEXT")

    def footer(self) -> None:
        """Print the page number."""
        self.set_y(-15)
        self.set_font("Helvetica", "", 8)
        self.cell(0, 8, f"Page {self.page_no()} of {{nb}}", align="C")


def written(paragraphs: list[str], gap: float = 3, title: str = "Ada Moss: I built it alone") -> Magazine:
    """Set paragraphs as a magazine does: a large title, bold questions, justified text."""
    pdf = Magazine()
    pdf.set_auto_page_break(True, 20)
    pdf.add_page()
    pdf.set_font("Times", "B", 18)
    pdf.multi_cell(0, 9, title, new_x="LMARGIN", new_y="NEXT")
    pdf.ln(4)
    for text in paragraphs:
        pdf.set_font("Times", "B" if text.startswith("Question") else "", 11)
        pdf.multi_cell(0, 5.2, text, align="J", new_x="LMARGIN", new_y="NEXT")
        pdf.ln(gap)
    return pdf


def lines_written(*lines: str) -> bytes:
    """Print lines as they are, one below the other."""
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Times", "", 11)
    for line in lines:
        pdf.cell(0, 5.2, line, new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


def read(pdf: FPDF) -> Document:
    """Read what has been written."""
    document = read_pdf(bytes(pdf.output()), "talk.pdf")
    assert_sound(document)
    return document


YEARS = ["ninety", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
INTERVIEW = [text for year in YEARS for text in (QUESTION.format(year), ANSWER.format(year))]


@pytest.mark.parametrize("gap", [3, 0], ids=["set apart", "without space between"])
def test_lines_become_the_paragraphs_they_were(gap: float) -> None:
    assert block_texts(read(written(INTERVIEW, gap))) == ["Ada Moss: I built it alone", *INTERVIEW]


def test_spoken_lines_that_recur_at_the_head_of_pages_stay() -> None:
    said = [QUESTION.format(n) if n % 2 else ANSWER.format(n) for n in range(60)]
    assert " ".join(block_texts(read(written(said)))[1:]) == " ".join(said)


def test_bold_questions_and_the_title_are_told() -> None:
    document = read(written(INTERVIEW))
    assert document.title == "Ada Moss: I built it alone"
    assert document.blocks[0].kind is Kind.HEADING
    spoken = document.blocks[1:]
    assert all(b.kind is Kind.PARAGRAPH for b in spoken)
    assert [b.bold for b in spoken] == [((b.start, b.end),) if n % 2 == 0 else () for n, b in enumerate(spoken)]


def test_every_page_is_marked_where_its_words_start() -> None:
    document = read(written(INTERVIEW * 2))
    assert [mark.value for mark in document.pages] == [1, 2, 3]
    assert document.pages[0].offset == 0


def test_two_columns_are_read_one_after_the_other() -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Times", "", 10)
    with pdf.text_columns(ncols=2, gutter=10, text_align="L") as columns:
        for text in INTERVIEW:
            columns.write(text)
            columns.ln()
            columns.ln()
    assert block_texts(read(pdf)) == INTERVIEW


def test_a_divided_word_is_made_whole_and_a_compound_keeps_its_hyphen() -> None:
    lines = ["It was a responsi-", "bility that was well-", "known; the long-", "term lease was a long-term one."]
    assert block_texts(read_pdf(lines_written(*lines), "talk.pdf")) == [
        "It was a responsibility that was well-known; the long-term lease was a long-term one."
    ]


def test_dashes_and_labels_at_the_head_of_a_line_start_a_paragraph() -> None:
    lines = ["- Why did you do it in the middle of the winter, when nobody else was there?", "- Because.", "MOSS: So."]
    assert block_texts(read_pdf(lines_written(*lines), "talk.pdf")) == lines


def turns(data: bytes) -> list[tuple[str | None, str]]:
    """Read a PDF up to its turns."""
    interview = parse(data, "talk.pdf")
    return [(turn.speaker, interview.text[turn.start : turn.end]) for turn in interview.turns]


def test_a_speaker_who_is_cut_short_is_followed_by_the_next_one() -> None:
    lines = [
        "Ek: Did anybody say that it could not be done?",
        "Moss: Nobody said so to my face, but I heard that the leader of it was going to",
        "Ek: To stop it?",
        "Moss: To stop it, yes. He sent a man with a paper to the yard.",
    ]
    assert turns(lines_written(*lines)) == [tuple(line.split(": ")) for line in lines]


def test_names_with_accents_start_a_paragraph() -> None:
    names = ["\xc5sa \xd6berg", "\xc9ric du Pr\xe9"] * 2
    lines = [f"{name}: {words}" for name, words in zip(names, INTERVIEW, strict=False)]
    assert [speaker for speaker, _ in turns(lines_written(*lines))] == names


def test_a_title_page_does_not_run_on_into_the_talk() -> None:
    pdf = FPDF()
    for page in (
        ["Interview with Ada Moss", "March 5, 2024"],
        ["Ek: Why?", "Moss: So.", "Ek: And then?", "Moss: Then."],
    ):
        pdf.add_page()
        pdf.set_font("Times", "", 12)
        for line in page:
            pdf.cell(0, 6, line, align="C" if len(page) == 2 else "L", new_x="LMARGIN", new_y="NEXT")
    assert [speaker for speaker, _ in turns(bytes(pdf.output()))] == ["Ek", "Moss", "Ek", "Moss"]


def test_foot_notes_and_captions_in_small_print_are_in_no_answer() -> None:
    pdf = FPDF()
    pdf.add_page()
    for text in INTERVIEW[:4]:
        pdf.set_font("Times", "B" if text.startswith("Question") else "", 11)
        pdf.multi_cell(0, 5.2, text, new_x="LMARGIN", new_y="NEXT")
        pdf.ln(3)
        if not text.startswith("Question"):
            pdf.set_font("Times", "", 8)
            pdf.multi_cell(0, 4, "1 The letter is dated 4 May 2004.", new_x="LMARGIN", new_y="NEXT")
            pdf.ln(3)
    said = [text.partition(": ")[2] if text.startswith("Question") else text for text in INTERVIEW[:4]]
    assert [words for _, words in turns(bytes(pdf.output()))] == said


def test_a_compound_of_three_words_keeps_its_hyphens() -> None:
    lines = ["It was hers and my mother-", "in-law knew it; the commu-", "nity-led work went on."]
    assert block_texts(read_pdf(lines_written(*lines), "talk.pdf")) == [
        "It was hers and my mother-in-law knew it; the community-led work went on."
    ]


def test_a_file_name_is_no_title() -> None:
    pdf = written(INTERVIEW[:4])
    pdf.set_title("Microsoft Word - talk final.docx")
    assert read(pdf).title == "Ada Moss: I built it alone"
    pdf = written(INTERVIEW[:4])
    pdf.set_title("A talk with Ada Moss")
    assert read(pdf).title == "A talk with Ada Moss"


def scan() -> bytes:
    """Make a PDF of a page that is only drawn."""
    pdf = FPDF()
    pdf.add_page()
    pdf.rect(20, 20, 100, 100, style="F")
    return bytes(pdf.output())


def locked() -> bytes:
    """Make a PDF that asks for a password."""
    pdf = written(INTERVIEW[:2])
    pdf.set_encryption(owner_password="owner", user_password="guest")
    return bytes(pdf.output())


def test_a_pdf_that_may_only_not_be_printed_is_read() -> None:
    pdf = written(INTERVIEW[:2])
    pdf.set_encryption(owner_password="owner")
    assert block_texts(read(pdf))[-2:] == INTERVIEW[:2]


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "empty"),
        (b"Why? Because.", "no PDF"),
        (b"%PDF-1.7\n1 0 obj\n<</Type/Catalog", "damaged"),
        (scan(), "no text in this PDF"),
        (locked(), "password"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(data: bytes, complaint: str) -> None:
    with pytest.raises(ParseError, match=complaint) as error:
        read_pdf(data, "talk.pdf")
    assert "\n" not in str(error.value)


WHOLE = lines_written("Why did you do it?", "Because I could.", "And then?")


@settings(FUZZ, max_examples=60)
@given(st.binary(max_size=300))
def test_any_bytes_are_sound_or_refused(data: bytes) -> None:
    assert_sound_or_refused(read_pdf, data)
    assert_sound_or_refused(read_pdf, b"%PDF-1.4\n" + data)


@settings(FUZZ, max_examples=100)
@given(st.integers(0, len(WHOLE)), st.binary(max_size=12), st.booleans())
def test_a_damaged_or_cut_file_is_sound_or_refused(at: int, damage: bytes, cut: bool) -> None:
    assert_sound_or_refused(read_pdf, WHOLE[:at] + damage + (b"" if cut else WHOLE[at + len(damage) :]))
