"""A web page becomes the interview in it: every question and answer, and nothing around them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import ParseError
from rag.parsing import parse
from rag.parsing.document import Document, Kind
from rag.parsing.html import read_html
from tests.parsing.soundness import FUZZ, assert_sound, assert_sound_or_refused, block_texts

ANSWER = "We have said many times that point {} matters to us, and our partners agree with us on that today."
MENU = "<nav>" + "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(20)) + "</nav>"
LATEST = "".join(f"<div class=item><a href='/n{n}'>Item {n}: another thing that happened</a></div>" for n in range(9))


def news_page(body: str, head: str = "") -> bytes:
    """Put a body among what surrounds it on a news site."""
    return f"""<!doctype html><html><head><meta charset="utf-8"><title>Minister: We agree - AZ News</title>{head}
<script>var x = "<p>not words</p>";</script><style>p {{ color: red }}</style></head>
<body><div class="top">AZ News 35</div>{MENU}<div class="wrap"><div class="story">{body}</div>
<div class="share-buttons">Share this story with friends</div>
<div id="comments"><p>Great interview, I loved how she answered the first of the questions.</p></div>
<div class="latest"><h3>Latest</h3>{LATEST}</div></div><footer>2024 AZ News. All rights reserved.</footer></body></html>
""".encode()


def texts(data: bytes) -> list[str]:
    """Read a page and return its blocks."""
    document = read_html(data, "page.html")
    assert_sound(document)
    return block_texts(document)


def test_questions_and_answers_are_kept_and_the_page_around_them_is_not() -> None:
    spoken = [line for n in range(8) for line in (f"- Is point {n} right?", f"-\u00a0{ANSWER.format(n)}")]
    body = "<h1>Minister: We agree</h1>" + "".join(f"<p>{line}</p>".replace("\u00a0", "&nbsp;") for line in spoken)
    assert texts(news_page(body)) == ["Minister: We agree", *spoken]


def test_no_question_is_too_short_to_be_kept() -> None:
    spoken = [line for n in range(6) for line in ("Why?", ANSWER.format(n), "No?", "No.")]
    body = "".join(f"<p>{line}</p>" for line in spoken)
    assert texts(news_page(body)) == spoken


def test_questions_in_lists_and_tables_are_kept() -> None:
    answers = "".join(f"<p>{ANSWER.format(n)}</p>" for n in range(6))
    table = "<table><tr><td><p>Q:</p></td><td><p>Or a table?</p></td></tr></table>"
    body = f"{answers}<ul><li>Is this a list?</li></ul>{table}"
    assert texts(news_page(body))[-2:] == ["Is this a list?", "Q: Or a table?"]


def test_bold_questions_and_headings_are_told() -> None:
    body = "".join(
        f"<p><strong>Is {n}</strong> <b>right?</b></p><p>{ANSWER.format(n)}</p><h3>Then <i>what?</i></h3><p>So.</p>"
        for n in range(5)
    )
    document = read_html(news_page(body), "page.html")
    question, answer, heading, _ = document.blocks[:4]
    assert [document.text[a:b] for a, b in question.bold] == ["Is 0", "right?"]
    assert not answer.bold
    assert (heading.kind, document.text[heading.start : heading.end]) == (Kind.HEADING, "Then what?")


def test_line_breaks_part_speakers_and_not_sentences() -> None:
    body = "<b>Q: How is it?</b><br>A: Fine, thanks. I was wondering whether<br>this wraps.<br><br>Q: Well?<br>A: Yes."
    assert texts(f"<html><body><div>{body}</div></body></html>".encode()) == [
        "Q: How is it?",
        "A: Fine, thanks. I was wondering whether this wraps.",
        "Q: Well?",
        "A: Yes.",
    ]


def test_the_page_tells_title_outlet_date_and_address() -> None:
    head = """<meta property="og:title" content="Minister: We agree"><meta property="og:site_name" content="AZ News">
<link rel="canonical" href="https://az.example/story">
<meta property="article:published_time" content="2024-03-12T09:30:00+04:00">"""
    document = read_html(news_page("".join(f"<p>{ANSWER.format(n)}</p>" for n in range(6)), head), "page.html")
    told = (document.title, document.outlet, document.date, document.url)
    assert told == ("Minister: We agree", "AZ News", "2024-03-12", "https://az.example/story")


def test_a_date_that_is_only_spoken_of_is_not_the_pages() -> None:
    document = read_html(news_page("".join(f"<p>On 4 May 1998, {ANSWER.format(n)}</p>" for n in range(6))), "page.html")
    assert document.date is None


def test_a_page_saved_by_a_browser_remembers_its_address() -> None:
    page = (
        b"<!-- saved from url=(0024)https://az.example/story -->\n" + b"<html><body><p>Why? Because.</p></body></html>"
    )
    assert read_html(page, "page.html").url == "https://az.example/story"


def word_page() -> Document:
    """Read what Word writes as a filtered web page, in Windows-1252."""
    page = """<html><head><meta http-equiv=Content-Type content="text/html; charset=windows-1252">
