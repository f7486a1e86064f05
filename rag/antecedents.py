"""What the pronouns of a follow-up stand for, put in for them: "it", "there", "him", "the project".

In: a question, the questions before it, each standing alone, and the names that the interviews use. Out:
the question with the first thing that needs it filled in; itself where nothing does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.grammar import ADVERB, AUXILIARY, OWNER_MARK, PREPOSITION, WH, closed, is_verb, opened
from rag.phrases import Kind, Names, Phrase, as_thing, focus_of, things, topic

MAX_NAME_WORDS = 3
"""A person's name is not longer."""

ANAPHOR = re.compile(
    r"\b(?:(?P<owner>its|theirs?)|(?P<thing>it|them|they|these|those|this|that|both|ones?)|(?P<place>there)"
    r"|(?P<person>he|she|him|her|his|hers))(?P<mark>['\u2019](?:s|re|ll|d|ve))?\b",
    re.I,
)
_EXPLETIVE = re.compile(
    r"\bit\s+(?:is\s+|be\s+|was\s+)?(?:true|possible|important|necessary|likely|clear|hard|easy|difficult|okay|right|fair|"
    r"safe|worth|time|like\s+to|feel\s+like|make\s+sense|take\s+to)\b",
    re.I,
)
_GOING = re.compile(
    r"\b(?:go|goes|went|gone|come|comes|came|travel(?:led|s)?|move[ds]?|fly|flew|get|got|return(?:ed)?)\s+$", re.I
)
_ANYBODY = re.compile(r"\b(?:every(?:one|body)|any(?:one|body)|no(?: one|body)|some(?:one|body)|people|who)\b", re.I)
_GENERIC = re.compile(
    r"\b(?P<det>the|this|that|these|those|such)\s+(?P<head>project|programme|program|plan|company|initiative|"
    r"organi[sz]ation|book|tool|thing|event|country|countries|place|deal|agreement|treaty|centre|center|command|mission|"
    r"operation|summit|process|idea|approach|decision|device|machine|software|language|library|framework|game|podcast|"
    r"service|product|app|platform|job|role|position|meeting|visit|exercise|threat|problem|issue|topic|system|movie|film|"
    r"fund|team|group|community|models?|tablet|phone|laptop|keyboard|telescope|data|database|area|region|"
    r"conflict|war|changes?|challenge|experience|situation|statement|feature|method|technique|technology|experiment|"
    r"study|course|school|degree|thesis|person|man|woman|declaration|document)\b"
    r"(?!\s+(?:of|for|that|which|in|between|from|behind|on|she|he|they|to)\b)",
    re.I,
)
_LEANING_WORD = re.compile(r"\b(?:else|the same|instead(?! of)|next|afterwards|similar|related)\b", re.I)
_LEANING_VERB = re.compile(r"\b(?:react|respond|happen|cope|deal with|notice|find out|compare)(?:ed|s)?$", re.I)


def with_antecedents(asked: str, before: Sequence[str], names: Names) -> str:
    """Return the question with what it refers to put in for its pronouns, or beside them."""
    return _Antecedents(before, names).fill(asked)


