"""One interview in every format: the same speakers say the same words."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from html import escape

import docx
import pytest

from rag.errors import ParseError
from rag.parsing import parse

TALK = (
    ("Marta Lind", "Welcome to the programme. How did you come to keep bees?"),
    ("Jon Yu", "My aunt left me two hives in 1998, and I could not give them away. So I read."),
    ("Marta Lind", "What do people get wrong about them?"),
    ("Jon Yu", "They think that bees are gentle. Ours were not gentle at all, and I was stung forty times."),
    ("Marta Lind", "Would you do it again?"),
    ("Jon Yu", "Yes."),
)
EXPECTED = [(who, "interviewer" if who == "Marta Lind" else "interviewee", words) for who, words in TALK]


def as_text() -> bytes:
    return "\n\n".join(f"{who}: {words}" for who, words in TALK).encode()


def as_utf16() -> bytes:
    return as_text().decode().encode("utf-16")


def as_markdown() -> bytes:
    return ("---\ntitle: The bee keeper\n---\n\n" + "\n\n".join(f"**{who}:** {words}" for who, words in TALK)).encode()


def as_html() -> bytes:
    body = "".join(f"<p><strong>{who}:</strong> {escape(words)}</p>" for who, words in TALK)
    return f"<!doctype html><html><head><title>The bee keeper</title></head><body>{body}</body></html>".encode()


def as_docx() -> bytes:
    word = docx.Document()
    for who, words in TALK:
        paragraph = word.add_paragraph()
        paragraph.add_run(f"{who}: ").bold = True
        paragraph.add_run(words)
    held = io.BytesIO()
    word.save(held)
    return held.getvalue()


def as_vtt() -> bytes:
    cues = (
        f"00:00:{n * 5:02}.000 --> 00:00:{n * 5 + 4:02}.000\n<v {who}>{words}</v>"
        for n, (who, words) in enumerate(TALK)
    )
    return ("WEBVTT\n\n" + "\n\n".join(cues)).encode()


def as_srt() -> bytes:
    cues = (
        f"{n + 1}\n00:00:{n * 5:02},000 --> 00:00:{n * 5 + 4:02},000\n{who.upper()}: {words}"
        for n, (who, words) in enumerate(TALK)
    )
    return "\n\n".join(cues).encode()


def as_json() -> bytes:
    return json.dumps(
        [{"speaker": who, "text": words, "start": 5.0 * n} for n, (who, words) in enumerate(TALK)]
    ).encode()


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("talk.txt", as_text),
        ("talk.txt", as_utf16),
        ("talk.md", as_markdown),
        ("talk.html", as_html),
        ("talk.docx", as_docx),
        ("talk.vtt", as_vtt),
        ("talk.srt", as_srt),
        ("talk.json", as_json),
        ("talk", as_html),
        ("talk", as_docx),
        ("talk", as_vtt),
        ("talk", as_srt),
        ("talk", as_json),
        ("talk", as_markdown),
    ],
)
def test_the_same_turns_come_from_every_format(name: str, written: Callable[[], bytes]) -> None:
    interview = parse(written(), name)
    said = [(t.speaker, t.role.value, interview.text[t.start : t.end]) for t in interview.turns]
    assert [(str(who).title(), role, words) for who, role, words in said] == EXPECTED


@pytest.mark.parametrize(
    ("name", "data", "complaint"),
    [
        ("talk.txt", b"", "empty"),
        ("talk.txt", b" \n\t\n", "empty"),
        ("talk.md", b"---\ntitle: x\n---\n", "no text"),
        ("talk.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "DOCX"),
        ("talk.mp3", b"ID3", "transcribe"),
        ("talk.txt", bytes(range(256)) * 20, "null bytes|binary"),
        ("talk.txt", b"One word", "--speaker"),
    ],
)
def test_what_is_no_interview_is_refused_in_one_line(name: str, data: bytes, complaint: str) -> None:
    with pytest.raises(ParseError, match=complaint) as raised:
        parse(data, name)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "front",
    [
        "date: !!timestamp soon",
        "draft: !!bool maybe",
        "number: !!int ''",
        "title: 0x" + "f" * 20_000,
        "date: [0x" + "f" * 20_000 + "]",
        "0x" + "f" * 20_000 + ": 1",
        "{{title}}: [",
    ],
)
def test_front_matter_that_makes_no_sense_is_left_out(front: str) -> None:
    body = as_markdown().decode().split("---\n")[-1]
    interview = parse(f"---\n{front}\n---\n{body}".encode(), "talk.md")
    assert [(t.speaker, t.role, interview.text[t.start : t.end]) for t in interview.turns] == EXPECTED
    assert (interview.title, interview.date) == ("talk", None)
