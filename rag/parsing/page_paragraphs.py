"""An HTML tree to its paragraphs, as a browser would set them apart.

In: an lxml tree. Out: ``Paragraph``s in the order of the page, with bold runs, and whether the page's own
markup says that they are furniture (navigation, comments, share buttons).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rag.parsing.composing import Piece
from rag.parsing.document import Kind
from rag.parsing.names import asking_style

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCK_TAGS: Final = (
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form header hgroup hr html legend li main menu nav ol p pre search section summary table tbody td tfoot "
    "th thead title tr ul"
)
_UNSEEN_TAGS: Final = (
    "audio button canvas datalist embed head iframe map math noembed noframes noscript object optgroup option "
    "progress script select style svg template textarea video"
)
_BLOCKS: Final = _HEADINGS | frozenset(_BLOCK_TAGS.split())
_UNSEEN: Final = frozenset(_UNSEEN_TAGS.split())
_CELLS: Final = frozenset({"td", "th", "dt", "dd"})
_BOLD: Final = frozenset({"b", "strong", "th", "dt"})
_SLANTED: Final = frozenset({"em", "i", "blockquote"})
_FURNITURE: Final = frozenset({"nav", "aside", "footer", "figcaption"})
_FURNITURE_ROLES: Final = frozenset({"navigation", "complementary", "contentinfo", "banner", "search", "dialog"})
_FURNITURE_NAMES: Final = re.compile(
    r"(?i)(?:^|[\s_-])(?:comments?|respond|disqus|shar(?:e|ing)(?:bar|daddy)?|social|related|recommended|recirc|"
    r"newsletter|subscribe|promo|advert(?:isement)?|ads?|banner|cookies?|gdpr|consent|sidebar|breadcrumbs?|"
    r"pull-?quotes?|popular|trending|outbrain|taboola|screen-reader-text|sr-only|visually-?hidden)(?:$|[\s_-])"
)
_HIDDEN: Final = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all")
_BOLD_STYLE: Final = re.compile(r"(?i)(?<![\w-])font-weight\s*:\s*(bold|bolder|[6-9]00|normal|[1-5]00)")
_SLANTED_STYLE: Final = re.compile(r"(?i)(?<![\w-])font-style\s*:\s*(italic|oblique|normal)")
MAX_LABEL: Final = 40
"""A table cell with so few characters and a colon at its end labels the cell beside it."""

_SPACE: Final = re.compile("[ \t\n\r\f]+")


@dataclass(slots=True)
class Paragraph:
    """A run of text that the page sets apart."""

    element: _Element
    """The innermost block element around it."""
    kind: Kind
    furniture: bool
    pieces: list[Piece] = field(default_factory=list)
    linked: int = 0
    """Characters that are links."""

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(slots=True)
class _Depths:
    """How many elements of each sort are open."""

    bold: list[bool] = field(default_factory=lambda: [False])
    slanted: list[bool] = field(default_factory=lambda: [False])
    link: int = 0
    furniture: int = 0
    preformatted: int = 0


def paragraphs_of(tree: _Element) -> list[Paragraph]:
    """Return the paragraphs of ``tree``, top to bottom, the ones with no words left out."""
    return _with_labels([p for p in _Walk().paragraphs(tree) if p.text.strip()])


@dataclass(slots=True)
class _Walk:
    """One pass over the tree, without recursion: pages nest deeper than Python may."""

    depths: _Depths = field(default_factory=_Depths)
    blocks: list[_Element] = field(default_factory=list)
    current: Paragraph | None = None
    done: list[Paragraph] = field(default_factory=list)

    def paragraphs(self, tree: _Element) -> list[Paragraph]:
        from lxml.etree import iterwalk

        walker = iterwalk(tree, events=("start", "end"))
        skipped: _Element | None = None
        for event, element in walker:
            if event == "start":
                if _unseen(element):
                    skipped = element
                    walker.skip_subtree()
                    continue
                self._enter(element)
            else:
                if element is skipped:
                    skipped = None
                else:
                    self._leave(element)
                if element is not tree:
                    self._say(element.tail)
        self._flush()
        return self.done

    def _enter(self, element: _Element) -> None:
        tag = _tag(element)
        if tag in _BLOCKS:
            self._flush()
            self.blocks.append(element)
        if tag == "br":
            self._break()
        self.depths.bold.append(_bold(element, tag, self.depths.bold[-1]))
        self.depths.slanted.append(_slanted(element, tag, self.depths.slanted[-1]))
        self.depths.link += tag == "a"
        self.depths.furniture += _furniture(element, tag)
        self.depths.preformatted += tag == "pre"
        self._say(element.text)

    def _leave(self, element: _Element) -> None:
        tag = _tag(element)
        self.depths.bold.pop()
        self.depths.slanted.pop()
        self.depths.link -= tag == "a"
        self.depths.furniture -= _furniture(element, tag)
        self.depths.preformatted -= tag == "pre"
        if tag in _BLOCKS:
            self._flush()
            self.blocks.pop()

    def _say(self, text: str | None) -> None:
        if not text or not self.blocks:
            return
        words = text if self.depths.preformatted else _SPACE.sub(" ", text)
        before = self.current.pieces[-1].text if self.current and self.current.pieces else " "
        if before[-1:] in (" ", "\n") and not self.depths.preformatted:
            words = words.lstrip(" ")
        if not words:
            return
        paragraph = self._open()
        slanted = self.depths.slanted[-1]
        paragraph.pieces.append(Piece(words, self.depths.bold[-1], slanted=slanted))
        paragraph.linked += len(words) if self.depths.link else 0

    def _break(self) -> None:
        """Break the line; two breaks in a row are how old pages part paragraphs."""
        if self.current and self.current.pieces and self.current.pieces[-1].text == "\n":
            self._flush()
        elif self.current:
            self.current.pieces.append(Piece("\n"))

    def _open(self) -> Paragraph:
        if self.current is None:
            heading = any(_tag(block) in _HEADINGS for block in self.blocks[-3:])
            kind = Kind.HEADING if heading else Kind.PARAGRAPH
            self.current = Paragraph(self.blocks[-1], kind, self.depths.furniture > 0)
        return self.current

    def _flush(self) -> None:
        if self.current is not None:
            self.done.append(self.current)
            self.current = None


def _tag(element: _Element) -> str:
    return element.tag if isinstance(element.tag, str) else ""


def _bold(element: _Element, tag: str, around: bool) -> bool:
    style = _BOLD_STYLE.search(element.get("style", ""))
    if style:
        return style[1].lower() in ("bold", "bolder") or style[1][0] in "6789"
    return around or tag in _BOLD


def _slanted(element: _Element, tag: str, around: bool) -> bool:
    style = _SLANTED_STYLE.search(element.get("style", ""))
    if style:
        return style[1].lower() != "normal"
    return around or tag in _SLANTED or asking_style(element.get("class", ""))


def _unseen(element: _Element) -> bool:
    tag = _tag(element)
    if not tag or tag in _UNSEEN:
        return True
    return element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")) is not None


def _furniture(element: _Element, tag: str) -> bool:
    if tag in ("html", "body", "main", "article"):
        return False
    if tag in _FURNITURE or element.get("role", "") in _FURNITURE_ROLES:
        return True
    return _FURNITURE_NAMES.search(f"{element.get('class', '')} {element.get('id', '')}") is not None


def _with_labels(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Put a cell that labels the one beside it ("Q:") in one paragraph with its words."""
    done: list[Paragraph] = []
    for paragraph in paragraphs:
        label = done[-1] if done else None
        if label and len(label.text) <= MAX_LABEL and label.text.rstrip().endswith(":"):
            cell, beside = _cell(label.element), _cell(paragraph.element)
            if cell is not None and beside is not None and cell.getnext() is beside:
                paragraph.pieces = [*label.pieces, Piece(" "), *paragraph.pieces]
                done.pop()
        done.append(paragraph)
    return done


def _cell(element: _Element) -> _Element | None:
    around = (element, *element.iterancestors())
    return next((e for e in around if _tag(e) in _CELLS), None)
