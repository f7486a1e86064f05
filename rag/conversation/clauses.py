"""A question without its question word: what it asked for stands in its place, as "they", "that", "the laptop".

In: a question that stands alone, and the names that the interviews use. Out: the clause that another question word
may be put before: "Who built the gates?" is "did they build the gates". Nothing where its words don't tell it.
"""

from __future__ import annotations

import re

from rag.conversation.grammar import (
    ADVERB,
    AUXILIARY,
    DETERMINER,
    OF_MANY,
    PREPOSITION,
    PRONOUN,
    WH,
    definite,
    is_plural,
)
from rag.conversation.phrases import Names, phrases
from rag.conversation.verbs import is_verb, with_auxiliary
from rag.patterns import lazy

OPENING = lazy(
    rf"^(?:{PREPOSITION}\s+)?{WH}\b(?P<noun>(?:\s+(?!{AUXILIARY}\b)[\w'-]+){{0,4}}?)\s+(?P<rest>{AUXILIARY}\s+.+)$",
    re.I,
)
_HELPED = lazy(rf"(?P<auxiliary>{AUXILIARY})\s+(?P<rest>.+)$", re.I)
_DONE = lazy(rf"(?:(?:{ADVERB})\s+)*(?:be|been|being|[a-z]+ed|(?P<verb>[a-z]+))\b", re.I)
_SUBJECT = lazy(rf"(?P<wh>who|what|which|how\s+many|how\s+much)\s+(?:else\s+)?(?P<rest>(?!{AUXILIARY}\b)\w.*)$", re.I)
_IS = lazy(r"(?:is|are|was|were)\b", re.I)
_HAS = lazy(rf"(?:has|have|had|does|did)\b(?=\s+(?:{DETERMINER}|no|much|many)\s+[\w-]+$)", re.I)
"""The verb itself where nothing but a thing follows: "Who has the key?", "Who does the accounts?"."""
_HAS_ONE = lazy(r"(?P<has>has|have|had)\s+(?P<what>(?:an?|no|many|much)\s+[\w-]+(?:\s+[\w-]+)?)$", re.I)
"""The same of things: "Which city has a curfew?"."""
_ARGUMENTS = ("who", "what", "which", "how many", "how much")
_OBJECTS = {"what": "that", "who": "them", "whom": "them"}


def clause(question: str, names: Names) -> str:
    """Return a question's clause, beginning with the auxiliary; nothing where that isn't certain."""
    aside = re.search(r"\s\([^()]*\)$", question)
    if aside:
        said = clause(question[: aside.start()], names)
        return f"{said}{aside.group()}" if said else ""
    if re.match(rf"{AUXILIARY}\b", question, re.I):
        return question[:1].lower() + question[1:]
    opening = OPENING.match(question)
    if opening is None:
        return _of_subject(question, names)
    noun, rest = re.sub(r"^of\s+", "", opening.group("noun").strip(), flags=re.I), opening.group("rest")
    asked = re.sub(rf"^(?:{PREPOSITION}\s+)?({WH})\b.*", r"\1", question, flags=re.I).lower()
    helped = _HELPED.match(rest)
    if helped is None or asked == "whose":
        return ""
    if asked in _ARGUMENTS and _lacks_subject(helped, asked if not noun else "which", names):
        return _put(helped.group("auxiliary"), _stand_in(asked, noun), helped.group("rest"))
    owns = _HAS_ONE.match(rest) if noun and asked in _ARGUMENTS else None
    if owns and not is_verb(owns.group("what").split()[-1]):
        helper = {"has": "does", "have": "do", "had": "did"}[owns.group("has").lower()]
        return f"{helper} {_stand_in(asked, noun)} have {owns.group('what')}"
    if noun:
        return rest if asked == "how" else f"{rest} {_thing(asked, noun)}"
    if asked == "who" and _HAS.match(rest):
        return f"{'did' if rest.lower().startswith(('had', 'did')) else 'do'} they {_HAS.sub(_infinitive, rest)}"
    if asked in ("who", "what") and _IS.match(rest) and _is_predicate(rest, names):
        return ""
    leads = re.match(PREPOSITION, question, re.I)
    return rest if leads or asked not in _OBJECTS else _with_object(rest, _OBJECTS[asked], names)


def _put(auxiliary: str, subject: str, rest: str) -> str:
    """Return a clause whose auxiliary agrees with its subject."""
    agreeing = OF_MANY.get(auxiliary.lower(), auxiliary.lower()) if subject == "they" else auxiliary.lower()
    return f"{agreeing} {subject} {rest}"


def _infinitive(main: re.Match[str]) -> str:
    return "have" if main.group().lower().startswith("ha") else "do"


