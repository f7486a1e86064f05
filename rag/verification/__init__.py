"""A quotation checked against the interviews: said so, said otherwise, said by somebody else, or not there.

In: a quotation as somebody pastes it, and interviews. Out: ``Verdict``. The words of both are aligned as
words with offsets, so the quote is a span by construction; nothing is searched for afterwards.
Only turns are looked at: headings and page furniture are nobody's words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rag.conversation.people import full_name
from rag.datatypes import Change, Finding, Interview, Quote, Role, Verdict
from rag.errors import QuestionError
from rag.passages import unstamped
from rag.patterns import lazy
from rag.quotation import Gap, Insertion, Quotation, people_named, readings, same_name, same_person, written_together
from rag.verification.alignment import LONG_GAP, Alignment, Edit, alignments
from rag.verification.contractions import written_out_alike
from rag.verification.declared import NUMBER, beside, fair_cut, stands_for
from rag.verification.spoken import Spoken, spoken

MAX_WORDS = 1_500
"""The longest quotation that is checked, in words."""
SHORTLIST = 12
"""So many interviews, those that share most word pairs with the quotation, are aligned with it."""
ALTERED = 0.62
"""From this share of its words' weight on, words aligned in order make a quotation an altered one."""
ALTERED_QUESTION = 0.75
"""The same for words that only the interviewer says, attributed to nobody: questions are full of what answers say."""
VERBATIM_RUN = 7
"""So many words in a row, word for word, do too, when they are at least ``VERBATIM_SHARE`` of it."""
VERBATIM_SHARE = 0.3
VERBATIM_PIECE = 3
"""So many words at least tell a piece between declared cuts."""
MAX_PIECES = 12
"""A quotation of more pieces is checked as one only."""
MOVED = 0.7
"""The share of its words' weight that runs of words found in any order must hold, to do too."""
REORDERED = (4, 30)
"""From how many words to how many a quotation may be told by its words alone, in whatever order."""
CUT_COST = 2.0
"""What one undeclared cut takes from the likeness, in word weights."""
OTHER_NUMBER = 0.25
"""What a number in a number's place takes from the likeness, beside another word's 1."""
WRITTEN_OUT = 0.1
"""The same of a contraction written out, or of words contracted."""
RIGHTLY_BONUS = 0.04
"""How much less like a place may be, to be preferred because the right speaker says it."""

_ABOUT = lazy(r"an?|the|about|around|almost|nearly|over|some|than|more|less|and")
_CLOSING = lazy(r"[.!?\u2026,;:%)\]]*[\"'\u201d\u2019»]*")


def verify(quotation: str, interviews: Iterable[Interview], speakers: Sequence[str] = ()) -> Verdict:
    """Say whether somebody said these words.

    ``quotation`` may hold quotation marks, ``...`` for declared cuts, ``[insertions]`` and an attribution
    (``"...," said Adam``); ``speakers`` are those one of whom is said to have said it, and win over the attribution.
    Raise ``QuestionError`` when it holds no word, or more than ``MAX_WORDS``.
    """
    among = tuple(interviews)
    names = list(dict.fromkeys(full_name(i, s) for i in among for s in i.speakers()))
    asked = tuple(_in_full(s, names) for s in speakers)
    whole, *framed = (replace(r, speaker=r.speaker and _in_full(r.speaker, names)) for r in _readings(quotation, names))
    best = _best(whole, among, asked)
    framed = [r for r in framed if best is None or not _speaks_frame(best, whole, r, names)]
    for reading in framed:
        if best is None or not best.exact:
            place = _best(reading, among, asked or _attributed(reading))
            best = max((c for c in (best, place) if c is not None), key=_rank, default=None)
    if best is None or not best.exact:
        for reading in (whole, *framed):
            apart = _apart(reading, among, asked or _attributed(reading))
            if apart is not None:
                return apart
    if best is None:
        return Verdict(Finding.NOT_FOUND, None)
    if not best.rightly:
        return Verdict(Finding.OTHER_SPEAKER, best.quote, best.changes)
    return Verdict(Finding.EXACT if best.exact else Finding.ALTERED, best.quote, best.changes)


