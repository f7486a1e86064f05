"""A question taken apart into the things it speaks of, without a model.

In: a question, and the words that the interviews write as names. Out: ``Phrase``s (names, numbers, noun
phrases with what owns them) and the one that the question is about.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

AUXILIARY = (
    r"(?:do|does|did|is|are|was|were|am|has|have|had|will|would|can|could|should|shall|may|might|must|"
    r"(?:do|does|did|is|are|was|were|has|have|had|wo|would|ca|could|should)n['\u2019]t)"
)
WH = r"(?:what|when|where|who|whom|whose|which|why|how(?:\s+(?:much|many|long|often|far|old|big|large|soon|come))?)"
PREPOSITION = (
    r"(?:in|on|at|to|for|from|with|without|by|of|about|since|until|during|after|before|under|over|between|among|"
    r"against|into|through|within|near|outside|inside|towards?|via|as|than|like|besides|regarding|across)"
)
DETERMINER = r"(?:the|a|an|his|her|their|its|my|your|our|this|that|these|those|any|some|another|other|each|every)"
ADVERB = (
    r"(?:really|actually|ever|also|still|already|now|currently|today|yet|so|too|very|just|only|even|again|mostly|"
    r"usually|originally|initially|exactly|recently|always|never|often|most|more|mainly|instead|there|not|all|much|"
    r"many|long|old|big|large|far|soon|else|same|first|better|worse|good|able|off|out|up|down|back|away|together|be|been|being)"
)
OWNER_MARK = re.compile(r"['\u2019]s?$")
NUMBER = re.compile(
    r"\b(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)(?:\s+\d{4})?|"
    r"\d[\d.,]*%?)(?!\w)"
)
TELLING = (
    r"(?:say|says|said|saying|think|thinks|thought|feel|feels|talk|talks|talked|talking|speak|speaks|spoke|tell|tells|"
    r"told|mention|mentions|mentioned|discuss|discussed|discusses|comment|comments|commented|opinions?|views?|"
    r"thoughts?|remarks?|asked|asks?|hear)"
)
ABOUT = re.compile(
    r"\b(?:about|regarding|concerning|mention(?:s|ed)?|discuss(?:es|ed)?|(?:think|thinks|thought) (?:of|about)|"
    r"(?:opinions?|views?|thoughts?|comments?|remarks?|take|stance|position|says?|said|talks?|talked|speaks?|spoke) "
    r"(?:of|on|about))\s+(?P<topic>.+)$",
    re.I,
)

_TOKEN = re.compile(r"[\w%$€£]+(?:[.,'\u2019&/+-]+[\w%+#]+)*(?:['\u2019](?=\s|$))?[+#]*")
_OTHER = r"(?:i|you|he|she|it|we|they|him|them|us|me|anyone|anybody|someone|somebody|everyone|people|ones?)"
_CONJUNCTION = r"(?:and|or|but|because|that|if|whether|while|although|nor|then|&)"
_VERB = re.compile(
    r"(?:use|own|buy|bought|make|made|build|built|create|launch|start|begin|end|stop|finish|happen|mean|look|come|go|"
    r"take|took|help|cost|work|pay|run|change|get|got|give|gave|say|said|think|feel|like|love|hate|prefer|want|need|"
    r"plan|support|provide|invest|join|leave|left|know|see|saw|find|found|keep|kept|tell|told|call|mention|describe|"
    r"explain|believe|expect|hope|learn|teach|study|write|wrote|read|play|live|move|grow|grew|develop|design|sell|sold|"
    r"fund|lead|led|manage|maintain|contribute|release|publish|record|store|send|sent|bring|brought|show|try|meet|met|"
    r"become|became|choose|chose|decide|consider|compare|handle|solve|fix|deal|spend|spent|set|put|replace|reduce|"
    r"increase|improve|affect|influence|threaten|deter|train|coordinate|approve|agree|sign|visit|involve|include|cover|"
    r"contain|hold|host|matter|exist|last|remain|respond|react|switch|ship|deploy|test|recommend|suggest|enjoy|struggle|"
    r"talk|speak|discuss|comment|worry|care|stand|turn|let|add|offer|serve|count|discover|hear|heard|raise|earn|win|won|"
    r"lose|lost|travel|carry|wear|eat|drink|sleep|die|fail|succeed|quit|hire|enhance|strengthen|violate|appoint|"
    r"represent|ask|differ|evolve|measure|process|accept|base|bas|diagnos|connect|regret|film|direct|open|clos|close|drop|cut|pull|push|port|"
    r"rewrite|migrate|adopt|acquire|merge|announce|establish|appear|arrive|retire|graduate|treat|recover|lack|miss|own|"
    r"benefit|belong|depend|refer|face|follow|break|broke|fund|prove|receive|reach|warn|urge|call|demand|protect|defend)"
    r"(?:s|es|d|ed|ing)?$",
    re.I,
)
_ASIDE = ("in", "at", "on", "by", "since", "during", "before", "after", "under", "from", "as", "until", "than", "like")
_OF = re.compile(
    r"(?:the|a|an|his|her|their)\s+(?:\w+\s+)?(?:name|purpose|goal|aim|point|cost|price|meaning|date|reasons?|role|idea|"
    r"problem|size|number|budget|location|head|author|creator|founder|status|benefits?|advantages?|future|history|"
    r"origin|difference|importance|result|effect|impact|cause|part|kind|type|requirements|main \w+)\s+"
    r"(?:of|for|behind|with|on)\s+",
    re.I,
)


class Kind(StrEnum):
    """What a phrase of a question is."""

    NAME = "name"
    NOUN = "noun"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Something a question speaks of: the characters ``start`` to ``end`` of it."""

    start: int
    end: int
    text: str
    kind: Kind
    before: str
    """The preposition before it, in small letters; empty where there is none."""
    owner_end: int = 0
    """Where an owner at its beginning ends: "Finland's contribution"; 0 where it has none."""

    @property
    def owner(self) -> str:
        """The owner, with its mark; empty where there is none."""
        return self.text[: self.owner_end - self.start] if self.owner_end else ""


