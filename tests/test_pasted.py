"""What a page puts around words, and what a speaker quotes inside them, neither hides a change nor makes one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.datatypes import Finding, Role
from rag.quotation import readings
from rag.quotation.markup import without_markup
from rag.verification import verify
from tests.test_verification import HARBOUR, interview


@pytest.mark.parametrize(
    "pasted",
    [
        "<p>The fishing boats stay where they are.</p>",
        "<blockquote><p>The fishing boats <em>stay</em> where they are.</p></blockquote>",
        "<q>The fishing boats stay where they are.</q>",
        "The fishing boats stay where they are.<br>",
        "The fishing boats <b>stay</b> where they are.<sup>1</sup>",
        "The fishing *boats* stay **where** they are.",
        "The fishing _boats_ stay where they are.",
        "The [fishing boats](https://example.org/boats) stay where they are.",
        "The fishing boats stay where they are.[1]",
        "The fishing boats stay where they are.¹",
        "The fishing boats stay where they are. https://example.org/x/1",
        "https://example.org/x/1 The fishing boats stay where they are.",
        "> The fishing boats stay where they are.\n> — Grace Okafor",
        "**Grace Okafor**: The fishing boats stay where they are.",
    ],
)
def test_marks_of_a_page_are_no_words(pasted: str) -> None:
    assert verify(pasted, [HARBOUR]).finding is Finding.EXACT


@pytest.mark.parametrize(
    "pasted", ["The fishing <b>ships</b> stay where they are.", "The **ships** stay where they are"]
)
def test_a_changed_word_is_shown_without_the_marks_around_it(pasted: str) -> None:
    verdict = verify(pasted, [HARBOUR])
    assert verdict.finding is Finding.ALTERED
    assert "ships" in [c.yours for c in verdict.changes]


@given(st.text(max_size=200))
def test_any_text_can_be_freed_of_markup_and_every_word_keeps_its_place(pasted: str) -> None:
    without_markup(pasted)
    for reading in readings(pasted, ("Grace Okafor",)):
        assert all(0 <= w.start < w.end <= len(reading.text) for w in reading.words)


TOLD = (
    'And my boss at the time said "Can you give me an example of that?" and I said "Not really. I will get in and I '
    'will find out when I am there." So he went "Fine, take the boat" and nobody else ever asked me.'
)
TALE = interview((("Ann Lee", Role.INTERVIEWEE, TOLD),), "tale")


def test_what_a_speaker_quotes_is_part_of_what_the_speaker_says() -> None:
    assert verify(TOLD, [TALE]).finding is Finding.EXACT
    assert verify(f"Lee: “{TOLD}”", [TALE]).finding is Finding.EXACT


@pytest.mark.parametrize(
    ("said", "altered"),
    [
        ("boss", "wife"),
        ("at the time said", "at the time never said"),
        ("and I said", "and he said"),
        ("asked", "paid"),
    ],
)
def test_words_changed_around_several_quotations_inside_are_altered(said: str, altered: str) -> None:
    verdict = verify(TOLD.replace(said, altered), [TALE])
    assert verdict.finding is Finding.ALTERED


@given(st.data())
def test_no_word_can_be_changed_outside_the_inner_quotations(data: st.DataObject) -> None:
    words = TOLD.split()
    outside = [n for n in range(len(words)) if " ".join(words[: n + 1]).count('"') % 2 == 0 and '"' not in words[n]]
    place = data.draw(st.sampled_from(outside))
    words[place] = data.draw(st.sampled_from(["zebra", "never", "not", "1999"]))
    assert verify(" ".join(words), [TALE]).finding is not Finding.EXACT


def test_a_denial_before_quotation_marks_is_no_attribution() -> None:
    assert verify('I have never said "Can you give me an example of that?"', [TALE]).finding is Finding.ALTERED
    assert verify('Didn’t she say "Can you give me an example of that?"', [TALE]).finding is Finding.EXACT
