"""On which page of a Word document its words stand, as far as the file tells.

In: the document's body, then its runs in order. Out: the number of each page with the run that it begins with.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rag.parsing.docx_styles import W

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(slots=True)
class Pages:
    """Counts the pages as Word last laid them out, or as the author broke them; none where neither is told."""

    rendered: bool
    page: int = 0
    begun: int | None = None
    """The page that has begun, and of which no word was read yet."""

    @classmethod
    def of(cls, body: _Element) -> Pages:
        """Begin at the first page."""
        rendered = body.find(f".//{W}lastRenderedPageBreak") is not None
        told = rendered or any(b.get(f"{W}type") == "page" for b in body.iter(f"{W}br"))
        return cls(rendered, 1, 1) if told else cls(rendered)

    def begins(self, run: _Element) -> float | None:
        """Return the page that begins with the words of ``run``; one that ends with it begins with the next."""
        begun: int | None = None
        for child in run:
            if child.tag == f"{W}t" and child.text and self.begun is not None:
                begun, self.begun = begun or self.begun, None
            elif self._breaks(child):
                self.page += 1
                self.begun = self.page
        return begun

    def _breaks(self, element: _Element) -> bool:
        if self.rendered:
            return bool(element.tag == f"{W}lastRenderedPageBreak")
        return bool(self.page and element.tag == f"{W}br" and element.get(f"{W}type") == "page")
