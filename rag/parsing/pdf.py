"""A text PDF to running text that carries the page.

In: the bytes of a PDF. Out: ``Document`` with the printed lines joined to paragraphs, ``pages`` marking
where each page starts, bold runs, and larger print as headings. Running heads and feet and page numbers
are left out. A word divided at a line's end loses its hyphen unless the text writes it with one
elsewhere, or what stands before the hyphen is a word that makes compounds ("self-", "well-").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from rag.errors import ParseError
from rag.parsing.composing import Draft, Piece, readable
from rag.parsing.decoding import check_size
from rag.parsing.document import Document, Kind
from rag.parsing.lines import LINE_NUMBER, counts_lines
from rag.parsing.pdf_lines import Line, lines_of
from rag.patterns import lazy

MAX_BYTES: Final = 100 * 2**20
"""The largest PDF we read: pictures and fonts weigh more than words."""

EDGE: Final = 0.12
"""Running heads and feet stand in this share of the page, at its top and bottom."""

RUNNING_SHARE: Final = 0.4
"""... and recur on at least this share of the pages: left and right pages may differ."""

LARGER: Final = 1.15
"""Print this many times the size of the text's is a heading."""

SMALLER: Final = 0.88
"""Print up to this many times the size of the text's is a foot note or a caption, ..."""

MAX_SMALLER: Final = 0.25
"""... unless so much of the text is set in it."""

SAME_SIZE: Final = 0.05
"""Sizes that differ by less than this share are the same."""

GAP: Final = 0.35
"""A paragraph ends where the next line is so much of a line's height further down than lines usually are."""

INDENT: Final = 0.8
"""A first line is set in by at least this share of its height."""

ROOM: Final = 0.3
"""A line that leaves this share of the column empty ends its paragraph, whatever it ends in."""

MAX_LABEL: Final = 80
"""How much of a line is looked at for a label or a page number."""

