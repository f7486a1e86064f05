"""What an interview's acronyms stand for, as the interview tells it itself.

In: interviews. Out: the long form of a short one: what stands in brackets beside it, or words said elsewhere that
begin with its letters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from rag.conversation.common_acronyms import COMMON
from rag.datatypes import Interview
from rag.patterns import lazy
from rag.words import STOP_WORDS

LINKS = r"(?:of|and|for|from|the|on|in|to|with|by|&)"
"""Small words, whose letters an acronym mostly leaves out."""
LONG_ENOUGH = 3
"""Two letters begin too many words beside each other to tell what they stand for."""
SURE_LENGTH = 4
"""Fewer letters begin words in small letters by chance too often."""
CLEARLY = 2
"""So many times as often as any other, words are what an acronym stands for."""

_OWNS = r"(?:['\u2019]s?)?"
_GAP = _OWNS + r"(?:[ \t]+|[ \t]*\n[ \t]*|-)"
_NAME = lazy(rf"[A-Z]\w*(?:{_OWNS}[ -](?:(?:of|and|for|the|on|in|&) ){{0,2}}[A-Z]\w*)+")
_LONG_SHORT = lazy(r"\(([A-Z][A-Za-z&-]{1,9})\)")
_BEFORE = 40
_SHORT_BEFORE = lazy(rf"\b([A-Z][A-Z&-]{{1,9}}s?)\b[^()\n]{{0,{_BEFORE}}}$")
_LONG = lazy(r"\((?:or |the |i\.e\.,? )*([A-Z][^()\n]{6,90})\)")


def bracketed(interview: Interview) -> dict[str, str]:
    """Return what stands in parentheses beside what, in either order: ``Long Name (LN)``, ``LN (Long Name)``."""
    found: dict[str, str] = {}
    for turn in interview.turns:
        said = interview.text[turn.start : turn.end]
        for match in _LONG_SHORT.finditer(said):
            long = _expansion(match.group(1), said[: match.start()])
            if long:
                found.setdefault(match.group(1), long)
        for match in _LONG.finditer(said):
            short = _SHORT_BEFORE.search(said, max(match.start() - _BEFORE - 12, 0), match.start())
            if short and stands_for(short.group(1), match.group(1)):
                found.setdefault(short.group(1), match.group(1).strip())
    return found


def _expansion(short: str, before: str) -> str:
    """Return the words right before a parenthesis that its acronym stands for; nothing where none do."""
    parts = before.split()
    for size in range(min(len(parts), 2 * len(short) + 1), 0, -1):
        long = " ".join(parts[-size:])
        if size > 1 and long[0].lower() == short[0].lower() and stands_for(short, long):
            return long
    return ""


def stands_for(short: str, long: str) -> bool:
    """Tell whether an acronym is made of the words' first letters, small words counting or not."""
    letters = [c.lower() for c in short if c.isalpha()]
    if len(letters) > 2 and letters[-1] == "s" and short[-1] == "s":
        letters.pop()
    words = [w for w in re.split(r"[\s-]+", long) if w]
    at = 0
    for word in words:
        if at < len(letters) and word[0].lower() == letters[at]:
            at += 1
        elif not re.fullmatch(LINKS, word.lower()):
            return False
    return at == len(letters)


def runs(interview: Interview, short: str) -> Counter[str]:
    """Count the runs of words, as they are written, that begin with an acronym's letters."""
    letters = "".join(c for c in short if c.isalpha())
    joint = rf"{_GAP}(?:{LINKS}{_GAP}){{0,2}}"
    pattern = re.compile(r"\b(?=" + joint.join(rf"({c}[^\W\d_]+)" for c in letters) + r"\b)", re.I)
    found: Counter[str] = Counter()
    for turn in interview.turns:
        for match in pattern.finditer(interview.text, turn.start, turn.end):
            first, *inner, last = match.groups()
            if _carries(first) and _carries(last) and all(_carries(w) or w == "of" for w in inner):
                found[" ".join(interview.text[match.start(1) : match.end(len(letters))].split())] += 1
    return found


def _carries(word: str) -> bool:
    return len(word) > 2 and word.lower() not in STOP_WORDS and not _is_link(word)


def meant_by(short: str, counted: Counter[str]) -> str:
    """Return the one run that an acronym stands for; nothing where chance may have made it, or two may be meant."""
    if len(short) < LONG_ENOUGH or not short.isalpha() or short in COMMON:
        return ""
    times: Counter[str] = Counter()
    for run, n in counted.items():
        times[run.lower()] += n
    written = {run.lower(): run for run, _ in reversed(counted.most_common())}
    names = {low: times[low] for low, run in written.items() if _NAME.fullmatch(run)}
    likely = names or {low: n for low, n in times.items() if len(short) >= SURE_LENGTH and n > 1}
    (best, most), (_, next_most) = (*Counter(likely).most_common(2), ("", 0), ("", 0))[:2]
    return written[best] if most and most >= CLEARLY * next_most else ""


def _words(run: str) -> list[str]:
    return re.split(r"[\s-]+", run)


def _is_link(word: str) -> bool:
    return re.fullmatch(LINKS, word, re.I) is not None


def short_forms(words: Sequence[str]) -> tuple[str, ...]:
    """Return the letters that some words begin with, small words counting or not."""
    every = "".join(w[0] for w in words)
    return tuple(dict.fromkeys(("".join(w[0] for w in words if not _is_link(w)), every)))
