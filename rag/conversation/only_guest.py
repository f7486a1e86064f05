"""The only guest, by name: "When did Jackie start?" asks what "When did she start?" does, of whoever says "I".

In: a question that names the one who answers. Out: the question with a pronoun for the name, as the models get it.
"""

from __future__ import annotations

import re

from rag.conversation.grammar import AUXILIARY, WH
from rag.patterns import lazy

_TITLE = r"(?:(?i:mr|mrs|ms|miss|dr|prof|professor)\b\.?\s+)?"
_WHO_IS = lazy(r"^who(?:\s+(?:is|was)|['\u2019]s)\s+(?:s?he|they|her|him|them)\b[\s?.!]*$", re.I)
"""What is asked of a name, not of whoever bears it."""
_DOES = lazy(rf"(?:^|\b(?:{AUXILIARY}|{WH}|that|if|whether|and|but|because)\s+)$", re.I)
"""What stands before the name of somebody who does something, rather than has something done to them."""


def by_pronoun(question: str, guest: str) -> str | None:
    """Return a question with a pronoun for a guest's name, first name or surname; None where none is in it.

    Neither is a name that goes on as another's ("Jackie Chan"), nor a first name or surname in small letters, which may
    be a word ("will", "long").
    """
    parts = [re.escape(part) for part in guest.split() if len(part) > 1]
    if not parts:
        return None
    one = "|".join(sorted(parts, key=len, reverse=True))
    whole = r"\s+".join(parts)
    named = re.compile(
        rf"(?<![\w'\u2019-])(?!(?i:{AUXILIARY}|{WH})\b.*?\b(?:{one})\b){_TITLE}(?:(?i:{whole})|(?:{one})(?:\s+(?:{one}))*)"
        rf"(?:(?P<own>['\u2019]s?)(?!\w)|(?![\w-]|['\u2019]\w|\s+[A-Z][a-z]))"
    )

    def pronoun(match: re.Match[str]) -> str:
        if match["own"]:
            return "her"
        return "she" if _DOES.search(question[: match.start()]) else "her"

    put = named.sub(pronoun, question)
    return None if put == question or _WHO_IS.match(put) else put[:1].upper() + put[1:]
