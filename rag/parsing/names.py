"""What looks like a speaker's name, and which names mean the same person.

In: labels as they stand in a transcript, and the full names known from its title, header or front
matter. Out: names. A first name, a surname or initials become the full name only where one person fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rag.datatypes import Role

MAX_NAME_WORDS: Final = 6

INTERVIEWER_WORDS: Final = frozenset(
    "q question interviewer host co-host cohost presenter moderator anchor reporter journalist correspondent questioner "
    "entrevistador entrevistadora pregunta frage fragesteller intervieweur intervieweuse вопрос корреспондент ведущий".split()
)
INTERVIEWEE_WORDS: Final = frozenset(
    "a answer interviewee guest respondent informant subject entrevistado entrevistada respuesta antwort invité invitée "
    "ответ гость".split()
)
_BYSTANDERS: Final = frozenset(
    "speaker speakers audience member members man woman male female student participant caller voice voices person people "
    "panelist panellist crowd attendee translator interpreter unidentified unknown operator narrator announcer all both "
    "child boy girl everyone together recording automated".split()
)
_TITLES: Final = frozenset(
    "mr mrs ms miss mx dr prof professor sir dame lord lady president senator sen rep representative congressman "
    "congresswoman governor gov mayor judge justice secretary minister ambassador general gen colonel col captain capt "
    "major lieutenant lt sergeant sgt chancellor chairman chairwoman chair director rev reverend father sister brother "
    "ceo cto cfo founder co-founder coach officer chief commissioner deputy prime vice spokesman spokeswoman".split()
)
_POST_NOMINALS: Final = frozenset(
    "phd md psyd jd jr sr ii iii iv mba rn dds esq cbe obe mbe mp mep qc kc cpa mph do dvm edd dphil msc ma bsc frs".split()
)
_PARTICLES: Final = frozenset(
    "de del della der den di da das do dos du la le el al bin bint ibn ben van von vom zu zur zum ten ter af av y e und and "
    "of the st san mac o' & + d' t' 't".split()
)
_NOBODY: Final = frozenset(
    "break breaks jingle audio music song sound sample sounds extract clip clips video ad ads advert advertisement sponsor "
    "sponsors commercial intro outro theme interlude pause transition laughter applause silence".split()
)
_NO_NAMES: Final = frozenset(
    # words that open a line with a colon after them in ordinary prose
    "note notes warning tip tips update updates source sources photo photos image images picture pictures caption credit "
    "credits example examples first second third fourth fifth finally conclusion summary abstract introduction background "
    "preface foreword result results yes no ok okay well so and but or also then now today tomorrow yesterday however "
    "therefore because disclaimer correction corrections editor's editors edit ps p.s nb n.b fyi tl;dr tldr spoiler "
    "attention caution important reminder remember fact facts myth truth reality problem solution pros pro cons con "
    "advantages disadvantages ingredients method step steps rule rules lesson lessons point points read more related see "
    "watch listen subscribe follow share tags tag topics topic category categories filed posted published updated date "
    "time times place location venue address phone email website web url link links isbn price title subtitle chapter "
    "section part page pages figure table appendix index copyright license licence contact references bibliography "
    "footnotes transcript transcription transcribed translated recorded duration length language outlet publication "
    "tape side session file version size format keywords description about bio biography overview contents "
    "monday tuesday wednesday thursday friday saturday sunday january february march july september october november "
    "december key takeaways highlights highlight bottom line quote quotes clarification postscript".split()
)
_FUNCTION_WORDS: Final = frozenset(
    "he she it they we you i this that these those here there what who when where why how which if in on at for to from by "
    "with as my your his her our their its so and but or because".split()
)
_CLEAN: Final = "*_#<>[](){}\"“”'‘’|\\ \t\xa0\u200b\u200e\u200f\u202a\u202b\u202c\ufeff"
_ASIDE: Final = re.compile(r"\s*[(\[]([^()\[\]]{0,80})[)\]]")
_BESIDE: Final = re.compile(r"[\s\xa0]+(?:--|[-–—|])[\s\xa0]+")
_NAME_WORD: Final = re.compile(r"^[\w$@.'’\-‐‑/&+]+$")


@dataclass(frozen=True, slots=True)
class Named:
    """A label taken apart: the name, and what stands beside it about its bearer."""

    name: str
    description: str | None = None


def named(label: str) -> Named:
    """Take a label apart: ``WOLF BLITZER, CNN HOST (on camera)`` is a name, a description and an aside."""
    asides = [a.strip() for a in _ASIDE.findall(label)]
    bare, *beside = _BESIDE.split(_ASIDE.sub("", label).strip(_CLEAN), maxsplit=1)
    name, *rest = (part.strip() for part in bare.split(","))
    while rest and _plain(rest[0]) in _POST_NOMINALS:
        name = f"{name}, {rest.pop(0)}"
    rest += beside
    told = [", ".join(rest)] if rest else [a for a in asides if a[:1].isupper() and not initials_like(a)]
    return Named(" ".join(name.strip(_CLEAN).split()), told[0] if told and told[0] else None)


def initials_like(word: str) -> bool:
    """Tell whether a word is somebody's initials: ``MSM``, ``J.D.``."""
    letters = word.replace(".", "")
    return 1 <= len(letters) <= 4 and letters.isalpha() and letters.isupper()