@dataclass(frozen=True, slots=True)
class _Antecedents:
    """What may be referred to: the questions before, each standing alone."""

    before: Sequence[str]
    names: Names

    def fill(self, asked: str) -> str:
        last = opened(self.before[-1])
        bare = opened(asked)
        barred = [m.span() for m in _EXPLETIVE.finditer(bare)]
        for match in ANAPHOR.finditer(bare):
            filling = "" if any(a <= match.start() < b for a, b in barred) else self._filling(match, bare)
            if filling:
                return closed(bare[: match.start()] + filling + bare[match.end() :])
        generic = _GENERIC.search(bare)
        if generic and generic.group("head").islower() and len(things(bare, self.names)) <= 1:
            focus = focus_of(last, self.names)
            if focus and focus.lower() not in bare.lower():
                aside = re.sub(r"^(?:the|a|an)\s+", "", focus, flags=re.I)
                return closed(f"{bare[: generic.end()]} ({aside}){bare[generic.end() :]}")
        if (_LEANING_WORD.search(bare) or _LEANING_VERB.search(bare)) and not things(bare, self.names):
            focus = focus_of(last, self.names)
            if focus and focus.lower() not in bare.lower():
                return closed(f"{bare} {focus}" if bare.endswith("about") else f"{bare} ({focus})")
        return asked

    def _filling(self, match: re.Match[str], bare: str) -> str:
        """Return what to put for a pronoun; nothing where it needs no putting in."""
        word, before, after = match.group().lower(), bare[: match.start()], bare[match.end() :]
        if match.group("person"):
            person = self._person(word, bare)
            owns = word in ("his", "hers") or (word == "her" and re.match(r"\s+\w", after))
            return f"{person}'s" if person and owns else person
        if match.group("place"):
            stands = re.search(rf"\b{AUXILIARY}\s+$", before, re.I) and after.strip()
            if stands or re.match(rf"\s+{AUXILIARY}\b", after, re.I):
                return ""
            place = self._place()
            return f"{'to' if _GOING.search(before) else 'in'} {place}" if place else ""
        if not _stands_alone(word, before, after) or self._refers_inside(match, before, after):
            return ""
        plural = word in ("they", "them", "their", "theirs", "these", "those", "both", "ones")
        focus = self._antecedent(plural=plural)
        if not focus or focus.lower() in (before + after).lower():
            return ""
        if match.group("owner"):
            return f"{focus}'" if focus.endswith("s") else f"{focus}'s"
        return focus + (match.group("mark") or "")

    def _refers_inside(self, match: re.Match[str], before: str, after: str) -> bool:
        """Tell "Is Ukraine still on its way?" and "Does she say Finland knows it is safer?", which need no history."""
        subject = re.match(rf"(?:['\u2019]|\s+{AUXILIARY}\b)", after, re.I) and match.group().lower() in ("it", "they")
        if not (match.group("owner") or subject):
            return False
        return bool(_ANYBODY.search(before)) or bool(things(before, self.names))

    def _antecedent(self, *, plural: bool) -> str:
        """Return what "it" or "they" stands for: the topic of the last question that has one."""
        for last in map(opened, reversed(self.before)):
            found = things(last, self.names)
            several = [p for p in found if re.search(r"\band\b|[^s'\u2019]s$", p.text)]
            if plural and several:
                about = topic(last, self.names)
                return as_thing(about if about in several else several[-1], last, self.names)
            if found:
                return focus_of(last, self.names)
        return ""

    def _place(self) -> str:
        for last in map(opened, reversed(self.before)):
            found = [p for p in things(last, self.names) if p.kind is Kind.NAME]
            places = [p for p in found if p.before in ("in", "at", "to", "from", "of", "near")] or found
            if places:
                return OWNER_MARK.sub("", places[-1].text)
        return ""

    def _person(self, word: str, bare: str) -> str:
        """Return who "he" or "she" is, where an earlier question names somebody who doesn't speak."""
        him = word in ("he", "him", "his")
        this, that = (r"\b(?:he|him|his)\b", r"\b(?:she|hers?)\b")[:: 1 if him else -1]
        if (
            word in ("he", "she")
            and re.search(that, bare, re.I)
            and re.search(that, " ".join(self.before), re.I) is None
        ):
            return ""
        for earlier in map(opened, reversed(self.before)):
            who = re.match(r"who(?:['\u2019]s|\s+(?:is|was))\s+(?P<who>.+)$", earlier, re.I)
            if (
                who
                and not re.search(r"\b(?:its?|they|them|their|that|this)\b", who.group("who"), re.I)
                and not self.names.own(who.group("who"))
            ):
                return who.group("who")
            if re.search(this, earlier, re.I):
                return ""
            people = [p.text for p in things(earlier, self.names) if self._is_person(p)]
            if people:
                return OWNER_MARK.sub("", people[-1])
        return ""

    def _is_person(self, phrase: Phrase) -> bool:
        words = OWNER_MARK.sub("", phrase.text).split()
        return len(words) <= MAX_NAME_WORDS and any(w.lower() in self.names.people for w in words)


def _stands_alone(word: str, before: str, after: str) -> bool:
    """Tell a pronoun that stands for a thing from "she said that", "this tablet", "one of them"."""
    following = re.match(r"\s+([\w'\u2019-]+)", after)
    next_word = following.group(1) if following else ""
    if word in ("this", "that", "these", "those"):
        compared = bool(re.search(r"(?:er|est)$", next_word))
        grammar = re.fullmatch(f"{AUXILIARY}|{PREPOSITION}|{ADVERB}|and|or|first|because", next_word, re.I)
        if next_word and not (grammar or compared or is_verb(next_word)):
            return False
        opens = re.search(rf"(?:\b(?:{AUXILIARY}|{PREPOSITION}|{WH}|and|or|{ADVERB})\s+|^)$", before, re.I)
        return word != "that" or bool(opens or compared or not next_word)
    if word in ("one", "ones"):
        return bool(re.search(r"\b(?:which|that|this|the)\s+$", before, re.I))
    return not (word == "both" and next_word)
