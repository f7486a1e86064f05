"""Who leads, reports, presides or only writes down, by the label itself or by what stands beside the name.

In: each speaker's turns. Out: the roles that an office gives, or takes away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from rag.datatypes import Role
from rag.parsing.conventions import prompts
from rag.parsing.lines import asks
from rag.parsing.names import answering_word, bystander, hosting, presiding, reporting, role_word
from rag.parsing.turns import Piece
from rag.patterns import lazy

MIN_ASKED: Final = 0.5
"""Share of a reporter's turns that must follow the host's for it to be a talk, and no report."""

MIN_REPORTERS: Final = 2
"""So many people at least who only ask are the press."""

NEAR: Final = 200
"""Characters above a turn in which a sound is noted."""

OPENING_TURNS: Final = 4
LAST_TURNS: Final = 2
"""A speaker's turns in which hosts present themselves and their guests, and in which they take their leave."""

_WHEN: Final = r"(?:(?:today|tonight|now|here|again|this \w+|as always),? ){0,2}"
_I_HOST: Final = lazy(r"\bI(?:['’]m| am)(?: [A-Z][\w.'’-]+){0,3},? your (?:other |co-?)?host\b")
_PRESENTS: Final = lazy(rf"\b(?i:my|our) guests? {_WHEN}(?:is|are) [A-Z]|\b(?i:with (?:us|me)) {_WHEN}(?:is|are) [A-Z]")
_TAKES_LEAVE: Final = lazy(r"\b(?i:thank(?:s| you)(?: all)? for listening)\b(?! to (?:me|us|my|what)\b)")

_SUNG: Final = lazy(r"\((?:singing|as )\b", re.IGNORECASE)
"""Broadcasters note so that a song or a play is heard: ``(Singing) ...``, ``(As Hamlet) ...``."""

_ARCHIVED: Final = lazy(
    r"\(SOUNDBITE OF (?:ARCHIVED|TV|FILM|MOVIE|PODCAST)[^()\n]*\)\s*[^:\n]{0,60}:\s*$"
    r"|\(BEGIN VIDEO ?(?:CLIP|TAPE)\)\s*[^:\n]{0,60}:\s*$"
)


def not_guests(text: str, said: Mapping[str, Sequence[Piece]], roles: Mapping[str, Role]) -> dict[str, Role]:
    """Take those for no guests who say that they are hosts, open by presenting one, or thank the listeners at the end.

    Beside a guest they ask; where nobody else answers, that isn't told.
    """
    first = min(said, key=lambda who: said[who][0].start, default="")
    hosting = {
        who
        for who, turns in said.items()
        if roles.get(who) is Role.INTERVIEWEE
        and (
            any(_I_HOST.search(text, p.start, p.end) for p in turns[:OPENING_TURNS])
            or any(_PRESENTS.search(text, p.start, p.end) for p in turns[: OPENING_TURNS if who == first else 0])
            or any(_TAKES_LEAVE.search(text, p.start, p.end) for p in turns[-LAST_TURNS:])
        )
    }
    guests = {who for who, role in roles.items() if role is Role.INTERVIEWEE} - hosting
    return dict.fromkeys(hosting, Role.INTERVIEWER if guests else Role.OTHER)


def reporters(text: str, said: Mapping[str, Sequence[Piece]]) -> frozenset[str]:
    """Tell who only asks, and is answered each time by the same few: the press, before whoever speaks to it."""
    order = sorted((p.start, who) for who, turns in said.items() for p in turns)
    after = {start: who for (start, _), (_, who) in pairwise(order)}
    asking = {who for who, turns in said.items() if all("?" in text[p.start : p.end] for p in turns)}
    named = {who for who in asking if not any(role_word(p.label or "") or bystander(p.label or "") for p in said[who])}
    answered = {who for who in named if all(after.get(p.start, who) not in asking for p in said[who])}
    answering = {after[p.start] for who in answered for p in said[who]}
    many = len(answered) >= MIN_REPORTERS and len(answering) < len(answered)
    return frozenset(answered) if many else frozenset()


def hosts(said: Mapping[str, Sequence[Piece]]) -> dict[str, Role]:
    """Tell who asks in a broadcast: ``HOST`` beside the name, or, with its station, as beside the first name of all.

    A guest may be the host of something else.
    """
    described = {who: next((p.description for p in turns if p.description), None) for who, turns in said.items()}
    first = next(iter(described.values()), None)
    return {
        who: Role.INTERVIEWER
        for who, what in described.items()
        if what and hosting(what) and (what == first or len(what.split()) == 1)
    }


def only_other(text: str, said: Mapping[str, Sequence[Piece]], told: Mapping[str, Role]) -> frozenset[str]:
    """Return those of two who go by a word such as ``Participant``, which names nobody in particular.

    Beside a known interviewer that is who answers, if questions stand above most of its turns and it hardly puts any:
    an announcer doesn't answer, nor somebody who calls a radio station.
    """
    words = frozenset(who for who in said if answering_word(who))
    two = sum(not bystander(who) or who in words for who in said) == 2
    if not words or not two or set(told.values()) - {Role.INTERVIEWER}:
        return frozenset()
    order = sorted((p for turns in said.values() for p in turns), key=lambda piece: piece.start)
    put = {p.start for p in order if asks(text, p.start, p.end) or prompts(text, p.start, p.end)}
    asked = {after.start for before, after in pairwise(order) if before.start in put}
    answers = {
        who for who in words - told.keys() if 2 * len({p.start for p in said[who]} & (asked - put)) >= len(said[who])
    }
    return frozenset(answers) if told else words


def without_beside(said: Mapping[str, Sequence[Piece]], roles: Mapping[str, Role]) -> Mapping[str, Role]:
    """Don't take a chairman for an interviewee beside people who are interviewed, nor a reporter who isn't asked."""
    answering = {who for who, role in roles.items() if role is Role.INTERVIEWEE}
    presided = {who for who in answering if presiding(who)}
    reporters = {who for who in answering if reports(said[who])}
    untold = {who for who in reporters if _follows(said, roles, who) < MIN_ASKED}
    untold |= presided if answering - presided - untold else set()
    return {who: role for who, role in roles.items() if who not in untold}


def reports(pieces: Iterable[Piece]) -> bool:
    """Tell a broadcaster's reporter by what stands beside the name."""
    return any(reporting(piece.description) for piece in pieces)


def _follows(said: Mapping[str, Sequence[Piece]], roles: Mapping[str, Role], who: str) -> float:
    """Return the share of somebody's turns that come right after an interviewer's."""
    order = sorted((p.start, speaker) for speaker, pieces in said.items() for p in pieces)
    before = [roles.get(a) for (_, a), (_, b) in pairwise(order) if b == who]
    return sum(role is Role.INTERVIEWER for role in before) / len(said[who])


def played(text: str, piece: Piece) -> bool:
    """Tell a song, a play, or words from an archive from what is said to anybody here."""
    return bool(_SUNG.match(text, piece.start) or _ARCHIVED.search(text, max(0, piece.start - NEAR), piece.start))


def court_reporter(label: str, labels: Iterable[str]) -> bool:
    """Tell who only writes down: beside Q and A, ``THE REPORTER`` asks nothing of the witness."""
    return label.casefold().endswith("reporter") and {"Q", "A"} <= set(labels)
