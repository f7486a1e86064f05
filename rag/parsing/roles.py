"""Who asks, who answers: pieces with roles and full names.

In: ``Piece``s of ``turns.py`` and the people known from title, header and options. Out: ``Turn``s. A role
that can't be told is ``OTHER``, a name that can't be told is None: unknown beats wrong.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from typing import Final

from rag.datatypes import Role, Turn
from rag.parsing.bearing import likelihoods
from rag.parsing.lines import asks
from rag.parsing.names import (
    beside_role,
    bystander,
    full_name,
    initials_like,
    longer_name,
    role_word,
    unidentified,
)
from rag.parsing.offices import (
    court_reporter,
    hosts,
    not_guests,
    only_other,
    played,
    reporters,
    reports,
    without_beside,
)
from rag.parsing.register import Register, as_written, others_of_two
from rag.parsing.sides import alternate
from rag.parsing.turns import Piece

SURELY_ASKS: Final = 0.6
SURELY_ANSWERS: Final = 0.45
"""Likelihood of being the interviewer above and below which a named speaker's role is told; between them it isn't."""

CLEARLY: Final = 0.1
CO_HOST: Final = 0.4
"""From where on a third speaker is a co-host, where the likelihoods of two others are so near to 0 and to 1."""

MIN_ASKED: Final = 2
"""Questions of a third speaker below which that isn't enough: ``A fax?`` makes no co-host of a guest."""

MIN_GAP: Final = 0.3
"""By how much two speakers must differ where neither is sure."""

EVEN: Final = 0.5

MIN_TURNS: Final = 3
MIN_SHARE: Final = 0.1
"""A speaker with fewer turns, and a smaller share of the words, is a bystander among people who talk more."""

PASSING_SHARE: Final = 0.25
"""Of all turns, how many must be an ``UNIDENTIFIED REPORTER``'s for that to tell who asks."""

SMALL_TALK: Final = 12
"""Turns up to which an interview is too short for bystanders."""


@dataclass(frozen=True, slots=True)
class People:
    """Who is known to take part, before looking at the turns."""

    interviewers: tuple[str, ...] = ()
    interviewees: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    """Taking part in a role that isn't told."""
    crew: tuple[str, ...] = ()
    """Heard, but neither asking nor answering."""
    mentioned: tuple[str, ...] = ()
    """Names in the lead: whole where a label is part of one, but nobody takes part for being mentioned."""
    initials: tuple[tuple[str, str], ...] = ()
    outlet: str | None = None

    def of(self, role: Role) -> tuple[str, ...]:
        """Return the names known for ``role``."""
        return {Role.INTERVIEWER: self.interviewers, Role.INTERVIEWEE: self.interviewees}.get(role, ())


def _told_by(people: People, apart: Set[str]) -> Callable[[str], Role | None]:
    """Return what tells the role that a name is known for; those ``apart`` are somebody else of that surname."""
    registers = {role: Register(people.of(role)) for role in (Role.INTERVIEWER, Role.INTERVIEWEE)}
    outlet = (people.outlet or "").casefold()

    @cache
    def role_of(name: str) -> Role | None:
        known = next((role for role, register in registers.items() if name not in apart and name in register), None)
        return known or (Role.INTERVIEWER if outlet and name.casefold() == outlet else None)

    return role_of


def assign(text: str, pieces: Sequence[Piece], people: People) -> tuple[Turn, ...]:
    """Give every piece its speaker's name and role."""
    names = full_names(text, pieces, people)
    role_of = _told_by(people, others_of_two(p.label for p in pieces if p.label))
    crew = Register(people.crew)
    partaking = [p for p in pieces if not (who := names.get(p.label or "")) or who not in crew or role_of(who)]
    roles = _of_speakers(text, partaking, names, role_of)
    sides: Sequence[Role] = ()
    if all(piece.role is None and not piece.label for piece in pieces):
        sides = alternate(text, pieces)
    turns = []
    for number, piece in enumerate(pieces):
        name = names.get(piece.label or "")
        given = role_of(name) if name and piece.label and piece.role else None
        role = given or piece.role or roles.get(name or piece.label or "") or (sides[number] if sides else Role.OTHER)
        known = people.of(role)
        if len(known) == 1 and (name is None or (name == piece.label and len(name) == 1 and name.isupper())):
            name = known[0]  # also for ``I`` and ``R``
        turns.append(Turn(piece.start, piece.end, name, role, piece.section))
    return tuple(turns)


