"""The last question asked again: "does she say more?", "who else?", "who is that?", "why?", "did she say when?".

In: what was asked, the conversation before it, and the names that the interviews use. Out: the question that it asks
more of, with another question word where it has one; nothing where it asks for something else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.conversation.exchanges import SOMEBODY, Exchange, is_person
from rag.conversation.fragments import with_else
from rag.conversation.grammar import ABOUT, AUXILIARY, PREPOSITION, TELLING, WH, closed, definite, opened
from rag.conversation.narrowing import with_question_word
from rag.conversation.phrases import Kind, Names
from rag.conversation.swaps import with_phrase
from rag.conversation.topics import focus_of, topic
from rag.patterns import lazy

_IT = r"(?:it|that|this|them|these|those)"
_THEY = r"(?:he|she|they)"
_MORE = lazy(
    r"^(?:(?:can|could|would)\s+you\s+)?(?:please\s+)?(?:(?:tell|say|give|show)\s+(?:me\s+|us\s+)?(?:(?:some|a\s+bit|a\s+little|any)\s+)?"
    rf"more(?:\s+(?:details?|information|info|examples?|context))?(?:\s+(?:about|on|of)\s+{_IT})?"
    r"|(?:give\s+(?:me|us)\s+)?(?:an?\s+|any\s+|some\s+|more\s+)*(?:details?|examples?|"
    rf"numbers|figures|specifics)|go\s+on|continue|elaborate(?:\s+on\s+{_IT})?|expand\s+on\s+{_IT}|more|be\s+(?:more\s+)?(?:specific|"
    r"precise|concrete)|(?:shorter|briefer|longer|simpler|in\s+short|in\s+(?:one|a)\s+(?:sentence|word)|what\s+about|again)|for\s+(?:example|instance)|such\s+as|like\s+what|in\s+what\s+(?:way|sense)|(?:back\s+)?then|really|is\s+(?:(?:that|it)\s+(?:so|true|right)|that\s+all)|are\s+you\s+sure|meaning)(?:\s+please)?\W*$",
    re.I,
)
_ANYTHING_ELSE = lazy(
    rf"^(?:(?:is|was)\s+there\s+)?(?:any(?:thing)?|what|something)\s+(?:else|more)(?:\s+(?:about|on)\s+{_IT})?(?:\s+please)?\W*$",
    re.I,
)
_TOLD = rf"{AUXILIARY}\s+{_THEY}\s+{TELLING}"
_SAID_ELSE = lazy(
    rf"^(?:{_TOLD}\s+(?:any(?:thing)?\s+|something\s+)?(?:more|else)|what\s+(?:else|more)\s+{_TOLD})(?:\s+(?:about|on)\s+{_IT})?\W*$",
    re.I,
)
_ELSE = lazy(r"^(?P<wh>who|where|when|why|how|which|any(?:one|body|where)|some(?:one|body|where))\s+else\W*$", re.I)
_WHY_SAID = lazy(
    rf"^(?:why\s+(?:do|does|did)\s+{_THEY}|what\s+(?:makes|made)\s+(?:him|her|them))\s+(?:say|think|believe|claim|feel)"
    r"\s+(?:that|so|this|it)(?:\s+way)?$",
    re.I,
)
_EXPLAINED = lazy(
    rf"^(?:{AUXILIARY}\s+(?:{_THEY}|you)\s+(?:explain|justify|prove)(?:e?d)?\s+(?:that|this|it)"
    rf"|what\s+(?:did|does|do)\s+{_THEY}\s+mean(?:\s+by\s+(?:that|this|it))?)$",
    re.I,
)
_SAID_WHICH = lazy(
    rf"^{AUXILIARY}\s+(?:{_THEY}|you)\s+(?:ever\s+)?(?:say|said|tell|told|mention(?:ed)?|explain(?:ed)?)\s+(?:(?:me|us)\s+)?"
    rf"(?P<asked>(?:{PREPOSITION}\s+)?{WH}(?:\s+not)?)$",
    re.I,
)
"""To say when is to answer "when?"."""
_REPLIED = lazy(
    rf"^what\s+(?P<did>do|does|did)\s+(?P<who>\S+(?:\s+\S+)?)\s+(?:(?P<answered>answer|reply|respond)(?:\s+to\s+{_IT})?"
    rf"|say\s+(?:to|in\s+(?:reply|response|answer)\s+to)\s+{_IT})$",
    re.I,
)
_ASKED_ABOUT = lazy(r"\b(?:ask(?:s|ed)?|questions?)\b.*?\sabout\s+(?P<topic>.+)$", re.I)
_BARE = lazy(
    rf"^(?P<wh>(?:{PREPOSITION}\s+)?(?:what\s+for|how\s+(?:\w+ly|fast)|{WH}|(?:what|which)\s+(?:year|time|date|day|"
    rf"country|city|place)))(?P<negative>\s+not)?(?:,?\s+(?:(?P<more>so\s+\w+|there)|ones?|so|exactly|then|that|though"
    r"|(?P<stands>did\s+(?:it|that)\s+happen"
    r"|(?:(?<=when )|(?<=where )|(?<=why )|(?<=year )|(?<=day ))(?:is|was)\s+(?:that|this)"
    r"|(?<=when )(?:is|was)\s+it)))?\W*$",
    re.I,
)
_IDENTITY = lazy(
    r"^(?P<asks>(?:who|what)(?:['\u2019]s|\s+(?:is|are|was|were)))\s+(?:that|this|it|he|she|they|those|these)\W*$", re.I
)
_OTHER_ONE = lazy(r"^(?:(?:what|how)\s+about\s+)?the\s+other(?:\s+one)?\W*$", re.I)


_FURTHER = lazy(
    r"\b(?:more|else|go\s+on|continue|elaborate|expand|(?:details?|examples?|specifics|example|instance)\W*$)", re.I
)


def asks_further(question: str) -> bool:
    """Tell "tell me more" and "what else did she say?", which want what wasn't shown yet, from "really?"."""
    asked = opened(question)
    core = re.sub(r"^(?:(?:and|ok(?:ay)?|yes|thanks|please)[\s,.!]+)+", "", asked, flags=re.I)
    again = _MORE.match(core) or _ANYTHING_ELSE.match(core) or _SAID_ELSE.match(core)
    return bool(again and _FURTHER.search(core))


