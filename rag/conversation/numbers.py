"""Numbers as the interviews write them: 22 or twenty-two, £38m or 38 million pounds, 40% or 40 per cent.

In: a question, a ``Lexicon``. Out: the question, where a number that nobody says in its form, but somebody does in
another, has that one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from rag.conversation.lexicon import Lexicon
from rag.patterns import lazy
from rag.words import STOP_WORDS

_ONES: list[str] = re.findall(
    r"\w+",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen",
)
_TENS: list[str] = re.findall(r"\w+", "twenty thirty forty fifty sixty seventy eighty ninety")
_VALUES = {word: n for n, word in enumerate(_ONES)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
_SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_SHORT = {"k": "thousand", "m": "million", "mn": "million", "mln": "million", "bn": "billion"}
_UNITS = {"%": "%", "percent": "%", "per cent": "%", "pounds": "£", "dollars": "$", "euros": "€"}

_SMALL = rf"(?:{'|'.join(sorted(_VALUES, key=len, reverse=True))}|hundred|thousand|million|billion)"
_SPELT = rf"(?:an?[ ](?=hundred|thousand|million|billion))?{_SMALL}(?:[ -](?:and[ ])?{_SMALL}\b)*"
_YEAR = r"(?:1[5-9]|20)\d\d"
_MONTH = r"[ ](?:of[ ])?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_CAPITAL_BEFORE = lazy(r"([A-Z][\w'\u2019-]*)[ ]$")
_DIGITS = (
    r"(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<part>\.\d+)?(?:[ ]?(?P<scale>thousand|million|billion|mn|mln|bn|[km])\b)?"
)
_NUMBER = lazy(
    rf"(?<![\w.,:/'\u2019-])(?P<sign>[£$€]?)(?:{_DIGITS}|(?P<spelt>{_SPELT})\b)(?![\w,:/.]*\d|\w|{_MONTH})"
    r"(?:[ ]?(?P<unit>%|(?:percent|per[ ]cent|pounds|dollars|euros)\b))?",
    re.I,
)


def counted(word: str) -> int | None:
    """Return the number that one word is: "two", "12"; None for another word."""
    return int(word) if word.isdecimal() else _VALUES.get(word.lower())


def as_said(question: str, known: Lexicon) -> str:
    """Return the question with its numbers as those who answer say them, or else those who ask."""
    if not known.interviews:
        return question
    for match in reversed(list(_NUMBER.finditer(question))):
        found = match.group()
        value = _value(match)
        if value is None or found.lower() in ("one", "zero"):
            continue
        if _is_named(question[: match.start()]) and match.group("digits") and not match.group("sign"):
            continue
        sign = match.group("sign") or _UNITS.get((match.group("unit") or "").lower(), "")
        said = _said(found, list(_forms(value, sign)), known)
        question = question[: match.start()] + said + question[match.end() :]
    return question


def _is_named(before: str) -> bool:
    """Tell whether a number is part of a name: Article 5, Apollo 11."""
    capital = _CAPITAL_BEFORE.search(before)
    return capital is not None and capital.group(1).lower() not in STOP_WORDS


def _said(found: str, forms: list[str], known: Lexicon) -> str:
    own, other = _whole(re.escape(found)), _whole("|".join(forms))
    for says in (known.answered, known.asked):
        said = found if says(own) else says(other)
        if said:
            return said.lower() if said[0].isalpha() else said
    return found


def _whole(form: str) -> re.Pattern[str]:
    """Return the pattern of a number that is no part of a larger one."""
    before = "".join(rf"(?<!{word}[ ])(?<!{word}[ ]and[ ])" for word in ("hundred", "thousand", "million"))
    after = rf"(?!\w|[.,]\d|[ ]?%|[ ]per[ ]?cent|[ -](?:and[ ])?{_SMALL}\b)"
    return re.compile(rf"(?<![\w.,£$€-]){before}(?:{form}){after}", re.I)


def _value(match: re.Match[str]) -> Decimal | None:
    """Return the number that is meant; None where words of numbers stand beside each other without making one."""
    if match.group("spelt"):
        return _spelt_value(re.split(r"[ -]", match.group("spelt").lower()))
    if not (match.group("part") or "1").strip(".0") or re.fullmatch(_YEAR, match.group()):
        return None
    number = Decimal(match.group("digits").replace(",", "") + (match.group("part") or ""))
    scale = (match.group("scale") or "").lower()
    return number * _SCALES.get(_SHORT.get(scale, scale), 1)


def _spelt_value(words: list[str]) -> Decimal | None:
    """Return what words of numbers come to: each smaller than what it is added to, as in "two hundred and five"."""
    total = hundreds = 0
    room, scale = 1_000, 10**12
    for word in words:
        if word in ("a", "an"):
            hundreds = 1
        elif word in _SCALES:
            if not hundreds or _SCALES[word] >= scale:
                return None
            scale = _SCALES[word]
            total, hundreds, room = total + hundreds * scale, 0, 1_000
        elif word == "hundred":
            if not 0 < hundreds < len(_TENS) + 2:
                return None
            hundreds, room = 100 * hundreds, 100
        elif word != "and":
            n = _VALUES[word]
            if n >= room or (n == 0 and len(words) > 1):
                return None
            hundreds, room = hundreds + n, 10 if n >= 20 and n % 10 == 0 else 1
    return Decimal(total + hundreds)


def _forms(value: Decimal, sign: str) -> Iterator[str]:
    """Yield the patterns of all ways to write an amount."""
    for number in _numbers(value):
        if sign == "%":
            yield rf"{number}(?:[ ]?%|[ ]per[ ]?cent)"
        elif sign:
            word = next(word for word, unit in _UNITS.items() if unit == sign)
            yield rf"{re.escape(sign)}{number}|{number}[ ]{word}"
        else:
            yield number if value < min(_SCALES.values()) else rf"[£$€]?{number}"


def _numbers(value: Decimal) -> Iterator[str]:
    """Yield the patterns of all ways to write a number."""
    yield rf"{value:,f}".replace(",", ",?").replace(".", r"\.")
    if value == int(value) and 0 < value < 100_000:
        yield _spelt(int(value))
    for word, scale in _SCALES.items():
        scaled = (value / scale).normalize()
        if 1 <= scaled < 1_000 and -int(scaled.as_tuple().exponent) <= 2:
            short = "|".join(s for s, long in _SHORT.items() if long == word)
            yield rf"{scaled:f}".replace(".", r"\.") + rf"(?:[ ]?(?:{short})\b|[ -]{word})"
            if scaled == int(scaled):
                yield rf"{_spelt(int(scaled))}[ -]{word}"


def _spelt(number: int) -> str:
    """Return the pattern of a number in words."""
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens = _TENS[number // 10 - 2]
        return rf"{tens}[ -]?{_ONES[number % 10]}" if number % 10 else tens
    size, word = (1_000, "thousand") if number >= 1_000 else (100, "hundred")
    many, rest = divmod(number, size)
    said = rf"(?:an?|one)[ ]{word}" if many == 1 else rf"{_spelt(many)}[ ]{word}"
    return rf"{said},?[ ](?:and[ ])?{_spelt(rest)}" if rest else said