_PAGE_NUMBER: Final = lazy(
    r"(?i)[-\u2013\u2014|\s]*(?:page|p\.)?\s*\d{1,4}(?:\s*(?:of|/|-)\s*\d{1,4})?[-\u2013\u2014|\s]*"
)
_ENDS: Final = lazy(r"[.?!\u2026:][\"'\u201d\u2019\xbb)\]]*$")
_NAME: Final = r"[^\W\d_a-z][\w.'\u2019-]*"
_LABEL: Final = lazy(
    rf"{_NAME}(?: (?:[a-z]{{1,3}} ){{0,2}}(?:{_NAME}|\d{{1,2}})){{0,3}} ?(?:\([^()]{{1,30}}\))?[:\uff1a](?=\s|$)"
)
_OPENS: Final = lazy(rf"[-\u2013\u2014\u2022]\s?\S|{_LABEL.pattern}|\d{{1,3}}[.)]\s")
_DIVIDED: Final = lazy(r"(?<![^\W\d_])([^\W\d_]+)[-\xad]$")
_WORD: Final = lazy(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_PREFIXES: Final = (
    "all anti co cross ex far full half high ill long low mid multi non off old one part post pre re self semi short "
    "so sub two three four five twenty thirty forty fifty sixty seventy eighty ninety well"
)
_JOINING: Final = frozenset({"in", "of", "to", "up", "by", "and", "at", "on"})
"""Small words inside a compound."""

_COMPOUNDING: Final = frozenset(_PREFIXES.split())
_NO_TITLE: Final = lazy(r"(?i)microsoft word|untitled|^\S*$|\.(?:docx?|pdf|indd|qxd|rtf|html?)\b")


def read_pdf(data: bytes, name: str) -> Document:
    """Read a PDF; ``name`` is the file's name.

    Raises:
        ParseError: the PDF is empty, too large, damaged, locked with a password, or has no text (a scan).
    """
    check_size(data, MAX_BYTES)
    printed, title = lines_of(data)
    if not printed:
        raise ParseError(
            "no text in this PDF: it is pictures of pages (a scan?); put it through text recognition first"
        )
    printed = _without_line_numbers(printed)
    lines = _without_small_print(_without_furniture(printed)) or printed
    words = Counter(word.lower() for line in lines for word in _WORD.findall(line.text))
    draft = Draft()
    page = 0
    for paragraph, kind in _paragraphs(lines):
        pieces: list[Piece] = []
        for n, line in enumerate(paragraph):
            after = paragraph[n + 1] if n + 1 < len(paragraph) else None
            pieces += _pieces(line, after, words, line.page if line.page != page else None)
            page = line.page
        draft.add(pieces, kind)
    if not draft.blocks:
        raise ParseError("no text in this PDF that can be read; print it as PDF again from where it was written")
    return Document(text=draft.text, blocks=tuple(draft.blocks), title=_title(title, draft), pages=tuple(draft.marks))


def _without_line_numbers(lines: Sequence[Line]) -> list[Line]:
    """Leave out the column of numbers that courts print beside a transcript."""
    if not counts_lines([line.text for line in lines]):
        return list(lines)
    for line in lines:
        number = LINE_NUMBER.match(line.text)
        if number:
            line.text = line.text[number.end() :]
            line.bold = [(max(a - number.end(), 0), b - number.end()) for a, b in line.bold if b > number.end()]
    return [line for line in lines if line.text]


def _without_furniture(lines: Sequence[Line]) -> list[Line]:
    """Leave out page numbers, and what recurs at the edges of the pages with other numbers in it.

    Spoken lines recur too ("Yes."), so it must also be set apart: in another size, or by white space.
    """
    pages = len({line.page for line in lines})
    edge = [line for line in lines if line.top < EDGE * line.page_height or line.bottom > (1 - EDGE) * line.page_height]
    recurring = Counter(shape for _, shape in {(line.page, _shape(line)) for line in edge})
    least = max(2, RUNNING_SHARE * pages)
    likely = {
        id(line)
        for line in edge
        if recurring[_shape(line)] >= least or _PAGE_NUMBER.fullmatch(line.text[:MAX_LABEL]) is not None
    }
    body = _body_size(lines)
    running = {id(line) for line in edge if id(line) in likely and abs(line.size - body) > SAME_SIZE * body}
    for cluster in _clusters(lines, (1 + 2 * GAP) * _pitch(lines)):
        if all(id(line) in likely for line in cluster):
            running |= {id(line) for line in cluster}
    return [line for line in lines if id(line) not in running]


def _without_small_print(lines: Sequence[Line]) -> list[Line]:
    """Leave out foot notes, captions and credits; what is set small above the text may say who talks to whom."""
    if not lines:
        return []
    body = _body_size(lines)
    small = {id(line) for line in lines if line.size <= SMALLER * body}
    first = next(n for n, line in enumerate(lines) if round(line.size, 1) == body)
    if sum(len(line.text) for line in lines if id(line) in small) > MAX_SMALLER * sum(len(line.text) for line in lines):
        return list(lines)
    return [line for n, line in enumerate(lines) if n < first or id(line) not in small or _LABEL.match(line.text)]


def _clusters(lines: Sequence[Line], gap: float) -> list[list[Line]]:
    """Put the lines of each page together that have less than ``gap`` from one to the next."""
    clusters: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.page, line.top)):
        last = clusters[-1][-1] if clusters else None
        if last and last.page == line.page and line.top - last.top < gap:
            clusters[-1].append(line)
        else:
            clusters.append([line])
    return clusters


