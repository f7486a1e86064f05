"""A follow-up question made to stand alone, with what the questions before it lend it.

In: a question, the questions before it and a way to their answers, and the names that the interviews use. Out:
the question that was meant: "and Ukraine's?" after "What is Finland's role?" is "What is Ukraine's role?".
Rules, no model: a question that has a topic of its own is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from rag.conversation.again import asked_again
from rag.conversation.antecedents import owner_filled, with_antecedents
from rag.conversation.clauses import OPENING
from rag.conversation.exchanges import Exchange, exchange
from rag.conversation.fragments import doing, elliptic
from rag.conversation.grammar import ABOUT, AUXILIARY, PREPOSITION, WH, closed, opened, uncontracted
from rag.conversation.narrowing import narrows
from rag.conversation.persons import taught
from rag.conversation.phrases import Names
from rag.conversation.swaps import asks_attribute, takes, with_phrase
from rag.conversation.topics import focus_of
from rag.datatypes import Quote
from rag.patterns import lazy

Answered = Callable[[int], Sequence[Quote]]
"""What was answered to the question at a place in the history; asked only where the questions don't tell."""

FRAGMENT_WORDS = 6
"""A longer text is a question of its own, whatever it lacks."""

_LEAD = lazy(
    r"^(?:(?:and|but|or|so|ok(?:ay)?|well|right|yes|no|hm+|oh|also|then|now|thanks|thank you|thx|ty|cheers|great|"
    r"cool|nice|perfect|interesting|alright|sure|fine)[\s,.:!-]+)+",
    re.I,
)
_WHAT_ABOUT = lazy(
    r"^(?:what|how)\s+about\s+|^what\s+of\s+|^(?:the\s+)?same\s+(?:question\s+)?(?:for|about|with)\s+|^how\s+is\s+it\s+for\s+",
    re.I,
)
_ANYTHING = lazy(r"^(?:any|some)thing\s+(?:else\s+|more\s+)?(?:about|on|regarding)\s", re.I)
_BACK_TO = lazy(
    r"^(?:(?:(?:let['\u2019]?s|can\s+we|i\s+want\s+to)\s+)?(?:(?:go|going|come|coming|get)\s+)?back\s+to|returning\s+to|as\s+for)\s+"
    rf"(?P<topic>(?!{WH}\b|that\b|this\b|it\b)[^,:;()]+?)(?:(?:\s*[,:;]|\s+[-\u2013\u2014]+)\s+(?P<rest>\S.*))?[?!.\s]*$",
    re.I,
)
_MEANT = lazy(
    rf"^(?:(?!{WH}\b|{AUXILIARY}\b)\w+[\s,.!:-]+){{0,2}}?i\s+(?:\w+\s+)?meant?\s+(?:about\s+)?(?P<new>\S.*)$", re.I
)
_NOT_BUT = lazy(r"^not\s+(?P<old>[^,]+?)(?:\s*,\s*(?:but\s+)?|\s+but\s+)(?P<new>\S.*)$", re.I)
_BUT_NOT = lazy(rf"^(?!{WH}\b|{AUXILIARY}\b)(?P<new>[^,]+?),?\s+not\s+(?P<old>[^,]+)$", re.I)
_SAID = lazy(
    rf"^what\s+(?:do|does|did)\s+(?P<who>(?!{AUXILIARY}\b)[\w.'\u2019-]+(?:\s+[\w'\u2019-]+)?)\s+(?:say|think)(?:\s+exactly)?$",
    re.I,
)
_OTHER_THING = lazy(
    rf"^(?:{PREPOSITION}\s+)?(?:which|what)\s+(?P<noun>(?!{AUXILIARY}\b|else\b|about\b|of\b|if\b|ones?\s)[\w'-]+(?:\s+(?!{AUXILIARY}\b)[\w'-]+)?)\W*$",
    re.I,
)
_OF_HOW_MANY = lazy(
    rf"^{PREPOSITION}\s+how\s+(?:many|much)\s+[\w-]+(?:\s+(?!{AUXILIARY}\b)[\w-]+)?\W*$",
    re.I,
)
_CLAUSE = lazy(rf",?\s{AUXILIARY}\s+(?:i|you|he|she|it|we|they|the|a)\b", re.I)
_HOW_MANY = lazy(r"^how\s+(?:many|much)\s+[\w-]+(?:\s+(?:a|an|per|each|every)\s+\w+)?\W*$", re.I)
_OTHER_MANY = lazy(
    r"^(?P<how>how\s+(?:many|much))\s+(?!(?:years?|months?|weeks?|days?|hours?|minutes?|times?|percent)\b)[\w-]+$", re.I
)
"""What is counted in place of what was: "how many assistants?"; a time is how long, or how often, instead."""
_ORDER = lazy(r"(?:tell|show|give|list|explain|describe|summari[sz]e|find|quote|name|i|please)\b", re.I)


def stand_alone(question: str, history: Sequence[str], names: Names, answered: Answered) -> str:
    """Return the question with what it refers to put in; itself where it has a topic of its own.

    The earlier questions are made to stand alone first, so that a chain of follow-ups holds.
    """
    before: list[Exchange] = []
    for n, earlier in enumerate(map(uncontracted, history)):
        if _is_courtesy(earlier):
            continue
        whole = _Asked(before, names).resolve(earlier)
        asked = " ".join(earlier.split())
        core = _LEAD.sub("", asked)
        narrowed = bool(before) and narrows(core, whole)
        before.append(
            exchange(whole, partial(answered, n), followed=bool(before) and whole != asked, narrowed=narrowed)
        )
        names = taught(core, whole, names)
    plain = uncontracted(question)
    whole = _Asked(before, names).resolve(plain)
    return question if whole == plain else whole


