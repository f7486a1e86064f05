"""The last question asked once more with another question word: "why?", "since when?", "how many?".

In: the question word, the last question, standing alone, and the names that the interviews use. Out: the last
question with that word; where it can't be said so, the word and what it is about: "Why (ferries)?".
"""

from __future__ import annotations

import re

from rag.conversation.clauses import OPENING, clause
from rag.conversation.grammar import ABOUT, AUXILIARY, DETERMINER, PREPOSITION, TELLING, WH, is_plural
from rag.conversation.phrases import Kind, Names, phrases
from rag.conversation.topics import focus_of
from rag.conversation.verbs import is_verb
from rag.patterns import lazy

_ASIDE = lazy(rf"^(?:{PREPOSITION}\s+)?{WH}\b(?P<asked>[^()]*)\s\((?P<about>.+)\)$", re.I)
_TOLD = lazy(rf"(?:what|how|did|does|do|tell)\b.*\b{TELLING}\b", re.I)
_OPINION = lazy(
    r"what\s+(?P<said>(?:do|does|did)\s+(?P<who>[^()]+?)\s+(?:say|think))\s+(?P<about>(?:about|of|on)\s.+)$", re.I
)
_ONLY_ABOUT = lazy(r"(?:what|how)\s+about\s+(?P<topic>.+)$", re.I)
_REQUEST = lazy(r"^(?:please\s+)?(?:tell|show|give)\s+(?:me|us)\s+(?:about\s+)?", re.I)
_DEGREE = lazy(r"how\s+(?P<degree>much|many|long|often|far|old|big|large|soon)\s+(?=\w)", re.I)
_PAYS = lazy(r"\b(?:pay|spend|earn|cost|charge|raise|invest)\b", re.I)

_NARROWS = lazy(
    r"(?:(?:why|how\s+come|what\s+for|(?:since|until)\s+when|(?:for\s+)?how\s+long)(?:\s+(?:not|so|that|then|exactly))*|"
    r"(?:before|after)\s+(?:that|this|then))\W*$",
    re.I,
)
_STANDS = (
    r"(?:(?<=when|here)\s+(?:is|was)\s+(?:it|that|this)|(?<=why)\s+(?:is|was)\s+(?:that|this)"
    r"|\s+did\s+(?:it|that)\s+happen)"
)
_NOTHING_MORE = lazy(
    rf"^(?:(?:{PREPOSITION}\s+)?{WH}{_STANDS}?\s\(.+\)|(?:which|what)\s+(?!about\b|of\b)[\w-]+(?:\s\(.+\))?)\W*$", re.I
)


def narrows(question: str, meant: str = "") -> bool:
    """Tell "why not?" and "before that?", which hold for what they were asked of, and for nothing asked of next.

    So does what is ``meant`` by no more than a question word and an aside: "When was that (Bergen)?".
    """
    return bool(_NARROWS.match(question) or _NOTHING_MORE.match(meant))


def with_question_word(
    wh: str, last: str, names: Names, *, negative: bool = False, more: str = "", typed: str = ""
) -> str:
    """Return the last question with another question word; ``more`` is what was asked beside it: "so late".

    ``typed`` is how it was asked in words of its own, where it was: "when was that".
    """
    if re.fullmatch(r"how\s+come|what\s+for", wh, re.I) and not re.match("how", last, re.I):
        wh = "why"
    beside = typed or " ".join(filter(None, (wh, "not" if negative else "", more)))
    topic = _only_topic(last)
    if topic:
        opinion = _OPINION.match(last) if beside.lower() == "why" else None
        if opinion and names.own(opinion.group("who")):
            return f"Why {opinion.group('said')} that {opinion.group('about')}"
        return f"{beside} ({topic})"
    whole = _quantity(wh, last, names) if re.fullmatch(r"how\s+(?:many|much)", wh, re.I) else _whole(wh, last, names)
    if whole and negative:
        whole = _negated(whole, names) if re.match(AUXILIARY, last, re.I) else ""
    if whole:
        return f"{wh} {whole} {more}"
    asked = re.sub(rf"^(?:{PREPOSITION}\s+)?{WH}\s+(?:(?:is|are|was|were)\s+)?", "", last, flags=re.I)
    asked = re.sub(r"\s(?:about|like|for)$", "", asked, flags=re.I)
    spoken_of = negative or re.match("how", wh, re.I) or re.match(rf"whose|{AUXILIARY}\b", last, re.I)
    about = focus_of(last, names) if spoken_of else asked
    return f"{beside} ({about})" if about else beside


