"""What has the shape of a speaker's label: ``NAME:``, ``Q.``, ``**Name:**``, ``Name (00:01:02)``, ``>>``.

In: one line. Out: ``Label``, or None. Whether it is a label, the whole document tells (``labels.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

from rag.parsing.lines import Line, after_bullet, time_stamp
from rag.parsing.names import (
    Named,
    initials_like,
    name_like,
    named,
    nobody,
    shadowed_initials,
    speaker_in_brackets,
    speaks_on,
    title_word,
)
from rag.patterns import lazy

MAX_LABEL: Final = 100
"""Characters within which a label ends."""

_AFTER_COLON: Final = "\"'“‘«([*_-–—…¿¡$"

_Q_OR_A: Final = lazy(
    r"[*_]{0,3}(?P<label>[QAPRDFSVВО])\d{0,3}[*_]{0,3}"
    r"(?:[.)](?:[-–—])?|[ \xa0]?[-–—]|(?=\t)|(?=[ \xa0]{2})|(?<=Q)(?=[ \xa0][A-Z“\"(\[]))[*_]{0,3}[\s\xa0]"
)

_CHANGE: Final = lazy(r">{2,3}[\s\xa0]*")

_CLOCKED: Final = lazy(
    r"(?P<label>[^:：\n\[(<]{1,60}?)[\s\xa0\-–—|,]*(?P<open>[\[(<]?)"
    r"(?P<clock>\d{1,3}:[0-5]\d(?::[0-5]\d)?(?:[.,]\d{1,3})?)(?:\s*[-–—]\s*\d{1,3}:[0-5]\d(?::[0-5]\d)?)?"
    r"(?: ?[AaPp][Mm]\b)?[\])>]?"
    r"(?P<rest>[*_]{0,3}\s*[:：]?[*_]{0,3})(?=\s|$)"
)

_DASHED: Final = lazy(
    r"(?P<label>[^\s:：\n][^:：\n–—\t]{0,40}?)"
    r"(?:[ \xa0]+(?:[–—]|-{1,2})[\s\xa0]+|[ \xa0]*\t\s*|(?<=[A-Z]{2})[ \xa0]{2,}|(?<=[A-Z]\.)[ \xa0]{2,})(?=\S)"
)

_TITLED: Final = lazy(
    r"(?P<label>(?:The|[A-Z][a-z]{1,12}\.?) [A-Z][^\s.:]{1,20}(?: [A-Z][^\s.:]{1,20}){0,2})\.[\s\xa0]+(?=\S)"
)

_BRACKETED: Final = lazy(r"[*_]{0,3}[\[<](?P<label>[^\[\]<>\n:]{1,60})[\]>][*_]{0,3}[\s\xa0]+(?=\S)")

_TURN_NUMBER: Final = lazy(r"^([*_\s]*)(?:Q\.?\s?\d{1,4}[.)]?|0\d{1,3}|\d{1,4}[.)])[\s\xa0]+(?=\S{0,3}[^\W\d_])")
"""Parliaments number the questions before the name, ``Q12 Chair: ...``, and researchers the turns, ``012 R: ...``."""

_QUOTED: Final = lazy(r"[*_\s]*[\"“«„][^\"“”«»]*[,.!?…]")
"""An answer may begin with what somebody said, and have a colon later on."""

_SPELT: Final = (
    r"(?:(?:twen|thir|for|fif|six|seven|eigh|nine)ty[ -]?)?"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w{3,5}teen)?"
)
_NUMBERED_LETTER: Final = lazy(
    rf"(?P<word>[QA]|Question|Answer|QUESTION|ANSWER)(?:[ .#]{{0,2}}\d{{1,3}}|\s+(?=\w)(?i:{_SPELT}))$"
)


_PUT_BY: Final = lazy(r"(?P<word>Q|Question|QUESTION) (?i:by|from) (?P<name>[A-Z].+)$")
"""``Question from Ann Ek, Reuters:`` is ``Question (Ann Ek, Reuters):``."""

_OFFICE: Final = lazy(r"(?P<office>The [A-Z][^()\n:.?!]{2,120}?) \((?P<name>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,3})\)")
"""Parliaments name a minister by the office first: ``The Secretary of State for Wales (Ann Ek)``."""


class Style(Enum):
    """How a label is set; one document sets its labels in one way, or two."""

    BOLD = auto()
    UPPER = auto()
    PLAIN = auto()
    CLOCKED = auto()
    OWN_LINE = auto()
    DASHED = auto()
    LETTER = auto()
    TITLED = auto()


@dataclass(frozen=True, slots=True)
class Label:
    """A speaker's label at the head of a line."""

    at: int
    """Where the words after it begin; the line's end where there are none."""
    name: str
    """Empty for a mere change of speaker (``>>``)."""
    style: Style
    description: str | None = None
    seconds: float | None = None
    """The time that stands in the label."""
    dashed: bool = False
    """A dash parts it from the words."""
    marker: bool = False
    """It is no speaker's, ``Break:``; nobody says what stands on its line."""


