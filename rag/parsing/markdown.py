r"""Markdown, with or without front matter, as readable text: links as their words, no markup left.

In: the bytes of a ``.md`` file. Out: ``Document`` with headings and bold runs as blocks know them; time
stamps like ``\[04:08\]`` go from the text into ``times``, who asks and who answers from front matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from html import unescape
from typing import TYPE_CHECKING, Final

from rag.dates import day_of
from rag.parsing.composing import Draft, Piece
from rag.parsing.decoding import decode
from rag.parsing.document import Document, Kind
from rag.parsing.lines import time_stamp
from rag.parsing.vocabulary import SPEAKER_CELLS
from rag.patterns import lazy

if TYPE_CHECKING:
    from markdown_it.token import Token

_TITLE_KEYS: Final = ("title", "headline", "name")
_OUTLET_KEYS: Final = ("outlet", "publication", "publisher", "site", "source", "podcast", "show", "magazine")
_URL_KEYS: Final = ("url", "link", "permalink", "canonical", "canonical_url", "source_url")
_DATE_KEYS: Final = ("date", "published", "pubdate", "recorded")
_INTERVIEWER_KEYS: Final = ("interviewer", "interviewers", "host", "hosts", "interviewed_by")
_INTERVIEWEE_KEYS: Final = ("interviewee", "interviewees", "guest", "guests", "subject")
_PEOPLE_KEYS: Final = ("speakers", "people", "participants", "speaker", "panelists")

_AUTHOR_KEYS: Final = ("author", "authors", "byline", "by")

MAX_NAME_WORDS: Final = 5
"""Words of a guest's name; more are a description of one."""

MAX_FRONT: Final = 50_000
"""Characters of front matter; more is no front matter."""

MAX_NUMBER: Final = 10**18
"""A greater number is no title and no year, and Python doesn't write one of thousands of digits."""