def _only_topic(last: str) -> str:
    """Return what a question is about that asks no more than that: "Why (ferries)?", "What about ferries?"."""
    aside = _ASIDE.match(last)
    if aside and (_TOLD.match(last) or not re.search(rf"\b{AUXILIARY}\b", aside.group("asked"), re.I)):
        return aside.group("about")
    told = ABOUT.search(last) if _TOLD.match(last) else None
    if told:
        return told.group("topic")
    only = _ONLY_ABOUT.match(last)
    if only:
        return only.group("topic")
    asks = re.match(rf"(?:{PREPOSITION}\s+)?{WH}\b|{AUXILIARY}\b", last, re.I)
    return "" if asks else _REQUEST.sub("", last)


def _whole(wh: str, last: str, names: Names) -> str:
    """Return the clause that a question word is put before; nothing where it can't be."""
    if re.fullmatch(r"who|what|which|whom", wh, re.I) and not OPENING.match(last):
        return _of_which(wh, last, names) if re.match(AUXILIARY, last, re.I) else ""
    many = re.match(r"how\s+many\b", last, re.I) and OPENING.match(last)
    if many and many.group("noun").strip() and wh.lower() == "which":
        return f"{many.group('noun').strip()} {many.group('rest')}"
    said = clause(last, names)
    degree = _DEGREE.match(last)
    if said and degree and wh.lower() == "why" and re.match(rf"{AUXILIARY}\b", last[degree.end() :], re.I):
        aside = re.search(r"\s\([^()]*\)$", said)
        end = aside.start() if aside else len(said)
        return f"{said[:end]} so {degree.group('degree').lower()}{said[end:]}"
    return said


def _of_which(wh: str, last: str, names: Names) -> str:
    """Return what "which?" and "who?" ask after "Does she use Linux?", "Does Norway pay?"; nothing for "who uses?"."""
    asked = f"{last[:1].lower()}{last[1:]}"
    thing = next((p for p in phrases(last, names) if p.end == len(last) and not p.before), None)
    if wh.lower() != "which":
        return "" if thing else asked
    if thing is None or re.match(rf"{DETERMINER}\b", thing.text, re.I):
        return ""
    return f"{thing.text} {asked[: thing.start].rstrip()}"


def _negated(said: str, names: Names) -> str:
    """Return "does Norway not pay" for "does Norway pay", where it is sure how far its subject goes."""
    auxiliary, _, rest = said.partition(" ")
    found = next((p.end for p in phrases(rest, names) if p.start == 0), 0)
    pronoun = re.match(r"(?:he|she|it|they|you|we|i)\b", rest, re.I)
    end = pronoun.end() if pronoun else found
    return f"{auxiliary} {rest[:end]} not{rest[end:]}" if end else said


def _quantity(wh: str, last: str, names: Names) -> str:
    """Return how many of its object a question asks for: "women did she hire" for "Did she hire women?"."""
    said = re.sub(rf"^(?:{PREPOSITION}\s+)?(?:why|when|where|how|whom?)\s+(?={AUXILIARY}\b)", "", last, flags=re.I)
    many = wh.lower().endswith("many")
    if re.match(rf"{AUXILIARY}\b", said, re.I) and not re.match("is|are|was|were", said, re.I):
        found = [p for p in phrases(said, names) if p.kind is Kind.NOUN and not p.before]
        counted = found[-1] if found else None
        bare = counted and not re.match(DETERMINER, counted.text, re.I)
        verb = said[: counted.start].split()[-1] if counted else ""
        if counted and bare and is_verb(verb) and is_plural(counted.text) == many:
            return f"{counted.text} {said[:1].lower()}{said[1 : counted.start].rstrip()}{said[counted.end :]}"
    measured = _PAYS.search(clause(last, names)) or re.match(rf"how\s+{AUXILIARY}\b", last, re.I)
    return _whole(wh, last, names) if not many and measured else ""