@dataclass(frozen=True, slots=True)
class Names:
    """Which words are names, and which of them are the speakers' own."""

    written: Mapping[str, str]
    """Names in small letters, and how they are written."""
    speakers: Sequence[str] = ()
    people: Collection[str] = frozenset()
    """Parts of names, in small letters, that are known to be people's."""

    def has(self, word: str, *, first: bool = False) -> bool:
        """Tell whether a word is a name; the first word of a question has its capital letter anyway."""
        plain = OWNER_MARK.sub("", word)
        if NUMBER.fullmatch(plain) or plain.lower() in ("i", "i'm") or re.fullmatch(DETERMINER, plain, re.I):
            return False
        return plain.lower() in self.written or any(c.isupper() for c in (plain[1:] if first else plain))

    def own(self, text: str) -> bool:
        """Tell whether a text is nothing but a speaker's name."""
        parts = {p for name in self.speakers for p in name.lower().split()}
        words = OWNER_MARK.sub("", text.lower()).split()
        return any(w in parts for w in words) and all(
            w in parts or w.strip(".") in ("ms", "mr", "mrs", "dr") for w in words
        )

    def kind(self, text: str) -> Kind:
        """Return what a phrase is."""
        words = text.split()
        if any(self.has(w) for w in words):
            return Kind.NAME
        return Kind.NUMBER if NUMBER.search(text) else Kind.NOUN


def is_verb(word: str) -> bool:
    """Tell whether a word is one of the verbs that questions are asked with."""
    return bool(_VERB.match(word))


def phrases(question: str, names: Names) -> list[Phrase]:
    """Return the names, numbers and other noun phrases of a question, in order."""
    return _Cutter(question, names).cut()


