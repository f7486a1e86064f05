"""Weigh what is known: of each passage, in which order they are read; of each sentence; of the best one.

In: a question, its hits and what the reader made of them. Out: the hits in the order in which to read them,
``Candidate`` objects, best first, and the probability that the best one answers. All three are small linear
models; their weights are data in ``models/scoring.json``, fitted by ``models/fit_scoring.py``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

from rag.answer_types import answer_type, fit
from rag.datatypes import Interview, Span
from rag.errors import ModelError
from rag.passages import asks, unstamped
from rag.reader import BARRED, Reader, Reading, Window
from rag.retriever import Hit
from rag.words import stems

MARGIN_LIMIT = 15.0
"""Margins are cut off here, in logits: beyond, more certainty tells nothing more."""
WEIGHED = 20
"""How many of the best hits are put in order by their words too; looking at those of all would take milliseconds."""
READ_WHOLE, FEW_WORDS = 2, 14
"""The first passages are read after all of the question that they answer, the others after so many words of it: what
comes third seldom answers, and a long question takes a quarter of the reading."""
NEAR_PASSAGE, NEAR_SENTENCE = 0.6, 0.4
"""From this retrieval score and this cosine on, a sentence is near enough, and its nearness tells nothing more."""


@dataclass(frozen=True, slots=True)
class Features:
    """What is known of one sentence as an answer."""

    cosine: float
    passage: float
    """Its passage's retrieval score."""
    overlap: float
    """The share of the question's content words in the sentence, weighted by rarity."""
    context: float
    """The same for the sentence's passage with the question asked and the section."""
    fit: float
    """How far it has the kind of thing that is asked for (``rag/answer_types.py``)."""
    asks: float
    """1 where it is a question itself, 0 where not: who answers seldom asks."""
    evidence: float
    span: float


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A sentence that may answer."""

    hit: Hit
    interview: Interview
    sentence: int
    """Its index in the passage."""
    features: Features
    reading: Reading
    score: float
    """Higher is likelier to answer; comparable within a question."""

    @property
    def span(self) -> Span:
        """Where it stands in the transcript."""
        return self.hit.passage.sentences[self.sentence]

    @property
    def text(self) -> str:
        """The sentence's words."""
        return unstamped(self.interview, self.span)

    @property
    def answer(self) -> Span:
        """The words that answer, by the reader, as a span of the transcript."""
        start = self.span[0]
        return start + self.reading.answer[0], start + self.reading.answer[1]


@dataclass(frozen=True, slots=True)
class Weights:
    """The three models: names of features to weights."""

    passages: Mapping[str, float]
    rank: Mapping[str, float]
    confidence: Mapping[str, float]
    """Over the best candidate's features and ``Absence``'s; "bias" is added."""


@dataclass(frozen=True, slots=True)
class Absence:
    """Which content words of a question nobody but perhaps an interviewer says in its scope."""

    words: tuple[str, ...]
    names: tuple[str, ...]
    """Those that are written as names, acronyms or numbers."""
    only_asked: tuple[str, ...]
    """Those that an interviewer says."""
    share: float
    """Of the question's content words, by number, 0 to 1."""


@cache
def shipped_weights() -> Weights:
    """Return the fitted weights.

    Raises:
        ModelError: the file is missing or is not what was shipped.
    """
    try:
        data = json.loads((files("models") / "scoring.json").read_text("utf-8"))
        return Weights(data["passages"], data["rank"], data["confidence"])
    except (OSError, ValueError, KeyError) as problem:
        raise ModelError("models/scoring.json can't be read; install onrecord again") from problem


def reading_order(
    question: str,
    rarity: Mapping[str, float],
    hits: Sequence[Hit],
    interview_of: Callable[[str], Interview],
    weights: Weights,
) -> list[Hit]:
    """Return ``hits``, best first by retrieval, in the order in which to read them.

    ``rarity`` has the inverse document frequency of each of the question's content words, by stem.
    """

    def worth(hit: Hit) -> float:
        known = passage_features(question, rarity, hit, interview_of(hit.passage.interview))
        return sum(weight * known[name] for name, weight in weights.passages.items())

    return [*sorted(hits[:WEIGHED], key=worth, reverse=True), *hits[WEIGHED:]]


