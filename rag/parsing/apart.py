"""The lines of a document that nobody says: headings, page furniture, stage directions, closing notes.

In: a document's lines. Out: line numbers.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import Final

from rag.parsing.conventions import Starts
from rag.parsing.lines import DASHES, Line, ends_sentence, unfinished
from rag.parsing.names import name_words, same_person
from rag.patterns import lazy

MAX_HEADING_WORDS: Final = 25
"""Some headings are whole sentences without a full stop."""

MAX_HEADING_IN_TALK: Final = 12
"""Among labelled turns, where a paragraph without a full stop may be somebody's words."""

WELL_ENDED: Final = 0.8
"""Only where this share of the turns' first blocks end as sentences do does a block that doesn't tell anything."""

MIN_CAPITALS: Final = 4
"""Words of a heading in capitals that ends as a sentence does; fewer may be somebody's who shouts."""

MAX_RUNNING: Final = 80
"""Characters of a running head."""

MAX_RUNNING_LINES: Final = 3

MIN_BARE: Final = 3
"""Numbers alone on their lines are page numbers where so many count on; fewer may be somebody's answers."""

MAX_BELOW: Final = 2_000
"""Characters of what may stand below the line about the author."""

_NUMBER: Final = lazy(r"(?<![\d:.,])\d{1,4}(?![\d:.,])")
_SAID: Final = lazy(r"\b(?:I|me|my|we|us|our)\b").search
_DIRECTION: Final = lazy(r"[*_]{0,3}(?:[\[(<{♪].{0,200}[\])>}♪][.]?|[-*_=~#•. ]{3,200}|[♪♫].{0,200})[*_]{0,3}$")
_NOTE: Final = lazy(
    r"[\[(*_ ]{0,4}(?:(?:editor['’]s )?note: ?)?"
    r"(?:th(?:is|e) (?:interview|conversation|transcript|q&a|discussion)s? (?:has|have|was|were|is) "
    r"(?:been )?(?:lightly |slightly |first |originally )?"
    r"(?:edited|condensed|abridged|translated|transcribed|conducted|recorded|shortened|produced|published)"
    r"|\(?(?:additional )?(?:reporting|writing|editing|compiled|translation) (?:and \w+ )?by "
    r"|this (?:interview|article|story|piece|post|transcript|page|conversation|q&a) (?:has been|was) "
    r"(?:amended|corrected|updated) (?:to (?:reflect|correct|include|clarify|add|remove|show)\b"
    r"|on (?:\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)[a-z]*\b))"
    r"|(?:corrections?|clarifications?|updated?)\b[^.:]{0,40}: (?:in )?(?:an|the) (?:earlier|previous|original) "
    r"version of (?:this|the) "
    r"|(?:an|the) (?:earlier|previous|original) version of this (?:interview|article|story|piece|post|transcript) "
    r"(?:mis[a-z]{4,}|(?:incorrectly|wrongly|mistakenly) [a-z]+|contained an error)\b"
    r"|our standards:|edited (?:and condensed )?(?:for|by)"
    r"|editors?['’]s? note\b|about the (?:author|writer|interviewer)s?:"
    r"|end of (?:interview|transcript|recording|tape|audio|side|part)"
    r"|transcri(?:bed|ption|pt) (?:by|provided)|interview(?:ed)? (?:by|conducted by)|©|copyright |all rights reserved)",
    re.IGNORECASE,
)
_AUTHOR: Final = lazy(
    r"[*_ ]{0,3}(?P<name>[A-Z][\w.’'-]+(?: (?:[a-z]{2,3} )?[A-Z][\w.’'-]*){1,3}) "
    r"(?:is (?:an?|the|our|[A-Z][\w ]{0,30}['’]s) (?:[\w&’',-]+ ){0,5}?(?:(?:writer|reporter|editor|journalist"
    r"|correspondent|columnist|freelancer)\b(?P<place>,? (?:at|for|of|in|with|and|who|whose|based|covering)\b)?"
    r"|(?P<author>author|contributor|critic|host|producer)\b)"
    r"|(?P<does>covers|writes|reports|hosts|edits|contributes|can be reached|lives|works)\b)"
)
"""What is said of whoever wrote it down: ``Lou Marsh is a staff writer at the Herald.``"""

