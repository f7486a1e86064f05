"""Words that have their time on the screen: all of them were said, also those that no mark gives to anybody."""

from __future__ import annotations

import pytest

from rag.errors import ParseError
from rag.parsing import parse
from tests.parsing.conversations import ANSWERS, ASKS, BEES, OTHER, said

OPENING = ("We opened the bakery in March", "because the old mill had closed.")
TALK = [words for pair in BEES for words in pair]
SIDES = [(None, (ASKS, ANSWERS)[n % 2], words) for n, words in enumerate(TALK)]


def captions(lines: list[str]) -> str:
    cues = (f"00:00:{n * 3:02}.000 --> 00:00:{n * 3 + 3:02}.000\n{line}" for n, line in enumerate(lines))
    return "WEBVTT\n\n" + "\n\n".join(cues)


@pytest.mark.parametrize("mark", [">> ", "- "])
def test_words_before_the_first_mark_are_somebodys(mark: str) -> None:
    source = captions([*OPENING, *(mark + words for words in TALK)])
    assert said(source, "talk.vtt") == [(None, OTHER, " ".join(OPENING)), *SIDES]


def test_words_before_the_first_name_are_somebodys() -> None:
    source = captions([OPENING[0], *(f"{('ANNA', 'BEN')[n % 2]}: {words}" for n, words in enumerate(TALK))])
    assert said(source, "talk.vtt") == [
        (None, OTHER, OPENING[0]),
        *((("ANNA", "BEN")[n % 2], role, words) for n, (_, role, words) in enumerate(SIDES)),
    ]


def test_a_sound_before_the_first_mark_is_nobodys() -> None:
    source = captions(["[upbeat music]", *(f">> {words}" for words in TALK)])
    assert said(source, "talk.vtt") == SIDES


def test_a_name_in_the_opening_words_still_tells_who_answers() -> None:
    source = captions(["My talk with Jon Yu", *(f"{('MARTA', 'YU')[n % 2]}: {words}" for n, words in enumerate(TALK))])
    assert {who for who, _, _ in said(source, "talk.vtt")} == {None, "MARTA", "Jon Yu"}


def test_above_a_text_without_times_an_editor_may_have_written() -> None:
    source = "We opened in March.\n\n" + "\n\n".join(f">> {words}" for words in TALK)
    assert said(source) == SIDES


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_whispers_table_is_read_as_captions(line_end: str) -> None:
    rows = ["start\tend\ttext", "0\t3200\tSo when did you open", "3200\t6400\tthe bakery?", "6400\t9000\t>> In March."]
    interview = parse(line_end.join([*rows, ""]).encode(), "talk.tsv")
    assert interview.text == "So when did you open the bakery?\n\n>> In March."
    assert [(mark.offset, mark.value) for mark in interview.times] == [(0, 0.0), (21, 3.2), (34, 6.4)]


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("name\tage\nAnn\t41\n", "isn't Whisper's .* export it as SubRip or WebVTT"),
        ("start\tend\ttext\n0\tsoon\tHello.\n", "line 2 is no start, end and words: .* mend or remove it"),
        ("start\tend\ttext\n", "give each cue a line like"),
    ],
)
def test_another_table_is_refused(source: str, what: str) -> None:
    with pytest.raises(ParseError, match=what):
        parse(source.encode(), "talk.tsv")


@pytest.mark.parametrize("times", ["{0}:00:01,000 --> {0}:00:02,000", "{0}:00:01.000,{0}:00:02.000"])
def test_hours_without_end_are_no_time(times: str) -> None:
    with pytest.raises(ParseError, match="subtitle"):
        parse(f"1\n{times.format('9' * 5000)}\nHello.\n".encode(), "talk.srt")
