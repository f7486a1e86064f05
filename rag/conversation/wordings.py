"""A question in the interviews' own wording: an acronym for what it stands for, or the other way; OpenAI for Open AI.

In: a question, a ``Lexicon``. Out: the question, with the form that those who answer use in place of one that they
don't, and beside one that they use as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.conversation.acronyms import LONG_ENOUGH, short_forms, stands_for
from rag.conversation.common_acronyms import ALSO_WORDS, COMMON
from rag.conversation.lexicon import Lexicon
from rag.conversation.other_names import OTHER_NAMES, PARTS
from rag.patterns import lazy
from rag.words import STOP_WORDS

LONGEST = 7
"""So many words at most, small ones among them, are looked at as what an acronym may stand for."""

_ACRONYM = lazy(r"\b(?:[A-Z][A-Za-z]{0,4}[A-Z]|[b-df-hj-np-tv-xz]{3,6})\b")
"""In small letters only without a vowel: "rlhf"."""
_DOTTED = lazy(r"\b(?:[A-Za-z]\.[ ]?){1,5}[A-Za-z]\b\.?")
_STANDS_FOR = lazy(
    r"^\W*what(?:\s+(?:do|does|did)\s+(?:the\s+)?(?P<does>[\w.]+)\s+(?:stand\s+for|mean)|(?:['\u2019]?s|\s+(?:is|are|was))\s+(?:the\s+)?"
    r"(?P<short>[\w.]+)\s+short\s+for|(?:['\u2019]?s|\s+(?:is|was))\s+the\s+(?:full|long)\s+(?:form|name)\s+of\s+(?:the\s+)?(?P<form>[\w.]+?))\W*$",
    re.I,
)
"""Where only the long form answers."""
_DEFINITION = lazy(r"^\W*what(?:\s+(?:is|are|was)|['\u2019]?s)\s+(?:an?\s+|the\s+)?(?P<short>[\w.]+?)\W*$", re.I)
"""Where the long form answers better, unless a definition stands in brackets."""
_OF_ASKING = lazy(r"\b(?:ask(?:s|ed)?|questions?|interviewers?|journalists?)\b", re.I)
"""Where the words of those who ask may be wanted."""
_WORD = lazy(r"[^\W\d_]+")
_ARTICLE = lazy(r"\ban? $")
_VOWEL = lazy(r"[aeioAEIO]|[FHLMNRSX](?=[A-Z])")
"""What "an" stands before: a vowel, or a letter whose name begins with one."""
_NEIGHBOURS = lazy(r"\b(?P<first>[^\W_]+)(?=[ -](?P<second>[^\W_]+)\b)")
_OF_A_PLACE = r"(?!\w|-(?!(?:[a-z]*ed|run|held|built|made|born|wide)\b)| [A-Z])"
"""What may follow a place's name: the UK's, UK-led, but no other name."""


@dataclass(frozen=True, slots=True)
class _Form:
    """A short or long form in a question, and another form that the interviews may use."""

    start: int
    end: int
    found: str
    other: str
    beside: bool = False
    """Whether the two stand beside each other where both are said."""
    unsure: bool = False
    """Whether it is only told by its letters what a short form stands for."""


def expand(question: str, known: Lexicon) -> str:
    """Put acronyms and what they stand for as those who answer say it, both where they say both."""
    forms = _forms(question, known)
    asked = _STANDS_FOR.match(question) or (_DEFINITION.match(question) if forms and forms[0].unsure else None)
    if asked and len(forms) == 1 and forms[0].found in asked.groups() and _said(forms[0].other, known):
        return f"What was said about {_as_spoken_of(forms[0], known)}?"
    of_asking = _OF_ASKING.search(question) is not None
    for form in forms:
        question = _put(_best(form, known, of_asking), form, question)
    return question


def _as_spoken_of(form: _Form, known: Lexicon) -> str:
    """Return what stands beside an acronym with "the", where somebody says it with an article, or whose it is."""
    either = "|".join(map(re.escape, (form.found, form.other)))
    told = known.answered(re.compile(rf"\b(?:the|an?|our|its|this)\s+(?:[\w-]+\s+){{0,2}}(?:{either})\b", re.I))
    return f"the {form.other}" if form.beside and told else form.other


def _put(words: str, form: _Form, question: str) -> str:
    """Return a question with other words for a form, and with the article that goes with them."""
    before = question[: form.start]
    if words != form.found:
        before = _ARTICLE.sub(f"a{'n' if _VOWEL.match(words) else ''} ", before)
    return before + words + question[form.end :]


def swapped(question: str, known: Lexicon) -> str:
    """Put an acronym's expansion in its place, or an expansion's acronym: the question's other wording."""
    for form in _forms(question, known):
        question = question[: form.start] + form.other + question[form.end :]
    return question