_FULL: Final = r"[A-Z][\w.’'-]+(?: (?:(?!by |and |for )[a-z]{2,3} )?[A-Z][\w.’'-]*)"
_GUEST: Final = lazy(
    rf"[*_ ]{{0,3}}(?:(?P<name>{_FULL}{{1,3}}) (?:is|was|has|lives|teaches|works|writes|runs|directs|founded|won)\b"
    rf"|(?:[^.!?\n]{{1,80}} by )?(?P<of>{_FULL}{{1,3}}?)(?: [^.!?\n]{{1,120}})? (?:is|are|will be|was) (?:now )?"
    r"(?:published|released|reissued|out|available|on (?:tour|show|view|sale)) (?:now|by|from|on|in|at|until)\b)"
)
"""What is said of the guest, or of a book or a show: ``Ann Ek is a baker. The Oven by Ann Ek is published by Quay.``"""

_ABOUT: Final = lazy(r"(?i:about) (?P<name>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,3})")
_FOOTNOTE_MARK: Final = lazy(r"\[\d{1,3}\]")
_TOLD: Final = lazy(r"\b(?:I|me|my)\b|\?").search
_SPEAKS: Final = lazy(r"\b(?:I|me|[Mm]y|we|us|[Oo]ur|[Yy]ou|[Yy]our)\b|\?").search
_FOOTER: Final = lazy(
    r"[*_# ]*(?:read (?:more|next|also)|related\b.{0,30}|more (?:from|on|about|stories|interviews)\b.{0,60}|see also"
    r"|you (?:may|might) also (?:like|enjoy)|recommended\b.{0,30}|further reading"
    r"|about the (?:author|writer|interviewer)s?|(?:leave a )?(?:comments?|reply)\b.{0,20}|share (?:this|on)\b.{0,30}"
    r"|discussion about this post"
    r"|follow us\b.{0,60}|(?:subscribe|sign up)\b.{0,60}|(?:foot)?notes|references|tags|links)[:*_ ]*",
    re.IGNORECASE,
)
"""Headings of what a page has below an interview."""


def standing_apart(text: str, lines: Sequence[Line]) -> frozenset[int]:
    """Find the headings and the page furniture: short blocks in which no line ends as a sentence does."""
    return frozenset(n for block in _quiet(text, lines, MAX_HEADING_WORDS) for n in block) | unspoken(text, lines)


def unspoken(text: str, lines: Sequence[Line]) -> frozenset[int]:
    """Find what the source marks as no speech: headings, stage directions and page numbers that stand alone."""
    return (
        running(text, lines)
        | directions(text, lines)
        | frozenset(
            n
            for n, line in enumerate(lines)
            if line.heading
            or line.furniture
            or line.body >= line.end
            or (line.bold and line.alone and not _spoken(text, line))
        )
    )


def directions(text: str, lines: Sequence[Line]) -> frozenset[int]:
    """Find the stage directions that stand alone: ``[crosstalk]``, ``♪ music ♪``."""
    return frozenset(n for n, line in enumerate(lines) if _DIRECTION.match(text, line.body, line.end))


