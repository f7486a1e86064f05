"""A Word file becomes the text a reader sees: bold questions, headings, the dashes Word sets itself."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import ParseError
from rag.parsing import parse
from rag.parsing.document import Kind
from rag.parsing.docx import read_docx
from tests.parsing.soundness import FUZZ, assert_sound, assert_sound_or_refused, block_texts

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(word: WordDocument) -> bytes:
    """Return what Word would write."""
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def with_part(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Rewrite one part of a Word file."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return out.getvalue()


def with_body(xml: str) -> bytes:
    """Make a Word file whose body is ``xml``."""
    document = f'<?xml version="1.0"?><w:document {W}><w:body>{xml}</w:body></w:document>'
    return with_part(saved(docx.Document()), "word/document.xml", lambda _: document.encode())


def texts(data: bytes) -> list[str]:
    """Read a Word file and return its blocks."""
    document = read_docx(data, "talk.docx")
    assert_sound(document)
    return block_texts(document)


def test_paragraphs_headings_and_bold_runs_are_told() -> None:
    word = docx.Document()
    word.core_properties.title = "Ada Moss on boats"
    word.add_heading("The yard", 2)
    question = word.add_paragraph()
    question.add_run("Why did ").bold = True
    question.add_run("you start?").bold = True
    word.add_paragraph("Because I  could.\tSo.")
    document = read_docx(saved(word), "talk.docx")
    assert_sound(document)
    assert block_texts(document) == ["The yard", "Why did you start?", "Because I  could.\tSo."]
    assert [block.kind for block in document.blocks] == [Kind.HEADING, Kind.PARAGRAPH, Kind.PARAGRAPH]
    assert [document.text[a:b] for a, b in document.blocks[1].bold] == ["Why did you start?"]
    assert not document.blocks[2].bold
    assert document.title == "Ada Moss on boats"


def test_a_bold_style_makes_bold_paragraphs() -> None:
    word = docx.Document()
    style = word.styles.add_style("Question", WD_STYLE_TYPE.PARAGRAPH)
    style.font.bold = True
    word.add_paragraph("Why?", style="Question").add_run(" Really?").bold = False
    document = read_docx(saved(word), "talk.docx")
    assert [document.text[a:b] for a, b in document.blocks[0].bold] == ["Why?"]


def test_pages_are_told_as_the_author_broke_them() -> None:
    word = docx.Document()
    word.add_paragraph("ANN: Where did it begin?")
    word.add_paragraph("BEN: In a shed.").add_run().add_break(WD_BREAK.PAGE)
    word.add_paragraph("ANN: And where did it end?")
    document = read_docx(saved(word), "a.docx")
    assert [(mark.value, document.text[mark.offset :][:9]) for mark in document.pages] == [
        (1, "ANN: Wher"),
        (2, "ANN: And "),
    ]
    assert document.times == ()


def test_pages_are_told_as_word_laid_them_out_last() -> None:
    body = (
        '<w:p><w:r><w:t>ANN: Where did it begin?</w:t><w:br w:type="page"/></w:r></w:p>'
        "<w:p><w:r><w:lastRenderedPageBreak/><w:t>BEN: In a shed. </w:t></w:r>"
        "<w:r><w:lastRenderedPageBreak/><w:t>It had no door.</w:t></w:r></w:p>"
    )
    document = read_docx(with_body(body), "a.docx")
    assert [(mark.value, document.text[mark.offset :][:9]) for mark in document.pages] == [
        (1, "ANN: Wher"),
        (2, "BEN: In a"),
        (3, "It had no"),
    ]


def test_a_word_file_that_tells_no_pages_has_none() -> None:
    word = docx.Document()
    word.add_paragraph("ANN: Where did it begin?")
    assert read_docx(saved(word), "a.docx").pages == ()


def test_a_title_paragraph_is_the_title() -> None:
    word = docx.Document()
    word.core_properties.title = ""
    word.add_heading("Ada Moss on boats", 0)
    word.add_paragraph("Why? Because.")
    assert read_docx(saved(word), "talk.docx").title == "Ada Moss on boats"


def test_the_marks_that_word_sets_itself_are_in_the_text() -> None:
    word = docx.Document()
    for text, style in [("Why?", "List Number"), ("How?", "List Number"), ("So.", "List Bullet")]:
        word.add_paragraph(text, style=style)
    assert texts(saved(word)) == ["1. Why?", "2. How?", "\u2022 So."]
    dashed = with_part(
        saved(word),
        "word/numbering.xml",
        lambda xml: xml.replace(b'<w:lvlText w:val="\xef\x82\xb7"/>', b'<w:lvlText w:val="-"/>'),
    )
    assert texts(dashed)[2] == "- So."


def test_line_breaks_part_speakers() -> None:
    word = docx.Document()
    word.add_paragraph("Q: Why?\nA: Because it was\nthere.")
    assert texts(saved(word)) == ["Q: Why?", "A: Because it was there."]


def test_inserted_words_count_and_deleted_words_do_not() -> None:
    body = """<w:p><w:r><w:t xml:space="preserve">I did </w:t></w:r>
