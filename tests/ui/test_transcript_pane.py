"""The transcript pane: every turn in full, in order, with its speaker; and a way to ask about each."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from rag.datatypes import Interview, Role, Turn
from tests.ui.fake_library import harbour, orchard
from ui.transcript_pane import empty_pane_html, pane_html, prefill

SAID = re.compile(r'<div class="said" dir="auto" data-start="(\d+)">(.*?)</div>', re.DOTALL)


def test_each_turn_stands_there_word_for_word_with_its_offset() -> None:
    interview = harbour()
    shown = [(int(start), html.unescape(words)) for start, words in SAID.findall(pane_html(interview, False))]
    assert shown == [(turn.start, interview.text[turn.start : turn.end]) for turn in interview.turns]


def test_page_furniture_is_left_out() -> None:
    assert "INTERVIEW" not in pane_html(harbour(), False)


def test_speakers_sections_and_times_are_told() -> None:
    assert pane_html(harbour(), False).count("<h3 ") == 1
    assert "Costs and doubts" in pane_html(harbour(), False)
    assert re.findall(r'<time class="time">(.*?)</time>', pane_html(orchard(), False))[1] == "00:00:12"
    assert "Lena Brandt" in pane_html(orchard(), False)


def test_markup_in_a_transcript_is_text() -> None:
    assert "&lt;b&gt;half&lt;/b&gt;" in pane_html(harbour(), False)


def test_a_turn_without_a_name_still_says_who_speaks() -> None:
    interview = harbour()
    nameless = replace(interview, turns=tuple(replace(turn, speaker=None) for turn in interview.turns))
    shown = pane_html(nameless, False)
    assert "Interviewer" in shown
    assert "Unnamed speaker" in shown


def test_asking_about_a_turn_starts_from_the_question_it_answers() -> None:
    assert prefill(harbour(), 3, 2) == "Did you ever regret it?"
    assert prefill(harbour(), 2, 0) == "Did you ever regret it?"
    asked = re.findall(r'data-ask="(.*?)"', pane_html(harbour(), False))
    assert asked[2] == asked[3] == "Did you ever regret it?"


def test_only_the_owner_finds_a_way_to_correct_roles() -> None:
    assert "<select" in pane_html(harbour(), True)
    assert "<select" not in pane_html(harbour(), False)


def test_a_list_of_many_speakers_is_reached_with_the_keyboard_and_stands_after_the_way_back() -> None:
    lines = "\n".join(f"Witness {n}: We met at the mill." for n in range(30))
    turns = tuple(
        Turn(m.start(), m.end(), f"Witness {m[1]}", Role.OTHER) for m in re.finditer(r"Witness (\d+).*", lines)
    )
    many = pane_html(Interview("hearing", lines, turns, "A hearing"), False)
    assert 'class="people" aria-label="Who speaks" tabindex="0"' in many
    assert many.index("close-side") < many.index('class="people"')
    assert "tabindex" not in pane_html(harbour(), False).partition("</ul>")[0]


def test_an_empty_pane_says_why() -> None:
    assert "<p>No &lt;interview&gt; yet</p>" in empty_pane_html("No <interview> yet")
