"""The place in the last question that something else is put in: Finland's for "and Ukraine's?".

In: what is asked of next, the last question, standing alone, and the names that the interviews use. Out: the phrase
that it stands in for, and whether it can: somebody isn't asked what something is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.conversation.exchanges import is_person, is_somebody
from rag.conversation.grammar import ABOUT, AUXILIARY, DETERMINER, OWNER_MARK, is_plural
from rag.conversation.people import ROLE
from rag.conversation.phrases import Kind, Names, Phrase, phrases
from rag.conversation.topics import topic
from rag.patterns import lazy
from rag.words import STOP_WORDS

_TITLE = r"(?:(?:Ms|Mr|Mrs|Dr)\.?\s+)?"
_DOES = lazy(
    rf"\b(?:{ROLE}|council|government|agency|ministry|company|committee|board|university|charity|bank|army|police|parliament|"
    r"party|church|union|insurers?|state|city|fund|trust|foundation|donors?)$",
    re.I,
)
"""Who or what does things, and may be the one that "who?" asks for."""
_POSSESSIVE = lazy(r"(?P<whose>his|her|their)\s", re.I)


def speaker_in(question: str, names: Names) -> re.Match[str] | None:
    """Return where a question names a speaker, the longest run of one's names; None where it names none."""
    found: list[re.Match[str]] = []
    for name in names.speakers:
        part = rf"(?:{'|'.join(map(re.escape, name.split()))})"
        found += re.finditer(rf"(?<!\w){_TITLE}{part}(?:\s+{part})*(?!\w)", question, re.I)
    runs = [m for m in found if m.group().lower() not in STOP_WORDS]
    return max(runs, key=lambda m: (len(m.group().split()), -m.start()), default=None)


@dataclass(frozen=True, slots=True)
class Slots:
    """The phrases of the last question, one of which gives way to another."""

    last: str
    names: Names

    def slot(self, new: str, preposition: str) -> Phrase | None:
        """Return the phrase of the last question that ``new`` stands in for."""
        found = phrases(self.last, self.names)
        kind = self.names.kind(new)
        if preposition:
            return next((p for p in reversed(found) if p.before == preposition), None)
        about = topic(self.last, self.names)
        told = ABOUT.search(self.last)
        is_topic = bool(about and told and about.start >= told.start("topic"))
        if _POSSESSIVE.match(new) and not is_topic:
            return self._of_the_same(new, found)
        owners = [p for p in found if p.owner and not self.names.own(p.owner)]
        if owners and (OWNER_MARK.search(new) or kind is Kind.NAME):
            return owners[-1]
        alike = self._shaped([p for p in found if p.kind is kind and not self.names.own(p.text)], new)
        if about and told and is_topic:
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

    def differs(self, filling: str, slot: Phrase) -> bool:
        """Tell somebody from something, and a name from what is told by its kind: one isn't asked what the other is."""
        told = ABOUT.search(self.last)
        if told and slot.start >= told.start("topic"):
            return False
        new = next(iter(phrases(filling, self.names)), None)
        return new is not None and self._is_other(new, slot)

    def likewise(self, filling: str, slot: Phrase) -> str:
        """Return what is asked of with the word that tells which: "his daughter" after "his son", "the mouse"."""
        told = re.match(r"(?:his|her|their|the)\s", slot.text, re.I)
        bare = self.names.kind(filling) is Kind.NOUN and not re.match(rf"{DETERMINER}\b", filling, re.I)
        if not (told and bare) or is_plural(filling) or slot.kind is not Kind.NOUN or ABOUT.search(self.last):
            return filling
        somebody = is_somebody(Phrase(0, len(filling), filling, Kind.NOUN, ""), self.names)
        alike = told.group().lower() == "the " or (somebody and is_somebody(slot, self.names))
        return f"{told.group().lower()}{filling}" if alike else filling

    def _is_other(self, new: Phrase, slot: Phrase) -> bool:
        if re.match("who", self.last, re.I) and _DOES.search(new.text) and not _DOES.search(slot.text):
            return not is_somebody(slot, self.names)
        equal = re.match(r"who\s+(?:is|was)\s+$", self.last[: slot.start], re.I)
        if equal and new.kind is Kind.NOUN and is_plural(new.text):
            return True
        told_which = re.match(rf"{DETERMINER}\b", new.text, re.I)
        if new.kind is Kind.NAME and not told_which and slot.kind is Kind.NOUN and re.match(r"the\s", slot.text, re.I):
            return True
        if is_person(new, self.names):
            return not (is_somebody(slot, self.names) or slot.kind is Kind.NAME)
        if new.kind is not Kind.NOUN or told_which:
            return False
        does_nothing = not (is_plural(new.text) or is_somebody(new, self.names))
        is_somebodys = _POSSESSIVE.match(slot.text) and re.search(r"\b(?:is|was)\s+$", self.last[: slot.start], re.I)
        return does_nothing and bool(is_somebodys or is_person(slot, self.names) or self.names.own(slot.text))

    def _of_the_same(self, new: str, found: list[Phrase]) -> Phrase | None:
        """Return what is spoken of as the same one's, "his son" for "his daughter"; None where nothing is."""
        whose = new.split()[0].lower()
        owned = [p for p in found if p.text.lower().startswith(f"{whose} ") and not p.owner]
        wanted = Phrase(0, len(new), new, Kind.NOUN, "")
        alike = [p for p in owned if is_somebody(p, self.names) == is_somebody(wanted, self.names)]
        return alike[-1] if alike else None

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
