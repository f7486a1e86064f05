"""An interview's own words: how it spells them, which are names, and what its acronyms stand for.

In: interviews, a question. Out: ``Lexicon``, and the question spelt as the interviews spell it, with an
acronym's expansion (or an expansion's acronym) beside it. Needs the encoder's word list, loads no model.
"""

from __future__ import annotations

import re
from collections import ChainMap, Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from rag.conversation.people import people
from rag.datatypes import Interview
from rag.encoder import minilm_folder
from rag.words import STOP_WORDS, stem

MAX_CHARACTERS = 2_000_000
"""In interviews longer together, questions are taken as they are spelt, for the sake of time."""
REMEMBERED = 512
"""So many interviews' words are remembered from one question to the next."""
TYPO_LENGTH = 4
"""Shorter words are never taken for misspelt."""
TWO_TYPOS_LENGTH = 10
"""From this length on, a word may be two slips away from the one meant."""
SHOUTED_WORDS = 3
"""So many words in capitals are a question shouted rather than acronyms."""
NAME_SHARE = 0.8
"""A word that is capitalised inside sentences at least so often is a name."""

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_INSIDE = re.compile(r"(?:(?<=[\w,;\u2019'][ \n(\u201c\"])|(?<=[\w,;\u2019'][ \n(\u201c\"]{2}))" + _WORD.pattern)
"""A word inside a sentence, where a capital letter means something."""
_APART = "\n\n\n"
"""Between turns: more than may stand between the words of a sentence."""
_LONG_SHORT = re.compile(r"\(([A-Z][A-Za-z&-]{1,9})\)")
_SHORT_LONG = re.compile(r"\b([A-Z][A-Z&-]{1,9}s?)\b([^()\n]{0,40})\((?:or |the |i\.e\.,? )*([A-Z][^()\n]{6,90})\)")
_LINKS = r"(?:of|and|for|the|on|in|to|&)"
_CAPITALS = re.compile(rf"\b[A-Z][\w-]+(?:\s+(?:{_LINKS}\s+){{0,2}}[A-Z][\w-]+)+")
_ACRONYM = re.compile(r"\b[A-Z]{2,6}\b")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one or more interviews."""

    counts: Mapping[str, int]
    """Every word in small letters, and how often it is said."""
    stems: tuple[frozenset[str], ...]
    """Of each interview."""
    names: Mapping[str, str]
    """Words that are names, in small letters: as they are written."""
    acronyms: Mapping[str, str]
    """Acronyms and what they stand for, as the interviews say themselves."""

    def knows(self, word: str) -> bool:
        """Tell whether the word is said, in whatever form."""
        low = word.lower()
        return low in self.counts or any(stem(low) in stems for stems in self.stems)

    def says(self, word: str) -> bool:
        """Tell whether the word is said as it is, or with or without an ending of its own."""
        return any(w in self.counts for w in (word, f"{word}s", f"{word}d", f"{word}ed", word.removesuffix("s")))


def lexicon(interviews: Sequence[Interview]) -> Lexicon:
    """Return the words of the interviews together; none of very many, whose words would take seconds to read."""
    each = [_lexicon(key) for key in _readable(interviews)]
    return Lexicon(
        ChainMap(*(o.counts for o in each)),
        tuple(one.stems for one in each),
        ChainMap(*(o.names for o in each)),
        {short: long for one in each for short, long in one.acronyms.items()},
    )


def people_in(interviews: Sequence[Interview]) -> Mapping[str, str]:
    """Return the parts of people's names, in small letters, where the interviews tell that they are people.

    Each has "he", "she", or "" where that isn't told. Only what stands in for a name needs them, and to find
    them takes as long as all other words.
    """
    return ChainMap(*map(_people, _readable(interviews)))


def _readable(interviews: Sequence[Interview]) -> list[_ByText]:
    few = sum(len(i.text) for i in interviews) <= MAX_CHARACTERS
    return [_ByText(i) for i in interviews] if few else []


@dataclass(frozen=True, slots=True, eq=False)
class _ByText:
    """An interview as a key to remember its words by; the hash of its text is cheap, that of its turns isn't."""

    interview: Interview

    def __hash__(self) -> int:
        return hash(self.interview.text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByText) and (self.interview is other.interview or self.interview == other.interview)


