"""What the pronouns of a follow-up stand for, put in for them: "it", "there", "him", "the project".

In: a question, the conversation before it, and the names that the interviews use. Out: the question with what
needs it filled in; itself where nothing does. What an earlier question names is preferred to
what its answer names, and nothing is filled in that could be one of several people.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.conversation.exchanges import Exchange, is_person, is_somebody
from rag.conversation.grammar import (
    AUXILIARY,
    DETERMINER,
    EXPLETIVE,
    GENERIC,
    OF_MANY,
    OWNER_MARK,
    PREPOSITION,
    TELLING,
    closed,
    definite,
    is_had,
    is_plural,
    opened,
    stands_for_something,
)
from rag.conversation.leaning import REACTING, leans, leant_on, lent, stands_for_deed
from rag.conversation.persons import introduced
from rag.conversation.persons import person as who_is
from rag.conversation.phrases import Kind, Names, Phrase, phrases
from rag.conversation.topics import as_thing, focus_of, has_aside, singular, things, topic
from rag.conversation.verbs import is_verb
from rag.patterns import lazy

_UNSURE = "\0"
"""What is put in for a pronoun that doesn't agree with what it may stand for: that, but in parentheses."""
FEW = 6
"""A longer one that names something is left as it is, where what its "it" stands for isn't certain."""

ANAPHOR = lazy(
    r"\b(?:(?P<owner>its|theirs?)|(?P<thing>it|them|they|these|those|this|that|both|ones?)|(?P<place>there)"
    r"|(?P<person>he|she|him|her|his|hers))(?P<mark>['\u2019](?:s|re|ll|d|ve))?\b",
    re.I,
)
_GOING = lazy(
    r"\b(?:go|goes|went|gone|come|comes|came|travel(?:led|s)?|move[ds]?|fly|flew|get|got|return(?:ed)?)\s+$", re.I
)
_ANYBODY = lazy(
    r"\b(?:(?:every|any|some)(?:one|body)|no(?: one|body)|people|who(?!\s+(?:is|was|are|were)\b))\b",
    re.I,
)
_WHERE = ("in", "at", "to", "from", "of", "near")
_DEED = lazy(rf"\bwho\s+(?:did|does)\s+$|\b(?:{AUXILIARY}|to)\s+(?:[\w'\u2019-]+\s+){{0,2}}do\s+$", re.I)
"""What is done before an "it" is a deed, which no thing can be put for: "who did it?", "how did she do it?"."""
_THEY = lazy(r"\b(?:they|them|theirs?)\b", re.I)
_OWNED = lazy(r"(?:his|her|its|their)\s+\w|(?:both|all|some|most|any|none|each)\s+of\s+(?:them|these|those)$", re.I)
_TELLS = lazy(r"\s+(?:say|tell|mention|cover|discuss|talk)s?\b", re.I)
_INTERVIEW = lazy(
    r"\b(?:this|the|an?)\s+(?:interview|article|text|transcript|podcast|episode|conversation|recording)\b", re.I
)
"""What says something itself, where "it" does."""
_MUTUAL = lazy(r"\b(?:talk|speak|chat|argue|agree|disagree|discuss|meet|marry)\b", re.I)
"""What several people do with each other."""
_WHICH_ONE = lazy(rf"\b{DETERMINER}\s+\w+\s+$", re.I)
"""What looks like a verb before "one": "the last one"."""
_WANTED = lazy(
    rf"what\s+{AUXILIARY}\s+(?:he|she|they|the\s+\w+)\s+(?:(?:really|actually|usually|first)\s+)?(?!{TELLING}\b|do\b|ask\b)\w+$",
    re.I,
)
"""What asks for a thing that only the answer names; "it" is that one."""
_CLAUSE = lazy(r"\b(?:when|before|after|once|until|while|if|though|although|because)\s+$", re.I)


def owner_filled(phrase: str, before: Sequence[Exchange], names: Names) -> str:
    """Return "her mother" with the name of somebody who was spoken of; itself where nobody else is meant."""
    filled = opened(_Antecedents(before, names).fill(phrase)) if _OWNED.match(phrase) else phrase
    return filled if filled.lower() != phrase.lower() else phrase


