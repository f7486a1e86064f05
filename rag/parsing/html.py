"""A saved or fetched web page to the interview in it.

In: the bytes of an HTML page: a news site's, or what Word saves as a web page. Out: ``Document`` of its
main text, a block for each paragraph and heading with its bold runs, and the page's title, outlet, date,
author and address. trafilatura tells which part of the page is the article; the paragraphs of that part are
our own, because extractors made for running prose drop short questions, lists and tables.
"""

from __future__ import annotations

import codecs
import logging
import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from rag.errors import ParseError
from rag.parsing.composing import Draft, readable
from rag.parsing.decoding import check_size, decode
from rag.parsing.document import Document, Kind
from rag.parsing.names import name_like
from rag.parsing.page_paragraphs import MAX_LABEL, Paragraph, paragraphs_of
from rag.parsing.page_tables import with_labels, with_roles
from rag.patterns import lazy

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement
    from trafilatura.settings import Document as Extracted

MAX_ELEMENTS: Final = 100_000
"""A page of more elements is no interview: the longest have some thousands."""

MAIN_SHARE: Final = 0.9
"""The article is the smallest element with this share of the words that trafilatura keeps, ..."""

MAIN_PARAGRAPHS: Final = 0.8
"""... and this share of the paragraphs: one long answer is not the article."""

MIN_KEPT_SHARE: Final = 0.5
"""Where trafilatura keeps less of a page's unlinked words than this, it has missed the article."""

MAX_LINKED_SHARE: Final = 0.8
"""A paragraph that trafilatura leaves out and that is a link up to this share is a pointer elsewhere."""

MAX_LINKS: Final = 0.1
"""Paragraphs that are links and nothing else point elsewhere up to this share of the article; else all is linked."""

MIN_FOUND: Final = 40
"""A paragraph of so many characters counts as kept wherever it is found, a shorter one as a line of its own."""

