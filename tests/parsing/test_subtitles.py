"""Subtitles become running text: whole sentences, one block a speaker, each with its time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import ParseError
from rag.parsing import parse
from rag.parsing.subtitles import read_subtitles
from tests.parsing.soundness import FUZZ, assert_sound, assert_sound_or_refused, block_texts

SRT = """1
00:00:01,000 --> 00:00:03,000
INTERVIEWER: When did you

2
00:00:03,000 --> 00:00:05,500
build the first boat?

3
00:00:06,250 --> 00:00:09,000
ADA MOSS: In 1998, at a well-
known yard &amp; alone.

4
00:01:10,000 --> 00:01:12,000
<i>It sank.</i>
"""


def test_sentences_that_run_over_cues_read_on() -> None:
    document = read_subtitles(SRT.encode(), "a.srt")
    assert block_texts(document) == [
        "INTERVIEWER: When did you build the first boat?",
        "ADA MOSS: In 1998, at a well-known yard & alone. It sank.",
    ]
    assert_sound(document)


def test_every_cue_marks_its_time() -> None:
    document = read_subtitles(SRT.encode(), "a.srt")
    told = [(mark.value, document.text[mark.offset :].split()[0]) for mark in document.times]
    assert told == [(1.0, "INTERVIEWER:"), (3.0, "build"), (6.25, "ADA"), (70.0, "It")]


def test_windows_line_ends_and_missing_numbers_make_no_difference() -> None:
    expected = read_subtitles(SRT.encode(), "a.srt")
    unnumbered = "\n".join(line for line in SRT.split("\n") if not line.isdecimal())
    assert read_subtitles(SRT.replace("\n", "\r\n").encode("utf-8-sig"), "a.srt") == expected
    assert read_subtitles(unnumbered.encode(), "a.srt") == expected


def test_a_number_that_is_spoken_is_no_cue_number() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nThat was in\n1998\n\n2\n00:00:03,000 --> 00:00:04,000\nor\n1999\n"
    assert block_texts(read_subtitles(text.encode(), "a.srt")) == ["That was in 1998 or 1999"]


def test_webvtt_voices_name_the_speaker() -> None:
    document = read_subtitles(
        b"""WEBVTT - A talk

STYLE
::cue { color: red }

NOTE not spoken

intro
00:01.000 --> 00:03.000 align:start position:10%
<v.loud Mary Ann Poe>Welcome, <i>Tom</i> &lt;3. Why

00:03.000 --> 00:04.000
<v Mary Ann Poe>boats?</v>

00:00:05.000 --> 00:00:06.000
<v Tom>They <00:00:05.500>float.</v>
<v Mary Ann Poe>Right.</v>
""",
        "a.vtt",
    )
    voices = [block.voice for block in document.blocks]
    assert list(zip(voices, block_texts(document), strict=True)) == [
        ("Mary Ann Poe", "Welcome, Tom <3. Why boats?"),
        ("Tom", "They float."),
        ("Mary Ann Poe", "Right."),
    ]


def test_dashes_and_arrows_start_a_speaker() -> None:
    text = """1
00:00:01,000 --> 00:00:02,000
- Did it sink?
-It did,