def running(text: str, lines: Sequence[Line]) -> frozenset[int]:
    """Find the heads and feet of pages: blocks alike but for a number, which counts on from one to the next.

    Also a line that stands at the top of several pages.
    """
    alike: dict[str, list[tuple[int, ...]]] = defaultdict(list)
    tops: dict[str, list[int]] = defaultdict(list)
    for block in _blocks(lines):
        first, last = lines[block[0]], lines[block[-1]]
        if len(block) > MAX_RUNNING_LINES or any(lines[n].end - lines[n].start > MAX_RUNNING for n in block):
            continue
        if _NUMBER.search(text, first.start, last.end):
            alike[_NUMBER.sub("#", text[first.start : last.end], count=1)].append(block)
        elif first.alone and "\f" in text[lines[block[0] - 1].end : first.start] and not _spoken(text, first):
            tops[text[first.start : first.end]].append(block[0])
    found = {n for numbers in tops.values() if len(numbers) > 1 for n in numbers}
    for shape, blocks in alike.items():
        counted = [
            int(m[0]) for b in blocks if (m := _NUMBER.search(text, lines[b[0]].start, lines[b[-1]].end)) is not None
        ]
        least = 2 if any(c.isalpha() for c in shape) else MIN_BARE
        if len(blocks) >= least and all(after == before + 1 for before, after in pairwise(counted)):
            found.update(n for block in blocks for n in block)
    return frozenset(found)


def _blocks(lines: Sequence[Line]) -> Iterator[tuple[int, ...]]:
    return (tuple(block) for _, block in groupby(range(len(lines)), key=lambda n: lines[n].block))


def closing_notes(text: str, lines: Sequence[Line], starts: Starts) -> frozenset[int]:
    """Find what an editor adds at the end: ``This interview has been edited...`` and all below, or the last italics.

    Also what is said of the last speaker, as nobody speaks so of themselves.
    """
    last_start = max(starts, default=0)
    speaker = starts[last_start].label if starts else None
    last_start += bool(starts) and starts[last_start].at >= lines[last_start].end  # the label has a line for itself
    lead = text[: lines[min(starts, default=0)].start]
    marks: dict[str, int] = {}
    for mark in _FOOTNOTE_MARK.finditer(text):
        marks.setdefault(mark[0], mark.start())
    notes = (
        n
        for n in range(last_start + 1, len(lines))
        if _closes(text, lines[n], lines[-1].end, marks)
        or (speaker and _about_guest(text, lines[n], lines[-1].end, speaker, lead))
    )
    last = next(notes, len(lines))
    while (
        last - 1 > last_start
        and lines[last - 1].set_off
        and not _SAID(text, lines[last - 1].start, lines[last - 1].end)
    ):
        last -= 1
    return frozenset(range(last, len(lines)))


def _closes(text: str, line: Line, end: int, marks: Mapping[str, int]) -> bool:
    """Tell the first line of what stands below an interview, up to ``end``; ``marks`` are where footnotes' first stand.

    Footnotes have their marks in the text above them too.
    """
    if not line.first:
        return False
    quiet = line.heading or (line.alone and not ends_sentence(text, line.start, line.end))
    if quiet and _FOOTER.fullmatch(text, line.body, line.end):
        return True
    if quiet and _about_person(text, line, end):
        return True
    footnote = _FOOTNOTE_MARK.match(text, line.body, line.end)
    if footnote and marks[footnote[0]] < line.start:
        return True
    return _NOTE.match(text, line.body, line.end) is not None or _about_author(text, line, end)


def _about_person(text: str, line: Line, end: int) -> bool:
    """Tell ``About Finn Daley``, with what is said of Finn Daley below."""
    match = _ABOUT.fullmatch(text, line.body, line.end)
    below = text[line.end : end]
    return bool(match and len(below) <= MAX_BELOW and match["name"] in below and not _SAID(below) and not _TOLD(below))


def _about_author(text: str, line: Line, end: int) -> bool:
    """Tell what is said of an author or interviewer at the end, by a place of work or a name that stands above."""
    match = _AUTHOR.match(text, line.body, line.end)
    if not match or end - line.end > MAX_BELOW or _SAID(text, line.body, line.end) or _TOLD(text, line.end, end):
        return False
    name, above = match["name"], text[: line.start]
    if match["does"] or match["author"]:
        named = rf"\bby {re.escape(name)}\b|^\W*{re.escape(name)}[^:\n]{{0,20}}:"
        return re.search(named, above, re.IGNORECASE | re.MULTILINE) is not None
    return bool(match["place"]) or name in above