@dataclass(frozen=True, slots=True)
class _Own:
    """The words of one interview; see ``Lexicon``."""

    counts: dict[str, int]
    stems: frozenset[str]
    names: dict[str, str]
    acronyms: dict[str, str]


@lru_cache(maxsize=REMEMBERED)
def _lexicon(key: _ByText) -> _Own:
    interview = key.interview
    said = _APART.join(interview.text[turn.start : turn.end] for turn in interview.turns)
    counts: Counter[str] = Counter()
    for word, times in _told(said, _WORD).items():
        counts[word.lower()] += times
    capital: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    written: dict[str, str] = {}
    for word, times in reversed(_told(said, _INSIDE).most_common()):  # how it is written most often comes last
        low = word.lower()
        inside[low] += times
        if not word.islower():
            capital[low] += times
            written[low] = word
    for name in {t.speaker for t in interview.turns if t.speaker}:
        for part in _WORD.findall(name):
            counts[part.lower()] += 1
            written[part.lower()] = part
            capital[part.lower()] = inside[part.lower()] = 1
    names = {low: word for low, word in written.items() if capital[low] >= NAME_SHARE * inside[low] and low != "i"}
    names = {low: word for low, word in names.items() if not low.startswith("i'")}
    return _Own(dict(counts), frozenset(map(stem, counts)), names, _acronyms(interview))


def _told(said: str, pattern: re.Pattern[str]) -> Counter[str]:
    """Count what a pattern finds, without the "'s" of owners."""
    told: Counter[str] = Counter()
    for word, times in Counter(pattern.findall(said)).items():
        told[word.replace("\u2019", "'").removesuffix("'s")] += times
    return told


@lru_cache(maxsize=REMEMBERED)
def _people(key: _ByText) -> dict[str, str]:
    return people(key.interview, _lexicon(key).names)


def _acronyms(interview: Interview) -> dict[str, str]:
    """Return what stands in parentheses beside what, in either order: ``Long Name (LN)``, ``LN (Long Name)``."""
    found: dict[str, str] = {}
    for turn in interview.turns:
        said = interview.text[turn.start : turn.end]
        for match in _LONG_SHORT.finditer(said):
            long = _expansion(match.group(1), said[: match.start()])
            if long:
                found.setdefault(match.group(1), long)
        for match in _SHORT_LONG.finditer(said):
            if _stands_for(match.group(1), match.group(3)):
                found.setdefault(match.group(1), match.group(3).strip())
    return found


def _expansion(short: str, before: str) -> str:
    """Return the words right before a parenthesis that its acronym stands for; nothing where none do."""
    parts = before.split()
    for size in range(min(len(parts), 2 * len(short) + 1), 0, -1):
        long = " ".join(parts[-size:])
        if size > 1 and long[0].lower() == short[0].lower() and _stands_for(short, long):
            return long
    return ""


def _stands_for(short: str, long: str) -> bool:
    """Tell whether an acronym is made of the words' first letters, small words counting or not."""
    letters = [c.lower() for c in short if c.isalpha()]
    if len(letters) > 2 and letters[-1] == "s" and short[-1] == "s":
        letters.pop()
    words = [w for w in re.split(r"[\s-]+", long) if w]
    at = 0
    for word in words:
        if at < len(letters) and word[0].lower() == letters[at]:
            at += 1
        elif not re.fullmatch(_LINKS, word.lower()):
            return False
    return at == len(letters)


def expand(question: str, known: Lexicon) -> str:
    """Put an acronym's expansion beside it, or an expansion's acronym, where the interviews give one."""
    for found, other in _given(question, known):
        question = question.replace(found, f"{found} ({other})", 1)
    return _expand_unsaid(question, known)


def swapped(question: str, known: Lexicon) -> str:
    """Put an acronym's expansion in its place, or an expansion's acronym: the question's other wording."""
    for found, other in _given(question, known):
        question = question.replace(found, other, 1)
    return question


def _given(question: str, known: Lexicon) -> list[tuple[str, str]]:
    """Return each acronym or expansion in the question, as it stands there, with its other form."""
    found = []
    for short, long in known.acronyms.items():
        has_short = re.search(rf"\b{re.escape(short)}\b", question, re.I if len(short) > 3 else 0)
        has_long = re.search(re.escape(long).replace(r"\ ", r"[\s-]+"), question, re.I)
        if has_short and not has_long:
            found.append((has_short.group(), long))
        elif has_long and not has_short:
            found.append((has_long.group(), short))
    return found


