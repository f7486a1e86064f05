"""Who "he" or "she" is: somebody that the conversation speaks of, or a speaker, for whom nothing is put in.

In: the pronoun and its question, the conversation before it, the names that the interviews use. Out: the name, or the
words, for that person; nothing where it is a speaker or could be one of two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.conversation.exchanges import MEN, SOMEBODY, WOMEN, Exchange, called, is_person
from rag.conversation.grammar import AUXILIARY, DETERMINER, OWNER_MARK, PREPOSITION, TELLING
from rag.conversation.phrases import Kind, Names, Phrase, phrases
from rag.conversation.topics import is_what, things
from rag.patterns import lazy

_HE = lazy(r"\b(?:he|him|his)\b", re.I)
_SHE = lazy(r"\b(?:she|hers?)\b", re.I)
_UNNAMED = lazy(r"\b(?:its?|they|them|their|that|this)\b", re.I)
_TELLS = lazy(rf"\b(?:he|she)\s+(?:\w+\s+)?{TELLING}\s+(?:\w+\s+)?(?:about|of|on)\b", re.I)
_WHO_IS = lazy(r"who(?:['\u2019]s|\s+(?:is|was))\s+(?P<who>.+)$", re.I)
_ACTS, _ASKS = lazy(rf"\b{AUXILIARY}\s+$", re.I), lazy(r"\s+(?:\w+\s+)?ask", re.I)
_MAN, _WOMAN = lazy(rf"\b{MEN}$", re.I), lazy(rf"\b{WOMEN}$", re.I)


def introduced(question: str, names: Names) -> str:
    """Return whom "Who is ...?" asks for, where that is said by a name or a noun: not "Who is against it?"."""
    who = _WHO_IS.match(question)
    if who is None:
        return ""
    first = next((p for p in phrases(who.group("who"), names) if p.start == 0), None)
    named = first is not None and (first.kind is Kind.NAME or bool(re.match(rf"{DETERMINER}\b", first.text, re.I)))
    return who.group("who") if named or (first and first.owner) else ""


def person(word: str, bare: str, before: Sequence[Exchange], names: Names) -> str:
    """Return who "he" or "she" is, where that is somebody who doesn't speak; nothing where it is a speaker."""
    pronoun = "he" if word in ("he", "him", "his") else "she"
    this, that = (_HE, _SHE) if pronoun == "he" else (_SHE, _HE)
    asked = " ".join(e.question for e in before)
    last = _of_panel(before[-1].question, names, hosts=names.hosts)
    if last and called(last, names) == pronoun:
        return last
    if word in ("he", "she") and that.search(bare) and not that.search(asked):
        met = _introduced(before[-1], pronoun, names)
        return met if called(met, names) == pronoun else ""
    # "what did she say about ...?": the one who answers, unless somebody is known as "she"
    told = _TELLS.search(bare)
    apart = _is_another(word, bare)
    for earlier in reversed(before):
        guest = _of_panel(earlier.question, names, hosts=names.hosts if earlier is before[-1] else ())
        if guest and called(guest, names) in ("", pronoun):
            return guest
        named = _introduced(earlier, pronoun, names)
        if named:
            return named if not told or called(named, names) == pronoun else ""
        relative = "" if told else _relative(earlier.question, pronoun, this, names, owns=_owns(word, bare))
        if relative:
            return relative
        if this.search(earlier.question) and not apart:
            return ""
        people = [p.text for p in things(earlier.question, names) if is_person(p, names)]
        fitting = [p for p in people if called(p, names) in ("", pronoun)]
        if fitting:
            return OWNER_MARK.sub("", fitting[-1])
        if any(names.own(p.text) and called(p.text, names) in ("", pronoun) for p in phrases(earlier.question, names)):
            return ""
        speaks = any(this.search(e.question) for e in before)  # a speaker was "he" before: either may be
        if earlier is before[-1] and not speaks and (earlier.asks_who or that.search(asked)):
            answered = earlier.people(names, pronoun)
            sure = answered if earlier.asks_who else [p for p in answered if called(p, names) == pronoun]
            if sure:
                return sure[0] if len(sure) == 1 else ""
    return ""


