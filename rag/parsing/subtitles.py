"""SubRip, WebVTT, YouTube's (``.sbv``) subtitles and Whisper's table (``.tsv``) to running text that carries the time.

In: the bytes of an ``.srt``, ``.vtt``, ``.sbv`` or ``.tsv`` file. Out: ``Document`` in which the cues of one speaker
read on as one block, so that a sentence that runs over cues is whole again. A block starts where the voice
changes (``<v Name>``), at a line's dash, ``>>`` or label; ``times`` has a mark where each cue starts.
"""

from __future__ import annotations

import html
import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from rag.errors import ParseError
from rag.parsing.composing import Draft, Piece, readable
from rag.parsing.cue_marks import FINISHED, Marks, fields, label_end, named_by_ids, sound, voice_named, whole_sounds
from rag.parsing.decoding import decode
from rag.parsing.document import Document
from rag.patterns import lazy

ROLLING_SHARE: Final = 0.3
"""Captions roll when at least this share of the cues begin with the line the cue before ended in.

Speakers repeat themselves too ("No." "No."), so below it every repetition is taken as spoken.
"""

PARAGRAPH: Final = 600
"""Characters after which a block ends with its sentence, where that can't be taken for a turn's end."""

_CLOCK: Final = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_TIMING: Final = lazy(rf"\s*{_CLOCK}\d*\s*-->\s*{_CLOCK}\d*(?=\s|$)(.*)")
_YOUTUBE: Final = lazy(r"\s*(\d{1,4}:\d{2}:\d{2}\.\d{3}),(\d{1,4}:\d{2}:\d{2}\.\d{3})\s*$")
"""A cue's times in YouTube's own format."""

_ROW: Final = lazy(r"(\d{1,9})\t(\d{1,9})\t(.*)")
_SHAPE: Final = "give each cue a line like 00:00:01,000 --> 00:00:03,500 above its words"

