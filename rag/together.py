"""Put the answers to several questions in one together.

In: an ``Inquiry`` for each of the questions. Out: one ``Inquiry``, which quotes for each that is answered, and says
which are not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rag.answers import Inquiry
from rag.datatypes import Answer, Quote, Status
from rag.scoring import Absence
from rag.selection import MAX_QUOTES

QUOTES_EACH = 2
"""At most so many quotes answer one of several questions."""


def together(question: str, told: Sequence[Inquiry]) -> Inquiry:
    """Return one answer to ``question``, in which all of ``told`` were asked, at least one."""
    answers = [each.answer for each in told]
    rarity = {stem: value for each in told for stem, value in each.rarity.items()}
    decided = "; ".join(f"“{each.answer.meant}”: {each.decided}" for each in told)
    return Inquiry(
        _answer(question, answers),
        tuple(dict.fromkeys(term for each in told for term in each.terms)),
        rarity,
        _absence([each.absence for each in told]),
        tuple(hit for each in told for hit in each.hits),
        tuple(candidate for each in told for candidate in each.candidates),
        decided,
    )


def _answer(question: str, answers: Sequence[Answer]) -> Answer:
    meant = " ".join(answer.meant for answer in answers)
    best = next(
        status
        for status in (Status.ANSWERED, Status.ONLY_ASKED, Status.NOT_FOUND)
        if any(a.status is status for a in answers)
    )
    those = [answer for answer in answers if answer.status is best]
    quotes = _apart(quote for answer in those for quote in answer.quotes[:QUOTES_EACH])
    sure = [answer.confidence for answer in those]
    if best is Status.ANSWERED:
        missing = " and ".join(f"“{answer.meant}”" for answer in answers if answer.status is not best)
        return Answer(question, meant, best, min(sure), quotes, note=f"Not answered: {missing}" if missing else None)
    closest = _apart(quote for answer in answers for quote in answer.closest)
    return Answer(question, meant, best, max(sure), quotes, closest[:MAX_QUOTES], note=those[0].note)


def _apart(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """Return quotes without those that an earlier one overlaps."""
    kept: list[Quote] = []
    for quote in quotes:
        if not any(other.overlaps(quote.interview.id, (quote.start, quote.end)) for other in kept):
            kept.append(quote)
    return tuple(kept)


def _absence(each: Sequence[Absence]) -> Absence:
    return Absence(
        tuple(word for one in each for word in one.words),
        tuple(word for one in each for word in one.names),
        tuple(word for one in each for word in one.only_asked),
        max(one.share for one in each),
    )
