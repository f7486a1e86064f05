"""A text as words that compare without regard to the things that are typography only.

In: a text. Out: its ``Word``s with their places in it, and what several make when they are written together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.parsing.vocabulary import NOISES
from rag.patterns import lazy

_MARKS = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
_WORD = lazy(
    r"\d+(?:[.,:]\d+)+"
    rf"|[^\W_](?:[^\W_{_MARKS}]|[{_MARKS}]|['`\u00b4\u2018\u2019\u02bc\u2032\uff07](?=[^\W_]))*"
    r"|[%$€£+&°]|(?<![\w.,)])[-\u2212](?=\d)"
)
_INVISIBLE = lazy("[\u00ad\u200b-\u200d\u2060\ufeff]")
_APOSTROPHE = lazy("[`\u00b4\u2018\u2019\u02bc\u2032\uff07]")
_THOUSANDS = lazy(r"\d{1,3}(?:,\d{3})+")
_BARE = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"})
_GROUPS = lazy(r"\d{1,3} \d{3}")


_NOISE = "|".join(sorted(rf"{word.removesuffix('e')}{word[-1]}?(?:e?s|e?d|ing)?" for word in NOISES))
ASIDE = (
    r"\((?:laugh\w*|chuckl\w*|giggl\w*|smil(?:e|es|ed|ing)|sigh\w*|nods?|nodding|inaudible|indistinct|unclear|"
    r"unintelligible|cross[ -]?talk\w*|over-?(?:talk|lap)\w*|applause|ph|phonetic|sic|pauses?|voice-?over|music)"
    rf"\b[^()]{{0,20}}\)|\((?:{_NOISE})\W{{0,3}}\)"
)
"""The pattern of what a transcriber notes in round brackets and nobody says: ``(smiles)``, ``(Overtalking.)``."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word; ``key`` is what it is compared by, ``start`` and ``end`` its place in the text."""

    key: str
    start: int
    end: int


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[Word]:
    """Yield the words between two offsets.

    Words compare equal whatever the case, the kind of apostrophe, the Unicode normal form and invisible
    characters such as soft hyphens; hyphens, dashes and quotation marks aren't part of a word.
    """
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        yield Word(_key(match.group()), match.start(), match.end())


def written_together(text: str, several: Sequence[Word]) -> str:
    """Return what neighbouring words are when no hyphen or space counts: "co-operation" is "cooperation".

    Numbers stay apart, "5-10" is not "510", unless a space parts them as it parts thousands: "120 000" is "120000".
    """
    joined = several[0].key if several else ""
    for before, word in pairwise(several):
        apart = before.key[-1].isdigit() and word.key[0].isdigit()
        if apart and text[before.end : word.start].isspace():
            apart = not _GROUPS.fullmatch(f"{before.key} {word.key}")
        joined += f" {word.key}" if apart else word.key
    return joined


def _key(word: str) -> str:
    if word.isascii():
        key = word.lower()
        return key.replace(",", "") if "," in key and _THOUSANDS.fullmatch(key) else key
    key = unicodedata.normalize("NFKC", _INVISIBLE.sub("", _APOSTROPHE.sub("'", word))).casefold()
    return "-" if key == "\u2212" else key


def plain_letters(word: str) -> str:
    """Return a word in small letters without accents: "Šekerinska" as "sekerinska"."""
    parts = unicodedata.normalize("NFD", word.casefold().translate(_BARE))
    return re.sub(r"[\u0300-\u036f]", "", parts)