def _in_full(name: str, names: Sequence[str]) -> str:
    """Return the name of the one speaker whom a short form stands for: "Raj" as "Rajiv Shah"; others as they are."""
    meant = people_named(name, names)
    return meant[0] if len(meant) == 1 else name


def _attributed(reading: Quotation) -> tuple[str, ...]:
    """Return whom the text itself attributes its words to, nobody where it doesn't say."""
    return (reading.speaker,) if reading.speaker else ()


def _apart(reading: Quotation, among: Sequence[Interview], speakers: Sequence[str]) -> Verdict | None:
    """Return the verdict on a quotation whose pieces come from different places; None where they don't.

    Pieces in quotation marks of their own are quotations of their own, in whatever order. A declared cut may not
    lead from one answer to another.
    """
    pieces = reading.parts(Gap.ANEW)
    joined = len(pieces) == 1
    pieces = reading.parts(Gap.CUT) if joined else pieces
    if not 1 < len(pieces) <= MAX_PIECES or any(len(p.words) < (VERBATIM_PIECE if joined else 1) for p in pieces):
        return None
    maybe = [_best(p, among, speakers) for p in pieces]
    found = [c for c in maybe if c is not None and (c.exact or not joined)]
    if len(found) < len(pieces):
        return None
    changes = tuple(change for c in found for change in c.changes)
    if joined:
        places = [c.quote.start for c in found]
        if len({c.quote.interview.id for c in found}) > 1 or places != sorted(places):
            return None
        interview = found[0].quote.interview
        cuts = ((a.quote.end, b.quote.start) for a, b in pairwise(found))
        changes = tuple(Change("delete", "", unstamped(interview, cut).strip()) for cut in cuts)
    quote = next((c.quote for c in found if c.changes or not c.rightly), found[0].quote)
    if not all(c.rightly for c in found):
        return Verdict(Finding.OTHER_SPEAKER, quote, changes)
    return Verdict(Finding.ALTERED if changes else Finding.EXACT, quote, changes)


def _readings(quotation: str, names: Sequence[str]) -> tuple[Quotation, ...]:
    found = readings(quotation, names)
    if not found:
        raise QuestionError("there is no word in this quotation: give the words that somebody is said to have said.")
    if len(found[0].words) > MAX_WORDS:
        raise QuestionError(f"the quotation is longer than {MAX_WORDS} words: check it in parts.")
    return found


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One place where the quotation comes from."""

    likeness: float
    quote: Quote
    changes: tuple[Change, ...]
    strange: frozenset[int]
    """Which of the quotation's words, by offset, are not the speaker's."""
    rightly: bool
    """Whether the speaker is the one it is attributed to, and no interviewer unless named."""

    @property
    def exact(self) -> bool:
        """Whether no word differs."""
        return not self.changes


def _rank(candidate: _Candidate) -> tuple[bool, bool, float]:
    preferred = candidate.likeness + (RIGHTLY_BONUS if candidate.rightly else 0.0)
    return candidate.exact and candidate.rightly, candidate.exact, preferred


def _speaks_frame(place: _Candidate, whole: Quotation, reading: Quotation, names: Sequence[str]) -> bool:
    """Tell whether what looks like an attribution is the speaker's own words, found with the whole text."""
    if any(same_person(reading.speaker or "", name) for name in names):
        return False
    if reading.told:
        return True
    if any(len(c.theirs.split()) > LONG_GAP for c in place.changes):
        return False
    quoted = {w.start for w in reading.words}
    frame = {w.start for w in whole.words} - quoted
    return len(frame - place.strange) > len(frame) / 2


def _best(reading: Quotation, interviews: Sequence[Interview], speakers: Sequence[str]) -> _Candidate | None:
    found = (c for i in _shortlist(reading, interviews) for c in _candidates(reading, spoken(i), speakers))
    return max(found, key=_rank, default=None)