2
00:00:02,000 --> 00:00:03,000
twice.
>> At -5 degrees?
>> MOSS: Yes.
"""
    assert block_texts(read_subtitles(text.encode(), "a.srt")) == [
        "- Did it sink?",
        "- It did, twice.",
        ">> At -5 degrees?",
        "MOSS: Yes.",
    ]


def test_a_dash_inside_a_sentence_starts_nobody() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nHe was a good man\n\u2014or so I thought.\n"
    assert block_texts(read_subtitles(text.encode(), "a.srt")) == ["He was a good man \u2014or so I thought."]


def test_rolling_captions_are_read_once() -> None:
    text = "WEBVTT\nKind: captions\n\n" + "\n\n".join(
        f"00:00:0{n}.000 --> 00:00:0{n}.900\n{before}\n{now[:2]}<00:00:0{n}.500><c>{now[2:]}</c>\n\n"
        f"00:00:0{n}.900 --> 00:00:0{n}.950\n{now}\n "
        for n, (before, now) in enumerate([(" ", "hello and"), ("hello and", "welcome to"), ("welcome to", "the show")])
    )
    document = read_subtitles(text.encode(), "a.vtt")
    assert block_texts(document) == ["hello and welcome to the show"]


def test_words_that_a_speaker_repeats_stay() -> None:
    said = ["No.", "No.", "Never.", "Ask me again.", "Please.", "Now."]
    text = "\n\n".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{line}" for n, line in enumerate(said, 1))
    assert block_texts(read_subtitles(text.encode(), "a.srt")) == [" ".join(said)]


def test_a_long_monologue_is_set_in_paragraphs_that_end_with_a_sentence() -> None:
    cues = [f"00:{n // 60:02}:{n % 60:02}.000 --> 00:59:00.000\nThis is part {n} of\n\n" for n in range(0, 120)]
    text = "WEBVTT\n\n" + "".join(cue.replace(" of", " of it.") if n % 3 else cue for n, cue in enumerate(cues))
    document = read_subtitles(text.encode(), "a.vtt")
    assert len(document.blocks) > 2
    assert all(block.endswith("it.") for block in block_texts(document))


def test_chinese_lines_join_without_a_space() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\n\u4f60\u597d\n\u4e16\u754c\n"
    assert block_texts(read_subtitles(text.encode(), "a.srt")) == ["\u4f60\u597d\u4e16\u754c"]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("unit", ["<v ", "<c.", "{\\", "A B ", "- a\n", "&", "word "])
def test_a_hundred_thousand_of_anything_in_a_cue_are_read_in_one_go(unit: str) -> None:
    assert_sound(read_subtitles(b"1\n00:00:01,000 --> 00:00:02,000\n" + unit.encode() * 100_000, "a.srt"))


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"WEBVTT\n", "no subtitles"),
        (b"Just words.\nNo times.", "no subtitles"),
        (b"1\n00:00:01,000 --> 00:00:02,000\n\n", "no subtitles"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nHi.\n\n2\n00:00:0 --> \nLost?", "line 6 is no subtitle time"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nHi.\n\n2\n00:00:03,000 --> 00:", "line 6"),
    ],
)
def test_broken_subtitles_are_refused_rather_than_read_in_part(data: bytes, complaint: str) -> None:
    with pytest.raises(ParseError, match=complaint):
        read_subtitles(data, "a.srt")


@FUZZ
@given(st.binary(max_size=300), st.sampled_from(["", "WEBVTT\n\n", "1\n00:00:01,000 --> 00:00:02,000\n"]))
def test_any_bytes_are_sound_or_refused(data: bytes, start: str) -> None:
    assert_sound_or_refused(read_subtitles, start.encode() + data, "a.vtt")


FRAGMENTS = [
    "WEBVTT", "\n", "\n\n", "1", "00:00:01.000 --> 00:00:02,000", "00:00:01,5", "-->", "<v Ann>", "</v>", "<v", "<c>",
    "- ", "-", "\u2014", ">>", "ANN:", "Ann Lee: ", "[Ann]", "words ", "end.", "&amp;", "&#0;", "&#xd800;", "{\\an8}",
    "\r", "\u2028", "\u4f60", "NOTE", "STYLE", "\x0b",
]  # fmt: skip


@FUZZ
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40), st.sampled_from(["a.srt", "a.vtt"]))
def test_any_mixture_of_subtitle_marks_is_sound_or_refused(fragments: list[str], name: str) -> None:
    cue = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n" if name == "a.vtt" else ""
    assert_sound_or_refused(read_subtitles, (cue + "".join(fragments)).encode(), name)


ASKED, ANSWERED = "When did it begin?", "In 1998. We were alone."
ASKED_AGAIN, ANSWERED_AGAIN = "Who paid for it?", "We did."
SAID = (ASKED, ANSWERED, ASKED_AGAIN, ANSWERED_AGAIN)


def srt(*cues: str) -> bytes:
    """Number the cues and give each its time."""
    timed = (f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n{cue}" for n, cue in enumerate(cues, 1))
    return "\n\n".join(timed).encode()


def who_says_what(data: bytes, name: str = "talk.srt") -> list[tuple[str | None, str]]:
    """Read subtitles up to their turns."""
    interview = parse(data, name)
    return [(turn.speaker, interview.text[turn.start : turn.end]) for turn in interview.turns]


@pytest.mark.parametrize(
    ("asks", "answers"),
    [
        ("Åsa Öberg", "Łukasz Żółć"),
        ("Анна Петрова", "Игорь Смирнов"),
        ("María José Núñez", "Ludwig van der Berg"),
        ("Jo Ek", "Siobhán O'Brien-Kelly"),
    ],
)
def test_names_of_every_alphabet_open_a_turn(asks: str, answers: str) -> None:
    cues = [f"{name}: {words}" for name, words in zip((asks, answers) * 2, SAID, strict=True)]
    told = [(asks, ASKED), (answers, ANSWERED), (asks, ASKED_AGAIN), (answers, ANSWERED_AGAIN)]
    assert who_says_what(srt(*cues)) == told


def test_a_colon_of_full_width_needs_no_space() -> None:
    assert who_says_what(srt("记者：您好吗？", "王伟：很好。", "记者：谁付的钱？", "王伟：我们。")) == [
        ("记者", "您好吗？"),
        ("王伟", "很好。"),
        ("记者", "谁付的钱？"),
        ("王伟", "我们。"),
    ]


def test_what_stands_beside_a_name_does_not_hide_it() -> None:
    cues = [
        f"Interviewer (BBC): {ASKED}",
        f"Ada Moss: {ANSWERED}",
        f"Interviewer (BBC): {ASKED_AGAIN}",
        "Ada Moss: So.",
    ]
    assert [speaker for speaker, _ in who_says_what(srt(*cues))] == ["Interviewer", "Ada Moss"] * 2


def test_a_meeting_s_users_may_call_themselves_anything() -> None:
    cues = [f"{name}: {words}" for name, words in zip(("jo_ek", "Ada's iPad (she/her)") * 2, SAID, strict=True)]
    assert [speaker for speaker, _ in who_says_what(srt(*cues))] == ["jo_ek", "Ada's iPad"] * 2


def test_a_meeting_in_which_one_person_talks_is_theirs() -> None:
    said = [f"Ada Moss: This is part {n}." for n in range(6)]
    assert {speaker for speaker, _ in who_says_what(srt(*said))} == {"Ada Moss"}


@pytest.mark.parametrize("cue", ["[JO EK]\n{}", "(Jo) {}", "(JO)\n{}"])
def test_a_name_in_brackets_above_or_before_its_words_speaks_them(cue: str) -> None:
    cues = [cue.format(words) for words in SAID]
    for n in (1, 3):
        cues[n] = cues[n].replace("Jo", "Ada").replace("JO EK", "ADA MOSS").replace("JO", "ADA")
    told = who_says_what(srt(*cues))
    assert [words for _, words in told] == list(SAID)
    assert len({speaker for speaker, _ in told}) == 2


def test_a_cue_s_own_name_may_be_its_speaker_s() -> None:
    cues = (
        f"{name}\n00:0{n}.000 --> 00:0{n}.900\n{words}"
        for n, (name, words) in enumerate(zip(("Jo Ek", "Ada Moss") * 2, SAID, strict=True))
    )
    told = who_says_what(("WEBVTT\n\n" + "\n\n".join(cues)).encode(), "talk.vtt")
    assert told == list(zip(("Jo Ek", "Ada Moss") * 2, SAID, strict=True))


def test_speakers_change_inside_a_line_too() -> None:
    assert who_says_what(srt(f">> {ASKED} >> In 1998.", f"We were alone. >> {ASKED_AGAIN}", ">> We did.")) == [
        (None, words) for words in SAID
    ]
    assert who_says_what(
        srt(f"JO: {ASKED} DR. MOSS: In 1998.", f"We were alone. JO: {ASKED_AGAIN} DR. MOSS: We did.")
    ) == [(name, words) for name, words in zip(("JO", "DR. MOSS") * 2, SAID, strict=True)]


def test_sounds_are_in_nobody_s_words() -> None:
    assert who_says_what(
        srt(
            "[DRAMATIC MUSIC\nPLAYING]",
            f"- {ASKED}",
            "- In 1998.",
            "♪ music ♪",
            "We were alone.",
            f"- [DOOR OPENS] {ASKED_AGAIN}\n- We did.",
            "(APPLAUSE)",
        )
    ) == [(None, ASKED), (None, "In 1998."), (None, "We were alone."), (None, ASKED_AGAIN), (None, "We did.")]


def test_a_sound_with_a_voice_of_nobody_s_is_no_turn() -> None:
    cues = (f"<v Jo>{ASKED}", "[crosstalk]", f"<v Ada (Guest)>{ANSWERED}", f"<v Jo>{ASKED_AGAIN}")
    data = "WEBVTT\n\n" + "\n\n".join(f"00:0{n}.000 --> 00:0{n}.900\n{cue}" for n, cue in enumerate(cues))
    assert [speaker for speaker, _ in who_says_what(data.encode(), "talk.vtt")] == ["Jo", "Ada", "Jo"]


def test_a_sound_is_no_title() -> None:
    interview = parse(srt("♪ (theme music plays) ♪", *(f"- {words}" for words in SAID)), "a talk.srt")
    assert interview.title == "a talk"


def test_youtube_s_own_format_is_read() -> None:
    cues = (
        f"0:00:0{n}.500,0:00:0{n}.900\n{name}: {words}"
        for n, (name, words) in enumerate(zip("QAQA", SAID, strict=True))
    )
    interview = parse("\n\n".join(cues).encode(), "talk.sbv")
    assert [interview.text[turn.start : turn.end] for turn in interview.turns] == list(SAID)
    assert [mark.value for mark in interview.times] == [0.5, 1.5, 2.5, 3.5]