def name_like(name: str) -> bool:
    """Tell whether a label has the shape of a name, or of a word for a speaker."""
    words = name.replace(",", " ").split()
    if not 1 <= len(words) <= MAX_NAME_WORDS or not any(c.isalpha() for c in name):
        return False
    if _no_name(words):
        return False
    plain = {_plain(w).rstrip("0123456789") for w in words}
    if plain & (INTERVIEWER_WORDS | INTERVIEWEE_WORDS | _BYSTANDERS) and len(words) <= MAX_NAME_WORDS:
        return True
    return all(_name_word(w) for w in words) and _capital(words[-1])


def _no_name(words: Sequence[str]) -> bool:
    plain = [_plain(w) for w in words]
    if len(plain) == 1:
        return plain[0] in _NO_NAMES or plain[0] in _FUNCTION_WORDS
    return plain[0] in _FUNCTION_WORDS or all(p in _NO_NAMES | _FUNCTION_WORDS for p in plain)


def _name_word(word: str) -> bool:
    if not _NAME_WORD.match(word):
        return False
    return _capital(word) or _plain(word) in _PARTICLES or word.isdigit()


def _capital(word: str) -> bool:
    first = next((c for c in word if c.isalnum()), "")
    # Letters of scripts without case (Arabic, Chinese) are neither upper nor lower.
    return first.isdigit() or (first.isalpha() and not first.islower()) or any(c.isupper() for c in word[1:])


def _plain(word: str) -> str:
    return word.casefold().strip(".,:;()[]*_\"'’").replace(".", "")


def nobody(name: str) -> bool:
    """Tell a marker that is no speaker: ``Break``, ``Jingle``, ``Sound Sample``."""
    words = [_plain(w) for w in name.split()]
    return bool(words) and len(words) <= 3 and words[-1] in _NOBODY


def role_word(name: str) -> Role | None:
    """Return the role that a label itself names: ``INTERVIEWER``, ``Q``, ``Guest``."""
    words = [_plain(w).rstrip("0123456789") for w in name.split() if not w.isdigit()]
    words = [w for w in words if w]
    if not words or len(words) > 2:
        return None
    if all(w in INTERVIEWER_WORDS for w in words) or words[-1] in INTERVIEWER_WORDS and len(words[-1]) > 1:
        return Role.INTERVIEWER
    return Role.INTERVIEWEE if all(w in INTERVIEWEE_WORDS for w in words) else None


def bystander(name: str) -> bool:
    """Tell a label that names nobody in particular: ``Speaker 1``, ``UNIDENTIFIED MALE``."""
    plain = {_plain(w).rstrip("0123456789") for w in name.split()}
    return bool(plain & _BYSTANDERS)


def same_person(label: str, name: str) -> bool:
    """Tell whether ``label`` may be short for the full ``name``: a part of it, or its initials."""
    short, full = _words(label), _words(name)
    if not short or not full:
        return False
    if short == full:
        return True
    if len(short) < len(full) and (short == full[: len(short)] or short == full[-len(short) :]):
        return True
    if len(short) > 1 and len(full) > 1 and short[0] == full[0] and short[-1] == full[-1]:
        return True  # a middle name left out
    if not initials_like(label.replace(" ", "")):
        return False
    letters = label.replace(".", "").replace(" ", "").casefold()
    first = "".join(w[0] for w in full if w not in _PARTICLES)
    return letters in {first, "".join(w[0] for w in full), first[:1] + first[-1:]} and len(letters) > 1


def _words(name: str) -> list[str]:
    words = [_plain(w) for w in re.split(r"[\s\xa0,]+", name)]
    words = [w for w in words if w and w not in _POST_NOMINALS]
    while len(words) > 1 and words[0] in _TITLES:
        words.pop(0)
    return words


def full_name(label: str, known: Iterable[str]) -> str:
    """Return the one known name that ``label`` is short for, or ``label`` where none or several fit."""
    fits = {" ".join(_words(n)): n for n in known if same_person(label, n)}
    exact = fits.get(" ".join(_words(label)))
    if exact is not None:
        return exact
    return next(iter(fits.values())) if len(fits) == 1 else label


def title_word(word: str) -> bool:
    """Tell ``General``, ``Dr.`` or ``CEO`` from a part of a name."""
    return _plain(word) in _TITLES
