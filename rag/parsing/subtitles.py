"""SubRip and WebVTT subtitles to running text that carries the time.

In: the bytes of an ``.srt`` or ``.vtt`` file. Out: ``Document`` in which the cues of one speaker read on
as one block, so that a sentence that runs over cues is whole again. A block starts where the voice
changes (``<v Name>``), at a line's dash, ``>>`` or label; ``times`` has a mark where each cue starts.
"""

from __future__ import annotations

import html
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from rag.errors import ParseError
from rag.parsing.composing import Draft, Piece, readable
from rag.parsing.decoding import decode
from rag.parsing.document import Document
from rag.parsing.names import first_names, nobody, speaker_in_brackets

ROLLING_SHARE: Final = 0.3
"""Captions roll when at least this share of the cues begin with the line the cue before ended in.

Speakers repeat themselves too ("No." "No."), so below it every repetition is taken as spoken.
"""

PARAGRAPH: Final = 600
"""Characters after which a block ends with its sentence, where that can't be taken for a turn's end."""

_CLOCK: Final = r"(?:(\d+):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_TIMING: Final = re.compile(rf"\s*{_CLOCK}\d*\s*-->\s*{_CLOCK}\d*(?=\s|$)(.*)")
_VOICE: Final = re.compile(r"<(/?)v(?:\.[^\s<>]*)?(?:\s+([^<>]*))?>")
_MARKUP: Final = re.compile(r"</?(?:c|i|b|u|s|ruby|rt|lang|font|span)(?:[.\s][^<>]*)?>|<[\d:.]+>|\{\\[^{}]*\}")
_ARROWS: Final = re.compile(r"\s*>{2,3}\s*")
_DASH: Final = re.compile(r"\s*([-\u2013\u2014])\s*(?=[^\s\d-])")
_WORD: Final = r"[A-Z\d][\w.'\u2019-]*"
_NAME: Final = rf"[A-Z][\w.'\u2019-]*(?: (?:\w{{1,3}} )?{_WORD}){{0,3}}"
_LABEL: Final = re.compile(rf"(?:- )?(?:{_NAME}:|[\[(]{_NAME}[\])]:)(?=\s|$)")
_BRACKETED: Final = re.compile(rf"\[(?P<name>{_NAME})\](?=\s+\S)")
_FINISHED: Final = re.compile(r"[.?!\u2026\u3002\uff01\uff1f][\"'\u201d\u2019\xbb)\]]*$")


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


def read_subtitles(data: bytes, name: str) -> Document:
    """Read SubRip or WebVTT; ``name`` is the file's name.

    Raises:
        ParseError: there are no cues, or a cue's times can't be read (rather than losing its words).
    """
    cues = [cue for cue in _cues(decode(data), name) if cue.lines]
    if not cues:
        raise ParseError("no subtitles in it: a cue has a line like 00:00:01,000 --> 00:00:03,500 above its words")
    cues = _without_rolling(cues)
    draft = Draft()
    for voice, pieces in _runs(cues):
        draft.add(pieces, voice=voice)
    return Document(text=draft.text, blocks=tuple(draft.blocks), times=tuple(draft.marks))


def _cues(text: str, name: str) -> Iterator[Cue]:
    import webvtt
    from webvtt.errors import MalformedFileError

    text = readable(text)
    vtt = text.startswith("WEBVTT") or name.lower().endswith(".vtt")
    source = _with_plain_timings(text, vtt)
    try:
        captions = webvtt.from_buffer(io.StringIO(source), format="vtt" if vtt else "srt")
    except MalformedFileError:
        raise ParseError("no subtitles in it: it is neither SubRip nor WebVTT") from None
    for caption in captions.captions:
        at = caption.start_time
        yield Cue(
            at.hours * 3600 + at.minutes * 60 + at.seconds + at.milliseconds / 1000, tuple(_lines(caption.raw_text))
        )


