"""Find the passages of an interview that a search would confuse with the one that answers a question.

In: questions written for passages (``models/reader_data.py``), each with the other passages of its text. Out: the
same examples, those that are answered with their rivals.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from models.reader_data import Example, Others
from rag.encoder import Encoder
from rag.words import content_words, stems

RIVALS = 2
"""How many passages are read beside the one that answers: with three, fewer questions are learnt from in the time."""
NEAREST = 5
"""They are drawn from so many that come nearest."""
WORDS = 0.35
"""How much the share of the question's words that a passage has counts beside its cosine."""


def with_rivals(
    examples: Sequence[Example], others: Sequence[Others], times: int, encoder: Encoder, rng: random.Random
) -> list[Example]:
    """Return the examples that are answered ``times`` each, with ``RIVALS`` drawn from the ``NEAREST`` nearest.

    What was once taken for an answer counts as nearest. Those of which the text has fewer other passages stay alone.
    """
    found = [(e, each) for e, each in zip(examples, others, strict=True) if e.answers]
    places = list(dict.fromkeys(place for _, each in found for place in each.rest))
    row = {place: n for n, place in enumerate(places)}
    vectors = encoder.encode([words for words, _ in places])
    said = [frozenset(stems(words)) for words, _ in places]
    paired = []
    for example, each in found:
        wanted = frozenset(stems(" ".join(content_words(example.question))))
        rows = [row[place] for place in each.rest]
        worth = vectors[rows] @ encoder.encode_query(example.question)
        worth = worth + WORDS * np.array([len(wanted & said[n]) / max(1, len(wanted)) for n in rows])
        nearest = [*each.taken, *(each.rest[n] for n in np.argsort(-worth)[:NEAREST])][:NEAREST]
        for _ in range(times):
            rivals = rng.sample(nearest, RIVALS) if len(nearest) >= RIVALS else ()
            paired.append(replace(example, rivals=tuple(rivals)))
    return paired
