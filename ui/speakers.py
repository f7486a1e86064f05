"""Who asks and who answers in an interview, and which of its speakers a name that was typed stands for.

In: an interview, names. Out: lines for a person, speakers, or an error that tells who speaks.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.datatypes import Interview, Role
from rag.errors import ParseError
from rag.keeping import meant_by

MOST_LISTED = 12
"""Speakers that an error names: a parliament's record has thousands."""


def people(interview: Interview) -> str:
    """Return who asks and who answers as one line, or that it can't be told."""
    if not speakers(interview):
        return unmarked(interview)
    asking, answering = _side(interview, Role.INTERVIEWER, "ask"), _side(interview, Role.INTERVIEWEE, "answer")
    if any(turn.role is Role.INTERVIEWEE for turn in interview.turns):
        return f"{asking}, {answering}"
    known = f"{asking}, {answering}" if interview.interviewers else "who asks and who answers can't be told"
    return f"{known}; say it with onrecord update {interview.id} --interviewee NAME"


def unmarked(interview: Interview) -> str:
    """Return what follows from a source that doesn't say who speaks."""
    if interview.turns and all(turn.role is Role.OTHER for turn in interview.turns):
        return (
            "it doesn't mark who speaks, so nobody is taken for the interviewer and quotes name no speaker; "
            "if it is all one person, add it with --speaker NAME"
        )
    return "who asks and who answers is told, their names are not; add it with --interviewer NAME --interviewee NAME"


def speakers(interview: Interview) -> tuple[str, ...]:
    """Return the names of all who speak, in the order they first do."""
    return interview.speakers()


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


def meant(names: Sequence[str], interview: Interview) -> list[str]:
    """Return the speakers of an interview that these names or parts of names stand for.

    Raises:
        ParseError: nobody has such a name, or several have.
    """
    found = []
    for name in names:
        alike = meant_by(name, speakers(interview))
        if len(alike) != 1:
            raise ParseError(who_is(name, interview))
        found += alike
    return found


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
            bearers = [speaker for speaker in speakers(interview) if speaker in bearer]
            if not bearers and not _nameless(interview, role):
                raise ParseError(who_is(name, interview))
            for speaker in bearers:
                if given.setdefault(speaker, role) is not role:
                    raise ParseError(both(speaker))


def _nameless(interview: Interview, role: Role) -> bool:
    """Tell whether the text doesn't name a side, or nobody at all."""
    from rag.parsing.names import role_word

    said = [turn.speaker for turn in interview.turns if turn.role is role]
    return not speakers(interview) or any(who is None or role_word(who) is role for who in said)


def _side(interview: Interview, role: Role, verb: str) -> str:
    names = interview.speakers(role)
    if names:
        return f"{', '.join(names)} {verb}{'s' if len(names) == 1 else ''}"
    roles = {turn.role for turn in interview.turns}
    if role in roles:
        return f"somebody unnamed {verb}s"
    return f"who {verb}s can't be told" if Role.OTHER in roles else f"nobody {verb}s"