def asked_again(core: str, before: Sequence[Exchange], names: Names) -> str:
    """Return the question that one without a topic of its own asks more of; nothing where it has one."""
    return _Again(before, names).asked(core)


@dataclass(frozen=True, slots=True)
class _Again:
    """What was asked before."""

    before: Sequence[Exchange]
    names: Names

    def asked(self, core: str) -> str:
        bare = opened(core)
        whole = self._of_what_was_said(bare) or self._more(core) or self._of_whom_or_what(core)
        if whole:
            return closed(whole)
        told = _SAID_WHICH.match(bare)
        wh = _BARE.match(told.group("asked") if told else core)
        return closed(self._with_question_word(wh)) if wh else ""

    def _of_what_was_said(self, bare: str) -> str:
        """Return what is asked of the saying itself: "why does she think so?", "what did she answer?"."""
        last = self.before[-1].question
        yes_or_no = re.match(rf"{AUXILIARY}\b", last, re.I)
        if yes_or_no and _WHY_SAID.match(bare):
            return with_question_word("why", last, self.names)
        if _EXPLAINED.match(bare):
            why = yes_or_no and re.match(rf"{AUXILIARY}\b", bare, re.I)
            return with_question_word("why", last, self.names) if why else last
        replied = _REPLIED.match(bare)
        return self._replied(replied, last) if replied else ""

    def _replied(self, replied: re.Match[str], last: str) -> str:
        """Return what was said of what was asked about; an answer needs a question, what is said "to that" does not."""
        asked = _ASKED_ABOUT.search(last)
        about = asked or (None if replied.group("answered") else ABOUT.search(last))
        spoken_of = "" if replied.group("answered") else focus_of(last, self.names)
        subject = about.group("topic") if about else spoken_of
        return f"What {replied.group('did')} {replied.group('who')} say about {subject}" if subject else ""

    def _more(self, core: str) -> str:
        """Return the question for "tell me more", "anything else?", "who else?"."""
        last = self.before[-1].question
        if _MORE.match(core):
            return last
        said = _SAID_ELSE.match(core)
        if said or _ANYTHING_ELSE.match(core):
            recent = [e.question for e in reversed(self.before) if not e.narrowed]
            told = (q for q in recent if said and re.search(rf"\b{TELLING}\b", q, re.I))
            return next(told, recent[0])
        other_than = _ELSE.match(core)
        if other_than:
            asks = re.sub("^(?:any|some)", "", other_than.group("wh").lower())
            asks = "who" if asks in ("one", "body") else asks
            recent = [e.question for e in self.before[:-4:-1]]
            return with_else(asks, next((q for q in recent if re.match(asks, q, re.I)), last), self.names)
        return ""

    def _of_whom_or_what(self, core: str) -> str:
        """Return "who is that?" and "the other one?" with whom and what they ask for."""
        identity = _IDENTITY.match(core)
        if identity:
            return self._with_identity(identity.group("asks"), opened(core))
        return self._with_other(self.before[-1].question) if _OTHER_ONE.match(core) else ""

    def _with_question_word(self, wh: re.Match[str]) -> str:
        """Return the last question for "why?", and the one that was denied for "why not?"."""
        negative, stands = bool(wh.group("negative")), wh.group("stands")
        return with_question_word(
            wh.group("wh"),
            self._denied() if negative else self.before[-1].question,
            self.names,
            negative=negative,
            more=wh.group("more") or "",
            typed=f"{wh.group('wh')} {stands}" if stands else "",
        )

    def _denied(self) -> str:
        """Return the question that "why not?" takes for denied: the last one, or one of yes or no before it."""
        recent = [e.question for e in self.before[:-3:-1]]
        return next((q for q in recent if re.match(rf"{AUXILIARY}\b", q, re.I)), recent[0])

    def _with_identity(self, asks: str, bare: str) -> str:
        """Return "who is that?" asked of whom, or of what, the last exchange named."""
        last = self.before[-1]
        if re.match("who", asks, re.I):
            about = topic(last.question, self.names)
            if about and is_person(about, self.names):
                return f"{asks} {about.text}"
            told = SOMEBODY.search(about.text) if about and not self.names.own(about.text) else None
            if about and told and re.search(r"\bthat\b", bare, re.I):
                return f"{asks} {definite(about.text)}"
            people = next((found for e in reversed(self.before) if (found := e.people(self.names, ""))), [])
            return f"{asks} {people[0]}" if people else bare
        if re.search(r"\b(?:he|she)$", bare, re.I):
            return ""
        already = re.match(r"what(?:['\u2019]s|\s+(?:is|are|was|were))\b", last.question, re.I)
        named = (last.thing(self.names) if already else "") or focus_of(last.question, self.names)
        return f"{asks} {named}" if named else bare

    def _with_other(self, last: str) -> str:
        """Return the last question asked of the other of the two things that its answer names."""
        other = self.before[-1].other(self.names)
        about = topic(last, self.names)
        if not other:
            return with_phrase("the other one", last, self.names)
        if about and about.kind is Kind.NAME:
            return last[: about.start] + other + last[about.end :]
        return f"What about {other}"
