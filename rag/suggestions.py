"""Good questions to start with, drawn from the interview itself.

In: an ``Interview``. Out: a few questions that it answers.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from rag.datatypes import Interview, Role
from rag.passages import asks, sentences, unstamped
from rag.patterns import lazy
from rag.words import STOP_WORDS

HOW_MANY = 4
MIN_WORDS, MAX_WORDS = 4, 18
_ACRONYM = lazy(r"\b[A-Z]{3,6}\b")
_NAME = lazy(r"(?<=[a-z,] )(?!I[’'])[A-Z][\w’'-]+(?: (?!I[’'])[A-Z][\w’'-]+){0,2}")
# A question with such a word can't be understood without what was said before it.
_LEANS = lazy(r"\b(?:this|that|these|those|such|it|its|they|their|he|she|his|her|there|so|then)\b", re.I)
_JOINS = lazy(r"^\W*(?:(?:and|but|so|well|ok|okay|now|right|also)\b[\s,–—-]*)+", re.I)
"""What joins a question to what was said before it, and says nothing alone."""


@lru_cache(64)  # offered beside every answer
def suggest(interview: Interview) -> tuple[str, ...]:
    """Return up to four questions: about what is named often, and short ones that the interviewer asked."""
    return tuple(dict.fromkeys([*_topics(interview), *_asked(interview)]))[:HOW_MANY]


def _topics(interview: Interview) -> list[str]:
    spoken = [interview.text[t.start : t.end] for t in interview.turns if t.role is not Role.INTERVIEWER]
    known = " ".join([*(t.speaker or "" for t in interview.turns[:4]), interview.outlet or ""]).split()
    acronyms = Counter(a for text in spoken for a in _ACRONYM.findall(text) if a.lower() not in STOP_WORDS)
    names = Counter(n for text in spoken for n in set(_NAME.findall(text)) if n.split()[0].lower() not in STOP_WORDS)
    rare = [a for a, n in acronyms.most_common() if n <= max(2, len(spoken) // 3) and a not in known]
    often = [n for n, count in names.most_common(6) if count > 1 and n not in known and n not in acronyms]
    who = "they" if len(interview.interviewees) != 1 else interview.interviewees[0].split()[-1]
    return [f"What did {who} say about {topic}?" for topic in (*rare[:1], *often[:1])]


def _asked(interview: Interview) -> list[str]:
    found = []
    for turn in interview.turns:
        if turn.role is Role.INTERVIEWER:
            said = (unstamped(interview, span) for span in sentences(interview, turn.start, turn.end))
            for asked in filter(asks, said):
                question = " ".join(_JOINS.sub("", asked).split())
                if MIN_WORDS <= len(question.split()) <= MAX_WORDS and not _LEANS.search(question):
                    found.append(question[0].upper() + question[1:])
    return sorted(found, key=len)
