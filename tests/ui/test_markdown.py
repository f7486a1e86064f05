"""What is copied and saved as Markdown shows the words that were said, whatever is in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ui.markdown import address, block_quotation, in_line, paragraph

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
MARKS = "ab1 \n\t_*`~[]()<>&;!#-+=|\\.:\"'^/{}$é"


def read(markdown: str) -> tuple[str, set[str]]:
    """Return what Markdown shows of a text, in one line, and what it takes it to be made of."""
    words, kinds = "", set()
    for token in READER.parse(markdown):
        kinds.add(token.type)
        for part in token.children or ():
            kinds.add(part.type)
            words += " " if part.type.endswith("break") else part.content
        words += " "
    return " ".join(words.split()), kinds


TEXT = {"inline", "text", "text_special", "softbreak", "paragraph_open", "paragraph_close"}
QUOTED = {*TEXT, "blockquote_open", "blockquote_close"}


@given(st.text(MARKS), st.text(MARKS))
def test_a_quotation_shows_its_words_and_its_source_and_nothing_else(words: str, source: str) -> None:
    shown, kinds = read(block_quotation(words, source))
    assert shown == " ".join(f"{words} \N{EM DASH} {source}".split())
    assert kinds <= QUOTED


@given(st.text(MARKS))
def test_a_heading_an_item_and_a_paragraph_show_their_words(text: str) -> None:
    said = " ".join(text.split())
    assert read(f"## {in_line(text)}")[0] == said
    assert read(f"- “{in_line(text)}”")[0] == " ".join(f"“{said}”".split())
    shown, kinds = read(paragraph(text))
    assert shown == said
    assert kinds <= TEXT


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("We did. <laughs> Then we left.", r"We did. \<laughs> Then we left."),
        ("the __init__ file, 2*3*4", r"the \_\_init\_\_ file, 2\*3\*4"),
        ("![x](https://evil.example/p.png)", r"![x\](https://evil.example/p.png)"),
        ("1998. A good year", r"1998\. A good year"),
        ("- It was – we thought – AT&T's snake_case, [laughs] (3 < 4) * 2!", None),
        ("# 1 of 2", r"\# 1 of 2"),
        ("Fish &amp; chips", r"Fish \&amp; chips"),
    ],
)
def test_only_what_would_be_a_mark_gets_a_backslash(text: str, shown: str | None) -> None:
    assert paragraph(text) == (shown or f"\\{text}")


def test_an_address_can_not_end_its_link() -> None:
    assert address("https://a.example/> ![x](b)") == "<https://a.example/%3E%20![x](b)>"
