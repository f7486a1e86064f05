"""Turns of one's own transcriber, as JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.datatypes import Role
from rag.errors import ParseError
from rag.parsing import ParseOptions, parse
from rag.parsing.document import Document
from rag.parsing.turn_json import read_turn_json
from rag.payload import interview_json
from rag.seeds import seed_interviews
from tests.parsing.soundness import FUZZ, assert_sound, assert_sound_or_refused, block_texts


def read(source: object) -> Document:
    """Write ``source`` as JSON and read it."""
    document = read_turn_json(json.dumps(source).encode(), "talk.json")
    assert_sound(document)
    return document


def test_a_list_of_turns_gives_speakers_words_and_times() -> None:
    document = read(
        [
            {"speaker": "Jo", "text": "Why?", "start": 1},
            {"speaker": "Ada", "text": " I  could.\n\nSo I did. ", "start": 2.5},
            {"speaker": None, "text": "[laughter]", "start": "00:01:02,5"},
            {"text": "Well.", "start": "61:02"},
        ]
    )
    assert list(zip((b.voice for b in document.blocks), block_texts(document), strict=True)) == [
        ("Jo", "Why?"),
        ("Ada", "I  could."),
        ("Ada", "So I did."),
        (None, "[laughter]"),
        (None, "Well."),
    ]
    assert [(mark.value, document.text[mark.offset]) for mark in document.times] == [
        (1, "W"),
        (2.5, "I"),
        (62.5, "["),
        (3662, "W"),
    ]


def test_an_object_may_say_what_the_interview_is() -> None:
    document = read(
        {
            "title": "On  boats",
            "date": "2024-03-12",
            "outlet": "Harbour",
            "url": "https://h.example/1",
            "people": ["Ada Moss", 7, ""],
            "turns": [{"speaker": "Ada", "text": "So."}],
        }
    )
    told = (document.title, document.date, document.outlet, document.url, document.people)
    assert told == ("On boats", "2024-03-12", "Harbour", "https://h.example/1", ("Ada Moss",))
    assert not document.times


def test_a_role_that_is_given_holds_whatever_the_words_look_like() -> None:
    turns = [
        {"speaker": "Al", "role": "guest", "text": "Are you sure? Are you?"},
        {"speaker": "Bo", "role": "interviewer", "text": "We built the boat of wood, and it took long."},
        {"speaker": "Al", "role": "guest", "text": "Why though?"},
        {"speaker": "Cy", "role": "other", "text": "Hm."},
        {"role": "interviewee", "text": "So I went."},
        {"role": "interviewer", "text": "And then we left."},
    ]
    data = json.dumps(turns).encode()
    asks, answers, other = Role.INTERVIEWER, Role.INTERVIEWEE, Role.OTHER
    assert [turn.role for turn in parse(data, "talk.json").turns] == [answers, asks, answers, other, answers, asks]
    corrected = parse(data, "talk.json", ParseOptions(interviewees=("Cy",)))
    assert [turn.role for turn in corrected.turns[:4]] == [answers, asks, answers, answers]


def test_a_speaker_may_be_a_number() -> None:
    assert [b.voice for b in read([{"speaker": 0, "text": "Why?"}, {"speaker": 1, "text": "So."}]).blocks] == [
        "Speaker 0",
        "Speaker 1",
    ]


def test_what_show_prints_can_be_read_back() -> None:
    (seed,) = seed_interviews()
    again = parse(json.dumps(interview_json(seed)).encode(), "shown.json")
    assert [(t.speaker, t.role, again.text[t.start : t.end].split()) for t in again.turns] == [
        (t.speaker, t.role, seed.text[t.start : t.end].split()) for t in seed.turns
    ]
    assert {t.section for t in again.turns} == {t.section for t in seed.turns}
    assert (again.title, again.outlet, again.date, again.url, again.times) == (
        seed.title,
        seed.outlet,
        seed.date,
        seed.url,
        (),
    )


def test_times_in_milliseconds_are_taken_for_what_they_are() -> None:
    said = [{"text": "One two three four.", "start": n * 4000} for n in range(6)]
    assert [mark.value for mark in read(said).times] == [0, 4, 8, 12, 16, 20]
    rare = [{"text": "One two three four.", "start": n * 100} for n in range(6)]
    assert [mark.value for mark in read(rare).times] == [0, 100, 200, 300, 400, 500]


def test_a_sound_is_nobodys_turn() -> None:
    said = [("Jo", "Why?"), ("Jo", "[laughter]"), ("Ada", "So."), (None, "[End of recording]")]
    interview = parse(json.dumps([{"speaker": who, "text": words} for who, words in said]).encode(), "talk.json")
    assert [turn.speaker for turn in interview.turns] == ["Jo", "Ada"]
    assert [interview.text[turn.start : turn.end] for turn in interview.turns] == ["Why?", "So."]


def test_whisper_segments_of_one_speaker_read_on() -> None:
    said = [("A", " Why did you"), ("A", " build it?"), ("B", " Because I"), ("B", ""), ("B", " could.")]
    document = read(
        {"language": "en", "segments": [{"start": n, "text": t, "speaker": s} for n, (s, t) in enumerate(said)]}
    )
    assert block_texts(document) == ["Why did you build it?", "Because I could."]
    assert [b.voice for b in document.blocks] == ["A", "B"]
    assert [mark.value for mark in document.times] == [0, 1, 2, 4]


def test_segments_without_a_speaker_are_set_in_paragraphs() -> None:
    segments = [{"start": n, "text": f" This is part {n} of it."} for n in range(100)]
    document = read({"segments": segments})
    assert 3 < len(document.blocks) < 10
    assert {b.voice for b in document.blocks} == {None}


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "empty"),
        (b"{", "no JSON, at line 1"),
        (b"[" * 100_000, "JSON"),
        (b"[]", "no turns"),
        (b"7", "no turns"),
        (b'{"turns": {}}', "no turns"),
        (b'["Why?"]', "turn 1 is not an object"),
        (b'[{"text": "Why?"}, {"speaker": "Jo"}]', 'turn 2 has no "text"'),
        (b'[{"text": "Why?", "speaker": ["Jo"]}]', 'the "speaker" of turn 1'),
        (b'[{"text": "Why?", "speaker": true}]', 'the "speaker" of turn 1'),
        (b'[{"text": "Why?", "start": "soon"}]', 'the "start" of turn 1'),
        (b'[{"text": "Why?", "start": -1}]', 'the "start" of turn 1'),
        (b'[{"text": "Why?", "start": NaN}]', "number"),
        (b'[{"text": "Why?", "start": 1e999}]', 'the "start" of turn 1'),
        (b'[{"text": "Why?", "start": ' + b"9" * 5000 + b"}]", "number"),
        (b'[{"text": " "}]', "no words"),
    ],
)
def test_what_has_another_shape_is_refused_with_the_shape_it_should_have(data: bytes, complaint: str) -> None:
    with pytest.raises(ParseError, match=complaint) as error:
        read_turn_json(data, "talk.json")
    assert "\n" not in str(error.value)


def test_half_of_a_surrogate_pair_and_null_bytes_are_made_visible() -> None:
    document = read_turn_json(b'[{"text": "Why\\ud83d \\u0000?", "speaker": "\\udc00Jo"}]', "talk.json")
    assert_sound(document)
    assert block_texts(document) == ["Why\ufffd \ufffd?"]
    assert document.blocks[0].voice == "\ufffdJo"


@FUZZ
@given(st.binary(max_size=200))
def test_any_bytes_are_sound_or_refused(data: bytes) -> None:
    assert_sound_or_refused(read_turn_json, data)


VALUES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text("Jo 1:\n\x00", max_size=9))
TURNS = st.lists(st.dictionaries(st.sampled_from(["text", "speaker", "start", "end", "role"]), VALUES), max_size=6)


@FUZZ
@given(st.one_of(TURNS, st.dictionaries(st.sampled_from(["turns", "segments", "title", "people"]), TURNS | VALUES)))
def test_any_json_is_sound_or_refused(source: object) -> None:
    assert_sound_or_refused(read_turn_json, json.dumps(source).encode("utf-8", errors="surrogatepass"))


@FUZZ
@given(st.lists(st.builds(dict, text=st.text(max_size=50), start=st.integers(0, 10**9)), min_size=1, max_size=8))
def test_any_text_in_a_turn_is_sound_or_refused(turns: list[dict[str, object]]) -> None:
    assert_sound_or_refused(read_turn_json, json.dumps(turns).encode())
    assert_sound_or_refused(read_turn_json, json.dumps({"segments": turns}).encode())


def test_json_lines_are_a_list_of_turns() -> None:
    source = '{"speaker": "Ruth", "text": "When?"}\n\n{"speaker": "Nora", "text": "In 1948,\u2028on the ship."}\n'
    for name in ("talk.json", "talk.jsonl"):
        assert [turn.speaker for turn in parse(source.encode(), name).turns] == ["Ruth", "Nora"]