def taught(asked: str, meant: str, names: Names) -> Names:
    """Return the names with what a question tells of one that was put for its pronoun: of Hald, that he is "he"."""
    same = next((n for n, (a, b) in enumerate(zip(asked.lower(), meant.lower(), strict=False)) if a != b), -1)
    he, she = (any(m.start() <= same < m.end() for m in pronoun.finditer(asked)) for pronoun in (_HE, _SHE))
    put = next((p for p in phrases(meant, names) if p.start <= same < p.end), None) if he or she else None
    if put is None or put.kind is not Kind.NAME or SOMEBODY.search(put.text):
        return names
    parts = [w.lower() for w in OWNER_MARK.sub("", put.text).split() if not names.people.get(w.lower())]
    return replace(names, people={**names.people, **dict.fromkeys(parts, "he" if he else "she")})


def _of_panel(question: str, names: Names, hosts: Sequence[str]) -> str:
    """Return the one guest of several, or host who acts, that a question names; nothing where it names two."""
    of_panel, of_hosts = ({part.lower() for name in some for part in name.split()} for some in (names.panel, hosts))

    def is_one(phrase: Phrase) -> bool:
        words = {w.lower() for w in OWNER_MARK.sub("", phrase.owner or phrase.text).split()}
        acts = _ACTS.search(question[: phrase.start]) and not _ASKS.match(question[phrase.end :])
        is_relative = phrase.owner and SOMEBODY.search(phrase.text)
        return not is_relative and (bool(words & of_panel) or bool(words & of_hosts and acts))

    named = [OWNER_MARK.sub("", p.owner or p.text) for p in phrases(question, names) if is_one(p)]
    return named[0] if len(named) == 1 else ""


def _owns(word: str, bare: str) -> bool:
    """Tell "his mother" from "him": after "his father" it is the mother of the same man."""
    return word in ("his", "hers") or bool(word == "her" and re.search(rf"\bher\s+(?!{PREPOSITION}\b)\w", bare, re.I))


def _is_another(word: str, bare: str) -> bool:
    """Tell the "him" of "did he meet him?", who is not the "he"."""
    subject = {"him": "he", "her": "she"}.get(word)
    acts = subject and re.search(rf"\b{AUXILIARY}\s+{subject}\b", bare, re.I)
    return bool(acts) and not _owns(word, bare)


def _introduced(earlier: Exchange, pronoun: str, names: Names) -> str:
    """Return who was asked for by "Who is ...?", by the name in the answer where the question has none."""
    who = introduced(earlier.question, names)
    if not who or _UNNAMED.search(who) or names.own(who) or called(who, names) not in ("", pronoun):
        return ""
    this, surely = (_HE, _MAN) if pronoun == "he" else (_SHE, _WOMAN)
    if this.search(who) and not surely.search(who):
        return ""  # of "her adviser", "she" may be either
    if any(p.kind is Kind.NAME and p.start == 0 for p in things(who, names)):
        return who
    answered = earlier.people(names, pronoun)
    return answered[0] if len(answered) == 1 else who


def _relative(question: str, pronoun: str, this: re.Pattern[str], names: Names, *, owns: bool) -> str:
    """Return somebody spoken of as somebody's, or as what they are: "his father", "the mayor".

    Where the pronoun ``owns`` something, only a relative who can't be taken for the one whose relative it is.
    """
    other, same = (_WOMAN, _MAN) if pronoun == "he" else (_MAN, _WOMAN)
    found = [p for p in things(question, names) if SOMEBODY.search(p.text) and not is_what(p, question)]
    fitting = [p for p in found if not other.search(p.text)]
    if len(fitting) != 1 or not (fitting[0].owner or re.match(rf"{DETERMINER}\b", fitting[0].text, re.I)):
        return ""
    one = fitting[0]
    if this.search(question[: one.start] + question[one.end :]):
        return ""
    # "his boss", then "he": the boss or the one whose boss it is; "his father" is more surely the father
    whose = OWNER_MARK.sub("", one.owner)
    known = any(w in names.people for w in whose.lower().split())
    either = bool(this.search(one.text)) or (known and called(whose, names) in ("", pronoun))
    surely = bool(same.search(one.text))
    return one.text if (surely and not either if owns else surely or not either) else ""
