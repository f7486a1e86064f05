"""What stands beside a question that leans on the one before: "Who benefits (the ferries)?".

In: a question that names nothing it is about, the conversation before it, the names that the interviews use. Out:
whether it leans, and on what: on what the last question was about, or on what it says that somebody does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.conversation.clauses import clause
from rag.conversation.exchanges import Exchange, is_somebody
from rag.conversation.grammar import AUXILIARY, TELLING, WH, is_plural
from rag.conversation.phrases import Names, phrases
from rag.conversation.topics import focus_of, things, topic
from rag.patterns import lazy

SHORT = 4
"""A question of so few words that names nothing leans on the one before: "Who benefits?"."""

_LEANING_WORD = lazy(
    r"\b(?:(?:else|the same|instead(?! of)|next|afterwards|similar|related)\b|(?:before|earlier)$)", re.I
)
_LEANING_VERB = lazy(r"\b(?:happen|compare|deal with|find out)(?:ed|s)?$", re.I)
_SAYING = lazy(rf"\b{TELLING}\s+(?:that|this|so)(?:\s+(?:(?:him|her|it)self|themselves|too|exactly))?$", re.I)
REACTING = lazy(r"\b(?:react|respond|answer|reply|cope|notice|agree|disagree)(?:ed|s)?$", re.I)
_SUBJECT = lazy(rf"(?:(?:{WH})\s+)?{AUXILIARY}\s+$", re.I)
_SOMEBODY = lazy(r"\b(?:i|you|he|she|him|her|we|me)\b", re.I)
_THEY = lazy(r"\b(?:they|them|theirs?)\b", re.I)
_AGREEING = lazy(r"\b(?:dis)?agree(?:d|s)?$", re.I)
_HELD = lazy(
    rf"\b(?:think|believe|say|claim)s?\s+(?:that\s+)?(?P<what>(?!about\b|of\b|on\b)\S.*?\s{AUXILIARY}\s.+)$", re.I
)
"""What somebody thinks, which another may agree to."""
_OBJECT = lazy(r"\w\s+(?:it|that|this)$", re.I)
_ACTS = lazy(r"(?P<auxiliary>do|does|did|will|would|can|could|should|must)\s+(?P<who>[^()]+)$", re.I)
_NO_DEED = lazy(r"^(?:be|do)\b|\b(?:it|that|this|them)\b", re.I)
_CLAUSE_BESIDE = lazy(rf"\((?P<said>[^()]+\s{AUXILIARY}\s[^()]+)\)$", re.I)


def leans(bare: str, names: Names) -> bool:
    """Tell "who benefits?" and "how did NATO react?", which name nothing that they are about."""
    short = len(bare.split()) <= SHORT and not (_SOMEBODY.search(bare) or phrases(bare, names))
    named = things(_LEANING_WORD.sub("", bare), names)
    if REACTING.search(bare):
        return all(_SUBJECT.match(bare, 0, p.start) for p in named)
    return not named and (short or any(p.search(bare) for p in (_LEANING_WORD, _LEANING_VERB, _SAYING, _THEY)))


def lent(before: Sequence[Exchange], names: Names) -> str:
    """Return what the last question that is about something is about."""
    focus = next((focus for e in reversed(before) if (focus := focus_of(e.question, names))), "")
    return "" if focus == "things" else focus


def leant_on(bare: str, before: Sequence[Exchange], names: Names) -> str:
    """Return what to put beside a question that leans: what was thought, what was done, or what it was about."""
    held = _HELD.search(before[-1].question) if _AGREEING.search(bare) else None
    if held:
        return held.group("what")
    return (_deed(before[-1].question, names) if _OBJECT.search(bare) else "") or lent(before, names)


def stands_for_deed(bare: str, last: str, names: Names) -> bool:
    """Tell the "that" of "who agreed to that?" after "How much will allies spend?", which has no thing for it."""
    about = topic(last, names) if _OBJECT.search(bare) else None
    return about is not None and (is_plural(about.text) or is_somebody(about, names)) and bool(_deed(last, names))


def _deed(last: str, names: Names) -> str:
    """Return what a question says that somebody does, with nothing done to: "allies will spend"."""
    beside = _CLAUSE_BESIDE.search(last)
    if beside:
        return beside.group("said")
    acts = _ACTS.match(clause(last, names))
    found = phrases(acts.group("who"), names) if acts else []
    if acts is None or len(found) != 1 or found[0].start:
        return ""
    does = acts.group("who")[found[0].end :].strip()
    return f"{found[0].text} {acts.group('auxiliary')} {does}" if does and not _NO_DEED.search(does) else ""
