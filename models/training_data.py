"""Put together what the reader is trained on: how much of each file, and what is made out of it.

In: data files and interviews (``models/reader_data.py``). Out: training and held-out ``Example``s,
some of them made out of the others (``models/made_questions.py``).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from models import made_questions as made
from models.reader_data import (
    Example,
    Place,
    among_others,
    read_interview,
    read_sentence_pairs,
    read_squad,
    read_written,
)

WRITTEN = frozenset({"interview_questions", "made_up_interviews"})
"""The questions that were written for interviews, by file stem."""
INTERVIEWS = frozenset({".md", ".markdown", ".txt", ".vtt", ".srt"})
INTERVIEW_QUESTIONS = 4_000
"""At most so many questions that interviewers asked: which sentence answers them isn't known."""


@dataclass(frozen=True, slots=True)
class Source:
    """How much of one data file to take: at most ``limit`` questions, each ``repeat`` times."""

    limit: int | None = None
    repeat: int = 1


# By file stem. The limits keep many questions on few or alike texts from outweighing everything else.
SOURCES = {
    "qamr_wiki": Source(limit=5_000),
    "subjqa_train": Source(limit=6_000),
    "squad2_dev_articles": Source(repeat=2),
    "interview_questions": Source(repeat=6),
    "made_up_interviews": Source(repeat=6),
}


def _interviews(paths: list[Path], rng: random.Random) -> list[Example]:
    """Return at most ``INTERVIEW_QUESTIONS`` examples, each question once."""
    pairs: dict[str, Example] = {}
    for path in paths:
        for example in read_interview(path):
            pairs.setdefault(example.question, example)
    found = list(pairs.values())
    return found if len(found) <= INTERVIEW_QUESTIONS else rng.sample(found, INTERVIEW_QUESTIONS)


def _questions(path: Path, held_out: frozenset[str]) -> tuple[list[Example], list[Example]]:
    return (read_sentence_pairs(path), []) if path.suffix == ".tsv" else read_squad(path, held_out)


def _written(path: Path, interviews: Path) -> tuple[list[Example], list[Sequence[Place]]]:
    """Read written questions, each with the passages of the same text, or of all texts, that it wasn't written for."""
    if path.suffix == ".jsonl":
        found, others = read_written(path, interviews)
        return found, list(others)
    found, _ = read_squad(path)
    places = list(dict.fromkeys((e.context, e.asked) for e in found))
    return found, [[p for p in places if p[0] != e.context] for e in found]


def load(
    paths: list[Path],
    held_out: frozenset[str],
    seed: int,
    synonyms: Path | None = None,
    interviews: Path = Path("."),
) -> tuple[list[Example], list[Example]]:
    """Read data files into (training examples, held-out examples); the same seed gives the same lists.

    ``synonyms`` is a folder of WordNet's database files: with it, some questions are put in other words.
    ``interviews`` is where the interviews lie that ``.jsonl`` questions were written for.

    Raises:
        SystemExit: a path does not exist or has an ending that no reader here knows.
    """
    rng = random.Random(seed)
    train: list[Example] = []
    dev: list[Example] = []
    files = [f for p in paths for f in (sorted(x for x in p.rglob("*") if x.is_file()) if p.is_dir() else [p])]
    for path in files:
        if not path.exists() or path.suffix not in {".json", ".tsv", ".jsonl", *INTERVIEWS}:
            raise SystemExit(f"{path}: no such .json (SQuAD), .jsonl or .tsv (questions) or interview file")
    spoken = _interviews([f for f in files if f.suffix in INTERVIEWS], rng)
    train += [*spoken, *made.topic_questions(spoken, 0.5, rng), *made.missing_details(spoken, 0.4, rng)]
    for path in (f for f in files if f.suffix not in INTERVIEWS):
        source = SOURCES.get(path.stem, Source())
        if path.stem in WRITTEN:
            found, others = _written(path, interviews)
            for _ in range(source.repeat // 2):
                train += made.asked_of_others(found, others, rng)
        else:
            found, out = _questions(path, held_out)
            dev += out
        if source.limit and len(found) > source.limit:
            found = rng.sample(found, source.limit)
        if path.stem == "qamr_wiki":
            found = among_others(found, rng)
        new = [
            *made.wrong_paragraphs(found, 0.15, rng),
            *made.swapped_questions(found, 0.12, rng),
            *made.topic_questions(found, 0.16, rng),
            *made.terse_questions(found, 0.08, rng),
            *made.missing_details(found, 0.04, rng),
            *made.asked_elsewhere(found, [e.context for e in spoken], len(found) // 20, rng),
        ]
        train += made.with_asked(found * source.repeat + new, 0.25, rng)
    if synonyms:
        from models.synonyms import Synonyms

        train += list(made.reworded(train, 0.15, Synonyms.read(synonyms).of, rng))
    return train, dev
