"""Measure on the judged questions about the interview that comes with the project.

``python -m tests.benchmarks.seed HALF [--json] [--peers]``. The test halves are for final figures only:
see questions/README.md.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rag.evaluation import read_questions
from rag.seeds import seed_interviews
from tests.benchmarks.data import QUESTIONS, Collection, DataError
from tests.benchmarks.peers import installed_peers
from tests.benchmarks.running import Results, arguments, run
from tests.benchmarks.scores import Figures, answerable_figures, report, rounded, sentence_figures
from tests.benchmarks.systems import Beside, OnRecord, Ranked, System

HALVES = ("dev", "test", "asked_dev", "asked_test")
"""Of two sets: what was made to find faults, and what writers asked who knew nothing but the transcript."""


def collection(half: str) -> Collection:
    """Return the shipped interview with half of its questions."""
    if half not in HALVES:
        raise DataError(f"{half}: give one of {', '.join(HALVES)}")
    return Collection(seed_interviews(), read_questions(QUESTIONS / f"seed_{half}.jsonl"))


def measure(asked: Collection, *, peers: bool = False) -> Results:
    """Return each system's figures."""
    systems: list[System] = [OnRecord(asked.interviews)]
    systems += [Beside(peer, asked.interviews) for peer in (installed_peers() if peers else ())]
    ranked = {system.name: [system.ask(q.question) for q in asked.questions] for system in systems}
    found = report(asked.questions, ranked[OnRecord.name])
    return Results(
        {name: _figures(asked, r) for name, r in ranked.items()},
        found.reliability if found else (),
    )


def _figures(asked: Collection, ranked: Sequence[Ranked]) -> Figures:
    found = report(asked.questions, ranked)
    of_answers = found.figures if found else {}
    ranking = sentence_figures(asked.questions, ranked) | answerable_figures(asked.questions, ranked)
    return rounded(ranking | {name: of_answers[name] for name in of_answers if name != "auroc"}, asked.questions)


def main(argv: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    given = arguments(__doc__, data="which questions: dev, test, asked_dev or asked_test").parse_args(argv)
    return run(lambda: measure(collection(given.data).sample(given.limit), peers=given.peers), as_json=given.json)


if __name__ == "__main__":
    sys.exit(main())