def _expand_unsaid(question: str, known: Lexicon) -> str:
    """Put the initials beside a name nobody says in full: "European Union (EU)"."""
    for match in reversed(list(_CAPITALS.finditer(question))):
        parts = [w for w in match.group().split() if not re.fullmatch(_LINKS, w)]
        short = "".join(w[0] for w in parts)
        said = known.names.get(short.lower(), "") == short and not all(known.knows(w) for w in parts)
        if said and f"({short})" not in question:
            question = f"{question[: match.end()]} ({short}){question[match.end() :]}"
    return question


def spell(question: str, known: Lexicon) -> str:
    """Return the question as the interviews would spell it.

    A word nobody says is replaced only by its other spelling (defense, defence) when that is said, or, when
    it is no English word of the encoder's list either, by the one word that is said and a slip or two away.
    """
    if not known.counts:
        return question
    question = _calm(question, known)
    pieces: list[str] = []
    at = 0
    for match in _WORD.finditer(question):
        pieces += [question[at : match.start()], _respelt(match.group(), known)]
        at = match.end()
    return "".join(pieces) + question[at:]


def _calm(question: str, known: Lexicon) -> str:
    """Return a question typed in capitals in the letters that the interviews use for its words.

    In a text of few words, one that nobody says may be an acronym, and is left.
    """
    if not question.isupper():
        return question
    few = len(_WORD.findall(question)) < SHOUTED_WORDS

    def calm(match: re.Match[str]) -> str:
        word, low = match.group(), match.group().lower()
        return known.names.get(low) or (word if few and not known.knows(low) else low)

    written = _WORD.sub(calm, question)
    return written[:1].upper() + written[1:]


def _respelt(word: str, known: Lexicon) -> str:
    body = re.sub(r"['\u2019]s$", "", word)
    low = body.lower()
    if len(body) >= TYPO_LENGTH and body.islower() and known.names.get(low, "").isupper() and low not in STOP_WORDS:
        return known.names[low] + word[len(body) :]
    if len(body) < TYPO_LENGTH or known.knows(body) or "'" in body or "\u2019" in body:
        return word
    meant = next((v for v in variants(low) if known.says(v)), None) or _slip(low, known)
    if meant is None:
        return word
    shown = known.names.get(meant) or (meant.capitalize() if body[0].isupper() else meant)
    return shown + word[len(body) :]


def _slip(low: str, known: Lexicon) -> str | None:
    """Return the one word said that ``low`` is a misspelling of, None where it may be a word of its own."""
    if low in _english() or stem(low) in _english():
        return None
    slips = 2 if len(low) >= TWO_TYPOS_LENGTH else 1
    choices = [w for w in known.counts if len(w) >= TYPO_LENGTH and abs(len(w) - len(low)) <= slips]
    found = process.extract(low, choices, scorer=OSA.distance, score_cutoff=slips, limit=5)
    near = [(w, d) for w, d, _ in found if w[0] == low[0] or w[:2] == low[1::-1]]
    closest = [w for w, d in near if d == min(d for _, d in near)]
    stems = {stem(w) for w in closest}
    return max(closest, key=lambda w: known.counts[w]) if len(stems) == 1 else None


@cache
def _english() -> frozenset[str]:
    """Return the whole words of the encoder's vocabulary: some twenty thousand that anybody may use."""
    listed = (minilm_folder() / "vocab.txt").read_text(encoding="utf-8").split()
    return frozenset(w for w in listed if w.isalpha())


_SPELLINGS = re.findall(
    r"(\w+)/(\w+)",
    "isation/ization ising/izing ised/ized ises/izes ise/ize yse/yze our/or ence/ense tre/ter bre/ber mme/m "
    "ogue/og lled/led lling/ling ller/ler lment/llment grey/gray aemi/emi paed/ped oeu/eu aeo/eo cheque/check "
    "tyre/tire practise/practice licence/license sceptic/skeptic aluminium/aluminum dge/dg wards/ward",
)


def variants(word: str) -> Iterator[str]:
    """Yield a word's other spellings, British for American and the other way; most are no words at all."""
    for british, american in _SPELLINGS:
        for one, other in ((british, american), (american, british)):
            for match in re.finditer(one, word):
                if match.start():
                    yield word[: match.start()] + other + word[match.end() :]
            if word.startswith(one) and len(one) > 3:
                yield other + word[len(one) :]