<w:del><w:r><w:delText>not </w:delText></w:r></w:del>
<w:ins><w:r><w:t xml:space="preserve">indeed </w:t></w:r></w:ins><w:hyperlink><w:r><w:t>say</w:t></w:r></w:hyperlink>
<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>
<w:smartTag><w:r><w:t xml:space="preserve"> so.</w:t></w:r></w:smartTag></w:p>
<w:sdt><w:sdtContent><w:p><w:r><w:t>Really?</w:t></w:r></w:p></w:sdtContent></w:sdt>"""
    assert texts(with_body(body)) == ["I did indeed say so.", "Really?"]


def test_a_column_of_names_gives_the_rows_their_voices() -> None:
    word = docx.Document()
    table = word.add_table(rows=0, cols=3)
    said = [("00:01", "JO:", "Why?"), ("00:09", "ADA:", "I could."), ("01:10", "JO:", "So?"), ("01:15", "ADA:", "So.")]
    for row in said:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document = read_docx(saved(word), "talk.docx")
    assert_sound(document)
    assert block_texts(document) == ["Why?", "I could.", "So?", "So."]
    assert [block.voice for block in document.blocks] == ["JO", "ADA", "JO", "ADA"]
    assert [mark.value for mark in document.times] == [1, 9, 70, 75]


def test_a_cell_that_labels_its_neighbour_is_in_one_paragraph_with_it() -> None:
    word = docx.Document()
    table = word.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Q:", "Why?"
    assert texts(saved(word)) == ["Q: Why?"]


def turns(word: WordDocument) -> list[tuple[str | None, str, str]]:
    """Read a Word file up to its turns."""
    interview = parse(saved(word), "talk.docx")
    return [(t.speaker, t.role.value, interview.text[t.start : t.end]) for t in interview.turns]


SAID = [("JO EK", "When did it begin?"), ("ADA MOSS", "In 1998."), ("JO EK", "Who paid?"), ("ADA MOSS", "We did.")]
TOLD = [(name, ("interviewer", "interviewee")[n % 2], words) for n, (name, words) in enumerate(SAID)]


def test_columns_for_questions_and_answers_are_told_by_their_heads() -> None:
    word = docx.Document()
    table = word.add_table(rows=0, cols=3)
    asked = [("No.", "Question", "Answer"), ("1", SAID[0][1], SAID[1][1]), ("2", SAID[2][1], SAID[3][1])]
    for row in asked:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    assert turns(word) == [(None, role, words) for _, role, words in TOLD]


def test_a_row_without_a_name_goes_on_with_the_one_above() -> None:
    word = docx.Document()
    table = word.add_table(rows=0, cols=3)
    rows = [("Timecode", "Speaker", "Dialogue"), *((f"00:00:0{n}:12", *said) for n, said in enumerate(SAID))]
    for row in [*rows, ("00:00:09:24", "", "So it was.")]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    assert turns(word) == [*TOLD[:3], ("ADA MOSS", "interviewee", "We did.\n\nSo it was.")]
    assert [mark.value for mark in parse(saved(word), "talk.docx").times] == [0, 1, 2, 3, 9]


def test_a_bold_name_above_its_words_is_one_though_the_line_break_is_bold_too() -> None:
    word = docx.Document()
    for name, words in SAID * 2:
        paragraph = word.add_paragraph()
        run = paragraph.add_run(name)
        run.bold = True
        run.add_break()
        paragraph.add_run(words)
    assert turns(word) == TOLD * 2


def test_captions_and_what_word_adds_to_a_recording_are_nobodys_words() -> None:
    word = docx.Document()
    word.core_properties.title = ""
    word.add_heading("Audio file", 2)
    word.add_paragraph("ada.mp3")
    word.add_heading("Transcript", 2)
    for n, (name, words) in enumerate(SAID):
        word.add_paragraph(f"00:00:0{n} {name}")
        word.add_paragraph(words)
        word.add_paragraph("Figure 1. The yard in 1998.", style="Caption")
    assert turns(word) == TOLD
    interview = parse(saved(word), "Ada on boats.docx")
    assert interview.title == "Ada on boats"
    assert {turn.section for turn in interview.turns} == {None}


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = with_part(saved(docx.Document()), "word/document.xml", lambda _: b" " * (80 * 2**20))
    assert len(bomb) < 2**20
    with pytest.raises(ParseError, match="unpacks to more than"):
        read_docx(bomb, "talk.docx")


def test_a_file_with_xml_entities_is_refused() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    document = f"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "laugh">{laughs}
<!ENTITY file SYSTEM "file:///etc/hostname">]><w:document {W}><w:body><w:p>
<w:r><w:t>Why? &l11; &file; So.</w:t></w:r></w:p></w:body></w:document>"""
    data = with_part(saved(docx.Document()), "word/document.xml", lambda _: document.encode())
    with pytest.raises(ParseError, match="damaged"):
        read_docx(data, "talk.docx")


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def locked() -> bytes:
    """Save a Word file with a password, as Word does it."""
    from msoffcrypto.format.ooxml import OOXMLFile

    word, file = docx.Document(), io.BytesIO()
    word.add_paragraph("Q: Why? A: Because. " * 400)
    OOXMLFile(io.BytesIO(saved(word))).encrypt("secret", file)
    return file.getvalue()