def marks_in_brackets(text: str, lines: Iterable[Line]) -> Iterator[str]:
    """Yield what stands in brackets at the heads of lines, words after it."""
    for line in lines:
        change = _CHANGE.match(text, line.body, line.end)
        match = _BRACKETED.match(text, change.end() if change else line.body, line.end)
        if match:
            yield match["label"]


def candidate(text: str, line: Line, called: frozenset[str] = frozenset()) -> Label | None:
    """Read what may be a label, by its shape alone; ``called`` are words that this document uses as names."""
    label = _shaped(text, line, called)
    return replace(label, marker=True) if label and nobody(label.name) and label.name not in called else label


def _shaped(text: str, line: Line, called: frozenset[str]) -> Label | None:
    if line.heading:
        return _own_line(text, line, called)
    if line.furniture:
        return None
    start = after_bullet(text, line.body, line.end) if line.strong > line.body else line.body
    change = _CHANGE.match(text, start, line.end)
    if change:
        start = change.end()
    label = (
        _with_colon(text, line, start, called)
        or _letter(text, line, start)
        or _clocked(text, line, start)
        or _bracketed(text, line, start, called)
    )
    if label is None and change:
        return Label(start, "", Style.PLAIN)
    return label or _own_line(text, line, called) or with_dash(text, line) or _titled(text, line)


def _with_colon(text: str, line: Line, start: int, called: frozenset[str]) -> Label | None:
    window = text[start : min(line.end, start + MAX_LABEL)]
    clocked = _CLOCKED.match(window)
    if clocked and window.find(":") >= clocked.start("clock"):
        return None
    cut = min((p for p in (window.find(":"), window.find("：")) if p > 0), default=-1)
    if cut < 0:
        return None
    raw = window[:cut]
    at = start + cut + 1
    while at < line.end and text[at] in "*_":
        at += 1
    follows = text[at : at + 1]
    if follows and not (follows.isspace() or follows in _AFTER_COLON or follows.isupper() or window[cut] == "："):
        return None
    person = named(_TURN_NUMBER.sub("", raw))
    if _QUOTED.match(raw) or speaks_on(person.description):
        return None
    spoken_of = name_like(person.name) or nobody(person.name) or shadowed_initials(person.name)
    if not spoken_of and person.name not in called:
        return None
    numbered, put = _NUMBERED_LETTER.match(person.name), _PUT_BY.match(person.name)
    if numbered:
        person = Named(numbered["word"])
    elif put:
        person = Named(put["word"], ", ".join(filter(None, (put["name"], person.description))))
    bold = line.strong > max(start, start + len(raw.rstrip()) - 2) or raw.lstrip().startswith(("**", "__"))
    style = Style.BOLD if bold else Style.UPPER if person.name.isupper() else Style.PLAIN
    at, seconds = _skip(text, at, line.end)
    return Label(at, person.name, style, person.description, seconds)


