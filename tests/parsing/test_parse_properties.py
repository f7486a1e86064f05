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
    ["- ", "–\u00a0", "— ", "Q: ", "A: ", "Q. ", "ANN: ", "Bo Ek: ", "**Ann:** ", "### ", "1. ", "2) ", "[00:01] ", "00:02:03 ",
     ">> ", "> ", "(LAUGHTER)", "Note: ", "\\[04:08\\] ", "**", "[x][y]", "---\n", "* ", "\t", "\ufeff", "\u200b", "\x0c", "|", "```\n"]
)  # fmt: skip
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


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(TRANSCRIPTS, st.sampled_from(NAMES))
def test_any_transcript_is_sound_or_refused(text: str, name: str) -> None:
    try:
        interview = parse(text.encode(), name)
    except ParseError as error:
        assert "\n" not in str(error)
        return
    is_sound(interview)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(NAMES))
def test_any_bytes_are_sound_or_refused(data: bytes, name: str) -> None:
    try:
        interview = parse(data, name)
    except ParseError as error:
        assert "\n" not in str(error)
        return
    is_sound(interview)


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


@pytest.mark.parametrize("line", ["a" * 100_000, "? " * 50_000, "A: " * 33_000, "(" * 100_000, "**" * 50_000, "[" * 100_000,
                                  "Ab " * 33_000, ":" * 100_000, "- " * 50_000, "1:00 " * 20_000, "\u00a0" * 100_000, "> " * 50_000,
                                  "`" * 100_000, "_a" * 50_000, "<" * 100_000, "![" * 50_000])  # fmt: skip
@pytest.mark.parametrize("name", ["talk.txt", "talk.md"])
@pytest.mark.timeout(20)
def test_lines_of_a_hundred_thousand_characters(line: str, name: str) -> None:
    text = f"ANN: Why?\n\nBO: {line}\n\n{line}\n\nANN: Why not?\n\nBO: Because."
    try:
        is_sound(parse(text.encode(), name))
    except ParseError as error:
        assert "\n" not in str(error)
