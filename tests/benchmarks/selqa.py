"""Measure answer-sentence selection on SelQA: the question is put to the section that answers it.

``python -m tests.benchmarks.selqa FILE.json [--json] [--peers]``. Half of the questions are paraphrased
to share few words with the answer; they are also measured apart.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.data import Collection, selqa
from tests.benchmarks.peers import installed_peers
from tests.benchmarks.running import Results, arguments, progress, run
from tests.benchmarks.scores import Figures, rounded, sentence_figures
from tests.benchmarks.systems import BesideEach, OnRecord, System


def measure(collection: Collection, *, peers: bool = False) -> Results:
    """Return each system's figures, each question put to its own interview."""
    systems: list[System] = [OnRecord(collection.interviews)]
    systems += [BesideEach(peer, collection.interviews) for peer in (installed_peers() if peers else ())]
    return Results({system.name: _figures(system, collection) for system in systems})


def _figures(system: System, collection: Collection) -> Figures:
    asked = collection.questions
    ranked = [system.ask(q.question, q.interview) for q in progress(asked, system.name)]
    figures = sentence_figures(asked, ranked)
    for kind in dict.fromkeys(q.kind for q in asked if q.kind):
        of_kind = [(q, r) for q, r in zip(asked, ranked, strict=True) if q.kind == kind]
        hit = sentence_figures([q for q, _ in of_kind], [r for _, r in of_kind])
        figures[f"sentence_hit1_{kind}"] = hit["sentence_hit1"]
    return rounded(figures, asked)


def main(argv: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    given = arguments(__doc__, data="selqa's answer-sentence-selection file (JSON)").parse_args(argv)
    return run(
        lambda: measure(selqa(Path(given.data)).sample(given.limit).asked(), peers=given.peers), as_json=given.json
    )


if __name__ == "__main__":
    sys.exit(main())