_FRONT: Final = lazy(r"\ufeff?---[ \t]*\r?\n")
_FRONT_END: Final = lazy(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_UNRESOLVED: Final = lazy(r"\[([^\[\]\n]{1,200})\]\[(?:[^\[\]\s]{0,60}[\d-][^\[\]\s]{0,60})?\]")
_BRACKETS: Final = lazy(r"(?:!?\[){20,}")
_TAG: Final = lazy(r"<!--.*?-->|</?[A-Za-z][^<>]*>", re.DOTALL)
_LINE_BREAK: Final = lazy(r"<br\s*/?>", re.IGNORECASE)


def read_markdown(data: bytes, name: str) -> Document:
    """Read Markdown; ``name`` is the file's name.

    Raises:
        ParseError: the bytes are empty or no text.
    """
    from markdown_it import MarkdownIt

    front, body = _parted(decode(data))
    draft = Draft()
    parser = MarkdownIt("commonmark").enable("table")
    body = _BRACKETS.sub(lambda run: run[0].replace("[", "\\["), body)  # the parser looks for each one's end
    for pieces, kind in _paragraphs(parser.parse(body)):
        draft.add(pieces, kind)
    return Document(
        text=draft.text,
        blocks=tuple(draft.blocks),
        title=_first(front, _TITLE_KEYS),
        outlet=_first(front, _OUTLET_KEYS),
        date=_date(front),
        url=next((u for u in _all(front, _URL_KEYS) if u.startswith(("http://", "https://"))), None),
        people=_all(front, (*_INTERVIEWER_KEYS, *_INTERVIEWEE_KEYS, *_PEOPLE_KEYS)),
        interviewers=_all(front, _INTERVIEWER_KEYS),
        interviewees=tuple(n for n in _all(front, _INTERVIEWEE_KEYS) if len(n.split()) <= MAX_NAME_WORDS),
        author=_first(front, _AUTHOR_KEYS),
        times=tuple(draft.marks),
    )


def _parted(text: str) -> tuple[Mapping[str, object], str]:
    """Part front matter from the text; what is no sound YAML is left out of both."""
    import frontmatter
    from yaml import YAMLError  # type: ignore[import-untyped]

    start = _FRONT.match(text)
    end = _FRONT_END.search(text, start.end()) if start else None
    if not start or not end or end.end() > MAX_FRONT:
        return {}, text
    try:
        found, _ = frontmatter.parse(text[: end.end()])
    except (YAMLError, ValueError, TypeError, LookupError, ArithmeticError, AttributeError, RecursionError):
        found = {}  # a tag that doesn't fit its words, !!bool maybe, raises whatever its reader stumbles over
    return {k.lower(): v for k, v in found.items() if isinstance(k, str)}, text[end.end() :]


def _all(front: Mapping[str, object], keys: Sequence[str]) -> tuple[str, ...]:
    """Return the texts under any of ``keys``: one, a comma-separated row, a list, a list of {name: ...}."""
    found: list[str] = []
    for key in keys:
        value = front.get(key)
        for item in value if isinstance(value, list) else [value]:
            item = item.get("name") if isinstance(item, dict) else item
            if isinstance(item, str):
                found += [part.strip() for part in re.split(r"[,;]|\s(?:and|&)\s", item)]
    return tuple(dict.fromkeys(f for f in found if f))


def _first(front: Mapping[str, object], keys: Sequence[str]) -> str | None:
    return next((words for key in keys if (words := _words(front.get(key)))), None)


def _words(value: object) -> str:
    """Return a text or a number as one line; lists and the like have none, nor has a number without an end."""
    if not isinstance(value, str | int | float) or (isinstance(value, int) and abs(value) > MAX_NUMBER):
        return ""
    return " ".join(str(value).split())


def _date(front: Mapping[str, object]) -> str | None:
    for key in _DATE_KEYS:
        value = front.get(key)
        if isinstance(value, datetime):
            return value.date().isoformat()
        if isinstance(value, date):
            return value.isoformat()
        if day := day_of(_words(value)):
            return day
    return None


def _paragraphs(tokens: Sequence[Token]) -> Iterator[tuple[list[Piece], Kind]]:
    """Yield the runs of each paragraph, heading, list item and table row."""
    kind, bullet = Kind.PARAGRAPH, ""
    row: list[Piece] = []
    cell: list[Piece] = []
    heads = False
    in_cell = False
    speaking = -1  # the column that has the speakers
    column = quoted = 0
    for token in tokens:
        if token.type in ("th_open", "td_open"):
            in_cell = True
        elif token.type == "heading_open":
            kind = Kind.HEADING
        elif token.type == "heading_close":
            kind = Kind.PARAGRAPH
        elif token.type in ("blockquote_open", "blockquote_close"):
            quoted += 1 if token.type == "blockquote_open" else -1
        elif token.type == "list_item_open":
            bullet = f"{token.info}{token.markup} "
        elif token.type in ("th_close", "td_close"):
            if token.type == "th_close" and speaking < 0 and _text(cell).casefold() in SPEAKER_CELLS:
                speaking = column
            heads |= token.type == "th_close"
            row += [*cell, Piece(": " if column == speaking else "  ")]
            cell = []
            column += 1
            in_cell = False
        elif token.type in ("tr_close", "thead_close"):
            if not (heads and speaking >= 0):
                yield row, Kind.PARAGRAPH
            row, column, heads = [], 0, False
        elif token.type == "table_close":
            speaking = -1
        elif token.type == "inline" and in_cell:
            cell += _runs(token.children or [])
        elif token.type == "inline":
            runs = _runs(token.children or [], quoted > 0)
            yield [Piece(bullet), *runs] if bullet else runs, kind
            bullet = ""
        elif token.type in ("fence", "code_block"):
            yield [Piece(token.content)], Kind.PARAGRAPH
        elif token.type == "html_block":
            yield [Piece(unescape(_TAG.sub("", _LINE_BREAK.sub("\n", token.content))))], Kind.PARAGRAPH


def _text(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces).strip(" :")


def _runs(children: Sequence[Token], quoted: bool = False) -> list[Piece]:
    """Turn inline tokens into runs of text; a time stamp that opens a paragraph or follows a label is taken out."""
    runs: list[Piece] = []
    strong = slanted = 0
    seconds: float | None = None
    for child in children:
        if child.type in ("strong_open", "strong_close"):
            strong += 1 if child.type == "strong_open" else -1
        elif child.type in ("em_open", "em_close"):
            slanted += 1 if child.type == "em_open" else -1
        elif child.type in ("softbreak", "hardbreak") or (
            child.type == "html_inline" and _LINE_BREAK.match(child.content)
        ):
            runs.append(Piece("\n"))
        elif child.type in ("text", "code_inline"):
            words = _UNRESOLVED.sub(r"\1", child.content)
            if all(r.bold or not r.text.strip(" :\n") for r in runs):
                words, seconds = _without_stamp(words, seconds)
            runs.append(Piece(words, strong > 0, seconds, quoted or slanted > 0))
            seconds = None
    return runs


def _without_stamp(words: str, before: float | None) -> tuple[str, float | None]:
    start = len(words) - len(words.lstrip())
    stamp = time_stamp(words, start, len(words))
    if stamp is None or not stamp[2]:
        return words, before
    return words[:start] + words[stamp[0] :].lstrip(), stamp[1]
