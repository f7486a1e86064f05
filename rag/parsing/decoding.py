"""A text file's bytes to the text in it, in whatever encoding it was saved.

In: the bytes of a text, Markdown, subtitle, HTML or JSON file. Out: ``str``, with every line end and
space as it stands in the file; only a byte-order mark, which is no part of the text, is left off.
"""

from __future__ import annotations

import codecs
from typing import Final

from rag.errors import ParseError
from rag.patterns import lazy

MAX_BYTES: Final = 20 * 2**20
"""The largest text we read: about 3.5 million words, some 300 hours of talk."""

MAX_CONTROL_SHARE: Final = 0.01
"""Above this share of control characters the bytes are no text."""

MIN_SCRIPT_SHARE: Final = 0.5
"""In UTF-16 without a mark, at least this share of the characters are of one block of 256 (one script)."""

MAX_LATIN_SHARE: Final = 0.5
"""Non-ASCII bytes per ASCII letter up to which a text is in Latin letters."""

DETECTION_BYTES: Final = 256 * 2**10
"""How much of a file is looked at to tell its encoding, which the whole of it is then read by."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WESTERN: Final = ("cp1252", "cp1254", "cp1258", "latin_1", "iso8859_9")
"""Not offered to the detector: Windows-1252 is ruled out by then, and it likes these too well for Polish."""

_CONTROL: Final = lazy("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")  # NEL (x85) ends lines
_NO_LETTER: Final = lazy(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
"""Bytes that stand for no character of a text in any of the older encodings."""

_BINARY: Final = "the file is binary, not text; export the transcript as text, HTML, DOCX or PDF"
_EMPTY: Final = "the file is empty; save or export the transcript again, and look that it has words in it"
_STRAY: Final = lazy("[\udc80-\udcff]")
_NO_WESTERN_WORD: Final = lazy(
    "[\x80-\x9f]"  # not defined in cp1252
    "|[a-zà-öø-ÿ][À-ÖØ-Þ]"  # a capital after a small letter: Macintosh quotation marks
    "|[a-zà-öø-ÿ][¡-¦¨¬¯±-\xb4¶-¹¼-¿\u201a„†‡\u02c6‰\u2039][a-zà-öø-ÿ]"  # a sign in a word: DOS, Polish, Czech
)


def decode(data: bytes) -> str:
    """Decode a text file, leaving its line ends and spaces as they are.

    Tried in order: a byte-order mark, UTF-16 by its nulls, UTF-8 (with stray Windows-1252 bytes where
    two encodings were mixed), Windows-1252 for texts in Latin letters, what charset-normalizer finds.

    Raises:
        ParseError: the file is empty, larger than ``MAX_BYTES``, or no text.
    """
    check_size(data)
    text = _text_of(data)
    if not text.strip():
        raise ParseError(_EMPTY)
    if "\x00" in text:
        raise ParseError("the file holds null bytes, so it is no text, or a damaged one; save it as text again")
    if len(_CONTROL.findall(text)) > MAX_CONTROL_SHARE * len(text):
        raise ParseError(_BINARY)
    return text


def check_size(data: bytes, limit: int = MAX_BYTES) -> None:
    """Raise ``ParseError`` where ``data`` is empty or has more bytes than ``limit``."""
    if not data:
        raise ParseError(_EMPTY)
    if len(data) > limit:
        size, most = (f"{n / 2**20:.0f} MB" for n in (len(data), limit))
        raise ParseError(f"the file has {size} and the limit is {most}; split it into one file an interview")


def _text_of(data: bytes) -> str:
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _of_marked(data[len(mark) :], codec)
    unmarked = _unmarked_utf16(data)
    if unmarked is not None:
        return _of_marked(data, unmarked)
    whole = _utf8(data)
    if whole is not None:
        return whole
    try:
        western = data.decode("cp1252")
    except UnicodeDecodeError:
        return _detected(data)
    if _in_latin_letters(data) and not _NO_WESTERN_WORD.search(western):
        return western
    return _detected(data)


def _of_marked(data: bytes, codec: str) -> str:
    """Decode what says its own encoding; a last character cut in two becomes U+FFFD."""
    if codec == "utf-8":
        whole = _utf8(data)
        return data.decode("cp1252", errors="replace") if whole is None else whole
    unit = 4 if codec.startswith("utf-32") else 2
    complete = len(data) - len(data) % unit
    try:
        return data[:complete].decode(codec) + ("\ufffd" if complete < len(data) else "")
    except UnicodeDecodeError:
        raise ParseError(f"the file says it is {codec[:6].upper()} and is not; save it as UTF-8") from None


def _unmarked_utf16(data: bytes) -> str | None:
    """Tell UTF-16 without a mark: one half of each pair is a null for spaces, and hardly varies."""
    low, high = data[0::2], data[1::2]
    if high.count(0) > 10 * low.count(0) and _of_one_script(high):
        return "utf-16-le"
    if low.count(0) > 10 * high.count(0) and _of_one_script(low):
        return "utf-16-be"
    return None


def _of_one_script(high: bytes) -> bool:
    return max(high.count(b) for b in set(high)) >= MIN_SCRIPT_SHARE * len(high)


def _utf8(data: bytes) -> str | None:
    """Decode UTF-8; None where more of its non-ASCII bytes are broken than whole."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        first = error.start
    complete = codecs.getincrementaldecoder("utf-8")()
    try:
        return complete.decode(data) + "\ufffd"  # only the last character is cut short
    except UnicodeDecodeError:
        pass
    around = data[max(0, first - DETECTION_BYTES) : first + DETECTION_BYTES].decode("utf-8", errors="surrogateescape")
    if sum(not c.isascii() for c in around) < 2 * len(_STRAY.findall(around)):
        return None
    text = data.decode("utf-8", errors="surrogateescape")
    return _STRAY.sub(lambda m: bytes([ord(m[0]) - 0xDC00]).decode("cp1252", errors="replace"), text)


def _in_latin_letters(data: bytes) -> bool:
    letters = sum(data.count(bytes([c])) for c in b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return len(data.translate(None, bytes(range(128)))) <= MAX_LATIN_SHARE * letters


def _detected(data: bytes) -> str:
    from charset_normalizer import from_bytes

    if len(_NO_LETTER.findall(data)) > MAX_CONTROL_SHARE * len(data):
        raise ParseError(_BINARY)
    found = from_bytes(data[:DETECTION_BYTES], cp_exclusion=list(_WESTERN)).best()
    if found is None:
        raise ParseError("the file is binary, or in an encoding we can't tell; save it as UTF-8")
    try:
        return data.decode(found.encoding)
    except UnicodeDecodeError:
        return data.decode(found.encoding, errors="replace")
