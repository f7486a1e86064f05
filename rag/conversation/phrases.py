"""A question taken apart into the things it speaks of, without a model.

In: a question, and the words that the interviews write as names. Out: ``Phrase``s (names, numbers, noun
phrases with what owns them).
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from rag.conversation.grammar import (
    ADVERB,
    AUXILIARY,
    CONJUNCTION,
    DETERMINER,
    NUMBER,
    OWNER_MARK,
    PREPOSITION,
    PRONOUN,
    WH,
)
from rag.conversation.verbs import follows_be, is_base, is_verb
from rag.patterns import lazy

_TOKEN = lazy(r"[\w%$€£]+(?:[.,'\u2019&/+-]+[\w%+#]+)*(?:['\u2019](?=\s|$))?[+#]*")
_BREAK = lazy(r"\(|\s[-\u2013\u2014]+\s|(?<!\bM[rs])(?<!\bMrs)(?<!\bDr)[.!?;:]\s|,\s+(?:and|or|but)\b")
_BE = "(?:is|are|was|were|am|be|been|has|have|had|keeps?|starts?|started|stops?|stopped)"
_HELPER = r"(?:do|does|did|will|would|can|could|should|might|must|(?:do|does|did|wo|would|ca|could|should)n['\u2019]t)"
"""What a verb follows where nothing but its subject stands between them; "is" and "has" take nouns too."""


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

    written: Container[str]
    """Names in small letters."""
    speakers: Sequence[str] = ()
    people: Mapping[str, str] = field(default_factory=dict)
    """Parts of names, in small letters, that are known to be people's: "he", "she", or "" where that isn't told."""
    panel: Sequence[str] = ()
    """Who answers, where several do: then "she" may be any of them."""
    hosts: Sequence[str] = ()
    """Who asks; "she" is one of them only where that one was spoken of as saying or doing something else."""

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


def phrases(question: str, names: Names) -> list[Phrase]:
    """Return the names, numbers and other noun phrases of a question, in order."""
    return _Cutter(question, names).cut()


class _Cutter:
    """Goes through a question word by word, and cuts out its phrases."""

    def __init__(self, question: str, names: Names) -> None:
        self._question = question
        self._names = names
        self._tokens = list(_TOKEN.finditer(question))
        aside = question.find(" (")
        self._last = sum(aside < 0 or t.start() < aside for t in self._tokens) - 1  # of the question proper
        self._found: list[Phrase] = []
        self._run: list[re.Match[str]] = []
        self._before = ""
        self._preposition = ""

    def cut(self) -> list[Phrase]:
        for n, token in enumerate(self._tokens):
            word = token.group()
            if self._run and _BREAK.search(self._question, self._run[-1].end(), token.end()):
                self._close()
            name = self._names.has(word, first=n == 0)
            if self._links(n):
                self._run.append(token)
            elif re.fullmatch(PREPOSITION, word, re.I) and not name:
                self._close()
                self._preposition = word.lower()
            elif (self._is_grammar(word, n) and not (name and word == "US")) or (not name and self._is_verb(n)):
                self._close()
                self._preposition = ""
            else:
                last = self._run[-1].group() if self._run else ""
                starts = re.fullmatch(DETERMINER, word, re.I)
                named = (
                    name
                    and last
                    and not (self._names.has(last) or re.fullmatch(f"{DETERMINER}|and|or|&|of", last, re.I))
                    and not (len(self._run) == 2 and re.fullmatch("the|an?", self._run[0].group(), re.I))
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
            judged = n == 1 and n + 2 == len(self._tokens) and re.fullmatch("is|was|are|were", self._word(0), re.I)
            return (
                not following
                or bool(judged)
                or bool(re.fullmatch(f"{AUXILIARY}|{PRONOUN}|{DETERMINER}|{PREPOSITION}", following, re.I))
            )
        if self._is_predicate(n) or (
            word == "place" and re.fullmatch("takes?|took|taken|taking", self._word(n - 1), re.I)
        ):
            return True
        if word in ("end", "moment") and self._word(n - 1) == "the" and self._word(n - 2).lower() in ("in", "at"):
            return n == self._last  # "in the end", but "in the end zone"
        if re.fullmatch(
            "(?:for (?:sale|rent|hire|free)|on (?:offer|sale|show|display|loan))", f"{self._word(n - 1)} {word}"
        ):
            return True
        after_determiner = bool(self._run) and bool(re.fullmatch(DETERMINER, self._run[-1].group(), re.I))
        if after_determiner and re.fullmatch(ADVERB, word, re.I):
            return False
        return bool(re.fullmatch(f"{AUXILIARY}|{WH}|{CONJUNCTION}|{PRONOUN}|{ADVERB}", word, re.I))

    def _links(self, n: int) -> bool:
        """Tell the "and" of "Sweden and Finland", the "of" of "Bank of England" from others."""
        word, following = self._word(n).lower(), self._word(n + 1)
        if not self._run or not following or word not in ("and", "or", "&", "of"):
            return False
        name = self._names.has(self._run[-1].group())
        if name:
            return self._names.has(following)
        return word == "and" and not re.fullmatch(f"{PRONOUN}|{WH}|{AUXILIARY}|{DETERMINER}", following, re.I)

    def _is_verb(self, n: int) -> bool:
        """Tell a verb from a noun that looks like one."""
        word, previous = self._word(n), self._word(n - 1)
        if word.endswith("ed") and word.islower() and re.fullmatch("be|been|being", previous, re.I):
            return True
        if not is_verb(word):
            return self._stands_as_verb(n)
        if word.lower() == "open" and re.fullmatch("source|data|science|standards?|letters?", self._word(n + 1), re.I):
            return bool(self._run) and not (re.fullmatch(DETERMINER, previous, re.I) or OWNER_MARK.search(previous))
        if n == 1 and re.fullmatch("is|are|was|were", previous, re.I) and not follows_be(word):
            return False
        if re.fullmatch(DETERMINER, previous, re.I) or OWNER_MARK.search(previous) or self._is_of_name(n):
            return False
        following = self._word(n + 1)
        ends = n in (self._last, len(self._tokens) - 1) or (n + 1 == self._last and is_base(following))
        if self._run and word.endswith("ing") and (ends or re.fullmatch(AUXILIARY, following, re.I)):
            # the "spending" of "defence spending", which nothing helps to be a verb
            return any(re.fullmatch(_BE, self._word(k), re.I) for k in range(n))
        named = n == 2 and not word.endswith("ed")
        if named and re.fullmatch("is|are|was|were", previous, re.I) and re.fullmatch("what|who", self._word(0), re.I):
            return False
        return n == 0 or not re.fullmatch(PREPOSITION.replace("to|", ""), previous, re.I)

    def _is_of_name(self, n: int) -> bool:
        """Tell the "study" of "the Bergen study", which nothing helps to be a verb."""
        start = n - len(self._run)
        helped = start > 0 and re.fullmatch(f"{_HELPER}|to", self._word(start - 1), re.I)
        named = len(self._run) > 1 and re.fullmatch(DETERMINER, self._run[0].group(), re.I)
        return bool(named and not helped and self._names.has(self._run[-1].group()) and is_base(self._word(n)))

    def _is_predicate(self, n: int) -> bool:
        """Tell the last word of "Which mill is cheaper?" and of "Are the ferries loud?", "Why is the sea cold?"."""
        if n != self._last or n < 2 or not self._word(n).islower():
            return False
        be = self._word(0).lower() in ("why", "how")  # where it stands
        if re.fullmatch("is|are|was|were", self._word(be), re.I):
            before = self._word(n - 1)
            bound = re.fullmatch(f"{DETERMINER}|{PREPOSITION}|and|or", before, re.I) or OWNER_MARK.search(before)
            return n > be + 1 and self._word(be + 1).lower() != "there" and not bound
        asked = n > 2 and re.fullmatch("which|what", self._word(0), re.I)
        return bool(asked and re.fullmatch("is|are|was|were", self._word(n - 1), re.I))

    def _stands_as_verb(self, n: int) -> bool:
        """Tell a verb by its place, after an auxiliary and who does it: "did she promise", "did the board want"."""
        word = self._word(n)
        if not word.islower() or re.fullmatch(f"{DETERMINER}|{PREPOSITION}|{WH}|{CONJUNCTION}", word, re.I):
            return False
        if not self._run:
            k = n - 1
            while k > 1 and re.fullmatch(ADVERB, self._word(k), re.I):
                k -= 1
            helper = rf"{_HELPER}|is|are|was|were" if word.endswith("ing") else _HELPER
            return bool(re.fullmatch(PRONOUN, self._word(k), re.I) and re.fullmatch(helper, self._word(k - 1), re.I))
        start = n - len(self._run)
        subject = [t.group() for t in self._run if not re.fullmatch(DETERMINER, t.group(), re.I)]
        if not subject or OWNER_MARK.search(subject[-1]) or self._tokens[start].start() != self._run[0].start():
            return False
        auxiliary, last = self._word(start - 1), n == self._last
        if re.fullmatch("is|are|was|were", auxiliary, re.I):
            return start > 1 and last and word.endswith("ed")
        if not re.fullmatch(_HELPER, auxiliary, re.I):
            return False
        if last:
            bare = self._names.has(subject[-1]) and len(subject) == len(self._run)
            return bare or start > 1 or not self._names.has(subject[-1])
        follows = re.fullmatch(f"{DETERMINER}|{PRONOUN}|{PREPOSITION}", self._word(n + 1), re.I)
        return bool(follows) and not any(is_verb(self._word(k)) for k in range(n + 1, len(self._tokens)))

    def _close(self) -> None:
        run, self._run = self._run, []
        while run and re.fullmatch(f"{DETERMINER}|of|and|or|&", run[-1].group(), re.I):
            run.pop()
        if not run or (len(run) > 1 and all(re.fullmatch(f"{DETERMINER}|{ADVERB}", t.group(), re.I) for t in run)):
            return
        if re.fullmatch("most|least", run[-2].group() if len(run) > 1 else "", re.I):
            return
        start, end = run[0].start(), run[-1].end()
        text = self._question[start:end]
        owner = next((t.end() for t in run[:-1] if OWNER_MARK.search(t.group())), 0)
        self._found.append(Phrase(start, end, text, self._names.kind(text), self._before, owner))
