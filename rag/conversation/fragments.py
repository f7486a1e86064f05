"""A fragment completed from the last question: "and Ukraine's?", "does Norway?", "in 2026?".

In: the fragment, the last question, standing alone, and the names that the interviews use. Out: the last
question asked of something else, or with another question word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.conversation.antecedents import ANAPHOR
from rag.conversation.clauses import OPENING, clause
from rag.conversation.exchanges import is_person, is_somebody
from rag.conversation.grammar import (
    ABOUT,
    AUXILIARY,
    DETERMINER,
    NUMBER,
    OF_MANY,
    OWNER_MARK,
    PREPOSITION,
    TELLING,
    WH,
    definite,
    is_plural,
)
from rag.conversation.narrowing import with_question_word
from rag.conversation.phrases import Kind, Names, Phrase, phrases
from rag.conversation.topics import focus_of, topic
from rag.conversation.verbs import is_verb
from rag.patterns import lazy

_TIME = lazy(
    rf"^(?:{PREPOSITION}\s+)?(?:(?:last|next|this|that|the\s+(?:first|last|next|same))\s+(?:day|week|month|year|spring|"
    r"summer|autumn|fall|winter|time|decade|century)|yesterday|today|now|tomorrow)$",
    re.I,
)
_COUNT = lazy(r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b", re.I)
_HELPED = lazy(rf"(?:(?:{PREPOSITION}\s+)?{WH}\s+(?:(?!{AUXILIARY}\b)[\w'-]+\s+){{0,3}}?)?{AUXILIARY}\s+", re.I)
_ELLIPTIC = lazy(rf"(?P<wh>{WH}\s+)?{AUXILIARY}(?:\s+(?P<who>[\w'-]+(?:\s+[\w'-]+){{0,2}}))?$", re.I)
_DO_THAT = lazy(rf"\b{AUXILIARY}\s+(?:he|she|they|it|we|you|[A-Z]\w+)\s+(?P<do>do)\s+(?:that|this|it|so)\b", re.I)
_NOW = lazy(r"\b(?:do|does|is|are|has|have)\b", re.I)
_THEN = {"do": "did", "does": "did", "is": "was", "are": "were", "has": "had", "have": "had"}
_ORDINAL = lazy(r"\b(?:first|second|third|fourth|fifth|last|next|previous)\b", re.I)
_ATTRIBUTE = lazy(
    r"(?:(?:the|a|its|their|any|some|main)\s+)*(?:cost|price|budget|name|purpose|goal|aim|size|location|date|deadline|"
    r"length|duration|members?|advantages?|disadvantages?|benefits?|downsides?|drawbacks?|upsides?|pros(?: and cons)?|"
    r"cons|limitations?|limits?|risks?|reasons?|causes?|results?|effects?|impact|outcome|consequences?|details?|status|"
    r"origin|history|future|author|creators?|founders?|meaning|importance|role|problems?|challenges?|alternatives?)$",
    re.I,
)


def with_else(wh: str, last: str, names: Names) -> str:
    """Return the last question asked once more: "Who else did she meet?", "Who else will join NATO?"."""
    same = re.match(rf"{wh}\b", last, re.I)
    if same:
        return f"{same.group()} else{last[same.end() :]}"
    subject = next(iter(phrases(last, names)), None)
    helped = re.match(rf"{AUXILIARY}\s+", last, re.I)
    if helped and subject and subject.start == helped.end() and wh.lower() == "who":
        return f"Who else {helped.group().strip().lower()}{last[subject.end :]}"
    return with_question_word(f"{wh} else", last, names)


def elliptic(asked: str, last: str, names: Names) -> str:
    """Return "does Ann?" and "who did?" with what the last question asks of somebody else; nothing for others."""
    short = _ELLIPTIC.match(asked)
    helped = _HELPED.match(last)
    rest = next((last[p.end :] for p in phrases(last, names) if helped and p.start == helped.end()), "")
    if not (short and helped and rest) or re.match(rf"{WH}\s+(?:is|are|was|were)\s+\w", asked, re.I):
        return ""
    wh, who = short.group("wh") or "", short.group("who") or ""
    if not (all(map(names.has, who.split())) if who else wh.lower() == "who "):
        return ""
    asks = "" if wh else re.sub(rf"{AUXILIARY}\s+$", "", helped.group(), flags=re.I)
    return f"{asks}{asked[:1].lower()}{asked[1:]}{rest}"


def doing(asked: str, last: str, names: Names) -> str:
    """Return "when did he do that?" with what the last question says he did; nothing where it tells of no deed."""
    that = _DO_THAT.search(asked)
    said = clause(last, names) or last
    helped = _HELPED.match(said)
    if not that or not helped:
        return ""
    subject = re.match(r"(?:he|she|they|it|we|you)\b", said[helped.end() :], re.I)
    found = [p.end for p in phrases(said, names) if p.start == helped.end()]
    end = helped.end() + subject.end() if subject else found[0] if found else 0
    deed = said[end:].strip()
    verb = is_verb(deed.partition(" ")[0]) or re.match(r"(?:do|does|did)\b", helped.group().split()[-1], re.I)
    tells = verb and not re.match(rf"(?:{TELLING}|do)\b", deed, re.I)
    return asked[: that.start("do")] + deed + asked[that.end() :] if end and tells else ""


def asks_attribute(question: str) -> bool:
    """Tell "what is the goal?", which leaves open whose, or of what."""
    asked = re.match(rf"{WH}(?:['\u2019]s|\s+(?:is|are|was|were))\s+(?=the\s)", question, re.I)
    return bool(asked and _ATTRIBUTE.match(question, asked.end()))


def takes(new: str, last: str, names: Names) -> bool:
    """Tell whether a question can be asked of ``new`` without being about it all: it has something in its place."""
    return bool(phrases(last, names)) or bool(NUMBER.search(new)) or bool(_TIME.match(new))


def with_phrase(new: str, last: str, names: Names) -> str:
    """Return the last question asked of something else: "and Ukraine's?", "and in 2026?"."""
    return _Last(last, names).with_phrase(new)


@dataclass(frozen=True, slots=True)
class _Last:
    """The last question."""

    last: str
    names: Names

    def with_phrase(self, new: str) -> str:
        last = self.last
        new = re.sub(r"\s+(?:then|too|as well|though|instead|exactly)$", "", new, flags=re.I)
        led = re.match(rf"{PREPOSITION}\b", new, re.I)
        kept = led and any(p.before == led.group().lower() for p in phrases(last, self.names))
        if not (kept or NUMBER.search(new)):
            new = re.sub(r"^(?:for|about|on|with|regarding)\s+", "", new, flags=re.I)
        if not new or ANAPHOR.fullmatch(new):
            return last
        focus = focus_of(last, self.names)
        if _ATTRIBUTE.match(new) and focus:
            return f"{new if new.lower().startswith(('any', 'some')) else f'What about {definite(new)}'} of {focus}"
        number = NUMBER.search(last)
        if _TIME.match(new):
            when = re.search(rf"(?:\b{PREPOSITION}\s+)?{NUMBER.pattern}", last)
            return last[: when.start()] + new + last[when.end() :] if when else f"{last} {new}"
        if NUMBER.search(new) and self.names.kind(new) is Kind.NUMBER:
            value = NUMBER.search(new)
            if number and value:
                return last[: number.start()] + value.group() + last[number.end() :]
            return f"{last} {new}"
        counted = _COUNT.search(last)
        if counted and _COUNT.fullmatch(new):
            return last[: counted.start()] + new + last[counted.end() :]
        ordinal = _ORDINAL.search(last)
        named = self.names.has(new, first=True)
        new_ordinal = None if named else re.fullmatch(rf"(?:the\s+)?({_ORDINAL.pattern})(?:\s+ones?)?", new, re.I)
        if ordinal and new_ordinal:
            return last[: ordinal.start()] + new_ordinal.group(1) + last[ordinal.end() :]
        stood = re.search(r"\bthe\s+[\w-]+\s+one\s+(?=\()", last)
        if stood and re.search(r"\sone$", new, re.I):
            return f"{last[: stood.start()]}{new} {last[stood.end() :]}"
        ones = re.match(r"(?P<which>.+?)\s+ones?$", new if not new_ordinal else f"{new} one", re.I)
        about = topic(last, self.names)
        if ones and about:
            which = ones.group("which")
            if not re.match(rf"{DETERMINER}\b", about.text, re.I) and not re.match(r"the\s+other\b", which, re.I):
                which = re.sub(r"^the\s+", "", which, flags=re.I)
            return last[: about.start] + f"{which} {about.text.split()[-1]}" + last[about.end :]
        return self._of_another(new) or self._in_its_place(new)

    def _of_another(self, new: str) -> str:
        """Return the last question with "the tests in Esbjerg" for "the tests in Bergen"; nothing without the like."""
        of = re.fullmatch(rf"(?P<same>.+?\s+{PREPOSITION}\s+)(?P<other>.+)", new, re.I)
        place = self.last.lower().find(of.group("same").lower()) if of else -1
        slot = next((p for p in phrases(self.last, self.names) if of and p.start == place + of.end("same")), None)
        return f"{self.last[: slot.start]}{of.group('other')}{self.last[slot.end :]}" if of and slot else ""

    def _in_its_place(self, new: str) -> str:
        last = self.last
        lead = re.match(rf"({PREPOSITION})\s+(.+)$", new, re.I)
        preposition, filling = (lead.group(1).lower(), lead.group(2)) if lead else ("", new)
        speaker = next((n for n in self.names.speakers if n.split()[0].lower() in last.lower().split()), None)
        if speaker and self.names.own(filling):
            return re.sub(
                rf"\b{re.escape(speaker.split()[0])}\b", OWNER_MARK.sub("", filling), last, count=1, flags=re.I
            )
        slot = self._slot(filling, preposition)
        if slot is None:
            return self._added(new, preposition)
        start, end = slot.start, slot.end
        owns = bool(OWNER_MARK.search(filling))
        if re.match(r"(?:which|what)\s+$", last[:start], re.I) and OPENING.match(last) and not preposition:
            if slot.kind is Kind.NOUN and self.names.kind(filling) is Kind.NAME:
                return f"What about {filling}"
            filling = re.sub(r"^(?:the|an?)\s+", "", filling, flags=re.I)
        if slot.owner and (owns or self.names.kind(filling) is Kind.NAME) and not self.names.own(slot.owner):
            end = slot.owner_end - (0 if owns else len(OWNER_MARK.findall(slot.owner)[0]))
        elif owns:
            filling = OWNER_MARK.sub("", filling)
        elif not preposition and self._differs(filling, slot):
            return f"What about {new}"
        return f"{self._agreeing(last[:start], slot, filling)}{filling}{last[end:]}"

    def _added(self, new: str, preposition: str) -> str:
        """Return the last question with a circumstance more, "at home"; the topic alone where it takes none."""
        last = self.last
        if preposition in ("before", "after", "since", "until"):
            earlier = re.fullmatch(r"before\s+(?:that|this|then)", new, re.I)
            past = _NOW.search(last) if earlier else None
            if past:
                last = last[: past.start()] + _THEN[past.group().lower()] + last[past.end() :]
            return f"What about {new}" if re.match("when|what about", last, re.I) else f"{last} {new}"
        if preposition and not re.match(r"(?:what|how)\s+about\b", last, re.I):
            return f"{last} {new}"
        return f"{last} about {new}" if re.search(rf"\b{TELLING}$", last, re.I) else f"What about {new}"

    def _differs(self, filling: str, slot: Phrase) -> bool:
        """Tell somebody from something, and what is somebody's own from a name: one isn't asked what the other is."""
        told = ABOUT.search(self.last)
        if told and slot.start >= told.start("topic"):
            return False
        new = next(iter(phrases(filling, self.names)), None)
        own = re.match(r"(?:his|her|their)\s", filling, re.I)
        return bool(own and slot.kind is Kind.NAME) or (new is not None and self._is_other(new, slot))

    def _is_other(self, new: Phrase, slot: Phrase) -> bool:
        named = new.kind is Kind.NAME and not re.match(rf"{DETERMINER}\b", new.text, re.I)
        if named and slot.kind is Kind.NOUN and re.match(r"the\s", slot.text, re.I):
            return True
        return is_person(new, self.names) and not (is_somebody(slot, self.names) or slot.kind is Kind.NAME)

    def _agreeing(self, before: str, slot: Phrase, filling: str) -> str:
        """Return the words before a subject with an auxiliary of its number: "Are the others back?"."""
        helped = re.search(r"\b(?:is|are|was|were|does|do|has|have)\s+$", before, re.I)
        if helped is None or (slot.kind is not Kind.NOUN and not is_plural(filling)):
            return before
        if slot.before or self.names.kind(filling) is Kind.NAME or is_plural(slot.text) == is_plural(filling):
            return before
        auxiliary = helped.group().strip().lower()
        forms = OF_MANY if is_plural(filling) else {many: one for one, many in OF_MANY.items()}
        agreeing = forms.get(auxiliary, auxiliary)
        agreeing = agreeing.capitalize() if helped.group()[0].isupper() else agreeing
        return f"{before[: helped.start()]}{agreeing} "

    def _slot(self, new: str, preposition: str) -> Phrase | None:
        """Return the phrase of the last question that ``new`` stands in for."""
        last = self.last
        found = phrases(last, self.names)
        kind = self.names.kind(new)
        if preposition:
            return next((p for p in reversed(found) if p.before == preposition), None)
        owners = [p for p in found if p.owner and not self.names.own(p.owner)]
        if owners and (OWNER_MARK.search(new) or kind is Kind.NAME):
            return owners[-1]
        alike = self._shaped([p for p in found if p.kind is kind and not self.names.own(p.text)], new)
        about = topic(last, self.names)
        told = ABOUT.search(last)
        if about and told and about.start >= told.start("topic"):
            tellers = [p for p in alike if p.start < told.start("topic")]
            return tellers[0] if len(alike) == len(tellers) == 1 and self._is_somebody(new) else about
        if alike and about not in alike and kind is Kind.NAME and about and about.kind is kind:
            return alike[-1]
        same = [p for p in alike if is_plural(p.text) == is_plural(new)]
        if len(same) == 1 and about in alike and about not in same:
            return same[0]
        subject = next((p for p in same if self._is_subject(p)), None)
        if kind is Kind.NAME and about in same and subject and not about.before:
            return subject
        if kind is Kind.NAME and alike and about not in alike:
            return alike[-1]
        return about or (found[-1] if found else None)

    def _shaped(self, names: list[Phrase], new: str) -> list[Phrase]:
        """Return the names that are most like a new one: people for somebody, acronyms for one, "the Baltic"."""

        def shape(text: str) -> tuple[bool, bool, bool]:
            bare = re.sub(r"^the\s+", "", text, flags=re.I)
            acronym = OWNER_MARK.sub("", bare.split()[0]).isupper()
            return self._is_somebody(text), acronym, bare != text

        for known in (3, 2, 1):
            like = [p for p in names if shape(p.text)[:known] == shape(new)[:known]]
            if like:
                return like
        return names

    def _is_somebody(self, name: str) -> bool:
        return any(OWNER_MARK.sub("", word).lower() in self.names.people for word in name.split())

    def _is_subject(self, phrase: Phrase) -> bool:
        """Tell a subject by the auxiliary beside it: "When did Finland ...?", "... Finland will join ...?"."""
        before, after = self.last[: phrase.start], self.last[phrase.end :]
        return bool(re.search(rf"\b{AUXILIARY}\s+$", before, re.I) or re.match(rf"\s+{AUXILIARY}\b", after, re.I))
