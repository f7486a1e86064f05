"""Names that look like anything else: ``PRICE:``, ``Celine Song:``, ``Ade omo Oba:``, ``ezra kline`` on a line alone.

In: a document's lines. Out: the words that are names in it, for whoever is called so asks or answers again and again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from rag.parsing.lines import CLOSERS, DASHES, Line, asks, ends_sentence
from rag.parsing.names import name_like, nobody, refused, surname_too
from rag.parsing.vocabulary import FUNCTION_WORDS, NOT_IN_NAMES
from rag.patterns import lazy

MIN_TURNS: Final = 3
"""So often at least must such a name come."""

ASKED_SHARE: Final = 0.5
"""Share of its turns that must ask, or stand right below a question; a list in an answer has other words above it."""

MIN_WORDS: Final = 4
"""Words of its turns' first lines, on average; a marker has hardly any beside it."""

MAX_SMALL: Final = 3
"""Words of a name in small letters."""

MAX_PARTICLE: Final = 5
"""Letters of a small word inside a name."""

_LABEL: Final = lazy(
    r"[*_]{0,3}(?P<name>[^\W\d_][\w.’'-]*(?: [\w.’'-]+){0,3})[*_]{0,3}"
    r"(?:[ \xa0]*[(\[]\d{1,2}:\d\d(?::\d\d)?[)\]]:?|:[*_]{0,3}|$)(?=\s|$)"
)
_SMALL: Final = lazy(rf"[^\W\d_][\w.’'-]*(?: [\w.’'-]+){{1,{MAX_SMALL - 1}}}")


@dataclass(frozen=True, slots=True)
class _Turn:
    """What may be a turn: the number of its label's line, that of its first words, and where these begin."""

    name: str
    label: int
    words: int
    at: int


def unlikely_names(text: str, lines: Sequence[Line]) -> frozenset[str]:
    """Return the words that this document uses as names, though they look like a key, a marker or small print."""
    turns = tuple(_turns(text, lines))
    plain = [turn for turn in turns if not _particle_inside(turn.name)]
    found = _with_particles(text, lines, turns) if len(plain) < len(turns) else frozenset()
    return found | _keys_and_markers(text, lines, plain) | _in_small_letters(text, lines)


def _with_particles(text: str, lines: Sequence[Line], order: Sequence[_Turn]) -> frozenset[str]:
    """Find ``Ade omo Oba``: no list has every people's particles, but a whole name takes turns with somebody's."""
    said, beside = _exchanges(order)
    again = {name for name, turns in said.items() if len(turns) > 1}
    return frozenset(
        name
        for name in filter(_particle_inside, again)
        if set(beside[name]) <= again - {name} and _talks(text, lines, said[name])
    )


def _exchanges(order: Sequence[_Turn]) -> tuple[Mapping[str, list[_Turn]], Mapping[str, list[str]]]:
    """Return each name's turns, and the names right before them."""
    said: dict[str, list[_Turn]] = defaultdict(list)
    beside: dict[str, list[str]] = defaultdict(list)
    for turn in order:
        said[turn.name].append(turn)
    for before, turn in pairwise(order):
        beside[turn.name].append(before.name)
    return said, beside


def _particle_inside(name: str) -> bool:
    """Tell what would be a name but for the small words inside it, which aren't English ones of every day."""
    words = name.split()
    small = {word for word in words[1:-1] if word.islower()}
    if not small or name_like(name) or not small.isdisjoint(FUNCTION_WORDS | NOT_IN_NAMES):
        return False
    whole = " ".join(word for word in words if word not in small)
    return max(map(len, small)) <= MAX_PARTICLE and name_like(whole) and not nobody(whole)


def _keys_and_markers(text: str, lines: Sequence[Line], order: Sequence[_Turn]) -> frozenset[str]:
    """Find ``PRICE`` and ``Celine Song``, who take turns with somebody, and mostly ask or are asked.

    A word that isn't in capitals must be the only other one's, so that it is no key: ``Myth: ...``, ``Tip: ...``.
    """
    said, beside = _exchanges(order)
    again = {name for name, turns in said.items() if len(turns) > 1}
    found = set()
    for name, turns in said.items():
        if not (refused(name) or (nobody(name) and surname_too(name))) or len(turns) < MIN_TURNS:
            continue
        partners = set(beside[name])
        known = all(name_like(partner) and not nobody(partner) for partner in partners)
        known = known and 2 * sum(partner in again for partner in beside[name]) > len(beside[name])
        alone = name.isupper() or nobody(name) or again <= partners | {name}
        if known and alone and name not in partners and _talks(text, lines, turns):
            found.add(name)
    return frozenset(found)


def _turns(text: str, lines: Sequence[Line]) -> Iterator[_Turn]:
    """Yield the lines that open with a name and a colon, or are a name that has words below it."""
    for number, line in enumerate(lines):
        match = None if line.furniture else _LABEL.match(text, line.body, line.end)
        name = match["name"] if match else ""
        if not match or not (name_like(name) or refused(name) or nobody(name) or _particle_inside(name)):
            continue
        if match.end() < line.end:
            yield _Turn(match["name"], number, number, match.end())
        elif number + 1 < len(lines) and line.first:
            yield _Turn(match["name"], number, number + 1, lines[number + 1].body)


def _talks(text: str, lines: Sequence[Line], turns: Sequence[_Turn]) -> bool:
    asked = sum(
        asks(text, turn.at, lines[turn.words].end)
        or (turn.label > 0 and asks(text, lines[turn.label - 1].body, lines[turn.label - 1].end))
        for turn in turns
    )
    words = sum(len(text[turn.at : lines[turn.words].end].split()) for turn in turns)
    return asked >= ASKED_SHARE * len(turns) and words >= MIN_WORDS * len(turns)


def _in_small_letters(text: str, lines: Sequence[Line]) -> frozenset[str]:
    """Find names in small letters alone on their lines, as the New York Times sets them above the words.

    What stands above each must be finished, and its words begin with a capital letter, or it is a line of captions.
    Beside two who come again, whoever comes once is somebody too.
    """
    found: Counter[str] = Counter()
    for number, line in enumerate(lines[:-1]):
        words = text[line.body : line.end]
        if line.first and words.islower() and _SMALL.fullmatch(words) and name_like(words.title()):
            found[words] += 1 if _above_words(text, lines, number) else -len(lines)
    names = {name for name, count in found.items() if count > 0}
    often = sum(found[name] >= MIN_TURNS for name in names)
    return frozenset(names) if often > 1 else frozenset()


def _above_words(text: str, lines: Sequence[Line], number: int) -> bool:
    before, after = lines[number - 1] if number else None, lines[number + 1]
    ended = (
        before is None
        or before.heading
        or text[before.end - 1] in DASHES + CLOSERS
        or ends_sentence(text, before.start, before.end)
        or not text[before.body : before.body + 1].islower()  # a title
    )
    return ended and not text[after.body : after.body + 1].islower() and after.body < after.end
