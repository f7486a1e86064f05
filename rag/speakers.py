"""Which of an interview's speakers a name that somebody tells stands for, and who can be given which role.

In: an interview, names with roles. Out: its speakers, or an error that tells who speaks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag.datatypes import Interview, Role
from rag.errors import ParseError
from rag.parsing.names import role_word
from rag.parsing.register import Register

MOST_LISTED = 12
"""Speakers that an error names: a parliament's record has thousands."""


def speakers(interview: Interview) -> tuple[str, ...]:
    """Return the names of all who speak, in the order they first do."""
    return tuple(dict.fromkeys(turn.speaker for turn in interview.turns if turn.speaker))


def who_is(name: str, interview: Interview) -> str:
    """Return the question that a name raises which none of the speakers has."""
    known = speakers(interview)
    if not known:
        return f"Who is {name!r}? {interview.id} doesn't tell its speakers' names."
    more = f" and {len(known) - MOST_LISTED} more" if len(known) > MOST_LISTED else ""
    return f"Who is {name!r}? The speakers of {interview.id} are: {', '.join(known[:MOST_LISTED])}{more}."


def both(name: str) -> str:
    """Return the line about somebody who was given both roles."""
    return f"{name} can't be who asks and who answers: name each after --interviewer or --interviewee, not both."


def given_roles(interview: Interview, roles: Mapping[str, Role]) -> dict[str, Role]:
    """Return the role of each speaker that is given one; ``roles`` has their names, or parts that one of them has.

    Raises:
        ParseError: nobody has such a name, or several have, or one speaker would get two roles.
    """
    given: dict[str, Role] = {}
    for name, role in roles.items():
        speaker = _meant(name, interview)
        if given.setdefault(speaker, role) is not role:
            raise ParseError(both(speaker))
    return given


def _meant(name: str, interview: Interview) -> str:
    known = speakers(interview)
    if name in known:
        return name
    alike = [s for s in known if s.lower() == name.lower()] or [s for s in known if name.lower() in s.lower()]
    if len(alike) != 1:
        raise ParseError(who_is(name, interview))
    return alike[0]


def require_speakers(interview: Interview, asking: Sequence[str], answering: Sequence[str]) -> None:
    """Refuse roles that were told of an interview for names that nobody in it has, or for one speaker both.

    Where the text itself has no names for a side (``Q``, dashes, ``Interviewer``), a name says whose side it is, and
    is known to nobody.

    Raises:
        ParseError: there is such a name.
    """
    if not (asking or answering):
        return
    given: dict[str, Role] = {}
    for role, names in ((Role.INTERVIEWER, asking), (Role.INTERVIEWEE, answering)):
        for name in names:
            bearer = Register([name])
            bearers = [speaker for speaker in speakers(interview) if speaker in bearer]
            if not bearers and not _nameless(interview, role):
                raise ParseError(who_is(name, interview))
            for speaker in bearers:
                if given.setdefault(speaker, role) is not role:
                    raise ParseError(both(speaker))


def _nameless(interview: Interview, role: Role) -> bool:
    """Tell whether the text doesn't name a side, or nobody at all."""
    said = [turn.speaker for turn in interview.turns if turn.role is role]
    return not speakers(interview) or any(who is None or role_word(who) is role for who in said)
