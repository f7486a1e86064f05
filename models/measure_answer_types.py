"""Measure how much a number tells where "how many?" is asked: what ``rag/answer_types.py`` weighs sentences by.

    python -m models.measure_answer_types models/questions/made_up_interviews.json

In: questions with passages in SQuAD format. Out, for each type: how many answerable questions ask for it, the share of
answering sentences and of the others of their passages that have it, and the logarithms of the likelihood ratios.
"""

from __future__ import annotations

import argparse
from collections import Counter
from math import log
from pathlib import Path

from nupunkt import sent_spans

from models.squad import articles
from rag.answer_types import AnswerType, answer_type, has


def measured(path: Path) -> Counter[tuple[AnswerType, bool, bool]]:
    """Count sentences by what is asked for, whether they answer, and whether they have it."""
    counts: Counter[tuple[AnswerType, bool, bool]] = Counter()
    for paragraph in (p for article in articles(path) for p in article.paragraphs):
        spans = sent_spans(paragraph.context)
        for question in paragraph.questions:
            kind = answer_type(question.text)
            if kind is None or not question.words:
                continue
            at = question.words[0][0]
            for start, end in spans:
                counts[kind, start <= at < end, has(kind, paragraph.context[start:end].strip())] += 1
    return counts


def main() -> None:
    """Parse the command line and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path)
    counts = measured(parser.parse_args().questions)
    for kind in AnswerType:
        (answering, answers), (having, others) = (
            (counts[kind, right, True], counts[kind, right, True] + counts[kind, right, False])
            for right in (True, False)
        )
        here, elsewhere = answering / answers, having / others
        ratios = f"{log(here / elsewhere):.2f} {log((1 - here) / (1 - elsewhere)):.2f}"
        print(f"{kind}: {answers} questions, {here:.3f} of answers, {elsewhere:.3f} of others: {ratios}")


if __name__ == "__main__":
    main()
