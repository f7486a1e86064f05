"""Where the time of start-up, of one answer and of indexing goes, beside the least that it could be.

    python -m tests.benchmarks.profile [FOLDER] [--interviews 40] [--rounds 5] [--flame] [--write]

In: the interview that comes with the project, and for indexing a folder of others. Out: tables, with --write as
``speed.md``; with --flame ``speed.svg``, a flame graph of one start with its answer, drawn by py-spy. Floors are
measured in the same run, in turns with what stands on them.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles

from tests.benchmarks.profile_steps import ADD_STEPS, ANSWER_STEPS, timed
from tests.benchmarks.tables import FOLDER, machine

ROOT = FOLDER.parents[1]
QUESTION = "what did she say about ITPP?"
LEAST = f"""
import json, sys, time
begun = time.perf_counter()
import faiss, numpy, onnxruntime, safetensors, tokenizers
if "page" in sys.argv:
    import gradio
imported = time.perf_counter()
from rag.minilm import MiniLM
from rag.reader import OnnxReader, Window
encoder, reader = MiniLM(), OnnxReader()
encoder.encode_query("")
loaded = time.perf_counter()
encoder.encode_query({QUESTION!r})
encoded = time.perf_counter()
reader.read({QUESTION!r}, [Window(("We opened in March.", "It rained, and nobody came for a week."), "When was that?")])
times = [imported - begun, loaded - imported, encoded - loaded, time.perf_counter() - encoded]
print(json.dumps(dict(zip(["imports", "load both models", "encode one question", "read one passage"], times))))
"""
"""What no start can do without, in a process of its own."""


@dataclass(frozen=True, slots=True)
class Table:
    """A part of the page: rows of cells under a heading."""

    title: str
    note: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def markdown(self) -> str:
        """Return it as Markdown."""
        lines = [self.heads, ("---",) * len(self.heads), *self.rows]
        return f"## {self.title}\n\n{self.note}\n\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines)


def start_up(library: Path, rounds: int) -> Table:
    """Time a command from its start to its answer, in turns with the least it could take."""
    took: dict[str, list[float]] = {"least": [], "ask": [], "least with the page": [], "serve": [], "list": []}
    parts: dict[str, list[float]] = {}
    for _ in range(rounds):
        least, told = _run([sys.executable, "-c", LEAST])
        for part, seconds in json.loads(told).items():
            parts.setdefault(part, []).append(seconds)
        took["least"].append(least)
        took["ask"].append(_run(_command(library, "ask", QUESTION, "--json"))[0])
        took["list"].append(_run(_command(library, "list", "--json"))[0])
        took["least with the page"].append(_run([sys.executable, "-c", LEAST, "page"])[0])
        took["serve"].append(_first_answer_of_the_page(library))
    middle = {name: median(times) for name, times in took.items()}
    rows = [(part, f"{median(times):.2f} s", "") for part, times in parts.items()]
    rows += [("all of that, with Python's own start", f"{middle['least']:.2f} s", "1")]
    rows += [
        (f"`onrecord {name}`", f"{middle[name]:.2f} s", _ratio(middle[name], middle["least"]))
        for name in ("ask", "list")
    ]
    page = middle["least with the page"]
    rows += [("the least, with Gradio's import", f"{page:.2f} s", "1")]
    rows += [("`onrecord serve`, to the first answer", f"{middle['serve']:.2f} s", _ratio(middle["serve"], page))]
    note = f"From the command to the answer, median of {rounds} runs, files in the system's cache."
    return Table("Start-up", note, ("what", "time", "times the least"), tuple(rows))


def one_answer(library: Path) -> Table:
    """Time warm answers about the shipped interview, each question new, in turns with torch's encode of it."""
    from rag.encoder import SentenceTransformerEncoder
    from rag.library import Library
    from tests.benchmarks import seed

    reference = SentenceTransformerEncoder()
    answers, encodes = [], []
    with Library.open(library) as opened:
        for judged in seed.collection("dev").questions:
            opened.ask(judged.question)
            reference.encode([judged.question])
        with timed(ANSWER_STEPS) as seconds:
            for judged in seed.collection("test").questions:
                start = time.perf_counter()
                opened.ask(judged.question)
                answered = time.perf_counter()
                reference.encode([judged.question])
                answers.append(answered - start)
                encodes.append(time.perf_counter() - answered)
    whole, encode = sum(answers), median(encodes)
    rows = [
        (step, f"{1000 * spent / len(answers):.1f} ms", f"{100 * spent / whole:.0f}%")
        for step, spent in sorted(seconds.items(), key=lambda pair: -pair[1])
    ]
    slow = quantiles(answers, n=20)[-1]
    rows += [("a whole answer, median", f"{1000 * median(answers):.1f} ms", f"{median(answers) / encode:.1f} encodes")]
    rows += [("a whole answer, 95th percentile", f"{1000 * slow:.1f} ms", f"{slow / encode:.1f} encodes")]
    rows += [("sentence-transformers' encode of the question, median", f"{1000 * encode:.1f} ms", "1 encode")]
    note = f"{len(answers)} questions about the shipped interview, each asked once; a step's time is its mean."
    return Table("One warm answer", note, ("step", "time", "share"), tuple(rows))