def full_names(text: str, pieces: Sequence[Piece], people: People) -> Mapping[str, str | None]:
    """Map each label to its bearer's full name; None where the label is only ``Q`` or ``A``."""
    labels = tuple(dict.fromkeys(p.label for p in pieces if p.label))
    known = Register((*people.interviewers, *people.interviewees, *people.others))
    longer = Register(x for x in labels if _of_several_words(x) and not role_word(x) and not bystander(x))
    sources = (known, longer, Register(people.mentioned))
    initials = dict(people.initials)
    apart = others_of_two(labels)
    found: dict[str, str | None] = {}
    whole: dict[str, str] = {}
    for label in labels:
        role = role_word(label)
        if role is not None:
            sole = people.of(role)
            found[label] = sole[0] if len(sole) == 1 else None if len(label) == 1 else label
        elif label.replace(".", "") in initials:
            found[label] = initials[label.replace(".", "")]
        elif bystander(label) or label in apart:
            found[label] = label
        else:
            name = _full(label, sources)
            whole[label] = longer_name(name, longer.wholes(name))
    written = as_written(text, whole.values())
    return found | {label: written.get(name, name) for label, name in whole.items()}


def _of_several_words(label: str) -> bool:
    """Tell a whole name from ``J.-L. P.``, which is no longer for its space."""
    return len(label.split()) > 1 and not initials_like(label.replace(" ", ""))


def _full(label: str, sources: Sequence[Register]) -> str:
    """Return the full name from the first of ``sources``, surest first, that has one for ``label``."""
    several = len(label.split()) > 1
    sources = sources[:-1] if several else sources  # a lead's names complete a part of a name, they don't change one
    return next((name for known in sources if (name := full_name(label, known.wholes(label))) != label), label)


def _of_speakers(
    text: str, pieces: Sequence[Piece], names: Mapping[str, str | None], role_of: Callable[[str], Role | None]
) -> Mapping[str, Role]:
    """Tell the role of every labelled speaker, by name (or label, where there is no name)."""
    said: dict[str, list[Piece]] = defaultdict(list)
    told: dict[str, Role] = {}
    # Where all but one go unnamed (``>>``), they are the other side of the conversation.
    unnamed = len({names[p.label] or p.label for p in pieces if p.label}) == 1
    for piece in pieces:
        if piece.label is None or not (piece.label or unnamed):
            continue
        said[names.get(piece.label) or piece.label].append(piece)
    beside = _told_beside(said)
    press = reporters(text, said).difference(beside)
    for who, turns in said.items():
        label = turns[0].label or ""
        passing = bystander(label) and len(turns) < PASSING_SHARE * len(pieces)
        role = role_of(who) or (None if passing or court_reporter(label, names) else role_word(label))
        role = role or (Role.INTERVIEWER if who in press else None)
        if role is not None:
            told[who] = role
    leading = {} if told else hosts(said)
    told = beside | told
    named = told.keys()
    told = leading | told
    untold = {who: turns for who, turns in said.items() if who not in told}
    open_ones = _principals(text, untold, len(pieces), only_other(text, said, told))
    if leading and open_ones:
        found = {**told, **_beside_hosts(leading, open_ones, text, pieces, said)}
    elif told and open_ones:
        found = {**told, **_the_others(told, open_ones, text, pieces, said)}
    else:
        found = told or dict(_by_bearing(text, pieces, said, open_ones))
    hosting = {who: role for who, role in not_guests(text, said, found).items() if who not in named}
    return without_beside(said, found | hosting)


def _told_beside(said: Mapping[str, Sequence[Piece]]) -> dict[str, Role]:
    """Return the roles that labels tell beside a name: ``Ruth Hale (Interviewer)``, ``Guest Nora Twomey``."""
    found = {who: {role for p in turns if (role := beside_role(p.description))} for who, turns in said.items()}
    return {who: roles.pop() for who, roles in found.items() if len(roles) == 1}


def _principals(
    text: str, said: Mapping[str, Sequence[Piece]], turns: int, counted: Set[str] = frozenset()
) -> tuple[str, ...]:
    """Return who takes part enough for a role: not the crowd, unless ``counted``, not a voice heard once."""
    words = {who: sum(len(text[p.start : p.end].split()) for p in ps) for who, ps in said.items()}
    whole = sum(words.values()) or 1
    again = sum(len(ps) > 1 for ps in said.values()) > 1  # then whoever is heard once takes no part for that
    several = sum(not bystander(who) for who in said) > 1
    return tuple(
        who
        for who, ps in said.items()
        if not all(played(text, p) for p in ps)
        and (
            not bystander(who)
            or who in counted
            or (re.search(r"\d|\b[A-Z]$", who) and not (several and unidentified(who)))
        )
        and (
            (len(ps) > 1 or not again or len(said) * words[who] >= whole)
            if turns <= SMALL_TALK
            else len(ps) >= MIN_TURNS or words[who] >= MIN_SHARE * whole
        )
    )


