"""Two texts aligned as words: what they share in order, and what differs.

In: a quotation's words and an interview. Out: ``Alignment``s, one for each place the words may come from:
the ``Edit``s that lead from the interview's words to the quotation's, as ranges of words with offsets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log2

import numpy as np
from rapidfuzz.distance import Indel

from rag.quotation import Gap, Quotation
from rag.verification.spoken import Spoken

PLACES = 6
"""So many places of an interview are aligned with the quotation."""
REACH = 600
"""How far, in words, from such a place the rest of a joined quotation is looked for."""
SEEDS = 150
"""So many runs of shared words, the weightiest, are considered in one place."""
RARE = 0.55
"""A shared word of this weight (0 to 1) can hold an alignment by itself; others need a neighbour."""
GAP_COST = 0.2
"""What a skipped stretch costs an alignment, in word weights per doubling of its length."""
DECLARED_COST = 0.01
"""The same where the quotation declares a cut."""
LONG_GAP = 12
"""Words left out in one piece beyond this number are a cut rather than a changed wording."""
MOVED_RUN = 3
"""Runs of so many words count as found in whatever order they come."""


@dataclass(frozen=True, slots=True)
class Block:
    """``size`` words of the quotation from ``yours`` on are the interview's words from ``theirs`` on."""

    yours: int
    theirs: int
    size: int

    @property
    def yours_end(self) -> int:
        """Where it ends in the quotation."""
        return self.yours + self.size

    @property
    def theirs_end(self) -> int:
        """Where it ends in the interview."""
        return self.theirs + self.size


@dataclass(frozen=True, slots=True)
class Edit:
    """The quotation has words ``yours`` to ``yours_end`` where the interview has ``theirs`` to ``theirs_end``."""

    yours: int
    yours_end: int
    theirs: int
    theirs_end: int

    @property
    def left_out(self) -> int:
        """How many words fewer the quotation has."""
        return (self.theirs_end - self.theirs) - (self.yours_end - self.yours)


@dataclass(frozen=True, slots=True)
class Alignment:
    """The interview's words from ``first`` to ``last`` read as the quotation after ``edits``."""

    first: int
    last: int
    edits: tuple[Edit, ...]
    longest: int
    """The longest run of words that both share, in words."""
    moved: frozenset[int]
    """Words of the quotation that stand nearby in runs of at least ``MOVED_RUN``, in any order."""


def alignments(reading: Quotation, said: Spoken) -> Iterator[Alignment]:
    """Yield the places of an interview that the quotation may come from, each within what one speaker says."""
    for start, end in _places(reading, said):
        seeds = _seeds(reading, said, start, end)
        if not seeds:
            continue
        moved = frozenset(i for s in seeds if s.size >= MOVED_RUN for i in range(s.yours, s.yours_end))
        chain = _chain(seeds, reading, said)
        first, last, edits = _edits(chain, reading, said)
        yield Alignment(first, last, tuple(edits), max(b.size for b in chain), moved)


