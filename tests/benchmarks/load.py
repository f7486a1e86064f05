"""Many visitors asking the page at once: is every answer right, what do they wait, does memory stay flat?

``python -m tests.benchmarks.load [--visitors 50] [--seconds 60] [--json]``. In: the judged questions about the
interview that comes with the project. Each visitor asks one after another over a socket, as a program does; what the
engine answers to the same question alone is right. Memory is the page's resident set, at the end of each fifth of
the time: the models load and caches fill in the first.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from rag.library import Library
from rag.payload import answer_json
from tests.benchmarks import seed
from tests.benchmarks.data import DataError
from tests.benchmarks.running import Results, run
from tests.benchmarks.tables import FOLDER
from ui.desk import BUSY

PARTS = 5
"""How often memory is looked at."""


@dataclass(slots=True)
class Tally:
    """What the visitors were told."""

    right: int = 0
    wrong: int = 0
    busy: int = 0
    failed: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)
    """Bytes, at the end of each part of the time."""


def measure(visitors: int, seconds: float) -> Results:
    """Return what the visitors were told, how long they waited, and the page's memory."""
    questions = [q.question for half in seed.HALVES for q in seed.collection(half).questions]
    with tempfile.TemporaryDirectory() as folder:
        with Library.open(Path(folder)) as library:
            expected = {q: _compared(answer_json(library.ask(q))) for q in questions}
        command = [sys.executable, "-m", "ui", "serve", "--no-browser", "--library", folder]
        with subprocess.Popen(
            command, cwd=FOLDER.parents[1], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as page:
            try:
                assert page.stdout is not None
                address = page.stdout.readline().strip()
                if not address:
                    raise DataError("the page doesn't start: try `onrecord serve` by itself")
                tally = asyncio.run(_crowd(address, page.pid, expected, visitors, seconds))
            finally:
                page.terminate()
    figures = {
        "visitors": float(visitors),
        "seconds": seconds,
        "answers": float(tally.right + tally.wrong),
        "wrong": float(tally.wrong),
        "told_to_come_back": float(tally.busy),
        "failed": float(len(tally.failed)),
        "wait_median_s": round(median(tally.waits), 3),
        "wait_p95_s": round(quantiles(tally.waits, n=20)[-1], 3),
    }
    figures |= {f"memory_{n}_of_{PARTS}_mib": round(b / 2**20, 1) for n, b in enumerate(tally.memory, 1)}
    return Results({"onrecord": figures})


async def _crowd(address: str, pid: int, expected: dict[str, str], visitors: int, seconds: float) -> Tally:
    import httpx

    tally = Tally()
    calls = f"{address.rstrip('/')}/gradio_api/call/ask"
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(timeout=120, trust_env=False, limits=limits) as client:
        await _ask(client, calls, next(iter(expected)))  # the models load
        until = time.perf_counter() + seconds

        async def visitor(number: int) -> None:
            rng = random.Random(number)
            while time.perf_counter() < until:
                question = rng.choice(list(expected))
                begun = time.perf_counter()
                try:
                    told = await _ask(client, calls, question)
                except (httpx.HTTPError, ValueError) as problem:
                    tally.failed.append(repr(problem))
                    continue
                tally.waits.append(time.perf_counter() - begun)
                if told == BUSY:
                    tally.busy += 1
                elif told == expected[question]:
                    tally.right += 1
                else:
                    tally.wrong += 1

        async def watch() -> None:
            for _ in range(PARTS):
                await asyncio.sleep(seconds / PARTS)
                tally.memory.append(resident(pid))

        await asyncio.gather(watch(), *(visitor(number) for number in range(visitors)))
    return tally


async def _ask(client, calls: str, question: str) -> str:  # type: ignore[no-untyped-def]  # noqa: ANN001 - imported late
    """Return what is compared of the answer, or what the visitor is told instead.

    Raises:
        ValueError: the stream ended without either.
    """
    posted = await client.post(calls, json={"data": [question, None, None]})
    posted.raise_for_status()
    stream = (await client.get(f"{calls}/{posted.json()['event_id']}")).text
    events = dict(part.split("\ndata: ", 1) for part in stream.strip().split("\n\n") if "\ndata: " in part)
    if "event: complete" in events:
        (answer,) = json.loads(events["event: complete"])
        return _compared(answer)
    told = json.loads(events.get("event: error", "null"))
    if told is None:
        raise ValueError(f"no answer in {stream[:200]!r}")
    return str(told["error"] if isinstance(told, dict) else told)


def _compared(answer: dict) -> str:  # type: ignore[type-arg]
    places = [(quote["interview"], quote["start"], quote["end"]) for quote in answer["quotes"]]
    return json.dumps([answer["status"], places])


def resident(pid: int) -> int:
    """Return the resident memory of a process in bytes; 0 where the system doesn't tell."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return 0
    return next(int(line.split()[1]) * 1024 for line in status.open() if line.startswith("VmRSS"))


def main(argv: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--visitors", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args(argv)
    return run(lambda: measure(given.visitors, given.seconds), as_json=given.json)


if __name__ == "__main__":
    sys.exit(main())