def _thing(asked: str, noun: str) -> str:
    """Return what was asked for as it is spoken of: "Which laptop ...?", then "the laptop"; many are any."""
    return noun if asked.startswith("how") else definite(noun)


def _stand_in(asked: str, noun: str) -> str:
    """Return what stands for who or what was asked for, as the subject."""
    if noun and noun.lower() != "else":
        return _thing(asked, noun)
    return "it" if asked == "what" else "they"


def _lacks_subject(helped: re.Match[str], asked: str, names: Names) -> bool:
    """Tell "was stolen" and "can join" from "was the laptop" and "can she join": what does it is what was asked for."""
    auxiliary, rest = helped.group("auxiliary"), helped.group("rest")
    if re.match(r"do|does|did", auxiliary, re.I):
        return False
    done = _DONE.match(rest)
    if re.match(rf"{PREPOSITION}\b", rest, re.I) and asked != "what":
        return True
    if done is None or names.has(rest.split()[0]) or re.match(rf"(?:{DETERMINER}|{PRONOUN})\b", rest, re.I):
        return False
    judged = asked in ("who", "which") and bool(_IS.match(auxiliary))
    return judged or done.group("verb") is None or is_verb(done.group("verb"))


def _is_predicate(rest: str, names: Names) -> bool:
    """Tell "is Tomas Breck" and "is wrong with the mouse", which are asked who or what, from "is she looking for"."""
    words = rest.split()
    first = words[1] if len(words) > 1 else ""
    if re.fullmatch(PRONOUN, first, re.I) and not (first.lower() == "her" and len(words) > 2):
        return len(words) == 2
    asked = f"what {rest}"  # without its question word, "is her dream setup" would ask whether it is so
    found = next((p for p in phrases(asked, names) if p.start == len("what ") + rest.index(" ") + 1), None)
    return (
        found is None
        or not asked[found.end :].strip()
        or bool(re.match(r"\s+(?:of|for|with|in)\b.+", asked[found.end :]))
    )


def _of_subject(question: str, names: Names) -> str:
    """Return the clause of "Who built the gates?", "Which country funds newspapers?"."""
    asked = _SUBJECT.match(question)
    if asked is None:
        return ""
    wh, words = asked.group("wh").lower(), asked.group("rest").split()
    places = [n for n, w in enumerate(words) if not re.fullmatch(ADVERB, w, re.I)]
    if wh != "who":
        places = [n for n in places if is_verb(words[n]) and (n > 0 or wh == "what") and not _bound(words, n)]
    if not places or not words[places[0]].islower():
        return ""
    at = places[0]
    noun = "" if wh == "who" else " ".join(words[:at])
    subject = _stand_in(wh, noun)
    many = wh.startswith("how") or is_plural(noun)
    said = with_auxiliary(words[at], many=many)
    if said is None:
        return ""
    adverbs = words[:at] if wh == "who" else []
    return _put(said[0], subject, " ".join([*adverbs, said[1], *words[at + 1 :]]))


def _bound(words: list[str], n: int) -> bool:
    """Tell a noun that looks like a verb by the word before it."""
    return n > 0 and bool(re.fullmatch(f"{DETERMINER}|{PREPOSITION}", words[n - 1], re.I))


def _with_object(rest: str, thing: str, names: Names) -> str:
    """Return a clause with the object that was asked for put back: "does she use that for email"."""
    words = list(re.finditer(r"\S+", rest))
    if re.search(rf"\s{PREPOSITION}$", rest, re.I):
        done = words[-2].group() if len(words) > 2 and not re.fullmatch(DETERMINER, words[-3].group(), re.I) else ""
        states = _IS.match(rest) and not is_verb(done)
        return "" if states else f"{rest} {thing}"  # "what is it about?"
    start = words[1].start() if len(words) > 1 else len(rest)
    found = next((p for p in phrases(rest, names) if p.start == start), None)
    subject = found.end if found else words[1].end() if re.fullmatch(PRONOUN, words[1].group(), re.I) else 0
    after = [w for w in words if subject and w.start() > subject and not re.fullmatch(ADVERB, w.group(), re.I)]
    helped = re.match(r"(?:do|does|did|will|would|can|could|should)\b", rest, re.I)
    if not after or not (helped or is_verb(after[0].group()) or after[0].group().endswith("ing")):
        return rest
    verb = after[0]
    following = after[1] if len(after) > 1 else None
    if following and re.fullmatch("him|her|them|me|us|it", following.group(), re.I):
        verb, following = following, after[2] if len(after) > 2 else None
    if following and not re.fullmatch(rf"{PREPOSITION}|yesterday|today|now", following.group(), re.I):
        return rest
    return f"{rest[: verb.end()]} {thing}{rest[verb.end() :]}"
