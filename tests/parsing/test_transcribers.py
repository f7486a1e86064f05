"""Transcripts as transcription services write them."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import ParseError
from rag.parsing import parse
from rag.parsing.turn_json import read_turn_json
from tests.parsing.soundness import FUZZ, assert_sound, assert_sound_or_refused, block_texts

Said = list[tuple[float, int, str]]
"""When, who by number, what."""
Service = dict[str, object]

SAID: Said = [
    (0.5, 0, "Why did you build it?"),
    (2.25, 1, "Because I could."),
    (4.0, 1, "Nobody else would."),
    (7.5, 0, "Who paid?"),
]


def podcasting(said: Said) -> Service:
    segments = [{"speaker": f"Speaker {who}", "startTime": at, "body": text} for at, who, text in said]
    return {"version": "1.0.0", "segments": segments}


def assemblyai(said: Said) -> Service:
    told = [{"speaker": str(who), "start": int(at * 1000), "end": 0, "text": text} for at, who, text in said]
    return {"id": "x", "text": " ".join(text for _, _, text in said), "words": [], "utterances": told}


def whisper_cpp(said: Said) -> Service:
    rows = [
        {
            "timestamps": {"from": f"00:00:{int(at):02},{int(at % 1 * 1000):03}", "to": "00:00:09,000"},
            "offsets": {"from": int(at * 1000), "to": 9000},
            "speaker": str(who),
            "text": f" {text}",
        }
        for at, who, text in said
    ]
    return {"systeminfo": "", "result": {"language": "en"}, "transcription": rows}


def gladia(said: Said) -> Service:
    return {"result": {"transcription": {"utterances": [{"text": t, "start": at, "speaker": w} for at, w, t in said]}}}


def deepgram_utterances(said: Said) -> Service:
    told = [{"start": at, "transcript": text, "speaker": who, "channel": 0} for at, who, text in said]
    return {"results": {"channels": [{"alternatives": [{"transcript": ""}]}], "utterances": told}}


def deepgram_paragraphs(said: Said) -> Service:
    told = [{"speaker": who, "start": at, "sentences": [{"text": text, "start": at}]} for at, who, text in said]
    return {"results": {"channels": [{"alternatives": [{"paragraphs": {"transcript": "", "paragraphs": told}}]}]}}


def deepgram_words(said: Said) -> Service:
    told = [
        {"word": word.lower().strip(".?"), "punctuated_word": word, "start": at, "speaker": who}
        for at, who, text in said
        for word in text.split()
    ]
    return {"results": {"channels": [{"alternatives": [{"words": told}]}]}}


def amazon(said: Said) -> Service:
    told = [{"speaker_label": f"Speaker {who}", "start_time": str(at), "transcript": t} for at, who, t in said]
    return {"jobName": "j", "results": {"transcripts": [{"transcript": ""}], "items": [], "audio_segments": told}}


def rev(said: Said) -> Service:
    def elements(at: float, text: str) -> list[dict[str, object]]:
        words = [{"type": "text", "value": word, "ts": at} for word in text[:-1].split()]
        between = [{"type": "punct", "value": mark} for mark in [" "] * (len(words) - 1) + [text[-1]]]
        return [each for pair in zip(words, between, strict=True) for each in pair]

    return {"monologues": [{"speaker": who, "elements": elements(at, text)} for at, who, text in said]}


def elevenlabs(said: Said) -> Service:
    told = []
    for at, who, text in said:
        for word in text.split():
            told.append({"text": word, "start": at, "type": "word", "speaker_id": f"Speaker {who}"})
            told.append({"text": " ", "start": at, "type": "spacing", "speaker_id": f"Speaker {who}"})
    return {"language_code": "en", "text": "", "words": told}


SERVICES = [
    podcasting,
    assemblyai,
    whisper_cpp,
    gladia,
    deepgram_utterances,
    deepgram_paragraphs,
    deepgram_words,
    amazon,
    rev,
    elevenlabs,
]


@pytest.mark.parametrize("service", SERVICES)
def test_a_services_transcript_has_its_speakers_words_and_times(service: Callable[[Said], Service]) -> None:
    document = read_turn_json(json.dumps(service(SAID)).encode(), "talk.json")
    assert_sound(document)
    assert list(zip((block.voice for block in document.blocks), block_texts(document), strict=True)) == [
        ("Speaker 0", "Why did you build it?"),
        ("Speaker 1", "Because I could. Nobody else would."),
        ("Speaker 0", "Who paid?"),
    ]
    times = {document.text[mark.offset :].split()[0]: mark.value for mark in reversed(document.times)}
    assert {word: times[word] for word in ("Why", "Because", "Nobody", "Who")} == {
        "Why": 0.5,
        "Because": 2.25,
        "Nobody": 4.0,
        "Who": 7.5,
    }


def test_people_counted_by_letters_are_told_as_speakers() -> None:
    source = {"utterances": [{"speaker": who, "start": 0, "text": t} for who, t in (("A", "Why?"), ("B", "I could."))]}
    interview = parse(json.dumps(source).encode(), "talk.json")
    assert [turn.speaker for turn in interview.turns] == ["Speaker A", "Speaker B"]


def test_a_transcript_without_speakers_is_told_from_its_words() -> None:
    source = {"text": "I could. So I did.", "utterances": None, "words": [{"text": "I"}, {"text": "could."}]}
    assert block_texts(read_turn_json(json.dumps(source).encode(), "talk.json")) == ["I could."]


def test_segments_with_words_beside_them_are_read_as_segments() -> None:
    source = {"segments": [{"text": "I could.", "speaker": "Ada"}], "words": [{"text": "I"}, {"text": "could."}]}
    document = read_turn_json(json.dumps(source).encode(), "talk.json")
    assert [(block.voice, document.text[block.start : block.end]) for block in document.blocks] == [("Ada", "I could.")]


def test_an_element_that_is_broken_is_told_by_its_number() -> None:
    source = {"utterances": [{"text": "Why?", "start": 0}, {"start": 4}]}
    with pytest.raises(ParseError, match='turn 2 has no "text"'):
        read_turn_json(json.dumps(source).encode(), "talk.json")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.just(10**400) | st.floats() | st.text("Jo 1:\n\x00", max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["text", "value", "from"]), inner),
    max_leaves=4,
)


@FUZZ
@given(st.sampled_from(SERVICES), st.data())
def test_a_services_transcript_with_anything_in_it_is_sound_or_refused(
    service: Callable[[Said], Service], data: st.DataObject
) -> None:
    def spoilt(source: object) -> object:
        if data.draw(st.integers(0, 9)) == 0:
            return data.draw(VALUES)
        if isinstance(source, dict):
            return {name: spoilt(value) for name, value in source.items()}
        return [spoilt(value) for value in source] if isinstance(source, list) else source

    assert_sound_or_refused(read_turn_json, json.dumps(spoilt(service(SAID[:2]))).encode())
