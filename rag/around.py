"""What stands around a quote: the question that it answers, what was asked and said before it and after it.

In: a quote that was shown, and the step to take from it. Out: the quote that the step leads to, and in words what it
is; only the words where nothing stands there.
"""

from __future__ import annotations

from collections.abc import Iterable

from rag import asked
from rag.conversation.steps import Step, Way
from rag.datatypes import Quote, Role
from rag.quotation import people_named
from rag.selection import onwards, up_to

NOTES = {
    Way.QUESTION: "The question that it answers:",
    Way.REPLY: "The reply to it:",
    Way.NEXT_QUESTION: "What was asked next:",
    Way.EARLIER_QUESTION: "What was asked before:",
    Way.AFTER: "What comes next:",
    Way.BEFORE: "What comes before:",
}
_NOTHING = {
    Way.QUESTION: "Nothing was asked before.",
    Way.NEXT_QUESTION: "Nothing more was asked.",
    Way.EARLIER_QUESTION: "Nothing was asked before.",
    Way.AFTER: "Nothing more was said.",
    Way.BEFORE: "Nothing was said before.",
}


def around(shown: Quote, step: Step) -> tuple[Quote | None, str] | None:
    """Return what ``step`` leads to from what was ``shown``, and a note on it; None where there is no such step.

    That is a question to a question, a reply to what asks nothing, and a step to somebody who doesn't speak.
    """
    guest = _guest(shown, step.who)
    if step.who and guest is None:
        return None
    asks = shown.role is Role.INTERVIEWER
    if step.way is (Way.QUESTION if asks else Way.REPLY):
        return None
    if step.way is Way.QUESTION:
        found = _question_to(shown)
    elif step.way is Way.REPLY:
        found = asked.reply(shown, (guest,) if guest else ())
    elif step.way is Way.NEXT_QUESTION:
        found = _first_asked(range(shown.turn + 1, len(shown.interview.turns)), shown, guest)
    elif step.way is Way.EARLIER_QUESTION:
        question = shown if asks else _question_to(shown)
        found = _first_asked(reversed(range(question.turn if question else 0)), shown, guest)
    elif step.way is Way.AFTER:
        found = _said_next(shown, guest)
    else:
        found = _said_before(shown, guest)
    if found is None:
        nothing = _NOTHING.get(step.way)
        return (None, nothing) if nothing else None
    return found, NOTES[step.way]


def _guest(shown: Quote, named: str) -> str | None:
    """Return who is meant: the one ``named``, never one of two; else who speaks in what was shown, if it is a guest."""
    if named:
        people = people_named(named, shown.interview.speakers())
        return people[0] if len(people) == 1 else None
    return None if shown.role is Role.INTERVIEWER else shown.speaker


def _question_to(shown: Quote) -> Quote | None:
    """Return the last question before a quote: "Mm-hm." asks nothing."""
    return _first_asked(reversed(range(shown.turn)), shown, None)


def _first_asked(turns: Iterable[int], shown: Quote, guest: str | None) -> Quote | None:
    """Return what is asked in the first of ``turns`` in which ``guest``, or anybody, is asked something."""
    questions = (asked.asking(shown.interview, n) for n in turns if _is_interviewers(shown, n))
    return next((q for q in questions if q and (guest is None or asked.is_put_to(q, guest))), None)


def _is_interviewers(shown: Quote, turn: int) -> bool:
    return shown.interview.turns[turn].role is Role.INTERVIEWER


def _said_next(shown: Quote, guest: str | None) -> Quote | None:
    """Return what ``guest``, or whoever isn't an interviewer, says next: in the same turn, or in a later one."""
    interview = shown.interview
    rest = onwards(interview, shown.turn, shown.end) if _speaks(shown, shown.turn, guest) else None
    later = (n for n in range(shown.turn + 1, len(interview.turns)) if _speaks(shown, n, guest))
    return rest or next(filter(None, (onwards(interview, n, interview.turns[n].start) for n in later)), None)


def _said_before(shown: Quote, guest: str | None) -> Quote | None:
    """Return what ``guest``, or whoever isn't an interviewer, says before: in the same turn, or in an earlier one."""
    interview = shown.interview
    rest = up_to(interview, shown.turn, shown.start) if _speaks(shown, shown.turn, guest) else None
    earlier = (n for n in reversed(range(shown.turn)) if _speaks(shown, n, guest))
    return rest or next(filter(None, (up_to(interview, n, interview.turns[n].end) for n in earlier)), None)


def _speaks(shown: Quote, turn: int, guest: str | None) -> bool:
    speaker, role = shown.interview.turns[turn].speaker, shown.interview.turns[turn].role
    return speaker == guest if guest else role is not Role.INTERVIEWER
