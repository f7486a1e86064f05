"""Whatever the bytes: an interview whose turns are sound, or the one error a person can read."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.datatypes import Interview
from rag.errors import ParseError
from rag.parsing import ParseOptions, parse, slug

NAMES = ("talk.txt", "talk.md", "talk", "../../etc/passwd.txt", "a\x00b.txt", "")
MARKS = st.sampled_from(
    [
        *(
            "- ",
            "–\u00a0",
            "— ",
            "Q: ",
            "A: ",
            "Q. ",
            "ANN: ",
            "Bo Ek: ",
            "**Ann:** ",
            "### ",
            "1. ",
            "2) ",
            "[00:01] ",
        ),
        *(
            "00:02:03 ",
            ">> ",
            "> ",
            "(LAUGHTER)",
            "Note: ",
            "\\[04:08\\] ",
            "**",
            "[x][y]",
            "---\n",
            "* ",
            "\t",
            "```\n",
        ),
        *("\ufeff", "\u200b", "\x0c", "|"),
    ]
)
WORDS = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30)
LINES = st.builds(
    lambda mark, words, end: mark + words + end, MARKS, WORDS, st.sampled_from(["", "?", ".", "…", ":", "**"])
)
TRANSCRIPTS = st.builds(
    lambda lines, ends: "".join(x + e for x, e in zip(lines, ends, strict=False)),
    st.lists(LINES, max_size=25),
    st.lists(st.sampled_from(["\n", "\n\n", "\r\n", "\r\n\r\n", "\u2028", "\x0b"]), min_size=25, max_size=25),
)


def is_sound(interview: Interview) -> None:
    """Assert what every part of the program relies on."""
    before = 0
    assert interview.turns
    for turn in interview.turns:
        words = interview.text[turn.start : turn.end]
        assert before <= turn.start < turn.end <= len(interview.text)
        assert words == words.strip()
        assert any(c.isalnum() for c in words)
        before = turn.end
    assert list(interview.times) == sorted(interview.times, key=lambda m: m.offset)
    assert interview.title.strip()
    assert interview.id == slug(interview.id)


def is_sound_or_refused(data: bytes, name: str) -> None:
    """Parse any bytes: a sound interview, or the one error with a message of one line."""
    try:
        interview = parse(data, name)
    except ParseError as error:
        complaint = str(error)
    else:
        is_sound(interview)
        return
    assert "\n" not in complaint


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(TRANSCRIPTS, st.sampled_from(NAMES))
def test_any_transcript_is_sound_or_refused(text: str, name: str) -> None:
    is_sound_or_refused(text.encode(), name)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(NAMES))
def test_any_bytes_are_sound_or_refused(data: bytes, name: str) -> None:
    is_sound_or_refused(data, name)


@settings(max_examples=200, deadline=None)
@given(TRANSCRIPTS, st.sampled_from(NAMES[:3]))
def test_as_one_speakers_words_all_turns_are_that_speakers(text: str, name: str) -> None:
    try:
        interview = parse(text.encode(), name, ParseOptions(speaker="Ida Holm"))
    except ParseError:
        return
    is_sound(interview)
    assert {t.speaker for t in interview.turns} == {"Ida Holm"}


@given(st.text(max_size=300))
def test_ids_are_short_and_hide_no_path(title: str) -> None:
    short = slug(title)
    assert 0 < len(short) <= 60
    assert set(short) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not short.startswith("-")


LONG = ("a", "? ", "A: ", "(", "**", "[", "Ab ", ":", "- ", "1:00 ", "\u00a0", "> ", "`", "_a", "<", "![", "Ann Ek ")


@pytest.mark.parametrize("line", [(part * 100_000)[:100_000] for part in LONG], ids=LONG)
@pytest.mark.parametrize("name", ["talk.txt", "talk.md"])
def test_lines_of_a_hundred_thousand_characters(line: str, name: str) -> None:
    text = f"ANN: Why?\n\nBO: {line}\n\n{line}\n\nANN: Why not?\n\nBO: Because."
    is_sound_or_refused(text.encode(), name)
