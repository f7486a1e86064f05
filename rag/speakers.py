"""Which of an interview's speakers a name that somebody tells stands for, and who can be given which role.

In: an interview, names with roles. Out: its speakers, or an error that tells who speaks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rag.datatypes import Interview, Role
from rag.errors import ParseError

MOST_LISTED = 12
"""Speakers that an error names: a parliament's record has thousands."""


def meant_by(name: str, speakers: Iterable[str]) -> list[str]:
    """Return the speakers that a name stands for: those who have it, and only where none has, those it is a part of.

    So Ann is not Joanna where there is an Ann, and an initial stands for one speaker and not for all who have the
    letter.
    """
    wanted = name.casefold()
    known = [(speaker, speaker.casefold()) for speaker in speakers]
    exact = [speaker for speaker, folded in known if folded == wanted]
    return exact or [speaker for speaker, folded in known if wanted in folded]


def who_is(name: str, interview: Interview) -> str:
    """Return the question that a name raises which none of the speakers has."""
    known = interview.speakers()
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
    alike = [name] if name in interview.speakers() else meant_by(name, interview.speakers())
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
    from rag.parsing.register import Register

    given: dict[str, Role] = {}
    for role, names in ((Role.INTERVIEWER, asking), (Role.INTERVIEWEE, answering)):
        for name in names:
            bearer = Register([name])
            bearers = [speaker for speaker in interview.speakers() if speaker in bearer]
            if not bearers and not _nameless(interview, role):
                raise ParseError(who_is(name, interview))
            for speaker in bearers:
                if given.setdefault(speaker, role) is not role:
                    raise ParseError(both(speaker))


def _nameless(interview: Interview, role: Role) -> bool:
    """Tell whether the text doesn't name a side, or nobody at all."""
    from rag.parsing.names import role_word

    said = [turn.speaker for turn in interview.turns if turn.role is role]
    return not interview.speakers() or any(who is None or role_word(who) is role for who in said)
