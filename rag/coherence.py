"""What a sentence can't be understood without: whom "he" is, what "the second" is one of, where a quotation ends.

In: the sentences of one turn, and which of them is quoted. Out: the numbers of others that belong to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from rag.passages import asks
from rag.patterns import lazy

BRIEF_WORDS = 10
"""So brief a sentence after a speaker's own question replies to it."""
OPENING_WORDS, OPENINGS = 4, 3
"""A turn may open with at most so many sentences of so few words: "No. Not really." isn't torn from what comes next.
Only what replies or announces is brought: "Wet. You stood in it." lends nothing to what comes next."""
ALONE_WORDS = 3
"""So few words that open a turn say nothing without the next sentence: "It does."."""
LEANS_BACK = 2
"""How many sentences before are brought at most."""
LIST_SENTENCES, BETWEEN_ITEMS = 8, 2
"""How many sentences a list may take in all, and how many may stand between two of its items."""
QUOTATION_SENTENCES = 3
"""How far a quotation within a quote is followed to its beginning or end."""
POINTS_WORDS = 12
"""In so short a sentence an "it" among the first words points at the sentence before: "I gave it to my cousin."."""

_LEAD = r"(?:(?:And|But|So|Then|Because|Well|Now),? )?"
_VERBAL = (
    r"(?:['’]s|['’]re|['’]ll|['’]d|['’]ve|"
    r" (?:also |all |both |too )?(?:is|are|was|were|will|would|has|have|had|can|could|may|might|must|should|do|does"
    r"|did|isn['’]t|aren['’]t|doesn['’]t|[a-z]{2,}(?:s|ed)))\b(?! why\b)"
)
_PAST = (
    r" (?:came|cost|went|took|made|got|gave|held|kept|ran|said|told|sold|saw|felt|left|lost|meant|met|paid|put|read|"
    r"rose|sat|sent|set|spent|stood|taught|thought|won|wrote|began|became|broke|brought|built|bought|caught|chose|drew|"
    r"drove|ate|fell|flew|forgot|found|fought|froze|grew|heard|hit|hurt|knew|laid|led|let|lay|lit|rang|shook|shot|shut|"
    r"sang|sank|slept|spoke|stole|struck|swam|swore|threw|understood|woke|wore)\b"
)
_OF_THEM = r"\w+(?:[ -]\w+)? of (?:them|these|those)\b"
_TIMES = r"(?:year|month|week|day|morning|afternoon|evening|night|time|summer|winter|spring|autumn|century|way|said)\b"
_LEANS = lazy(
    rf"{_LEAD}(?:(?:He|She|They) (?!who\b)[a-z]+\b|(?:It|This|These|Those|They|He|She|That)(?:{_VERBAL}|{_PAST})"
    rf"|(?i:{_OF_THEM})"
    rf"|(?:This|These|Those|That) (?!{_TIMES})[a-z]+(?:{_VERBAL}|{_PAST})"
    r"|(?:His|Her|Its|Their) [a-z]+ (?:is|are|was|were)\b|(?:One|Another)(?: one)? (?:is|was)\b"
    r"|The (?:first|second|third|others?|latter|former|rest)(?: one)? (?:is|are|was|were|has|have|had|will|would)\b"
    r"|As a result\b|For (?:this|that) reason\b|In that case\b|That['’]s (?:why|because)\b)"
    r"|[\"”’)\]]+[,;:]?\s"
)
"""A sentence whose subject is such a word can't be understood without the one before it, nor one that goes on after
words that it quotes: "What's that?", they asked."""
_EXPLETIVE = lazy(rf"{_LEAD}It(?:['’]s| is| was| would be) (?:(?:not|very|so|really) )*\w+ (?:to|that)\b")
"""An "it" that stands for what follows: "It is hard to say."."""
_POINTS = lazy(
    r"(?:And |But |So )?(?:I|We|You|They|He|She|[A-Z][a-z]+)(?:['’]\w+)? [a-z]+(?: [a-z]+)? (?:it|them|him)\b(?!['’])"
    r"(?! (?:is|was|would|will|has|had|can|could|should|when|if|that)\b)"
)
_ENDS = lazy(r"[.!…]\W*$")
_REPLIES = lazy(
    r"\W*(?:yes|no|not|never|nothing|none|nobody|sometimes|always|of course|absolutely|hardly|i (?:do|did|am|was|have)|"
    r"it|they|he|she|that|this|there|one)\b",
    re.I,
)
_OPENS_QUOTATION = lazy(r"(?:^|[\s(\[\u2014\u2013-])$")
"""What stands before a straight mark that opens a quotation: the mark of 10" opens none."""
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "couple": 2}
_KINDS = (
    r"(?:reasons|things|ways|points|parts|problems|examples|aspects|factors|steps|cases|challenges|priorities|goals|types|"
    r"kinds|considerations|ideas|conditions|options|demands|questions|rules|lessons)"
)
_ANNOUNCES = lazy(
    rf"\b(?P<number>two|three|four|five|six|several|a few|(?:a )?couple of)\s+(?:\w+\s+)?{_KINDS}\b.*[.:]$", re.I
)
"""A sentence that announces a list: "There are two reasons for the delay."."""
_LEADS_ON = lazy(
    r"(?:\w+ )?[Tt]he (?:reason|answer|point|secret|problem|idea|trick|truth)(?: \w+){0,4} (?:is|was)(?: \w+)?[.:]$"
)
"""A sentence that tells nothing before the next one: "The reason is simple."."""
_FIRST = lazy(r"(?:First(?:ly)?\b|(?:The )?(?:first|one)(?: \w+)? (?:is|was)\b|One (?:\w+ )?(?:is|was)\b)", re.I)
_LISTS = lazy(
    r"(?:(?:And|But|So|Then),? )?(?:the )?"
    r"(?:first|second|third|fourth|fifth|one|another|next|then|finally|last|also|other)(?:ly)?\b",
    re.I,
)


