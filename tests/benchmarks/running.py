"""What every benchmark's command shares: its arguments, a line of progress, errors as one line.

In: command-line arguments. Out: one JSON object, or readable lines, on standard output; progress and
complaints on standard error.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rag.errors import OnTheRecordError
from rag.evaluation import Bin
from tests.benchmarks.data import DataError
from tests.benchmarks.scores import Figures

Item = TypeVar("Item")
PROGRESS_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Results:
    """What a benchmark measured."""

    figures: Mapping[str, Figures]
    """System's name -> figures."""
    reliability: tuple[Bin, ...] = ()
    """This project's confidence against how often it is right."""


def arguments(description: str | None, *, data: str, required: bool = True) -> argparse.ArgumentParser:
    """Return a parser with what all benchmarks take; ``data`` tells what the file or folder is."""
    parser = argparse.ArgumentParser(description=(description or "").splitlines()[0])
    parser.add_argument("data", nargs=None if required else "?", help=data)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--peers", action="store_true", help="measure LangChain, Haystack and txtai beside")
    parser.add_argument("--limit", type=int, help="ask this many of the questions, drawn at random")
    return parser


def run(measure: Callable[[], Results], *, as_json: bool) -> int:
    """Measure and print; return the exit code."""
    try:
        results = measure()
    except (DataError, OnTheRecordError, ImportError) as problem:
        print(problem, file=sys.stderr)
        return 2
    print(json.dumps(results.figures) if as_json else "\n".join(lines(results)))
    return 0


def lines(results: Results) -> Iterator[str]:
    """Yield a readable table: a line for each figure, a column for each system."""
    systems = results.figures
    names = list(dict.fromkeys(name for figures in systems.values() for name in figures))
    width = max(map(len, names))
    columns = [max(len(system), 8) for system in systems]
    yield "  ".join([" " * width, *(s.rjust(c) for s, c in zip(systems, columns, strict=True))])
    for name in names:
        cells = [f"{f[name]:.3f}" if name in f else "" for f in systems.values()]
        yield "  ".join([name.ljust(width), *(cell.rjust(c) for cell, c in zip(cells, columns, strict=True))])


def progress(items: Sequence[Item], what: str) -> Iterator[Item]:
    """Yield ``items``, telling on standard error now and then how many are done."""
    told = time.monotonic()
    for done, item in enumerate(items):
        if time.monotonic() - told > PROGRESS_SECONDS:
            told = time.monotonic()
            print(f"{what}: {done} of {len(items)}", file=sys.stderr)
        yield item
