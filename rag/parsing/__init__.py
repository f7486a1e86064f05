"""Any source of an interview to an ``Interview``: the one door into parsing.

In: bytes with a name, a path, or an address. Out: ``Interview`` with speakers, roles and offsets.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Final

from rag.datatypes import Interview
from rag.errors import ParseError
from rag.parsing.document import Document
from rag.parsing.lines import lines_of
from rag.parsing.options import AS_FOUND, ParseOptions
from rag.parsing.roles import assign
from rag.parsing.turns import cut

__all__ = ["ParseOptions", "parse", "read", "slug"]

MAX_SLUG: Final = 60
"""Characters of an interview's id."""


def parse(data: bytes, name: str, options: ParseOptions = AS_FOUND) -> Interview:
    """Parse one interview; ``name`` is the file's name, whose ending tells the format.

    Raises:
        ParseError: the source can't be read, or nobody can be told apart in it.
    """
    document = _document(data, name)
    pieces = cut(document, lines_of(document))
    if not pieces:
        raise ParseError(f"{name}: no turns")
    turns = assign(document.text, pieces, options)
    title = options.title or document.title or PurePosixPath(name).stem
    return Interview(
        id=options.id or slug(title),
        text=document.text,
        turns=turns,
        title=title,
        outlet=options.outlet or document.outlet,
        date=options.date or document.date,
        url=options.url or document.url,
        origin=options.origin,
        times=document.times,
        pages=document.pages,
        descriptions=options.descriptions,
    )


def read(source: Path | str, options: ParseOptions = AS_FOUND) -> Interview:
    """Read an interview from a file or an ``http(s)`` address.

    Raises:
        ParseError: the source can't be read, or nobody can be told apart in it.
        FetchError: the address can't be fetched, or may not be.
    """
    path = Path(source)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ParseError(f"{path}: {error.strerror or error}") from error
    return parse(data, path.name, options if options.origin else replace(options, origin=str(path.resolve())))


def _document(data: bytes, name: str) -> Document:
    from rag.parsing.text import read_text

    return read_text(data, name)


def slug(title: str) -> str:
    """Make a short readable id of letters, digits and hyphens, in which no path can hide."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    short = ""
    for word in words:
        if short and len(short) + 1 + len(word) > MAX_SLUG:
            break
        short = f"{short}-{word}" if short else word[:MAX_SLUG]
    return short or "interview"