_LOOSE: Final = lazy(r"[\s\xad\u200b*_#|-]+")
_OFFICE: Final = lazy(r"(?i)microsoft word|libreoffice|openoffice|google docs")
_CHARSET: Final = lazy(rb"(?i)<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w:.-]+)")
_SAVED_FROM: Final = lazy(r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(https?://[^\s>]+)")
_DOCTYPE: Final = lazy(r"\s*(?:<\?xml[^>]*>)?\s*<!DOCTYPE[^>\[]*\[", re.IGNORECASE)
_DOCTYPE_END: Final = lazy(r"\]\s*>")

_HEAD: Final = 4096
"""Bytes in which a page says its encoding and where it was saved from."""


def read_html(data: bytes, name: str) -> Document:
    """Read a web page; ``name`` is the file's name or the page's address.

    Raises:
        ParseError: the page is too large, no HTML, or without any text.
    """
    page = _without_definitions(_decoded(data))
    tree = _tree(page)
    if sum(1 for _ in tree.iter()) > MAX_ELEMENTS:
        raise ParseError(f"the page has more than {MAX_ELEMENTS:,} elements; save the interview alone")
    paragraphs = with_roles(with_labels(paragraphs_of(tree)))
    if not paragraphs:
        raise ParseError("no text in this page; if a script draws it, save the page from the browser as text or PDF")
    extracted = _extracted(page)
    draft = Draft()
    for paragraph in _main_text(tree, paragraphs, extracted):
        draft.add(paragraph.pieces, paragraph.kind, role=paragraph.role)
    if not draft.blocks:
        raise ParseError("no text in this page; save it from the browser as text or PDF")
    return Document(
        text=draft.text,
        blocks=tuple(draft.blocks),
        title=_line(extracted.title if extracted else None) or _line(tree.findtext(".//title")),
        outlet=_line(extracted.sitename if extracted else None),
        date=_line(extracted.date if extracted else None),
        author=_author(extracted.author if extracted else None),
        url=_address(page, extracted),
    )


def _decoded(data: bytes) -> str:
    """Decode by what the page says of itself, unless it is UTF-8 or says so wrongly."""
    check_size(data)
    declared = _CHARSET.search(data[:_HEAD])
    if declared is None or b"\x00" in data or data.startswith(codecs.BOM_UTF8):
        return decode(data)
    codec = declared[1].decode("ascii").lower()
    if codec.startswith("utf"):
        return decode(data)
    if codec in ("iso-8859-1", "latin1", "us-ascii", "ascii"):
        codec = "cp1252"  # what browsers take these for
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return data.decode(codec)
        except (LookupError, UnicodeError):
            pass
    return decode(data)


def _without_definitions(page: str) -> str:
    """Leave out a document type with definitions inside, which the HTML parser would take for words."""
    start = _DOCTYPE.match(page)
    end = _DOCTYPE_END.search(page, start.end()) if start else None
    return page[end.end() :] if end else page


def _tree(page: str) -> HtmlElement:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    # No entity of the page's own is expanded by this parser, and nothing is fetched. Bytes, because a
    # page that declares an encoding is refused as a string.
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    try:
        return document_fromstring(page.encode("utf-8", errors="replace"), parser=parser)
    except etree.ParserError:
        raise ParseError("no text in this page; is it a web page?") from None


def _extracted(page: str) -> Extracted | None:
    from trafilatura import bare_extraction
    from trafilatura.settings import Document as Extracted

    for name in ("trafilatura", "htmldate"):  # they report what they do without on the user's terminal
        logging.getLogger(name).setLevel(logging.CRITICAL)
    found = bare_extraction(
        page,
        favor_recall=True,
        include_comments=False,
        with_metadata=True,
        # A date found anywhere in the text may be any date: only what the page says of itself.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    return found if isinstance(found, Extracted) else None


def _main_text(tree: HtmlElement, paragraphs: list[Paragraph], extracted: Extracted | None) -> list[Paragraph]:
    """Choose the paragraphs trafilatura keeps, and all others in the element that holds those."""
    seen = [p for p in paragraphs if not p.furniture]
    kept = _kept(paragraphs, extracted)
    if _office(tree) or not kept or _size(kept) < MIN_KEPT_SHARE * _size([p for p in seen if not _pointer(p)]):
        return seen or paragraphs
    if 2 * _size([p for p in kept if not p.furniture]) >= _size(kept):
        kept = [p for p in kept if not p.furniture]
    else:
        seen = paragraphs  # the page calls its article something that furniture is called elsewhere
    if _size([p for p in kept if _link_alone(p)]) <= MAX_LINKS * _size(kept):
        kept = [p for p in kept if not _link_alone(p)]
    main = _smallest_holding(kept)
    chosen = {id(p) for p in kept} | {id(p) for p in seen if main in _around(p) and not _pointer(p)}
    return [p for p in paragraphs if id(p) in chosen]


def _pointer(paragraph: Paragraph) -> bool:
    """Tell a paragraph that only links to something else."""
    return paragraph.linked > MAX_LINKED_SHARE * len(paragraph.text)


def _link_alone(paragraph: Paragraph) -> bool:
    """Tell the headline of another article from a linked question, or a linked name above its words."""
    text = paragraph.text.strip()
    plain = paragraph.kind is Kind.PARAGRAPH and not any(piece.bold for piece in paragraph.pieces)
    return plain and paragraph.linked >= len(text) > MAX_LABEL and not text.endswith("?")


def _kept(paragraphs: list[Paragraph], extracted: Extracted | None) -> list[Paragraph]:
    text = (extracted.text if extracted else None) or ""
    lines = {_squeezed(line) for line in text.splitlines()}
    everything = _squeezed(text)
    squeezed = ((p, _squeezed(p.printed)) for p in paragraphs)
    return [p for p, words in squeezed if words in lines or (len(words) >= MIN_FOUND and words in everything)]


def _smallest_holding(kept: list[Paragraph]) -> _Element:
    """Return the innermost element that holds nearly all of the kept paragraphs."""
    sizes: Counter[_Element] = Counter()
    counts: Counter[_Element] = Counter()
    for paragraph in kept:
        for element in _around(paragraph):
            sizes[element] += len(paragraph.text)
            counts[element] += 1
    size, count = MAIN_SHARE * _size(kept), MAIN_PARAGRAPHS * len(kept)
    enough = [e for e in sizes if sizes[e] >= size and counts[e] >= count]
    return max(enough, key=lambda element: sum(1 for _ in element.iterancestors()))


def _around(paragraph: Paragraph) -> list[_Element]:
    return [paragraph.element, *paragraph.element.iterancestors()]


def _size(paragraphs: list[Paragraph]) -> int:
    return sum(len(p.text) for p in paragraphs)


def _squeezed(text: str) -> str:
    """Return ``text`` without white space and Markdown's marks, which extraction adds or drops."""
    return _LOOSE.sub("", text)


def _office(tree: HtmlElement) -> bool:
    """Tell a word processor's page: all of it is the document."""
    return any(_OFFICE.search(meta.get("content", "")) for meta in tree.iterfind(".//meta[@name]"))


def _address(page: str, extracted: Extracted | None) -> str | None:
    found = extracted.url if extracted else None
    saved = _SAVED_FROM.search(page[:_HEAD])
    address = found or (saved[1] if saved else None)
    return address if address and address.startswith(("http://", "https://")) else None


def _author(found: str | None) -> str | None:
    """Return the names of the authors; what is no name was found in running text."""
    return "; ".join(name for part in (found or "").split(";") if (name := _line(part)) and name_like(name)) or None


def _line(text: str | None) -> str | None:
    """Return ``text`` as one line, None where nothing is left."""
    return " ".join(readable(text or "").split()) or None