def _shortlist(reading: Quotation, interviews: Sequence[Interview]) -> Sequence[Interview]:
    """Return the interviews that share most pairs of neighbouring words with the quotation."""
    if len(interviews) <= SHORTLIST:
        return interviews
    keys = [w.key for w in reading.words]
    pairs = {f"{a} {b}" for a, b in pairwise(keys)}
    scores = [sum(p in text for p in pairs) + sum(k in text for k in set(keys)) / 2 for text in map(_plain, interviews)]
    order = sorted(range(len(interviews)), key=lambda i: -scores[i])
    return [interviews[i] for i in order[:SHORTLIST] if scores[i] > 0]


def _plain(interview: Interview) -> str:
    return interview.text.replace("\u2019", "'").replace("\n", " ").lower()


def _candidates(reading: Quotation, said: Spoken, speakers: Sequence[str]) -> Iterator[_Candidate]:
    weights = [float(said.weights[said.number(w)]) for w in reading.words]
    for found in alignments(reading, said):
        edits = [e for e in found.edits if not _counts_as_same(e, reading, said)]
        likeness = _likeness(edits, reading, weights, said)
        if not (_comes_from(found, likeness, weights) or _in_other_order(found, reading, said)):
            continue
        quote = _quote(found, said)
        if not speakers and edits and likeness < ALTERED_QUESTION and quote.role is Role.INTERVIEWER:
            continue
        strange = frozenset(reading.words[i].start for e in edits for i in range(e.yours, e.yours_end))
        changes = _changes(edits, found, reading, said)
        rightly = any(_rightly(quote, speaker) for speaker in speakers or (None,))
        yield _Candidate(likeness, quote, changes, strange, rightly)


def _counts_as_same(edit: Edit, reading: Quotation, said: Spoken) -> bool:
    """Tell a difference of hyphens and spaces, or one that the quotation declares, from other words."""
    mine, theirs = reading.words[edit.yours : edit.yours_end], said.words[edit.theirs : edit.theirs_end]
    if mine:
        return written_together(reading.text, mine) == written_together(said.interview.text, theirs)
    gap = reading.gaps[edit.yours] if edit.yours < len(reading.gaps) else Gap.NONE
    if gap is Gap.INSERTION:
        inserted = next(i for i in reading.insertions if i.before == edit.yours)
        return stands_for(inserted, edit.theirs, edit.theirs_end, said)
    return gap >= Gap.CUT and fair_cut(edit.theirs, edit.theirs_end, said)


def _likeness(edits: Sequence[Edit], reading: Quotation, weights: Sequence[float], said: Spoken) -> float:
    """Return how much of the quotation was said, 0 to 1: words swapped, added, dropped and cut all count."""
    changed = dropped = 0.0
    for edit in edits:
        mine, theirs = _keys(edit, reading, said)
        written_out = written_out_alike(mine, theirs)
        share = WRITTEN_OUT if written_out else OTHER_NUMBER if _other_number(mine, theirs) else 1.0
        changed += share * sum(weights[edit.yours : edit.yours_end])
        dropped += share * min(CUT_COST, float(said.weights[said.keys[edit.theirs : edit.theirs_end]].sum()))
    total = sum(weights)
    return (total - changed) / (total + 0.5 * max(0.0, dropped - changed))


def _keys(edit: Edit, reading: Quotation, said: Spoken) -> tuple[list[str], list[str]]:
    mine, theirs = reading.words[edit.yours : edit.yours_end], said.words[edit.theirs : edit.theirs_end]
    return [word.key for word in mine], [word.key for word in theirs]


