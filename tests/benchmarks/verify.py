"""Measure the check of quotations: true, altered, re-attributed and invented ones, as journalists write them.

``python -m tests.benchmarks.verify [FOLDER] [--wrong] [--json]``. FOLDER holds the interviews that
questions/verify.jsonl names; without it only the quotations from the shipped interview are checked, in
questions/verify_seed.jsonl. A row holds no text of an interview: ``parts`` are offsets into its text (``check``
proves that it is still read alike), joined by ``join``; ``edits`` replace characters of that, from the end on;
``wrap`` stands around it. ``words`` are invented. ``changes``, where given, are each change's kind and the
quotation's words.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rag.datatypes import Interview
from rag.parsing import ParseOptions, read
from rag.verification import Verdict, verify
from tests.benchmarks.data import QUESTIONS, DataError
from tests.benchmarks.running import Results, run

ROOT = Path(__file__).parent.parent.parent
SETS = ("verify_seed.jsonl", "verify.jsonl")


@dataclass(frozen=True, slots=True)
class Case:
    """A quotation, and what a careful person would say of it."""

    id: str
    kind: str
    interview: Interview
    quotation: str
    verdict: str
    changes: tuple[tuple[str, str], ...] | None

    def right(self, found: Verdict) -> bool:
        """Tell whether the verdict is right, and the changes where they are given."""
        changes = tuple((c.op, c.yours) for c in found.changes)
        return found.finding == self.verdict and (self.changes is None or changes == self.changes)


def cases(name: str, folder: Path | None = None) -> Iterator[Case]:
    """Yield the quotations of one set."""
    for line in (QUESTIONS / name).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        interview = _interview(row["file"], folder)
        changes = tuple((op, yours) for op, yours in row["changes"]) if "changes" in row else None
        yield Case(row["id"], row["kind"], interview, _quotation(row, interview), row["verdict"], changes)


@cache
def _interview(file: str, folder: Path | None) -> Interview:
    path = ROOT / file if file.startswith("seeds/") else (folder or Path()) / file
    if not path.exists():
        raise DataError(f"{path} is missing: give the folder of the interviews that verify.jsonl names")
    return read(path, ParseOptions())


def _quotation(row: dict[str, Any], interview: Interview) -> str:
    before, after = row.get("wrap", ("", ""))
    if "words" in row:
        return f"{before}{row['words']}{after}"
    text = row.get("join", " ").join(interview.text[start:end] for start, end in row["parts"])
    if hashlib.sha256(text.encode()).hexdigest()[:8] != row["check"]:
        raise DataError(f"{row['file']} is read otherwise than when {row['id']} was written: other offsets")
    for start, end, new in reversed(row.get("edits", [])):
        text = text[:start] + new + text[end:]
    return f"{before}{text}{after}"


def measure(folder: Path | None, *, wrong: bool = False) -> Results:
    """Return the share of right verdicts of each set, and how long the slowest took, its interview's first aside."""
    figures: dict[str, dict[str, float]] = {}
    for name in SETS if folder else SETS[:1]:
        found: list[tuple[Case, Verdict]] = []
        times: list[float] = []
        seen: set[str] = set()
        for case in cases(name, folder):
            started = time.perf_counter()
            found.append((case, verify(case.quotation, [case.interview])))
            if case.interview.id in seen:
                times.append(1000 * (time.perf_counter() - started))
            seen.add(case.interview.id)
        right = [case.right(verdict) for case, verdict in found]
        same = [verdict.finding == case.verdict for case, verdict in found]
        figures[name.removesuffix(".jsonl")] = {
            "verdict": sum(same) / len(same),
            "verdict_and_changes": sum(right) / len(right),
            "quotations": float(len(right)),
            "slowest_ms": max(times),
        }
        if wrong:
            _print_wrong(found)
    return Results(figures)


def _print_wrong(found: list[tuple[Case, Verdict]]) -> None:
    for case, verdict in found:
        if not case.right(verdict):
            changes = [(c.op, c.yours, c.theirs) for c in verdict.changes]
            print(f"{case.id} {case.kind}: {case.quotation!r}", file=sys.stderr)
            print(f"    {verdict.finding} {changes}, not {case.verdict} {case.changes or ''}", file=sys.stderr)


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--wrong", action="store_true", help="show the wrong verdicts")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args()
    return run(lambda: measure(given.folder, wrong=given.wrong), as_json=given.json)


if __name__ == "__main__":
    sys.exit(main())
