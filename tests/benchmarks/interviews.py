"""Measure questions written by hand for interviews, none of which anything was trained on.

``python -m tests.benchmarks.interviews FOLDER [--half HALF] [--json] [--peers]``. In: a folder of
archives with the interviews that ``questions/interviews_*.jsonl`` name, by file and place and never by
their words. Each question is put to its own interview; a third or so ask for what the interview doesn't say.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tarfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rag.datatypes import Interview
from rag.evaluation import Judged, read_questions
from rag.parsing import parse
from tests.benchmarks.data import QUESTIONS, Collection, DataError
from tests.benchmarks.peers import installed_peers
from tests.benchmarks.running import Results, arguments, progress, run
from tests.benchmarks.scores import Figures, answer_figures, answerable_figures, report, rounded, sentence_figures
from tests.benchmarks.systems import BesideEach, OnRecord, System

HALVES = ("dev", "test", "asked_dev", "asked_test", "whole_dev", "whole_test")


def collection(half: str, archives: Path, questions: Path = QUESTIONS) -> Collection:
    """Return half of the questions with their interviews.

    Raises:
        DataError: there is no such half, or an interview is missing or is not what the questions were written for.
    """
    if half not in HALVES:
        raise DataError(f"{half}: give one of {', '.join(HALVES)}")
    path = questions / f"interviews_{half}.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    interviews = _interviews({row["file"] for row in rows}, archives)
    for row in rows:
        text = interviews[row["file"]].text[row["start"] : row["end"]]
        if hashlib.sha1(text.encode()).hexdigest() != row["sha1"]:
            raise DataError(f"{archives}: {row['file']} is not what the questions were written for")
    judged: list[Judged] = [
        replace(question, interview=interviews[row["file"]].id)
        for question, row in zip(read_questions(path), rows, strict=True)
    ]
    return Collection(tuple(interviews.values()), tuple(judged))


def _interviews(names: set[str], archives: Path) -> dict[str, Interview]:
    found: dict[str, Interview] = {}
    for archive in sorted(archives.glob("*.tar.gz")):
        with tarfile.open(archive) as members:
            for name in sorted(names & set(members.getnames())):
                file = members.extractfile(name)
                if file:
                    found[name] = replace(parse(file.read(), Path(name).name), id=f"i{len(found)}")
    if missing := sorted(names - set(found)):
        raise DataError(f"{archives}: no archive holds {', '.join(missing)}")
    return found


def measure(asked: Collection, *, peers: bool = False) -> Results:
    """Return each system's figures."""
    systems: list[System] = [OnRecord(asked.interviews)]
    systems += [BesideEach(peer, asked.interviews) for peer in (installed_peers() if peers else ())]
    figures: dict[str, Figures] = {}
    reliability = ()
    for system in systems:
        ranked = [system.ask(q.question, q.interview) for q in progress(asked.questions, system.name)]
        found = report(asked.questions, ranked)
        if found:
            reliability = found.reliability
        of_answers = answer_figures(found) | ({"anywhere": found.figures["anywhere"]} if found else {})
        ranking = sentence_figures(asked.questions, ranked) | answerable_figures(asked.questions, ranked)
        figures[system.name] = rounded(ranking | of_answers, asked.questions)
    return Results(figures, reliability)


def main(argv: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = arguments(__doc__, data="the folder of the archives that hold the interviews")
    parser.add_argument("--half", default="dev", help="which questions: " + ", ".join(HALVES))
    given = parser.parse_args(argv)

    def measured() -> Results:
        return measure(collection(given.half, Path(given.data)).sample(given.limit), peers=given.peers)

    return run(measured, as_json=given.json)


if __name__ == "__main__":
    sys.exit(main())
