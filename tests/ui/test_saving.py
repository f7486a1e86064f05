"""A conversation that is kept says what the page said: how each answer is to be taken, and what differs."""

from __future__ import annotations

from dataclasses import replace

from markdown_it import MarkdownIt

from rag.datatypes import Answer, Change, Finding, Quote, Role, Status, Turn, Verdict
from tests.ui.fake_library import harbour
from ui.render import Exchange
from ui.saving import talk_markdown

MILL = harbour()
QUOTE = Quote(MILL, 1, MILL.turns[1].start, MILL.turns[1].end)
ANSWER = Answer("Why?", "Why?", Status.ANSWERED, 0.9, (QUOTE,))


def kept(answer: Answer) -> str:
    return talk_markdown((Exchange(1, answer.question, answer, asked=("Marta Vale",)),))


def test_an_altered_quotation_is_kept_as_altered() -> None:
    changes = (Change("replace", "May", "March"), Change("insert", "full", ""))
    text = kept(replace(ANSWER, verdict=Verdict(Finding.ALTERED, QUOTE, changes)))
    assert "Altered: something like it was said, in other words.\n\n- “May” → said: “March”\n- “full” was not" in text


def test_a_doubtful_answer_and_a_part_without_one_are_kept_as_such() -> None:
    assert "Perhaps this answers it." in kept(replace(ANSWER, confidence=0.3))
    assert "Not answered: “When?”" in kept(replace(ANSWER, note="Not answered: “When?”"))


def test_marks_and_markup_in_what_is_kept_are_words() -> None:
    evil = "![x](https://evil.example/p.png) <img src=x>"
    mill = replace(
        MILL, text=f"{evil}\n# {evil}", title=evil, url="https://a.example/> ![x](https://evil.example/p.png)"
    )
    quote = Quote(replace(mill, turns=(Turn(0, len(mill.text), evil, Role.INTERVIEWEE),)), 0, 0, len(mill.text))
    changes = (Change("replace", evil, evil),)
    altered = replace(ANSWER, quotes=(quote,), verdict=Verdict(Finding.ALTERED, quote, changes))
    for answer in (altered, replace(ANSWER, closest=(quote,), status=Status.NOT_FOUND, quotes=(), note=evil)):
        text = talk_markdown((Exchange(1, evil, replace(answer, question=evil, meant=f"why {evil}")),))
        shown = MarkdownIt("commonmark").render(text)
        assert "<img" not in shown
        assert shown.count("<h1>") == shown.count("<h2>") == 1
        assert "![x](https://evil.example/p.png) &lt;img src=x&gt;" in shown


def test_a_sure_answer_is_kept_without_a_remark() -> None:
    assert kept(ANSWER).startswith("# On the Record\n\n## Why?\n\n> ")
