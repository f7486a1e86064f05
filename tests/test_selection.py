"""How much is quoted: what answers, what it leans on, and no more."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rag.datatypes import Interview, Passage, Role, Turn
from rag.passages import cut
from rag.reader import Reading
from rag.retriever import Hit
from rag.scoring import Candidate, Features
from rag.selection import MAX_QUOTES, Wordings, closest, quotes

MILL = (
    "We look forward to opening the Tide Mill Museum (TMM). The TMM will show how flour was made. It will also have a "
    "bakery. Furthermore, the road was mended."
)
SLUICE = "The sluice gate broke in 1998. I mended it. The TMM has the old one."
TEXT = f"{MILL}\n\n{SLUICE}"
INTERVIEW = Interview(
    "mill",
    TEXT,
    (
        Turn(0, len(MILL), "Ada", Role.INTERVIEWEE),
        Turn(len(MILL) + 2, len(TEXT), "Ada", Role.INTERVIEWEE),
    ),
    "Mill",
)


def candidate(passage: Passage, sentence: int, score: float, evidence: float = 1.0, span: float = 1.0) -> Candidate:
    a, b = passage.sentences[sentence]
    hit = Hit(passage.turn, passage, Role.INTERVIEWEE, 0.5, 0.5, np.zeros(len(passage.sentences)), 0.0, 0.0)
    features = Features(0.5, 0.5, 0.5, 0.5, evidence, span)
    return Candidate(hit, INTERVIEW, sentence, features, Reading(evidence, span, (0, b - a)), score)


TMM = (("TMM",), ("Tide", "Mill", "Museum"))


def texts(found: Sequence[Candidate], topic: Wordings | None) -> list[str]:
    return [q.text for q in quotes(found, topic)]


FIRST, SECOND = cut(INTERVIEW)


def test_a_fact_is_one_sentence_with_its_words_marked() -> None:
    found = [candidate(SECOND, 0, 9.0), candidate(SECOND, 2, 2.0)]
    (quote,) = quotes(found, topic=None)
    assert quote.text == "The sluice gate broke in 1998."
    assert quote.highlight == ((quote.start, quote.end),)


def test_a_sentence_that_leans_on_the_one_before_brings_it() -> None:
    assert texts([candidate(FIRST, 2, 9.0)], topic=None) == [
        "The TMM will show how flour was made. It will also have a bakery."
    ]


def test_a_topic_brings_what_goes_on_about_it_and_not_what_turns_to_another() -> None:
    found = [
        candidate(FIRST, 0, 9.0),
        candidate(FIRST, 1, 8.5),
        candidate(FIRST, 2, 3.0, evidence=-0.5, span=-3.0),
        candidate(FIRST, 3, 1.0, evidence=-2.0, span=-9.0),
    ]
    assert texts(found, topic=TMM) == [MILL.removesuffix(" Furthermore, the road was mended.")]


def test_a_topic_is_quoted_from_every_place_it_comes_up_best_first() -> None:
    found = [candidate(SECOND, 2, 9.0), candidate(FIRST, 1, 8.0)]
    assert texts(found, topic=TMM)[0] == "The TMM has the old one."
    assert len(quotes(found, topic=TMM)) == 2


def test_a_sentence_that_names_the_topic_belongs_however_far_behind_unless_the_reader_says_no() -> None:
    far = candidate(FIRST, 1, 1.0, evidence=0.5)
    assert texts([candidate(SECOND, 2, 9.0), far], topic=TMM)[1:] == ["The TMM will show how flour was made."]
    denied = candidate(FIRST, 1, 1.0, evidence=-0.5)
    assert len(texts([candidate(SECOND, 2, 9.0), denied], topic=TMM)) == 1


def test_there_are_never_more_than_a_few_quotes() -> None:
    found = [candidate(p, i, 9.0 - i) for p in (FIRST, SECOND) for i in (0, 2)]
    assert len(quotes(sorted(found, key=lambda c: -c.score), topic=TMM)) <= MAX_QUOTES


def test_what_comes_closest_is_one_sentence_of_each_passage() -> None:
    found = [candidate(FIRST, 0, 2.0), candidate(FIRST, 1, 1.5), candidate(SECOND, 0, 1.0)]
    assert [q.text for q in closest(found)] == [
        "We look forward to opening the Tide Mill Museum (TMM).",
        "The sluice gate broke in 1998.",
    ]