_VOICE: Final = lazy(r"<(/?)v(?:\.[^\s<>]*)?(?:\s+([^<>]*))?>")
_MARKUP: Final = lazy(r"</?(?:c|i|b|u|s|ruby|rt|lang|font|span)(?:[.\s][^<>]*)?>|<[\d:.]+>|\{\\[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a cue, or what one voice says of it."""

    voice: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Cue:
    """What is on the screen from ``start``, in seconds."""

    start: float
    lines: tuple[Line, ...]
    id: str = ""


def read_subtitles(data: bytes, name: str) -> Document:
    """Read SubRip, WebVTT, SBV or Whisper's table; ``name`` is the file's name.

    Raises:
        ParseError: there are no cues, or a cue's times can't be read (rather than losing its words).
    """
    cues = [cue for cue in _cues(decode(data), name) if cue.lines]
    if not cues:
        raise ParseError(f"no subtitles in it; {_SHAPE}")
    draft = Draft()
    for voice, pieces in _runs(_with_fields(_without_rolling(cues))):
        draft.add(pieces, voice=voice)
    return Document(text=draft.text, blocks=tuple(draft.blocks), times=tuple(draft.marks))


def _cues(text: str, name: str) -> Iterator[Cue]:
    import webvtt
    from webvtt.errors import MalformedFileError

    text = readable(text)
    if name.lower().endswith(".tsv"):
        yield from _of_table(text)
        return
    vtt = text.startswith("WEBVTT") or name.lower().endswith(".vtt")
    source = _with_plain_timings(text, vtt)
    try:
        captions = webvtt.from_buffer(io.StringIO(source), format="vtt" if vtt else "srt")
    except MalformedFileError:
        raise ParseError(f"no subtitles in it: it is neither SubRip nor WebVTT; {_SHAPE}") from None
    for caption in captions.captions:
        at = caption.start_time
        start = at.hours * 3600 + at.minutes * 60 + at.seconds + at.milliseconds / 1000
        yield Cue(start, tuple(_lines(caption.raw_text)), caption.identifier or "")


def _of_table(text: str) -> Iterator[Cue]:
    """Read rows of start, end and words, the times in milliseconds, below a row that says so."""
    head, *rows = text.strip().split("\n")
    if head.split("\t") != ["start", "end", "text"]:
        raise ParseError("this table isn't Whisper's (start, end, text); export it as SubRip or WebVTT")
    for number, row in enumerate(rows, 2):
        match = _ROW.match(row)
        if match is None and not row.strip():
            continue
        if match is None:
            raise ParseError(f"line {number} is no start, end and words: {row.strip()[:60]!r}; mend or remove it")
        yield Cue(int(match[1]) / 1000, tuple(_lines(match[3])))


def _with_plain_timings(text: str, vtt: bool) -> str:
    """Write each cue's times as the formats ask for, and number SubRip's cues where the file doesn't.

    What the library can't read it leaves out without a word, so such a line is refused here.
    """
    lines: list[str] = ["WEBVTT", ""] if vtt and not text.startswith("WEBVTT") else []
    for number, line in enumerate(text.split("\n"), 1):
        timing = _TIMING.match(_YOUTUBE.sub(r"\1 --> \2", line))
        if timing is None:
            if "-->" in line and not line.startswith("NOTE"):
                raise ParseError(f"line {number} is no subtitle time: {line.strip()[:60]!r}; mend or remove it")
            lines.append(line)
            continue
        if not vtt and not (lines and lines[-1].strip().isdecimal()):
            lines += ["", "1"]
        fraction = "." if vtt else ","
        start, end = (
            f"{int(hours or 0):02}:{int(minutes):02}:{int(seconds):02}{fraction}{(part or '').ljust(3, '0')}"
            for hours, minutes, seconds, part in (timing.groups()[:4], timing.groups()[4:8])
        )
        lines.append(f"{start} --> {end}")
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    return "\n".join(lines[first:])


def _lines(raw: str) -> Iterator[Line]:
    voice: str | None = None
    for line in whole_sounds(raw.split("\n")):
        at = 0
        for tag in _VOICE.finditer(line):
            yield from _line(voice, line[at : tag.start()])
            voice, at = (None if tag[1] else voice_named(_plain(tag[2] or ""))), tag.end()
        yield from _line(voice, line[at:])


def _line(voice: str | None, marked_up: str) -> Iterator[Line]:
    text = _plain(marked_up)
    if text:
        yield Line(voice, text)


def _plain(marked_up: str) -> str:
    return readable(html.unescape(_MARKUP.sub("", marked_up))).replace("\n", " ").strip()


def _without_rolling(cues: Sequence[Cue]) -> list[Cue]:
    """Leave out the lines that roll-up captions show again."""
    shared = [_shared(before, after) for before, after in pairwise(cues)]
    if sum(n > 0 for n in shared) < ROLLING_SHARE * len(shared) or len(shared) < 3:
        return list(cues)
    fresh = (replace(cue, lines=cue.lines[n:]) for cue, n in zip(cues[1:], shared, strict=True))
    return [cues[0], *(cue for cue in fresh if cue.lines)]


def _shared(before: Cue, after: Cue) -> int:
    """Count the lines at the end of ``before`` that ``after`` begins with."""
    most = min(len(before.lines), len(after.lines))
    return next((n for n in range(most, 0, -1) if before.lines[-n:] == after.lines[:n]), 0)


def _with_fields(cues: Sequence[Cue]) -> Sequence[Cue]:
    """Take what stands before the colon in every cue, or its name, for its voice, where that is how they are told."""
    if any(line.voice for line in _all(cues)):
        return cues
    told = fields([[line.text for line in cue.lines] for cue in cues])
    if not told and named_by_ids([cue.id for cue in cues]):
        return [Cue(cue.start, tuple(replace(line, voice=cue.id) for line in cue.lines)) for cue in cues]
    done: list[Cue] = []
    voice: str | None = None
    for cue, field in zip(cues, told, strict=False):
        voice = voice_named(field) or voice
        first = cue.lines[0].text.removeprefix(field)[bool(field) :].strip()
        texts = [text for text in (first, *(line.text for line in cue.lines[1:])) if text]
        done.append(Cue(cue.start, tuple(Line(voice, text) for text in texts)))
    return done or cues


def _runs(cues: Sequence[Cue]) -> Iterator[tuple[str | None, list[Piece]]]:
    """Put the lines of the cues together to blocks, each with its voice."""
    marks = Marks.of([[line.text for line in cue.lines] for cue in cues])
    told = any(marks.opening(line.text, "")[1] for line in _all(cues))
    voice: str | None = None
    label = ""
    pieces: list[Piece] = []
    length = 0
    for cue in cues:
        mark: float | None = cue.start
        for line in _parted(cue.lines, marks):
            before = pieces[-1].text if pieces else ""
            text, anew = marks.opening(line.text, before)
            named = text[: label_end(text)]
            if named and pieces and named == label:  # some write the name in every cue
                text, anew = text[len(named) :].strip(), False
            elif anew or not pieces:
                label = named
            apart = not anew and (sound(text) or sound(before)) and (sound(before) or FINISHED.search(before))
            full = length > PARAGRAPH and FINISHED.search(before) and (line.voice or not told)
            if pieces and (anew or apart or full or line.voice != voice):
                yield voice, pieces
                pieces, length = [], 0
            elif pieces and _spaced(before, text):
                pieces.append(Piece(" "))
            voice = line.voice
            pieces.append(Piece(text, mark=mark))
            length += len(text)
            mark = None
    if pieces:
        yield voice, pieces


def _parted(lines: Sequence[Line], marks: Marks) -> Iterator[Line]:
    return (replace(line, text=part) for line in lines for part in marks.parted(line.text) if part)


def _all(cues: Sequence[Cue]) -> Iterator[Line]:
    return (line for cue in cues for line in cue.lines)


def _spaced(before: str, after: str) -> bool:
    """Tell whether a space stands for the line end: not in a hyphenated word, not in Chinese or Japanese."""
    if before[-1:] == "-" and before[-2:-1].isalpha() and after[:1].islower():
        return False
    return not (_wide(before[-1:]) and _wide(after[:1]))


def _wide(char: str) -> bool:
    return bool(char) and unicodedata.east_asian_width(char) in "WF"
