"""Make of questions and interviews what the question encoder learns from.

In: questions written for passages of interviews (``models/written.py``) and files in SQuAD format. Out: batches of
``Task`` objects: a question, all passages of its interview with their vectors, and which of them answer.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer

from models.squad import Article, article, articles
from models.written import UNSURE, Written, read_questions
from rag.datatypes import Interview, Role, Span
from rag.encoder import minilm_folder
from rag.library import Library
from rag.local.store import LocalStore

BATCH, TOGETHER = 96, 16
"""Questions a step; at most so many of them about one interview."""
PER_PARAGRAPH = 3
"""Questions taken of a SQuAD paragraph."""
MAX_QUESTION_TOKENS = 64


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, where its interview answers it, and whether it may be held out."""

    question: str
    interview: Interview
    gold: tuple[Span, ...]
    real: bool


@dataclass(frozen=True, slots=True, eq=False)
class Passages:
    """An interview's passages but the interviewer's, their vectors, their sentences', and which passage each is of."""

    spans: list[Span]
    vectors: torch.Tensor
    sentences: torch.Tensor
    passage_of: torch.Tensor

    def score(self, questions: torch.Tensor) -> torch.Tensor:
        """Return (questions, passages): the mean of a passage's cosine and its best sentence's."""
        cosines = questions @ self.sentences.T
        best = torch.full((len(questions), len(self.vectors)), -1.0)
        best = best.scatter_reduce(1, self.passage_of.expand(len(questions), -1), cosines, "amax")
        return (questions @ self.vectors.T + best) / 2


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """A question as word pieces, the passages of its interview, and which of them answer."""

    ids: list[int]
    passages: Passages
    right: list[int]


def written(path: Path, folder: Path) -> Iterator[Asked]:
    """Yield the answerable questions that were written for passages of interviews in a folder, each once.

    A passage that may answer too, or in part, is worth finding.
    """
    answered: defaultdict[tuple[str, str], list[Written]] = defaultdict(list)
    for each in read_questions(path, folder):
        if each.gold or each.kind == UNSURE:
            answered[each.interview.text, each.question].append(each)
    for same in answered.values():
        if all(each.kind == UNSURE for each in same):
            continue
        gold = tuple(span for each in same for span in each.gold or (each.passage,))
        yield Asked(same[0].question, same[0].interview, gold, real=True)


def squad(path: Path, rng: random.Random) -> Iterator[Asked]:
    """Yield answerable questions of a SQuAD file, an article an interview; those of one paragraph are put together."""
    found = list(articles(path))
    short = tuple(each.paragraphs[0] for each in found if len(each.paragraphs) == 1)
    long = [each for each in found if len(each.paragraphs) > 1]
    for each in [*long, *([Article(path.stem, short)] if short else [])]:
        interview = article(each.title, each.paragraphs)
        for turn, paragraph in zip(interview.turns, each.paragraphs, strict=True):
            asked = [question for question in paragraph.questions if question.answered]
            if paragraph.asked is None:
                asked = rng.sample(asked, min(PER_PARAGRAPH, len(asked)))
            for question in asked:
                gold = paragraph.within(turn, question.evidence or question.words)
                yield Asked(question.text, interview, gold, real=False)


def embedded(interviews: Iterable[Interview], folder: Path) -> dict[str, Passages]:
    """Return the passages of interviews by the interview's text; vectors of a run before are used again."""
    wanted = {interview.text: interview for interview in interviews}
    with Library(LocalStore(folder)) as library:
        for number, _ in enumerate(library.add_all(wanted.values()), 1):
            if number % 50 == 0:
                print(f"embedded {number} of {len(wanted)}", flush=True)
    store, found = LocalStore(folder, read_only=True), {}
    for each in store.contents():
        if each.interview.text not in wanted:
            continue
        kept = [
            row
            for row, passage in enumerate(each.passages)
            if each.interview.turns[passage.turn].role is not Role.INTERVIEWER
        ]
        if kept:
            sentences = [torch.tensor(each.sentence_vectors[row]) for row in kept]
            found[each.interview.text] = Passages(
                [(each.passages[row].start, each.passages[row].end) for row in kept],
                torch.tensor(each.vectors[kept]),
                torch.cat(sentences),
                torch.repeat_interleave(torch.tensor([len(part) for part in sentences])),
            )
    store.close()
    return found


def tasks(asked: Iterable[Asked], passages: dict[str, Passages]) -> dict[str, list[Task]]:
    """Return what there is to learn from, by interview; one of a single passage has nothing to teach."""
    tokenizer = Tokenizer.from_file(str(minilm_folder() / "tokenizer.json"))
    tokenizer.enable_truncation(MAX_QUESTION_TOKENS)
    tokenizer.no_padding()
    found: defaultdict[str, list[Task]] = defaultdict(list)
    for each in asked:
        own = passages.get(each.interview.text)
        if own and len(own.spans) > 1:
            right = [i for i, (s, e) in enumerate(own.spans) if any(s < b and a < e for a, b in each.gold)]
            if right:
                found[each.interview.text].append(Task(tokenizer.encode(each.question).ids, own, right))
    return found


def batches(by_interview: Iterable[Sequence[Task]], rng: random.Random) -> Iterator[list[Sequence[Task]]]:
    """Yield steps' questions, those about one interview side by side."""
    parts: list[Sequence[Task]] = []
    for own in by_interview:
        shuffled = rng.sample(own, len(own))
        parts += [shuffled[at : at + TOGETHER] for at in range(0, len(shuffled), TOGETHER)]
    rng.shuffle(parts)
    batch: list[Sequence[Task]] = []
    for part in parts:
        batch.append(part)
        if sum(map(len, batch)) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
