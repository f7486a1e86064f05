"""What looks like a speaker's name, and which names mean the same person.

In: labels as they stand in a transcript, and the full names known from its title, header or front
matter. Out: names. A first name, a surname or initials become the full name only where one person fits.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rag.datatypes import Role
from rag.parsing.vocabulary import (
    ANSWERING,
    ASKING_STYLES,
    BEFORE_NAMES,
    BYSTANDERS,
    COURTESY_TITLES,
    FEMALE_TITLES,
    FUNCTION_WORDS,
    HEARD,
    HOSTING,
    INTERVIEWEE_WORDS,
    INTERVIEWER_WORDS,
    MALE_TITLES,
    NAMES_IN_S,
    NO_NAMES,
    NOBODY,
    PARTICLES,
    POST_NOMINALS,
    PRESIDING,
    PUTTING,
    REPORTING,
    SPELT_NUMBERS,
    SPOKEN_WORDS,
    SURNAMES_TOO,
    TITLES,
)
from rag.patterns import lazy

MAX_NAME_WORDS: Final = 6
MAX_FUNCTION_WORDS: Final = 4
"""Words of a label that names no person but a function."""

BRACKETED_SPEAKERS: Final = 0.75
"""Of all that stands in brackets at the heads of lines, how much must be speakers who come again."""

_CLEAN: Final = "*_#<>[](){}\"“”'‘’|\\ \t\xa0\u200b\u200e\u200f\u202a\u202b\u202c\ufeff"
_ASIDE: Final = lazy(r"\s*[(\[]((?:[^()\[\]]|\([^()]{0,40}\)){0,80})[)\]]")
_CONTINUED: Final = lazy(
    r"(?<=\S)(?:\s*[(\[]\s*cont(?:['’]?d|inue[sd]|inuing)?\.?\s*[)\]]|(?:,|\s[-–—])?\s+cont['’]?d\.?"
    r"|(?:,|\s[-–—])\s+cont(?:inue[sd]|inuing)?\.?)(?=[*_\s]*$)",
    re.IGNORECASE,
)
"""``TWOMEY (CONT'D)`` is Twomey, as scripts have it where she goes on."""

_WRAPPED: Final = lazy(r"[*_\s]*[\[(<]([^\[\]()<>]+)[\])>][*_\s]*")
_BESIDE: Final = lazy(r"[\s\xa0]+(?:--|[-–—|])[\s\xa0]+")
_FIRST_NAME: Final = lazy(r"[A-Z][a-zà-ÿ'’-]+(?<!ing)")
_ROMAN: Final = lazy(r"(?:X{0,2}(?:IX|IV|V?I{1,3}|V)|X{1,2})")
_PARTY: Final = lazy(r"\b[A-Z]-[A-Z][\w.]*")
"""A politician's party and state, ``D-Conn.``: its letter is none of those that apostrophes part from words."""

_NAME_WORD: Final = lazy(r"^(?:[\w$@.'’\-‐‑/&+]+|#\d+)$")
_NICKNAME: Final = lazy(r"(?<=\w )[\"“‘'](?P<name>[^\W\d_][\w.-]*)[\"”’'](?= \w)")
"""``Robert "Bob" Hale``: one word of a name may stand in quotation marks, neither the first nor the last."""


@dataclass(frozen=True, slots=True)
class Named:
    """A label taken apart: the name, and what stands beside it about its bearer."""

    name: str
    description: str | None = None


def named(label: str) -> Named:
    """Take a label apart: ``WOLF BLITZER, CNN HOST (on camera)`` is a name, a description and an aside."""
    wrapped = _WRAPPED.fullmatch(label)  # [SPEAKER_00]: all of it is the name, no aside
    label = _CONTINUED.sub("", wrapped[1] if wrapped else label)
    asides = [a.strip() for a in _ASIDE.findall(label)]
    bare, *beside = _BESIDE.split(_ASIDE.sub("", label).strip(_CLEAN), maxsplit=1)
    name, *rest = (part.strip() for part in bare.split(","))
    while rest and _plain(rest[0]) in POST_NOMINALS:
        name = f"{name}, {rest.pop(0)}"
    rest += beside
    aside = next((a for a in asides if (a[:1].isupper() and not initials_like(a)) or beside_role(a)), "")
    side, whole = _side_before(" ".join(filter(_legible, name.strip(_CLEAN).split())))
    return Named(whole, ", ".join(filter(None, (side, ", ".join(rest) or aside))) or None)


def _side_before(name: str) -> tuple[str, str]:
    """Take the word for a side from before a name of several words, ``Host Ruth Hale``; ``Guest Two`` has none."""
    side, _, whole = name.partition(" ")
    words = whole.split()
    if _plain(side) not in BEFORE_NAMES or len(words) < 2 or bystander(whole) or role_word(whole):
        return "", name
    numbered = any(_number(w) or _plain(w) in SPELT_NUMBERS for w in words)
    return ("", name) if numbered or not all(map(_name_word, words)) else (side, whole)


def _legible(word: str) -> bool:
    return word.isascii() or any(c.isalnum() for c in word)  # a picture beside a name is no part of it


def initials_like(word: str) -> bool:
    """Tell whether a word is somebody's initials: ``MSM``, ``J.D.``."""
    letters = word.replace(".-", "").replace(".", "")  # J.-L. P.
    return 1 <= len(letters) <= 4 and letters.isalpha() and letters.isupper()


def shadowed_initials(word: str) -> bool:
    """Tell initials that are a small word too: ``I:`` for the interviewer, ``TO:`` for Tim Osei."""
    return initials_like(word) and _plain(word) in FUNCTION_WORDS


def speaks_on(description: str | None) -> bool:
    """Tell that what follows a name and a comma is no description but speech: ``Look, I told them: ...``."""
    words = _PARTY.sub("", description or "").casefold()
    return not SPOKEN_WORDS.isdisjoint(re.findall(r"[a-z]+", words))


def hosting(description: str | None) -> bool:
    """Tell who leads a broadcast by what stands beside the name: ``HOST``, ``CNN ANCHOR``."""
    return not HOSTING.isdisjoint(re.findall(r"[a-z]+", (description or "").casefold()))


def reporting(description: str | None) -> bool:
    """Tell a broadcaster's own reporter likewise: ``BYLINE``, ``CNN CORRESPONDENT``."""
    return not REPORTING.isdisjoint(re.findall(r"[a-z]+", (description or "").casefold()))


def name_like(name: str) -> bool:
    """Tell whether a label has the shape of a name, or of a word for a speaker."""
    words = _NICKNAME.sub(r"\g<name>", name.replace(",", " "), count=1).split()
    if not 1 <= len(words) <= MAX_NAME_WORDS or not any(c.isalpha() for c in name):
        return False
    if _no_name(words):
        return False
    return _for_a_function(words) or (all(_name_word(w) for w in words) and _capital(words[-1]))


def _for_a_function(words: Sequence[str]) -> bool:
    """Tell ``interviewer``, ``Speaker 2`` and ``Man in the audience`` from other words."""
    plain = {_plain(w).rstrip("0123456789") for w in words}
    if len(words) > 1:
        plain = {p for p in plain if len(p) > 1}  # "a" and "q" are words for a side only when they stand alone
    short = len(words) <= MAX_FUNCTION_WORDS and (len(words) == 1 or _capital(words[0]))
    return (
        short
        and bool(plain & (INTERVIEWER_WORDS | INTERVIEWEE_WORDS | BYSTANDERS))
        and all(map(_NAME_WORD.match, words))
    )


def _no_name(words: Sequence[str]) -> bool:
    words = [w for w in words if not _counts(w)] or words[:1]  # "Episode 12" is as little a name as "Episode"
    plain = [_plain(w) for w in words]
    if len(plain) == 1:
        return plain[0] in NO_NAMES or plain[0] in FUNCTION_WORDS
    if any(word.endswith(".") and p in NO_NAMES | FUNCTION_WORDS for word, p in zip(words[:-1], plain, strict=False)):
        return True  # "Yes. Ruth"
    return plain[0] in FUNCTION_WORDS or all(p in NO_NAMES | FUNCTION_WORDS for p in plain)


def refused(name: str) -> bool:
    """Tell a single word that opens a line with a colon in ordinary prose, ``Price``; it may be a surname as well."""
    return _plain(name) in NO_NAMES and _capital(name)


def surname_too(name: str) -> bool:
    """Tell a word for a marker or a bystander that may as well be a surname: ``Song``, ``Lee Child``."""
    return _plain(name.split()[-1]) in SURNAMES_TOO


def _number(word: str) -> bool:
    return word.lstrip("#").isdigit()


def _counts(word: str) -> bool:
    return _number(word) or _plain(word) in SPELT_NUMBERS or _ROMAN.fullmatch(word) is not None


def _name_word(word: str) -> bool:
    if not _NAME_WORD.match(word):
        return False
    return _capital(word) or _plain(word) in PARTICLES or _number(word)


def _capital(word: str) -> bool:
    first = next((c for c in word if c.isalnum()), "")
    # Letters of scripts without case (Arabic, Chinese) are neither upper nor lower.
    return first.isdigit() or (first.isalpha() and not first.islower()) or any(c.isupper() for c in word[1:])


def _plain(word: str) -> str:
    return word.casefold().strip(".,:;()[]*_\"'’").replace(".", "")


def nobody(name: str) -> bool:
    """Tell a marker that is no speaker: ``Break``, ``Jingle``, ``Sound Sample``."""
    words = [_plain(w) for w in name.split()]
    examining = len(words) > 1 and words[0] == "by" and name.isupper()  # BY MS. TORRES: her questions follow
    return examining or (bool(words) and len(words) <= 3 and words[-1] in NOBODY)


def first_names(marks: Iterable[str]) -> frozenset[str]:
    """Return which single words in brackets at the heads of lines are speakers, as in ``[Ada] I was fourteen``.

    They come again, and beside another speaker who does; what is merely heard or done (``[Chuckles]``) is none.
    Where nearly all brackets are such speakers', one that comes once is a speaker's too.
    """
    times = Counter(marks)
    single = {m for m in times if _FIRST_NAME.fullmatch(m) and not nobody(m) and not _heard(_plain(m))}
    again = {m for m in times if times[m] > 1 and (m in single or speaker_in_brackets(m))}
    if len(again) < 2:
        return frozenset()
    speaking = {m for m in times if m in again or role_word(m) or bystander(m)}
    mostly = sum(times[m] for m in speaking) >= BRACKETED_SPEAKERS * times.total()
    return frozenset(single if mostly else single & again)


def speaker_in_brackets(mark: str) -> bool:
    """Tell what speaks wherever it stands in brackets, ``[Dr. Lee]`` or ``[Interviewer]``, from a single word."""
    return bool(role_word(mark) or bystander(mark) or len(mark.split()) > 1)


def _heard(word: str) -> bool:
    return word in HEARD or (word.endswith("s") and word not in NAMES_IN_S)


def role_word(name: str) -> Role | None:
    """Return the role that a label itself names: ``INTERVIEWER``, ``Q``, ``Guest``."""
    words = [_plain(w).rstrip("0123456789") for w in name.split() if not _number(w)]
    words = [w for w in words if w]
    words = words[1:] if len(words) == 2 and words[0] == "the" else words
    if not words or len(words) > 2:
        return None
    if all(w in INTERVIEWER_WORDS for w in words) or (words[-1] in INTERVIEWER_WORDS and len(words[-1]) > 1):
        return Role.INTERVIEWER
    return Role.INTERVIEWEE if all(w in INTERVIEWEE_WORDS for w in words) else None


def beside_role(description: str | None) -> Role | None:
    """Return the role that stands beside a name, ``Ruth Hale (Interviewer)``: alone, or before where from.

    Who leads a broadcast or reports for it, ``HOST`` and ``BYLINE``, may be a guest here; ``offices.py`` judges that.
    """
    word = _plain(re.split(r"[,;/]", description or "", maxsplit=1)[0].strip()).removeprefix("the ")
    other = len(word) < 2 or " " in word or word in HOSTING | REPORTING | PUTTING
    return None if other else role_word(word)


def questioner(name: str, description: str | None) -> Named | None:
    """Return who puts a question by what stands beside the label: ``QUESTION (Ann Ek, Reuters)``."""
    who, _, outlet = (description or "").partition(",")
    whole = len(who.split()) > 1 and name_like(who)
    return Named(who.strip(), outlet.strip() or None) if _plain(name) in PUTTING and whole else None


def asking_style(name: str) -> bool:
    """Tell the name of a style, or of a page's class, that says that questions are set in it."""
    return not ASKING_STYLES.isdisjoint(re.findall(r"[a-z]+", name.casefold()))


def bystander(name: str) -> bool:
    """Tell a label that names nobody in particular: ``Speaker 1``, ``UNIDENTIFIED MALE``."""
    words = [_plain(w).rstrip("0123456789") for w in name.split()]
    if len(words) > 1 and words[-1] in SURNAMES_TOO and words[0] not in PARTICLES | TITLES - COURTESY_TITLES:
        words.pop()  # Lee Child, but THE CLERK
    return not BYSTANDERS.isdisjoint(words)


def answering_word(name: str) -> bool:
    """Tell a bystander's word for one person who may be interviewed: ``Participant``, ``The Narrator``."""
    return bystander(name) and not unidentified(name) and not ANSWERING.isdisjoint(map(_plain, name.split()))


def unidentified(name: str) -> bool:
    """Tell a label that says that nobody knows who speaks: ``UNIDENTIFIED PERSON #1``."""
    return not {_plain(w) for w in name.split()}.isdisjoint(("unidentified", "unknown"))


def presiding(name: str) -> bool:
    """Tell who gives others the floor, ``The CHAIR``; ``CHAIRMAN POWELL`` may be the one who answers."""
    words = {_plain(w) for w in name.split()} - {"the", "mr", "madam", "vice"}
    return bool(words) and words <= PRESIDING


def same_person(label: str, name: str) -> bool:
    """Tell whether ``label`` may be short for the full ``name``: a part of it, or its initials."""
    short, full = name_words(label), name_words(name)
    if not short or not full or of_two(label, name):
        return False
    if short == full:
        return True
    if len(short) < len(full) and (short == full[: len(short)] or short == full[-len(short) :]):
        return True
    if len(short) > 1 and len(full) > 1 and short[0] == full[0] and short[-1] == full[-1]:
        return True  # a middle name left out
    if not initials_like(label.replace(" ", "")):
        return False
    letters = letters_of(label)
    return letters in initials_of(full, name) and len(letters) > 1


def letters_of(initials: str) -> str:
    """Return the letters of somebody's initials in small letters, however they are set: ``J.-L. P.`` is ``jlp``."""
    return re.sub(r"[.\s-]", "", initials).casefold()


def initials_of(words: Sequence[str], name: str = "") -> frozenset[str]:
    """Return the initials by which a name may go: ``jlp`` and ``jp`` for ``jean-luc petit``.

    The capitals of ``name`` as it is written are some too: ``SMS`` for ``Séamus Mac an tSaoir``.
    """
    kept = (word for word in name.split() if _plain(word) in words)
    capitals = "".join(next(filter(str.isupper, word), "") for word in kept).casefold()
    first = "".join(w[0] for w in words if w not in PARTICLES)
    each = "".join(part[0] for w in words for part in w.split("-") if part)
    return frozenset((first, "".join(w[0] for w in words), first[:1] + first[-1:], each, capitals)) - {""}


def of_two(label: str, name: str) -> bool:
    """Tell Mr. Smith from Mrs. Smith."""
    titles = [{_plain(word) for word in who.split()[:-1]} for who in (label, name)]  # Lord is a surname too
    return any(a & MALE_TITLES and b & FEMALE_TITLES for a, b in (titles, titles[::-1]))


def name_words(name: str) -> list[str]:
    """Return the words of a name in small letters, without titles before it and degrees after it."""
    words = [plain for w in re.split(r"[\s\xa0,]+", name) if (plain := _plain(w))]
    words = [w for w in words if w not in POST_NOMINALS] or words  # MD may be Mo Desai
    while len(words) > 1 and words[0] in TITLES:
        words.pop(0)
    return words


def full_name(label: str, known: Iterable[str]) -> str:
    """Return the one known name that ``label`` is short for, or ``label`` where none or several fit."""
    fits = {" ".join(name_words(n)): n for n in known if same_person(label, n)}
    exact = fits.get(" ".join(name_words(label)))
    if exact is not None:
        return exact
    return next(iter(fits.values())) if len(fits) == 1 else label


def longer_name(label: str, others: Iterable[str]) -> str:
    """Return whom a surname with a title, or with its particle, is short for: ``Dr. Smith`` for ``Dr. John Smith``.

    Another title is another person's, and so is the label itself where several fit.
    """
    short = name_words(label)
    if len(short) != 1 and not (short and short[0] in PARTICLES):
        return label
    titled = set(map(_plain, label.split())) - set(short)
    fits = {
        " ".join(words): other
        for other in others
        if (words := name_words(other))[-len(short) :] == short
        and len(words) > len(short)
        and titled <= set(map(_plain, other.split()))
    }
    return next(iter(fits.values())) if len(fits) == 1 else label


def courtesy_title(word: str) -> bool:
    """Tell ``Mrs.`` from other titles: it tells two people of one surname apart."""
    return _plain(word) in COURTESY_TITLES


def title_word(word: str) -> bool:
    """Tell ``General``, ``Dr.`` or ``CEO`` from a part of a name."""
    return _plain(word) in TITLES