def _bracketed(text: str, line: Line, start: int, called: frozenset[str]) -> Label | None:
    """Read ``[Interviewer] words``; ``[Laughter]`` is no speaker: a single word must be a role or a name."""
    match = _BRACKETED.match(text, start, line.end)
    if not match:
        return None
    name = named(match["label"]).name
    if nobody(name):
        return Label(match.end(), name, Style.BOLD) if line.strong >= match.end("label") else None
    in_angles = "<" in text[match.start() : match.start("label")]
    stamp = time_stamp(text, match.end(), line.end)
    if stamp and stamp[0] == line.end and name_like(name):  # [Jane Doe] 10:01:22, the words below
        return Label(line.end, name, Style.CLOCKED, seconds=stamp[1])
    sure = in_angles or name in called or initials_like(name) or speaker_in_brackets(name)
    return Label(match.end(), name, Style.CLOCKED) if sure and name_like(name) else None


def _letter(text: str, line: Line, start: int) -> Label | None:
    match = _Q_OR_A.match(text, start, line.end)
    return Label(_skip(text, match.end(), line.end)[0], match["label"], Style.LETTER) if match else None


def _clocked(text: str, line: Line, start: int) -> Label | None:
    """Read ``Jane Doe (00:01:02):`` and ``Jane Doe  0:04`` alone on its line."""
    match = _CLOCKED.match(text, start, min(line.end, start + MAX_LABEL))
    if not match:
        return None
    person = named(match["label"])
    set_off = match["open"] or match["rest"].strip() or match.end() == line.end
    if not set_off or not name_like(person.name):
        return None
    stamp = time_stamp(text, match.start("clock"), line.end)
    seconds = stamp[1] if stamp else None
    return Label(_skip(text, match.end(), line.end)[0], person.name, Style.CLOCKED, person.description, seconds)


def _own_line(text: str, line: Line, called: frozenset[str]) -> Label | None:
    """Read a name that has a line for itself, with the words below it or with a time stamp before it."""
    words = text[line.body : line.end]
    if words in called and words.islower():
        return Label(line.end, words, Style.CLOCKED, seconds=line.seconds)
    office = _OFFICE.fullmatch(words)
    if office and name_like(office["name"]):
        return Label(line.end, office["name"], Style.OWN_LINE, office["office"])
    if len(words) > MAX_LABEL // 2 or words[-1:] in ".?!…,;":
        return None
    person = named(words)
    if not name_like(person.name):
        return None
    return Label(line.end, person.name, Style.OWN_LINE if line.seconds is None else Style.CLOCKED, person.description)


def with_dash(text: str, line: Line) -> Label | None:
    """Read ``Jane Doe – words``, also with a tab for the dash."""
    match = _DASHED.match(text, line.body, min(line.end, line.body + MAX_LABEL))
    if not match:
        return None
    person = named(match["label"])
    apart = text[match.end("label") : match.end()]
    spaced = apart.isspace() and shadowed_initials(person.name)
    if not (name_like(person.name) or spaced) or len(person.name.split()) > 3:
        return None
    if apart.isspace() and "\t" not in apart and not initials_like(person.name):
        return None  # only initials stand before their words without any mark
    bold = line.body < match.end("label") <= line.strong <= match.end()
    return Label(match.end(), person.name, Style.BOLD if bold else Style.DASHED, dashed=True)


def _titled(text: str, line: Line) -> Label | None:
    """Read ``The President. Thank you.``, as the presidential papers set it beside ``Q.``."""
    match = _TITLED.match(text, line.body, line.end)
    if not match or not (match["label"].startswith("The ") or title_word(match["label"].split()[0])):
        return None
    # Congress prints names in capitals (``Mr. SMITH.``), which leaves no doubt.
    surname = match["label"].split(maxsplit=1)[1]
    return Label(match.end(), match["label"], Style.UPPER if surname.isupper() and len(surname) > 1 else Style.TITLED)


def _skip(text: str, at: int, end: int) -> tuple[int, float | None]:
    """Step over spaces, a dash, a time stamp between a label and the words; return where they begin, and the time."""
    seconds: float | None = None
    while True:
        while at < end and (
            text[at].isspace() or text[at] in "–—*_" or (text[at] == "-" and text[at + 1 : at + 2] == " ")
        ):
            at += 1
        stamp = time_stamp(text, at, end)
        if stamp is None or not stamp[2]:
            return at, seconds
        at, seconds, _ = stamp
