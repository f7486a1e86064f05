"""Read question-answering data and interviews as examples for the reader.

In: files in SQuAD 1.1 or 2.0 format (``*.json``), pairs of a question and the sentence that
answers it (``*.tsv``, with a header), interviews with an interviewer's questions, and questions
written for passages of interviews (``*.jsonl``). Out: ``Example`` objects.
"""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

from nupunkt import sent_spans

from models.squad import articles
from models.written import JUDGED, UNSURE, read_questions
from rag.datatypes import Role, Span
from rag.errors import ParseError
from rag.parsing import read
from rag.passages import cut

Place = tuple[str, str]
"""A passage, and what an interviewer asked before it."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question, a context, and where in the context the answer stands.

    ``answers`` are character spans of ``context``; without any, the context doesn't answer.
    ``span_known`` is false where only the answering sentence is known: the span outputs then
    learn nothing from the example. ``asked`` is a question that precedes the context, as an
    interviewer's question precedes an answer; it is never evidence. ``rivals`` are passages of the
    same text that don't answer: they are read beside it, and its answer is weighed against their sentences.
    """

    question: str
    context: str
    answers: tuple[Span, ...]
    span_known: bool = True
    asked: str = ""
    rivals: tuple[Place, ...] = ()


def read_squad(path: Path, held_out: frozenset[str] = frozenset()) -> tuple[list[Example], list[Example]]:
    """Read a SQuAD file into (training examples, examples of the articles in ``held_out``)."""
    kept: list[Example] = []
    out: list[Example] = []
    for article in articles(path):
        bucket = out if article.title in held_out else kept
        for paragraph in article.paragraphs:
            for each in paragraph.questions:
                answers = (*dict.fromkeys(each.words), *each.evidence)
                known = bool(each.words) or not answers
                bucket.append(Example(each.text.strip(), paragraph.context, answers, known, paragraph.asked or ""))
    return kept, out


def read_sentence_pairs(path: Path, group: int = 5) -> list[Example]:
    """Read question-sentence pairs, putting runs of ``group`` consecutive sentences together as contexts."""
    with path.open(encoding="utf-8", newline="") as file:
        pairs = [(r["question"], r["sentence"]) for r in csv.DictReader(file, delimiter="\t")]
    sentences = list(dict.fromkeys(s for _, s in pairs))
    place: dict[str, tuple[int, int]] = {}
    contexts: list[str] = []
    for i in range(0, len(sentences), group):
        context = ""
        for sentence in sentences[i : i + group]:
            place[sentence] = (len(contexts), len(context))
            context += sentence + " "
        contexts.append(context.rstrip())
    examples = []
    for question, sentence in pairs:
        which, start = place[sentence]
        span = (start, start + len(sentence))
        examples.append(Example(question, contexts[which], (span,), span_known=False))
    return examples


def among_others(examples: list[Example], rng: random.Random) -> list[Example]:
    """Put each one-sentence context between two others, so that there is something to choose from."""
    contexts = list(dict.fromkeys(e.context for e in examples))
    mixed = []
    for example in examples:
        before, after = rng.choice(contexts), rng.choice(contexts)
        shift = len(before) + 1
        answers = tuple((s + shift, e + shift) for s, e in example.answers)
        mixed.append(replace(example, context=f"{before} {example.context} {after}", answers=answers))
    return mixed


def read_interview(path: Path) -> list[Example]:
    """Read an interview's questions, each with the turn that answers it; which sentence does isn't known."""
    try:
        interview = read(path)
    except ParseError:
        return []
    pairs = []
    for i, turn in enumerate(interview.turns):
        before = interview.asked(i)
        if turn.role is not Role.INTERVIEWEE or before is None or interview.asked_before(i) != i - 1:
            continue
        asked = [before[s:e] for s, e in sent_spans(before) if before[s:e].rstrip().endswith("?")]
        answer = " ".join(interview.text[turn.start : turn.end].split())
        if asked and 6 <= len(asked[-1].split()) <= 30 and len(answer.split()) >= 40:
            pairs.append(Example(" ".join(asked[-1].split()), answer, ((0, len(answer)),), span_known=False))
    return pairs


@dataclass(frozen=True, slots=True)
class Others:
    """The passages of a question's interview that it wasn't written for, none of them known to answer it too."""

    taken: tuple[Place, ...]
    """Those that an earlier reader took for an answer and that, judged by reading, are none."""
    rest: tuple[Place, ...]


def read_written(path: Path, interviews: Path) -> tuple[list[Example], list[Others]]:
    """Read questions written for passages of interviews (``models/written.py``), each with the others of its interview.

    A line for a passage that doesn't answer what another passage does, or of which it can't be told, is no example, but
    tells of the others.

    Raises:
        SystemExit: an interview is missing.
    """
    found = list(read_questions(path, interviews))
    answering: defaultdict[tuple[str, str], list[Span]] = defaultdict(list)
    refused: defaultdict[tuple[str, str], set[Span]] = defaultdict(set)
    for each in found:
        if each.gold or each.kind == UNSURE:
            answering[each.interview.text, each.question].append(each.passage)
        else:
            refused[each.interview.text, each.question].add(each.passage)
    passages = {
        text: [
            ((p.start, p.end), (text[p.start : p.end], interview.asked(p.turn) or ""))
            for p in cut(interview)
            if interview.turns[p.turn].role is not Role.INTERVIEWER
        ]
        for text, interview in {e.interview.text: e.interview for e in found}.items()
    }
    examples: list[Example] = []
    others: list[Others] = []
    for each in found:
        text, (start, end) = each.interview.text, each.passage
        key = (text, each.question)
        if not each.gold and (key in answering or each.kind == JUDGED):
            continue
        known = not each.gold or each.answer is not None
        spans = [each.answer, *each.gold] if each.answer else each.gold  # the words first, then all evidence
        answers = tuple((a - start, b - start) for a, b in spans)
        asked = each.interview.asked(each.interview.turn_at(start) or 0) or ""
        examples.append(Example(each.question, text[start:end], answers, known, asked))
        away = [
            (span, place)
            for span, place in passages[text]
            if all(span[1] <= a or span[0] >= b for a, b in (each.passage, *answering[key]))
        ]
        others.append(
            Others(
                tuple(place for span, place in away if span in refused[key]),
                tuple(place for span, place in away if span not in refused[key]),
            )
        )
    return examples, others