@dataclass(frozen=True)
class Told:
    """The sentences of a turn."""

    texts: Sequence[str]
    opening: frozenset[int] = frozenset()
    """Which of them begin a paragraph, beside the first."""

    def leant_on(self, number: int) -> list[int]:
        """Return the sentences before ``number`` that it can't be understood without."""
        opened = 0 < number <= OPENINGS and all(map(self._opens, range(number)))
        told_first = _REPLIES.match(self.texts[0]) or _ANNOUNCES.search(self.texts[0])
        if opened and told_first and not asks(self.texts[number]):
            return list(range(number))
        before: list[int] = []
        while number > 0 and len(before) < LEANS_BACK and self._leans(number):
            number -= 1
            before.append(number)
        return before

    def led_to(self, number: int) -> list[int]:
        """Return what follows ``number`` and is what it leads to: the answer to a speaker's own question, a list."""
        text = self.texts[number]
        following = range(number + 1, len(self.texts))
        if asks(text):
            return [n for n in following[:1] if not asks(self.texts[n])]
        announced = _ANNOUNCES.search(text)
        if announced:
            count = _NUMBERS.get(announced["number"].lower().removeprefix("a ").removesuffix(" of"), 0)
            bare = len(text.split()) <= OPENING_WORDS
            return self._items(following, count) or list(following[: count if bare else 0])
        if _FIRST.match(text):
            return self._items(following, 0)
        tells_nothing = _LEADS_ON.match(text) or (number == 0 and len(text.split()) <= ALONE_WORDS)
        return list(following[:1] if tells_nothing else ())

    def _items(self, following: range, count: int) -> list[int]:
        """Return the sentences as far as the last item of a list: ``count`` of them, or as many as there are."""
        last, found = following.start - 1, 0
        for n in following[:LIST_SENTENCES]:
            if n - last > BETWEEN_ITEMS + 1 or (count and found == count):
                break
            if _LISTS.match(self.texts[n]) or (n == last + 1 and self.leans(n)):
                found += bool(_LISTS.match(self.texts[n]))
                last = n
        return list(range(following.start, last + 1))

    def leans(self, number: int) -> bool:
        """Tell a sentence that says nothing without the one before."""
        text = self.texts[number]
        if _LEANS.match(text):
            return not _EXPLETIVE.match(text)
        return bool(len(text.split()) <= POINTS_WORDS and _POINTS.match(text))

    def _leans(self, number: int) -> bool:
        """Tell a sentence that leans on the one before, or replies to a question that the speaker put there."""
        brief = len(self.texts[number].split()) <= BRIEF_WORDS
        return self.leans(number) or (brief and asks(self.texts[number - 1]))

    def _opens(self, number: int) -> bool:
        text = self.texts[number]
        return len(text.split()) <= OPENING_WORDS and bool(_ENDS.search(text))

    def quoting(self, first: int, last: int) -> list[int]:
        """Return what lacks of the quotations that begin or end within a run of sentences; none that goes too far."""
        start, end = first, last
        while start > 0 and self._quoted[start] and first - start < QUOTATION_SENTENCES:
            start -= 1
        while end + 1 < len(self.texts) and self._quoted[end + 1] and end - last < QUOTATION_SENTENCES:
            end += 1
        before = [] if self._quoted[start] else range(start, first)
        after = [] if end + 1 < len(self.texts) and self._quoted[end + 1] else range(last + 1, end + 1)
        return [*before, *after]

    @cached_property
    def _quoted(self) -> list[bool]:
        """Whether a quotation is open where each sentence begins; none is where a paragraph's marks don't match."""
        quoted: list[bool] = []
        edges = [0, *sorted(self.opening - {0}), len(self.texts)]
        for start, end in pairwise(edges):
            depth, opened = 0, []
            for text in self.texts[start:end]:
                opened.append(depth > 0)
                for mark in re.finditer(r'["“”]', text):
                    if mark[0] == '"' and not depth and not _OPENS_QUOTATION.search(text, 0, mark.start()):
                        continue
                    depth += 1 if mark[0] == "“" or (mark[0] == '"' and not depth) else -1
            quoted += opened if depth == 0 else [False] * len(opened)
        return quoted
