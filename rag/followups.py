"""A follow-up question made to stand alone, with what the questions before it lend it.

In: a question, the questions before it, and the names that the interviews use. Out: the question that was
meant: "and Ukraine's?" after "What is Finland's role?" is "What is Ukraine's role?". Rules, no model: a
question that has a topic of its own is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.phrases import (
    ABOUT,
    ADVERB,
    AUXILIARY,
    DETERMINER,
    NUMBER,
    OWNER_MARK,
    PREPOSITION,
    TELLING,
    WH,
    Kind,
    Names,
    Phrase,
    is_verb,
    phrases,
    topic,
    whole,
)

FRAGMENT_WORDS = 6
"""A longer text is a question of its own, whatever it lacks."""
MAX_NAME_WORDS = 3
"""A person's name is not longer."""

_LEAD = re.compile(
    r"^(?:(?:and|but|or|so|ok(?:ay)?|well|right|yes|no|hm+|oh|also|then|now|thanks|thank you|great|cool|interesting)"
    r"[\s,.:!-]+)+",
    re.I,
)
_WHAT_ABOUT = re.compile(
    r"^(?:what|how)\s+about\s+|^what\s+of\s+|^(?:the\s+)?same\s+(?:question\s+)?(?:for|about|with)\s+|^how\s+is\s+it\s+for\s+",
    re.I,
)
_MORE = re.compile(
    r"^(?:(?:can|could|would)\s+you\s+)?(?:please\s+)?(?:(?:tell|say|give|show)\s+(?:me\s+|us\s+)?(?:some\s+)?more"
    r"(?:\s+(?:details?|about\s+(?:it|that|this|them)))?|(?:any(?:thing)?|what|something)\s+(?:else|more)"
    r"(?:\s+(?:about|on)\s+(?:it|that|this|them))?|(?:any\s+)?(?:more\s+)?details?|go\s+on|continue|elaborate(?:\s+on\s+"
    r"(?:it|that|this))?|expand\s+on\s+(?:it|that|this)|more|(?:for\s+)?examples?|for\s+instance|such\s+as|like\s+what|"
    r"in\s+what\s+(?:way|sense)|really|is\s+that\s+(?:so|true|all|right)|are\s+you\s+sure|meaning)(?:\s+please)?\W*$",
    re.I,
)
_BARE = re.compile(
    rf"^(?P<wh>(?:(?:since|until|from|to|for|with|by|in|at|on)\s+)?(?:{WH}|(?:what|which)\s+(?:year|time|date|day|"
    rf"country|city|place)))(?P<negative>\s+not)?(?:\s+(?:ones?|so(?:\s+\w+)?|exactly|then|that|though|(?:is|was)\s+(?:that|it|"
    rf"this)|(?:are|were)\s+they|did\s+(?:it|that)\s+happen))?\W*$",
    re.I,
)
_OTHER_THING = re.compile(
    rf"^(?:which|what)\s+(?P<noun>(?!{AUXILIARY}\b|else\b|about\b|of\b|if\b)[\w'-]+(?:\s+(?!{AUXILIARY}\b)[\w'-]+)?)\W*$",
    re.I,
)
_OPENING = re.compile(
    rf"^(?:{PREPOSITION}\s+)?{WH}\b(?P<noun>(?:\s+(?!{AUXILIARY}\b)[\w'-]+){{0,4}}?)\s+(?P<rest>{AUXILIARY}\s+.+)$",
    re.I,
)
_ORDER = re.compile(r"(?:tell|show|give|list|explain|describe|summari[sz]e|find|quote|name|i|please)\b", re.I)
_TIME = re.compile(
    rf"^(?:{PREPOSITION}\s+)?(?:(?:last|next|this|that|the\s+(?:first|last|next|same))\s+(?:day|week|month|year|spring|"
    r"summer|autumn|fall|winter|time|decade|century)|yesterday|today|now|tomorrow)$",
    re.I,
)
_ANAPHOR = re.compile(
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
_ATTRIBUTE = re.compile(
    r"(?:(?:the|a|its|their|any|some|main)\s+)*(?:cost|price|budget|name|purpose|goal|aim|size|location|date|deadline|"
    r"length|duration|members?|advantages?|disadvantages?|benefits?|downsides?|drawbacks?|upsides?|pros(?: and cons)?|"
    r"cons|limitations?|limits?|risks?|reasons?|causes?|results?|effects?|impact|outcome|consequences?|details?|status|"
    r"origin|history|future|author|creators?|founders?|meaning|importance|role|problems?|challenges?|alternatives?)$",
    re.I,
)
_LEANING_WORD = re.compile(r"\b(?:else|the same|instead(?! of)|next|afterwards|similar|related)\b", re.I)
_LEANING_VERB = re.compile(r"\b(?:react|respond|happen|cope|deal with|notice|find out|compare)(?:ed|s)?$", re.I)


def stand_alone(question: str, history: Sequence[str], names: Names) -> str:
    """Return the question with what it refers to put in; itself where it has a topic of its own.

    The earlier questions are made to stand alone first, so that a chain of follow-ups holds.
    """
    before: list[str] = []
    for earlier in history:
        before.append(_Asked(before, names).resolve(earlier))
    return _Asked(before, names).resolve(question)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A conversation: the questions before, each standing alone."""

    before: Sequence[str]
    names: Names

    def resolve(self, question: str) -> str:
        asked = " ".join(question.split())
        if not self.before or not asked:
            return asked
        core = _LEAD.sub("", asked) or asked
        bare, led = _open(core), core != asked
        last = _open(self.before[-1])
        if _MORE.match(core):
            return _close(last)
        wh = _BARE.match(core)
        if wh:
            return _close(self._with_wh(wh.group("wh"), last, negative=bool(wh.group("negative"))))
        other = _OTHER_THING.match(core)
        opening = _OPENING.match(last)
        if other and opening and opening.group("noun").strip() and not re.match("how", last, re.I):
            return _close(f"{bare} {opening.group('rest')}")
        if other or re.match(r"how\s+(?:many|much)\s+[\w-]+\W*$", core, re.I):
            focus = self._focus(last)
            return _close(f"{bare} ({focus})" if focus else bare)
        about = _WHAT_ABOUT.match(core)
        if about:
            return _close(self._with_phrase(bare[about.end() :], last))
        if self._is_fragment(core, led):
            return _close(self._with_phrase(bare, last))
        return self._with_antecedents(core if led else asked, last)

    def _is_fragment(self, core: str, led: bool) -> bool:
        """Tell "and Ukraine's?" and "in Sweden?" from a question of its own."""
        bare = _open(core)
        if re.match(rf"(?:{PREPOSITION}\s+)?(?:{WH}|{AUXILIARY})\b", bare, re.I) or _ORDER.match(bare):
            return False
        if len(bare.split()) > FRAGMENT_WORDS or (not led and re.search(rf"\s(?:{AUXILIARY}|{WH})\s", bare, re.I)):
            return False
        return led or core.rstrip().endswith("?") or bool(re.match(rf"{PREPOSITION}\b", bare, re.I))

    def _with_wh(self, wh: str, last: str, *, negative: bool) -> str:
        """Return the last question with another question word: "why?"."""
        wh = re.sub(r"\s*\bcome$", "", wh, flags=re.I)
        told = ABOUT.search(last)
        if told and re.match(rf"(?:what|did|does|tell)\b.*\b{TELLING}\b", last, re.I):
            return f"{wh} {told.group('topic')}"
        if re.match(rf"{AUXILIARY}\b", last, re.I):
            first, _, rest = last.partition(" ")
            subject, _, predicate = rest.partition(" ")
            if negative and (re.fullmatch("he|she|it|they|you|we", subject, re.I) or self.names.has(subject)):
                rest = f"{subject} not {predicate}"
            return f"{wh} {first.lower()} {rest}"
        opening = _OPENING.match(last)
        if opening:
            noun, rest = opening.group("noun").strip(), opening.group("rest")
            return f"{wh} {rest} {_the(noun)}" if noun and not re.match("how", last, re.I) else f"{wh} {rest}"
        which = re.match(r"(?:which|what)\s+(?P<noun>\w+)\s+(?P<rest>\w+\s.+)$", last, re.I)
        if which and not is_verb(which.group("noun")):
            return f"{wh} the {which.group('noun')} {which.group('rest')}"
        return f"{wh} {re.sub(rf'^{WH} +', '', last, flags=re.I)}"

    def _with_phrase(self, new: str, last: str) -> str:
        """Return the last question asked of something else: "and Ukraine's?", "and in 2026?"."""
        new = re.sub(r"\s+(?:then|too|as well|though|instead|exactly)$", "", new, flags=re.I)
        if not NUMBER.search(new):
            new = re.sub(r"^(?:for|about|on|with|regarding)\s+", "", new, flags=re.I)
        if not new or _ANAPHOR.fullmatch(new):
            return last
        focus = self._focus(last)
        if _ATTRIBUTE.match(new) and focus:
            return f"{new if new.lower().startswith(('any', 'some')) else f'What about {_the(new)}'} of {focus}"
        number = NUMBER.search(last)
        if _TIME.match(new):
            when = re.search(rf"(?:\b{PREPOSITION}\s+)?{NUMBER.pattern}", last)
            return last[: when.start()] + new + last[when.end() :] if when else f"{last} {new}"
        if NUMBER.search(new) and self.names.kind(new) is Kind.NUMBER:
            value = NUMBER.search(new)
            if number and value:
                return last[: number.start()] + value.group() + last[number.end() :]
            return f"{last} {new}"
        ones = re.match(r"(?:the\s+)?(?P<which>.+?)\s+ones?$", new, re.I)
        about = topic(last, self.names)
        if ones and about:
            return last[: about.start] + f"{ones.group('which')} {about.text.split()[-1]}" + last[about.end :]
        return self._in_its_place(new, last)

    def _in_its_place(self, new: str, last: str) -> str:
        lead = re.match(rf"({PREPOSITION})\s+(.+)$", new, re.I)
        preposition, filling = (lead.group(1).lower(), lead.group(2)) if lead else ("", new)
        speaker = next((n for n in self.names.speakers if n.split()[0].lower() in last.lower().split()), None)
        if speaker and self.names.own(filling):
            return re.sub(
                rf"\b{re.escape(speaker.split()[0])}\b", OWNER_MARK.sub("", filling), last, count=1, flags=re.I
            )
        slot = self._slot(filling, preposition, last)
        if slot is None:
            return f"{last} {new}" if lead else f"{last} about {new}"
        start, end = slot.start, slot.end
        owns = bool(OWNER_MARK.search(filling))
        if slot.owner and (owns or self.names.kind(filling) is Kind.NAME) and not self.names.own(slot.owner):
            end = slot.owner_end - (0 if owns else len(OWNER_MARK.findall(slot.owner)[0]))
        elif owns:
            filling = OWNER_MARK.sub("", filling)
        return last[:start] + filling + last[end:]

    def _slot(self, new: str, preposition: str, last: str) -> Phrase | None:
        """Return the phrase of the last question that ``new`` stands in for."""
        found = phrases(last, self.names)
        kind = self.names.kind(new)
        if preposition:
            return next((p for p in reversed(found) if p.before == preposition), None)
        owners = [p for p in found if p.owner and not self.names.own(p.owner)]
        if owners and (OWNER_MARK.search(new) or kind is Kind.NAME):
            return owners[-1]
        alike = [p for p in found if p.kind is kind]
        about = topic(last, self.names)
        if kind is Kind.NAME and alike and about not in alike:
            return alike[-1]
        return about or (found[-1] if found else None)

    def _with_antecedents(self, asked: str, last: str) -> str:
        """Return the question with what it refers to put in for its pronouns, or beside them."""
        bare = _open(asked)
        barred = [m.span() for m in _EXPLETIVE.finditer(bare)]
        for match in _ANAPHOR.finditer(bare):
            filling = "" if any(a <= match.start() < b for a, b in barred) else self._filling(match, bare)
            if filling:
                return _close(bare[: match.start()] + filling + bare[match.end() :])
        generic = _GENERIC.search(bare)
        if generic and generic.group("head").islower() and len(self._things(bare)) <= 1:
            focus = self._focus(last)
            if focus and focus.lower() not in bare.lower():
                aside = re.sub(r"^(?:the|a|an)\s+", "", focus, flags=re.I)
                return _close(f"{bare[: generic.end()]} ({aside}){bare[generic.end() :]}")
        if (_LEANING_WORD.search(bare) or _LEANING_VERB.search(bare)) and not self._things(bare):
            focus = self._focus(last)
            if focus and focus.lower() not in bare.lower():
                return _close(f"{bare} {focus}" if bare.endswith("about") else f"{bare} ({focus})")
        return asked

    def _things(self, text: str) -> list[Phrase]:
        """Return what a text speaks of beside the speakers."""
        return [p for p in phrases(text, self.names) if not self.names.own(p.text)]

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
        return bool(_ANYBODY.search(before)) or bool(self._things(before))

    def _focus(self, question: str) -> str:
        about = topic(question, self.names)
        return self._as_thing(about, question) if about else ""

    def _as_thing(self, phrase: Phrase, question: str) -> str:
        """Return a phrase as it is spoken of later: "Which laptop ...?", then "the laptop"."""
        if phrase.owner and self.names.own(phrase.owner):
            return _the(phrase.text[len(phrase.owner) :].strip())
        asked = re.match(
            rf"(?:what|which|whose)\s+(?:(?:kind|sort|type)\s+of\s+)?{re.escape(phrase.text)}", question, re.I
        )
        return _the(phrase.text) if asked else whole(phrase, question, self.names)

    def _antecedent(self, *, plural: bool) -> str:
        """Return what "it" or "they" stands for: the topic of the last question that has one."""
        for last in map(_open, reversed(self.before)):
            found = self._things(last)
            several = [p for p in found if re.search(r"\band\b|[^s'\u2019]s$", p.text)]
            if plural and several:
                about = topic(last, self.names)
                return self._as_thing(about if about in several else several[-1], last)
            if found:
                return self._focus(last)
        return ""

    def _place(self) -> str:
        for last in map(_open, reversed(self.before)):
            found = [p for p in self._things(last) if p.kind is Kind.NAME]
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
        for earlier in map(_open, reversed(self.before)):
            who = re.match(r"who(?:['\u2019]s|\s+(?:is|was))\s+(?P<who>.+)$", earlier, re.I)
            if (
                who
                and not re.search(r"\b(?:its?|they|them|their|that|this)\b", who.group("who"), re.I)
                and not self.names.own(who.group("who"))
            ):
                return who.group("who")
            if re.search(this, earlier, re.I):
                return ""
            people = [p.text for p in self._things(earlier) if self._is_person(p)]
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


def _the(noun: str) -> str:
    return noun if re.match(rf"{DETERMINER}\b", noun, re.I) else f"the {noun}"


def _open(question: str) -> str:
    """Return a question without the mark at its end."""
    return question.rstrip("?!. ")


def _close(text: str) -> str:
    """Return a text as a question: a capital letter first, a question mark last."""
    text = _open(" ".join(text.split()))
    return f"{text[:1].upper()}{text[1:]}?"
