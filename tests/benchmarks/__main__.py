"""Run every benchmark and write the results down.

``python -m tests.benchmarks [--data DIR] [--peers] [--limit N] [--only TITLE]
[--reader WEIGHTS]``. In: a folder of published data, laid out as README.md says; without it, only what needs none
is measured. Out: README.md and plots in this folder.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rag.errors import OnTheRecordError
from tests.benchmarks import data, followups, interviews, offtopic, seed, selqa, squad, verify
from tests.benchmarks.data import DataError
from tests.benchmarks.peers import installed_peers
from tests.benchmarks.running import Results, lines
from tests.benchmarks.tables import FOLDER, Section, write

UNSEEN = ("Normans", "Warsaw", "European_Union_law")
"""The articles of the SQuAD 2.0 file that the reader was not trained on."""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Something to measure: where its data lies below the data folder, and how to measure it."""

    title: str
    needs: str
    """A path below the data folder; empty when it needs none."""
    note: str
    measure: Callable[[Path], Results]


def benchmarks(limit: int | None, peers: bool, reader: Path | None = None) -> Iterator[Benchmark]:
    """Yield all benchmarks."""

    def of_seed(half: str, title: str, note: str) -> Benchmark:
        return Benchmark(title, "", note, lambda _: seed.measure(seed.collection(half).sample(limit), peers=peers))

    def of_interviews(half: str, title: str, note: str) -> Benchmark:
        def measure(path: Path) -> Results:
            return interviews.measure(interviews.collection(half, path).sample(limit).asked(), peers=peers)

        return Benchmark(title, "scale", note, measure)

    for half, what in (("dev", "tuned on"), ("test", "never tuned on")):
        yield of_seed(
            half,
            f"The seed's questions, {half} half",
            f"Judged questions about the interview that comes with the project; this half was {what}. "
            "Refusing a question that has an answer counts as wrong wherever something is quoted.",
        )
    for half, what in (("dev", "the weights of the evidence were fitted on"), ("test", "nothing was tuned on")):
        yield of_interviews(
            half,
            f"Questions written for interviews, {half} half",
            f"Questions for podcasts and written interviews that the reader was not trained on, each put to its own; "
            f"{what} this half. Two fifths ask for a detail that is missing or rest on a false premise.",
        )
    for half, what in (("dev", "faults were found on"), ("test", "nothing was tuned on")):
        yield of_seed(
            f"asked_{half}",
            f"What people ask of the seed, {half} half",
            f"Questions by writers who knew nothing but the transcript; {what} this half. A quarter have no answer.",
        )
        yield of_interviews(
            f"asked_{half}",
            f"What people ask of other interviews, {half} half",
            f"The same for two podcasts and four written interviews that the reader was not trained on; {what} this "
            "half.",
        )
    for half, what in (("dev", "readers were compared on"), ("test", "nothing was tuned on")):
        yield of_interviews(
            f"whole_{half}",
            f"Questions for whole interviews, {half} half",
            "Questions for six podcasts and ten written interviews by people who read all of each and looked in it "
            f"for every sentence that answers; {what} this half. More than a quarter have no answer there.",
        )
    yield Benchmark(
        "Off-topic questions",
        "",
        "Questions about eight other interviews put to the seed, among the answerable ones of its test half.",
        lambda _: offtopic.measure(offtopic.collection("test").sample(limit), peers=peers),
    )
    yield Benchmark(
        "Off-topic questions, put to their own interviews",
        "interviews",
        "The same questions where they do have an answer.",
        lambda path: Results({"onrecord": offtopic.own_figures(data.offtopic(path).sample(limit).asked())}),
    )
    yield Benchmark(
        "SQuAD 2.0",
        "dev/squad2_dev_articles.json",
        f"Three articles that the reader was not trained on ({', '.join(UNSEEN)}), every paragraph an interview, each "
        "question put to all of them. About half of the questions are unanswerable on purpose.",
        lambda path: squad.measure(data.squad(path, UNSEEN).sample(limit), peers=peers, reader=reader),
    )
    yield Benchmark(
        "SelQA",
        "dev/selqa_dev.json",
        "Answer-sentence selection, each question put to its section of an article.",
        lambda path: selqa.measure(data.selqa(path).sample(limit).asked(), peers=peers),
    )
    yield Benchmark(
        "FriendsQA",
        "dev/friendsqa_dev.json",
        "Questions about many-speaker dialogue, each put to its scene; right is a sentence of an utterance that "
        "annotators marked.",
        lambda path: selqa.measure(data.friendsqa(path).sample(limit).asked(), peers=peers),
    )
    yield Benchmark(
        "Follow-up questions",
        "interviews",
        "Whether a follow-up is taken for the question it stands for, test half: after questions alone, and where the "
        "answers to them are known too.",
        lambda path: followups.measure("test", path),
    )
    yield Benchmark(
        "Quotations checked",
        "interviews",
        "True, altered, re-attributed and invented quotations: the verdict right, and the changes too.",
        lambda path: verify.measure(path),
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, help="the folder of published data; with it, results are written down")
    parser.add_argument("--peers", action="store_true", help="measure LangChain, Haystack and txtai beside")
    parser.add_argument("--reader", type=Path, help="the reader's trained weights (.pt), for Haystack's reader too")
    parser.add_argument("--limit", type=int, help="ask at most this many questions in each benchmark")
    parser.add_argument("--only", default="", help="only benchmarks with this in their title; nothing is written down")
    given = parser.parse_args(argv)
    try:
        if given.peers:
            installed_peers()
        _measure(given)
    except (DataError, OnTheRecordError, ImportError) as problem:
        print(problem, file=sys.stderr)
        return 2
    return 0


def _measure(given: argparse.Namespace) -> None:
    """Measure and print one benchmark after the other, writing down after each what there is so far."""
    sections: list[Section] = []
    missing: list[str] = []
    for benchmark in benchmarks(given.limit, given.peers, given.reader):
        if given.only.lower() not in benchmark.title.lower():
            continue
        lacks = _lacks(benchmark, given.data)
        if lacks:
            missing.append(lacks)
            print(f"\nLeft out: {lacks}", file=sys.stderr)
            continue
        print(f"\n{benchmark.title}", flush=True)
        results = benchmark.measure((given.data or Path()) / benchmark.needs)
        print("\n".join(lines(results)), flush=True)
        sections.append(Section(benchmark.title, benchmark.note, results))
        if given.data and not given.only:
            write(sections, f"{datetime.now(UTC):%d %B %Y}", missing)
            print(f"Written down in {FOLDER / 'README.md'}", flush=True)


def _lacks(benchmark: Benchmark, folder: Path | None) -> str:
    if not benchmark.needs or (folder and (folder / benchmark.needs).exists()):
        return ""
    where = f"{folder} has none" if folder else "give its folder with --data DIR"
    return f"{benchmark.title} needs {benchmark.needs}: {where}"


if __name__ == "__main__":
    sys.exit(main())
