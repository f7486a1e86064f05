"""Several questions in one: "Who paid for it, and when did it open?", "What did she say about oil and about fish?".

In: a question as typed, and the text of the interviews it is put to. Out: the questions in it, in order, each to be
answered on its own; itself alone where it is one question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from rag.conversation.framing import plainly
from rag.conversation.grammar import ABOUT, AUXILIARY, DETERMINER, PREPOSITION, PRONOUN, TELLING, WH, opened
from rag.patterns import lazy
from rag.words import content_words

MOST = 3
"""So many questions in one are told apart; of more, somebody should ask one after another."""
TOPIC_WORDS = 4
"""A longer phrase may be more than the name of a topic."""
APART = 3
"""Topics with no more words between them, somewhere in an interview, are spoken of as one."""

_QUOTED = lazy(r"[\"\u201c\u201d\u201e\u00ab\u00bb]")
_ENDED = lazy(r"(?<=\?)\s+(?=\w)")
_MARK = r"(?:who|when|where|why|how)"
_NOUN = rf"(?!(?:{AUXILIARY}|{PRONOUN}|{DETERMINER})\b)[\w'\u2019-]+"
_DEGREE = (
    r"(?:much|many|long|far|often|old|big|large|high|deep|wide|tall|heavy|fast|quickly|soon|early|late|well|badly|good|bad|"
    r"hard|strong|expensive|important|serious|likely)"
)
_INVERTED = (
    rf"(?:(?:{PREPOSITION}\s+)?(?:(?:{_MARK}|what|which|whose)(?:\s+{AUXILIARY}\b|['\u2019]s(?=\s))"
    rf"|how\s+{_DEGREE}\s+{AUXILIARY}\b"
    rf"|(?:what|which|whose|how\s+(?:many|much))(?:\s+{_NOUN}){{1,3}}?\s+{AUXILIARY}\b)"
    rf"|{AUXILIARY}\s+(?:{PRONOUN}|{DETERMINER}|there)\b)"
)
"""How a question begins; "when it opened" and "what the plan is" are parts of one."""
_DIRECT = lazy(rf"(?:{_INVERTED}|{AUXILIARY}\s|(?:who|what|which)\s)", re.I)
_AND_ASKS = lazy(rf"(?:\s*[,;]\s*|\s+)(?:and|but|or|plus|&)\s+(?:also\s+)?(?={_INVERTED})", re.I)
_OF_TOPICS = lazy(
    rf"^(?:what|how|did|do|does|has|have|is|tell|show|give)\b.*\b{TELLING}\b|^is\s+there\s+anything\b", re.I
)
_AND_TOPIC = lazy(
    r"\s*,\s*(?:and|or)?\s*(?:also\s+)?(?:about\s+|on\s+)?|\s+(?:and|or|plus|as\s+well\s+as)\s+(?:also\s+)?(?:about\s+|on\s+)?",
    re.I,
)
_RELATION = lazy(rf"(?<!^)\b{PREPOSITION}\b|\bbetween\b", re.I)


def parts(question: str, texts: Callable[[], Iterable[str]]) -> tuple[str, ...]:
    """Return the questions in ``question``, at least one; ``texts`` is called only where topics may be several."""
    typed = " ".join(question.split())
    if _QUOTED.search(typed):
        return (question,)
    asked = [part for sentence in _ENDED.split(typed) for part in _AND_ASKS.split(sentence)]
    if 1 < len(asked) <= MOST and all(map(_asks, asked)):
        return tuple(f"{opened(part)}?" for part in asked)
    return _of_topics(typed, texts) or (question,)


def _asks(part: str) -> bool:
    """Tell a question that says what it asks from "What did she say?", which asks what the one before it does."""
    plain = plainly(part)
    grammar = f"{WH}|{TELLING}|{AUXILIARY}|{PRONOUN}"
    return bool(_DIRECT.match(plain)) and any(not re.fullmatch(grammar, word, re.I) for word in content_words(plain))


def _of_topics(question: str, texts: Callable[[], Iterable[str]]) -> tuple[str, ...]:
    """Return a question for each topic of "What did she say about X and Y?"; none where X and Y are one."""
    plain = opened(plainly(question))
    told = ABOUT.search(plain) if _OF_TOPICS.match(plain) else None
    if told is None:
        return ()
    topics = _AND_TOPIC.split(told.group("topic"))
    if not 1 < len(topics) <= MOST or not all(map(_is_topic, topics)) or _describes(topics):
        return ()
    pairs = ((a, b) for a in topics for b in topics if a is not b)
    beside = (rf"\b{re.escape(a)}\b\W+(?:\w+\W+){{0,{APART}}}{re.escape(b)}\b" for a, b in pairs)
    together = re.compile("|".join(beside), re.I)
    if any(together.search(text) for text in texts()):
        return ()
    return tuple(f"{plain[: told.start('topic')]}{topic}?" for topic in topics)


def _is_topic(words: str) -> bool:
    return (
        0 < len(words.split()) <= TOPIC_WORDS
        and not _RELATION.search(words)
        and not re.match(rf"(?:{PRONOUN}|{WH}|{AUXILIARY})\b", words, re.I)
    )


def _describes(topics: list[str]) -> bool:
    """Tell "economic and social reforms", whose first word describes what the last names."""
    named = re.sub(rf"^{DETERMINER}\s+", "", topics[-1], flags=re.I)
    return any(len(one.split()) == 1 and one.islower() and len(named.split()) > 1 for one in topics[:-1])
