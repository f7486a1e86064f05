"""Tell what kind of thing a question asks for, and whether a sentence has one: the expected answer type.

In: a question, a sentence. Out: an ``AnswerType`` or None, and how much likelier the sentence is for it. "How many"
wants a number, "when" a time: of passages about the same thing, the one that has it answers, whatever words it shares
with the question (Li and Roth, COLING 2002).
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from rag.patterns import lazy


class AnswerType(StrEnum):
    """What a question asks for."""

    NUMBER = "number"
    TIME = "time"
    PERSON = "person"
    PLACE = "place"


_UNITS = r"years?|months?|weeks?|days?|nights?|hours?|minutes?|seconds?|decades?|centur(?:y|ies)"
_ONE = r"(?:(?<!no )(?<!the )(?<!this )(?<!that )(?<!which )one(?! of the))"
"""Where it isn't a pronoun."""
_SPELT = (
    rf"{_ONE}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|dozens?|half|halves|"
    r"zero|none|both|several|a few|thirds?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|quarters?|"
    r"double|triple|twice|once|couple|pair|pence|penny"
)
_MONTH = r"January|February|March|April|May|June|July|August|September|October|November|December"
_AMOUNT = r"number|percentage|per ?cent|proportion|amount|age|budget|cost|price|population|salary|rate|size|sum|total"
_AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b"
_ASKING = rf"(?:who|whom|what|where|how|why|which|{_AUXILIARY})"
"""What begins the question after a clause: "When you were in Kabul, who helped you?"."""
_ASKS = {
    AnswerType.NUMBER: lazy(
        r"\bhow (?:many|much|old|tall|big|large|deep|high|far|expensive|heavy)\b(?! an? )"
        r"(?! (?:do|does|did) [\w ]{1,30} (?:trust|like|love|care|enjoy|miss|hate|know|matter|depend|rely|worry)\b)|"
        r"^\W*(?:the )?(?:number|percentage) of\b|"
        rf"\b(?:what|which)(?: is| was| are| were|'s|’s)?(?: the| her| his| their| its)? (?:{_AMOUNT})\b",
        re.I,
    ),
    AnswerType.TIME: lazy(
        rf"^\W*(?:(?:and|so|but|since|until|by|from) )?when\b(?!.*, {_ASKING})|[,;] when {_AUXILIARY}|\bwhen\?$|"
        r"\bhow (?:long|soon|often|early|late)\b|"
        rf"\b(?:what|which) (?:{_UNITS}|date|time|season|period|era)\b",
        re.I,
    ),
    AnswerType.PERSON: lazy(r"^\W*(?:(?:and|so|but|with|by|for|to|from) )?who(?:se|m|'s|’s)?\b", re.I),
    AnswerType.PLACE: lazy(
        r"^\W*(?:(?:and|so|but|from) )?where\b|\b(?:what|which) (?:city|town|country|village)\b", re.I
    ),
}
_NAME = r"(?<![.?!] )(?<![.?!]['\"’”] )(?<!^)(?<!^[\"“‘'(])\b(?!I['’])(?=[^\W\d_])(?![a-zß-öø-ÿ])[\w’'-]{2,}"
"""A capitalised word that begins no sentence, "I'm" left out."""
_HAS = {
    AnswerType.NUMBER: lazy(rf"\d|[%$£€]|(?i:\b(?:{_SPELT})\b)"),
    AnswerType.TIME: lazy(
        rf"\d|\b(?:{_MONTH})\b|(?i:\b(?:{_UNITS}|{_SPELT}|today|tomorrow|yesterday|tonight|ago|last|next|early|earlier|late|"
        r"later|soon|recent(?:ly)?|now|already|always|never|often|since|until|till|before|after|when|while|during|"
        r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|spring|summer|autumn|winter|morning|afternoon|evening|noon|"
        r"midnight|moon|childhood|grew up|child|kid|young|born|age|aged|old)\b)"
    ),
    AnswerType.PERSON: lazy(_NAME),
    AnswerType.PLACE: lazy(_NAME),
}
_WORTH = {
    AnswerType.NUMBER: (0.7, -3.5),
    AnswerType.TIME: (0.4, -3.5),
    AnswerType.PERSON: (0.6, -0.9),
    AnswerType.PLACE: (0.7, -1.4),
}
"""How much likelier a sentence is among those that answer such a question than among the others of their passages,
where it has what is asked for and where it hasn't: logarithms, as ``models/measure_answer_types.py`` finds them; the
lowest are kept from ruling a sentence out."""


@lru_cache(1024)
def answer_type(question: str) -> AnswerType | None:
    """Return what ``question`` asks for, None where that is nothing that a sentence's looks tell."""
    return next((kind for kind, asks in _ASKS.items() if asks.search(question)), None)


@lru_cache(4096)
def has(kind: AnswerType, sentence: str) -> bool:
    """Tell whether ``sentence`` has a number, in figures or words, says when, or names somebody or something."""
    return _HAS[kind].search(sentence) is not None


def fit(kind: AnswerType | None, sentence: str) -> float:
    """Return the log-likelihood ratio that ``sentence`` answers, by what it has; 0 where no type is asked for."""
    return 0.0 if kind is None else _WORTH[kind][not has(kind, sentence)]
