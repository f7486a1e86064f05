"""Words as Markdown takes them: plain text in, text out that is shown as the same words. Pure.

A transcript is no Markdown: ``<laughs>`` in it isn't HTML, ``2*3*4`` nothing in italics, and no image in it may be
fetched by whoever opens the file. What CommonMark and GitHub would take for a mark gets a backslash, and nothing else
does, so that the text reads well as it stands.
"""

from __future__ import annotations

import re
from urllib.parse import quote as percent_encoded

_LINE_BREAK = re.compile(r"\r\n?|\n")
_MARK = re.compile(
    r"""
    \\(?=[!-/:-@\[-`{-~]|$)                     # a backslash before what it would hide, and at the end of a line
    | [`~]
    | (?<![ \t])\* | \*(?![ \t])                # an asterisk, unless it stands alone
    | (?<![^\W_])_ | _(?![^\W_])                # an underscore, unless it stands inside a word
    | \[(?=\[) | \](?=[(\[:])                   # what makes a link, an image or a footnote
    | <(?=\S) | &(?=\#?\w+;)                    # HTML
    | (?:(?<=\s)|(?<=^))\#(?=\#*\s*$)           # what would close a heading
    """,
    re.VERBOSE,
)
_BLOCK = re.compile(
    r"""
    \#(?=\#{0,5}(?:\s|$))                       # a heading
    | >                                         # a quotation
    | [-+](?=\s|$)                              # an item of a list
    | [-=|:](?=[-=|:\s]*$)                      # a rule, what underlines a heading, the rule of a table
    | (?<=[0-9])[.)](?=\s|$)                       # an item of a numbered list
    """,
    re.VERBOSE,
)
_NUMBER = re.compile(r"[0-9]{1,9}")
_NO_ADDRESS = re.compile(r"[<>\s]")


def in_line(text: str) -> str:
    """Return ``text`` as it may stand inside a line of Markdown, all of it on that line."""
    return _escaped(" ".join(text.split()))


def paragraph(text: str) -> str:
    """Return ``text`` as a paragraph of Markdown, all of it on one line."""
    return _line(" ".join(text.split()))


def block_quotation(words: str, source: str) -> str:
    """Return words as a block quotation, each of their lines kept, with their source below."""
    lines = "\n".join(f"> {_line(line)}" for line in _LINE_BREAK.split(words))
    return f"{lines}\n>\n> \N{EM DASH} {in_line(source)}"


def address(url: str) -> str:
    """Return a web address in the angle brackets that make it a link."""
    return f"<{_NO_ADDRESS.sub(lambda found: percent_encoded(found[0]), url)}>"


def _line(text: str) -> str:
    """Return one line; white space before it, which Markdown leaves out or takes for code, is left out."""
    line = text.lstrip(" \t")
    number = _NUMBER.match(line)
    at = number.end() if number else 0
    block = _BLOCK.match(line, at)
    if block is None or (number and block[0] not in ".)"):
        return _escaped(line)
    return f"{line[:at]}\\{block[0]}{_escaped(line[block.end() :])}"


def _escaped(text: str) -> str:
    return _MARK.sub(r"\\\g<0>", text)
