"""An HTML tree to its paragraphs, as a browser would set them apart.

In: an lxml tree. Out: ``Paragraph``s in the order of the page, with bold runs, and whether the page's own
markup says that they are furniture (navigation, comments, share buttons).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rag.parsing.composing import Piece
from rag.parsing.document import Kind
from rag.parsing.names import asking_style, name_like, named
from rag.patterns import lazy

if TYPE_CHECKING:
    from lxml.etree import _Element

    from rag.datatypes import Role

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
_BOLD: Final = frozenset({"b", "strong", "th", "dt"})
_SLANTED: Final = frozenset({"em", "i", "blockquote"})
_TIMES: Final = frozenset({"time", "span", "small", "b", "strong", "sup"})
_FURNITURE: Final = frozenset({"nav", "aside", "footer", "figcaption"})
_FURNITURE_ROLES: Final = frozenset({"navigation", "complementary", "contentinfo", "banner", "search", "dialog"}) | {
    "doc-endnotes",
    "doc-footnote",
}
_FURNITURE_NAMES: Final = lazy(
    r"(?i)(?:^|[\s_-])(?:comments?|respond|disqus|shar(?:e|ing)(?:bar|daddy)?|social|related|recommended|recirc|"
    r"newsletter|subscribe|promo|advert(?:isement)?|ads?|banner|cookies?|gdpr|consent|sidebar|breadcrumbs?|"
    r"pull-?quotes?|popular|trending|outbrain|taboola|screen-reader-text|sr-only|visually-?hidden|"
    r"caption|photo-?credit|twitter-tweet|instagram-media|tiktok-embed|paywall|tags|foot-?notes?|end-?notes?|"
    r"about-(?:the-)?author|author-(?:bio|box|card|info)|mso(?:foot|end)notetext)(?:$|[\s_-])"
)
_SPEAKER: Final = lazy(r"(?i)(?:^|[\s_-])(?:speaker|interviewer|interviewee)(?:[_-]?(?:name|label))?(?:$|\s)")
"""The class of what a page sets a speaker's name in."""

_CLOCK: Final = lazy(r"\d{1,2}:\d{2}(?::\d{2})?")
_NOTE: Final = lazy(r"[\[(]?(?:\d{1,3}|[*\u2020\u2021a-z])[\])]?")
"""The mark of a note, which is a link ..."""

_NOTE_AT: Final = lazy(r"(?i)#_?(?:fn|ftn|edn|note|foot|end-?note|cite|ref)")
"""... to it: in other transcripts each word is a link to its time."""

_POINTS_ON: Final = lazy(
    r"(?i)\W*(?:also|read|see|watch|listen|view|more|related|recommended|further|explainer|don['\u2019]t miss)\b"
    r"[^.?!]{0,30}[:|\u2013\u2014-]\s*"
)
"""What stands before a link to another article."""