def _shape(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def _paragraphs(lines: Sequence[Line]) -> Iterator[tuple[list[Line], Kind]]:
    body, pitch = _body_size(lines), _pitch(lines)
    edges = _right_edges(lines, body)
    labels = Counter(label for line in lines if (label := _label(line)))
    paragraph = [lines[0]]
    for n, (before, line) in enumerate(pairwise(lines)):
        # A speaker who is cut short ends no sentence.
        if labels[_label(line)] > 1 or _starts(before, line, pitch, edges[n]):
            yield paragraph, _kind(paragraph, body)
            paragraph = []
        paragraph.append(line)
    yield paragraph, _kind(paragraph, body)


def _label(line: Line) -> str:
    """Return the name and the colon that a line opens with."""
    match = _LABEL.match(line.text[:MAX_LABEL])
    return match[0] if match else ""


def _body_size(lines: Sequence[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0]


def _pitch(lines: Sequence[Line]) -> float:
    """Return how far down the next line usually is."""
    steps = [b.top - a.top for a, b in pairwise(lines) if _below(a, b)]
    return median(steps) if steps else _body_size(lines)


def _right_edges(lines: Sequence[Line], body: float) -> list[float]:
    """Return for each line how far its column reaches; a column is a run of lines each below the last."""
    edges: list[float] = []
    start = 0
    for n in range(1, len(lines) + 1):
        if n == len(lines) or lines[n].page != lines[n - 1].page or lines[n].top < lines[n - 1].top - lines[n].size:
            column = lines[start:n]
            edge = max((line.right for line in column if line.size < LARGER * body), default=0.0)
            edges += [max(edge, 0.0) or line.right for line in column]
            start = n
    return edges


def _below(before: Line, line: Line) -> bool:
    return before.page == line.page and 0 < line.top - before.top < 3 * line.size


def _starts(before: Line, line: Line, pitch: float, edge: float) -> bool:
    """Tell whether ``line`` starts a paragraph."""
    if max(before.size, line.size) > LARGER * min(before.size, line.size) or before.all_bold != line.all_bold:
        return True
    finished = _ENDS.search(before.text) is not None
    if _DIVIDED.search(before.text) and line.text[:1].islower():
        return False
    if not _below(before, line):  # the next column or page: a sentence may run on
        return finished
    if line.top - before.top > pitch + GAP * line.size:
        return True
    room = edge - before.right
    if not finished:
        return room > ROOM * (edge - before.left)
    set_in = line.left > before.left + INDENT * line.size
    return set_in or room > line.first_word + GAP * line.size or _OPENS.match(line.text[:MAX_LABEL]) is not None


def _kind(paragraph: Sequence[Line], body: float) -> Kind:
    return Kind.HEADING if all(line.size >= LARGER * body for line in paragraph) else Kind.PARAGRAPH


def _pieces(line: Line, after: Line | None, words: Counter[str], page: int | None) -> Iterator[Piece]:
    """Yield the line's runs, and what joins it to the line after it."""
    text, join = line.text, " " if after else ""
    divided = _DIVIDED.search(text)
    if divided and after and after.text[:1].islower():
        join = ""
        text = text if _compound(divided[1], after.text, words) else text[:-1]
    at = 0
    for start, end in [*line.bold, (len(text), len(text))]:
        start, end = min(start, len(text)), min(end, len(text))
        for a, b, bold in ((at, start, False), (start, end, True)):
            if b > a:
                yield Piece(text[a:b], bold, page)
                page = None
        at = max(at, end)
    if join:
        yield Piece(join, line.all_bold and after is not None and after.all_bold)


def _compound(first: str, after: str, words: Counter[str]) -> bool:
    """Tell whether the hyphen between ``first`` and the line ``after`` belongs to the word."""
    second = _WORD.match(after)
    if second is None:
        return True
    if "-" in second[0] and second[0].split("-")[0] in _JOINING:  # mother-in-law
        return True
    whole, hyphened = f"{first}{second[0]}".lower(), f"{first}-{second[0]}".lower()
    if words[whole] != words[hyphened]:
        return words[hyphened] > words[whole]
    return first.lower() in _COMPOUNDING


def _title(own: str, draft: Draft) -> str | None:
    """Return the PDF's own title unless it is a file's name, or else its first heading."""
    own = " ".join(readable(own).split())
    if own and not _NO_TITLE.search(own):
        return own
    headings = (b for b in draft.blocks[:5] if b.kind is Kind.HEADING)
    first = next(headings, None)
    return draft.text[first.start : first.end] if first else None