def _other_number(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Tell "three-quarters" for "two-thirds" from other words: the most common of untrue quotations."""
    mine = [w for w in mine if not _ABOUT.fullmatch(w)]
    numbers = sum(bool(NUMBER.fullmatch(word)) for word in theirs)
    return 0 < len(mine) <= numbers and len(theirs) <= len(mine) + 2 and all(map(NUMBER.fullmatch, mine))


def _comes_from(found: Alignment, likeness: float, weights: Sequence[float]) -> bool:
    """Tell a changed quotation from one that merely shares words."""
    verbatim = found.longest >= VERBATIM_RUN and found.longest >= VERBATIM_SHARE * len(weights)
    return likeness >= ALTERED or verbatim or sum(weights[i] for i in found.moved) >= MOVED * sum(weights)


def _in_other_order(found: Alignment, reading: Quotation, said: Spoken) -> bool:
    """Tell a short quotation of nothing but the words said there, in another order."""
    size = len(reading.words)
    if not REORDERED[0] <= size <= REORDERED[1]:
        return False
    mine = sorted(said.number(w) for w in reading.words)
    starts = range(max(0, found.first - size), min(found.last, len(said.words) - size) + 1)
    return any(sorted(said.keys[n : n + size].tolist()) == mine for n in starts)


def _rightly(quote: Quote, speaker: str | None) -> bool:
    if speaker is None:
        return quote.role is not Role.INTERVIEWER
    interview = quote.interview
    if same_name(speaker, interview.outlet or "") and not people_named(speaker, interview.speakers()):
        return True  # where the words are printed, and whoever asks for it
    if quote.speaker is not None:
        who = full_name(interview, quote.speaker)
        return same_person(speaker, who) and who in people_named(speaker, [who, *interview.speakers()])
    asks = any(same_person(speaker, name) for name in interview.interviewers)
    return asks == (quote.role is Role.INTERVIEWER)


def _changes(edits: Sequence[Edit], found: Alignment, reading: Quotation, said: Spoken) -> tuple[Change, ...]:
    """Return what differs in the order of the quotation, insertions that say something else among it."""
    made = [(edit.yours, _change(edit, reading, said)) for edit in edits]
    compared = {edit.yours for edit in found.edits}
    for insertion in reading.insertions:
        if insertion.before in compared:
            continue
        start, end = beside(insertion, found, len(reading.words), said)
        if not stands_for(insertion, start, end, said):
            made.append((insertion.before, _replaced(_inserted(insertion, reading), start, end, said)))
    return tuple(change for _, change in sorted(made, key=lambda m: m[0]))


def _change(edit: Edit, reading: Quotation, said: Spoken) -> Change:
    mine = reading.words[edit.yours : edit.yours_end]
    inserted = [_inserted(i, reading) for i in reading.insertions if i.before == edit.yours and not mine]
    yours = reading.text[mine[0].start : mine[-1].end] if mine else "".join(inserted)
    return _replaced(yours, edit.theirs, edit.theirs_end, said)


def _inserted(insertion: Insertion, reading: Quotation) -> str:
    return f"[{reading.text[insertion.words[0].start : insertion.words[-1].end]}]"


def _replaced(yours: str, start: int, end: int, said: Spoken) -> Change:
    theirs = unstamped(said.interview, (said.words[start].start, said.words[end - 1].end)) if start < end else ""
    return Change("replace" if yours and theirs else "insert" if yours else "delete", yours, theirs)


def _quote(found: Alignment, said: Spoken) -> Quote:
    """Return the words as a quote of one turn: where a speaker's words were cut up, the turn with most of them."""
    interview, inside = said.interview, said.words[found.first : found.last]
    spans: dict[int, tuple[int, int]] = {}
    for word in inside:
        turn = interview.turn_at(word.start)
        if turn is not None:
            spans[turn] = (spans.get(turn, (word.start, 0))[0], word.end)
    turn = max(spans, key=lambda t: spans[t][1] - spans[t][0])
    start, end = spans[turn]
    closing = _CLOSING.match(interview.text, end, interview.turns[turn].end)
    if closing is not None and any(c in ".!?\u2026" for c in closing.group()):
        end = closing.end()
    return Quote(interview, turn, start, end)
