"""Turns as JSON, for people with a transcriber of their own.

In: the bytes of a ``.json`` file of one of these shapes. Out: ``Document``, a block for each paragraph of
a turn, with the speaker as its voice, and ``times`` where turns have them.

    [{"speaker": "Ada Moss", "text": "Because I could.", "start": 12.5, "role": "interviewee"}, ...]

    {"title": "...", "date": "2024-03-12", "outlet": "...", "url": "https://...", "author": "...",
     "people": ["Ada Moss"], "interviewers": ["Jo Ek"], "interviewees": ["Ada Moss"],
     "turns": [{"speaker": "Ada Moss", "text": "...", "start": "00:00:12.5", "section": "Boats"}, ...]}

    {"segments": [{"start": 0.0, "end": 2.4, "text": " Why did you", "speaker": "SPEAKER_00"}, ...]}

A list may also be an object a line, as in JSON Lines.

Only "text" is needed. "speaker" is a name, a number or null. "start" is in seconds, or written HH:MM:SS, or in
milliseconds where nobody could speak so slowly otherwise;
a "timestamp" counts instead of it, so that what ``onrecord show --json`` prints can be read back. "role" is
interviewer, interviewee, other, or another word for one of them ("host"), and "section" a heading above the
turn. The last shape is what Whisper and tools around it write: segments of one speaker are put together
until one ends its sentence at a length worth a paragraph. What other services write is put in that shape first
(``transcribers.py``). Any other field is passed over.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from rag.datatypes import Role
from rag.errors import ParseError
from rag.parsing.composing import Draft, Piece, readable
from rag.parsing.decoding import decode
from rag.parsing.document import Document, Kind
from rag.parsing.names import role_word
from rag.parsing.transcribers import transcribed
from rag.patterns import lazy

PARAGRAPH: Final = 600
"""Characters after which a paragraph put together from segments ends with its sentence."""

MAX_SPEAKER: Final = 100
"""The longest name of a speaker."""

MIN_TIMES: Final = 4
SLOWEST: Final = 0.02
"""Words a second, between at least so many times; people say two or three."""

_CLOCK: Final = lazy(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2}(?:[.,]\d+)?)")
_FINISHED: Final = lazy(r"[.?!\u2026\u3002\uff01\uff1f][\"'\u201d\u2019\xbb)\]]*$")
_SHAPE: Final = 'give turns as [{"speaker": "NAME", "text": "WORDS", "start": SECONDS}, ...]'


@dataclass(frozen=True, slots=True)
class Turn:
    """One element of the list."""

    speaker: str | None
    text: str
    start: float | None
    role: Role | None = None
    section: str | None = None


def read_turn_json(data: bytes, name: str) -> Document:
    """Read turns or segments; ``name`` is the file's name.

    Raises:
        ParseError: it is no JSON, or not of a shape shown above; the message names the turn.
    """
    try:
        source = _source(decode(data))
    except json.JSONDecodeError as error:
        raise ParseError(
            f"this is no JSON, at line {error.lineno}: {error.msg}; mend it there, or export it again"
        ) from None
    except RecursionError:
        raise ParseError(f"this JSON is nested too deep; {_SHAPE}") from None
    except ValueError:
        raise ParseError(f"this JSON has a number that can't be read; {_SHAPE}") from None
    about = source if isinstance(source, dict) else {}
    listed = about.get("turns") if isinstance(source, dict) else source
    segments = listed is None
    if segments:
        listed = transcribed(source) or about.get("segments")
    if not isinstance(listed, list) or not listed:
        raise ParseError(f"no turns in this JSON; {_SHAPE}")
    turns = _in_seconds([_turn(item, number) for number, item in enumerate(listed, 1)])
    draft = Draft()
    roles = _roles(turns)
    if segments:
        for voice, pieces in _joined(turns):
            draft.add(pieces, voice=voice)
    else:
        _set(turns, roles, draft)
    if not draft.blocks:
        raise ParseError(f"no words in the turns of this JSON; {_SHAPE}")
    return Document(
        text=draft.text,
        blocks=tuple(draft.blocks),
        title=_line(about.get("title")),
        outlet=_line(about.get("outlet")),
        date=_line(about.get("date")),
        url=_line(about.get("url")),
        people=_people(about.get("people")),
        interviewers=_people(about.get("interviewers")) or _with(Role.INTERVIEWER, roles),
        interviewees=_people(about.get("interviewees")) or _with(Role.INTERVIEWEE, roles),
        author=_line(about.get("author")),
        times=tuple(draft.marks),
    )


def _source(text: str) -> object:
    """Read JSON, or JSON Lines: an object a line."""
    try:
        return json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        lines = [line for line in text.split("\n") if line.strip()]
        if len(lines) < 2 or not all(line.strip().startswith("{") and line.strip().endswith("}") for line in lines):
            raise
        try:
            return [json.loads(line, parse_constant=_no_number) for line in lines]
        except json.JSONDecodeError:
            raise error from None


def _no_number(constant: str) -> float:
    raise ValueError(constant)


def _turn(item: object, number: int) -> Turn:
    if not isinstance(item, dict):
        raise ParseError(f"turn {number} is not an object; {_SHAPE}")
    text, speaker = item.get("text"), item.get("speaker")
    if not isinstance(text, str):
        raise ParseError(f'turn {number} has no "text"; {_SHAPE}')
    if speaker is not None and (not isinstance(speaker, str | int) or isinstance(speaker, bool)):
        raise ParseError(f'the "speaker" of turn {number} is not a name; {_SHAPE}')
    name = f"Speaker {speaker}" if isinstance(speaker, int) else _line(speaker)
    if name and len(name) > MAX_SPEAKER:
        raise ParseError(f'the "speaker" of turn {number} is longer than {MAX_SPEAKER} characters; {_SHAPE}')
    start = item["timestamp"] if "timestamp" in item else item.get("start")
    return Turn(name, text, _seconds(start, number), _role(item.get("role")), _line(item.get("section")))


def _in_seconds(turns: list[Turn]) -> list[Turn]:
    """Take times in milliseconds for what they are: in seconds, hardly a word would be said in a minute."""
    starts = [turn.start for turn in turns if turn.start is not None]
    if len(starts) < MIN_TIMES or any(start % 1 for start in starts):
        return turns
    words = sum(len(turn.text.split()) for turn in turns)
    if words >= SLOWEST * (max(starts) - min(starts)):
        return turns
    return [replace(turn, start=None if turn.start is None else turn.start / 1000) for turn in turns]


def _role(given: object) -> Role | None:
    word = " ".join(given.casefold().split()) if isinstance(given, str) else ""
    return Role.OTHER if word == Role.OTHER.value else role_word(word)


def _roles(turns: Sequence[Turn]) -> Mapping[str, Role]:
    """Return the role that most turns of a speaker have, where any has one."""
    told = Counter((turn.speaker, turn.role) for turn in turns if turn.speaker and turn.role)
    return {speaker: role for (speaker, role), _ in reversed(told.most_common()) if speaker and role}


def _with(role: Role, roles: Mapping[str, Role]) -> tuple[str, ...]:
    return tuple(speaker for speaker, told in roles.items() if told is role)


def _seconds(start: object, number: int) -> float | None:
    if start is None:
        return None
    clock = _CLOCK.fullmatch(start.strip()) if isinstance(start, str) else None
    if clock:
        hours, minutes, seconds = clock.groups()
        return int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds.replace(",", "."))
    try:
        seconds_given = float(start) if isinstance(start, int | float | str) else math.nan
    except (OverflowError, ValueError):
        seconds_given = math.nan
    if not math.isfinite(seconds_given) or seconds_given < 0:
        raise ParseError(f'the "start" of turn {number} is no time; give seconds, or HH:MM:SS')
    return seconds_given


def _set(turns: Sequence[Turn], roles: Mapping[str, Role], draft: Draft) -> None:
    """Set one turn after another, with a heading wherever the section changes."""
    section: str | None = None
    for turn in turns:
        if turn.section and turn.section != section:
            draft.add([Piece(turn.section)], Kind.HEADING)
        section = turn.section
        role = roles.get(turn.speaker) if turn.speaker else turn.role
        draft.add([Piece(turn.text, mark=turn.start)], voice=turn.speaker, role=role)


def _joined(turns: Sequence[Turn]) -> Iterator[tuple[str | None, list[Piece]]]:
    """Put segments together to paragraphs, because transcribers cut inside sentences."""
    voice: str | None = None
    pieces: list[Piece] = []
    length = 0
    for turn in turns:
        text = " ".join(turn.text.split())
        if not text:
            continue
        full = length > PARAGRAPH and _FINISHED.search(pieces[-1].text)
        if pieces and (turn.speaker != voice or full):
            yield voice, pieces
            pieces, length = [], 0
        elif pieces:
            pieces.append(Piece(" "))
        voice = turn.speaker
        pieces.append(Piece(text, mark=turn.start))
        length += len(text)
    if pieces:
        yield voice, pieces


def _people(given: object) -> tuple[str, ...]:
    names = given if isinstance(given, list) else []
    return tuple(name for item in names if (name := _line(item)))


def _line(given: object) -> str | None:
    """Return ``given`` as one line, None where it is no text or empty."""
    return (" ".join(readable(given).split()) or None) if isinstance(given, str) else None
