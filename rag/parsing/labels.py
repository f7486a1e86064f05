"""Which lines open with a speaker's label: ``NAME:``, ``Q.``, ``**Name:**``, ``Name (00:01:02)``, ``>>``.

In: a document's lines. Out: ``Label``s by line number, only where the document as a whole bears them out:
a name that is merely mentioned, ``Note:`` or ``http:`` is no label.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from rag.parsing.lines import Line, time_stamp
from rag.parsing.names import Named, bystander, initials_like, name_like, named, nobody, role_word, same_person

MAX_LABEL: Final = 100
"""Characters within which a label ends."""

MIN_STYLE_SHARE: Final = 0.2
"""Labels set otherwise than the most frequent ones (not bold, say) must be this frequent to be believed."""

MAX_BEFORE: Final = 0.6
"""Share of the text that may stand above the first label."""

MIN_OWN_LINE: Final = 3
"""A name alone on a line, without a colon or a time, must come so often to be a label."""

MAX_ONCE: Final = 4
"""More labels than this, none of which comes twice, are a list."""

_AFTER_COLON: Final = "\"'“‘«([*_-–—…¿¡$"
_Q_OR_A: Final = re.compile(
    r"[*_]{0,3}(?P<label>[QA])\d{0,3}[*_]{0,3}(?:[.)]|[ \xa0]?[-–—]|(?=\t)|(?=[ \xa0]{2}))[*_]{0,3}[\s\xa0]"
)
_CHANGE: Final = re.compile(r">{2,3}[\s\xa0]*")
_CLOCKED: Final = re.compile(
    r"(?P<label>[^:：\n\[(<]{1,60}?)[\s\xa0\-–—|,]*(?P<open>[\[(<]?)"
    r"(?P<clock>\d{1,3}:[0-5]\d(?::[0-5]\d)?(?:[.,]\d{1,3})?)(?:\s*[-–—]\s*\d{1,3}:[0-5]\d(?::[0-5]\d)?)?[\])>]?"
    r"(?P<rest>[*_]{0,3}\s*[:：]?[*_]{0,3})(?=\s|$)"
)
_DASHED: Final = re.compile(
    r"(?P<label>[^\s:：\n][^:：\n–—\t]{0,40}?)(?:[ \xa0]+(?:[–—]|-{1,2})[\s\xa0]+|[ \xa0]*\t\s*)(?=\S)"
)
_BRACKETED: Final = re.compile(r"[*_]{0,3}[\[<](?P<label>[^\[\]<>\n:]{1,60})[\]>][*_]{0,3}[\s\xa0]+(?=\S)")
_NUMBERED_LETTER: Final = re.compile(r"(?P<word>[QA]|Question|Answer|QUESTION|ANSWER)[ .#]{0,2}\d{1,3}$")


class Style(Enum):
    """How a label is set; one document sets its labels in one way, or two."""

    BOLD = auto()
    UPPER = auto()
    PLAIN = auto()
    CLOCKED = auto()
    OWN_LINE = auto()
    DASHED = auto()
    LETTER = auto()


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


def labels_of(text: str, lines: Sequence[Line], known: Iterable[str] = ()) -> Mapping[int, Label]:
    """Find the lines that open with a label; ``known`` are names of people who take part."""
    found = {n: label for n, line in enumerate(lines) if (label := _candidate(text, line))}
    believed = _believed(text, lines, found, tuple(known))
    speaking = [n for n in believed if not nobody(believed[n].name)]
    if len(speaking) < 2 or not _early(lines, speaking[0]):
        return {}
    times = Counter(believed[n].name.casefold() for n in speaking)
    once = sum(count == 1 for count in times.values())
    return {} if len(speaking) > MAX_ONCE and once > len(speaking) / 2 else believed


def _early(lines: Sequence[Line], first: int) -> bool:
    return lines[first].start <= lines[0].start + MAX_BEFORE * (lines[-1].end - lines[0].start)


def _candidate(text: str, line: Line) -> Label | None:
    """Read what may be a label, by its shape alone."""
    if line.heading:
        return None
    start = line.body
    change = _CHANGE.match(text, start, line.end)
    if change:
        start = change.end()
    label = (
        _with_colon(text, line, start)
        or _letter(text, line, start)
        or _clocked(text, line, start)
        or _bracketed(text, line, start)
    )
    if label is None and change:
        return Label(start, "", Style.PLAIN)
    return label or _own_line(text, line) or _with_dash(text, line)


def _with_colon(text: str, line: Line, start: int) -> Label | None:
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
    person = named(raw)
    if not name_like(person.name) and not nobody(person.name):
        return None
    numbered = _NUMBERED_LETTER.match(person.name)
    if numbered:
        person = Named(numbered["word"])
    bold = line.strong >= start + len(raw.rstrip()) - 1 or raw.lstrip().startswith(("**", "__"))
    style = Style.BOLD if bold else Style.UPPER if person.name.isupper() else Style.PLAIN
    return Label(_skip(text, at, line.end), person.name, style, person.description)


def _bracketed(text: str, line: Line, start: int) -> Label | None:
    """Read ``[Interviewer] words``; ``[Laughter]`` is no speaker, so a single word must be one for a role."""
    match = _BRACKETED.match(text, start, line.end)
    if not match:
        return None
    name = named(match["label"]).name
    sure = role_word(name) or bystander(name) or initials_like(name) or len(name.split()) > 1
    return Label(match.end(), name, Style.CLOCKED) if sure and name_like(name) and not nobody(name) else None


def _letter(text: str, line: Line, start: int) -> Label | None:
    match = _Q_OR_A.match(text, start, line.end)
    return Label(_skip(text, match.end(), line.end), match["label"], Style.LETTER) if match else None


def _clocked(text: str, line: Line, start: int) -> Label | None:
    """Read ``Jane Doe (00:01:02):`` and ``Jane Doe  0:04`` alone on its line."""
    match = _CLOCKED.match(text, start, min(line.end, start + MAX_LABEL))
    if not match:
        return None
    person = named(match["label"])
    set_off = match["open"] or match["rest"].strip() or match.end() == line.end
    if not set_off or not name_like(person.name):
        return None
    stamp = time_stamp(text, start + match.start("clock"), line.end)
    seconds = stamp[1] if stamp else None
    return Label(_skip(text, match.end(), line.end), person.name, Style.CLOCKED, person.description, seconds)


def _own_line(text: str, line: Line) -> Label | None:
    """Read a name that has a line for itself, with the words below it or with a time stamp before it."""
    words = text[line.body : line.end]
    if len(words) > MAX_LABEL // 2 or words[-1:] in ".?!…,;":
        return None
    person = named(words)
    if not name_like(person.name):
        return None
    return Label(line.end, person.name, Style.OWN_LINE if line.seconds is None else Style.CLOCKED, person.description)


def _with_dash(text: str, line: Line) -> Label | None:
    match = _DASHED.match(text, line.body, min(line.end, line.body + MAX_LABEL))
    if not match:
        return None
    person = named(match["label"])
    if not name_like(person.name) or len(person.name.split()) > 3:
        return None
    return Label(match.end(), person.name, Style.DASHED)


def _skip(text: str, at: int, end: int) -> int:
    """Step over what may stand between a label and the words: spaces, a dash, a time stamp, an aside."""
    while True:
        while at < end and (
            text[at].isspace() or text[at] in "–—*_" or (text[at] == "-" and text[at + 1 : at + 2] == " ")
        ):
            at += 1
        stamp = time_stamp(text, at, end)
        if stamp is None or not stamp[2]:
            return at
        at = stamp[0]


def _believed(
    text: str, lines: Sequence[Line], found: Mapping[int, Label], known: Sequence[str]
) -> Mapping[int, Label]:
    """Keep what the whole document bears out: names that come again, set as the others are."""
    times = Counter(label.name.casefold() for label in found.values())
    weight: Counter[Style] = Counter()
    for label in found.values():
        if times[label.name.casefold()] > 1 or role_word(label.name):
            weight[label.style] += 1
    if not weight:
        return _each_once(found, known)
    most = max(weight.values())
    usual = {style for style, count in weight.items() if count >= MIN_STYLE_SHARE * most}
    usual -= {Style.OWN_LINE, Style.DASHED} if any(_strong(s) for s in usual) else set()
    by_style = Counter((label.name.casefold(), label.style) for label in found.values())
    kept = {}
    for number, label in found.items():
        again = by_style[label.name.casefold(), label.style]
        if label.style not in usual and not (_strong(label.style) and nobody(label.name)):
            continue
        if label.style in (Style.OWN_LINE, Style.DASHED) and again < MIN_OWN_LINE:
            continue
        if label.style is Style.LETTER and "q" not in times:
            continue
        if again > 1 or _once(text, lines[number], label, known):
            kept[number] = label
    return kept


def _strong(style: Style) -> bool:
    return style not in (Style.OWN_LINE, Style.DASHED)


def _each_once(found: Mapping[int, Label], known: Sequence[str]) -> Mapping[int, Label]:
    """Judge a short exchange, in which no label comes twice."""
    kept = {n: x for n, x in found.items() if _strong(x.style) and (x.style is Style.BOLD or _plausible(x, known))}
    return kept if 1 < len(kept) <= MAX_ONCE else {}


def _once(text: str, line: Line, label: Label, known: Sequence[str]) -> bool:
    """Tell whether a label that comes only once is one: it is set like the others and opens a paragraph."""
    if label.style in (Style.BOLD, Style.CLOCKED) or nobody(label.name) or not label.name:
        return True
    if label.style in (Style.OWN_LINE, Style.DASHED):
        return False
    return line.first and (_plausible(label, known) or text.count(label.name) > 1)


def _plausible(label: Label, known: Sequence[str]) -> bool:
    name = label.name
    if role_word(name) or bystander(name) or any(same_person(name, k) for k in known):
        return True
    return label.style in (Style.UPPER, Style.CLOCKED) or initials_like(name) or len(name.split()) > 1
