"""Two texts are aligned as words: what they share, in order, and what differs, with offsets."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rag.datatypes import Interview, Role, Turn
from rag.quotation import readings
from rag.verification.alignment import Alignment, alignments
from rag.verification.spoken import spoken

SAID = "We sailed at dawn and met the first whales off Bergen. [laughter] They followed us for an hour, quite calmly."


def interview(*lines: str, speaker: str = "Ada") -> Interview:
    text, turns = "", []
    for n, line in enumerate(lines):
        turns.append(Turn(len(text), len(text) + len(line), f"{speaker} {n}", Role.INTERVIEWEE))
        text += line + "\n\n"
    return Interview("whales", text, tuple(turns), "Whales")


WHALES = interview(SAID)


def aligned(quotation: str) -> list[Alignment]:
    return list(alignments(readings(quotation, ())[0], spoken(WHALES)))


def test_words_that_nobody_says_are_left_out() -> None:
    assert "laughter" not in spoken(WHALES).numbers
    stamped = interview("00:01:02 We sailed\n00:01:05 at dawn (inaudible) and met")
    assert [w.key for w in spoken(stamped).words] == ["we", "sailed", "at", "dawn", "and", "met"]


def test_the_same_words_need_no_edit() -> None:
    found = aligned("met the first whales off Bergen. They followed us")
    assert found[0].edits == ()
    assert found[0].longest == 9


def test_an_edit_says_which_words_stand_for_which() -> None:
    (edit,) = aligned("met the last whales off Bergen")[0].edits
    assert WHALES.text[spoken(WHALES).words[edit.theirs].start :].startswith("first")
    assert (edit.yours, edit.yours_end, edit.left_out) == (2, 3, 0)


def test_a_cut_is_moved_to_where_a_sentence_begins() -> None:
    calm = interview("They came near. They dived again. They came near the boat and stayed.")
    (edit,) = next(alignments(readings("They came near. They came near the boat", ())[0], spoken(calm))).edits
    first = spoken(calm).words[edit.theirs]
    assert calm.text[first.start :].startswith("They dived")


def test_an_alignment_stays_within_what_one_speaker_says() -> None:
    two = interview("We sailed at dawn", "and met the first whales")
    for found in alignments(readings("We sailed at dawn and met the first whales", ())[0], spoken(two)):
        places = {two.turn_at(w.start) for w in spoken(two).words[found.first : found.last]}
        assert len(places) == 1


def test_nothing_shared_is_no_alignment() -> None:
    assert aligned("Completely unrelated remarks concerning steel") == []


@given(st.lists(st.sampled_from([*SAID.split(), "never", "ships", "42"]), min_size=1, max_size=25))
def test_edits_turn_the_interviews_words_into_the_quotations(parts: list[str]) -> None:
    reading = readings(" ".join(parts), ())[0] if readings(" ".join(parts), ()) else None
    if reading is None:
        return
    said = spoken(WHALES)
    for found in alignments(reading, said):
        rebuilt: list[str] = []
        at = found.first
        for edit in found.edits:
            rebuilt += [w.key for w in said.words[at : edit.theirs]]
            rebuilt += [w.key for w in reading.words[edit.yours : edit.yours_end]]
            at = edit.theirs_end
        rebuilt += [w.key for w in said.words[at : found.last]]
        assert rebuilt == [w.key for w in reading.words]
