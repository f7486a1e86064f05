"""Passages: whole sentences of one turn, none lost, none crossing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.datatypes import Interview, Role, Turn
from rag.parsing import parse
from rag.passages import MAX_PASSAGE_WORDS, MAX_SENTENCE_WORDS, asks, cut, sentences, unstamped
from rag.seeds import seed_interviews


def spoken(*texts: str) -> Interview:
    text = "\n\n".join(texts)
    turns, at = [], 0
    for part in texts:
        turns.append(Turn(at, at + len(part), "A", Role.INTERVIEWEE))
        at += len(part) + 2
    return Interview("made-up", text, tuple(turns), "Made up")


@pytest.mark.parametrize(
    "parts",
    [
        ["We met Ms. Shekerinska in Washington D.C.", "It was late."],
        ["The Joint Declaration in Washington D.C, in August of last year, was signed.", "I was there."],
        ["I was, well… not sure.", "Then J. R. R. Tolkien came with Dr. Smith at 5 p.m.", "We ate."],
        ["He said “I don’t know.”", "Then he left."],
        ["In 1998.", "I left."],
    ],
)
def test_abbreviations_initials_and_quotation_marks_end_no_sentence_early(parts: list[str]) -> None:
    text = " ".join(parts)
    assert [text[a:b] for a, b in sentences(spoken(text), 0, len(text))] == parts


def test_a_sentence_never_crosses_a_blank_line() -> None:
    text = "No full stop here\n\nand a new paragraph"
    assert [text[a:b] for a, b in sentences(spoken(text), 0, len(text))] == ["No full stop here", "and a new paragraph"]


def test_sentences_stay_together_while_they_fit_and_apart_when_they_don_t() -> None:
    short, long = "One two three. Four five six.", " ".join(["word"] * (MAX_PASSAGE_WORDS - 5)) + "."
    assert len(cut(spoken(f"{short} {short}"))) == 1
    assert len(cut(spoken(f"{short} {long}"))) == 2


def test_a_long_turn_is_cut_into_parts_of_about_equal_length() -> None:
    text = " ".join(f"This is sentence number {i} of many." for i in range(30))
    lengths = [len(text[p.start : p.end].split()) for p in cut(spoken(text))]
    assert max(lengths) <= MAX_PASSAGE_WORDS * 1.05
    assert max(lengths) - min(lengths) <= 14


@given(st.lists(st.integers(1, 40), min_size=1, max_size=30), st.data())
def test_paragraphs_make_no_difference(lengths: list[int], data: st.DataObject) -> None:
    said = [" ".join(["Word", *["word"] * (n - 1)]) + "." for n in lengths]

    def passages(gaps: list[str]) -> list[list[str]]:
        text = "".join(sentence + gap for sentence, gap in zip(said, [*gaps, ""], strict=True))
        return [[text[a:b] for a, b in p.sentences] for p in cut(spoken(text))]

    gaps = data.draw(st.lists(st.sampled_from([" ", "\n", "\n\n"]), min_size=len(said) - 1, max_size=len(said) - 1))
    assert passages(gaps) == passages([" "] * len(gaps))


def test_speech_without_full_stops_is_cut_between_words() -> None:
    text = " ".join(f"word{i}" for i in range(1000))
    found = sentences(spoken(text), 0, len(text))
    assert all(len(text[a:b].split()) <= MAX_SENTENCE_WORDS for a, b in found)
    assert " ".join(text[a:b] for a, b in found) == text


@given(st.lists(st.text("ab .?!\n", max_size=200), min_size=1, max_size=5))
def test_every_spoken_character_is_in_exactly_one_sentence_of_its_own_turn(texts: list[str]) -> None:
    texts = [t.strip() for t in texts if t.strip()]
    interview = spoken(*texts)
    passages = cut(interview)
    covered = [i for p in passages for a, b in p.sentences for i in range(a, b)]
    said = [i for t in interview.turns for i in range(t.start, t.end) if not interview.text[i].isspace()]
    assert sorted(set(covered)) == sorted(covered)
    assert set(said) <= set(covered)
    for passage in passages:
        turn = interview.turns[passage.turn]
        assert all(turn.start <= a < b <= turn.end for a, b in passage.sentences)


def test_no_heading_and_no_page_furniture_of_the_shipped_interview_is_in_a_passage() -> None:
    (interview,) = seed_interviews()
    said = "\n".join(interview.text[a:b] for p in cut(interview) for a, b in p.sentences)
    for furniture in ("Seçilən", "apa.az", "Mənbələr", "-INTERVIEW"):
        assert furniture not in said
    heading = interview.text.index("Right now, there is no consensus on Ukraine joining NATO")
    assert not any(p.start <= heading < p.end for p in cut(interview))


CAPTIONS = """00:00:04 We met by the lock, and the

