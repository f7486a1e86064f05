"""A pasted quotation is taken apart into words, declared cuts and insertions, and who is said to have said it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.quotation import Gap, readings, same_person, words

PEOPLE = ("Grace Okafor", "Tom Reyes")


def keys(text: str) -> list[str]:
    return [w.key for w in words(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It’s OVER", "it's over"),
        ("caf\u00e9", "cafe\u0301"),
        ("se\u00adcurity", "security"),
        ("1,600 boats", "1600 boats"),
        ("word\u200bless", "wordless"),
        ("“two” — words", "two words"),
        ("ﬁne", "fine"),
    ],
)
def test_words_differ_only_where_they_are_other_words(one: str, other: str) -> None:
    assert keys(one) == keys(other)


@pytest.mark.parametrize(
    ("one", "other"), [("5%", "5"), ("€5", "$5"), ("3.5", "35"), ("−5 degrees", "5 degrees"), ("its", "it's")]
)
def test_signs_that_change_the_meaning_are_words(one: str, other: str) -> None:
    assert keys(one) != keys(other)


@given(st.text(max_size=200))
def test_a_words_offsets_are_its_place_in_the_text(text: str) -> None:
    ends = 0
    for word in words(text):
        assert ends <= word.start < word.end <= len(text)
        assert keys(text[word.start : word.end]) == [word.key] or word.key == "-"
        ends = word.end


@pytest.mark.parametrize(
    ("pasted", "speaker", "quoted"),
    [
        ("“We stay,” said Okafor.", "Okafor", "we stay"),
        ("“We stay,” Ms. Okafor told reporters on Monday", "Ms. Okafor", "we stay"),
        ('"We stay," she said, "and we fish."', None, "we stay and we fish"),
        ("Tom Reyes: 'We stay, don't we?'", "Tom Reyes", "we stay don't we"),
        ("According to Grace Okafor, the boats will stay", "Grace Okafor", "the boats will stay"),
        ("The boats will stay — Grace Okafor, harbour master", "Grace Okafor", "the boats will stay"),
        ("The boats will stay, said the mayor", None, "the boats will stay"),
        ("As Okafor told the harbour radio, “We stay”", "Okafor", "we stay"),
        ("In the words of Grace Okafor, “We stay”", "Grace Okafor", "we stay"),
        ("“We stay and we fish” was said by Grace Okafor.", "Grace Okafor", "we stay and we fish"),
        ("Asked about the pier, Okafor said: “We stay”", "Okafor", "we stay"),
        ("Grace Okafor (harbour master): “We stay”", "Grace Okafor", "we stay"),
        ("Okafor said the boats will stay", "Okafor", "the boats will stay"),
        ("[Okafor] The boats will stay", "Okafor", "the boats will stay"),
        ("Tom Reyes – the boats will stay", "Tom Reyes", "the boats will stay"),
        ("“We stay and we fish” Tom Reyes", "Tom Reyes", "we stay and we fish"),
    ],
)
def test_the_last_reading_leaves_the_attribution_out(pasted: str, speaker: str | None, quoted: str) -> None:
    reading = readings(pasted, PEOPLE)[-1]
    assert reading.speaker == speaker
    assert " ".join(w.key for w in reading.words) == quoted


@pytest.mark.parametrize(
    ("pasted", "speaker"),
    [
        ("PORT's Grace Okafor said “We stay”", "Grace Okafor"),
        ("PORT President Okafor said: “We stay”", "President Okafor"),
        ("Deputy Minister: “We stay”", None),
        ("Quote: “We stay”", None),
        ("Verify: “We stay”", None),
        ("On Sunday: “We stay”", None),
    ],
)
def test_only_a_persons_name_is_taken_for_the_speaker(pasted: str, speaker: str | None) -> None:
    assert readings(pasted, PEOPLE)[-1].speaker == speaker


@pytest.mark.parametrize(
    "pasted",
    [
        "The mayor wants it closed; Reyes says otherwise. “We stay and we fish”",
        "Barack Obama said ports must close; the harbour master replied: “We stay and we fish”",
        "Norway praised by the fishermen: “We stay and we fish”",
        "Norway – “We stay and we fish”",
    ],
)
def test_somebody_else_in_the_frame_is_not_the_one_quoted(pasted: str) -> None:
    reading = readings(pasted, PEOPLE)[-1]
    assert reading.speaker is None
    assert " ".join(w.key for w in reading.words) == "we stay and we fish"


@pytest.mark.parametrize(
    ("asked", "speaker"),
    [
        ("Did Okafor say “We stay and we fish”?", "Okafor"),
        ("Did she call it “a gift”?", None),
        ("Is this right: we stay and we fish", None),
        ("Please check this one: we stay and we fish", None),
    ],
)
def test_the_words_that_ask_for_a_check_are_no_part_of_the_quotation(asked: str, speaker: str | None) -> None:
    reading = readings(asked, PEOPLE)[-1]
    assert reading.speaker == speaker
    assert " ".join(w.key for w in reading.words) in ("we stay and we fish", "a gift")


@pytest.mark.parametrize("pasted", ["Three things: boats, fish and money", "The plan - a good one - was approved"])
def test_a_colon_or_a_dash_alone_is_no_attribution(pasted: str) -> None:
    assert len(readings(pasted, PEOPLE)) == 1


@pytest.mark.parametrize(
    ("pasted", "gaps"),
    [
        ("One ... two", [Gap.NONE, Gap.CUT]),
        ("One [...] two", [Gap.NONE, Gap.CUT]),
        ("One [the mayor] two", [Gap.NONE, Gap.INSERTION]),
        ("[O]ne two", [Gap.NONE, Gap.NONE]),
        ("[the mayor] one", [Gap.INSERTION]),
        ("One two …", [Gap.NONE, Gap.NONE]),
    ],
)
def test_declared_gaps_stand_before_the_word_that_follows(pasted: str, gaps: list[Gap]) -> None:
    assert list(readings(pasted, PEOPLE)[0].gaps) == gaps


@pytest.mark.parametrize(
    ("name", "other", "same"),
    [
        ("Ms. Shekerinska", "Radmila Shekerinska", True),
        ("radmila", "Radmila Shekerinska", True),
        ("Shekerinskaa", "Radmila Shekerinska", True),
        ("Mark Rutte", "Radmila Shekerinska", False),
        ("Radmila Rutte", "Radmila Shekerinska", False),
        ("Al", "Alan Turing", False),
        ("", "Alan Turing", False),
    ],
)
def test_a_name_can_stand_for_a_longer_one(name: str, other: str, same: bool) -> None:
    assert same_person(name, other) is same


@given(st.text(max_size=300))
def test_any_text_can_be_read(pasted: str) -> None:
    for reading in readings(pasted, PEOPLE):
        assert len(reading.words) == len(reading.gaps) > 0
