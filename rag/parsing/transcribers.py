"""What transcription services write, in the fields of our own segments.

In: a JSON document. Out: for the shapes in ``_SHAPES``, a list of objects with ``text``, ``start`` in seconds and
``speaker``, as ``turn_json`` reads them; None for any other. The shapes are those of the services' documentation:
https://www.assemblyai.com/docs, https://developers.deepgram.com/docs, https://docs.aws.amazon.com/transcribe,
https://docs.gladia.io, https://elevenlabs.io/docs, https://docs.rev.ai, https://github.com/ggml-org/whisper.cpp, and
https://github.com/Podcastindex-org/podcast-namespace (transcripts).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class _Shape:
    """Where a service keeps its list, and what it calls our fields; a text of several names is the first there is."""

    at: tuple[str | int, ...]
    text: tuple[str, ...] = ("text",)
    start: str = "start"
    speaker: str = "speaker"
    milliseconds: bool = False
    """Whether ``start`` counts these, not seconds."""


_ALTERNATIVE: Final = ("results", "channels", 0, "alternatives", 0)

_SHAPES: Final = (
    _Shape(("segments",), ("body",), "startTime"),  # Podcasting 2.0
    _Shape(("utterances",), milliseconds=True),  # AssemblyAI
    _Shape(("transcription",), start="timestamps"),  # whisper.cpp
    _Shape(("result", "transcription", "utterances")),  # Gladia
    _Shape(("results", "utterances"), ("transcript",)),  # Deepgram
    _Shape((*_ALTERNATIVE, "paragraphs", "paragraphs"), ("sentences",)),
    _Shape((*_ALTERNATIVE, "words"), ("punctuated_word", "word")),
    _Shape(("results", "audio_segments"), ("transcript",), "start_time", "speaker_label"),  # Amazon Transcribe
    _Shape(("monologues",), ("elements",), "ts"),  # Rev
    _Shape(("words",), speaker="speaker_id"),  # ElevenLabs
)

_OURS: Final = _Shape(("segments",))
_LATEST: Final = 10**12
"""Milliseconds; what is later is no time, and turning it into seconds might fail."""


def transcribed(source: object) -> list[object] | None:
    """Return a service's transcript as segments; None where it is of no shape known here, or of ours.

    An element that isn't as its service writes them is left as it is, for the reader of turns to complain of.
    """
    for shape in (_OURS, *_SHAPES):
        listed = _at(source, shape.at)
        if isinstance(listed, list) and any(_text(item, shape) is not None for item in listed):
            return None if shape is _OURS else [segment for item in listed for segment in _segments(item, shape)]
    return None


def _at(source: object, path: tuple[str | int, ...]) -> object:
    """Return what stands at a path of keys and numbers, None where the path ends before."""
    for step in path:
        if isinstance(source, Mapping) and isinstance(step, str):
            source = source.get(step)
        elif isinstance(source, list) and isinstance(step, int) and step < len(source):
            source = source[step]
        else:
            return None
    return source


def _text(item: object, shape: _Shape) -> str | list[object] | None:
    """Return an element's words: a text, or a list of sentences or words."""
    found = (item.get(name) for name in shape.text) if isinstance(item, Mapping) else ()
    return next((text for text in found if isinstance(text, str | list)), None)


def _segments(item: object, shape: _Shape) -> Iterator[object]:
    """Yield an element as segments: more than one where its text is a list of sentences or words."""
    text = _text(item, shape)
    if text is None or not isinstance(item, Mapping):
        yield item
        return
    speaker = _speaker(item.get(shape.speaker))
    if isinstance(text, str):
        yield {"text": text, "start": _start(item.get(shape.start), shape), "speaker": speaker}
    elif "elements" in shape.text:
        yield {"text": "".join(_values(text)), "start": _first(text, shape.start), "speaker": speaker}
    else:
        for sentence in text:
            known = sentence if isinstance(sentence, Mapping) else {}
            yield {"text": known.get("text"), "start": known.get(shape.start), "speaker": speaker}


def _start(given: object, shape: _Shape) -> object:
    if isinstance(given, Mapping):  # whisper.cpp: from and to, as HH:MM:SS,mmm
        return given.get("from")
    number = isinstance(given, int | float) and not isinstance(given, bool) and abs(given) < _LATEST
    return given / 1000 if shape.milliseconds and number else given  # type: ignore[operator]


def _speaker(given: object) -> object:
    """Return a speaker's name; services that know none count people, from 0 or from A."""
    return f"Speaker {given}" if isinstance(given, str) and len(given.strip()) == 1 else given


def _values(elements: list[object]) -> Iterator[str]:
    for element in elements:
        value = element.get("value") if isinstance(element, Mapping) else None
        yield value if isinstance(value, str) else ""


def _first(elements: list[object], name: str) -> object:
    return next((e[name] for e in elements if isinstance(e, Mapping) and e.get(name) is not None), None)
