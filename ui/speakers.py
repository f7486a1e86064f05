"""Who asks and who answers in an interview: the interview in, lines for a person out."""

from __future__ import annotations

from rag.datatypes import Interview, Role


def people(interview: Interview) -> str:
    """Return who asks and who answers as one line, or that it can't be told."""
    if not interview.speakers():
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


def _side(interview: Interview, role: Role, verb: str) -> str:
    names = interview.speakers(role)
    if names:
        return f"{', '.join(names)} {verb}{'s' if len(names) == 1 else ''}"
    roles = {turn.role for turn in interview.turns}
    if role in roles:
        return f"somebody unnamed {verb}s"
    return f"who {verb}s can't be told" if Role.OTHER in roles else f"nobody {verb}s"
