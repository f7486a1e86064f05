"""What the reader learns by: evidence within a window, and over all windows of a question together."""

from __future__ import annotations

import torch

from models.reader_model import Features, collate, loss_of


def window(gold: list[int]) -> Features:
    """Return a window of two sentences of two word pieces each, after a question of one."""
    ids = [101, 2054, 102, 2000, 2001, 2002, 2003, 102]
    return Features(ids, [0] * 3 + [1] * 5, [-1, -1, -1, 0, 0, 1, 1, -1], 0, 0, gold, span_known=False)


def evidence_loss(groups: list[list[Features]], margins: list[tuple[float, float]]) -> float:
    """Return the loss where each window's sentences have these margins over "none of them"."""
    batch = collate(groups)
    logits = torch.zeros(*batch["ids"].shape, 3)
    for row, (first, second) in enumerate(margins):
        logits[row, 3:5, 2], logits[row, 5:7, 2] = first, second
    return float(loss_of(logits, batch)[1])


def test_windows_of_one_question_are_weighed_together() -> None:
    answered, other = window([0]), window([])
    apart = evidence_loss([[answered], [other]], [(4.0, -4.0), (3.0, -4.0)])
    together = evidence_loss([[answered, other]], [(4.0, -4.0), (3.0, -4.0)])
    assert together > apart


def test_together_the_right_sentence_has_to_lead_over_all_windows() -> None:
    group = [[window([0]), window([])]]
    leads = evidence_loss(group, [(4.0, -4.0), (-4.0, -4.0)])
    trails = evidence_loss(group, [(4.0, -4.0), (6.0, -4.0)])
    assert trails > leads + 2


def test_where_no_window_answers_no_sentence_may_lead() -> None:
    group = [[window([]), window([])]]
    assert evidence_loss(group, [(-5.0, -5.0), (-5.0, -5.0)]) < 0.1 < evidence_loss(group, [(2.0, -5.0), (-5.0, -5.0)])
