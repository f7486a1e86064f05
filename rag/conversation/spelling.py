"""A question spelt as the interviews spell it: slips of the pen, British and American, small letters and capitals.

In: a question, a ``Lexicon``. Out: the question. Needs the encoder's word list, loads no model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from rag.conversation.common_acronyms import ALSO_WORDS
from rag.conversation.lexicon import Lexicon
from rag.conversation.numbers import as_said
from rag.conversation.said import WORD
from rag.conversation.shorthand import written_out
from rag.encoder import minilm_folder
from rag.patterns import lazy
from rag.words import STOP_WORDS, stem

TYPO_LENGTH = 4
"""Shorter words are never taken for misspelt."""
TWO_TYPOS_LENGTH = 10
"""From this length on, a word may be two slips away from the one meant."""
PART_LENGTH = 3
"""Shorter words make no compound."""
SURE_NAME_LENGTH = 7
"""From this length on, one letter off is a misspelt name; shorter names differ by that: Hanson, Hansen."""
SHOUTED_WORDS = 3
"""So many words in capitals are a question shouted rather than acronyms."""

_NO_ACRONYMS = STOP_WORDS | ALSO_WORDS
_TWO = lazy(r"(?<![\w'\u2019-])(?=([^\W\d_]{2,})([ -])([^\W\d_]{2,})(?![\w'\u2019-]))")
_JOINED = lazy(r"\w\.\w")
"""What ends a name with a dot in it: the "js" of "Next.js", whatever "JS" is elsewhere."""


def spell(question: str, known: Lexicon) -> str:
    """Return the question as the interviews would spell it.

    A word nobody says is replaced only by its other spelling (defense, defence) when that is said, or, when
    it is no English word of the encoder's list either, by the one word that is said and a slip or two away.
    """
    if not known.interviews:
        return question
    question = as_said(written_out(_calm(question, known)), known)
    question = _compounds(question, known)
    capitals_tell = any(w[0].islower() for w in WORD.findall(question)) or len(question.split()) <= SHOUTED_WORDS
    pieces: list[str] = []
    at = 0
    for match in WORD.finditer(question):
        named = capitals_tell and match.start() > 0 and match.group()[0].isupper()
        joined = _JOINED.match(question, max(match.start() - 2, 0))
        pieces += [question[at : match.start()], match.group() if joined else _respelt(match.group(), known, named)]
        at = match.end()
    return "".join(pieces) + question[at:]


def _calm(question: str, known: Lexicon) -> str:
    """Return a question typed in capitals in the letters that the interviews use for its words.

    In a text of few words, one that nobody says may be an acronym, and is left.
    """
    if not question.isupper():
        return question
    few = len(WORD.findall(question)) < SHOUTED_WORDS

    def calm(match: re.Match[str]) -> str:
        word, low = match.group(), match.group().lower()
        return known.names.written(low) or (word if few and not known.knows(low) else low)

    written = WORD.sub(calm, question)
    return written[:1].upper() + written[1:]


def _compounds(question: str, known: Lexicon) -> str:
    """Return the question with two words made one, or one made two, where nobody says them and somebody says those."""
    for match in reversed(list(_TWO.finditer(question))):
        first, between, second = match.groups()
        one = (first + second).lower()
        apart = {first.lower(), second.lower()} & STOP_WORDS or (known.knows(first) and known.knows(second))
        if known.has(one) and not (between == " " and apart) and not known.answered(_either_way(first, second)):
            question = question[: match.start(1)] + (known.names.written(one) or one) + question[match.end(3) :]
    return WORD.sub(lambda match: _parted(match.group(), known), question)


def _parted(word: str, known: Lexicon) -> str:
    if known.knows(word) or not word.islower():
        return word
    cuts = ((word[:at], word[at:]) for at in range(PART_LENGTH, len(word) - PART_LENGTH + 1))
    said = (_either_way(a, b) for a, b in cuts if all(w not in STOP_WORDS and known.has(w) for w in (a, b)))
    return next(filter(None, map(known.answered, said)), word)


def _either_way(first: str, second: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(first)}[ -]{re.escape(second)}\b", re.I)


def _respelt(word: str, known: Lexicon, named: bool) -> str:
    """Return a word as the interviews spell it; ``named`` tells that its capital letter makes it a name."""
    body = re.sub(r"['\u2019]s$", "", word)
    low = body.lower()
    if low not in _NO_ACRONYMS and (body.islower() or body.isupper()):
        written = known.names.written(low)
        if sum(map(str.isupper, written)) > 1:
            return written + word[len(body) :]
    if len(body) < TYPO_LENGTH or known.knows(body) or "'" in body or "\u2019" in body:
        return word
    meant = next((v for v in variants(low) if known.says(v)), None) or _slip(low, known, named)
    if meant is None:
        return word
    shown = known.names.written(meant) or (meant.capitalize() if body[0].isupper() else meant)
    return shown + word[len(body) :]


def _slip(low: str, known: Lexicon, named: bool) -> str | None:
    """Return the one word said that ``low`` is a misspelling of, None where it may be a word of its own."""
    if low in _english() or stem(low) in _english():
        return None
    slips = 2 if len(low) >= TWO_TYPOS_LENGTH else 1
    said = known.beginning(low[0]) | known.beginning(low[1::-1])
    choices = [w for w in said if len(w) >= TYPO_LENGTH and abs(len(w) - len(low)) <= slips]
    near = process.extract(low, choices, scorer=OSA.distance, score_cutoff=slips, limit=5)
    closest = [w for w, d, _ in near if d == near[0][1]]
    stems = {stem(w) for w in closest}
    meant = max(closest, key=lambda w: said[w]) if len(stems) == 1 else None
    if meant is None or (named and meant not in known.names):
        return None
    return meant if _is_slip(low, meant, meant in known.names) else None


def _is_slip(low: str, meant: str, name: bool) -> bool:
    """Tell a slip of the pen from another word: to take one person for another is worse than to find nobody."""
    short, long = sorted((low, meant), key=len)
    certain = SURE_NAME_LENGTH if name else TYPO_LENGTH + 1
    if len(short) >= certain:
        return not name or len(short) >= TWO_TYPOS_LENGTH or short != long[:-1]
    if name and len(short) <= TYPO_LENGTH:
        return False
    at = next((i for i, c in enumerate(short) if c != long[i]), len(short))
    if len(short) == len(long):
        return sorted(short) == sorted(long) or _beside(short[at], long[at])
    inside = 0 < at < len(short)
    return not name or (inside and (long[at] in "aeiou" or long[at] == long[at - 1]))


def _beside(one: str, other: str) -> bool:
    """Tell whether two letters are neighbours on a keyboard."""
    return any(pair in "qwertyuiop asdfghjkl zxcvbnm" for pair in (one + other, other + one))


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
