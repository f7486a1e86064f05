"""A Word document to the text a reader sees in it.

In: the bytes of a ``.docx`` file. Out: ``Document``, a block for each paragraph and heading with its bold
runs, and the pages where the file tells them; the dashes and numbers that Word sets itself are in the text,
because turns are told by them. A table with a column of names gives each row its voice. Inserted text counts,
deleted text does not; text boxes, comments, foot notes and page headers are left out.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rag.datatypes import Role
from rag.errors import ParseError
from rag.parsing.composing import Draft, Piece, readable
from rag.parsing.decoding import check_size
from rag.parsing.document import Document, Kind
from rag.parsing.docx_pages import Pages
from rag.parsing.docx_styles import Styles, W, on
from rag.parsing.names import asking_style, role_word
from rag.parsing.vocabulary import INTERVIEWEE_KEYS, INTERVIEWER_KEYS, OTHER_KEYS, SPEAKER_CELLS
from rag.patterns import lazy

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml.etree import _Element

MAX_BYTES: Final = 100 * 2**20
"""The largest Word file we read: pictures weigh more than words."""

MAX_UNPACKED: Final = 256 * 2**20
"""What may come out of it altogether, ..."""

MAX_PART: Final = 64 * 2**20
"""... and out of one part that we read."""

MAX_NAME: Final = 40
"""A cell with more characters than this is no speaker's name."""

MIN_ROWS: Final = 3
"""A table with fewer rows than this has no column of names."""

_CONTAINER: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_IN: Final = "EncryptedPackage"
"""Where a file of today's kind lies in its container once it has a password."""

_CLOCK: Final = lazy(r"[\[(]?(?:(\d{1,2}):)?(\d{1,3}):(\d{2})(?:[.,]\d+)?[\])]?")
_FRAMES: Final = lazy(r"(?<=\d\d:\d\d:\d\d)[:;]\d\d$")
"""What films count beyond seconds."""

_BESIDE_THE_TALK: Final = ("caption", "toc", "table of")
"""Styles of what is no part of the running text."""

_ADDED_BY_WORD: Final = frozenset({"audio file", "transcript"})
"""The headings that Word sets itself when it transcribes a recording."""