def indexing(folder: Path, count: int) -> Table:
    """Time adding interviews, and the bare encoder on the same texts; how much memory adding takes."""
    from rag.embedding import windows
    from rag.library import Library
    from rag.minilm import MiniLM
    from rag.parsing import read
    from rag.passages import cut

    paths = sorted(path for path in folder.rglob("*") if path.suffix in {".md", ".markdown", ".txt"})
    paths = paths[:: max(len(paths) // count, 1)][:count]
    with tempfile.TemporaryDirectory() as scratch, Library.open(Path(scratch) / "library") as library:
        library.ask(QUESTION)  # puts the shipped interview in, and loads both models
        before = _peak_memory()
        start = time.perf_counter()
        with timed(ADD_STEPS) as seconds:
            for _ in library.add_all(read(path) for path in paths):
                pass
        added = time.perf_counter() - start
        memory = _peak_memory() - before
    encoder, bare, texts = MiniLM(), 0.0, 0
    encoder.encode([QUESTION])
    for window in windows(map(read, paths)):
        spans = [(i, s) for i in window for p in cut(i) for s in ((p.start, p.end), *p.sentences)]
        batch = [interview.text[a:b] for interview, (a, b) in spans]
        start = time.perf_counter()
        encoder.encode(batch)
        bare += time.perf_counter() - start
        texts += len(batch)
    rows = [(step, f"{spent:.2f} s", f"{100 * spent / added:.1f}%") for step, spent in seconds.items()]
    rows += [("in all", f"{added:.2f} s", f"{texts / added:.0f} texts a second")]
    rows += [("the bare encoder on the same texts", f"{bare:.2f} s", f"{bare / added:.2f} of its throughput reached")]
    rows += [("peak memory above the loaded models", f"{memory / 2**20:.0f} MiB", "")]
    note = f"{len(paths)} interviews, {texts:,} passages and sentences."
    return Table("Indexing", note, ("step", "time", "share"), tuple(rows))


def flame(library: Path, path: Path) -> None:
    """Draw a flame graph of one start with its answer."""
    spy = [str(Path(sys.executable).with_name("py-spy")), "record", "--rate", "500", "--output", str(path), "--"]
    subprocess.run([*spy, *_command(library, "ask", QUESTION, "--json")], cwd=ROOT, check=True, capture_output=True)
    drawn = path.read_text(encoding="utf-8")
    for folder in (sys.prefix, sys.base_prefix, str(ROOT)):  # where things lie on this machine is nobody's business
        drawn = drawn.replace(f"{folder}{os.sep}", "")
    path.write_text(drawn, encoding="utf-8")


def _command(library: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "ui", *words, "--library", str(library)]


def _run(command: Sequence[str]) -> tuple[float, str]:
    start = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return time.perf_counter() - start, done.stdout


def _first_answer_of_the_page(library: Path) -> float:
    """Start the page, ask it as soon as it listens, and return the seconds until it has answered."""
    import httpx

    start = time.perf_counter()
    page = subprocess.Popen(
        _command(library, "serve", "--no-browser"),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert page.stdout
        address = next(word for line in page.stdout for word in line.split() if word.startswith("http"))
        calls = f"{address.rstrip('/')}/gradio_api/call/ask"
        with httpx.Client(timeout=120, trust_env=False) as client:
            event = client.post(calls, json={"data": [QUESTION, None, None]}).raise_for_status().json()["event_id"]
            answer = client.get(f"{calls}/{event}").text
        if "ITPP" not in answer:
            raise RuntimeError(f"the page gave no answer: {answer[:200]}")
        return time.perf_counter() - start
    finally:
        page.terminate()
        page.wait()


def _peak_memory() -> int:
    """Return the most memory this process has held, in bytes."""
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _ratio(value: float, least: float) -> str:
    return f"{value / least:.2f}"


def main(argv: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, help="interviews to index; without it, indexing is left out")
    parser.add_argument("--interviews", type=int, default=40, help="how many of them")
    parser.add_argument("--rounds", type=int, default=5, help="how often each start is timed")
    parser.add_argument(
        "--flame", action="store_true", help="draw speed.svg; needs py-spy, which the bench extra brings"
    )
    parser.add_argument("--write", action="store_true", help="write speed.md")
    given = parser.parse_args(argv)
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    tables = [indexing(given.folder, given.interviews)] if given.folder else []  # first, for the sake of its memory
    with tempfile.TemporaryDirectory() as scratch:
        library = Path(scratch) / "library"
        _run(_command(library, "ask", QUESTION, "--json"))
        tables = [start_up(library, given.rounds), one_answer(library), *tables]
        if given.flame:
            flame(library, FOLDER / "speed.svg")
    picture = "![flame graph of one start with its answer](speed.svg)\n\n" if (FOLDER / "speed.svg").exists() else ""
    page = (
        f"# Speed\n\nWritten by `python -m tests.benchmarks.profile FOLDER --flame --write`; don't edit. Measured on "
        f"{datetime.now(UTC):%d %B %Y}: {machine()}.\nTimes are only good as ratios.\n\n"
        + "\n".join(table.markdown() for table in tables)
        + f"\n## Flame graph\n\n{picture}"
    )
    print(page)
    if given.write:
        (FOLDER / "speed.md").write_text(page.rstrip() + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