class _Cutter:
    """Goes through a question word by word, and cuts out its phrases."""

    def __init__(self, question: str, names: Names) -> None:
        self._question = question
        self._names = names
        self._tokens = list(_TOKEN.finditer(question))
        self._found: list[Phrase] = []
        self._run: list[re.Match[str]] = []
        self._before = ""
        self._preposition = ""

    def cut(self) -> list[Phrase]:
        for n, token in enumerate(self._tokens):
            word = token.group()
            name = self._names.has(word, first=n == 0)
            if self._links(n):
                self._run.append(token)
            elif re.fullmatch(PREPOSITION, word, re.I) and not name:
                self._close()
                self._preposition = word.lower()
            elif self._is_grammar(word, n) or (not name and self._is_verb(n)):
                self._close()
                self._preposition = ""
            else:
                last = self._run[-1].group() if self._run else ""
                starts = re.fullmatch(DETERMINER, word, re.I)
                named = (
                    name
                    and last
                    and not (self._names.has(last) or re.fullmatch(f"{DETERMINER}|and|or|&|of", last, re.I))
                )
                if starts or (named and not OWNER_MARK.search(last)):
                    self._close()
                if not self._run:
                    self._before, self._preposition = self._preposition, ""
                self._run.append(token)
        self._close()
        return self._found

    def _word(self, n: int) -> str:
        return self._tokens[n].group() if 0 <= n < len(self._tokens) else ""

    def _is_grammar(self, word: str, n: int) -> bool:
        if word.lower() == "may" and word[0].isupper():
            return False
        if word.lower() in ("that", "this", "these", "those"):
            following = self._word(n + 1)
            return not following or bool(
                re.fullmatch(f"{AUXILIARY}|{_OTHER}|{DETERMINER}|{PREPOSITION}", following, re.I)
            )
        after_determiner = bool(self._run) and bool(re.fullmatch(DETERMINER, self._run[-1].group(), re.I))
        if after_determiner and re.fullmatch(ADVERB, word, re.I):
            return False
        return bool(re.fullmatch(f"{AUXILIARY}|{WH}|{_CONJUNCTION}|{_OTHER}|{ADVERB}", word, re.I))

    def _links(self, n: int) -> bool:
        """Tell the "and" of "Sweden and Finland", the "of" of "Bank of England" from others."""
        word, following = self._word(n).lower(), self._word(n + 1)
        if not self._run or not following or word not in ("and", "or", "&", "of"):
            return False
        name = self._names.has(self._run[-1].group())
        if name:
            return self._names.has(following)
        return word == "and" and not re.fullmatch(f"{_OTHER}|{WH}|{AUXILIARY}|{DETERMINER}", following, re.I)

    def _is_verb(self, n: int) -> bool:
        """Tell a verb from a noun that looks like one."""
        word, previous = self._word(n), self._word(n - 1)
        if not is_verb(word):
            return False
        if re.fullmatch(DETERMINER, previous, re.I) or OWNER_MARK.search(previous):
            return False
        if n == 2 and re.fullmatch("is|are|was|were", previous, re.I) and re.fullmatch("what|who", self._word(0), re.I):
            return False
        return n == 0 or not re.fullmatch(PREPOSITION.replace("to|", ""), previous, re.I)

    def _close(self) -> None:
        run, self._run = self._run, []
        while run and re.fullmatch(f"{DETERMINER}|of|and|or|&", run[-1].group(), re.I):
            run.pop()
        if not run:
            return
        start, end = run[0].start(), run[-1].end()
        text = self._question[start:end]
        owner = next((t.end() for t in run[:-1] if OWNER_MARK.search(t.group())), 0)
        self._found.append(Phrase(start, end, text, self._names.kind(text), self._before, owner))


def whole(phrase: Phrase, question: str, names: Names) -> str:
    """Return a noun phrase with what follows to tell which: "the summit", "the summit in Ankara"."""
    following = next((p for p in phrases(question, names) if p.start > phrase.end), None)
    if (
        phrase.kind is Kind.NOUN
        and following
        and re.fullmatch(r" (?:of|for|in|on|between) ", question[phrase.end : following.start])
    ):
        return question[phrase.start : following.end]
    return phrase.text


def topic(question: str, names: Names) -> Phrase | None:
    """Return what a question is about: the phrase that "it" would stand for in the next one."""
    found = [p for p in phrases(question, names) if not names.own(p.text)]
    if not found:
        return None
    told = ABOUT.search(question)
    if told and re.search(rf"\b{TELLING}\b", question, re.I):
        return next((p for p in found if p.start >= told.start("topic")), found[-1])
    asked = re.match(rf"(?!how\b){WH}(?:['\u2019]s|\s+(?:is|are|was|were))\s+", question, re.I)
    if asked:
        of = _OF.match(question, asked.end())
        start = of.end() if of else asked.end()
        return next((p for p in found if p.start >= start), found[-1])
    things = [p for p in found if p.kind is not Kind.NUMBER] or found
    straight = [p for p in things if p.before not in _ASIDE]
    return straight[-1] if straight else things[0]
