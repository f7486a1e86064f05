"""Compare readers on questions put to the passage that each was written for: how well they read, whatever is searched.

    python -m models.compare_readers QUESTIONS.jsonl READER... --interviews FOLDER

In: questions written for passages (``models/written.py``) that no reader was trained on, and folders of readers by
``models/export_reader.py``. Out: a line for each reader.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.written import Written, read_questions
from rag.evaluation import auroc
from rag.passages import sentences, unstamped
from rag.reader import OnnxReader, Reader, Window

TAKEN = 0.1
"""The share of the unanswerable questions that may be taken for answered, where those found are counted."""


@dataclass(frozen=True, slots=True)
class Put:
    """A question, its passage, and which of the passage's sentences answer, none where it doesn't."""

    question: str
    window: Window
    right: tuple[bool, ...]


def put(written: Written) -> Put:
    """Put a question to its passage."""
    interview, (start, end) = written.interview, written.passage
    spans = sentences(interview, start, end)
    window = Window(tuple(unstamped(interview, s) for s in spans), interview.asked(interview.turn_at(start) or 0) or "")
    right = tuple(any(a < end and start < b for a, b in written.gold) for start, end in spans)
    return Put(written.question, window, right)


def figures(reader: Reader, questions: Sequence[Put]) -> dict[str, float]:
    """Return how many answerable questions have the right sentence first, and how well the best evidence tells them.

    That is its AUROC for "is answered", and the share found where ``TAKEN`` of the others is taken for answered.
    """
    best, answered, first = [], [], []
    for each in questions:
        evidence = [reading.evidence for reading in reader.read(each.question, [each.window])[0]]
        place = int(np.argmax(evidence))
        best.append(evidence[place])
        answered.append(any(each.right))
        first.append(each.right[place])
    margins, has, right = np.array(best), np.array(answered), np.array(first)
    threshold = np.quantile(margins[~has], 1 - TAKEN)
    return {
        "right sentence first": float(right[has].mean()),
        "AUROC": auroc(margins[has], margins[~has]),
        "found": float((margins[has] > threshold).mean()),
    }


def main() -> None:
    """Parse the command line, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path)
    parser.add_argument("readers", type=Path, nargs="+")
    parser.add_argument("--interviews", type=Path, default=Path("."), help="folder that the questions refer to")
    arguments = parser.parse_args()
    questions = [put(each) for each in read_questions(arguments.questions, arguments.interviews)]
    for folder in arguments.readers:
        told = ", ".join(f"{name} {value:.3f}" for name, value in figures(OnnxReader(folder), questions).items())
        print(f"{folder}: {len(questions)} questions, {told}", flush=True)


if __name__ == "__main__":
    main()
