"""Measure follow-up questions: how many are taken to mean what they mean.

``python -m tests.benchmarks.followups dev|test [FOLDER] [--wrong] [--json]``. FOLDER holds the interviews that
questions/followups.jsonl names; without it only the questions of questions/followups_answers.jsonl are asked,
whose interviews are made up and stand beside it. These are asked twice: with the questions before only, and with
what was answered to them. The test halves are for final figures only: ``--wrong`` works on the dev halves.
A question is right when it holds all of ``must`` (``a|b``: one of these) and none of ``must_not``; one with
``alone`` has a topic of its own, and is right when it is taken as it would be without a history.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rag.conversation import understand
from rag.datatypes import Interview, Quote
from rag.parsing import ParseOptions, read
from tests.benchmarks.data import QUESTIONS, DataError
from tests.benchmarks.running import Results, run

ROOT = Path(__file__).parent.parent.parent
SETS = ("followups.jsonl", "followups_answers.jsonl")
_LEAD = re.compile(r"^(?:and|but|so|ok)\b[,\s]*", re.I)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question in its conversation, and what it must be taken to mean."""

    id: str
    half: str
    file: str
    history: tuple[str, ...]
    answered: tuple[str, ...]
    """The sentence that answered each question of the history, «the words that answer» marked; empty for none."""
    question: str
    must: tuple[str, ...]
    must_not: tuple[str, ...]
    alone: bool

    def right(self, taken: str, taken_alone: str) -> bool:
        """Tell whether a question that stands alone is the one that was meant."""
        low = taken.lower()
        if self.alone:
            return _LEAD.sub("", low) == _LEAD.sub("", taken_alone.lower())
        has = all(any(term in low for term in terms.lower().split("|")) for terms in self.must)
        return has and not any(term.lower() in low for term in self.must_not)

    def answers(self, interview: Interview) -> dict[int, tuple[Quote, ...]]:
        """Return the quotes that answered the questions of the history, by their places in it."""
        return {n: (quote(sentence, interview),) for n, sentence in enumerate(self.answered) if sentence}


def follow_ups(name: str) -> Iterator[FollowUp]:
    """Yield the follow-ups of one set."""
    for line in (QUESTIONS / name).read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        yield FollowUp(
            case["id"],
            case["half"],
            case["file"],
            tuple(case["history"]),
            tuple(case.get("answered", ())),
            case["q"],
            tuple(case["must"]),
            tuple(case["must_not"]),
            case.get("alone", False),
        )


def quote(sentence: str, interview: Interview) -> Quote:
    """Return the quote of a sentence of the interview, the words in «...» highlighted."""
    before, _, rest = sentence.partition("«")
    marked, _, after = rest.partition("»")
    start = interview.text.index(before + marked + after)
    end = start + len(before + marked + after)
    turn = interview.turn_at(start)
    if turn is None:
        raise DataError(f"nobody says: {sentence}")
    highlight = ((start + len(before), start + len(before) + len(marked)),) if marked else ()
    return Quote(interview, turn, start, end, highlight)


@cache
def interview_of(file: str, folder: Path | None) -> Interview:
    """Read the interview that a follow-up is put to."""
    inside = {"seeds": ROOT, "followups_interviews": QUESTIONS}.get(file.partition("/")[0])
    path = (inside or folder or Path()) / file
    if not path.exists():
        raise DataError(f"{path} is missing: give the folder of the interviews that followups.jsonl names")
    return read(path, ParseOptions())


def taken(case: FollowUp, interview: Interview, *, with_answers: bool) -> tuple[str, bool]:
    """Return what a follow-up is taken to mean, and whether that is right."""
    answers = case.answers(interview) if with_answers else {}
    meant = understand(case.question, case.history, [interview], lambda n: answers.get(n, ())).question
    return meant, case.right(meant, understand(case.question, (), [interview]).question)


def measure(half: str, folder: Path | None, *, wrong: bool = False) -> Results:
    """Return the share of follow-ups that are understood, of each set and each way."""
    figures: dict[str, dict[str, float]] = {}
    for name in SETS if folder else SETS[1:]:
        cases = [c for c in follow_ups(name) if c.half == half]
        for way in (False, True) if name == SETS[1] else (False,):
            found = [(c, *taken(c, interview_of(c.file, folder), with_answers=way)) for c in cases]
            label = f"{name.removesuffix('.jsonl')}{' with answers' if way else ''}"
            figures[label] = {"resolved": sum(ok for *_, ok in found) / len(found), "questions": float(len(found))}
            if wrong:
                _print_wrong(label, found)
    return Results(figures)


def _print_wrong(label: str, found: Sequence[tuple[FollowUp, str, bool]]) -> None:
    for case, meant, ok in found:
        if not ok:
            print(f"{label} {case.id}: {' / '.join(case.history)} -> {case.question} => {meant}", file=sys.stderr)


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("half", choices=("dev", "test"))
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument(
        "--wrong", action="store_true", help="show the questions of the dev half that are taken wrongly"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args()
    if given.wrong and given.half == "test":
        parser.error("the test half is never looked at")
    return run(lambda: measure(given.half, given.folder, wrong=given.wrong), as_json=given.json)


if __name__ == "__main__":
    sys.exit(main())
