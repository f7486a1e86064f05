"""The conversation so far: what was asked, standing alone, and what was answered to it.

In: an earlier question, and a way to its answer's quotes. Out: the people and things that the answer names,
which a follow-up may mean by "he", "it" or "the other one". Answers are looked up only when they are needed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rag.conversation.first_names import HE, SHE
from rag.conversation.grammar import AUXILIARY, OWNER_MARK, opened
from rag.conversation.people import ROLE
from rag.conversation.phrases import Kind, Names, Phrase
from rag.conversation.topics import things
from rag.datatypes import Quote
from rag.patterns import lazy

MAX_NAME_WORDS = 3
"""A person's name is not longer, titles aside."""
MAX_THING_WORDS = 5
"""What answers a question is named by it when it is at most so long."""

MEN = r"(?:grand|step)?(?:father|dad|brother|son|husband|uncle|nephew|boyfriend|king|man|guy|sir)"
WOMEN = r"(?:grand|step)?(?:mother|mum|mom|sister|daughter|wife|aunt|niece|girlfriend|queen|(?:chair)?woman)"
SOMEBODY = lazy(rf"\b(?:{ROLE}|{MEN}|{WOMEN})$", re.I)
"""Who is spoken of as somebody's, or as what they are."""

_TITLE = lazy(r"^(?:(?:mr|ms|mrs|dr|prof|sen|gov)\.?|president|senator|governor|secretary|general|mayor|warden)$", re.I)
_HIS = lazy(r"(?i:mr\.?|sir|lord|father|brother|uncle)\s+[A-Z]")
_HERS = lazy(r"(?i:mrs\.?|ms\.?|miss|dame|lady|sister|mother|aunt)\s+[A-Z]")
_ASKS_WHO = lazy(r"^(?:(?:by|to|from|with|for)\s+)?(?:who|whom|which\s+(?:person|man|woman))\b", re.I)
_ASKS_WHAT = lazy(
    rf"^(?:in\s+|on\s+|at\s+)?(?:what|which|who)\b(?!\s+(?:{AUXILIARY}\s+)?\w+\s+(?:say|think|feel)\b)", re.I
)


@dataclass(frozen=True, slots=True)
class Exchange:
    """An earlier question and its answer."""

    question: str
    """Standing alone, without the mark at its end."""
    answer: Callable[[], Sequence[Quote]]
    followed: bool = False
    """Whether it was a follow-up itself, with something put in."""
    narrowed: bool = False
    """Whether it only asked more of the question before it: "why not?"."""

    @property
    def asks_who(self) -> bool:
        """Whether it asks for a person."""
        return bool(_ASKS_WHO.match(self.question))

    @property
    def asks_what(self) -> bool:
        """Whether it asks for something that has a name."""
        return bool(_ASKS_WHAT.match(self.question))

    def people(self, names: Names, pronoun: str) -> list[str]:
        """Return the people whom the answer names and who may be called "he", or "she".

        Where it asked for a person, any name among the words that answer is taken for one's.
        """
        for text, answers in self._texts():
            named = [p for p in self._new(text, names) if p.kind is Kind.NAME]
            known = [p for p in named if is_person(p, names)]
            named = [p for p in named if not set(p.text.lower().split()) & set(self.question.lower().split())]
            found = known or (named[:1] if self.asks_who and answers else [])
            fitting = [p for p in found if not pronoun or called(p.text, names) in ("", pronoun)]
            if fitting:
                return list(dict.fromkeys(_with_article(p, text) for p in fitting))
        return []

    def thing(self, names: Names) -> str:
        """Return the thing that answers: its name, or a short phrase; nothing where it can't be told."""
        for quote in self.answer()[:1]:
            for start, end in quote.highlight[:1]:
                words = quote.interview.text[start:end].strip(" .,;:!?\"'\u201c\u201d")
                found = [p for p in self._new(words, names) if not (is_person(p, names) or _is_figure(p))]
                named = [p for p in found if p.kind is Kind.NAME]
                if named:
                    return _with_article(named[0], words)
                if found and len(words.split()) <= MAX_THING_WORDS:
                    return found[0].text
        return ""

    def other(self, names: Names) -> str:
        """Return what the answer names beside the one thing that was asked for; nothing where that isn't one."""
        for quote in self.answer()[:1]:
            chosen = " ".join(quote.interview.text[a:b] for a, b in quote.highlight) or self.question
            found = [p.text for p in self._new(quote.text, names) if p.kind is Kind.NAME and not is_person(p, names)]
            heads = {w.lower() for w in chosen.split()}
            rest = list(dict.fromkeys(t for t in found if t.lower() not in chosen.lower()))
            alike = [t for t in rest if len(t.split()) > 1 and t.split()[-1].lower() in heads] or rest
            return alike[0] if len(alike) == 1 else ""
        return ""

    def _texts(self) -> Iterator[tuple[str, bool]]:
        """Yield the words that answer, then the whole first quote, and whether they are those words."""
        for quote in self.answer()[:1]:
            for start, end in quote.highlight:
                yield quote.interview.text[start:end], True
            yield quote.text, False

    def _new(self, text: str, names: Names) -> list[Phrase]:
        """Return what the answer speaks of and the question doesn't."""
        return [p for p in things(text, names) if OWNER_MARK.sub("", p.text).lower() not in self.question.lower()]


def _is_figure(phrase: Phrase) -> bool:
    """Tell an amount, which "it" doesn't stand for."""
    return not re.search(r"[^\W\d]", phrase.text)


def is_person(phrase: Phrase, names: Names) -> bool:
    """Tell whether a phrase is the name of a person, as far as the interviews tell."""
    words = [w for w in OWNER_MARK.sub("", phrase.text).split() if not _TITLE.match(w)]
    return 0 < len(words) <= MAX_NAME_WORDS and any(w.lower() in names.people for w in words)


def is_somebody(phrase: Phrase, names: Names) -> bool:
    """Tell whether a phrase is a person, by name or by role: "the new coach"."""
    return is_person(phrase, names) or bool(SOMEBODY.search(phrase.text))


def called(name: str, names: Names) -> str:
    """Return whether somebody is called "he" or "she": by title, first name or interviews; nothing where none tells."""
    if _HIS.match(name) or _HERS.match(name):
        return "he" if _HIS.match(name) else "she"
    words = [w.lower() for w in OWNER_MARK.sub("", name).split()]
    first = words[0] if words else ""
    if first in HE or first in SHE:  # surer than the next "he" in the interview, who may be somebody else
        return "he" if first in HE else "she"
    return next((who for w in words if (who := names.people.get(w, ""))), "")


def _with_article(name: Phrase, text: str) -> str:
    """Return a name with "the" where an article stands before it: "a new Special Representative"."""
    article = re.search(r"\b(?:the|an?)\s+(?:[a-z]+\s+){0,2}$", text[: name.start])
    plain = OWNER_MARK.sub("", name.text)
    return f"the {plain}" if article else re.sub(r"^an?\s+", "the ", plain)


def exchange(
    question: str, answer: Callable[[], Sequence[Quote]], *, followed: bool = False, narrowed: bool = False
) -> Exchange:
    """Return an exchange, the question without its mark."""
    return Exchange(opened(question), answer, followed, narrowed)
