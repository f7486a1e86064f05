"""Read question-answering data as interviews and judged questions.

In: files in the formats their authors publish. Out: a ``Collection``, every paragraph, section or
dialogue of it an ``Interview``, every question a ``Judged`` with the answers' places in it.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rag.datatypes import Interview, Role, Span, Status, Turn
from rag.evaluation import Judged, read_questions
from rag.parsing import read

QUESTIONS = Path(__file__).parent / "questions"
NARRATOR = "Narrator"
SAMPLE_SEED = 7


class DataError(Exception):
    """A file that is missing or in another format; its message says what to do."""


@dataclass(frozen=True, slots=True)
class Collection:
    """Interviews, and questions whose gold spans point into one of them each."""

    interviews: tuple[Interview, ...]
    questions: tuple[Judged, ...]

    def sample(self, limit: int | None) -> Collection:
        """Return all interviews with at most ``limit`` questions, drawn at random, always the same ones."""
        if limit is None or limit >= len(self.questions):
            return self
        chosen = random.Random(SAMPLE_SEED).sample(range(len(self.questions)), limit)
        return replace(self, questions=tuple(self.questions[i] for i in sorted(chosen)))

    def asked(self) -> Collection:
        """Return only the interviews that questions are put to."""
        needed = {question.interview for question in self.questions}
        return replace(self, interviews=tuple(i for i in self.interviews if i.id in needed))


def squad(path: Path, titles: Sequence[str] = ()) -> Collection:
    """Read a file in SQuAD 1.1 or 2.0 format, each paragraph an interview; of these articles only, where named."""
    interviews: dict[str, Interview] = {}
    questions: list[Judged] = []
    for article in _records(path, "data"):
        if titles and article.get("title") not in titles:
            continue
        for paragraph in article["paragraphs"]:
            text = paragraph["context"]
            if text not in interviews:
                interviews[text] = _monologue(f"p{len(interviews)}", text, article.get("title") or "Untitled")
            questions += [_squad_question(interviews[text].id, qa) for qa in paragraph["qas"]]
    if not interviews:
        raise DataError(f"{path}: no paragraphs" + (f" of {', '.join(titles)}" if titles else ""))
    return Collection(tuple(interviews.values()), tuple(questions))


def _squad_question(interview: str, qa: dict[str, Any]) -> Judged:
    impossible = bool(qa.get("is_impossible")) or not qa["answers"]
    spans = {(a["answer_start"], a["answer_start"] + len(a["text"])): None for a in qa["answers"]}
    return Judged(
        id=str(qa["id"]),
        question=qa["question"].strip(),
        status=Status.NOT_FOUND if impossible else Status.ANSWERED,
        gold=() if impossible else tuple(spans),
        interview=interview,
    )


def selqa(path: Path) -> Collection:
    """Read SelQA's answer-sentence selection, each section of an article an interview."""
    interviews: dict[tuple[str, ...], Interview] = {}
    questions = []
    for number, row in enumerate(_records(path)):
        sentences = tuple(row["candidates"])
        if sentences not in interviews:
            title = f"{row['article']}: {row['section']}"
            interviews[sentences] = _monologue(f"s{len(interviews)}", " ".join(sentences), title)
        starts = [sum(len(s) + 1 for s in sentences[:i]) for i in row["answers"]]
        gold = tuple((start, start + len(sentences[i])) for start, i in zip(starts, row["answers"], strict=True))
        kind = "paraphrase" if row["is_paraphrase"] else "original"
        questions.append(
            Judged(str(number), row["question"], Status.ANSWERED, gold, kind=kind, interview=interviews[sentences].id)
        )
    return Collection(tuple(interviews.values()), tuple(questions))


def friendsqa(path: Path) -> Collection:
    """Read FriendsQA, each dialogue an interview of many speakers, each gold span a whole utterance."""
    interviews: list[Interview] = []
    questions: list[Judged] = []
    for dialogue in _records(path, "data"):
        for paragraph in dialogue["paragraphs"]:
            interview, places = _dialogue(f"d{len(interviews)}", dialogue["title"], paragraph["utterances:"])
            interviews.append(interview)
            for qa in paragraph["qas"]:
                gold = tuple(dict.fromkeys(places[a["utterance_id"]] for a in qa["answers"]))
                questions.append(Judged(qa["id"], qa["question"], Status.ANSWERED, gold, interview=interview.id))
    return Collection(tuple(interviews), tuple(questions))


def _dialogue(id: str, title: str, utterances: Sequence[dict[str, Any]]) -> tuple[Interview, dict[int, Span]]:
    text = ""
    turns: list[Turn] = []
    places: dict[int, Span] = {}
    for line in utterances:
        speaker = " and ".join(line["speakers"])
        words = line["utterance"].strip()
        text += f"{speaker}: "
        places[line["uid"]] = (len(text), len(text) + max(len(words), 1))
        if words:
            turns.append(Turn(len(text), len(text) + len(words), speaker, Role.OTHER))
        text += f"{words}\n"
    return Interview(id, text, tuple(turns), title), places


def offtopic_questions() -> tuple[Judged, ...]:
    """Return the questions about other interviews."""
    return read_questions(QUESTIONS / "offtopic.jsonl")


def offtopic(folder: Path) -> Collection:
    """Return those questions with the interviews they are about, read from ``folder``."""
    lines = (QUESTIONS / "offtopic.jsonl").read_text(encoding="utf-8").splitlines()
    files = [json.loads(line)["file"] for line in lines]
    missing = [name for name in dict.fromkeys(files) if not (folder / name).is_file()]
    if missing:
        raise DataError(f"{folder}: lacks {', '.join(missing)}")
    interviews = {name: replace(read(folder / name), id=f"i{n}") for n, name in enumerate(dict.fromkeys(files))}
    questions = zip(offtopic_questions(), files, strict=True)
    judged = tuple(replace(question, interview=interviews[name].id) for question, name in questions)
    return Collection(tuple(interviews.values()), judged)


def _monologue(id: str, text: str, title: str) -> Interview:
    spoken = Turn(len(text) - len(text.lstrip()), len(text.rstrip()), NARRATOR, Role.INTERVIEWEE)
    return Interview(id, text, (spoken,), title.replace("_", " "))


def _records(path: Path, name: str | None = None) -> list[dict[str, Any]]:
    try:
        loaded = json.loads(path.read_text(encoding="utf-8"))
        return list(loaded[name] if name else loaded)
    except OSError as problem:
        raise DataError(f"{path}: can't read it ({problem.strerror})") from problem
    except (ValueError, KeyError, TypeError) as problem:
        raise DataError(f"{path}: not in the format expected here") from problem
