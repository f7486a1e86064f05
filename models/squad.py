"""Read files in SQuAD format (1.1 and 2.0), which the reader, the question encoder and the weights of the evidence use.

In: a file. Out: ``Article`` objects, and an article as an interview.

Beside SQuAD's own fields a paragraph may have ``asked``, what an interviewer asked before it, and a question
``evidence``, the spans of all sentences that answer; then it needs no answers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.datatypes import Interview, Role, Span, Turn


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and where its paragraph's context answers it: the words, and the sentences where they are known."""

    text: str
    words: tuple[Span, ...]
    evidence: tuple[Span, ...]

    @property
    def answered(self) -> bool:
        """Whether the context answers it."""
        return bool(self.words or self.evidence)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A context as it stands in the file, and the questions about it."""

    context: str
    asked: str | None
    questions: tuple[Question, ...]

    def within(self, turn: Turn, spans: Iterable[Span]) -> tuple[Span, ...]:
        """Return spans of the context as spans of the interview in which ``turn`` is this paragraph."""
        shift = turn.start - (len(self.context) - len(self.context.lstrip()))  # a turn has no blanks around it
        return tuple((start + shift, end + shift) for start, end in spans)


@dataclass(frozen=True, slots=True)
class Article:
    """A title, and the paragraphs under it."""

    title: str
    paragraphs: tuple[Paragraph, ...]


def articles(path: Path) -> Iterator[Article]:
    """Yield a file's articles; a question that is marked as impossible has no answers."""
    for data in json.loads(path.read_text(encoding="utf-8"))["data"]:
        paragraphs = (
            Paragraph(each["context"], each.get("asked"), tuple(map(_question, each["qas"])))
            for each in data["paragraphs"]
        )
        yield Article(data.get("title", ""), tuple(paragraphs))


def _question(qa: dict[str, Any]) -> Question:
    if qa.get("is_impossible"):
        return Question(qa["question"], (), ())
    words = ((each["answer_start"], each["answer_start"] + len(each["text"])) for each in qa["answers"])
    return Question(qa["question"], tuple(words), tuple((start, end) for start, end in qa.get("evidence", ())))


def article(title: str, paragraphs: Iterable[Paragraph]) -> Interview:
    """Return paragraphs of an article as an interview with one speaker, a paragraph a turn."""
    text, turns = "", []
    for paragraph in paragraphs:
        context = paragraph.context.strip()
        turns.append(Turn(len(text), len(text) + len(context), "A", Role.INTERVIEWEE))
        text += context + "\n\n"
    return Interview(title, text, tuple(turns), title)
