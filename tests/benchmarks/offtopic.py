"""Measure off-topic questions: questions about other interviews, put to the one that comes with the project.

``python -m tests.benchmarks.offtopic [FOLDER] [--half dev|test] [--json] [--peers]``. With the FOLDER of
those interviews, each question is also put to its own, where it has an answer.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean

from rag.datatypes import Status
from rag.evaluation import Judged
from tests.benchmarks import data, seed
from tests.benchmarks.data import Collection
from tests.benchmarks.peers import installed_peers
from tests.benchmarks.running import Results, arguments, progress, run
from tests.benchmarks.scores import Figures, answerable_figures, report, rounded
from tests.benchmarks.systems import Beside, OnRecord, System


def collection(half: str) -> Collection:
    """Return the shipped interview with its answerable questions and the off-topic ones."""
    on_topic = [q for q in seed.collection(half).questions if q.status is Status.ANSWERED]
    off_topic = [Judged(q.id, q.question, Status.NOT_FOUND, kind="off_topic") for q in data.offtopic_questions()]
    return Collection(seed.collection(half).interviews, (*on_topic, *off_topic))


def measure(asked: Collection, *, own: Collection | None = None, peers: bool = False) -> Results:
    """Return each system's figures; with ``own``, this project's on the interviews the questions are about."""
    systems: list[System] = [OnRecord(asked.interviews)]
    systems += [Beside(peer, asked.interviews) for peer in (installed_peers() if peers else ())]
    figures = {system.name: _figures(system, asked) for system in systems}
    if own is not None:
        figures[OnRecord.name] = own_figures(own) | figures[OnRecord.name]
    return Results(figures)


def _figures(system: System, asked: Collection) -> Figures:
    ranked = [system.ask(q.question) for q in progress(asked.questions, system.name)]
    answered = [r.answer.status is Status.ANSWERED for r in ranked if r.answer is not None]
    off_topic = [a for a, q in zip(answered, asked.questions, strict=False) if q.status is Status.NOT_FOUND]
    share = {"off_topic_answered": fmean(off_topic)} if off_topic else {}
    return rounded(answerable_figures(asked.questions, ranked) | share, asked.questions)


def own_figures(own: Collection) -> Figures:
    """Return this project's figures on questions put to the interviews they are about."""
    system = OnRecord(own.interviews)
    ranked = [system.ask(q.question, q.interview) for q in progress(own.questions, "own interviews")]
    found = report(own.questions, ranked)
    figures = found.figures if found is not None else {}
    return rounded(
        {f"own_{name}": figures[name] for name in ("success_at_1", "anywhere", "answerable_refused")}, own.questions
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = arguments(__doc__, data="the folder of the interviews that the questions are about", required=False)
    parser.add_argument("--half", default="dev", help="which half of the on-topic questions: dev or test")
    given = parser.parse_args(argv)

    def measured() -> Results:
        own = data.offtopic(Path(given.data)) if given.data else None
        return measure(collection(given.half).sample(given.limit), own=own, peers=given.peers)

    return run(measured, as_json=given.json)


if __name__ == "__main__":
    sys.exit(main())
