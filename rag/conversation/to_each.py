"""A question for who did something, as it would be put to each of several guests.

In: "Who worked in the bakery?". Out: "Did you work in the bakery?": those who tell of themselves say "I", and the name
that the question is for stands nowhere in their words.
"""

from __future__ import annotations

import re

from rag.conversation.grammar import AUXILIARY, DETERMINER, OF_MANY, PREPOSITION, PRONOUN, TELLING
from rag.conversation.verbs import is_verb, with_auxiliary
from rag.patterns import lazy

_CALLED = r"(?:people|persons?|speakers?|guests?|interviewees?|narrators?|women|men)"
_GUESTS = rf"(?:them|these|those|you|(?:all\s+)?(?:the|these|those)\s+{_CALLED})"
_WHO = lazy(
    rf"^\W*(?:who(?:\s+(?:all|else|(?:among|of)\s+{_GUESTS}))?|which\s+(?:(?:ones?\s+)?of\s+{_GUESTS}|{_CALLED}))\s+"
    r"(?:(?P<adverb>also|ever|never|once|actually|already|still)\s+)?(?P<verb>[a-z]+)(?:\s+(?P<rest>\S.*?))?\W*$",
    re.I,
)
_NO_VERB = lazy(rf"(?:{PREPOSITION}|{DETERMINER}|{PRONOUN}|{TELLING})$")
"""Who says something is found as what somebody said."""
_SUBJECT = lazy(rf"^(?:(?:{PRONOUN}|his|her|their|my|your|our)\b|[A-Z])")
"""What stands first where it is asked whom somebody met, or who somebody is."""


def put_to_each(question: str) -> str | None:
    """Return the question as put to one who may have done it; None where it isn't for who did something."""
    found = _WHO.match(question)
    if not found:
        return None
    verb, rest = found["verb"].lower(), found["rest"] or ""
    if re.fullmatch(AUXILIARY, verb):
        defined = verb in {"is", "are"} and rest.lower().startswith("the ")
        if not rest or verb in {"do", "does", "did"} or defined or _SUBJECT.match(rest):
            return None
        auxiliary, said = verb, rest
    else:
        told = with_auxiliary(verb, many=False) if is_verb(verb) or verb.endswith(("ed", "s")) else None
        if told is None or _NO_VERB.match(verb):
            return None
        auxiliary, said = told[0], f"{told[1]} {rest}".strip()
    adverb = f"{found['adverb']} " if found["adverb"] else ""
    return f"{OF_MANY.get(auxiliary, auxiliary).capitalize()} you {adverb}{said}?"
