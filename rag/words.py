"""Take a question apart into the words that carry it.

In: text. Out: content words, their stems, and which of them are names. Retrieval by words, the
check of which words an interview lacks, and the reader's features all use the same cut.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from rag.patterns import lazy

if TYPE_CHECKING:
    from Stemmer import Stemmer

WORD = lazy(r"[^\W_]+(?:['’.&-](?=[^\W_])[^\W_]+)*")
PART = lazy(r"[^\W_]+")
"""What of a word is looked for by itself."""
Algorithm = Literal["english", "porter"]

# Words of asking and of grammar: they say how something is asked, not what about.
STOP_WORDS = frozenset(
    """a about above after again all also am an and any anyone anything are aren as ask asked asks at be because
    been before being between both but by can could couldn d did didn do does doesn doing don down during each
    else ever few for from further get give given gives go had hadn has hasn have haven having he her here hers
    herself him himself his how i if in into is isn it its itself just ll m make me mention mentioned mentions
    might mine more most mustn my myself no nor not now of off on once one only or other ought our ours out over
    own please quote quotes re regarding s said same say saying says she should shouldn since so some something speak
    speaks spoke such t talk talked talking talks tell tells than that the their theirs them themselves then there
    these they thing things this those through to told too under until up upon ve very was wasn we were weren what
    whatever when where whether which while who whom whose why will with won would wouldn yes you your yours
    according anyway comment comments currently discuss discussed far feel feels interview interviewee interviewer
    kind kinds long lot lots many moment much often opinion question still think thinks thought thoughts usually
    view views way ways dr mr mrs ms prof""".split()  # noqa: SIM905  # a list of words reads best as words
)


def words(text: str) -> list[str]:
    """Return the words of ``text`` as written; ``D.C.``, ``Euro-Atlantic`` and ``don't`` are one word each."""
    return WORD.findall(text)


def content_words(text: str) -> list[str]:
    """Return the words that carry the meaning, in order, each once; all words where none carries any."""
    parts = [p for w in words(text) for p in PART.findall(w)]
    kept = [p for p in parts if p.lower() not in STOP_WORDS and (len(p) > 1 or p.isdigit())]
    unique = {fold(p): p for p in reversed(kept or parts)}
    return list(unique.values())[::-1]


def fold(word: str) -> str:
    """Return ``word`` without case and accents."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


_ISM = 5
"""Letters of the longest word that ends in "ism" and names no belief: prism."""


@lru_cache(131_072)
def stem(word: str, algorithm: Algorithm = "english") -> str:
    """Return the English stem of ``word``, by Snowball or as FTS5 has it, by the older Porter.

    Beyond Snowball, whoever is for something has its stem: racism, racist.
    """
    found = str(_stemmer(algorithm).stemWord(fold(word)))
    return f"{found[:-1]}t" if algorithm == "english" and len(found) > _ISM and found.endswith("ism") else found


def stems(text: str) -> list[str]:
    """Return the stem of every word part of ``text``, in order."""
    return [stem(p) for p in PART.findall(text)]


@cache
def _stemmer(algorithm: Algorithm) -> Stemmer:
    from Stemmer import Stemmer

    return Stemmer(algorithm)


def is_name(word: str, written: str) -> bool:
    """Tell whether ``word`` is a name, an acronym or a number: it is never in small letters in ``written``."""
    if word.isdigit() or (len(word) > 1 and word.isupper()):
        return True
    return word[:1].isupper() and re.search(rf"(?<!\w){re.escape(word.lower())}(?!\w)", written) is None
