"""How much is quoted: what answers, what it leans on, and no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

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
    features = Features(0.5, 0.5, 0.5, 0.5, 0.0, 0.0, evidence, span)
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


def test_where_the_best_one_may_not_answer_the_next_best_stands_beside_it() -> None:
    found = [candidate(SECOND, 0, 9.0), candidate(FIRST, 3, 7.5), candidate(SECOND, 2, 7.4)]
    assert [q.text for q in quotes(found, None, sure=False)] == [
        "The sluice gate broke in 1998.",
        "Furthermore, the road was mended.",
    ]
    assert len(quotes(found, None)) == 1
    assert len(quotes([found[0], replace(found[1], score=3.0)], None, sure=False)) == 1


def test_a_sentence_that_leans_on_the_one_before_brings_it() -> None:
    assert texts([candidate(FIRST, 2, 9.0)], topic=None) == [
        "The TMM will show how flour was made. It will also have a bakery."
    ]


def test_what_an_older_version_cut_otherwise_is_quoted_as_it_was_cut() -> None:
    gate, _, old = SECOND.sentences
    stored = replace(SECOND, sentences=((gate[0], old[0] - 1), old))
    assert texts([candidate(stored, 0, 9.0)], topic=None) == ["The sluice gate broke in 1998. I mended it."]
    apart = replace(SECOND, sentences=((gate[0], gate[0] + 15), (gate[0] + 16, gate[1])))
    assert texts([candidate(apart, 1, 9.0)], topic=None) == ["broke in 1998."]


def test_a_sentence_that_begins_behind_a_quotation_brings_what_is_quoted() -> None:
    text = 'Two boys came by. Each boy asked "What is a mill?", and she showed them.'
    interview = Interview("boys", text, (Turn(0, len(text), "Ada", Role.INTERVIEWEE),), "Boys")
    (passage,) = cut(interview)
    last = len(passage.sentences) - 1
    assert text[passage.sentences[last][0] :].startswith('", and')
    found = replace(candidate(passage, last, 9.0), interview=interview)
    assert texts([found], topic=None) == ['Each boy asked "What is a mill?", and she showed them.']


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


def said(text: str) -> tuple[Interview, Passage]:
    interview = Interview("talk", text, (Turn(0, len(text), "Ada", Role.INTERVIEWEE),), "Talk")
    (passage,) = cut(interview)
    return interview, passage


def quoted(text: str, sentence: int) -> str:
    interview, passage = said(text)
    a, b = passage.sentences[sentence]
    hit = Hit(0, passage, Role.INTERVIEWEE, 0.5, 0.5, np.zeros(len(passage.sentences)), 0.0, 0.0)
    features = Features(0.5, 0.5, 0.5, 0.5, 0.0, 0.0, 1.0, 1.0)
    found = [Candidate(hit, interview, sentence, features, Reading(1.0, 1.0, (0, b - a)), 9.0)]
    (quote,) = quotes(found, topic=None)
    return quote.text


def test_a_speakers_own_question_brings_the_reply_and_a_short_reply_its_question() -> None:
    text = "We were slow. Could we have settled earlier? Yes. That was my mistake."
    assert quoted(text, 1) == "Could we have settled earlier? Yes."
    assert quoted(text, 2) == "Could we have settled earlier? Yes."


def test_a_sentence_that_counts_out_of_those_before_brings_them() -> None:
    assert quoted("We found thirteen sheep. Nine of them were alive.", 1) == (
        "We found thirteen sheep. Nine of them were alive."
    )


def test_what_announces_a_list_brings_the_list() -> None:
    text = "There are two reasons for the delay. The first is money. The second is the weather. I like ships."
    assert quoted(text, 0) == text.removesuffix(" I like ships.")


def test_what_comes_closest_is_never_a_mere_word() -> None:
    interview, passage = said("Joan. We married in the chapel on the hill.")
    hit = Hit(0, passage, Role.INTERVIEWEE, 0.5, 0.5, np.zeros(2), 0.0, 0.0)
    features = Features(0.5, 0.5, 0.5, 0.5, 0.0, 0.0, 1.0, 1.0)
    found = [Candidate(hit, interview, n, features, Reading(-1.0, -1.0, (0, 4)), -float(n)) for n in (0, 1)]
    assert [quote.text for quote in closest(found)] == ["We married in the chapel on the hill."]
