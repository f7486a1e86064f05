"""A follow-up question made to stand alone, with what the questions before it lend it.

In: a question, the questions before it, and the names that the interviews use. Out: the question that was
meant: "and Ukraine's?" after "What is Finland's role?" is "What is Ukraine's role?". Rules, no model: a
question that has a topic of its own is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.antecedents import with_antecedents
from rag.fragments import OPENING, with_phrase, with_question_word
from rag.grammar import AUXILIARY, PREPOSITION, WH, closed, opened
from rag.phrases import Names, focus_of

FRAGMENT_WORDS = 6
"""A longer text is a question of its own, whatever it lacks."""

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
_ORDER = re.compile(r"(?:tell|show|give|list|explain|describe|summari[sz]e|find|quote|name|i|please)\b", re.I)


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
        bare, led = opened(core), core != asked
        last = opened(self.before[-1])
        if _MORE.match(core):
            return closed(last)
        wh = _BARE.match(core)
        if wh:
            return closed(with_question_word(wh.group("wh"), last, self.names, negative=bool(wh.group("negative"))))
        other = _OTHER_THING.match(core)
        opening = OPENING.match(last)
        if other and opening and opening.group("noun").strip() and not re.match("how", last, re.I):
            return closed(f"{bare} {opening.group('rest')}")
        if other or re.match(r"how\s+(?:many|much)\s+[\w-]+\W*$", core, re.I):
            focus = focus_of(last, self.names)
            return closed(f"{bare} ({focus})" if focus else bare)
        about = _WHAT_ABOUT.match(core)
        if about:
            return closed(with_phrase(bare[about.end() :], last, self.names))
        if self._is_fragment(core, led):
            return closed(with_phrase(bare, last, self.names))
        return with_antecedents(core if led else asked, self.before, self.names)

    def _is_fragment(self, core: str, led: bool) -> bool:
        """Tell "and Ukraine's?" and "in Sweden?" from a question of its own."""
        bare = opened(core)
        if re.match(rf"(?:{PREPOSITION}\s+)?(?:{WH}|{AUXILIARY})\b", bare, re.I) or _ORDER.match(bare):
            return False
        if len(bare.split()) > FRAGMENT_WORDS or (not led and re.search(rf"\s(?:{AUXILIARY}|{WH})\s", bare, re.I)):
            return False
        return led or core.rstrip().endswith("?") or bool(re.match(rf"{PREPOSITION}\b", bare, re.I))
