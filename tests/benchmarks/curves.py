"""What an archive costs as it grows: to start, to add, to ask, in memory and on disk, beside two peers.

    python -m tests.benchmarks.curves FOLDER --work DIR [--sizes 1 10 100 1000 10000] [--peers] [--write]

In: a folder of interviews, and one to work in. What has been measured is kept there, line by line, so that a run that
was stopped goes on where it stopped. Out: a table, with --write as ``curves.md`` and ``curves.png``. Past
``--distinct`` interviews texts are repeated under changed names with the vectors they had.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles

from rag.encoder import SentenceTransformerEncoder
from rag.library import Library
from rag.local.index import APPROXIMATE_FROM
from rag.local.store import LocalStore
from rag.minilm import MiniLM
from tests.benchmarks.curves_data import archive, fill
from tests.benchmarks.curves_systems import BUILD
from tests.benchmarks.tables import FOLDER, machine

SAMPLE = 10
"""Interviews by which the time of embedding one is told."""


@dataclass(frozen=True, slots=True)
class Point:
    """What one system costs at one size; times in seconds, sizes in bytes."""

    system: str
    interviews: int
    passages: int
    embed: float
    """Embedding all of them, from a sample's time."""
    store: float
    """Putting all of them in, embedded."""
    start: float
    """From the process's start to its first answer."""
    ask: float
    """A later answer, median."""
    slow: float
    """The same, 95th percentile."""
    memory: int
    disk: int
    same: float | None = None
    """The share of questions with the same quotes as without approximate search, where it was used."""
    alone: float | None = None
    """A later answer, median, where each question is put to the one interview that it seems to be about."""


def measure(system: str, size: int, pool: Path, work: Path, embed: float) -> Point:
    """Build an archive of this size in this system, and ask it in a process of its own; ``embed`` is for a passage."""
    folder = work / "built"
    shutil.rmtree(folder, ignore_errors=True)
    passages = sum(len(each.passages) for each in archive(pool, size))
    begun = time.perf_counter()
    BUILD[system](folder, archive(pool, size))
    store = time.perf_counter() - begun
    questions = work / "asked.json"
    start, told = _asked(system, folder, questions)
    same = alone = None
    if system == "onrecord" and passages > APPROXIMATE_FROM:
        exact = _asked(system, folder, questions, "--exact")[1]["found"]
        same = sum(a == b for a, b in zip(told["found"], exact, strict=True)) / len(exact)
    if system == "onrecord":
        alone = median(_asked(system, folder, _each_to_one(folder, questions), "--alone")[1]["seconds"])
    disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    shutil.rmtree(folder)
    took = told["seconds"]
    slow = quantiles(took, n=20)[-1]
    ask, memory = median(took), told["bytes"]
    return Point(system, size, passages, embed * passages, store, start, ask, slow, memory, disk, same, alone)


def _each_to_one(folder: Path, questions: Path) -> Path:
    """Write each question with the interview that holds the likeliest passage, and return the file."""
    with Library(LocalStore(folder, read_only=True)) as library:
        asked = json.loads(questions.read_text("utf-8"))
        pairs = [(question, library.inquire(question).hits[0].passage.interview) for question in asked]
    path = questions.with_name("alone.json")
    path.write_text(json.dumps(pairs), encoding="utf-8")
    return path