_HIDDEN: Final = lazy(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all")
_BOLD_STYLE: Final = lazy(r"(?i)(?<![\w-])font-weight\s*:\s*(bold|bolder|[6-9]00|normal|[1-5]00)")
_SLANTED_STYLE: Final = lazy(r"(?i)(?<![\w-])font-style\s*:\s*(italic|oblique|normal)")
MAX_LABEL_PIECES: Final = 4
"""A time, a name and the spaces around them."""

MAX_LABEL: Final = 40
"""A table cell with so few characters and a colon at its end labels the cell beside it."""

_OPENING: Final = "\"'\u201c\u2018\xab\u2026\xbf\xa1["
"""What words may begin with besides letters."""

_SPACE: Final = lazy("[ \t\n\r\f]+")


@dataclass(slots=True)
class Paragraph:
    """A run of text that the page sets apart."""

    element: _Element
    """The innermost block element around it."""
    kind: Kind
    furniture: bool
    pieces: list[Piece] = field(default_factory=list)
    printed: str = ""
    """Its words as the page has them, with the marks of notes."""
    linked: int = 0
    """Characters that are links."""
    role: Role | None = None
    """Whose words it has, where it stands in a table's column for questions or for answers."""
    named: bool = False
    """Its last piece is a speaker's name, by the page's own word."""

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
    return [p for p in _Walk().paragraphs(tree) if p.text.strip()]


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
                clock, note = _clock(element), _note(element)
                if clock or note or _unseen(element):
                    skipped = element
                    walker.skip_subtree()
                    self._say(clock and f" [{clock}] ", clock)
                    if self.current:
                        self.current.printed += note
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
        tag = tag_of(element)
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
        tag = tag_of(element)
        if (
            self.current
            and 0 < len(self.current.pieces) <= MAX_LABEL_PIECES
            and _speaker(element, tag, self.current.text)
        ):
            self.current.named = True
        self.depths.bold.pop()
        self.depths.slanted.pop()
        self.depths.link -= tag == "a"
        self.depths.furniture -= _furniture(element, tag)
        self.depths.preformatted -= tag == "pre"
        if tag in _BLOCKS:
            self._flush()
            self.blocks.pop()

    def _say(self, text: str | None, printed: str = "") -> None:
        if not text or not self.blocks:
            return
        words = text if self.depths.preformatted else _SPACE.sub(" ", text)
        before = self.current.pieces[-1].text if self.current and self.current.pieces else " "
        if before[-1:] in (" ", "\n") and not self.depths.preformatted:
            words = words.lstrip(" ")
        if not words:
            return
        paragraph = self._open()
        paragraph.printed += printed or words
        if paragraph.named and words.strip():
            paragraph.named = False
            if words.lstrip()[0].isalnum() or words.lstrip()[0] in _OPENING:
                words = f": {words.lstrip()}"
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
            heading = any(tag_of(block) in _HEADINGS for block in self.blocks[-3:])
            kind = Kind.HEADING if heading else Kind.PARAGRAPH
            self.current = Paragraph(self.blocks[-1], kind, self.depths.furniture > 0)
        return self.current

    def _flush(self) -> None:
        if self.current is not None:
            self.current.furniture |= _points_on(self.current)
            self.done.append(self.current)
            self.current = None


def tag_of(element: _Element) -> str:
    """Return an element's name, empty for what is no element."""
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


def _speaker(element: _Element, tag: str, so_far: str) -> bool:
    """Tell a speaker's name at the head of a paragraph, by the class it has."""
    if tag in _BLOCKS or not _SPEAKER.search(element.get("class", "")):
        return False
    name = " ".join("".join(element.itertext()).split())
    head = _CLOCK.sub("", so_far).strip("[]() \xa0\u2013\u2014|-")
    return len(name) <= MAX_LABEL and head == name and name_like(named(name).name)


def _clock(element: _Element) -> str:
    """Return the time that is all of an element inside a line."""
    if tag_of(element) not in _TIMES or len(element) or not _CLOCK.fullmatch((element.text or "").strip()):
        return ""
    return (element.text or "").strip()


def _note(element: _Element) -> str:
    """Return the mark of a note that a link goes to."""
    if tag_of(element) != "a" or not _NOTE_AT.search(element.get("href", "")):
        return ""
    mark = "".join(element.itertext()).strip()
    return mark if _NOTE.fullmatch(mark) else ""


def _points_on(paragraph: Paragraph) -> bool:
    """Tell ``Read more: Another article``, where that is a link."""
    match = _POINTS_ON.match(paragraph.text) if paragraph.linked else None
    return match is not None and paragraph.linked >= len(paragraph.text[match.end() :].strip()) > 0


def _unseen(element: _Element) -> bool:
    tag = tag_of(element)
    if not tag or tag in _UNSEEN:
        return True
    return element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")) is not None


def _furniture(element: _Element, tag: str) -> bool:
    if tag in ("html", "body", "main", "article"):
        return False
    if tag in _FURNITURE or element.get("role", "") in _FURNITURE_ROLES:
        return True
    if tag in _BLOCKS and len(element) == 1 and tag_of(element[0]) == "time" and not (element.text or "").strip():
        return not (element[0].tail or "").strip()  # when it was posted
    return _FURNITURE_NAMES.search(f"{element.get('class', '')} {element.get('id', '')}") is not None
