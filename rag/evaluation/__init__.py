"""Measure answers against judged questions.

In: questions whose right answer somebody has judged, and the ``Answer`` given to each. Out: a
``Report``: one ``Result`` a question, and the means over them, named as the field names them. A
question that should be answered and isn't stays in every denominator.
"""

from rag.evaluation.measures import (
    Bin,
    auroc,
    expected_calibration_error,
    recall_at,
    reciprocal_rank,
    reliability,
    success_at,
)
from rag.evaluation.questions import Judged, read_questions
from rag.evaluation.report import MEASURES, Report, Result, evaluate, report_json

__all__ = [
    "MEASURES",
    "Bin",
    "Judged",
    "Report",
    "Result",
    "auroc",
    "evaluate",
    "expected_calibration_error",
    "read_questions",
    "recall_at",
    "reciprocal_rank",
    "reliability",
    "report_json",
    "success_at",
]