def _is_courtesy(text: str) -> bool:
    """Tell "ok, thanks!", which asks for nothing."""
    return not _LEAD.sub("", f"{text} ")


@dataclass(frozen=True, slots=True)
class _Asked:
    """A conversation: what was asked and answered before."""

    before: Sequence[Exchange]
    names: Names

    def resolve(self, question: str) -> str:
        asked = " ".join(question.split())
        if not self.before or not asked or _is_courtesy(asked):
            return asked
        corrected = self._corrected(asked)
        if corrected:
            return closed(corrected)
        core = _LEAD.sub("", asked) or asked
        returning = _BACK_TO.match(core)
        if returning:
            again = exchange(f"What about {returning.group('topic')}", tuple)
            rest = returning.group("rest")
            whole = _Asked([*self.before, again], self.names).resolve(rest) if rest else again.question
            again_named = self.names.own(returning.group("topic")) or returning.group("topic").lower() in whole.lower()
            return closed(whole if again_named else f"{opened(whole)} ({returning.group('topic')})")
        whole = (
            asked_again(core, self.before, self.names) or self._asked_anew(core, core != asked) or self._completed(core)
        )
        if whole:
            return whole
        whole = with_antecedents(core if core != asked else asked, self.before, self.names)
        focus = focus_of(self.before[-1].question, self.names)
        told = ABOUT.search(self.before[-1].question)
        said = _SAID.match(opened(core))
        they = said and (re.fullmatch("he|she|they", said.group("who"), re.I) or self.names.own(said.group("who")))
        if focus and (whole in (core, asked) or told) and they and focus not in whole:
            return closed(f"{opened(whole)} about {focus}")
        return whole

    def _asked_anew(self, core: str, led: bool) -> str:
        """Return the last question asked of something else: "which year?", "what about Ann?"; nothing for others."""
        last, bare = self.before[-1].question, opened(core)
        other = _OTHER_THING.match(core)
        opening = OPENING.match(last)
        if other and opening and opening.group("noun").strip() and not re.match("how", last, re.I):
            return closed(f"{bare} {opening.group('rest')}")
        if (other or _OF_HOW_MANY.match(core)) and opening and re.match(PREPOSITION, core, re.I):
            return closed(f"{bare} {opening.group('rest')}")
        many = _OTHER_MANY.match(bare)
        if many and opening and opening.group("noun").strip() and re.match(many.group("how"), last, re.I):
            return closed(f"{bare} {opening.group('rest')}")
        if other or _HOW_MANY.match(core):
            focus = focus_of(last, self.names)
            return closed(f"{bare} ({focus})" if focus else bare)
        if _ANYTHING.match(core):
            return ""
        about = _WHAT_ABOUT.match(core)
        if about or self._is_fragment(core, led):
            return closed(self._with_phrase(bare[about.end() :] if about else bare))
        return ""

    def _completed(self, core: str) -> str:
        """Return "when did he do that?", "what is the goal?" with what they leave to the last question; or nothing."""
        last, bare = self.before[-1].question, opened(core)
        asked = elliptic(bare, last, self.names)
        if asked:
            return closed(asked)
        deed = doing(bare, last, self.names)
        if deed:
            return closed(with_antecedents(deed, self.before, self.names))
        focus = focus_of(last, self.names)
        return closed(f"{bare} of {focus}") if focus and asks_attribute(bare) else ""

    def _corrected(self, asked: str) -> str:
        """Return what "no, I meant Finland" makes of the last question; nothing where nothing is corrected."""
        bare, last = opened(asked), self.before[-1].question
        meant = _MEANT.match(bare)
        new, old = opened(meant.group("new")) if meant else re.sub(r"^no[\s,]+", "", bare, flags=re.I), ""
        swap = _NOT_BUT.match(new) or _BUT_NOT.match(new)
        if swap:
            new, old = swap.group("new"), swap.group("old")
        place = last.lower().find(old.lower()) if old else -1
        if not (meant or place >= 0) or len(new.split()) > FRAGMENT_WORDS:
            return ""
        if re.match(rf"(?:{WH}|{AUXILIARY})\b", new, re.I):
            return self.resolve(new)
        return last[:place] + new + last[place + len(old) :] if place >= 0 else self._with_phrase(new)

    def _with_phrase(self, new: str) -> str:
        """Return the last question that can be asked of ``new``, asked of it."""
        owned = owner_filled(new, self.before, self.names)
        if owned != new and not re.search(r"\sof\s+\w+$", new, re.I):
            return f"What about {owned}"
        new = f"{owned[:1].lower()}{owned[1:]}" if owned != new else new
        questions = [e.question for e in reversed(self.before) if not e.narrowed]
        if narrows(new) and re.match("when|since", questions[0], re.I):
            focus = next((f for q in questions if (f := focus_of(q, self.names))), "")
            return f"What about {new} ({focus})" if focus else f"What about {new}"
        return with_phrase(new, next((q for q in questions if takes(new, q, self.names)), questions[0]), self.names)

    def _is_fragment(self, core: str, led: bool) -> bool:
        """Tell "and Ukraine's?" and "in Sweden?" from a question of its own."""
        bare = opened(core)
        if re.match(rf"(?:{PREPOSITION}\s+)?(?:{WH}|{AUXILIARY})\b", bare, re.I) or _ORDER.match(bare):
            return False
        if (
            _CLAUSE.search(bare)
            or len(bare.split()) > FRAGMENT_WORDS
            or (not led and re.search(rf"\s(?:{AUXILIARY}|{WH})\s", bare, re.I))
        ):
            return False
        return led or core.rstrip().endswith("?") or bool(re.match(rf"{PREPOSITION}\b", bare, re.I))