_TRANSPARENT: Final = frozenset({f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"})
_UNSEEN: Final = frozenset({f"{W}del", f"{W}moveFrom", f"{W}txbxContent", f"{W}pict", f"{W}drawing", f"{W}object"})


def read_docx(data: bytes, name: str) -> Document:
    """Read a Word document; ``name`` is the file's name.

    Raises:
        ParseError: the file is empty, too large (also once unpacked), damaged, locked with a password,
            in the format of Word 2003 or older, or without text.
    """
    check_size(data, MAX_BYTES)
    if data.startswith(_CONTAINER):
        raise ParseError(
            "this Word file is locked with a password; save it without one"
            if _locked(data)
            else "this is a Word file of the old .doc kind; open it and save it as DOCX"
        )
    word = _opened(data)
    draft = Draft()
    try:
        body = _Body(draft, Styles.of(word.styles.element, _numbering(word)), Pages.of(word.element.body))
        body.read(word.element.body)
        title = " ".join(readable(word.core_properties.title).split()) or body.title
    except (AttributeError, KeyError, IndexError, TypeError, ValueError) as error:
        raise ParseError("this Word file is damaged; open it in a word processor and save it again") from error
    if not draft.blocks:
        raise ParseError("no text in this Word file; is it in pictures or text boxes?")
    times, pages = tuple(draft.marks), tuple(draft.pages)
    return Document(text=draft.text, blocks=tuple(draft.blocks), title=title, times=times, pages=pages)


def _locked(data: bytes) -> bool:
    from olefile import OleFileIO

    try:
        with OleFileIO(io.BytesIO(data)) as container:
            return bool(container.exists(_LOCKED_IN))
    except (OSError, ValueError, IndexError, struct.error):  # damaged
        return False


def _opened(data: bytes) -> WordDocument:
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    damaged = "this is no Word file, or a damaged one; open it in a word processor and save it as .docx"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            if sum(p.file_size for p in parts) > MAX_UNPACKED or any(
                p.file_size > MAX_PART for p in parts if p.filename.endswith((".xml", ".rels"))
            ):
                raise ParseError(f"this Word file unpacks to more than {MAX_UNPACKED // 2**20} MB; split it")
        return docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, PackageNotFoundError, XMLSyntaxError, zlib.error, EOFError, OSError) as error:
        raise ParseError(damaged) from error
    except (AttributeError, KeyError, IndexError, NotImplementedError, RuntimeError, TypeError, ValueError) as error:
        # What python-docx raises on packages that are no Word document, or lack a part.
        raise ParseError(damaged) from error


def _numbering(word: WordDocument) -> _Element | None:
    from docx.opc.constants import RELATIONSHIP_TYPE

    related = (r for r in word.part.rels.values() if r.reltype == RELATIONSHIP_TYPE.NUMBERING and not r.is_external)
    part = next(related, None)
    return None if part is None else getattr(part.target_part, "element", None)


@dataclass(slots=True)
class _Body:
    """One pass over the document's body."""

    draft: Draft
    styles: Styles
    pages: Pages
    title: str | None = None

    def read(self, container: _Element) -> None:
        """Read the paragraphs and tables in ``container``."""
        for element in container:
            if element.tag == f"{W}p":
                self._paragraph(element)
            elif element.tag == f"{W}tbl":
                self._table(element)
            elif element.tag in _TRANSPARENT:
                self.read(element)

    def _paragraph(
        self, paragraph: _Element, voice: str | None = None, before: Sequence[Piece] = (), role: Role | None = None
    ) -> None:
        pieces = [*before, *self._pieces(paragraph)]
        name = self.styles.name(paragraph)
        if name.startswith(_BESIDE_THE_TALK):
            return
        kind = Kind.HEADING if name.startswith(("heading", "title", "subtitle")) else Kind.PARAGRAPH
        if name == "title" and self.title is None:
            self.title = " ".join("".join(p.text for p in pieces).split()) or None
        if kind is Kind.HEADING and "".join(p.text for p in pieces).strip().casefold() in _ADDED_BY_WORD:
            return
        self.draft.add(pieces, kind, voice, role)

    def _pieces(self, paragraph: _Element) -> Iterator[Piece]:
        asking = asking_style(self.styles.name(paragraph))
        runs = []
        for run in _inside(paragraph, f"{W}r"):
            page = self.pages.begins(run)
            if not on(run.find(f"{W}rPr/{W}vanish")) and (text := _run_text(run)):
                slanted = asking or self.styles.slanted(paragraph, run)
                runs.append(Piece(text, self.styles.bold(paragraph, run), slanted=slanted, page=page))
        mark = self.styles.mark(paragraph)
        if mark and any(run.text.strip() for run in runs):
            yield Piece(mark, runs[0].bold, slanted=runs[0].slanted)
        yield from runs

    def _table(self, table: _Element) -> None:
        rows = [list(_inside(row, f"{W}tc")) for row in _inside(table, f"{W}tr")]
        texts = [[_cell_text(cell) for cell in row] for row in rows]
        named = _names_column(texts)
        roles = _role_columns(texts)
        voice: str | None = None
        for row, words in zip(rows, texts, strict=True):
            if words is texts[0] and (roles or (named and not SPEAKER_CELLS.isdisjoint(w.casefold() for w in words))):
                continue  # it heads the columns
            unnamed = not named
            before: list[Piece] = []
            for column, (cell, text) in enumerate(zip(row, words, strict=True)):
                clock = _CLOCK.fullmatch(_FRAMES.sub("", text))
                role = roles.get(column)
                if not text or (roles and role is None):
                    continue  # it numbers the questions, or times them
                if named and clock:
                    before = [Piece("", mark=_seconds(clock))]
                elif named and not unnamed and _is_name(text):
                    voice, unnamed = text.rstrip(": "), True
                elif (
                    not named
                    and not roles
                    and len(text) <= MAX_NAME
                    and (text.endswith(":") or (_key(text) and len(row) == 2))
                ):
                    before = [Piece(f"{text.rstrip(':')}: ")]
                else:
                    for element in _inside(cell, f"{W}p", f"{W}tbl"):
                        if element.tag == f"{W}p":
                            self._paragraph(element, voice, before, role)
                            before = []
                        else:
                            self._table(element)


def _names_column(texts: list[list[str]]) -> bool:
    """Tell a transcript set as a table: its first column, times apart, repeats a few names.

    A row without a name goes on with the one above.
    """
    rows = [[t for t in row if t and not _CLOCK.fullmatch(_FRAMES.sub("", t))] for row in texts]
    pairs = [row for row in rows if len(row) == 2]
    names = [row[0].rstrip(": ") for row in pairs if _is_name(row[0])]
    many = len(names) >= max(MIN_ROWS, len(pairs) - 1) and 2 * len(pairs) > len(rows)
    return many and all(len(row) < 3 for row in rows[1:]) and 2 * len(set(names)) <= len(names) + 1


def _role_columns(texts: list[list[str]]) -> dict[int, Role]:
    """Return the roles of columns headed ``Question`` and ``Answer``, none where both aren't there."""
    heads = {column: role for column, text in enumerate(texts[0] if texts else ()) if (role := role_word(text))}
    return heads if set(heads.values()) == {Role.INTERVIEWER, Role.INTERVIEWEE} and len(texts) >= MIN_ROWS else {}


def _key(text: str) -> bool:
    """Tell what a cell of a table of particulars says of the one beside it: ``Interviewer``, ``Date``."""
    return text.casefold() in INTERVIEWER_KEYS | INTERVIEWEE_KEYS | OTHER_KEYS


def _is_name(text: str) -> bool:
    return 0 < len(text) <= MAX_NAME and text[-1] not in ".?!" and any(c.isalpha() for c in text)


def _seconds(clock: re.Match[str]) -> float:
    hours, minutes, seconds = clock.groups()
    return float(int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds))


def _cell_text(cell: _Element) -> str:
    runs = (_run_text(run) for run in _inside(cell, f"{W}r"))
    return " ".join("".join(runs).split())


def _inside(element: _Element, *tags: str) -> Iterator[_Element]:
    """Yield the nearest descendants with one of ``tags``, leaving out what a reader doesn't see."""
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag not in _UNSEEN:
            yield from _inside(child, *tags)


def _run_text(run: _Element) -> str:
    parts = []
    for child in run:
        if child.tag == f"{W}t":
            parts.append(child.text or "")
        elif child.tag in (f"{W}br", f"{W}cr"):
            parts.append("\n")
        elif child.tag == f"{W}tab":
            parts.append("\t")
        elif child.tag == f"{W}noBreakHyphen":
            parts.append("\u2011")
    return "".join(parts)
