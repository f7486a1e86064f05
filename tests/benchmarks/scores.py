"""Rankings against gold -> figures, the same for every system.

In: judged questions and what a system ranked for each. Out: means by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import fmean, median

import numpy as np

from rag.datatypes import Span, Status
from rag.evaluation import Judged, Report, auroc, evaluate, reciprocal_rank, success_at
from tests.benchmarks.systems import Ranked

Figures = dict[str, float]
ANSWERS = ("answerable_refused", "unanswerable_answered", "ece")
HELD = 0.5
"""A sentence holds an answer when at least this share of the answer's characters stands in it."""


def holds(judged: Judged, interview: str, span: Span) -> bool:
    """Tell whether a sentence holds one of the gold answers."""
    if judged.interview not in ("", interview):
        return False
    return any(_shared(span, gold) >= HELD * min(gold[1] - gold[0], span[1] - span[0]) > 0 for gold in judged.gold)


def _shared(one: Span, other: Span) -> int:
    return min(one[1], other[1]) - max(one[0], other[0])


def passage_figures(questions: Sequence[Judged], ranked: Sequence[Ranked]) -> Figures:
    """Return R@1, R@5 and MRR of the one interview that each answerable question is about."""
    found = [[id == q.interview for id in r.interviews] for q, r in _answerable(questions, ranked)]
    return {
        "passage_r1": fmean(success_at(f, 1) for f in found),
        "passage_r5": fmean(success_at(f, 5) for f in found),
        "passage_mrr": fmean(reciprocal_rank(f) for f in found),
    }


def sentence_figures(questions: Sequence[Judged], ranked: Sequence[Ranked]) -> Figures:
    """Return how often the first, and any of the first three, sentences holds an answer, and the MRR."""
    found = [[holds(q, id, span) for id, span in r.sentences] for q, r in _answerable(questions, ranked)]
    return {
        "sentence_hit1": fmean(success_at(f, 1) for f in found),
        "sentence_hit3": fmean(success_at(f, 3) for f in found),
        "sentence_mrr": fmean(reciprocal_rank(f) for f in found),
    }


def answerable_figures(questions: Sequence[Judged], ranked: Sequence[Ranked]) -> Figures:
    """Return the AUROC of telling answered from not found by score; nothing where there is but one kind."""
    answerable = [r.score for q, r in zip(questions, ranked, strict=True) if q.status is Status.ANSWERED]
    others = [r.score for q, r in zip(questions, ranked, strict=True) if q.status is Status.NOT_FOUND]
    if not answerable or not others:
        return {}
    return {"answerable_auroc": auroc(np.array(answerable), np.array(others))}


def report(questions: Sequence[Judged], ranked: Sequence[Ranked]) -> Report | None:
    """Return what the answers themselves come to; None for a peer, which only ranks."""
    answers = [r.answer for r in ranked if r.answer is not None]
    return evaluate(questions, answers) if len(answers) == len(questions) else None


def answer_figures(found: Report | None) -> Figures:
    """Return how answers and confidence come out, for a system that gives them."""
    return {name: found.figures[name] for name in ANSWERS if name in found.figures} if found else {}


def median_ms(seconds: Sequence[float]) -> float:
    """Return the median in milliseconds."""
    return 1000 * median(seconds)


def rounded(figures: Figures, questions: Sequence[Judged]) -> Figures:
    """Return how many questions there are, and the figures with four decimals."""
    return {"questions": float(len(questions))} | {name: round(value, 4) for name, value in figures.items()}


def _answerable(questions: Sequence[Judged], ranked: Sequence[Ranked]) -> Iterable[tuple[Judged, Ranked]]:
    return [(q, r) for q, r in zip(questions, ranked, strict=True) if q.status is Status.ANSWERED]