def test_a_locked_file_is_told_from_an_old_one_whatever_it_is_called() -> None:
    for name in ("talk.docx", "talk.doc", "talk"):
        with pytest.raises(ParseError, match="locked with a password"):
            parse(locked(), name)
        with pytest.raises(ParseError, match="save it as DOCX"):
            parse(OLD, name)


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 and no more", "damaged"),
        (b"Why? Because.", "no Word file"),
        (OLD, r"old \.doc"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), r"old \.doc"),
        (locked(), "locked with a password"),
        (saved(docx.Document())[:4000], "damaged"),
        (saved(docx.Document()), "no text in this Word file"),
        (with_part(saved(docx.Document()), "word/document.xml", lambda xml: xml[:900]), "damaged"),
        (with_part(saved(docx.Document()), "[Content_Types].xml", lambda _: b"<Types/>"), "damaged"),
        (with_part(saved(docx.Document()), "[Content_Types].xml", lambda x: x.replace(b"core-p", b"c")), "damaged"),
    ],
)
def test_what_is_no_word_file_is_refused_in_one_line(data: bytes, complaint: str) -> None:
    with pytest.raises(ParseError, match=complaint) as error:
        read_docx(data, "talk.docx")
    assert "\n" not in str(error.value)


WHOLE = saved(docx.Document())


@FUZZ
@given(st.binary(max_size=300))
def test_any_bytes_are_sound_or_refused(data: bytes) -> None:
    assert_sound_or_refused(read_docx, data)
    assert_sound_or_refused(read_docx, b"PK\x03\x04" + data)
    assert_sound_or_refused(read_docx, OLD[:8] + data)


LOCKED = locked()


@settings(FUZZ, max_examples=40)
@given(st.integers(8, 4000), st.binary(min_size=1, max_size=8))
def test_a_damaged_container_is_refused(at: int, damage: bytes) -> None:
    assert_sound_or_refused(read_docx, LOCKED[:at] + damage + LOCKED[at + len(damage) :])


@settings(FUZZ, max_examples=40)
@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=8))
def test_a_damaged_file_is_sound_or_refused(at: int, damage: bytes) -> None:
    assert_sound_or_refused(read_docx, WHOLE[:at] + damage + WHOLE[at + len(damage) :])


TAGS = [
    "p",
    "r",
    "t",
    "tbl",
    "tr",
    "tc",
    "ins",
    "del",
    "pPr",
    "numPr",
    "numId",
    "ilvl",
    "pStyle",
    "rPr",
    "b",
    "br",
    "sdt",
]
VALUES = ["", ' w:val="1"', ' w:val="0"', ' w:val="ListBullet"']


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Put what ``inner`` draws into elements, some side by side."""
    element = st.builds("<w:{0}{1}>{2}</w:{0}>".format, st.sampled_from(TAGS), st.sampled_from(VALUES), inner)
    return st.lists(element, max_size=4).map("".join)


@settings(FUZZ, max_examples=60)
@given(st.recursive(st.just("Why? "), nested, max_leaves=12))
def test_any_nesting_of_words_elements_is_sound_or_refused(xml: str) -> None:
    assert_sound_or_refused(read_docx, with_body(xml + "<w:p><w:r><w:t>So.</w:t></w:r></w:p>"))
