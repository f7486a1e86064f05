"""What a line of a subtitle gives away about who speaks: dashes, ``>>``, labels, names in brackets, sounds.

In: the words of the cues. Out: the lines cut where a speaker starts, each with its mark written in one way.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rag.parsing.names import (
    bystander,
    first_names,
    name_like,
    named,
    nobody,
    role_word,
    speaker_in_brackets,
    speaks_on,
    title_word,
)
from rag.parsing.vocabulary import PARTICLES
from rag.patterns import lazy

FIELD_SHARE: Final = 0.9
"""Where this share of the cues begins with a name and a colon, that is a field, as Zoom has it, ..."""

MIN_FIELDS: Final = 4
"""... if there are at least so many, and each name comes twice on average: its users call themselves anything."""

BRACKETED_SHARE: Final = 0.2
"""What stands in round brackets, or in any above its words, are speakers where so many cues have it; else sounds."""

MAX_LABEL: Final = 60
"""Characters within which a label's colon stands."""

MAX_SOUND_LINES: Final = 3
"""Lines of a cue that one sound may take."""

MAX_TITLE: Final = 20
"""Characters of a title before a name."""

_ARROWS: Final = lazy(r"\s*>{2,3}\s*")
_ARROWS_INSIDE: Final = lazy(r"(?<=[\s.?!\u2026])(?=>{2,3}\s*[^\s>])")
_DASH: Final = lazy(r"\s*([-\u2013\u2014])\s*(?=[^\s\d-])")
_COLON: Final = lazy(r":(?=\s|$)|\uff1a")
_ASIDE: Final = lazy(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_BRACKETED: Final = lazy(r"\[(?P<name>[^\[\]:]{1,40})\](?=\s+\S)")
_ABOVE: Final = lazy(r"[\[(](?P<name>[^\[\]():]{1,40})[\])]$|\((?P<round>[^\[\]():]{1,40})\)(?=\s+\S)")
_SOUND: Final = lazy(r"\[[^\[\]]*\]|\([^()]*\)|[\u266a\u266b].*|#\s.*\s#")
_SOUNDS: Final = lazy(r"(?i)\w(?:s|ing)\b")
_SENTENCE_END: Final = lazy(r"[.?!\u2026][\"'\u201d\u2019\xbb)\]]*\s+(?=\S)")
FINISHED: Final = lazy(r"[.?!\u2026\u3002\uff01\uff1f][\"'\u201d\u2019\xbb)\]]*$")


@dataclass(frozen=True, slots=True)
class Marks:
    """Which marks one file uses for its speakers."""

    bracketed: frozenset[str] = frozenset()
    """Names in square brackets that open lines."""
    above: frozenset[str] = frozenset()
    """Names in brackets on a line of their own, the words below them, or in round ones."""
    labels: frozenset[str] = frozenset()
    """Names that open lines, with a colon."""
    arrows: bool = False
    """Lines open with ``>>``."""

    @classmethod
    def of(cls, cues: Sequence[Sequence[str]]) -> Marks:
        """Read the marks off the lines of all cues."""
        lines = [_unmarked(line) for cue in cues for line in cue]
        bracketed = _bracketed(match["name"] for line in lines if (match := _BRACKETED.match(line)))
        round_ones = {m["round"] for line in lines if bracketed and (m := _ABOVE.match(line)) and m["round"]}
        return cls(
            bracketed=bracketed,
            above=_above(cues) | {name for name in round_ones if name[0].isupper() and bystander(name)},
            labels=frozenset(line[:end] for line in lines if (end := label_end(line))),
            arrows=any(_ARROWS.match(line) for cue in cues for line in cue),
        )

    def parted(self, line: str) -> Iterator[str]:
        """Cut a line where another speaker starts inside it: at ``>>``, or after a sentence at a label.

        A sound that looks like a speaker is set before the line: ``[DOOR OPENS] Who is it?``
        """
        for part in _ARROWS_INSIDE.split(line) if self.arrows else (line,):
            begin = 0
            bare = _unmarked(part)
            mark = _BRACKETED.match(bare)
            if mark and _several(mark["name"]) and not self.names(bare):
                yield mark[0]
                part = part.replace(mark[0], "", 1)
            for end in _SENTENCE_END.finditer(part) if self.labels else ():
                words = part[end.end() : end.end() + MAX_LABEL]
                label = words[: label_end(words)]
                short = part[max(begin, end.start() - MAX_TITLE) : end.start() + 1].split()[-1]
                if title_word(short) or (len(short) == 2 and short[0].isupper() and short[1] == "."):  # DR., J.
                    continue
                if label in self.labels or (label[:-1].isupper() and len(label) > 2):
                    yield part[begin : end.start()] + end[0].rstrip()
                    begin = end.end()
            yield part[begin:].strip()

    def opening(self, line: str, before: str) -> tuple[str, bool]:
        """Return the line with its mark written as ``- `` or ``>> ``, and whether it starts a speaker.

        ``before`` are the words it follows: a dash inside a sentence starts nobody.
        """
        arrows = _ARROWS.match(line)
        if arrows:
            rest = line[arrows.end() :]
            return (rest if self.names(rest) else f">> {rest}"), True
        dash = _DASH.match(line)
        if dash and (dash[1] != "\u2014" or not before or FINISHED.search(before)):
            rest = line[dash.end() :]
            return (rest if self.names(rest) else f"- {rest}"), True
        above = _ABOVE.match(line)
        if above and (above["name"] or above["round"]) in self.above:
            name, words = above["name"] or above["round"], line[above.end() :]
            return (f"[{name}]{words}" if self.bracketed and above["round"] else f"{name}:{words}"), True
        return line, self.names(line)

    def names(self, line: str) -> bool:
        """Tell a line that opens with a name, ``LEE: Yes.`` or ``[Dr. Lee] Yes.``, from ``[Laughter] Yes.``."""
        match = _BRACKETED.match(line)
        return match["name"] in self.bracketed if match else label_end(line) > 0


def label_end(line: str) -> int:
    """Return where the label ends that opens a line, its colon included; 0 where there is none."""
    colon = _COLON.search(line, 0, MAX_LABEL)
    if not colon:
        return 0
    person = named(line[: colon.start()])
    if speaks_on(person.description) or not name_like(person.name):
        return 0
    # "The answer is:" has a name's shape too; in a name only particles are small.
    plain = role_word(person.name) or all(not w[0].islower() or w in PARTICLES for w in person.name.split())
    return colon.end() if plain and line[:1] not in "\"'\u201c\u2018\xab" else 0


def _bracketed(marks: Iterable[str]) -> frozenset[str]:
    """Return the speakers' names among what stands in square brackets before words.

    ``[DOOR OPENS]`` has the shape of ``[BILL WITHERS]``, who is one where he comes again, beside another who does.
    """
    times = Counter(marks)
    several = set(filter(_several, times))
    sure = {name for name in several if role_word(name) or not _SOUNDS.search(name)}
    again = {name for name in several if times[name] > 1}
    return first_names(times.elements()) | sure | (again if len(again) > 1 and again & sure else set())


def _several(name: str) -> bool:
    """Tell several words in brackets that a reader would take for a name, or a word for a speaker."""
    return speaker_in_brackets(name) and name_like(name) and not nobody(name)


def _above(cues: Sequence[Sequence[str]]) -> frozenset[str]:
    """Return the speakers' names among what stands in round brackets, or in any above the words."""
    matches = [(cue, match) for cue in cues if cue and (match := _ABOVE.match(_unmarked(cue[0])))]
    times = Counter(m["name"] or m["round"] for cue, m in matches if m["round"] or len(cue) > 1)
    # First names are told from sounds as they are elsewhere, whether in capitals or not.
    single = first_names(name.title() for name in times.elements())
    names = {name for name, count in times.items() if count > 1 and (name.title() in single or _several(name))}
    enough = len(names) > 1 and sum(times[name] for name in names) >= BRACKETED_SHARE * len(cues)
    return frozenset(names) if enough and not all(map(_SOUNDS.search, names)) else frozenset()


def fields(cues: Sequence[Sequence[str]]) -> Sequence[str]:
    """Return what each cue has before its first colon where that is a field of the format, nothing where it isn't.

    Only where some of it is no label that a person would write, or one person speaks alone; a cue without the
    field has an empty one.
    """
    if any(_unmarked(line) != line for cue in cues for line in cue[:1]) or any(
        label_end(line) for cue in cues for line in cue[1:]
    ):
        return ()
    heads = [cue[0][: colon.start()].strip() if (colon := _COLON.search(cue[0], 0, MAX_LABEL)) else "" for cue in cues]
    times = Counter(head for head in heads if head)
    if times.total() < max(MIN_FIELDS, FIELD_SHARE * len(cues)) or 2 * len(times) > times.total():
        return ()
    if len(times) > 1 and all(label_end(f"{head}:") for head in times):
        return ()
    every = times.total() == len(cues)
    return [head if every or times[head] > 1 or label_end(f"{head}:") else "" for head in heads]


def named_by_ids(ids: Sequence[str]) -> bool:
    """Tell cues that are called by who speaks in them: each has a name, and names come again."""
    return len(ids) >= max(MIN_FIELDS, 2 * len(set(ids))) and all(label_end(f"{name}:") for name in set(ids))


def voice_named(voice: str) -> str | None:
    """Return the name in a field for the speaker, without what Teams and Zoom add: ``(Guest)``, ``(she/her)``."""
    return _ASIDE.sub("", voice).strip() or voice.strip() or None


def sound(line: str) -> bool:
    """Tell a line that nobody says: ``[door opens]``, ``(laughs)``, ``♪ music ♪``."""
    return _SOUND.fullmatch(line) is not None


def whole_sounds(lines: Iterable[str]) -> Iterator[str]:
    """Put a sound that runs over the lines of a cue on one: ``[dramatic music``, ``playing]``."""
    held: list[str] = []
    for line in lines:
        held.append(line)
        joined = " ".join(held)
        if joined[:1] in ("[", "(") and not re.search(r"[\])]", joined) and len(held) < MAX_SOUND_LINES:
            continue
        yield from [joined] if sound(joined) else held
        held = []
    yield from held


def _unmarked(line: str) -> str:
    return _DASH.sub("", _ARROWS.sub("", line, count=1), count=1)
