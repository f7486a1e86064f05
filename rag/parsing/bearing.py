"""How an interviewer talks, as numbers: who asks, who is brief, who opens, who says "my guest today".

In: each speaker's turns. Out: the likelihood, 0 to 1, that a speaker is the interviewer. The weights are a
logistic regression on some 270 podcast episodes whose hosts are known, rounded; nine speakers in ten come
out right, and most of the others are co-hosts, of whom a reader couldn't tell either.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rag.parsing.lines import asks
from rag.parsing.register import Register
from rag.parsing.turns import Piece
from rag.patterns import lazy

ASKS: Final = 1.5
"""Per log ratio of a speaker's share of turns that end in a question to the mean share."""
LENGTH: Final = -1.7
"""Per log ratio of a speaker's words a turn to the mean."""
SHARE: Final = -2.7
"""Per share of all words beyond an equal one."""
OPENS: Final = 1.6
WELCOMES: Final = 0.4
"""Per host's phrase in the opening turns, three at most."""
IS_WELCOMED: Final = -0.7
"""Per guest's phrase in the opening turns, two at most."""
PHRASES: Final = 0.25
"""Per log ratio of host's to guest's phrases in all turns."""

INTRODUCED: Final = 2.0
"""For whoever is introduced as a co-host or a regular, and against whoever is introduced as a guest."""

FEW_QUESTIONS: Final = 0.03
"""Added to shares of questions, so that none at all is no infinite sign."""

MIN_TURNS: Final = 3
MOSTLY_ASKS: Final = 0.6
HARDLY_ASKS: Final = 0.1
"""Shares of somebody's turns, of so many at least, that are questions; between them a lead is believed."""

OPENING_TURNS: Final = 4
"""A speaker's turns in which hosts welcome and guests give thanks."""

_HOST: Final = lazy(
    r"\bwelcome (?:to|back)\b|\bjoin(?:ing|ed) (?:me|us|by|as)\b|\b(?:my|our) (?:special )?guests?\b"
    r"|\btoday['’]s (?:guest|show|episode)|\bI['’]m your host\b|\bwe['’]re (?:here|joined)\b"
    r"|\bthank(?:s| you)(?: so much| very much| guys| all| both)? (?:for|to) "
    r"(?:joining|coming|being|taking|your time|speaking|talking|sharing)"
    r"|\b(?:our|dear|hello) (?:listeners|viewers|audience)|\b(?:tell|walk|give) (?:us|me)\b",
    re.IGNORECASE,
)
_GUEST: Final = lazy(
    r"\bthank(?:s| you)(?: so much| very much| a lot| again)?,? (?:\w+ )?for (?:having|inviting) (?:me|us)\b"
    r"|\b(?:happy|glad|excited|pleasure|great|good|nice|honou?red|thrilled|delighted) to be (?:here|on|back|with you)"
    r"|\bthanks for the (?:invit|opportun)|\bit['’]s (?:a|my) pleasure\b|\b(?:good|great) question\b",
    re.IGNORECASE,
)


_SENTENCE: Final = lazy(r"(?:[^.!?\n]|(?<=\bDr)\.|(?<=\bM[rs])\.|(?<=\bMrs)\.|(?<=\bProf)\.)+[.!?\n]?")
_AS_GUEST: Final = (
    r"(?P<guest>\bguests?\b)"
    r"|(?P<beside>\bwith (?:me|us),?(?: (?:today|tonight|now|here),?)? (?:(?:I|we) have|is|are)\b)"
)
_INTRODUCES: Final = lazy(
    rf"{_AS_GUEST}|\bco-?hosts?\b|\bhosts\b|\bregulars?\b|\bpanell?ists?\b|\bas (?:always|usual)\b", re.IGNORECASE
)
MIN_NAME: Final = 3
"""Letters of a part of a name that is looked for in an introduction."""


@dataclass(frozen=True, slots=True)
class _Manner:
    """What is counted of one speaker."""

    asking: float
    """Share of turns that end in a question."""
    length: float
    """Words a turn."""
    words: int
    welcomes: int
    thanks: int
    host_phrases: int
    guest_phrases: int