def _best(form: _Form, known: Lexicon, of_asking: bool) -> str:
    """Return the form that those say whose words are wanted; one that only the others say finds less."""
    found, other = _as_said(form.found), _as_said(form.other)
    wanted, others = (known.asked, known.answered) if of_asking else (known.answered, known.asked)
    if wanted(found):
        return f"{form.found} ({form.other})" if form.beside and wanted(other) else form.found
    return form.other if wanted(other) or not others(found) else form.found


@lru_cache(512)
def _as_said(form: str) -> re.Pattern[str]:
    """Return the pattern that finds a form however its words are joined; a short one only as it is written."""
    joined = r"[\s-]+".join(map(re.escape, re.split(r"[\s-]+", form)))
    return re.compile(rf"(?<!\w){joined}(?:s\b|(?!\w))", re.I if " " in form else 0)


def _forms(question: str, known: Lexicon) -> list[_Form]:
    """Return the forms in a question that have another, the last first; of two that overlap only one."""
    kept: list[_Form] = []
    for form in (
        *_joined(question, known),
        *_bracketed(question, known),
        *_places(question, known),
        *_long(question, known),
        *_short(question, known),
    ):
        apart = all(form.end <= k.start or k.end <= form.start for k in kept)
        if apart and not re.search(
            rf"(?<!\w){re.escape(form.other)}(?!\w)", question, re.I if " " in form.other else 0
        ):
            kept.append(form)
    return sorted(kept, key=lambda form: -form.start)


def _joined(question: str, known: Lexicon) -> Iterator[_Form]:
    """Yield two words of a question that the interviews write as one name, with a capital letter where they meet."""
    for match in _NEIGHBOURS.finditer(question):
        first, second = match.groups()
        written = known.names.written((first + second).lower())
        if written[len(first) - 1 : len(first)].islower() and written[len(first) : len(first) + 1].isupper():
            yield _Form(match.start(), match.end("second"), question[match.start() : match.end("second")], written)


def _bracketed(question: str, known: Lexicon) -> Iterator[_Form]:
    """Yield what the interviews give in brackets."""
    for short, long in known.acronyms.items():
        for found, other in ((short, long), (long, short)):
            joined = r"[\s-]+".join(map(re.escape, found.split()))
            match = re.search(rf"\b{joined}\b", question, re.I if len(found) > LONG_ENOUGH else 0)
            if match:
                yield _Form(*match.span(), match.group(), other, beside=True)


def _short(question: str, known: Lexicon) -> Iterator[_Form]:
    """Yield the acronyms of a question with what they stand for."""
    for match in _ACRONYM.finditer(question):
        short = match.group()
        said = _dotted(short, known)
        if said:
            yield _Form(*match.span(), short, said)
        long = known.stands_for(short)
        if long:
            yield _Form(*match.span(), short, long, unsure=True)
    for match in _WORD.finditer(question):
        short = match.group().removesuffix("s") if match.group()[:-1].isupper() else match.group()
        common = COMMON.get(short) or _COMMON_SMALL.get(short)
        if common and _said(common, known):
            many = short != match.group() and not common.endswith("s")
            yield _Form(*match.span(), match.group(), f"{common}s" if many else common)
    for match in _DOTTED.finditer(question):
        short = "".join(filter(str.isalpha, match.group())).upper()
        if known.answered(_as_said(short)):
            yield _Form(*match.span(), match.group(), short)


