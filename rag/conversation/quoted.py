"""Whether a question is a quotation to be checked, rather than a question that quotes a word or two.

In: what was typed, and who speaks. Out: whether to check it. Words in quotation marks of any kind are checked where
what stands beside them speaks of saying or of being right, unless it asks for more: what was meant, why, or how.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.conversation.grammar import AUXILIARY, WH
from rag.patterns import lazy
from rag.quotation import beside_marks, people_named, readings

QUOTED_WORDS = 4
"""So many words in quotation marks, and little else, are a quotation to check rather than a question."""
QUOTED_SHARE = 0.5

_MARK = "[\"\u201c\u201e«'\u2018]"
_SAID = (
    r"(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|mention(?:s|ed)?|claim(?:s|ed)?|stat(?:e|es|ed)|argue[sd]?|writ(?:e|es|ten)|wrote|use[sd]?\s+the\s+(?:word|phrase|term|expression)s?|"
    r"call(?:s|ed)?\s+(?:\w+\s+){1,4}?)"
)
_ABOUT = rf"(?:about|of|on|regarding|concerning|how|why|what|who|whom|whose|where|which)\b[^\"\u201c]{{0,40}}{_MARK}"
_SAYING = lazy(rf"\b(?!tell\s+(?:me|us)\b){_SAID}(?!\s+(?:(?:\w+\s+){{0,2}}){_ABOUT})", re.I)
_RIGHT = lazy(
    r"\b(?:(?:mis)?quot(?:e[sd]?|ing|ations?)|verbatim|correct(?:ly)?|accurate(?:ly)?|true|right|exact(?:ly)?|wording|verify|"
    r"check|confirm|(?:his|her|their|exact|real|actual|['\u2019]s)\s+(?:exact\s+|own\s+|actual\s+)?words)\b",
    re.I,
)
_LEADING = lazy(r"^[\s>]*(?:(?:and|but|so|ok(?:ay)?|hi|hello|please|now|then)\b[\s,!.]*)*", re.I)
_ASKS_MORE = lazy(
    rf"^(?!(?:who|when|where)\b){WH}\b|\b(?:what|how|why|which|whose)\s+{AUXILIARY}\b"
    rf"|\b(?:say|says|said|tell|tells|told|explains?|explained)\s+(?:\w+\s+){{0,2}}?(?:how|why|when|where|which|whose)\b",
    re.I,
)
_WHERE_SAID = lazy(
    rf"^(?:who|when|where)\s+(?:(?:did|does|has|do)\s+\w+(?:\s+\w+)?\s+)?(?:ever\s+)?{_SAID}\b[^\"\u201c]{{0,30}}{_MARK}",
    re.I,
)
_MEANT = lazy(r"\b(?:mean|means|meant|meaning)\b", re.I)
_QUESTION = lazy(rf"^{WH}\b", re.I)


def is_quotation(asked: str, speakers: Sequence[str]) -> bool:
    """Tell a pasted quotation from a question that quotes a word or two."""
    beside = beside_marks(asked)
    whole, *framed = readings(asked, speakers) or (None,)
    signed = bool(re.match(r"\s*>", asked))
    if whole is None or not framed or (beside is None and not signed):
        return False
    beside = _LEADING.sub("", beside or "", count=1)
    if _MEANT.search(beside):
        return False
    quoted = max(len(q.words) for q in framed)
    if not _ASKS_MORE.search(beside) and _asks_for_a_check(beside):
        return quoted > 0
    attributed = any(q.speaker and people_named(q.speaker, speakers) for q in framed)
    if _QUESTION.match(beside) or not (attributed or quoted >= QUOTED_WORDS):
        return False
    return attributed or signed or quoted >= QUOTED_SHARE * len(whole.words)


def _asks_for_a_check(beside: str) -> bool:
    """Tell whether the words beside quotation marks speak of saying them, or of their being right."""
    if _QUESTION.match(beside):
        return bool(_WHERE_SAID.match(beside))
    return bool(_SAYING.search(beside) or _RIGHT.search(beside))
