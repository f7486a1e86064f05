"""Judge answers by their questions.

In: ``Judged`` questions and the ``Answer`` given to each. Out: a ``Report``: one ``Result`` a question
first, and the means over them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rag.datatypes import Answer, Quote, Span, Status
from rag.evaluation.measures import (
    Bin,
    auroc,
    expected_calibration_error,
    reciprocal_rank,
    reliability,
    success_at,
)
from rag.evaluation.questions import Judged
from rag.passages import sentences

MEASURES = {
    "questions": "questions",
    "success_at_1": "first sentence right (Success@1)",
    "success_at_3": "right sentence among the first three (Success@3)",
    "first_quote": "right sentence in the first quote",
    "anywhere": "right sentence anywhere in the quotes",
    "mrr": "mean reciprocal rank of the right sentence (MRR)",
    "must_recall": "recall of the sentences of a complete answer",
    "extra_sentences": "sentences quoted beyond the answer, mean",
    "answerable_refused": "answerable questions refused",
    "unanswerable_answered": "unanswerable questions answered (risk)",
    "only_asked_told": "only asked, and told so",
    "auroc": "answerable told from not found by confidence (AUROC)",
    "auroc_with_only_asked": "the same, only asked counted as unanswerable (AUROC)",
    "ece": "expected calibration error (ECE)",
}


@dataclass(frozen=True, slots=True)
class Result:
    """How one question went."""

    judged: Judged
    answer: Answer
    quoted: tuple[bool, ...]
    """For each quoted sentence, in the order shown: is it a gold one?"""
    first_quote: bool
    """Does the first quote hold a gold sentence?"""
    must_found: int
    extra: int
    """Quoted sentences that are neither gold nor part of the complete answer."""
    offered: bool
    """Does what was shown first, as an answer or as what comes closest, hold a gold sentence?"""

    @property
    def told(self) -> bool:
        """Is the outcome the judged one: answered, only asked, or not found?"""
        return self.answer.status is self.judged.status

    @property
    def first(self) -> bool:
        """Is the first sentence of what is quoted a gold one (Success@1)?"""
        return self.told and success_at(self.quoted, 1)

    @property
    def right(self) -> bool:
        """Is the outcome the judged one, and a gold sentence among the quotes where there should be one?"""
        return self.told and (any(self.quoted) or self.judged.status is Status.NOT_FOUND)


@dataclass(frozen=True)
class Report:
    """Every question's result, and the figures over them."""

    results: tuple[Result, ...]

    @cached_property
    def figures(self) -> dict[str, float]:
        """The means, by the names of ``MEASURES``; a measure that no question bears on is left out."""
        answerable = [r for r in self.results if r.judged.status is Status.ANSWERED]
        others = [r for r in self.results if r.judged.status is not Status.ANSWERED]
        asked = [r for r in others if r.judged.status is Status.ONLY_ASKED]
        nowhere = [r for r in others if r.judged.status is Status.NOT_FOUND]
        answered = [r for r in answerable if r.told]
        complete = [r for r in answerable if r.judged.must]
        found = {
            "questions": float(len(self.results)),
            "success_at_1": _mean([r.first for r in answerable]),
            "success_at_3": _mean([r.told and success_at(r.quoted, 3) for r in answerable]),
            "first_quote": _mean([r.told and r.first_quote for r in answerable]),
            "anywhere": _mean([r.right for r in answerable]),
            "mrr": _mean([reciprocal_rank(r.quoted) if r.told else 0.0 for r in answerable]),
            "must_recall": _mean([r.must_found / len(r.judged.must) if r.told else 0.0 for r in complete]),
            "extra_sentences": _mean([r.extra for r in answered]),
            "answerable_refused": _mean([not r.told for r in answerable]),
            "unanswerable_answered": _mean([r.answer.status is Status.ANSWERED for r in others]),
            "only_asked_told": _mean([r.right for r in asked]),
            "auroc": _auroc(answerable, nowhere),
            "auroc_with_only_asked": _auroc(answerable, others) if asked else np.nan,
            "ece": expected_calibration_error(self.reliability) if self.results else np.nan,
        }
        return {name: found[name] for name in MEASURES if not np.isnan(found[name])}

    @cached_property
    def reliability(self) -> tuple[Bin, ...]:
        """Confidence against how often what is shown first answers, in equal-width bins."""
        right = [r.offered and r.judged.status is Status.ANSWERED for r in self.results]
        return reliability(_confidences(self.results), np.array(right, np.bool_))

    @cached_property
    def kinds(self) -> dict[str, tuple[int, int]]:
        """How many questions of each kind are right, and of how many."""
        of = Counter(r.judged.kind for r in self.results)
        right = Counter(r.judged.kind for r in self.results if r.right)
        return {kind: (right[kind], of[kind]) for kind in of}