_COMMON_LONG = [(re.split(r"[\s-]", long, maxsplit=1)[0].lower(), s, long) for s, long in COMMON.items() if long]
"""What common acronyms stand for, with how it begins: to look for all of them by patterns would take long."""
_COMMON_SMALL = {s.lower(): long for s, long in COMMON.items() if s.lower() not in STOP_WORDS | ALSO_WORDS}


def _places(question: str, known: Lexicon) -> Iterator[_Form]:
    """Yield the countries and cities of a question that the interviews call by another name."""
    for names in OTHER_NAMES:
        # The longest first, which others may be part of; compiling every pattern would slow the first question.
        likely = (n for n in sorted(names, key=len, reverse=True) if n.removeprefix("the ") in question)
        name, found = next(((n, match) for n in likely if (match := _named(n).search(question))), ("", None))
        other = found and next((n for n in names if n != name and _is_said(_named(n), known)), None)
        if found and other:
            yield _Form(*found.span(), found.group(), other)


@lru_cache(256)
def _named(name: str) -> re.Pattern[str]:
    """Return the pattern that finds a place by a name which is no part of another."""
    article, bare = ("[Tt]he ", name.removeprefix("the ")) if name.startswith("the ") else ("(?<![Tt]he )", name)
    apart = "".join(f"(?<!{part} )" for part in PARTS)
    return re.compile(rf"(?<!\w){apart}{article}{re.escape(bare)}{_OF_A_PLACE}")


def _dotted(short: str, known: Lexicon) -> str:
    """Return an acronym with the points that somebody writes in it."""
    return known.answered(re.compile(r"\b" + r"\.\s?".join(short) + r"\b\.?"))


def _said(form: str, known: Lexicon) -> bool:
    return _is_said(_as_said(form), known)


def _is_said(form: re.Pattern[str], known: Lexicon) -> bool:
    return bool(known.answered(form) or known.asked(form))


def _long(question: str, known: Lexicon) -> Iterator[_Form]:
    """Yield words in a question that an acronym stands for which the interviews use."""
    low = question.lower()
    for begins, short, long in _COMMON_LONG:
        match = _as_said(long).search(question) if begins in low else None
        said = (short if _said(short, known) else _dotted(short, known)) if match else ""
        if match and said:
            many = match.group().lower() == f"{long.lower()}s" and _said(f"{said}s", known)
            yield _Form(*match.span(), match.group(), f"{said}s" if many else said)
    found = list(_WORD.finditer(question))
    for size in range(LONGEST, LONG_ENOUGH - 1, -1):
        for at in range(len(found) - size + 1):
            start, end = found[at].start(), found[at + size - 1].end()
            short = _short_for([m.group() for m in found[at : at + size]], question[start:end], known)
            if short:
                yield _Form(start, end, question[start:end], short)


def _short_for(words: Sequence[str], long: str, known: Lexicon) -> str:
    """Return the acronym that the interviews use for words; nothing where it is known to stand for others."""
    if not re.fullmatch(r"[\w\s-]+", long) or not _begins(words[0]) or not _begins(words[-1]):
        return ""
    for letters in short_forms(words):
        short = known.names.written(letters.lower())
        if len(letters) >= LONG_ENOUGH and _ACRONYM.fullmatch(short) and stands_for(short, long):
            meant = COMMON.get(short) or known.acronyms.get(short) or known.stands_for(short) or long
            return short if meant.lower() == long.lower() else ""
    return ""


def _begins(word: str) -> bool:
    return word.lower() not in STOP_WORDS