def _asked(system: str, folder: Path, questions: Path, *options: str) -> tuple[float, dict]:  # type: ignore[type-arg]
    command = [sys.executable, "-m", "tests.benchmarks.curves_systems", system, str(folder), str(questions)]
    begun = time.perf_counter()
    with subprocess.Popen([*command, *options], cwd=FOLDER.parents[1], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        process.stdout.readline()
        start = time.perf_counter() - begun
        told = process.stdout.readline()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return start, json.loads(told)


def _embedding_times(pool: Path) -> dict[str, float]:
    """Return how long this project and a peer take to embed a passage: a peer doesn't embed its sentences too."""
    sample = list(archive(pool, SAMPLE))
    passages = [e.interview.text[p.start : p.end] for e in sample for p in e.passages]
    sentences = [e.interview.text[a:b] for e in sample for p in e.passages for a, b in p.sentences]
    times = {}
    for name, encoder, texts in (
        ("onrecord", MiniLM(), passages + sentences),
        ("peer", SentenceTransformerEncoder(), passages),
    ):
        encoder.encode(texts[:8])
        begun = time.perf_counter()
        encoder.encode(texts)
        times[name] = (time.perf_counter() - begun) / sum(len(e.passages) for e in sample)
    return times


def _questions(count: int) -> list[str]:
    files = sorted((FOLDER / "questions").glob("*.jsonl"))
    rows = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    asked = list(dict.fromkeys(row["q"] for row in rows if isinstance(row.get("q"), str)))
    return asked[:: max(len(asked) // count, 1)][:count]


def points(given: argparse.Namespace) -> Iterator[Point]:
    """Yield what was measured before, then measure what is missing, smallest first."""
    work: Path = given.work
    work.mkdir(parents=True, exist_ok=True)
    kept = work / "curves.jsonl"
    known = [Point(**json.loads(line)) for line in kept.read_text().splitlines()] if kept.exists() else []
    yield from known
    fill(work / "pool", given.folder, min(given.distinct, max(given.sizes)))
    (work / "asked.json").write_text(json.dumps(_questions(given.questions)), encoding="utf-8")
    systems = list(BUILD) if given.peers else ["onrecord"]
    wanted = [(system, size) for size in sorted(given.sizes) for system in systems]
    missing = [pair for pair in wanted if pair not in {(p.system, p.interviews) for p in known}]
    times = _embedding_times(work / "pool") if missing else {}
    for system, size in missing:
        point = measure(system, size, work / "pool", work, times.get(system, times["peer"]))
        with kept.open("a") as file:
            file.write(json.dumps(asdict(point)) + "\n")
        yield point


def page(found: Sequence[Point], distinct: int) -> str:
    """Return the points as a page of Markdown."""
    heads = (
        *("interviews", "system", "passages", "embed", "store", "start", "ask", "95th percentile", "ask one"),
        *("memory", "disk"),
    )
    lines = [heads, ("---",) * len(heads)]
    lines += [
        (f"{p.interviews:,}", p.system, f"{p.passages:,}", f"{p.embed:.0f} s", f"{p.store:.1f} s", f"{p.start:.1f} s",
         f"{1000 * p.ask:.0f} ms", f"{1000 * p.slow:.0f} ms",
         "" if p.alone is None else f"{1000 * p.alone:.0f} ms", _mebibytes(p.memory), _mebibytes(p.disk))
        for p in found
    ]  # fmt: skip
    table = "".join(f"| {' | '.join(line)} |\n" for line in lines)
    compared = "".join(
        f"\nOver {p.interviews:,} interviews the approximate index gave the same quotes as the exact one to "
        f"{p.same:.1%} of the questions.\n"
        for p in found
        if p.same is not None
    )
    return (
        f"# Curves\n\nWritten by `python -m tests.benchmarks.curves FOLDER --work DIR --peers --write`; don't edit. "
        f"Written on {datetime.now(UTC):%d %B %Y}: {machine()}.\n\nTimes are only good as ratios. Past {distinct:,} "
        "interviews, texts are repeated under changed names with the vectors they had, so\nthere the figures tell what "
        "an archive costs and nothing of what it finds. Embedding is told from a sample; this project\nembeds passages "
        'and sentences, the peers passages alone, and their answer is a list of passages. "Ask one" puts each\n'
        "question to the one interview of the archive that it seems to be about; an archive of one is mostly asked what"
        "\nit has nothing on, and so answers sooner.\n\n"
        f"![the same as a plot](curves.png)\n\n{table}{compared}"
    )


def _mebibytes(size: int) -> str:
    return f"{size / 2**20:,.1f} MiB"


def plot(found: Sequence[Point], path: Path) -> None:
    """Draw a curve for each system and cost."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    costs = {
        "start": "start (s)",
        "store": "store (s)",
        "ask": "ask (s)",
        "memory": "memory (bytes)",
        "disk": "disk (bytes)",
    }
    figure, axes = pyplot.subplots(1, len(costs), figsize=(3.2 * len(costs), 3), layout="constrained")
    for axis, (cost, label) in zip(axes, costs.items(), strict=True):
        for system in dict.fromkeys(p.system for p in found):
            own = sorted((p.interviews, getattr(p, cost)) for p in found if p.system == system)
            axis.loglog([n for n, _ in own], [value for _, value in own], marker="o", label=system)
        axis.set(title=label, xlabel="interviews")
    axes[0].legend(fontsize=7)
    figure.savefig(path, dpi=110)


def main(argv: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="interviews")
    parser.add_argument("--work", type=Path, required=True, help="where to work, and to keep what was measured")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1, 10, 100, 1000, 10_000])
    parser.add_argument("--distinct", type=int, default=1200, help="how many different interviews")
    parser.add_argument("--questions", type=int, default=60)
    parser.add_argument("--peers", action="store_true", help="measure LangChain with FAISS, and txtai, beside")
    parser.add_argument("--write", action="store_true", help="write curves.md and curves.png")
    given = parser.parse_args(argv)
    found: list[Point] = []
    for point in points(given):
        found.append(point)
        print(point, flush=True)
        if given.write:
            found.sort(key=lambda p: (p.interviews, p.system))
            (FOLDER / "curves.md").write_text(page(found, given.distinct), encoding="utf-8")
            plot(found, FOLDER / "curves.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
