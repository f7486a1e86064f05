"""The last question asked of something else: "and Ukraine's?", "in 2026?", "and the old one?".

In: what to ask of, the last question, standing alone, and the names that the interviews use. Out: that question asked
of it; where it has no place for it, "What about Ukraine?".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.conversation.antecedents import ANAPHOR
from rag.conversation.clauses import OPENING
from rag.conversation.grammar import (
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
from rag.conversation.phrases import Kind, Names, Phrase, phrases
from rag.conversation.slots import Slots, speaker_in
from rag.conversation.topics import focus_of, has_aside, singular, topic
from rag.patterns import lazy

_TIME = lazy(
    rf"^(?:{PREPOSITION}\s+)?(?:(?:last|next|this|that|the\s+(?:first|last|next|same))\s+(?:day|week|month|year|spring|"
    r"summer|autumn|fall|winter|time|decade|century)|yesterday|today|now|tomorrow)$",
    re.I,
)
_COUNT = lazy(r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b", re.I)
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
_HE_DOES = lazy(rf"\b{AUXILIARY}\s+(?P<he>he|she)\b", re.I)
_ONE_BESIDE = lazy(r"the\s+one\s+(?P<where>before|after)(?:\s+(?:that|this|it))?", re.I)
_AWAY = lazy(r"(?:out\s+of|off|away\s+from)\s+\w", re.I)
"""Where one is instead of in or at something."""
_AT = ("in", "at", "on")
_CLAUSE_BESIDE = lazy(rf"\s\([^()]+\s{AUXILIARY}\s[^()]+\)$", re.I)
"""What is agreed to, or not, by whoever is asked about."""
_IT_BESIDE = lazy(r"\b(?:it|that|this)\b(?P<rest>[^()]*)\s\([^()]*\)$", re.I)
"""What an aside tells: "How old is it (the laptops)?"."""


def asks_attribute(question: str) -> bool:
    """Tell "what is the goal?", which leaves open whose, or of what."""
    asked = re.match(rf"{WH}(?:['\u2019]s|\s+(?:is|are|was|were))\s+(?=the\s)", question, re.I)
    return bool(asked and _ATTRIBUTE.match(question, asked.end()))


def takes(new: str, last: str, names: Names) -> bool:
    """Tell whether a question can be asked of ``new`` without being about it all: it has something in its place."""
    if names.own(new) and _HE_DOES.search(last):
        return True
    return bool(phrases(last, names)) or bool(NUMBER.search(new)) or bool(_TIME.match(new))


def with_phrase(new: str, last: str, names: Names) -> str:
    """Return the last question asked of something else: "and Ukraine's?", "and in 2026?"."""
    agreed = _CLAUSE_BESIDE.search(last)
    if agreed:
        return _Last(last[: agreed.start()], names).with_phrase(new) + agreed.group()
    named = next((p for p in phrases(last, names) if has_aside(p, last)), None)
    if named is None:
        return _Last(last, names).with_phrase(new)
    end = last.index(")", named.end) + 1
    aside = last[named.end : end]
    asked = _Last(last[: named.end] + last[end:], names).with_phrase(new)
    # an aside names the thing before it, and goes where that goes: "the laptop (Nagra)", then "the old laptop"
    return re.sub(rf"\b{re.escape(named.text)}\b", lambda stays: stays.group() + aside, asked, count=1)


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
        opening = OPENING.match(last)
        if led and not kept and led.group().lower() == "for" and opening and opening.group("noun").strip():
            return f"What {opening.group('rest')} {new}"
        if led and not kept and led.group().lower() == "for" and self._is_for_each(new[led.end() :].strip()):
            return f"{last} {new}"
        if not (kept or NUMBER.search(new)):
            new = re.sub(r"^(?:for|about|on|with|regarding)\s+", "", new, flags=re.I)
        if not new or ANAPHOR.fullmatch(new):
            return last
        beside = _ONE_BESIDE.fullmatch(new)
        if beside:
            new = f"the {'previous' if beside.group('where').lower() == 'before' else 'next'} one"
        focus = focus_of(last, self.names)
        if _ATTRIBUTE.match(new) and focus:
            return f"{new if new.lower().startswith(('any', 'some')) else f'What about {definite(new)}'} of {focus}"
        return self._at_another_time(new) or self._of_another(new) or self._in_its_place(new)

    def _is_for_each(self, whom: str) -> bool:
        """Tell "for children" after "How much is a ticket?" from "for Norway" after "How much is Denmark's share?"."""
        about = topic(self.last, self.names)
        several = self.names.kind(whom) is Kind.NOUN and is_plural(whom) and not re.match(DETERMINER, whom, re.I)
        one = about is not None and about.kind is Kind.NOUN and not is_plural(about.text)
        return bool(several and one and re.match(r"how\s+(?:much|many|long|often)\b", self.last, re.I))

    def _at_another_time(self, new: str) -> str:
        """Return the last question with another time, number or place in a row; nothing for what is none of them."""
        last = self.last
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
        counts_on = new_ordinal and not re.search(r"\sones?$", new, re.I)
        return self._of_another_one(f"{new} one" if counts_on else new)

    def _of_another_one(self, new: str) -> str:
        """Return the last question asked of another of the kind, "the old one"; nothing where no "one" is asked of."""
        last = self.last
        stood = re.search(r"\bthe\s+[\w-]+\s+one\s+(?=\()", last)
        if stood and re.search(r"\sone$", new, re.I):
            return f"{last[: stood.start()]}{new} {last[stood.end() :]}"
        ones = re.match(r"(?P<which>.+?)\s+ones?$", new, re.I)
        about = topic(last, self.names)
        if not (ones and about):
            return ""
        which, kind = ones.group("which"), about.text.split()[-1]
        if new.lower().endswith("one"):
            kind = singular(kind)
        beside = _IT_BESIDE.search(last)
        if beside and about.start > beside.end("rest"):
            return f"{last[: beside.start()]}{which} {kind}{beside.group('rest')}"
        if re.search(r"\b(?:which|what|how\s+(?:many|much))\s+$", last[: about.start], re.I):
            which = re.sub(r"^the\s+(?!other\b)", "", which, flags=re.I)
        return last[: about.start] + f"{which} {kind}" + last[about.end :]

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
        speaker = None if preposition else speaker_in(last, self.names)
        if speaker and self.names.own(filling):
            return last[: speaker.start()] + OWNER_MARK.sub("", filling) + last[speaker.end() :]
        he = None if preposition else _HE_DOES.search(last)
        if he and self.names.own(filling):
            return last[: he.start("he")] + OWNER_MARK.sub("", filling) + last[he.end("he") :]
        if _AWAY.match(new):
            return self._away(new)
        slots = Slots(last, self.names)
        slot = slots.slot(filling, preposition)
        if slot is None:
            return self._added(new, preposition)
        start, end = slot.start, slot.end
        filling = slots.likewise(filling, slot)
        owns = bool(OWNER_MARK.search(filling))
        if re.match(r"(?:which|what)\s+$", last[:start], re.I) and OPENING.match(last) and not preposition:
            if slot.kind is Kind.NOUN and self.names.kind(filling) is Kind.NAME:
                return f"What about {filling}"
            filling = re.sub(r"^(?:the|an?)\s+", "", filling, flags=re.I)
        if slot.owner and (owns or self.names.kind(filling) is Kind.NAME) and not self.names.own(slot.owner):
            end = slot.owner_end - (0 if owns else len(OWNER_MARK.findall(slot.owner)[0]))
        elif owns:
            filling = OWNER_MARK.sub("", filling)
        elif not preposition and (slots.differs(filling, slot) or self._is_beside(slot, filling)):
            return f"What about {new}"
        return f"{self._agreeing(last[:start], slot, filling)}{filling}{last[end:]}"

    def _is_beside(self, slot: Phrase, filling: str) -> bool:
        """Tell what only stands beside a question; a name there may give way to a name."""
        aside = self.last.rfind(" (") if self.last.endswith(")") else len(self.last)
        return slot.start > aside and not slot.kind is self.names.kind(filling) is Kind.NAME

    def _away(self, new: str) -> str:
        """Return the last question with "out of work" for where it says that one was: "in hospital"."""
        placed = [p for p in phrases(self.last, self.names) if p.before in _AT]
        if not placed:
            return f"{self.last} {new}"
        start = self.last.lower().rindex(placed[-1].before, 0, placed[-1].start)
        return self.last[:start] + new + self.last[placed[-1].end :]

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
            beside = re.search(r"\s\([^()]*\)$", last) if preposition in _AT else None
            return f"{last[: beside.start()] if beside else last} {new}"
        return f"{last} about {new}" if re.search(rf"\b{TELLING}$", last, re.I) else f"What about {new}"

    def _agreeing(self, before: str, slot: Phrase, filling: str) -> str:
        """Return the words before a subject with an auxiliary of its number: "Are the others back?"."""
        helped = re.search(r"\b(?:is|are|was|were|does|do|has|have)\s+$", before, re.I)
        if helped is None or (slot.kind is not Kind.NOUN and not is_plural(filling)):
            return before
        if slot.before or is_plural(slot.text) == is_plural(filling):
            return before
        if self.names.kind(filling) is Kind.NAME and (is_plural(filling) or " and " in filling):
            return before
        auxiliary = helped.group().strip().lower()
        forms = OF_MANY if is_plural(filling) else {many: one for one, many in OF_MANY.items()}
        agreeing = forms.get(auxiliary, auxiliary)
        agreeing = agreeing.capitalize() if helped.group()[0].isupper() else agreeing
        return f"{before[: helped.start()]}{agreeing} "
