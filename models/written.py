"""Read questions that were written for passages of interviews, which they name by file and place, not by their words.

In: a file of questions (``*.jsonl``) and the folder that its interviews lie in. Out: ``Written`` objects.

A line has ``file`` (below the folder, or beside the questions), ``start`` and ``end`` of the passage, or of all, in the
interview's text, ``sha1`` of it, ``q``, ``gold`` (answering sentences, none where it doesn't answer) and may have
``answer`` (the words that answer, where they are known), ``more`` (sentences that answer in part) and ``kind``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rag.datatypes import Interview, Span
from rag.errors import ParseError
from rag.parsing import read

JUDGED, UNSURE = "judged", "unsure"
"""The kinds of a question put to another passage than it was written for: whether that answers was judged by reading,
or could not be told."""


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """A question, the passage it was written for, and where that answers; places are of the interview's text."""

    question: str
    interview: Interview
    passage: Span
    gold: tuple[Span, ...]
    answer: Span | None
    more: tuple[Span, ...] = ()
    """Sentences that answer in part: neither right nor wrong."""
    kind: str = ""


def read_questions(path: Path, folder: Path) -> Iterator[Written]:
    """Yield a file's questions; those for a passage that is now read otherwise are left out, and said so.

    Raises:
        SystemExit: an interview is missing.
    """
    interviews: dict[str, Interview] = {}
    # Not splitlines(): that also cuts at the line separators that a question may hold (U+2028).
    for row in map(json.loads, filter(None, path.read_text(encoding="utf-8").split("\n"))):
        name, start, end = row["file"], row["start"], row["end"]
        if name not in interviews:
            try:
                interviews[name] = read(folder / name if (folder / name).exists() else path.parent / name)
            except ParseError as problem:
                raise SystemExit(f"{path}: {problem}") from problem
        interview = interviews[name]
        if hashlib.sha1(interview.text[start:end].encode()).hexdigest() != row["sha1"]:
            print(f"{path}: left out {row['q']!r}: {name} isn't read as it was when that was written")
            continue
        gold = tuple((a, b) for a, b in row["gold"])
        answer = (row["answer"][0], row["answer"][1]) if row.get("answer") else None
        more = tuple((a, b) for a, b in row.get("more", ()))
        yield Written(row["q"], interview, (start, end), gold, answer, more, row.get("kind", ""))
