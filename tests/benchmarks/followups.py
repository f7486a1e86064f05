"""Measure follow-up questions: how many are taken to mean what they mean.

``python -m tests.benchmarks.followups FOLDER dev|test [--json]``. FOLDER holds the interviews that
questions/followups.jsonl names; those about the shipped interview need none. The test half is for final
figures only. A question is right when it holds all of ``must`` (``a|b``: one of these) and none of ``must_not``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rag.conversation import understand
from rag.datatypes import Interview
from rag.parsing import ParseOptions, read
from tests.benchmarks.data import QUESTIONS, DataError
from tests.benchmarks.running import Results, run

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question in its conversation, and what it must be taken to mean."""

    file: str
    history: tuple[str, ...]
    question: str
    must: tuple[str, ...]
    must_not: tuple[str, ...]

    def right(self, taken: str) -> bool:
        """Tell whether a question that stands alone is the one that was meant."""
        low = taken.lower()
        has = all(any(term in low for term in terms.lower().split("|")) for terms in self.must)
        return has and not any(term.lower() in low for term in self.must_not)


def follow_ups(half: str) -> Iterator[FollowUp]:
    """Yield the follow-ups of one half."""
    for line in (QUESTIONS / "followups.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if case["half"] == half:
            yield FollowUp(
                case["file"], tuple(case["history"]), case["q"], tuple(case["must"]), tuple(case["must_not"])
            )


def measure(folder: Path, half: str) -> Results:
    """Return the share of follow-ups that are understood."""

    @cache
    def interview(file: str) -> Interview:
        path = ROOT / file if file.startswith("seeds/") else folder / file
        if not path.exists():
            raise DataError(f"{path} is missing: give the folder of the interviews that followups.jsonl names")
        return read(path, ParseOptions())

    cases = list(follow_ups(half))
    right = [c.right(understand(c.question, c.history, [interview(c.file)]).question) for c in cases]
    return Results({"onrecord": {"follow_ups_resolved": sum(right) / len(right), "questions": float(len(right))}})


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("half", choices=("dev", "test"))
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args()
    return run(lambda: measure(given.folder, given.half), as_json=given.json)


if __name__ == "__main__":
    sys.exit(main())
