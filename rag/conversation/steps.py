"""A step from what was just shown to what stands around it: "what was she asked next?", "what came before that?".

In: a question as typed. Out: a ``Step``; nothing for a question about something that was said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from rag.conversation.grammar import ASKERS
from rag.patterns import lazy


class Way(Enum):
    """From what was shown, where to."""

    QUESTION = auto()
    """To the question that it answers."""
    REPLY = auto()
    """To the reply to it, where it is a question."""
    NEXT_QUESTION = auto()
    EARLIER_QUESTION = auto()
    AFTER = auto()
    """To what is said next."""
    BEFORE = auto()
    """To what was said before it."""


@dataclass(frozen=True, slots=True)
class Step:
    """Where to, and about whom."""

    way: Way
    who: str = ""
    """Who is asked or speaks, where the question names somebody."""


_THAT = "(?:that|this|it)"
_THEM = "(?:he|she|they)"
_ONE = f"(?:{_THEM}|{_THAT})"
_ASKER = rf"(?:they|the (?:{'|'.join(ASKERS)})s?)"
_WHO = r"(?P<who>[\w.'’-]+(?: [\w.'’-]+){0,2}?)"
_IS = "(?:['’]s| is| was| were)"
_DID = "(?:did|does|do)"
_DOES = f"(?: is| was| {_DID})?"
_NEXT = f"(?:next|afterwards?|(?:right |just )?after {_THAT})"
_BEFORE = f"(?:previously|(?:right |just )?before(?: {_THAT})?)"
_ANSWER = "(?:answer(?:s|ed|ing)?|repl(?:y|ies|ied|ying)|respon(?:d(?:s|ed|ing)?|se))"

_FORMS = (
    (Way.NEXT_QUESTION, f"(?:what{_IS} )?(?:the )?(?:next|following) question"),
    (Way.NEXT_QUESTION, f"what{_IS} (?:{_WHO} )?(?:then )?asked {_NEXT}"),
    (Way.NEXT_QUESTION, f"what {_DID} {_ASKER} ask(?: (?:him|her|them))? {_NEXT}"),
    (Way.EARLIER_QUESTION, f"(?:what{_IS} )?(?:the )?(?:previous|preceding|prior) question"),
    (Way.EARLIER_QUESTION, f"(?:what{_IS} )?the question before(?: {_THAT}(?: one)?)?"),
    (Way.EARLIER_QUESTION, f"what{_IS} (?:{_WHO} )?asked {_BEFORE}"),
    (Way.EARLIER_QUESTION, f"what {_DID} {_ASKER} ask(?: (?:him|her|them))? {_BEFORE}"),
    (Way.QUESTION, f"what{_IS} (?:the|that|her|his|their) question(?: (?:to|for|behind) {_THAT})?"),
    (Way.QUESTION, f"(?:what{_IS} the|what|which) question(?: that)?{_DOES} {_ONE}(?: an| the)? {_ANSWER}(?: to)?"),
    (Way.QUESTION, f"what{_IS} {_ONE} (?:an? |the )?{_ANSWER}(?: to)?"),
    (Way.QUESTION, f"what had {_THEM} been asked"),
    (Way.REPLY, f"what {_DID} {_WHO} (?:answer|reply|respond|say)(?: to {_THAT})?"),
    (Way.REPLY, f"how {_DID} {_WHO} (?:answer|reply|respond)(?: (?:to )?{_THAT})?"),
    (Way.REPLY, f"(?:what{_IS} )?(?:his|her|their|the) (?:answer|reply|response)(?: to {_THAT})?"),
    (Way.AFTER, f"what {_DID} {_WHO} (?:say|add|go on to say) {_NEXT}"),
    (Way.AFTER, f"what (?:comes|came|follows|followed|is said|was said) (?:{_NEXT}|{_THAT})"),
    (Way.BEFORE, f"what {_DID} {_WHO} say {_BEFORE}"),
    (Way.BEFORE, f"what (?:comes|came|is said|was said) {_BEFORE}"),
)  # fmt: skip
_LEAD = r"(?:(?:and|but|so|ok(?:ay)?|then|now|thanks|please)[ ,.!]+)*"
_STEPS = tuple((way, lazy(rf"{_LEAD}(?:{form})(?: (?:here|there|please))?\W*$", re.I)) for way, form in _FORMS)
_PRONOUNS = frozenset(("he", "she", "they", "the interviewee", "the guest", "the speaker"))


_AGAIN = lazy(
    rf"{_LEAD}(?:(?P<on>then|(?:the )?next(?: one)?|what next|after {_THAT})"
    rf"|(?P<back>the one before(?: {_THAT})?|before {_THAT}))\W*$",
    re.I,
)
_ON = {Way.EARLIER_QUESTION: Way.NEXT_QUESTION, Way.QUESTION: Way.NEXT_QUESTION, Way.BEFORE: Way.AFTER}
_BACK = {Way.NEXT_QUESTION: Way.EARLIER_QUESTION, Way.QUESTION: Way.EARLIER_QUESTION, Way.AFTER: Way.BEFORE}


def step_of(question: str, history: Sequence[str]) -> Step | None:
    """Return the step that a question asks for after those of ``history``, if it asks for one.

    "And then?" is one after another step only.
    """
    if not history:
        return None
    plain = " ".join(question.split())
    for way, pattern in _STEPS:
        found = pattern.match(plain)
        if found:
            who = found.groupdict().get("who") or ""
            return Step(way, "" if who.lower() in _PRONOUNS else who)
    again = _AGAIN.match(plain)
    before = step_of(history[-1], history[:-1]) if again else None
    if not again or before is None or before.way is Way.REPLY:
        return None
    ways = _ON if again["on"] else _BACK
    return Step(ways.get(before.way, before.way), before.who)