def belied(text: str, pieces: Sequence[Piece], interviewees: Sequence[str]) -> bool:
    """Tell that it is the other way round: whom a lead calls interviewed asks, and somebody else hardly ever does."""
    asked: dict[str, list[bool]] = defaultdict(list)
    for piece in pieces if interviewees else ():
        if piece.label:
            asked[piece.label].append(asks(text, piece.start, piece.end))
    shares = {who: sum(turns) / len(turns) for who, turns in asked.items() if len(turns) >= MIN_TURNS}
    named = Register(interviewees)
    asking = any(share >= MOSTLY_ASKS and who in named for who, share in shares.items())
    return asking and any(share <= HARDLY_ASKS and who not in named for who, share in shares.items())


def likelihoods(text: str, said: Mapping[str, Sequence[Piece]], first: str) -> Mapping[str, float]:
    """Return how likely each speaker is the interviewer; ``first`` is who opens."""
    manners = {who: _manner(text, pieces) for who, pieces in said.items()}
    whole = sum(m.words for m in manners.values()) or 1
    asking = sum(m.asking for m in manners.values()) / len(manners)
    length = sum(math.log(m.length + 1) for m in manners.values()) / len(manners)
    introduced = _introduced(text, said, first)
    found = {}
    for who, m in manners.items():
        score = ASKS * math.log((m.asking + FEW_QUESTIONS) / (asking + FEW_QUESTIONS))
        score += LENGTH * (math.log(m.length + 1) - length)
        score += SHARE * (m.words / whole - 1 / len(manners))
        score += OPENS * (who == first) + WELCOMES * min(m.welcomes, 3) + IS_WELCOMED * min(m.thanks, 2)
        score += PHRASES * math.log((m.host_phrases + 0.5) / (m.guest_phrases + 0.5))
        score += INTRODUCED * introduced.get(who, 0)
        found[who] = 1 / (1 + math.exp(-score))
    return found


def _introduced(text: str, said: Mapping[str, Sequence[Piece]], first: str) -> Mapping[str, int]:
    """Return 1 for whom the opening speaker calls a host, -1 for whom a guest, by the last such word before a name."""
    found: dict[str, int] = {}
    for piece in said[first][:OPENING_TURNS]:
        for sentence in _SENTENCE.finditer(text, piece.start, piece.end):
            marks = _marks(sentence[0])
            for who in said.keys() - {first} - found.keys() if marks else ():
                at = _named_at(sentence[0], who)
                before = [side for start, side in marks if start < at]
                if before:
                    found[who] = before[-1]
    return found


def _marks(sentence: str) -> list[tuple[int, int]]:
    """Return where a sentence has a word for a host, 1, and where one for a guest, -1.

    ``With me is`` introduces a guest, if nothing in the sentence says that it's a host: ``With me is Rob, as always``.
    """
    found = list(_INTRODUCES.finditer(sentence))
    hosts = any(not (m["guest"] or m["beside"]) for m in found)
    return [(m.start(), -1 if m["guest"] or m["beside"] else 1) for m in found if not (m["beside"] and hosts)]


def _named_at(sentence: str, who: str) -> int:
    """Return where a part of the name stands first, -1 where none does."""
    parts = (part for part in re.split(r"\W+", who) if len(part) >= MIN_NAME and part in sentence)
    places = [m.start() for part in parts if (m := re.search(rf"\b{re.escape(part)}\b", sentence))]
    return min(places, default=-1)


def _manner(text: str, pieces: Sequence[Piece]) -> _Manner:
    words = sum(len(text[p.start : p.end].split()) for p in pieces)
    opening = [text[p.start : p.end] for p in pieces[:OPENING_TURNS]]
    everything = "\n".join(text[p.start : p.end] for p in pieces)
    return _Manner(
        asking=sum(asks(text, p.start, p.end) for p in pieces) / len(pieces),
        length=words / len(pieces),
        words=words,
        welcomes=sum(len(_HOST.findall(words)) for words in opening),
        thanks=sum(len(_GUEST.findall(words)) for words in opening),
        host_phrases=len(_HOST.findall(everything)),
        guest_phrases=len(_GUEST.findall(everything)),
    )
