"""How answers look: words stay the transcript's, whatever is in them is text, and each kind of reply is told apart."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from rag.datatypes import Answer, Change, Finding, Interview, Quote, Role, Status, Turn, Verdict
from rag.parsing import parse
from tests.ui.fake_library import FakeLibrary, harbour, orchard
from ui.opening import listed, opening_html
from ui.render import (
    Exchange,
    anchor,
    breakable,
    escape,
    exchange_html,
    marked,
    quote_html,
    quote_markdown,
    spoken,
)

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)> ${alert(1)} {{alert 1}} `x` \" ' [a](javascript:1) \u202e"
)


class Seen(HTMLParser):
    """What a browser would make of a piece of HTML: its elements, and the text in one of them."""

    def __init__(self, class_name: str = "words") -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self._class, self._depth = class_name, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if self._depth or self._class in (dict(attrs).get("class") or "").split():
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        self._depth -= bool(self._depth)

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.text += data


def seen(markup: str, class_name: str = "words") -> Seen:
    parser = Seen(class_name)
    parser.feed(markup)
    return parser


def interview(text: str, role: Role = Role.INTERVIEWEE, speaker: str = "Ana") -> Interview:
    return Interview("one", text, (Turn(0, len(text), speaker, role),), "A title")


def answer(question: str, *asked: str) -> Answer:
    return FakeLibrary().ask(question, asked)


def page(question: str) -> str:
    return exchange_html(Exchange(1, question, answer(question), asked=("Marta Vale",)))


@given(st.text(min_size=1).filter(lambda text: "\0" not in text))
def test_the_words_on_a_card_are_the_transcript_character_for_character(text: str) -> None:
    quote = Quote(interview(text), 0, 0, len(text))
    card = quote_html(quote, 1, several=False)
    words = re.search(r'<blockquote class="words" dir="auto">(.*?)</blockquote>', card, re.DOTALL)
    assert words is not None
    assert html.unescape(words[1].replace("<wbr>", "")) == text
    assert "\r" not in words[1]


@given(st.text(), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4))
def test_marking_never_changes_the_words(text: str, spans: list[tuple[int, int]]) -> None:
    shown = marked(text, 10, [(10 + a, 10 + b) for a, b in spans])
    assert re.sub(r"</?mark>|<wbr>", "", shown) == escape(text)


def test_a_run_without_spaces_can_be_broken_into_lines() -> None:
    assert breakable("x" * 250 + " y") == "<wbr>".join(["x" * 100, "x" * 100, "x" * 50 + " y"])
    assert breakable("<" * 100) == "&lt;" * 100


def test_the_answering_words_are_marked_inside_the_quote() -> None:
    assert marked("one two three", 100, [(104, 107)]) == "one <mark>two</mark> three"


def test_nothing_a_transcript_or_a_question_holds_becomes_markup_or_a_template() -> None:
    evil = replace(interview(HOSTILE, speaker=HOSTILE), title=HOSTILE, outlet=HOSTILE, url="javascript:alert(1)")
    quote = Quote(evil, 0, 0, len(HOSTILE))
    found = Answer(HOSTILE, HOSTILE + "?", Status.ANSWERED, 0.9, (quote,))
    shown = exchange_html(Exchange(1, HOSTILE, found, following=(HOSTILE,), asked=(HOSTILE,), several=True))
    shown += opening_html(evil, (HOSTILE,))
    assert not seen(shown).tags & {"script", "img", "form"}
    assert not seen(shown).attributes & {"onerror", "onclick"}
    assert not re.search(r"\$\{|\{\{|`|javascript:[^1]", shown)


def test_a_pasted_quotation_is_told_to_be_altered_and_where() -> None:
    quote = Quote(interview("Because it rained."), 0, 0, 18)
    verdict = Verdict(Finding.ALTERED, quote, (Change("replace", "<snowed>", "rained"),))
    found = Answer("“Because it <snowed>.”", "Because it <snowed>.", Status.ANSWERED, 1.0, (quote,), (), verdict)
    shown = exchange_html(Exchange(1, found.question, found, asked=("Ana",)))
    assert "Altered: something like it was said, in other words." in seen(shown, "verdict").text
    assert seen(shown, "changes").text == "“<snowed>” → said: “rained”"
    assert 'class="reply answered check altered"' in shown


def test_the_role_stands_apart_from_the_name() -> None:
    said = interview("Why did it rain?", Role.INTERVIEWER, "APA")
    assert seen(quote_html(Quote(said, 0, 0, 16), 1, several=False), "who").text == "APA asks"


def test_a_citation_points_at_the_interview_and_the_offsets() -> None:
    quote = Quote(harbour(), 1, 81, 110)
    assert anchor(quote) == "#c-tide%20mill%2F1-81-110"
    assert 'class="cite" href="#c-tide%20mill%2F1-81-110"' in quote_html(quote, 3, several=False)


def test_a_card_says_who_speaks_what_they_are_what_was_asked_and_where() -> None:
    interview = harbour()
    quote = Quote(interview, 3, interview.turns[3].start, interview.turns[3].end)
    card = quote_html(quote, 1, several=True)
    for part in ("Marta Vale", "miller", "Did you ever regret it?", "Costs and doubts", "Harbour Post", "2026-05-04"):
        assert part in card
    assert "00:00:12" in quote_html(Quote(orchard(), 1, orchard().turns[1].start, orchard().turns[1].end), 1, True)


def test_each_kind_of_reply_looks_different() -> None:
    assert 'class="reply answered"' in page("Did a storm take the sluice gate?")
    assert 'class="reply unsure"' in page("Did a storm maybe take the sluice gate?")
    assert 'class="reply only-asked"' in page("Would you sell the mill to the city?")
    assert 'class="reply not-found"' in page("Xylophones?")


def test_what_is_not_answered_says_so_and_offers_the_closest_passages_as_such() -> None:
    shown = page("Xylophones?")
    assert "No answer found in what Marta Vale says." in shown
    assert "The closest passages, which may not answer it" in shown


def test_what_only_the_interviewer_raised_is_shown_as_a_question() -> None:
    shown = page("Would you sell the mill to the city?")
    assert 'class="quote interviewer"' in shown
    assert "Jon Ek" in shown
    assert "asks" in shown


def test_what_is_not_answered_of_several_questions_is_said_above_the_quotes_and_aloud() -> None:
    asked, missing = "Did a storm take the sluice gate?", "Not answered: “When was it mended?”"
    exchange = Exchange(1, asked, replace(answer(asked), note=missing), asked=("Marta Vale",))
    shown = exchange_html(exchange)
    assert missing in seen(shown, "verdict").text
    assert shown.index('class="verdict"') < shown.index('class="quote')
    assert spoken(exchange).endswith(missing)


def test_an_unsure_answer_to_one_of_several_questions_says_both() -> None:
    asked, missing = "Did a storm maybe take the sluice gate?", "Not answered: “When was it mended?”"
    shown = exchange_html(Exchange(1, asked, replace(answer(asked), note=missing), asked=("Marta Vale",)))
    assert seen(shown, "verdict").text == f"Perhaps this answers it. {missing}"


def test_of_two_quotes_that_an_unsure_answer_gives_one_perhaps_answers() -> None:
    found = answer("Did a storm maybe take the sluice gate?")
    exchange = Exchange(1, found.question, replace(found, quotes=found.quotes * 2), asked=("Marta Vale",))
    assert seen(exchange_html(exchange), "verdict").text == "Perhaps one of these answers it."
    assert spoken(exchange).startswith("2 quotes. Perhaps one of these answers it. Marta Vale: ")


def test_the_page_shows_what_a_follow_up_was_taken_to_mean() -> None:
    found = answer("And why?", "Which apples survive?")
    assert "Taken to mean: " in exchange_html(Exchange(2, "And why?", found))
    assert "Taken to mean" not in page("Did a storm take the sluice gate?")


def test_a_quote_copied_as_markdown_keeps_every_line_of_the_words() -> None:
    text = "First  line\n\nSecond line"
    copied = quote_markdown(Quote(interview(text), 0, 0, len(text)))
    assert copied.startswith("> First  line\n> \n> Second line\n>\n> \N{EM DASH} ")


def test_a_quote_is_shown_and_copied_without_the_time_stamps_between_its_words() -> None:
    captions = parse(
        b"00:04 We met by\n\n00:09 the lock. It\n\n00:15 was shut.\n\n00:21 Then it rained.\n", "captions.txt"
    )
    start, words = captions.text.index("We met"), captions.text.index("the lock")
    quote = Quote(captions, 0, start, captions.text.index(" It"), ((words, words + len("the lock")),))
    assert "00:09" in quote.text
    card = quote_html(quote, 1, several=False)
    assert " ".join(seen(card).text.split()) == "We met by the lock."
    assert "<mark>the lock</mark>" in card
    assert quote_markdown(quote).startswith("> We met by the lock.\n>")
    assert 'data-copy="We met by the lock."' in card


def test_what_copies_and_what_opens_the_transcript_says_so() -> None:
    card = quote_html(Quote(harbour(), 1, 81, 110), 3, several=False)
    assert re.findall(r'class="copy"[^>]*>([^<]*)<', card) == ["Copy", "Copy as Markdown", "Copy citation"]
    assert seen(card, "cite").text == "Read 3"


def test_a_long_question_that_may_be_scrolled_is_reached_with_the_keyboard() -> None:
    long, many = "Why " + "and why " * 30 + "?", "Why?\n" * 6
    for question in (long, many):
        assert '<h2 class="question" dir="auto" tabindex="0">' in exchange_html(Exchange(1, question))
    assert '<h2 class="question" dir="auto">' in exchange_html(Exchange(1, "Why?"))


def test_only_web_addresses_become_source_links() -> None:
    quote = Quote(harbour(), 1, harbour().turns[1].start, harbour().turns[1].end)
    hostile = Quote(replace(harbour(), url="javascript:alert(1)"), 1, quote.start, quote.end)
    assert 'class="source" href="https://example.org/tide-mill' in quote_html(quote, 1, several=False)
    assert "javascript" not in quote_html(hostile, 1, several=False)


def test_the_opening_says_who_is_asked_when_where_and_what_to_start_with() -> None:
    shown = opening_html(harbour(), ("Why?",))
    for part in ("Marta Vale", "miller", "Harbour Post", "2026-05-04", "The tide does the work", "Jon Ek", "Why?"):
        assert part in shown


def test_names_read_well() -> None:
    assert listed(()) == ""
    assert listed(("A",)) == "A"
    assert listed(("A", "B")) == "A and B"
    assert listed(("A", "B", "C", "D")) == "A, B, C and 1 more"
