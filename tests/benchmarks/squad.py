"""Measure on any file in SQuAD 1.1 or 2.0 format: the right paragraph, the right sentence, or none.

``python -m tests.benchmarks.squad FILE.json --json [--peers]``. In: the file. Out: for each system
passage_r1, passage_r5, passage_mrr, sentence_hit1, sentence_hit3, sentence_mrr, answerable_auroc where
the file has unanswerable questions, ask_ms_median and encode_ms_median: sentence-transformers' own
encode of the same questions in the same process. For this project also how its answers come out:
answerable_refused, unanswerable_answered, ece (expected calibration error).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from rag.encoder import minilm_folder
from rag.evaluation import Bin, Judged
from tests.benchmarks.data import Collection, squad
from tests.benchmarks.haystack_reader import HaystackReader
from tests.benchmarks.peers import installed_peers
from tests.benchmarks.running import Results, arguments, progress, run
from tests.benchmarks.scores import (
    Figures,
    answer_figures,
    answerable_figures,
    median_ms,
    passage_figures,
    report,
    rounded,
    sentence_figures,
)
from tests.benchmarks.systems import Beside, OnRecord, Ranked, System

WARM_UP = 3
"""Questions that are asked and encoded before anything is timed."""


def measure(collection: Collection, *, peers: bool = False, reader: Path | None = None) -> Results:
    """Return each system's figures on the whole collection; Haystack's reader too with this ``reader``'s weights."""
    loaded = installed_peers() if peers else ()
    ours, reliability = _figures(OnRecord(collection.interviews), collection.questions)
    figures = {OnRecord.name: ours}
    for peer in loaded:
        figures[peer.name], _ = _figures(Beside(peer, collection.interviews), collection.questions)
    if reader:
        pipeline = HaystackReader(reader, collection.interviews)
        figures[pipeline.name], _ = _figures(pipeline, collection.questions)
    return Results(figures, reliability)


def _figures(system: System, questions: Sequence[Judged]) -> tuple[Figures, tuple[Bin, ...]]:
    ranked, encoding = _asked(system, questions)
    found = report(questions, ranked)
    figures = (
        passage_figures(questions, ranked)
        | sentence_figures(questions, ranked)
        | answerable_figures(questions, ranked)
        | answer_figures(found)
        | {"ask_ms_median": median_ms([r.seconds for r in ranked]), "encode_ms_median": median_ms(encoding)}
    )
    return rounded(figures, questions), found.reliability if found else ()


def _asked(system: System, questions: Sequence[Judged]) -> tuple[list[Ranked], list[float]]:
    """Ask every question, and time sentence-transformers' encode of each just before it."""
    from sentence_transformers import SentenceTransformer

    yardstick = SentenceTransformer(str(minilm_folder()), device="cpu")
    for question in questions[:WARM_UP]:
        system.ask(f"{question.question} (warm-up)")
        yardstick.encode(question.question)
    ranked: list[Ranked] = []
    encoding: list[float] = []
    for question in progress(questions, system.name):
        start = time.perf_counter()
        yardstick.encode(question.question, show_progress_bar=False)
        encoding.append(time.perf_counter() - start)
        ranked.append(system.ask(question.question))
    return ranked, encoding


def main(argv: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = arguments(__doc__, data="a file in SQuAD 1.1 or 2.0 format")
    parser.add_argument("--title", action="append", default=[], help="only this article; may be given again")
    parser.add_argument("--reader", type=Path, help="the reader's trained weights (.pt), for Haystack's reader")
    given = parser.parse_args(argv)

    def measured() -> Results:
        collection = squad(Path(given.data), given.title).sample(given.limit)
        return measure(collection, peers=given.peers, reader=given.reader)

    return run(measured, as_json=given.json)


if __name__ == "__main__":
    sys.exit(main())