def passage_features(question: str, rarity: Mapping[str, float], hit: Hit, interview: Interview) -> dict[str, float]:
    """Return the figures that a passage's place in the order is made of, by name."""
    kind = answer_type(question)
    window = window_of(hit, interview)
    said = [stem_set(sentence) for sentence in window.sentences]
    nearest = sorted(map(float, hit.sentence_cosines), reverse=True)
    return {
        "cosine": hit.cosine,
        "sentence": nearest[0],
        "second": nearest[1] if len(nearest) > 1 else nearest[0] / 2,
        "lexical": hit.lexical,
        "asked": hit.asked_cosine,
        "overlap": max(overlap(rarity, stems) for stems in said),
        "words": overlap(rarity, frozenset().union(*said)),
        "context": _context(rarity, said, window, hit, interview),
        "fit": max(fit(kind, sentence) for sentence in window.sentences),
    }


def candidates(
    question: str,
    rarity: Mapping[str, float],
    hits: Sequence[Hit],
    interview_of: Callable[[str], Interview],
    reader: Reader,
    weights: Weights,
) -> list[Candidate]:
    """Read ``hits`` and return every sentence of them, best first; ``rarity`` as in ``reading_order``."""
    interviews = [interview_of(hit.passage.interview) for hit in hits]
    windows = [window_of(hit, interview) for hit, interview in zip(hits, interviews, strict=True)]
    windows = [w if n < READ_WHOLE else replace(w, asked=_shortened(w.asked)) for n, w in enumerate(windows)]
    kind = answer_type(question)
    found = []
    for hit, interview, window, readings in zip(hits, interviews, windows, reader.read(question, windows), strict=True):
        said = [stem_set(s) for s in window.sentences]
        context = _context(rarity, said, window, hit, interview)
        for i, reading in enumerate(readings):
            features = Features(
                cosine=float(hit.sentence_cosines[i]),
                passage=hit.score,
                overlap=overlap(rarity, said[i]),
                context=context,
                fit=fit(kind, window.sentences[i]),
                asks=float(asks(window.sentences[i])),
                evidence=_limited(reading.evidence),
                span=_limited(reading.span),
            )
            score = sum(w * getattr(features, name) for name, w in weights.rank.items())
            if reading.evidence > BARRED:
                found.append(Candidate(hit, interview, i, features, reading, score))
    return sorted(found, key=lambda c: -c.score)


def _shortened(asked: str) -> str:
    return " ".join(asked.split()[:FEW_WORDS])


def _context(
    rarity: Mapping[str, float], said: Sequence[frozenset[str]], window: Window, hit: Hit, interview: Interview
) -> float:
    """Return the share of the question's words in a passage with the question it answers and its section."""
    section = interview.turns[hit.passage.turn].section or ""
    return overlap(rarity, frozenset().union(*said) | stem_set(window.asked) | stem_set(section))


def window_of(hit: Hit, interview: Interview) -> Window:
    """Return a passage's sentences, with the question they answer, as the reader takes them."""
    sentences = tuple(unstamped(interview, span) for span in hit.passage.sentences)
    return Window(sentences, asked_before(hit, interview))


def asked_before(hit: Hit, interview: Interview) -> str:
    """Return the interviewer's words that a passage answers; empty where there are none."""
    before = interview.asked_before(hit.passage.turn)
    return "" if before is None else unstamped(interview, (interview.turns[before].start, interview.turns[before].end))


def confidence(best: Candidate, absence: Absence, weights: Weights) -> float:
    """Return the probability that ``best`` answers the question."""
    values = confidence_features(best, absence)
    total = weights.confidence["bias"] + sum(weights.confidence.get(name, 0.0) * v for name, v in values.items())
    return 1 / (1 + math.exp(-total))


def confidence_features(best: Candidate, absence: Absence) -> dict[str, float]:
    """Return the figures that confidence is made of, by name."""
    return {
        "evidence": best.features.evidence,
        "span": best.features.span,
        "passage": min(NEAR_PASSAGE, best.features.passage),
        "cosine": min(NEAR_SENTENCE, best.features.cosine),
        "fit": best.features.fit,
        "asks": best.features.asks,
        "absent_names": float(len(absence.names)),
    }


def _limited(margin: float) -> float:
    return max(-MARGIN_LIMIT, min(MARGIN_LIMIT, margin))


@lru_cache(4096)
def stem_set(text: str) -> frozenset[str]:
    """Return the stems of a sentence's words; kept, since one question's sentences are looked at more than once."""
    return frozenset(stems(text))


def overlap(weight: Mapping[str, float], said: frozenset[str]) -> float:
    """Return the share of the weight of words that is ``said``."""
    total = sum(weight.values())
    return sum(w for s, w in weight.items() if s in said) / total if total else 0.0
