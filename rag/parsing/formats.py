"""Which format a source has, and its reader.

In: bytes and a file name. Out: ``Format``, and ``Document``. Readers are imported when they are needed.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from pathlib import PurePosixPath
from typing import Final

from rag.errors import ParseError
from rag.parsing.document import Document
from rag.parsing.foreign import foreign


class Format(Enum):
    """What we can read."""

    TEXT = auto()
    MARKDOWN = auto()
    SUBTITLES = auto()
    HTML = auto()
    DOCX = auto()
    PDF = auto()
    JSON = auto()


ENDINGS: Final = {
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".mdown": Format.MARKDOWN,
    ".mkd": Format.MARKDOWN,
    ".srt": Format.SUBTITLES,
    ".vtt": Format.SUBTITLES,
    ".sbv": Format.SUBTITLES,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".docx": Format.DOCX,
    ".pdf": Format.PDF,
    ".json": Format.JSON,
}
"""By the end of the file's name; what a folder is searched for."""

_IF_NAMED: Final = {
    ".tsv": Format.SUBTITLES,
    ".jsonl": Format.JSON,
    ".ndjson": Format.JSON,
}
"""Endings that other files in a folder have too, or that Whisper gives to the same talk once more."""

_WORD: Final = (".doc", ".docx")
SNIFFED: Final = 2000
"""Bytes that tell the format where the name doesn't."""

_PDF: Final = b"%PDF-"
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML: Final = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_WEBVTT: Final = re.compile(rb"\s*WEBVTT(?:\s|$)")
_SRT: Final = re.compile(rb"\s*\d{1,6}\s*\r?\n\s*\d{1,3}:\d{2}:\d{2}[,.]\d{1,3}\s*-->")
_JSON: Final = re.compile(rb"\s*(?:\[\s*\{|\{)\s*\"")
_FRONT_MATTER: Final = re.compile(rb"---[ \t]*\r?\n[A-Za-z_-]+:")


def format_of(data: bytes, name: str) -> Format:
    """Tell the format: by the first bytes where they can't lie, by the name, by what the text looks like.

    Raises:
        ParseError: a format we don't read.
    """
    ending = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if data.startswith(_PDF):
        return Format.PDF
    if data.startswith(_OLE):
        return Format.DOCX  # whose reader tells one with a password from one of the old kind
    if data.startswith(_ZIP) and ending in _WORD:
        return Format.DOCX
    refuse_foreign(data[:SNIFFED], name)
    if data.startswith(_ZIP):
        return Format.DOCX
    return ENDINGS.get(ending) or _IF_NAMED.get(ending) or _looks_like(data[:SNIFFED].removeprefix(b"\xef\xbb\xbf"))


def refuse_foreign(head: bytes, name: str) -> None:
    """Raise ``ParseError`` where a file's first bytes or its name say that it is no text we could read."""
    what = foreign(head, name)
    if what and not head.startswith((_PDF, _OLE)):
        raise ParseError(f"{name}: this is {what}")


def _looks_like(head: bytes) -> Format:
    for pattern, found in (
        (_HTML, Format.HTML),
        (_WEBVTT, Format.SUBTITLES),
        (_SRT, Format.SUBTITLES),
        (_JSON, Format.JSON),
        (_FRONT_MATTER, Format.MARKDOWN),
    ):
        if pattern.match(head):
            return found
    return Format.TEXT


def document_of(data: bytes, name: str, kind: Format) -> Document:
    """Read a source with the reader for its format.

    Raises:
        ParseError: it can't be read.
    """
    if kind is Format.MARKDOWN:
        from rag.parsing.markdown import read_markdown

        return read_markdown(data, name)
    if kind is Format.SUBTITLES:
        from rag.parsing.subtitles import read_subtitles

        return read_subtitles(data, name)
    if kind is Format.HTML:
        from rag.parsing.html import read_html

        return read_html(data, name)
    if kind is Format.DOCX:
        from rag.parsing.docx import read_docx

        return read_docx(data, name)
    if kind is Format.PDF:
        from rag.parsing.pdf import read_pdf

        return read_pdf(data, name)
    if kind is Format.JSON:
        from rag.parsing.turn_json import read_turn_json

        return read_turn_json(data, name)
    from rag.parsing.text import read_text

    return read_text(data, name)