def _places(reading: Quotation, said: Spoken) -> list[tuple[int, int]]:
    """Return ranges of the interview's words, each said by one speaker, that share most with the quotation."""
    if not len(said.keys):
        return []
    asked = np.array([said.number(w) for w in reading.words], np.int64)
    width = len(said.numbers) + 1
    weights = said.weights[said.keys]
    shared = np.isin(said.keys, asked) * weights
    wanted = (asked[:-1] * width + asked[1:])[(asked[:-1] >= 0) & (asked[1:] >= 0)]
    pairs = said.keys[:-1].astype(np.int64) * width + said.keys[1:]
    shared[:-1] += np.isin(pairs, wanted) * (weights[:-1] + weights[1:])
    window = min(len(asked) + 2, len(shared))
    sums = np.concatenate(([0.0], np.cumsum(shared)))
    scores = sums[window:] - sums[:-window]
    places: dict[tuple[int, int], None] = {}
    for _ in range(PLACES * 2):
        best = int(np.argmax(scores))
        if scores[best] <= 0 or len(places) == PLACES:
            break
        middle = best + int(np.argmax(shared[best : best + window]))
        start, end = said.run(middle)
        reach = REACH + len(asked)
        places[max(start, middle - reach), min(end, middle + reach)] = None
        scores[max(0, best - window // 2) : best + window // 2 + 1] = 0
    return list(places)


def _seeds(reading: Quotation, said: Spoken, start: int, end: int) -> list[Block]:
    """Return the weightiest runs of words that both share, in the order of the quotation."""
    asked = [said.number(w) for w in reading.words]
    weights = [float(said.weights[k]) for k in asked]
    here: list[int] = said.keys[start:end].tolist()
    where: dict[int, list[int]] = defaultdict(list)
    for place, key in enumerate(here):
        where[key].append(place)
    found: list[tuple[float, Block]] = []
    for i, key in enumerate(asked):
        for j in where.get(key, ()):
            if i and j and asked[i - 1] == here[j - 1]:
                continue
            size = 1
            while i + size < len(asked) and j + size < len(here) and asked[i + size] == here[j + size]:
                size += 1
            if size > 1 or weights[i] >= RARE or len(asked) == 1:
                found.append((sum(weights[i : i + size]), Block(i, start + j, size)))
    found.sort(key=lambda f: -f[0])
    return sorted((block for _, block in found[:SEEDS]), key=lambda b: (b.yours, b.theirs))


def _chain(seeds: Sequence[Block], reading: Quotation, said: Spoken) -> list[Block]:
    """Return the shared runs, in order in both, that hold most weight for the least skipped."""
    weights = [float(said.weights[said.number(w)]) for w in reading.words]
    sums = np.concatenate(([0.0], np.cumsum(weights))).tolist()
    cuts = [i for i, gap in enumerate(reading.gaps) if gap >= Gap.CUT]
    scores: list[float] = []
    links: list[tuple[int, int]] = []
    for seed in seeds:
        best, link = sums[seed.yours_end] - sums[seed.yours], (-1, 0)
        for m, before in enumerate(seeds[: len(scores)]):
            overlap = max(before.yours_end - seed.yours, before.theirs_end - seed.theirs, 0)
            if overlap >= seed.size or before.yours >= seed.yours or before.theirs >= seed.theirs:
                continue
            yours, theirs = seed.yours + overlap, seed.theirs + overlap
            skipped = (theirs - before.theirs_end) + (yours - before.yours_end)
            cost = DECLARED_COST if any(before.yours_end <= c <= yours for c in cuts) else GAP_COST
            score = scores[m] + sums[seed.yours_end] - sums[yours] - cost * log2(1 + skipped)
            if score > best:
                best, link = score, (m, overlap)
        scores.append(best)
        links.append(link)
    at = max(range(len(seeds)), key=scores.__getitem__)
    chain: list[Block] = []
    while at >= 0:
        seed, (at, overlap) = seeds[at], links[at]
        chain.append(Block(seed.yours + overlap, seed.theirs + overlap, seed.size - overlap))
    return chain[::-1]


def _edits(chain: list[Block], reading: Quotation, said: Spoken) -> tuple[int, int, list[Edit]]:
    """Return the range of the interview's words quoted, and what differs between and around the shared runs."""
    first, edits = _before(chain[0], reading, said)
    for block, following in pairwise(chain):
        between = _differences((block.yours_end, following.yours), (block.theirs_end, following.theirs), reading, said)
        edits += [_whole_sentences(e, said) for e in between]
    last, after = _after(chain[-1], reading, said)
    return first, last, edits + after


def _before(head: Block, reading: Quotation, said: Spoken) -> tuple[int, list[Edit]]:
    """Return where the quoted words begin, and how the quotation's first words differ from them."""
    first = _reach(head.theirs, head.yours, -1, said)
    edits = _differences((0, head.yours), (first, head.theirs), reading, said)
    if edits and edits[0].yours == 0 and edits[0].theirs == first:
        outer = edits.pop(0)
        if not said.ends_sentence(first):
            first += max(0, outer.left_out)
        if outer.yours_end:
            edits.insert(0, Edit(0, outer.yours_end, first, outer.theirs_end))
        else:
            first = outer.theirs_end
    return first, edits


def _after(tail: Block, reading: Quotation, said: Spoken) -> tuple[int, list[Edit]]:
    """Return where the quoted words end, and how the quotation's last words differ from them."""
    size = len(reading.words)
    last = _reach(tail.theirs_end, size - tail.yours_end, 1, said)
    edits = _differences((tail.yours_end, size), (tail.theirs_end, last), reading, said)
    if edits and edits[-1].yours_end == size and edits[-1].theirs_end == last:
        outer = edits.pop()
        if not said.ends_sentence(last):
            last -= max(0, outer.left_out)
        if outer.yours < size:
            edits.append(Edit(outer.yours, size, outer.theirs, last))
        else:
            last = outer.theirs
    return last, edits


def _reach(edge: int, missing: int, step: int, said: Spoken) -> int:
    """Return how far ``missing`` words beyond the outermost shared run can reach, at most to the sentence's end."""
    if not missing:
        return edge
    start, end = said.run(edge if step < 0 else edge - 1)
    at = edge
    while (start < at if step < 0 else at < end) and abs(at - edge) < missing + 2:
        if abs(at - edge) >= missing and said.ends_sentence(at):
            break
        at += step
    return at


def _differences(yours: tuple[int, int], theirs: tuple[int, int], reading: Quotation, said: Spoken) -> list[Edit]:
    """Return how two stretches differ, in as few words as can be."""
    if yours[0] == yours[1] and theirs[0] == theirs[1]:
        return []
    if theirs[1] - theirs[0] > 4 * (yours[1] - yours[0]) + LONG_GAP:
        return [Edit(*yours, *theirs)]
    mine = [w.key for w in reading.words[slice(*yours)]]
    spoken_there = [w.key for w in said.words[slice(*theirs)]]
    edits: list[Edit] = []
    for step in Indel.opcodes(mine, spoken_there):
        if step.tag == "equal":
            continue
        edit = Edit(
            yours[0] + step.src_start, yours[0] + step.src_end, theirs[0] + step.dest_start, theirs[0] + step.dest_end
        )
        if edits and (edits[-1].yours_end, edits[-1].theirs_end) == (edit.yours, edit.theirs):
            before = edits.pop()
            edit = Edit(before.yours, edit.yours_end, before.theirs, edit.theirs_end)
        edits.append(edit)
    return edits


def _whole_sentences(edit: Edit, said: Spoken) -> Edit:
    """Return the same cut moved back to where a sentence begins, where the words around it allow that."""
    if edit.yours != edit.yours_end:
        return edit
    for back in range(edit.theirs_end - edit.theirs):
        start, end = edit.theirs - back, edit.theirs_end - back
        if said.ends_sentence(start):
            return Edit(edit.yours - back, edit.yours - back, start, end)
        if start == 0 or back == edit.yours or said.keys[start - 1] != said.keys[end - 1]:
            break
    return edit