<meta name=Generator content="Microsoft Word 15 (filtered)"><title>Talk with Ada</title></head><body lang=EN-GB>
<div class=WordSection1><p class=MsoNormal><b><span lang=EN-GB style='font-size:12.0pt'>Why did
you build \u201cthe boat\u201d?<o:p></o:p></span></b></p>
<p class=MsoNormal><span style='mso-bidi-font-weight:bold'>Because I\u2019d time \u2013 and
wood.<o:p></o:p></span></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraph>
<![if !supportLists]><span style='mso-list:Ignore'>-<span>&nbsp;&nbsp;</span></span><![endif]>A caf\u00e9?</p>
</div></body></html>"""
    return read_html(page.encode("cp1252"), "talk.htm")


def test_words_own_web_pages_are_read_whole() -> None:
    document = word_page()
    assert block_texts(document) == [
        "Why did you build \u201cthe boat\u201d?",
        "Because I\u2019d time \u2013 and wood.",
        "-\u00a0\u00a0A caf\u00e9?",
    ]
    assert [bool(block.bold) for block in document.blocks] == [True, False, False]
    assert document.title == "Talk with Ada"


def test_a_declared_encoding_is_believed_unless_the_page_is_utf8() -> None:
    page = '<html><head><meta charset="{}"></head><body><p>\u0427\u0442\u043e? \u0414\u0430.</p></body></html>'
    assert texts(page.format("windows-1251").encode("cp1251")) == ["\u0427\u0442\u043e? \u0414\u0430."]
    for wrong in ("utf-16", "undefined", "no-such-thing", "hex"):
        assert texts(f'<meta charset="{wrong}"><p>A caf\u00e9?</p>'.encode("cp1252")) == ["A caf\u00e9?"]
    assert texts(page.format("windows-1251").encode()) == ["\u0427\u0442\u043e? \u0414\u0430."]


def test_hidden_text_and_scripts_are_not_words() -> None:
    page = b"<body><p>Why?</p><p style='display: none'>No!</p><p hidden>No!</p><script>No!</script><p>So&shy;so.</p>"
    assert texts(page) == ["Why?", "Soso."]


def test_entities_are_neither_expanded_nor_fetched() -> None:
    page = b"""<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html [<!ENTITY a "AAAA"><!ENTITY b "&a;&a;">
<!ENTITY x SYSTEM "file:///etc/hostname">]><html><body><p>Why &b; and &x; so &amp; so?</p></body></html>"""
    assert texts(page) == ["Why &b; and &x; so & so?"]


def test_malformed_pages_are_read_as_browsers_read_them() -> None:
    assert texts(b"<p>Why?<p><b>Because<div>so</b>.</table></p") == ["Why?", "Because", "so."]
    assert texts(b"no markup at all") == ["no markup at all"]


def test_a_page_of_too_many_elements_is_refused_with_the_limit() -> None:
    with pytest.raises(ParseError, match="more than 100,000 elements"):
        read_html(b"<p>a" * 100_001, "page.html")


def test_a_line_of_a_hundred_thousand_characters_is_one_paragraph() -> None:
    assert texts(b"<p>" + b"word " * 20_000 + b"</p><p>Why?</p>") == [("word " * 20_000).strip(), "Why?"]


@pytest.mark.parametrize("page", [b"<html></html>", b"<p> </p>", b"<script>let words</script>", b"<!-- -->"])
def test_a_page_without_words_is_refused(page: bytes) -> None:
    with pytest.raises(ParseError, match="no text in this page"):
        read_html(page, "page.html")


@FUZZ
@given(st.binary(max_size=300))
def test_any_bytes_are_sound_or_refused(data: bytes) -> None:
    assert_sound_or_refused(read_html, data)
    assert_sound_or_refused(read_html, b"<html><body><p>" + data)


FRAGMENTS = [
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<b>",
    "</b>",
    "<br>",
    "<h2>",
    "</h2>",
    "<li>",
    "<table>",
    "<tr>",
    "<td>",
    "</td>",
    "</table>",
    "<nav>",
    "</nav>",
    "<a>",
    "</a>",
    "<pre>",
    "<script>",
    "<html>",
    "<body>",
    "<head>",
    "<title>",
    "<article>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "&amp;",
    "&#0;",
    "&#xd800;",
    "&nbsp;",
    "&shy;",
    "Why?",
    "words",
    "Q:",
    "<p",
    "style='font-weight:bold'>",
    "<p",
    "class=comments>",
    "<svg>",
    "<meta",
    "charset=utf-16>",
    "<",
    ">",
    '"',
    "\u200f",
]


@settings(FUZZ, max_examples=200)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40))
def test_any_mixture_of_tags_is_sound_or_refused(fragments: list[str]) -> None:
    assert_sound_or_refused(read_html, " ".join(fragments).encode())


def turns(body: str) -> list[tuple[str | None, str, str]]:
    """Read the body of a news page up to its turns."""
    interview = parse(news_page(f"<article>{body}</article>"), "page.html")
    return [(t.speaker, t.role.value, interview.text[t.start : t.end]) for t in interview.turns]


ASKED = ["Is it right?", "Did anybody help you?", "Who paid?", "Were you afraid?", "And now?"]
TOLD = [
    (name, role, words)
    for n, question in enumerate(ASKED)
    for name, role, words in (("Jo Ek", "interviewer", question), ("Ada Moss", "interviewee", ANSWER.format(n)))
]
UNNAMED = [(None, role, words) for _, role, words in TOLD]


def bold_questions(among: str) -> str:
    """Set questions in bold, and something else below the second answer."""
    pairs = [f"<p><b>{question}</b></p><p>{ANSWER.format(n)}</p>" for n, question in enumerate(ASKED)]
    return "".join((*pairs[:2], among, *pairs[2:]))


@pytest.mark.parametrize(
    "furniture",
    [
        "<p class='wp-caption-text'>Ada Moss, left, with her daughter on the boat in 2003.</p>",
        "<blockquote class='twitter-tweet'><p>The boat is afloat! Thanks to all of you.</p>- Ada</blockquote>",
        "<p>Read more: <a href='/x'>How the yard burned in 1998</a></p>",
        "<p><b>ALSO READ | </b><a href='/x'>How the yard burned in 1998</a></p>",
        "<p><a href='/x'>How the yard burned in 1998, and who was to blame for it</a></p>",
        "<section class='footnotes'><p>The letter is dated 4 May.</p></section>",
        "<div class='author-bio'><p>Jo Ek writes about boats and yards.</p></div>",
        "<div class='paywall'><p>Already a subscriber? Log in to read on.</p></div>",
        "<p><time datetime='2024-03-05T11:05Z'>11:05 GMT</time></p>",
    ],
)
def test_what_the_page_adds_is_in_no_answer(furniture: str) -> None:
    assert turns(bold_questions(furniture)) == UNNAMED


def test_the_mark_of_a_note_is_no_part_of_the_words() -> None:
    noted = bold_questions("").replace("matters", "matters<sup><a href='#fn1'>1</a></sup>")
    assert turns(noted) == UNNAMED


@pytest.mark.parametrize(
    "line",
    [
        "<p><span class='speaker'>{0}</span> <span>{2}</span></p>",
        "<div><span class='time'>0:0{3}</span><span class='speaker-name'>{0}</span><span>{2}</span></div>",
        "<cite>{0}:</cite> <time>0:0{3}</time> <p>{2}</p>",
        "<cite>{0}:</cite><time>0:0{3}</time><p>{2}</p>",
    ],
)
def test_what_a_page_calls_a_speaker_or_a_time_is_one(line: str) -> None:
    body = "".join(line.format(*turn, number) for number, turn in enumerate(TOLD))
    assert turns(body) == TOLD
    times = parse(news_page(f"<article>{body}</article>"), "page.html").times
    assert [mark.value for mark in times] == (list(range(10)) if "0:0" in line else [])


def test_columns_for_questions_and_answers_are_told_by_their_heads() -> None:
    rows = "".join(f"<tr><td>{question}</td><td>{ANSWER.format(n)}</td></tr>" for n, question in enumerate(ASKED))
    assert turns(f"<table><tr><th>Question</th><th>Answer</th></tr>{rows}</table>") == UNNAMED


def test_an_author_found_in_running_text_is_none() -> None:
    page = news_page(bold_questions("") + "<div class='author-bio'>Jo Ek is a reporter in the valley.</div>")
    assert read_html(page, "page.html").author is None
