"""What a table says of the words in its cells: who speaks in the cell beside, or in the column below.

In: a page's ``Paragraph``s. Out: the same, with labels joined to their words, and roles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rag.parsing.composing import Piece
from rag.parsing.names import role_word
from rag.parsing.page_paragraphs import MAX_LABEL, Paragraph, tag_of

if TYPE_CHECKING:
    from lxml.etree import _Element

    from rag.datatypes import Role

_CELLS: Final = frozenset({"td", "th", "dt", "dd"})


def with_labels(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Put a cell that labels the one beside it ("Q:") in one paragraph with its words."""
    done: list[Paragraph] = []
    for paragraph in paragraphs:
        label = done[-1] if done else None
        if label and len(label.text) <= MAX_LABEL and label.text.rstrip().endswith(":"):
            cell, beside = _cell(label.element), _cell(paragraph.element)
            if cell is not None and beside is not None and cell.getnext() is beside:
                paragraph.pieces = [*label.pieces, Piece(" "), *paragraph.pieces]
                paragraph.printed = f"{label.printed} {paragraph.printed}"
                done.pop()
        done.append(paragraph)
    return done


def with_roles(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Tell the roles in tables whose columns are headed ``Question`` and ``Answer``, and leave those heads out."""
    heads: dict[_Element, dict[int, Role]] = {}
    done: list[Paragraph] = []
    for paragraph in paragraphs:
        cell = _cell(paragraph.element)
        table = next(cell.iterancestors("table"), None) if cell is not None else None
        if cell is None or table is None:
            done.append(paragraph)
            continue
        if table not in heads:
            row = next(table.iter("tr"), None)
            texts = ["".join(c.itertext()).strip() for c in row] if row is not None else []
            heads[table] = {n: role for n, text in enumerate(texts) if (role := role_word(text))}
        roles = heads[table] if len(set(heads[table].values())) == 2 else {}
        row = cell.getparent()
        paragraph.role = roles.get(row.index(cell)) if roles and row is not None else None
        if not roles or row is not next(table.iter("tr")):
            done.append(paragraph)
    return done


def _cell(element: _Element) -> _Element | None:
    around = (element, *element.iterancestors())
    return next((e for e in around if tag_of(e) in _CELLS), None)