def evaluate(questions: Sequence[Judged], answers: Sequence[Answer]) -> Report:
    """Judge each answer by its question.

    Raises:
        ValueError: there are not as many answers as questions.
    """
    return Report(tuple(_judge(q, a) for q, a in zip(questions, answers, strict=True)))


def report_json(report: Report) -> dict[str, object]:
    """Return the report as a JSON object: figures, kinds, reliability, and each question."""
    return {
        "figures": {name: round(value, 4) for name, value in report.figures.items()},
        "kinds": {kind: {"right": right, "of": of} for kind, (right, of) in report.kinds.items()},
        "reliability": [
            {"low": b.low, "high": b.high, "count": b.count, "confidence": b.confidence, "right": b.right}
            for b in report.reliability
        ],
        "questions": [_result_json(r) for r in report.results],
    }


def _judge(judged: Judged, answer: Answer) -> Result:
    shown = [(quote, span) for quote in answer.quotes for span in _sentences(quote)]
    quoted = tuple(_is_gold(judged, quote, span) for quote, span in shown)
    beyond = [
        not right and not _within(judged, *place, judged.must) for right, place in zip(quoted, shown, strict=True)
    ]
    return Result(
        judged,
        answer,
        quoted,
        first_quote=any(_holds_gold(judged, quote) for quote in answer.quotes[:1]),
        must_found=sum(any(_within(judged, q, s, (must,)) for q, s in shown) for must in judged.must),
        extra=sum(beyond),
        offered=any(_holds_gold(judged, quote) for quote in (answer.quotes or answer.closest)[:1]),
    )


def _sentences(quote: Quote) -> list[Span]:
    return sentences(quote.interview, quote.start, quote.end)


def _holds_gold(judged: Judged, quote: Quote) -> bool:
    return any(_is_gold(judged, quote, span) for span in _sentences(quote))


def _is_gold(judged: Judged, quote: Quote, span: Span) -> bool:
    if judged.phrase:
        return _plain(judged.phrase) in _plain(quote.interview.text[slice(*span)])
    return _within(judged, quote, span, judged.gold)


def _within(judged: Judged, quote: Quote, span: Span, wanted: Sequence[Span]) -> bool:
    if judged.interview not in ("", quote.interview.id):
        return False
    return any(span[0] < end and start < span[1] for start, end in wanted)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _confidences(results: Sequence[Result]) -> NDArray[np.float64]:
    return np.array([r.answer.confidence for r in results], np.float64)


def _auroc(answerable: Sequence[Result], others: Sequence[Result]) -> float:
    return auroc(_confidences(answerable), _confidences(others)) if answerable and others else np.nan


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else np.nan


def _result_json(result: Result) -> dict[str, object]:
    return {
        "id": result.judged.id,
        "q": result.judged.question,
        "kind": result.judged.kind,
        "expected": str(result.judged.status),
        "status": str(result.answer.status),
        "confidence": round(result.answer.confidence, 4),
        "right": result.right,
        "first": result.first,
        "quotes": [quote.text for quote in result.answer.quotes],
    }
