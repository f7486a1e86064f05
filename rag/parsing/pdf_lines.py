"""A PDF's pages to the lines printed on them, each with its place, size and bold runs.

In: the bytes of a PDF. Out: ``Line``s in reading order, as PDFium finds them: it follows the order in
which the page was written, so that columns are read one after another.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rag.datatypes import Span
from rag.errors import ParseError

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage

MAX_PAGES: Final = 3_000
MAX_CHARACTERS: Final = 5_000_000
"""Together some 900,000 words; a PDF of more is no interview."""

BOLD_WEIGHT: Final = 600
_BOLD_NAMES: Final = ("bold", "black", "heavy", "semibold", "demi")
_FORCED_BOLD: Final = 1 << 18
_NAME_BYTES: Final = 96
_HYPHENS: Final = "\x02\ufffe"
"""What PDFium gives for a hyphen at a line's end, in place of the line's end."""

_LINE_ENDS: Final = "\r\n" + _HYPHENS

_LIGATURES: Final = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
)

_ONE_AT_A_TIME: Final = threading.Lock()
"""PDFium may not be called from two threads at once."""


@dataclass(slots=True)
class Line:
    """A printed line; lengths in points, ``top`` counted downwards from the page's upper edge."""

    page: int
    """From 1."""
    page_height: float
    text: str = ""
    left: float = 0.0
    right: float = 0.0
    top: float = 0.0
    bottom: float = 0.0
    size: float = 0.0
    first_word: float = 0.0
    """How wide its first word is."""
    bold: list[Span] = field(default_factory=list)

    @property
    def all_bold(self) -> bool:
        """Whether every word of it is bold."""
        return sum(end - start for start, end in self.bold) >= len(self.text.rstrip())


@dataclass(slots=True)
class _Glyph:
    char: str
    left: float
    right: float
    top: float
    bottom: float
    bold: bool


def lines_of(data: bytes) -> tuple[list[Line], str]:
    """Return the lines of a PDF and the title it gives itself.

    Raises:
        ParseError: the PDF is locked, damaged or too long.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    with _ONE_AT_A_TIME:
        try:
            with PdfDocument(data) as pdf:
                if len(pdf) > MAX_PAGES:
                    raise ParseError(f"the PDF has {len(pdf):,} pages and the limit is {MAX_PAGES:,}; split it")
                return list(_lines(pdf)), pdf.get_metadata_value("Title")
        except PdfiumError as error:
            if "password" in str(error).lower():
                raise ParseError("this PDF is locked with a password; save it without one") from None
            raise ParseError("this is no PDF, or a damaged one; open it in a viewer and print it as PDF") from None


def _lines(pdf: PdfDocument) -> Iterator[Line]:
    seen = 0
    for number, page in enumerate(pdf, 1):
        height = page.get_height()
        textpage = page.get_textpage()
        seen += textpage.count_chars()
        if seen > MAX_CHARACTERS:
            raise ParseError(f"the PDF has more than {MAX_CHARACTERS:,} characters; split it")
        glyphs: list[_Glyph] = []
        for glyph in _glyphs(textpage, height):
            if glyph.char not in "\r\n":
                glyphs.append(glyph)
            if glyph.char in _LINE_ENDS:
                yield from _line(glyphs, number, height)
                glyphs = []
        yield from _line(glyphs, number, height)
        textpage.close()
        page.close()


def _glyphs(textpage: PdfTextPage, height: float) -> Iterator[_Glyph]:
    from pypdfium2 import raw

    name = ctypes.create_string_buffer(_NAME_BYTES)
    flags = ctypes.c_int()
    box = raw.FS_RECTF()
    for i in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage.raw, i)
        char = chr(code) if 0 < code < 0x110000 else "\ufffd"
        raw.FPDFText_GetLooseCharBox(textpage.raw, i, box)
        size = raw.FPDFText_GetFontInfo(textpage.raw, i, name, _NAME_BYTES, flags)
        font = name.value.decode("utf-8", errors="replace").lower() if 0 < size <= _NAME_BYTES else ""
        bold = (
            any(word in font for word in _BOLD_NAMES)
            or bool(flags.value & _FORCED_BOLD)
            or raw.FPDFText_GetFontWeight(textpage.raw, i) >= BOLD_WEIGHT
        )
        yield _Glyph(char, box.left, box.right, height - box.top, height - box.bottom, bold)


def _line(glyphs: list[_Glyph], page: int, height: float) -> Iterator[Line]:
    while glyphs and glyphs[0].char.isspace():
        glyphs = glyphs[1:]
    while glyphs and glyphs[-1].char.isspace():
        glyphs.pop()
    if not glyphs:
        return
    line = Line(page, height)
    inked = [g for g in glyphs if not g.char.isspace() and g.right > g.left] or glyphs
    line.left, line.right = min(g.left for g in inked), max(g.right for g in inked)
    line.top, line.bottom = min(g.top for g in inked), max(g.bottom for g in inked)
    heights = sorted(g.bottom - g.top for g in inked)
    line.size = heights[len(heights) // 2]
    word = next((i for i, g in enumerate(glyphs) if g.char.isspace()), len(glyphs))
    line.first_word = max(g.right for g in glyphs[:word]) - min(g.left for g in glyphs[:word])
    parts: list[str] = []
    at = 0
    for glyph in glyphs:
        text = "-" if glyph.char in _HYPHENS else glyph.char.translate(_LIGATURES)
        if glyph.bold and line.bold and line.bold[-1][1] == at:
            line.bold[-1] = (line.bold[-1][0], at + len(text))
        elif glyph.bold and not glyph.char.isspace():
            line.bold.append((at, at + len(text)))
        elif glyph.char.isspace() and line.bold and line.bold[-1][1] == at:
            line.bold[-1] = (line.bold[-1][0], at + len(text))
        parts.append(text)
        at += len(text)
    line.text = "".join(parts)
    yield line