def with_antecedents(asked: str, before: Sequence[Exchange], names: Names) -> str:
    """Return the question with what it refers to put in for its pronouns, or beside them."""
    return _Antecedents(before, names).fill(asked)


@dataclass(frozen=True, slots=True)
class _Antecedents:
    """What may be referred to: what was asked and answered before."""

    before: Sequence[Exchange]
    names: Names

    def fill(self, asked: str) -> str:
        bare = opened(asked)
        one_of = re.match(r"which\s+(?:one|of\s+(?:them|these|those|the\s+two))(?=\s)", bare, re.I)
        two = self._with_one_before(len(self.before) - 1) if one_of else ""
        if one_of and " and " in two:
            return closed(f"Which of {two}{bare[one_of.end() :]}")
        filled, unsure = self._filled(bare)
        if filled != bare:
            beside = lent(self.before, self.names) if REACTING.search(filled) and leans(filled, self.names) else ""
            return closed(f"{filled} ({beside})" if beside and beside.lower() not in filled.lower() else filled)
        which = re.match(r"which\s+(?=(?:is|are|was|were)\b)", bare, re.I)
        if which and (of := lent(self.before, self.names)):
            return closed(f"Which of {of} {bare[which.end() :]}")
        generic = GENERIC.search(bare)
        if generic and generic.group("head").islower() and len(things(bare, self.names)) <= 1:
            focus = lent(self.before, self.names)
            if focus and focus.lower() not in bare.lower():
                aside = re.sub(r"^(?:the|a|an)\s+", "", focus, flags=re.I)
                return closed(f"{bare[: generic.end()]} ({aside}){bare[generic.end() :]}")
        unsure = unsure and (len(bare.split()) <= FEW or not things(bare, self.names))
        focus = leant_on(bare, self.before, self.names) if unsure or leans(bare, self.names) else ""
        if focus and focus.lower() not in bare.lower():
            return closed(
                f"{bare} {focus}" if bare.endswith("about") and not _THEY.search(bare) else f"{bare} ({focus})"
            )
        return asked

    def _filled(self, bare: str) -> tuple[str, bool]:
        """Return a question with its pronouns put in words, each once, and whether one is left that needs it."""
        barred = [m.span() for m in EXPLETIVE.finditer(bare)]
        filled, at, unsure = "", 0, False
        for match in ANAPHOR.finditer(bare):
            filling = "" if any(a <= match.start() < b for a, b in barred) else self._filling(match, bare)
            if filling == _UNSURE:
                unsure = True
            elif filling and OWNER_MARK.sub("", filling).lower() not in filled.lower():
                filled, at = filled + bare[at : match.start()] + filling, match.end()
        return filled + bare[at:], unsure

    def _filling(self, match: re.Match[str], bare: str) -> str:
        """Return what to put for a pronoun; nothing where it needs no putting in."""
        word, before, after = match.group().lower(), bare[: match.start()], bare[match.end() :]
        if match.group("person"):
            somebody = who_is(word, bare, self.before, self.names)
            if somebody.lower() in bare.lower():
                return ""
            owns = word in ("his", "hers") or (word == "her" and re.match(r"\s+\w", after))
            return f"{somebody}'s" if somebody and owns else somebody
        if match.group("place"):
            stands = re.search(rf"\b{AUXILIARY}\s+$", before, re.I) and after.strip()
            if stands or re.match(rf"\s+{AUXILIARY}\b", after, re.I):
                return ""
            place = self._place()
            return f"{'to' if _GOING.search(before) else 'in'} {place}" if place else ""
        if word == "it" and _TELLS.match(after) and any(_INTERVIEW.search(e.question) for e in self.before):
            return ""
        if not stands_for_something(word, before, after) or self._refers_inside(match, before, after):
            return ""
        if word in ("it", "this", "that") and not after and stands_for_deed(bare, self.before[-1].question, self.names):
            return _UNSURE
        if word in ("it", "this", "that") and _DEED.search(before) and not any(map(is_verb, after.split()[:1])):
            return _UNSURE
        if word in ("one", "ones"):
            owned = word == "one" and is_had(before) and not _WHICH_ONE.search(before)
            head = self._head(before, many=word == "ones", entire=owned)
            return f"{'an' if head[0] in 'aeiou' else 'a'} {head}" if owned and head and "(" not in head else head
        if word in ("this", "that") and re.search(r"\b(?:before|after)\s+$", before, re.I):
            return lent(self.before, self.names)
        focus = self._antecedent(plural=word in ("they", "them", "their", "theirs", "these", "those", "both"))
        if focus and word in ("they", "them") and not self._may_be_several(focus, bare):
            return _UNSURE
        if not focus or focus == _UNSURE or focus.lower() in (before + after).lower():
            return focus if focus == _UNSURE else ""
        if match.group("owner"):
            return f"{focus}'" if focus.endswith("s") else f"{focus}'s"
        if re.search(r"\bof\s+$", before, re.I) and is_plural(focus) and self.names.kind(focus) is Kind.NOUN:
            return definite(focus)
        return focus + _written_out(match.group("mark") or "", focus, after)

    def _may_be_several(self, focus: str, bare: str) -> bool:
        """Tell what "they" may stand for: several, and people where they talk or agree."""
        if re.search(r"\sand\s", focus):
            return True
        found = phrases(focus, self.names)
        people = not found or found[0].kind is Kind.NAME or is_somebody(found[0], self.names)
        return is_plural(re.split(rf"\s{PREPOSITION}\s", focus)[0]) and (people or not _MUTUAL.search(bare))

    def _head(self, before: str, *, many: bool, entire: bool) -> str:
        """Return the noun that "one" stands for: "which one?", "the large one"; ``entire`` for "have one"."""
        for earlier in reversed(self.before):
            asked = re.match(rf"(?:what|which)\s+(?P<noun>[\w-]+)\s+{AUXILIARY}\b", earlier.question, re.I)
            found = [p for p in things(earlier.question, self.names) if p.kind is not Kind.NUMBER]
            about = (
                next((p for p in found if asked and p.text == asked.group("noun")), None)
                or next((p for p in found if has_aside(p, earlier.question)), None)
                or topic(earlier.question, self.names)
            )
            if about is None or about not in found:
                continue
            noun = OWNER_MARK.sub("", about.text).split()[-1]
            if entire:
                noun = re.sub(rf"^{DETERMINER}\s+", "", OWNER_MARK.sub("", about.text), flags=re.I)
            if about.kind is Kind.NAME and not noun.islower():
                if many and noun.endswith("s"):
                    return about.text
                which = entire or re.search(r"\bwhich\s+$", before, re.I)
                return f"one ({noun if entire else about.text})" if which else ""
            if not many and noun.endswith("ses"):
                return f"one ({noun})"
            return noun if many else singular(noun)
        return ""

    def _refers_inside(self, match: re.Match[str], before: str, after: str) -> bool:
        """Tell "Is Ukraine still on its way?" and "Does she say Finland knows it is safer?", which need no history."""
        clause = match.group().lower() in ("it", "they") and _CLAUSE.search(before)
        if clause and any(not is_somebody(p, self.names) for p in things(before, self.names)):
            return True
        subject = re.match(rf"(?:['\u2019]|\s+{AUXILIARY}\b)", after, re.I) and match.group().lower() in ("it", "they")
        if not (match.group("owner") or subject):
            return False
        spoken_of = things(before, self.names) and (match.group("owner") or any(map(is_verb, before.split())))
        return bool(_ANYBODY.search(before)) or bool(spoken_of)

    def _antecedent(self, *, plural: bool) -> str:
        """Return what "it" or "they" stands for: what the last exchange that has something to stand for is about."""
        for n in reversed(range(len(self.before))):
            meant = self._several(n) if plural else self._one(n)
            if meant or (n == len(self.before) - 1 and _WANTED.match(self.before[n].question)):
                return meant
            if plural and _THEY.search(self.before[n].question):
                return ""
        last = self.before[-1].question
        about = topic(last, self.names)
        if plural or about is None or is_somebody(about, self.names):
            return ""
        return _UNSURE if about.kind is Kind.NUMBER else focus_of(last, self.names)

    def _several(self, n: int) -> str:
        """Return what "they" stands for after the exchange at ``n``."""
        earlier = self.before[n]
        question = earlier.question
        found = things(question, self.names)
        several = [p for p in found if re.search(r"\band\b", p.text) or is_plural(p.text)]
        about = topic(question, self.names)
        if several:
            return as_thing(about if about in several else several[-1], question, self.names)
        people = earlier.people(self.names, "") if earlier.asks_who else []
        if len(people) > 1:
            return " and ".join(people)
        met = [who for e in self.before[max(0, n - 1) : n + 1] if (who := introduced(e.question, self.names))]
        if len(met) > 1:
            return " and ".join(met)
        if met or _THEY.search(question) or about is None or about.before in _WHERE:
            return ""
        return "" if is_person(about, self.names) else self._with_one_before(n)

    def _with_one_before(self, n: int) -> str:
        """Return two names that two questions in a row were about, as "they"; else the one that the last was about."""
        one = focus_of(self.before[n].question, self.names)
        first = topic(self.before[n - 1].question, self.names) if n else None
        about = topic(self.before[n].question, self.names)
        named = first is not None and about is not None and first.kind is about.kind is Kind.NAME
        if first is None or about is None or not named or first.text in one or is_person(first, self.names):
            return one
        if bool(first.owner) == bool(about.owner):
            return f"{first.text} and {one}"
        # of a country and another's share, "they" are the countries
        return " and ".join(OWNER_MARK.sub("", p.owner or p.text) for p in (first, about))

    def _one(self, n: int) -> str:
        """Return what "it" stands for after the exchange at ``n``: no number and nobody, many things only at need."""
        earlier = self.before[n]
        question = earlier.question
        kept = self._one(n - 1) if n and earlier.followed else ""
        if kept and kept.lower() in question.lower():
            return kept
        about = topic(question, self.names)
        if about is None or about.kind is Kind.NUMBER or is_somebody(about, self.names):
            return earlier.thing(self.names)
        lent = focus_of(question, self.names)
        one = re.search(r"\b(?:is|was|does|has)\s+$", question[: about.start], re.I)  # "the lens"
        if about.kind is Kind.NOUN and is_plural(about.text) and not one:
            single = [p for p in things(question, self.names) if self._is_single(p)]
            if len(single) == 1:
                return as_thing(single[0], question, self.names)
            return (earlier.thing(self.names) if earlier.asks_what else "") or _UNSURE
        if about.kind is Kind.NAME and about.before in _WHERE and about.before != "of":
            return _UNSURE
        if earlier.asks_what and re.match(rf"(?:what|which)\s+{re.escape(about.text)}\b", question, re.I):
            name = earlier.thing(self.names)
            return f"{lent} ({name})" if name else lent
        return lent

    def _is_single(self, phrase: Phrase) -> bool:
        """Tell one thing by its article: "the Leeds pilot", which "it" is rather than the patients in it."""
        one = re.match(r"(?:the|an?)\s", phrase.text, re.I) and not is_plural(phrase.text)
        return bool(one) and not is_somebody(phrase, self.names)

    def _place(self) -> str:
        """Return where "there" is."""
        for earlier in reversed(self.before):
            found = [p for p in things(earlier.question, self.names) if p.kind is Kind.NAME]
            placed = [p for p in found if p.before in _WHERE]
            if placed:
                return OWNER_MARK.sub("", placed[-1].text)
            if re.match("where", earlier.question, re.I):
                return earlier.thing(self.names)
            if found:
                return OWNER_MARK.sub("", found[-1].text)
        return ""


def _written_out(mark: str, focus: str, after: str) -> str:
    """Return the verb that is cut short after a pronoun, which after a noun would read as an owner's mark."""
    if mark[1:].lower() != "s":
        return {"re": " are", "ll": " will", "ve": " have"}.get(mark[1:].lower(), mark)
    verb = "has" if re.match(r"\s+(?:been|got|had|become)\b", after, re.I) else "is"
    return f" {OF_MANY[verb] if is_plural(focus) else verb}"
