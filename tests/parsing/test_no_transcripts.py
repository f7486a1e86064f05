"""A picture, a recording, an archive or a program is told what it is, in one line, with what to do instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.errors import ParseError
from rag.parsing import parse, read

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
RECORDING = "reads transcripts, not recordings: transcribe it first; JSON turns, SRT and VTT of a transcriber are read"


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("portrait.png", PNG, "a picture, not a text. onrecord reads text, Markdown, SRT"),
        ("interview.txt", PNG, "a picture"),
        ("portrait.JPG", b"\xff\xd8\xff\xe0\x00\x10JFIF", "a picture"),
        ("portrait.heic", b"\x00\x00\x00\x18ftypheic", "a picture"),
        ("drawing.svg", b"<svg></svg>", "a picture"),
        ("talk.mp3", b"ID3\x04\x00", RECORDING),
        ("talk.txt", b"ID3\x04\x00", RECORDING),
        ("talk.m4a", b"\x00\x00\x00\x1cftypM4A ", RECORDING),
        ("talk.wav", b"RIFF\x24\x08\x00\x00WAVEfmt ", RECORDING),
        ("talk.mp4", b"\x00\x00\x00\x1cftypisom", RECORDING),
        ("talk.mov", b"", RECORDING),
        ("talk.webm", b"\x1aE\xdf\xa3", RECORDING),
        ("talks.zip", b"PK\x03\x04", "an archive of files, not a text; unpack it first"),
        ("talks.tar.gz", b"\x1f\x8b\x08", "an archive"),
        ("setup.exe", b"MZ\x90\x00\x03\x00\x00\x00", "a program"),
        ("tool", b"\x7fELF\x02\x01", "a program"),
        ("notes", b"SQLite format 3\x00", "a database"),
        ("budget.xlsx", b"PK\x03\x04", "a spreadsheet"),
        ("talk.txt", b"{\\rtf1\\ansi Hello}", "an RTF file; save it as DOCX or text"),
    ],
)
def test_what_is_no_text_is_told_what_it_is(name: str, data: bytes, what: str) -> None:
    with pytest.raises(ParseError) as raised:
        parse(data, name)
    message = str(raised.value)
    assert message.startswith(f"{name}: this is ")
    assert what in message
    assert "UTF-8" not in message
    assert "\n" not in message


def test_bytes_of_no_known_kind_are_called_binary() -> None:
    noise = bytes((n * 197 + n * n // 7) % 256 for n in range(1, 20_000))
    with pytest.raises(ParseError, match="binary, not text"):
        parse(noise, "notes.dat")


def test_a_recording_is_refused_by_its_head_before_it_is_read(tmp_path: Path) -> None:
    film = tmp_path / "talk.mp4"
    with film.open("wb") as file:
        file.write(b"\x00\x00\x00\x1cftypisom")
        file.truncate(2**40)  # more than any memory holds; nearly nothing on the disk
    with pytest.raises(ParseError, match="not recordings"):
        read(film)


@pytest.mark.parametrize("initials", ["MZ", "BM", "II", "MM"])
def test_initials_that_other_kinds_of_file_begin_with_are_somebodys(initials: str) -> None:
    talk = f"{initials}: Why did you go?\n\nAL: Because it rained.\n\n{initials}: And then?\n\nAL: It rained on."
    interview = parse(talk.encode(), "talk.txt")
    assert [turn.speaker for turn in interview.turns] == [initials, "AL", initials, "AL"]


@pytest.mark.parametrize(
    ("name", "source", "what"),
    [
        ("talk.csv", "Speaker,Text\nAnn,Why?\n", "a table, not a text; save it as text, each turn as NAME: WORDS"),
        ("talk.ass", "[Script Info]\nTitle: x\n", "SubStation subtitles; export it as SubRip or WebVTT"),
        ("talk.txt", "[Script Info]\nTitle: x\n", "SubStation subtitles; export it as SubRip or WebVTT"),
        ("talk.ttml", '<tt xmlns="http://www.w3.org/ns/ttml"/>', "TTML subtitles; export it as SubRip or WebVTT"),
        ("talk.xml", '<?xml version="1.0"?>\n<tt:tt xmlns:tt="x"><tt:body/></tt:tt>', "TTML subtitles"),
        ("talk.xml", "<TEI><text><body><u>Why?</u></body></text></TEI>", "a TEI document; export it as text"),
        ("talk.xml", '<?xml version="1.0"?><talk><turn>Why?</turn></talk>', "an XML file; export it as text"),
    ],
)
def test_a_transcript_of_a_kind_that_is_not_read_is_told_what_to_export(name: str, source: str, what: str) -> None:
    with pytest.raises(ParseError) as raised:
        parse(source.encode(), name)
    message = str(raised.value)
    assert message.startswith(f"{name}: this is ")
    assert what in message
    assert "--speaker" not in message
    assert "\n" not in message


def test_a_page_that_begins_as_xml_does_is_a_page() -> None:
    talk = "".join(f"<p><b>{who}:</b> Why did you go?</p>" for who in ("Ann", "Bo", "Ann", "Bo"))
    page = f'<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><body>{talk}</body></html>'
    assert [turn.speaker for turn in parse(page.encode(), "talk.xml").turns] == ["Ann", "Bo", "Ann", "Bo"]


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("talk.txt", b"", "the file is empty; save or export the transcript again"),
        ("talk.txt", b"  \n", "the file is empty; save or export the transcript again"),
        ("talk.json", b'{"turns": [}', "no JSON, at line 1: .*; mend it there, or export it again"),
        ("talk.srt", b"1\n00:00:01 -> 00:00:02\nhello\n", "neither SubRip nor WebVTT; give each cue a line like"),
        ("talk.html", b"<html><body></body></html>", "; "),
    ],
)
def test_a_mistake_is_told_with_what_to_do_about_it(name: str, data: bytes, what: str) -> None:
    with pytest.raises(ParseError, match=what):
        parse(data, name)
