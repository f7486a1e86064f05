"""A file's bytes become exactly the text in it, or one clear error."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import ParseError
from rag.parsing.decoding import MAX_BYTES, check_size, decode
from tests.parsing.soundness import FUZZ

QUESTION = "Q: What do you think?\r\n\r\nA: I don\u2019t know \u2013 it\u2019s \u201cfine\u201d\u2026  She said so.\n"
FRENCH = "\u00c0 la fin de l\u2019ann\u00e9e, j\u2019ai \u00e9t\u00e9 tr\u00e8s \u00e9tonn\u00e9e. Pourquoi\u00a0?\n"
DASHES = "-\u00a0Yes, of course we do.\n- Why?\n-\u00a0Because it is so, in the caf\u00e9.\n"
RUSSIAN = "Что вы думаете? \u2014 Я не знаю, мне кажется, хорошо.\n"
POLISH = "Co pan o tym sądzi? \u2013 Nie wiem, ale myślę, że to jest ładne. Dziękuję.\n"
HEBREW = "מה אתה חושב? אני לא.\n"
ARABIC = "ما رأيك في هذا؟ لا أعرف، لكنني أعتقد أنه جيد.\n"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("text", [QUESTION, FRENCH, DASHES, RUSSIAN, HEBREW, ARABIC])
def test_unicode_is_read_with_and_without_a_byte_order_mark(text: str, codec: str) -> None:
    assert decode(text.encode(codec)) == text


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (QUESTION, "cp1252"),
        (FRENCH, "cp1252"),
        (DASHES, "cp1252"),
        (DASHES * 20, "cp1252"),
        (QUESTION, "mac_roman"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN.replace("\u2014", "-"), "koi8-r"),
        (POLISH, "cp1250"),
        (ARABIC, "cp1256"),
    ],
)
def test_older_encodings_are_recognised(text: str, codec: str) -> None:
    assert decode(text.encode(codec)) == text


def test_line_ends_and_spaces_stay_as_they_are() -> None:
    text = "\t one  two \r\nthree\rfour\u2028five\u00a0 \n\n"
    assert decode(text.encode()) == text


def test_stray_windows_bytes_in_utf8_are_read_as_what_they_were() -> None:
    assert (
        decode("J\u2019ai \u00e9t\u00e9 l\u00e0 \u00e0 ".encode() + b"No\xebl \x96 oui.")
        == "J\u2019ai \u00e9t\u00e9 l\u00e0 \u00e0 No\u00ebl \u2013 oui."
    )


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_a_file_cut_inside_its_last_character_loses_only_that_character(codec: str) -> None:
    assert decode("He said it\u2026".encode(codec)[:-1]) == "He said it\ufffd"


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"Q: Why?\n\x00A: So.", "null bytes"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "null bytes"),
        (b"\x01\x02\x03\x04 words \x05\x06", "binary"),
        ("Why?".encode("utf-16") + b"\x00\xd8", "not"),
        (b"x" * (MAX_BYTES + 2**20), "limit is 20 MB"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(data: bytes, complaint: str) -> None:
    with pytest.raises(ParseError, match=complaint) as error:
        decode(data)
    assert "\n" not in str(error.value)


def test_a_limit_of_its_own_can_be_set() -> None:
    check_size(b"1234", limit=4)
    with pytest.raises(ParseError, match="limit"):
        check_size(b"12345", limit=4)


@FUZZ
@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_the_one_error(data: bytes) -> None:
    try:
        text = decode(data)
    except ParseError:
        return
    assert text.strip()
    text.encode()  # no lone surrogates


@FUZZ
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200).filter(str.strip))
def test_utf8_always_comes_back_unchanged(text: str) -> None:
    assert decode(b"\xef\xbb\xbf" + text.encode()) == text