00:00:09 gates were shut. At 10:30 the

00:00:15 keeper came? He did.

00:00:21 Then we

00:00:24 left.
"""


def test_a_sentence_goes_on_past_a_time_stamp_and_neither_begins_nor_ends_with_one() -> None:
    interview = parse(CAPTIONS.encode(), "captions.txt")
    said = [" ".join(interview.text[a:b].split()) for p in cut(interview) for a, b in p.sentences]
    assert said == [
        "We met by the lock, and the 00:00:09 gates were shut.",
        "At 10:30 the 00:00:15 keeper came?",
        "He did.",
        "Then we 00:00:24 left.",
    ]


@pytest.mark.parametrize(
    ("captions", "said"),
    [
        (
            "0:04 - 0:09 We met by the\n\n0:09 - 0:15 lock in the\n\n0:15 - 0:20 rain.",
            "We met by the lock in the rain.",
        ),
        ("[00:04]: We met by the\n\n[00:09]: lock.\n\n[00:15]: It rained.", "We met by the lock. It rained."),
        (
            "Ada: I was ill.\n\n[00:09] And cold.\n\nBen: Why?\n\nAda: It rained.",
            "I was ill. And cold. Why? It rained.",
        ),
    ],
)
def test_stamps_in_every_form_are_no_words(captions: str, said: str) -> None:
    interview = parse(captions.encode(), "captions.txt")
    read = " ".join(unstamped(interview, (turn.start, turn.end)) for turn in interview.turns)
    assert " ".join(read.split()) == said


def test_clock_times_that_somebody_reads_out_are_words() -> None:
    log = "Ann: What is in it?\n\nBo: I read.\n08:15 The ferry left.\n09:40 Water came in.\n10:05 We called.\n\n"
    interview = parse((log + "Ann: And then?\n\nBo: Then we swam.\n\nAnn: How far?\n\nBo: A mile.").encode(), "log.txt")
    assert "08:15 The ferry left." in unstamped(interview, (interview.turns[1].start, interview.turns[1].end))


def test_what_is_read_of_a_transcript_has_no_time_stamps_and_every_word_at_its_place() -> None:
    interview = parse(CAPTIONS.encode(), "captions.txt")
    read = [unstamped(interview, span) for passage in cut(interview) for span in passage.sentences]
    assert " ".join(" ".join(read).split()) == (
        "We met by the lock, and the gates were shut. At 10:30 the keeper came? He did. Then we left."
    )
    for passage in cut(interview):
        for start, end in passage.sentences:
            words = unstamped(interview, (start, end))
            assert len(words) == end - start
            assert all(a in (b, " ") for a, b in zip(words, interview.text[start:end], strict=True))


@pytest.mark.parametrize(
    ("sentence", "does"),
    [("Why?", True), ('"Why not?"', True), ("Why (or how?)", True), ("[Why?]", True), ("Why? No.", False), ("", False)],
)
def test_a_sentence_asks_when_a_question_mark_ends_it(sentence: str, does: bool) -> None:
    assert asks(sentence) is does
