"""Archives of any size: a pool of embedded interviews, and past it the same texts with other names.

In: a folder of interviews. Out: ``Embedded`` interviews, as many as are wanted. A repeated text takes over the
vectors of the first one: only what an archive of that size costs is measured with it, never what it finds.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from rag.datatypes import Interview, Turn
from rag.library import Library
from rag.local.store import LocalStore
from rag.parsing import read
from rag.store import Embedded

KINDS = {".md", ".markdown", ".txt"}
NAME = re.compile(r"[^\W\d_]{3,}")


def fill(pool: Path, folder: Path, distinct: int) -> None:
    """Embed the first ``distinct`` interviews of a folder into ``pool``; what is there already is passed over."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix in KINDS)
    step = max(len(paths) // distinct, 1)
    with Library(LocalStore(pool)) as library:
        before = len(library.list())
        for number, _ in enumerate(library.add_all(read(path) for path in paths[::step][:distinct])):
            if number >= before and number % 20 == 0:
                print(f"embedded {number} of {distinct}", flush=True)


def archive(pool: Path, size: int) -> Iterator[Embedded]:
    """Yield ``size`` interviews of the pool, again and again under other names where it is smaller."""
    store = LocalStore(pool, read_only=True)
    try:
        rounds = (store.contents() for _ in itertools.count())
        numbered = ((go, each) for go, contents in enumerate(rounds) for each in contents)
        for go, each in itertools.islice(numbered, size):
            yield _renamed(each, go) if go else each
    finally:
        store.close()


def _renamed(embedded: Embedded, go: int) -> Embedded:
    """Return the same interview of other people: their names are changed to others as long, so that spans hold."""
    interview = embedded.interview
    speakers = {turn.speaker for turn in interview.turns if turn.speaker}
    names = {word for speaker in speakers for word in NAME.findall(speaker)}
    shifted = {name: _shifted(name, go) for name in names}
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, sorted(names)))})\b") if names else None

    def other(text: str) -> str:
        return pattern.sub(lambda found: shifted[found.group()], text) if pattern else text

    turns = tuple(_with_speaker(turn, other(turn.speaker)) if turn.speaker else turn for turn in interview.turns)
    id = f"{interview.id}-{go}"
    origin = f"{interview.origin or interview.id}#{go}"
    changed: Interview = replace(
        interview, id=id, origin=origin, title=f"{other(interview.title)} {go}", text=other(interview.text),
        turns=turns, descriptions=(),
    )  # fmt: skip
    passages = tuple(replace(passage, interview=id) for passage in embedded.passages)
    return replace(embedded, interview=changed, passages=passages, given=None)


def _with_speaker(turn: Turn, speaker: str) -> Turn:
    return replace(turn, speaker=speaker)


def _shifted(name: str, by: int) -> str:
    """Return a name in which every Latin letter is the one ``by`` places on."""
    return "".join(
        chr((ord(letter) - base + by) % 26 + base)
        if (base := ord("A" if letter.isupper() else "a")) <= ord(letter) < base + 26
        else letter
        for letter in name
    )
