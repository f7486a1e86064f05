"""Many names at once: who goes by which part of whose name, who comes up again, how the text writes a name.

In: names, a text. Out: names. A parliament's record has thousands of speakers, so nothing here tries every
name against every other.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from rag.parsing.names import courtesy_title, initials_like, initials_of, letters_of, name_words, same_person
from rag.patterns import lazy

MAX_WRITTEN: Final = 60
"""Characters of a word of a name that is looked for in the text."""

_Key = tuple[str, ...]
_WORD: Final = lazy(r"\w\S*")
_BOUNDARY: Final = lazy(r"\b")
_CAPITAL: Final = lazy(rf"\b(?=([^\W\d_a-z]\S{{0,{MAX_WRITTEN}}})\s+(\S{{1,{MAX_WRITTEN}}}))")


class Register:
    """The names of some people."""

    def __init__(self, names: Iterable[str]) -> None:
        """Take the names; they are looked through when first needed."""
        self.names = tuple(names)

    def __contains__(self, name: str) -> bool:
        """Tell whether somebody here may be meant by ``name``, or somebody's name here by who bears it."""
        return bool(self.wholes(name) or self.parts(name))

    def wholes(self, label: str) -> tuple[str, ...]:
        """Return the names that ``label`` may be short for."""
        near = _found(self._by_part, _as_part(label))
        return tuple(self.names[n] for n in near if same_person(label, self.names[n]))

    def parts(self, name: str) -> tuple[str, ...]:
        """Return the names here that may be short for ``name``."""
        near = _found(self._by_itself, _as_whole(name))
        return tuple(self.names[n] for n in near if same_person(self.names[n], name))

    @cached_property
    def _by_part(self) -> Mapping[_Key, Sequence[int]]:
        return _listed(map(_as_whole, self.names))

    @cached_property
    def _by_itself(self) -> Mapping[_Key, Sequence[int]]:
        return _listed(map(_as_part, self.names))


def _listed(keys: Iterable[Iterable[_Key]]) -> Mapping[_Key, Sequence[int]]:
    found: dict[_Key, list[int]] = defaultdict(list)
    for number, ways in enumerate(keys):
        for key in ways:
            found[key].append(number)
    return found


def _found(listed: Mapping[_Key, Sequence[int]], keys: Iterable[_Key]) -> Sequence[int]:
    return sorted({number for key in keys for number in listed.get(key, ())})


def _as_part(label: str) -> Iterator[_Key]:
    """Yield what a short form is looked up by: its words, its first and last, its letters."""
    words = name_words(label)
    yield tuple(words)
    if len(words) > 1:
        yield "first and last", words[0], words[-1]
    if initials_like(label.replace(" ", "")):
        yield "initials", letters_of(label)


def _as_whole(name: str) -> Iterator[_Key]:
    """Yield what every short form of a name is looked up by."""
    words = name_words(name)
    for n in range(1, len(words) + 1):
        yield tuple(words[:n])
        yield tuple(words[-n:])
    if len(words) > 1:
        yield "first and last", words[0], words[-1]
    if words:
        yield from (("initials", letters) for letters in initials_of(words, name))


def others_of_two(labels: Iterable[str]) -> frozenset[str]:
    """Return labels such as ``MRS. SMITH`` beside ``SMITH``: for the title it's another person."""
    each = {label: name_words(label) for label in labels}
    bare = {words[0] for label, words in each.items() if len(label.split()) == len(words) == 1}
    titled = {label for label in each if len(label.split()) > 1 and courtesy_title(label.split()[0])}
    return frozenset(label for label in titled if len(each[label]) == 1 and each[label][0] in bare)


class Mentions:
    """The words of a text, for who looks for many."""

    def __init__(self, text: str) -> None:
        """Take the text; it is looked through when first needed."""
        self.text = text

    def again(self, word: str) -> bool:
        """Tell whether more than one word of the text begins as ``word`` does."""
        at = bisect_left(self._words, word)
        return self._words[at + 1 : at + 2] != [] and self._words[at + 1].startswith(word)

    @cached_property
    def _words(self) -> list[str]:
        return sorted(_WORD.findall(self.text))


def as_written(text: str, names: Iterable[str]) -> Mapping[str, str]:
    """Map names in capitals, or in small letters, to how the text writes them elsewhere, if it ever does."""
    sought: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name in dict.fromkeys(names):
        words = name.lower().split()
        if (name.isupper() or name.islower()) and len(words) > 1:
            sought[words[0]][words[1]].append(name)
    found: dict[str, str] = {}
    for place in _CAPITAL.finditer(text) if sought else ():
        seconds = sought.get(place[1].lower())
        for second in _openings(place[2].lower()) if seconds else ():
            for name in (seconds or {}).get(second, ()):
                written = _written_at(text, place.start(), name) if name not in found else None
                if written and not written.isupper() and written[0].isupper():
                    found[name] = " ".join(written.split())
    return found


def _written_at(text: str, start: int, name: str) -> str | None:
    """Return the name as it stands at ``start``, in whatever letters and with whatever space inside."""
    at = start
    for word in name.split():
        before = at
        while at > start and text[at : at + 1].isspace():
            at += 1
        if at == before > start:
            return None
        if text[at : at + len(word)].lower() != word.lower():
            return None
        at += len(word)
    return text[start:at] if _BOUNDARY.match(text, at) else None


def _openings(word: str) -> Iterator[str]:
    """Yield what a word with a comma or an 's after it may be."""
    yield word
    yield from {word[: m.start()] for m in re.finditer(r"\b", word)} - {word, ""}
