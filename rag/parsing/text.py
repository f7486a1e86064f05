"""Plain text, in any encoding, as a document: the decoded file itself, and its paragraphs.

In: the bytes of a ``.txt`` file. Out: ``Document`` whose text is exactly the decoded file; only the column
of line numbers that courts print beside a transcript is left out, because it would stand inside the quotes.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from rag.datatypes import Span
from rag.parsing.decoding import decode
from rag.parsing.document import Block, Document
from rag.parsing.lines import LINE_NUMBER, asks, counts_lines, ends_sentence, lines_of, stamps, trimmed
from rag.patterns import lazy

WRAP_WIDTH: Final = 100
"""A text whose every line is shorter than this may have been wrapped by hand."""

WRAPPED_SHARE: Final = 0.5
"""... and was, if this share of its lines end without ending a sentence."""

_LINE: Final = lazy(r"[^\r\n\f\v\x85\u2028\u2029]+")
_BREAK: Final = lazy(r"\r\n|[\r\n\f\v\x85\u2028\u2029]")
_NUMBERED: Final = lazy(r"[(\[]?\d{1,3}[.)\]][ \t\xa0]")
_QUOTED: Final = "> "
_EMPHASIS: Final = ("**", "__", "*", "_")
"""Two for bold, one for italics."""


def read_text(data: bytes, name: str) -> Document:
    """Read plain text; ``name`` is the file's name.

    Raises:
        ParseError: the bytes are empty or no text.
    """
    text = _without_line_numbers(decode(data))
    blocks = tuple(_block(text, start, end) for start, end in _paragraphs(text))
    document = Document(text=text, blocks=blocks)
    return Document(text=text, blocks=blocks, times=stamps(lines_of(document)))


def _without_line_numbers(text: str) -> str:
    lines = [line[0] for line in _LINE.finditer(text) if not line[0].isspace()]
    return _LINE.sub(lambda line: LINE_NUMBER.sub("", line[0]), text) if counts_lines(lines) else text


def _block(text: str, start: int, end: int) -> Block:
    """Make a block; a paragraph wholly between asterisks is bold or in italics, as typists mark it."""
    mark = _emphasis(text, start, end)
    return Block(
        start,
        end,
        bold=((start, end),) if len(mark) > 1 else (),
        set_off=len(mark) == 1 or text.startswith(_QUOTED, start),
    )


def _emphasis(text: str, start: int, end: int) -> str:
    """Return the asterisks or underscores between which a paragraph stands wholly, none where it doesn't."""
    return next(
        (
            mark
            for mark in _EMPHASIS
            if end - start > 2 * len(mark)
            and text.startswith(mark, start)
            and text.endswith(mark, start, end)
            and (len(mark) > 1 or text.find(mark, start + 1, end - 1) < 0)
        ),
        "",
    )


def _paragraphs(text: str) -> Iterator[Span]:
    """Cut at blank lines; where there are none, at every line that isn't a wrapped one.

    Below a question its answer may begin without a blank line.
    """
    lines = [span for m in _LINE.finditer(text) if (span := trimmed(text, *m.span()))]
    if not lines:
        return
    gaps = [_blank_between(text, a[1], b[0]) for a, b in pairwise(lines)]
    wrapped = _wrapped(text, lines)
    every_line = not any(gaps) and not wrapped
    start, end = lines[0]
    for gap, (next_start, next_end) in zip(gaps, lines[1:], strict=True):
        emphasised = _emphasis(text, start, end) or _emphasis(text, next_start, next_end)
        quoted = _quoted_alone(text, start, end, next_start)
        if gap or every_line or emphasised or quoted or (not wrapped and _question(text, start, end)):
            yield start, end
            start = next_start
        end = next_end
    yield start, end


def _quoted_alone(text: str, start: int, end: int, below: int) -> bool:
    """Tell that only one of two neighbours is quoted, as in an answer to an e-mail; a sentence may run on unquoted."""
    above, quoted = text.startswith(_QUOTED, start), text.startswith(_QUOTED, below)
    return quoted > above or (above > quoted and ends_sentence(text, start, end))


def _question(text: str, start: int, end: int) -> bool:
    numbered = _NUMBERED.match(text, start, end) is not None and ends_sentence(text, start, end)
    return numbered or asks(text, start, end)


def _blank_between(text: str, end: int, start: int) -> bool:
    return len(_BREAK.findall(text, end, start)) > 1


def _wrapped(text: str, lines: list[Span]) -> bool:
    open_ends = sum(text[end - 1].isalnum() or text[end - 1] == "," for _, end in lines)
    return max(end - start for start, end in lines) <= WRAP_WIDTH and open_ends > WRAPPED_SHARE * len(lines)