def _the_others(
    told: Mapping[str, Role],
    others: Sequence[str],
    text: str,
    pieces: Sequence[Piece],
    said: Mapping[str, Sequence[Piece]],
) -> Mapping[str, Role]:
    """Tell the roles of those of whom nothing is known, where something is known of the rest."""
    roles = set(told.values())
    if len({role for who, role in told.items() if any(len(p.label or "") == 1 for p in said[who])}) == 2:
        return {}  # whoever has a name beside Q and A only interrupts
    if roles == {Role.INTERVIEWER}:
        untold = _mostly_asking(told, others, text, pieces, said) if len(others) > 1 else frozenset()
        return {who: Role.INTERVIEWEE for who in others if who not in untold}
    if roles == {Role.INTERVIEWEE} and len(others) == 1:
        return {others[0]: Role.INTERVIEWER}
    guess = _by_bearing(text, pieces, said, (*told, *others))
    return {who: guess.get(who, Role.OTHER) for who in others}


def _mostly_asking(
    told: Iterable[str],
    others: Sequence[str],
    text: str,
    pieces: Sequence[Piece],
    said: Mapping[str, Sequence[Piece]],
) -> frozenset[str]:
    """Find who may be a co-host: beside a known interviewer they ask too, in most of their turns, and talk like one."""
    everyone = (*told, *others)
    likely = likelihoods(text, {who: said[who] for who in everyone}, first=_first(pieces, said, everyone))
    asking = {who: sum(asks(text, p.start, p.end) for p in said[who]) for who in others}
    return frozenset(who for who in others if likely[who] >= EVEN and 2 * asking[who] > len(said[who]) > 1)


def _beside_hosts(
    hosting: Iterable[str],
    others: Sequence[str],
    text: str,
    pieces: Sequence[Piece],
    said: Mapping[str, Sequence[Piece]],
) -> Mapping[str, Role]:
    """Tell guests by their being beside a host; of several, whoever rather asks may be a co-host, and is no guest."""
    if len(others) == 1:
        return {others[0]: Role.INTERVIEWEE}
    seldom = {who for who in others if len(said[who]) < MIN_TURNS}  # too little to tell by, but for a question
    often = (*hosting, *(who for who in others if who not in seldom))
    likely = likelihoods(text, {who: said[who] for who in often}, first=_first(pieces, said, often))
    silent = {who for who in seldom if not any(asks(text, p.start, p.end) for p in said[who])}
    guess = _by_bearing(text, pieces, said, often)
    co_hosts = {who for who in others if guess.get(who) is Role.INTERVIEWER or likely.get(who, 0) >= SURELY_ASKS}
    answering = {who for who in others if who in silent or likely.get(who, 1) < EVEN} - co_hosts
    co_hosts -= {who for who in co_hosts if reports(said[who])}  # who tells more than is asked
    return dict.fromkeys(co_hosts, Role.INTERVIEWER) | dict.fromkeys(answering, Role.INTERVIEWEE)


def _by_bearing(
    text: str, pieces: Sequence[Piece], said: Mapping[str, Sequence[Piece]], principals: Sequence[str]
) -> Mapping[str, Role]:
    """Tell the roles by how people talk; nobody's where it doesn't show on both sides."""
    if len(principals) < 2:
        return {}
    likely = likelihoods(text, {who: said[who] for who in principals}, first=_first(pieces, said, principals))
    # Beside somebody who surely asks and somebody who surely answers, a third is told more easily: a co-host.
    clear = len(likely) > 2 and min(likely.values()) <= CLEARLY and max(likely.values()) >= 1 - CLEARLY
    asking = {who for who, p in likely.items() if p >= SURELY_ASKS}
    if clear:
        asked = {who: sum(asks(text, p.start, p.end) for p in said[who]) for who in principals}
        asking |= {who for who, p in likely.items() if p >= CO_HOST and asked[who] >= MIN_ASKED}
    answering = {who for who, p in likely.items() if p <= (CO_HOST if clear else SURELY_ANSWERS)} - asking
    if len(principals) == 2 and not (asking and answering):
        low, high = sorted(principals, key=lambda who: likely[who])
        apart = likely[high] - likely[low] >= MIN_GAP and likely[high] > EVEN > likely[low]
        asking, answering = ({high}, {low}) if apart else (set(), set())
    if not asking or not answering:
        return {}
    return dict.fromkeys(asking, Role.INTERVIEWER) | dict.fromkeys(answering, Role.INTERVIEWEE)


def _first(pieces: Sequence[Piece], said: Mapping[str, Sequence[Piece]], principals: Iterable[str]) -> str:
    """Return who speaks first among ``principals``."""
    order = {piece.start: number for number, piece in enumerate(pieces)}
    return min(principals, key=lambda who: order[said[who][0].start])