def _with_plain_timings(text: str, vtt: bool) -> str:
    """Write each cue's times as the formats ask for, and number SubRip's cues where the file doesn't.

    What the library can't read it leaves out without a word, so such a line is refused here.
    """
    lines: list[str] = ["WEBVTT", ""] if vtt and not text.startswith("WEBVTT") else []
    for number, line in enumerate(text.split("\n"), 1):
        timing = _TIMING.match(line)
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
    for line in raw.split("\n"):
        at = 0
        for tag in _VOICE.finditer(line):
            yield from _line(voice, line[at : tag.start()])
            voice, at = (None if tag[1] else _plain(tag[2] or "") or None), tag.end()
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
    fresh = (Cue(cue.start, cue.lines[n:]) for cue, n in zip(cues[1:], shared, strict=True))
    return [cues[0], *(cue for cue in fresh if cue.lines)]


def _shared(before: Cue, after: Cue) -> int:
    """Count the lines at the end of ``before`` that ``after`` begins with."""
    most = min(len(before.lines), len(after.lines))
    return next((n for n in range(most, 0, -1) if before.lines[-n:] == after.lines[:n]), 0)


def _runs(cues: Sequence[Cue]) -> Iterator[tuple[str | None, list[Piece]]]:
    """Put the lines of the cues together to blocks, each with its voice."""
    unmarked = (_DASH.sub("", _ARROWS.sub("", line.text, count=1), count=1) for line in _all(cues))
    marks = map(_BRACKETED.match, unmarked)
    called = first_names(mark["name"] for mark in marks if mark)
    told = any(_opening(line.text, "", called)[1] for line in _all(cues))
    voice: str | None = None
    label = ""
    pieces: list[Piece] = []
    length = 0
    for cue in cues:
        mark: float | None = cue.start
        for line in cue.lines:
            before = pieces[-1].text if pieces else ""
            text, anew = _opening(line.text, before, called)
            named = _LABEL.match(text)
            if named and pieces and named[0] == label:  # some write the name in every cue
                text, anew = text[named.end() :].strip(), False
            elif anew or not pieces:
                label = named[0] if named else ""
            full = length > PARAGRAPH and _FINISHED.search(before) and (line.voice or not told)
            if pieces and (anew or full or line.voice != voice):
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


def _all(cues: Sequence[Cue]) -> Iterator[Line]:
    return (line for cue in cues for line in cue.lines)


def _opening(text: str, before: str, called: frozenset[str]) -> tuple[str, bool]:
    """Return the line with its speaker mark written as ``- `` or ``>> ``, and whether it starts a speaker.

    ``called`` are the first names that stand in brackets.
    """
    arrows = _ARROWS.match(text)
    if arrows:
        rest = text[arrows.end() :]
        return (rest if _names(rest, called) else f">> {rest}"), True
    dash = _DASH.match(text)
    if dash and (dash[1] != "\u2014" or not before or _FINISHED.search(before)):
        rest = text[dash.end() :]
        return (rest if _names(rest, called) else f"- {rest}"), True
    return text, _names(text, called)


def _names(text: str, called: frozenset[str]) -> bool:
    """Tell a line that opens with a name, ``LEE: Yes.`` or ``[Dr. Lee] Every summer.``, from ``[Laughter] Yes.``."""
    match = _BRACKETED.match(text)
    if not match or nobody(match["name"]):
        return _LABEL.match(text) is not None
    return match["name"] in called or speaker_in_brackets(match["name"])


def _spaced(before: str, after: str) -> bool:
    """Tell whether a space stands for the line end: not in a hyphenated word, not in Chinese or Japanese."""
    if before[-1:] == "-" and before[-2:-1].isalpha() and after[:1].islower():
        return False
    return not (_wide(before[-1:]) and _wide(after[:1]))


def _wide(char: str) -> bool:
    return bool(char) and unicodedata.east_asian_width(char) in "WF"
