"""What a page or a note puts around words and nobody says: tags, emphasis, links, marks of notes.

In: a text as pasted. Out: the same text without them, for the words and their offsets to be taken from.
"""

from __future__ import annotations

import html
import re

from rag.patterns import lazy

_NOTE_TAG = lazy(r"(?<!\d)<sup\b[^<>]*>\s*(?:<a\b[^<>]*>)?\W{0,2}\d{1,3}\W{0,2}(?:</a>)?\s*</sup>", re.I)
_QUOTE_TAG = lazy(r"</?q\b[^<>]*>", re.I)
_INLINE = lazy(
    r"</?(?:a|abbr|b|bdi|cite|code|del|em|font|i|ins|kbd|mark|s|small|span|strong|sub|sup|time|u|wbr)(?:\s[^<>]*)?/?>",
    re.I,
)
_BLOCK = lazy(
    r"</?(?:address|article|aside|blockquote|br|div|figcaption|figure|footer|h[1-6]|header|hr|img|li|main|ol|p|pre|"
    r"section|table|tbody|td|th|tr|ul)(?:\s[^<>]*)?/?>",
    re.I,
)
_IMAGE = lazy(r"!\[[^\[\]]*\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_LINK = lazy(r"\[([^\[\]]+)\](?:\([^()\s]*(?:\([^()]*\)[^()\s]*)?(?:\s+\"[^\"]*\")?\))")
_NOTE = lazy(
    r"(?<=[^\s\[])(?:\[\^?\d{1,3}\])+|(?:(?<=[^\W\d_]{3})|(?<=[.,;:!?)\"\u201d\u2019»]))[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+"
)
_URL = r"(?:https?://|www\.)[^\s<>\"\u201c\u201d]+"
_ADDRESS = lazy(rf"^(\W*){_URL}|{_URL}(?=\W*$)")
_STARS = lazy(r"\*{1,3}(?=\S)|(?<=\S)\*{1,3}")
_UNDERLINES = lazy(r"(?<![\w/])_{1,3}(?=\w)|(?<=[^\W_])_{1,3}(?![\w/])|(?<=[.,!?:])_{1,3}(?!\w)")
_SPACES = lazy(r"[^\S\n]{2,}|\n{3,}")
_QUOTED_LINE = lazy(r"^[ \t]*(?:>[ \t]?)+", re.M)


def without_markup(pasted: str) -> str:
    """Return a text without the marks of HTML and Markdown, of notes, and web addresses at either end.

    Long white space is made short: the patterns that look for attributions would try every part of it.
    """
    text = _SPACES.sub(lambda m: "\n\n" if "\n" in m.group() else " ", html.unescape(pasted))
    if "<" in text:
        text = _QUOTE_TAG.sub('"', _NOTE_TAG.sub("", text))
        text = _BLOCK.sub(" ", _INLINE.sub("", text))
    if "[" in text:
        text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _ADDRESS.sub(r"\1", _NOTE.sub("", text))
    return _QUOTED_LINE.sub("", _UNDERLINES.sub("", _STARS.sub("", text)))
