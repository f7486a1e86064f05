"""Twice the transcript costs twice the work, however many people speak in it and whatever marks their turns."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.parsing import parse
from rag.parsing.lines import asks
from rag.parsing.names import full_name, same_person
from rag.parsing.register import Mentions, Register, as_written

SAID = "We mended the net and went out again before the tide."
ASKED = "What did you mend before the tide?"


def name(number: int) -> str:
    """Return a name that nobody else in a transcript has."""
    first = ("Ada", "Jon", "Mira", "Tom", "Ruth")[number % 5]
    return first + " M" + "".join(chr(ord("a") + int(digit)) for digit in f"{number:05}")


def words(turn: int) -> str:
    return SAID if turn % 2 else ASKED


def everybody_once_or_twice(turns: int) -> bytes:
    return "\n".join(f"{name(n % (turns // 2))}: {words(n)}" for n in range(turns)).encode()


def in_capitals(turns: int) -> bytes:
    return "\n\n".join(f"{name(n % (turns // 2)).upper()}: {words(n)}" for n in range(turns)).encode()


def below_a_title(turns: int) -> bytes:
    return ("A day at sea\n\n" + "\n".join(f"{name(n % 2)}: {SAID}" for n in range(turns))).encode()


def wrapped_at_every_word(turns: int) -> bytes:
    return "\n".join(f"{name(n % 2)}: {words(n)}".replace(" ", "\n") for n in range(turns)).encode()


def above_their_words(turns: int) -> bytes:
    return "\n\n".join(f"{name(n % 2 if n % 3 else n)}\n{words(n)}" for n in range(turns)).encode()


def once_among_others(turns: int) -> bytes:
    return "\n\n".join(f"{name(n % 2) if n % 3 else 'Item' + str(n)}: {words(n)}" for n in range(turns)).encode()


def with_a_list_at_the_end(turns: int) -> bytes:
    return below_a_title(8) + b"\n\n" + "\n\n".join(f"Boat {name(n)}" for n in range(turns)).encode()


def with_last_words_in_italics(turns: int) -> bytes:
    return b"**Ada:** Why?\n\n**Jon:** So.\n\n" * 3 + b"\n\n".join([b"*The end of the day at sea.*"] * turns)


def as_one_paragraph(turns: int) -> bytes:
    return "  \n".join(f"**{name(n % 2)}:** *{words(n)}*" for n in range(turns)).encode()


def as_json_with_roles(turns: int) -> bytes:
    roles = ("interviewer", "guest")
    told = ({"speaker": name(n), "text": words(n), "role": roles[n % 2], "start": n} for n in range(turns))
    return json.dumps(list(told)).encode()


def as_subtitles(turns: int) -> bytes:
    cues = (
        f"{n // 60:02}:{n % 60:02}.000 --> {n // 60:02}:{n % 60:02}.900\n<v {name(n)}>{words(n)}" for n in range(turns)
    )
    return ("WEBVTT\n\n" + "\n\n".join(cues)).encode()


def work(data: bytes, file: str) -> int:
    """Count the calls that parsing makes, of functions written in Python and of those that aren't."""
    calls = 0

    def count(_frame: FrameType, event: str, _what: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    re.purge()  # patterns that an earlier count has left there would make this one small
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        parse(data, file)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize(
    ("file", "written"),
    [
        ("talk.txt", everybody_once_or_twice),
        ("talk.txt", in_capitals),
        ("talk.txt", below_a_title),
        ("talk.txt", wrapped_at_every_word),
        ("talk.txt", above_their_words),
        ("talk.txt", once_among_others),
        ("talk.txt", with_a_list_at_the_end),
        ("talk.md", with_last_words_in_italics),
        ("talk.md", as_one_paragraph),
        ("talk.json", as_json_with_roles),
        ("talk.vtt", as_subtitles),
    ],
)
def test_the_work_grows_as_the_transcript_does(file: str, written: Callable[[int], bytes]) -> None:
    work(written(100), file)  # what is imported and compiled once
    assert work(written(800), file) < 2.3 * work(written(400), file)


def test_a_question_is_told_by_its_end_without_reading_the_whole() -> None:
    assert asks("Why not?\u201d) ", 0, 11)
    assert not asks("Why not? So.", 0, 12)
    assert not asks(" \u201d", 0, 2)


PART = st.sampled_from(["Ada", "Bo", "van", "Dr.", "Mrs.", "Mr.", "Lund", "LUND", "Ek", "PhD", "A.", "AL", "B", "Jr"])
NAME = st.lists(PART, min_size=1, max_size=4).map(" ".join)


@given(NAME, st.lists(NAME, max_size=12))
def test_a_register_finds_whom_trying_every_name_finds(label: str, names: list[str]) -> None:
    register = Register(names)
    assert list(register.wholes(label)) == [n for n in names if same_person(label, n)]
    assert list(register.parts(label)) == [n for n in names if same_person(n, label)]
    assert full_name(label, register.wholes(label)) == full_name(label, names)


def test_a_name_in_capitals_is_written_as_the_text_writes_it() -> None:
    text = (
        "Today with Ana van Lund, and Jo\n O'Neil's brother.\n\nANA VAN LUND: Hello.\n\nJO O'NEIL: Hi.\n\nTOM EK: Ek."
    )
    written = as_written(text, ["ANA VAN LUND", "JO O'NEIL", "TOM EK", "Ana Moss", "EK"])
    assert written == {"ANA VAN LUND": "Ana van Lund", "JO O'NEIL": "Jo O'Neil"}


def test_a_name_is_mentioned_again_where_two_words_begin_with_it() -> None:
    mentions = Mentions("Bo: I saw Bo's boat. \u201cAda,\u201d he said.")
    assert mentions.again("Bo")
    assert not mentions.again("Ada")
    assert not mentions.again("Zoe")
