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
    Others,
    Place,
    among_others,
    read_interview,
    read_sentence_pairs,
    read_squad,
    read_written,
)
from models.rivals import with_rivals
from rag.minilm import MiniLM

MADE_UP = "made_up_interviews"
"""The file stem of the questions that were written for made-up passages."""
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
    "made_up_interviews": Source(repeat=2),
    "made_up_passages": Source(repeat=2),
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


def _made_up(path: Path) -> tuple[list[Example], list[Sequence[Place]]]:
    """Read questions written for made-up passages, each with the passages that it wasn't written for."""
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
        others: list[Others] = []
        if path.suffix == ".jsonl":
            found, others = read_written(path, interviews)
        elif path.stem == MADE_UP:
            found, elsewhere = _made_up(path)
            for _ in range(source.repeat // 2):
                train += made.asked_of_others(found, elsewhere, rng)
        else:
            found, out = _questions(path, held_out)
            dev += out
        if source.limit and len(found) > source.limit:
            kept = rng.sample(range(len(found)), source.limit)
            found, others = [found[i] for i in kept], [others[i] for i in kept] if others else []
        if path.stem == "qamr_wiki":
            found = among_others(found, rng)
        new = [
            # Whether another passage of an interview answers too is known of some only: they are rivals, below.
            *made.wrong_paragraphs([] if others else found, 0.15, rng),
            *made.swapped_questions(found, 0.12, rng),
            *made.topic_questions(found, 0.16, rng),
            *made.terse_questions(found, 0.08, rng),
            *made.missing_details(found, 0.04, rng),
            *made.asked_elsewhere(found, [e.context for e in spoken], len(found) // 20, rng),
        ]
        as_often = found * source.repeat
        if others:
            unanswered = [e for e in found if not e.answers]
            as_often = unanswered * source.repeat + with_rivals(found, others, source.repeat, MiniLM(), rng)
        train += made.with_asked(as_often + new, 0.25, rng)
    if synonyms:
        from models.synonyms import Synonyms

        train += list(made.reworded(train, 0.15, Synonyms.read(synonyms).of, rng))
    return train, dev
