"""What is no transcript at all: pictures, recordings, archives, programs, and documents of kinds we don't read.

In: a file's first bytes and its name. Out: one line that says what it is and what to do instead.
"""

from __future__ import annotations

import re
from mimetypes import MimeTypes
from pathlib import PurePosixPath
from typing import Final

from rag.patterns import lazy

_READ: Final = "onrecord reads text, Markdown, SRT, WebVTT, HTML, DOCX, PDF and JSON"

_PICTURE: Final = f"a picture, not a text. {_READ}"
_RECORDING: Final = (
    "a recording, and onrecord reads transcripts, not recordings: transcribe it first; "
    "JSON turns, SRT and VTT of a transcriber are read"
)
_ARCHIVE: Final = f"an archive of files, not a text; unpack it first. {_READ}"
_PROGRAM: Final = f"a program, not a text. {_READ}"
_DATABASE: Final = f"a database, not a text. {_READ}"
_SHEET: Final = "a spreadsheet, not a text; save it as text, HTML or DOCX"
_SLIDES: Final = "a file of slides, not a text; save it as PDF or text"
_FONT: Final = f"a font, not a text. {_READ}"
_TABLE: Final = "a table, not a text; save it as text, each turn as NAME: WORDS, or export it as SubRip or WebVTT"
_SUBSTATION: Final = "a file of SubStation subtitles; export it as SubRip or WebVTT"
_TIMED_TEXT: Final = "a file of TTML subtitles; export it as SubRip or WebVTT"
_TEI: Final = "a TEI document; export it as text, each turn as NAME: WORDS, or as HTML"
_XML: Final = "an XML file; export it as text, each turn as NAME: WORDS, or as HTML, SubRip or WebVTT"

_BY_ENDING: Final = {
    ".doc": "an old Word file; save it as DOCX",
    ".rtf": "an RTF file; save it as DOCX or text",
    ".odt": "an OpenDocument file; save it as DOCX or text",
    ".pages": "a Pages file; export it as DOCX or text",
    ".epub": "an e-book; save the interview as text or HTML",
    **dict.fromkeys((".xls", ".xlsx", ".ods", ".numbers"), _SHEET),
    **dict.fromkeys((".ppt", ".pptx", ".odp", ".key"), _SLIDES),
    **dict.fromkeys((".csv", ".tab"), _TABLE),
    **dict.fromkeys((".ass", ".ssa"), _SUBSTATION),
    **dict.fromkeys((".ttml", ".dfxp"), _TIMED_TEXT),
    ".tei": _TEI,
    **dict.fromkeys((".zip", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".tar", ".iso", ".dmg"), _ARCHIVE),
    **dict.fromkeys((".exe", ".dll", ".msi", ".apk", ".jar"), _PROGRAM),
    **dict.fromkeys((".db", ".sqlite", ".sqlite3"), _DATABASE),
    **dict.fromkeys((".heic", ".heif", ".webp", ".avif", ".cr2", ".nef", ".psd"), _PICTURE),
    **dict.fromkeys((".m4a", ".m4b", ".flac", ".ogg", ".oga", ".opus", ".wma", ".amr", ".aac"), _RECORDING),
    **dict.fromkeys((".mkv", ".webm", ".wmv", ".flv", ".m4v", ".3gp"), _RECORDING),
}
"""What the file's name says, where the library below is silent or says otherwise from one computer to the next."""

_BY_TYPE: Final = {"image": _PICTURE, "audio": _RECORDING, "video": _RECORDING, "font": _FONT}

_BY_HEAD: Final = tuple(
    (lazy(head, re.DOTALL), what)
    for head, what in (
        (rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|II\*\x00|MM\x00\*|RIFF....WEBP|BM....\x00{4}", _PICTURE),
        (rb"\x00\x00..ftyp(?:heic|heix|mif1|avif)|8BPS\x00", _PICTURE),
        (
            rb"\x00\x00..ftyp|RIFF....(?:WAVE|AVI )|ID3[\x02-\x04]|\xff[\xfb\xf3\xf2\xf1\xf9]|OggS\x00|fLaC\x00",
            _RECORDING,
        ),
        (rb"\x1aE\xdf\xa3|FORM....AIF|#!AMR\n|FLV\x01|\x30\x26\xb2\x75\x8e\x66\xcf\x11|\x00\x00\x01\xba", _RECORDING),
        (rb"\x1f\x8b\x08|BZh\d1AY&SY|\xfd7zXZ\x00|7z\xbc\xaf\x27\x1c|Rar!\x1a\x07|.{257}ustar", _ARCHIVE),
        (rb"\x7fELF|MZ.{0,62}\x00\x00|\xcf\xfa\xed\xfe|\xca\xfe\xba\xbe", _PROGRAM),
        (rb"SQLite format 3\x00", _DATABASE),
        (rb"\{\\rtf\d", _BY_ENDING[".rtf"]),
        (rb"wOF[F2]\x00|OTTO\x00|\x00\x01\x00\x00\x00", _FONT),
    )
)
"""What the first bytes say; no text in any encoding begins so."""

_PROLOG: Final = rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]{0,300}\?>\s*|<!--.{0,500}?-->\s*|<!DOCTYPE [^>]{0,300}>\s*){0,9}"
_BY_MARKS: Final = tuple(
    (lazy(mark, re.DOTALL), what)
    for mark, what in (
        (rb"(?:\xef\xbb\xbf)?\s*\[Script Info\]", _SUBSTATION),
        (_PROLOG + rb"<(?:\w+:)?tt[\s>]", _TIMED_TEXT),
        (_PROLOG + rb"<(?:\w+:)?(?:TEI|teiCorpus)(?:\.2)?[\s>]", _TEI),
        (rb"(?:\xef\xbb\xbf)?\s*<\?xml\s", _XML),
    )
)
"""What the first characters of a text say that isn't meant to be read as it stands."""

_PAGE: Final = lazy(rb"<!doctype\s+html|<(?:\w+:)?html\b", re.IGNORECASE)
"""A page may begin as XML does."""

_TYPES: Final = MimeTypes()
"""The table that comes with Python, without what this computer has added to it."""


def foreign(head: bytes, name: str) -> str | None:
    """Say what a file is that we don't read, and what to do; None where it may be one that we read."""
    by_head = next((what for pattern, what in _BY_HEAD if pattern.match(head)), None)
    ending = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    known, packed = _TYPES.guess_type(f"name{ending}")
    kind = (known or "").partition("/")[0]
    by_name = _BY_ENDING.get(ending) or _BY_TYPE.get(kind) or (_ARCHIVE if packed else None)
    return by_head or by_name or _marked_up(head)


def _marked_up(head: bytes) -> str | None:
    """Say which kind of mark-up a text is in that we don't read."""
    what = next((what for pattern, what in _BY_MARKS if pattern.match(head)), None)
    return None if what is _XML and _PAGE.search(head) else what
