"""Who leads, reports, presides or only writes down, by the label itself or by what stands beside the name.

In: each speaker's turns. Out: the roles that an office gives, or takes away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rag.datatypes import Role
from rag.parsing.names import hosting, presiding, reporting
from rag.parsing.turns import Piece


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


def without_beside(said: Mapping[str, Sequence[Piece]], roles: Mapping[str, Role]) -> Mapping[str, Role]:
    """Don't take a reporter or a chairman for an interviewee beside people who are interviewed."""
    beside = {
        who
        for who, role in roles.items()
        if role is Role.INTERVIEWEE and (presiding(who) or any(reporting(p.description) for p in said[who]))
    }
    answering = {who for who, role in roles.items() if role is Role.INTERVIEWEE} - beside
    return {who: role for who, role in roles.items() if who not in beside} if answering else roles


def court_reporter(label: str, labels: Iterable[str]) -> bool:
    """Tell who only writes down: beside Q and A, ``THE REPORTER`` asks nothing of the witness."""
    return label.casefold().endswith("reporter") and {"Q", "A"} <= set(labels)
