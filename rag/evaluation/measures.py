"""The measures, as papers define them.

In: which items of a ranking are relevant, or scores, or confidences. Out: a figure; higher is better,
except for the calibration error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BINS = 10
"""Equal-width bins of confidence in the reliability table."""


@dataclass(frozen=True, slots=True)
class Bin:
    """A row of the reliability table: the answers whose confidence lies in ``[low, high)``."""

    low: float
    high: float
    count: int
    confidence: float
    """Mean confidence; 0 in an empty bin."""
    right: float
    """Share that is right; 0 in an empty bin."""


def success_at(relevant: Sequence[bool], k: int) -> bool:
    """Tell whether a relevant item is among the first ``k`` of a ranking (Success@k)."""
    return any(relevant[:k])


def recall_at(relevant: Sequence[bool], k: int, total: int) -> float:
    """Return the share of all ``total`` relevant items that is among the first ``k`` (R@k)."""
    return sum(relevant[:k]) / total


def reciprocal_rank(relevant: Sequence[bool]) -> float:
    """Return 1 / rank of the first relevant item, 0 without one (RR; its mean is MRR)."""
    return 1 / (1 + list(relevant).index(True)) if any(relevant) else 0.0


def auroc(positive: NDArray[np.float64], negative: NDArray[np.float64]) -> float:
    """Return the chance that a positive scores above a negative, ties counting half.

    Raises:
        ValueError: either is empty.
    """
    if not len(positive) or not len(negative):
        raise ValueError("AUROC needs both positives and negatives")
    ranked = np.sort(negative)
    below = np.searchsorted(ranked, positive, "left")
    not_above = np.searchsorted(ranked, positive, "right")
    return float((below + not_above).mean() / (2 * len(ranked)))


def reliability(confidence: NDArray[np.float64], right: NDArray[np.bool_], bins: int = BINS) -> tuple[Bin, ...]:
    """Return confidence (0 to 1) against the share that is right in ``bins`` equal-width bins; 1.0 is in the last."""
    place = np.minimum((confidence * bins).astype(np.int64), bins - 1)
    table = []
    for i in range(bins):
        inside = place == i
        count = int(inside.sum())
        mean, share = (float(confidence[inside].mean()), float(right[inside].mean())) if count else (0.0, 0.0)
        table.append(Bin(i / bins, (i + 1) / bins, count, mean, share))
    return tuple(table)


def expected_calibration_error(table: Sequence[Bin]) -> float:
    """Return the mean distance of confidence and share that is right, bins weighted by their count (ECE)."""
    total = sum(b.count for b in table)
    return sum(b.count * abs(b.confidence - b.right) for b in table) / total
