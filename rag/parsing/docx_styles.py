"""What a Word document's styles and lists say about a paragraph: its name, bold print and italics, the mark before it.

In: the XML parts for styles and numbering. Out: ``Styles``, asked for one paragraph after another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rag.patterns import lazy

if TYPE_CHECKING:
    from lxml.etree import _Element

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

MAX_BASES: Final = 12
"""How far a style may stand on others; a damaged file may have them in a ring."""

_SYMBOL_BULLETS: Final = lazy("[\uf000-\uf0ff\u00b7]")
_PLACE: Final = lazy(r"%\d")


@dataclass(slots=True)
class Styles:
    """The styles and lists of one document."""

    styles: dict[str, _Element] = field(default_factory=dict)
    levels: dict[tuple[str, str], _Element] = field(default_factory=dict)
    """By list and level."""
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    @classmethod
    def of(cls, styles: _Element, numbering: _Element | None) -> Styles:
        """Read the two parts."""
        found = {value(s, "styleId"): s for s in styles.iter(f"{W}style")}
        if numbering is None:
            return cls(found)
        abstract = {value(a, "abstractNumId"): a for a in numbering.iter(f"{W}abstractNum")}
        levels = {}
        for num in numbering.iter(f"{W}num"):
            kind = abstract.get(child_value(num, "abstractNumId") or "")
            for level in () if kind is None else kind.iter(f"{W}lvl"):
                levels[value(num, "numId"), value(level, "ilvl")] = level
        return cls(found, levels)

    def name(self, paragraph: _Element) -> str:
        """Return the style's name as Word has it in English: "heading 1", "title"."""
        style = self.styles.get(_style_of(paragraph))
        return (child_value(style, "name") or "").lower() if style is not None else ""

    def bold(self, paragraph: _Element, run: _Element | None = None) -> bool:
        """Tell whether ``run``, or the paragraph as such, is set in bold."""
        return self._set("b", paragraph, run)

    def slanted(self, paragraph: _Element, run: _Element | None = None) -> bool:
        """Tell whether ``run``, or the paragraph as such, is set in italics."""
        return self._set("i", paragraph, run)

    def _set(self, switch: str, paragraph: _Element, run: _Element | None) -> bool:
        if run is not None:
            said = _switched(run, switch)
            if said is None:
                said = self._first(child_value(run.find(f"{W}rPr"), "rStyle") or "", switch)
            if said is not None:
                return said
        return self._first(_style_of(paragraph), switch) or False

    def mark(self, paragraph: _Element) -> str:
        """Return the dash, bullet or number that Word sets before the paragraph, with a space."""
        place = self._list(paragraph)
        level = self.levels.get(place) if place else None
        if place is None or level is None:
            return ""
        text = child_value(level, "lvlText") or ""
        if child_value(level, "numFmt") == "bullet":
            return f"{_SYMBOL_BULLETS.sub(chr(0x2022), text)} " if text.strip() else ""
        if child_value(level, "numFmt") != "decimal":
            return ""
        self.counts[place] += 1
        start = child_value(level, "start") or "1"
        number = self.counts[place] - 1 + (int(start) if start.isdecimal() else 1)
        return f"{_PLACE.sub(str(number), text)} " if len(_PLACE.findall(text)) == 1 else ""

    def _list(self, paragraph: _Element) -> tuple[str, str] | None:
        listed = [paragraph, *self._bases(_style_of(paragraph))]
        for element in listed:
            number = element.find(f"{W}pPr/{W}numPr")
            if number is not None:
                return child_value(number, "numId") or "0", child_value(number, "ilvl") or "0"
        return None

    def _first(self, style_id: str, switch: str) -> bool | None:
        told = (_switched(style, switch) for style in self._bases(style_id))
        return next((said for said in told if said is not None), None)

    def _bases(self, style_id: str) -> Iterator[_Element]:
        for _ in range(MAX_BASES):
            style = self.styles.get(style_id)
            if style is None:
                return
            yield style
            style_id = child_value(style, "basedOn") or ""


def value(element: _Element, name: str = "val") -> str:
    """Return an attribute of Word's."""
    return element.get(f"{W}{name}") or ""


def child_value(element: _Element | None, name: str) -> str | None:
    """Return the value of the child ``name``, None where there is no such child."""
    child = element.find(f"{W}{name}") if element is not None else None
    return None if child is None else value(child)


def on(element: _Element | None) -> bool | None:
    """Tell a switch such as ``<w:b/>``; None where it isn't set at all."""
    return None if element is None else value(element) not in ("0", "false", "off")


def _switched(element: _Element, switch: str) -> bool | None:
    return on(element.find(f"{W}rPr/{W}{switch}"))


def _style_of(paragraph: _Element) -> str:
    return child_value(paragraph.find(f"{W}pPr"), "pStyle") or ""
