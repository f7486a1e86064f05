"""What a quotation declares, ``...`` and ``[insertions]``, held against the words that it leaves out or replaces.

In: an insertion or a cut, and the interview's words there. Out: whether it is fair. One that swallows a "not", or puts
another number or name in, changes what was said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.patterns import lazy
from rag.quotation import Insertion
from rag.verification.alignment import LONG_GAP, Alignment
from rag.verification.spoken import Spoken

STAND_IN = 6
"""A bracketed insertion stands for at most so many of the speaker's words."""
LONG_SENTENCE = 40
"""Of more words than these, as in captions without full stops, only those next to what stays are looked at."""

NUMBER = lazy(
    r"\d[\d.,]*|[%$€£]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|[mbtr]+illions?|half|thirds?|quarters?|fifths?|"
    r"tenths?|first|second|third|percent|dozens?"
)
_NEGATION = lazy(
    r"no|not|never|nor|none|nobody|nothing|nowhere|neither|without|cannot|.*n't|hardly|rarely|seldom|barely|scarcely|"
    r"unless|refuse[sd]?|fail(?:s|ed)?"
)
_NO_DENIAL = frozenset(["no matter", "no doubt", "no wonder", "not only", "not just", "not least"])
_SCARCE = lazy(r"few|little")
_SOME = lazy(r"an?|the|quite|that|this|those|very")
"""Before "few" and "little", what makes them no negation."""
_NOTE = lazy(
    r"sic|emphasis|added|mine|ours|laugh\w*|chuckl\w*|sigh\w*|applause|inaudible|unintelligible|crosstalk|pause[sd]?"
)
_GRAMMAR = lazy(
    r"i|i'\w+|you|he|she|it|we|they|(?:you|he|she|it|we|they|that|there|what|who|here)'\w+|this|that|these|those|there|here|"
    r"my|your|his|her|its|our|their|the|an?|and|but|so|or|nor|yet|for|if|when|while|where|as|because|since|although|though|"
    r"in|on|at|to|of|by|with|from|after|before|about|into|over|under|who|what|which|why|how|not|no|never|yes|well|also|"
    r"then|now|some|many|most|all|each|every|both|people|everyone|everybody|someone|nobody|do|does|did|is|are|was|were|"
    r"has|have|had|will|would|can|could|should|may|might|must|let|let's|one"
)


def stands_for(insertion: Insertion, start: int, end: int, said: Spoken) -> bool:
    """Tell whether inserted words can stand for the interview's words between two places, none where they are alike.

    They may explain or name what a pronoun means. They may not deny what wasn't denied, nor take the place of a "not",
    or of a number or name that isn't among them.
    """
    inserted = [w.key for w in insertion.words]
    theirs = [w.key for w in said.words[start:end]]
    if len(theirs) > STAND_IN or negated(inserted) != negated(theirs):
        return False
    told = {w.removesuffix("'s") for w in inserted}
    return all(run[-1] in told for run in _numbers_and_names(start, end, said))


def beside(insertion: Insertion, found: Alignment, size: int, said: Spoken) -> tuple[int, int]:
    """Return the number or name that an insertion at either end of a quotation of ``size`` words stands for."""
    if all(_NOTE.fullmatch(w.key) for w in insertion.words) or 0 < insertion.before < size:
        return found.first, found.first
    at = edge = found.first if insertion.before == 0 else found.last
    step = -1 if insertion.before == 0 else 1
    kinds: set[bool] = set()
    while abs(edge - at) < STAND_IN and not said.parted(edge):
        start, end = sorted((edge, edge + step))
        if not any(_numbers_and_names(start, end, said)):
            break
        kinds.add(bool(NUMBER.fullmatch(said.words[start].key)))
        if len(kinds) > 1:
            break
        edge += step
    start, end = sorted((at, edge))
    return start, end


def fair_cut(start: int, end: int, said: Spoken) -> bool:
    """Tell whether the words between two places may be left out where a cut is declared.

    Whole sentences may, unless they begin with a "no" to what stands before them. The rest of a sentence that stays, or
    the beginning of one, may hold no "not": it would have been said of what stays.
    """
    ends = [n for n in range(start, end + 1) if said.ends_sentence(n)]
    if not ends:
        parts = [(start, end)]
    else:
        parts = [(start, ends[0]), (ends[-1], end)]
        if _denies([w.key for w in said.words[start : start + 2]], 0):
            return False
    return not any(negated([w.key for w in said.words[a:b]]) for part in parts for a, b in _near(*part))


def negated(keys: Sequence[str]) -> bool:
    """Tell whether there is a negation among words; "a few", "no doubt" and "not only" are none."""
    return any(_denies(keys, n) for n in range(len(keys)))


def _denies(keys: Sequence[str], n: int) -> bool:
    if _SCARCE.fullmatch(keys[n]):
        return not (n and _SOME.fullmatch(keys[n - 1]))
    return bool(_NEGATION.fullmatch(keys[n])) and " ".join(keys[n : n + 2]) not in _NO_DENIAL


def _near(start: int, end: int) -> Iterator[tuple[int, int]]:
    if end - start <= LONG_SENTENCE:
        yield start, end
    else:
        yield start, start + LONG_GAP
        yield end - LONG_GAP, end


def _numbers_and_names(start: int, end: int, said: Spoken) -> Iterator[list[str]]:
    """Yield the numbers and names among the interview's words between two places, a name of several words as one.

    What a name ends with tells whose it is: "[the fund]" can stand for the Ports' Fund, not "[the President]" for one
    who is named.
    """
    run: list[str] = []
    for n in range(start, end):
        word = said.words[n]
        number = bool(NUMBER.fullmatch(word.key)) and word.key != "one"
        capital = said.interview.text[word.start].isupper() and not _GRAMMAR.fullmatch(word.key)
        if run and (number or not capital or said.parted(n)):
            yield run
            run = []
        if number:
            yield [word.key]
        elif capital:
            run.append(word.key.removesuffix("'s"))
    if run:
        yield run