def _about_guest(text: str, line: Line, end: int, speaker: str, lead: str) -> bool:
    """Tell a paragraph about whoever spoke last, by the whole name; whoever speaks says I somewhere, or you.

    Somebody else of the same surname may be spoken of, unless the ``lead`` has this name too.
    """
    match = _GUEST.match(text, line.body, line.end) if line.first else None
    if not match or end - line.end > MAX_BELOW or _SPEAKS(text, line.body, end):
        return False
    name = re.sub(r"['’]s?$", "", match["name"] or match["of"])
    sure = name in lead or name_words(speaker)[:1] == name_words(name)[:1]
    return sure and len(name_words(name)) > 1 and same_person(speaker, name)


def between_turns(text: str, lines: Sequence[Line], starts: Starts) -> frozenset[int]:
    """Find headings and furniture among labelled turns: quiet blocks right before a turn, or at the end."""
    found = set(unspoken(text, lines)) | _in_capitals(text, lines, starts)
    if _well_ended(text, lines, starts):
        beyond: dict[int, int] = {}  # where the quiet lines below a block end
        for block in reversed(list(_quiet(text, lines, MAX_HEADING_IN_TALK))):
            after = block[-1] + 1
            while after in found:
                after = beyond.get(after, after + 1)
            beyond[block[-1] + 1] = after
            before = starts.get(block[0] - 1)
            first_words = before is not None and before.at >= lines[block[0] - 1].end
            if block[0] in starts or first_words:
                continue
            if (after == len(lines) or after in starts) and text[lines[block[0]].start].isupper():
                found.update(block)
    return frozenset(found)


def _in_capitals(text: str, lines: Sequence[Line], starts: Starts) -> frozenset[int]:
    """Find headings in capitals among what is in small letters: ``STATEMENT OF ANN EK, ENGINEER``.

    Before a turn they may end as a sentence does, in an abbreviation; elsewhere somebody may be shouting.
    """
    blocks = list(_blocks(lines))
    capital = [b for b in blocks if text[lines[b[0]].body : lines[b[-1]].end].isupper()]
    if 2 * len(capital) > len(blocks):
        return frozenset()
    first = next(iter(starts), len(lines))
    found: set[int] = set()
    for block in reversed(capital):
        words = sum(len(text[lines[n].body : lines[n].end].split()) for n in block)
        above = starts.get(block[0] - 1)
        labelled = any(n in starts for n in block) or (above and above.at >= lines[block[0] - 1].end)
        before = block[-1] + 1 in starts or block[-1] + 1 in found
        least = MIN_CAPITALS if before else 2
        quoted = block[0] and unfinished(text, lines[block[0] - 1].start, lines[block[0] - 1].end)  # a sign said:
        if labelled or quoted or block[0] < first or words < least or any(lines[n].seconds is not None for n in block):
            continue
        if before or not any(_spoken(text, lines[n]) for n in block):
            found.update(block)
    return frozenset(found)


def _quiet(text: str, lines: Sequence[Line], most: int) -> Sequence[tuple[int, ...]]:
    return [
        block
        for block in _blocks(lines)
        if not any(_spoken(text, lines[n]) for n in block)
        and sum(len(text[lines[n].start : lines[n].end].split()) for n in block) <= most
    ]


def _spoken(text: str, line: Line) -> bool:
    if line.seconds is not None or text[line.start] in DASHES:
        return True
    return ends_sentence(text, line.start, line.end) or unfinished(text, line.start, line.end)


def _well_ended(text: str, lines: Sequence[Line], starts: Starts) -> bool:
    """Tell whether turns end as sentences do, so that a block that doesn't tells something."""
    ends: dict[int, Line] = {}
    last = lines[-1]
    for number in range(len(lines) - 1, -1, -1):
        ends[number] = last
        if lines[number].first and number:
            last = lines[number - 1]
    return sum(ends_sentence(text, ends[n].start, ends[n].end) for n in starts) >= WELL_ENDED * len(starts)
