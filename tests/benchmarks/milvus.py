"""A library and its copy in Milvus: the same answers, and what each step costs as the archive grows.

In: a folder of interviews. Out: JSON with the share of questions that both answer alike, and for each
number of passages how long a step takes and how many bytes a passage takes on disk.

    python -m tests.benchmarks.milvus FOLDER [--interviews 250] [--questions 60] [--passages 1000 4000 16000]

Times need no model, so there the vectors are drawn at random.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from statistics import median

import numpy as np

from rag.datatypes import Answer, Interview, Scope
from rag.encoder import DEFAULT_MODEL
from rag.errors import OnTheRecordError
from rag.library import Library
from rag.local.store import LocalStore
from rag.minilm import load_encoder
from rag.parsing import read
from rag.passages import cut
from rag.store import Embedded, Store
from rag.stores import copy, open_store
from rag.vectors import Vectors

DIMENSION = 384
TIMES = 15
"""How often a step is timed; the median counts."""
SEED = 20261124

NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}(?: [A-Z][a-z]+)?")
FORMS = (
    "What does {who} say about {what}?",
    "Why does {who} use {what}?",
    "Who speaks of {what}?",
    "how did they come to {what}",
    "Is {what} any good?",
    "What is {what} for, in {who}'s work?",
)


def interviews_in(folder: Path, most: int) -> Iterator[Interview]:
    """Yield the first interviews of a folder and those in it, by name."""
    found = 0
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if found == most:
            return
        try:
            interview = read(path)
        except OnTheRecordError:
            continue
        if interview.interviewees:
            found += 1
            yield interview


def questions(interviews: Sequence[Interview], count: int) -> list[str]:
    """Make questions of names that the interviews say, one in five put to somebody else."""
    drawn = random.Random(SEED)
    made = []
    while len(made) < count:
        told, asked = drawn.choice(interviews), drawn.choice(interviews)
        names = NAME.findall(told.text)
        if names:
            who = (asked if len(made) % 5 == 0 else told).interviewees[0]
            made.append(drawn.choice(FORMS).format(who=who, what=drawn.choice(names)))
    return made


def same_answers(folder: Path, interviews: int, count: int) -> dict[str, object]:
    """Put the same questions to a library and to its copy in Milvus."""
    given = list(interviews_in(folder, interviews))
    with tempfile.TemporaryDirectory() as place:
        local = LocalStore(Path(place) / "library")
        encoder = load_encoder(DEFAULT_MODEL)
        with Library(local, encoder=encoder) as library:
            for interview in given:
                library.add(interview)
            asked = questions(given, count)
            begun = time.perf_counter()
            with closing(open_store(archive=f"{place}/archive.db")) as remote:
                copied = len(list(copy(local, remote)))
                copying = time.perf_counter() - begun
                there = Library(remote, encoder=encoder)
                pairs = [(library.ask(question), there.ask(question)) for question in asked]
            differing = [q for q, (one, two) in zip(asked, pairs, strict=True) if not _alike(one, two)]
            return {
                "interviews": copied,
                "passages": local.size,
                "copying_seconds": round(copying, 1),
                "questions": len(asked),
                "answered": sum(bool(one.quotes) for one, _ in pairs),
                "same_answers": 1 - len(differing) / len(asked),
                "differing": differing,
            }


def _alike(one: Answer, two: Answer) -> bool:
    return _told(one) == _told(two) and math.isclose(one.confidence, two.confidence, abs_tol=1e-3)


def _told(answer: Answer) -> object:
    quotes = [[(q.interview.id, q.start, q.end, q.highlight) for q in part] for part in (answer.quotes, answer.closest)]
    return answer.status, quotes


def costs(folder: Path, passages: int) -> dict[str, object]:
    """Time each step over an archive of about so many passages, on this machine alone."""
    drawn = np.random.default_rng(SEED)
    with tempfile.TemporaryDirectory() as place, closing(open_store(archive=f"{place}/archive.db")) as store:
        store.use_model("drawn at random", DIMENSION)
        begun = time.perf_counter()
        for interview in interviews_in(folder, 10**9):
            if store.size >= passages:
                break
            units = cut(interview)
            sentences = tuple(_drawn(drawn, len(unit.sentences)) for unit in units)
            store.add(Embedded(interview, units, _drawn(drawn, len(units)), sentences))
        adding = time.perf_counter() - begun
        size = store.size
        words = iter(drawn.permutation(_words(store)).tolist())
        scope = Scope(interviews=(store.summaries()[0].id,))
        row, _ = store.nearest(_drawn(drawn, 1)[0], 1)[0]
        steps: dict[str, Callable[[], object]] = {
            "nearest_40": lambda: store.nearest(_drawn(drawn, 1)[0], 40),
            "nearest_40_in_one_interview": lambda: store.nearest(_drawn(drawn, 1)[0], 40, scope),
            "matching_40_of_3_new_words": lambda: store.matching([next(words) for _ in range(3)], 40),
            "count_of_a_new_word": lambda: store.document_frequency([next(words)]),
            "passages_40": lambda: store.passages(range(row, row + 40)),
        }
        timed = {name: _milliseconds(step) for name, step in steps.items()}
        store.close()
        files = sum(file.stat().st_size for file in Path(place).rglob("*") if file.is_file())
    return {
        "passages": size,
        "add_ms_a_passage": round(1000 * adding / size, 2),
        "bytes_a_passage_on_disk": round(files / size),
        "ms": timed,
    }


def _drawn(generator: np.random.Generator, count: int) -> Vectors:
    vectors = generator.normal(size=(count, DIMENSION)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def _words(store: Store) -> list[str]:
    """Return words of some interviews, each once, that a question might have."""
    found = {word for s in store.summaries()[:40] for word in re.findall(r"[a-z]{5,}", store.interview(s.id).text)}
    return sorted(found)


def _milliseconds(step: Callable[[], object]) -> float:
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        step()
        taken.append(time.perf_counter() - begun)
    return round(1000 * median(taken), 1)


def main() -> None:
    """Measure, and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--interviews", type=int, default=250)
    parser.add_argument("--questions", type=int, default=60)
    parser.add_argument("--passages", type=int, nargs="*", default=[1_000, 4_000, 16_000])
    given = parser.parse_args()
    if given.questions:
        print(json.dumps(same_answers(given.folder, given.interviews, given.questions)), flush=True)
    for passages in given.passages:
        print(json.dumps(costs(given.folder, passages)), flush=True)


if __name__ == "__main__":
    main()
