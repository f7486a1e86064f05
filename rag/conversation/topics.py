"""What a question is about: the one of its phrases that a later question speaks of.

In: a question, and the words that the interviews write as names. Out: that phrase, as it stands and as it is
spoken of later: "Which laptop does she use?", then "the laptop".
"""

from __future__ import annotations

import re

from rag.conversation.grammar import ABOUT, TELLING, WH, definite
from rag.conversation.phrases import Kind, Names, Phrase, phrases
from rag.patterns import lazy

_ASIDE = ("in", "at", "on", "by", "since", "during", "before", "after", "under", "from", "as", "until", "than", "like")
_ASKED_FOR = lazy(r"(?:what|which)\s+(?!(?:year|time|date|day|month|one)s?\b)[\w-]+\s\([^()]+\)$", re.I)
"""What is itself asked for, of what stands beside: the model of "What model (the minister)?"."""
_AS_WHAT = lazy(r"\b(?:is|are|was|were|become|became)\s+(?!there\b)(?:[\w'\u2019.-]+\s+){1,3}$", re.I)
"""What stands before what somebody is: "Is Ann a teacher?"."""
_OF = lazy(
    r"(?:the|a|an|his|her|their)\s+(?:\w+\s+)?(?:name|purpose|goal|aim|point|cost|price|meaning|date|reasons?|role|idea|"
    r"problem|size|number|budget|location|head|author|creator|founder|status|benefits?|advantages?|future|history|"
    r"origin|difference|importance|result|effect|impact|cause|part|kind|type|requirements|main \w+)\s+"
    r"(?:of|for|behind|with|on)\s+",
    re.I,
)


def whole(phrase: Phrase, question: str, names: Names) -> str:
    """Return a noun phrase with what follows to tell which: "the summit", "the summit in Ankara"."""
    following = next((p for p in phrases(question, names) if p.start > phrase.end), None)
    if (
        phrase.kind is Kind.NOUN
        and following
        and re.fullmatch(r" (?:of|for|in|on|between) ", question[phrase.end : following.start])
    ):
        return question[phrase.start : following.end]
    return phrase.text


def topic(question: str, names: Names) -> Phrase | None:
    """Return what a question is about: the phrase that "it" would stand for in the next one."""
    found = things(question, names)
    if not found:
        return None
    aside = question.rfind("(") if question.endswith(")") else -1
    if _ASKED_FOR.match(question):
        return found[0]
    if aside >= 0 and (beside := [p for p in found if p.start > aside]):
        return beside[0]
    told = ABOUT.search(question)
    if told and re.search(rf"\b{TELLING}\b", question, re.I):
        return next((p for p in found if p.start >= told.start("topic")), found[-1])
    asked = re.match(rf"(?!how\b){WH}(?:['\u2019]s|\s+(?:is|are|was|were))\s+", question, re.I)
    if asked:
        of = _OF.match(question, asked.end())
        start = of.end() if of else asked.end()
        return next((p for p in found if p.start >= start), found[-1])
    named = [p for p in found if not (p.kind is Kind.NUMBER or is_what(p, question))] or found
    straight = [p for p in named if p.before not in _ASIDE]
    return straight[-1] if straight else named[0]


def is_what(phrase: Phrase, question: str) -> bool:
    """Tell the teacher of "Is Ann a teacher?", who is Ann."""
    return bool(re.match(r"an?\s", phrase.text, re.I) and _AS_WHAT.search(question[: phrase.start]))


def things(text: str, names: Names) -> list[Phrase]:
    """Return what a text speaks of beside the speakers."""
    return [p for p in phrases(text, names) if not names.own(p.text)]


def focus_of(question: str, names: Names) -> str:
    """Return what a question is about, as a later one speaks of it; nothing where it is about nothing."""
    about = topic(question, names)
    return as_thing(about, question, names) if about else ""


def as_thing(phrase: Phrase, question: str, names: Names) -> str:
    """Return a phrase as it is spoken of later: "Which laptop ...?", then "the laptop"."""
    if phrase.owner and names.own(phrase.owner):
        return definite(phrase.text[len(phrase.owner) :].strip())
    asked = re.match(rf"(?:what|which|whose)\s+(?:(?:kind|sort|type)\s+of\s+)?{re.escape(phrase.text)}", question, re.I)
    return definite(phrase.text) if asked else whole(phrase, question, names)


def has_aside(phrase: Phrase, question: str) -> bool:
    """Tell a thing that is named beside: the laptop of "the laptop (Nagra)"."""
    told = re.match(r"(?:the|this|that|his|her|their)\s", phrase.text, re.I)
    return bool(told and not phrase.text.endswith(" one") and re.match(r" \([^()]*\)", question[phrase.end :]))


def singular(noun: str) -> str:
    """Return a noun as it speaks of one: "ferry" for "ferries"."""
    if re.search(r"(?<!^mov)(?<!^cook)(?<![aeiou])ies$", noun, re.I):
        return f"{noun[:-3]}y"
    return noun[:-1] if re.search(r"[^s'\u2019]s$", noun) else noun
