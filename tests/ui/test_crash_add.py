"""`onrecord add` that is killed leaves each interview whole or not there, and the same command then completes.

The real command in a process of its own, with the real encoder. A few kills in the normal suite;
``ONRECORD_KILLS=200`` kills 200 times.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from rag.datatypes import Interview
from rag.library import Library
from tests.ui.test_cli import the_json
from ui.cli import run

KILLS = int(os.environ.get("ONRECORD_KILLS", "4"))
SEED = int(os.environ.get("ONRECORD_KILLS_SEED", "20261124"))
ROOT = Path(__file__).parent.parent.parent
PATIENCE = 120.0
"""Seconds after which a command that hasn't ended hangs."""

pytestmark = [
    pytest.mark.models,
    pytest.mark.slow,
    pytest.mark.timeout(300 + 30 * KILLS),
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9"),
]

PEOPLE = {
    "held": [("Ada Moreno", "oven"), ("Lena Brandt", "orchard")],
    "new": [
        ("Amir Haddad", "ferry"),
        ("Bo Lindqvist", "archive"),
        ("Chidi Okafor", "loom"),
        ("Dora Fekete", "lighthouse"),
        ("Ewa Nowak", "press"),
        ("Finn Doyle", "quarry"),
    ],
}
QUESTIONS = ("When did you start?", "Who taught you?", "What went wrong?", "Would you do it again?")


def transcript(guest: str, thing: str) -> str:
    """Return a short made-up interview about a thing that someone looks after."""
    turns = [f"The {thing} and I"]
    for n in range(3):
        for question in QUESTIONS:
            turns.append(f"Jon Ek: {question}")
            turns.append(
                f"{guest}: In {1980 + n} the {thing} was mine to look after. My neighbour showed me how. "
                f"A storm broke the {thing} {n + 2} times, and we mended it. I would do all of it again."
            )
    return "\n\n".join(turns) + "\n"


@dataclass(frozen=True, slots=True)
class Stand:
    """A library before and after `add`, and how long that takes where nobody interrupts it."""

    before: Path
    folder: Path
    """The interviews to add."""
    held: int
    """How many interviews are there before."""
    order: tuple[Interview, ...]
    """Everything that is there after."""
    seconds: float
    writing: float
    """Of those, the seconds from the first write to the last."""


@dataclass(frozen=True, slots=True)
class Killed:
    """What became of a process."""

    seconds: float
    wrote: tuple[float, ...]
    """The seconds after which its log was seen to grow."""
    said: list[str]
    """The ids that it said were in."""
    completed: bool


def add(folder: Path, library: Path, start: float, into: float) -> Killed:
    """Run the command and kill it ``start`` seconds after its start or ``into`` seconds after its first write."""
    command = [sys.executable, "-m", "ui", "add", str(folder), "--library", str(library)]
    log = library / "library.db-wal"
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT)
    assert process.stdout is not None
    began = time.monotonic()
    end, held = began + start, 0
    wrote: list[float] = []
    with process.stdout:
        while process.poll() is None and time.monotonic() < end:
            if (now := size(log)) > held:
                wrote.append(time.monotonic() - began)
                held, end = now, min(end, began + wrote[0] + into)
            else:
                time.sleep(0.0005)
        seconds = time.monotonic() - began
        process.kill()
        said = [line.split(":")[0].removeprefix("added ") for line in process.stdout if line.startswith("added ")]
    code = process.wait()
    assert code in (0, -signal.SIGKILL)
    return Killed(seconds, tuple(wrote), said, code == 0)


def size(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:  # SQLite takes its log away when it is done
        return 0


def contents(library: Path) -> tuple[Interview, ...]:
    """Open a library as the product does, verify all of it, and return its interviews."""
    with Library.open(library) as opened:
        assert opened.check() == ()
        return tuple(opened.interview(summary.id) for summary in opened.list())


@pytest.fixture(scope="module")
def stand(tmp_path_factory: pytest.TempPathFactory) -> Stand:
    """A library of the shipped interview and two more, six more to add, and the library with them in it."""
    place = tmp_path_factory.mktemp("stand")
    for name, people in PEOPLE.items():
        (place / name).mkdir()
        for guest, thing in people:
            (place / name / f"{thing}.txt").write_text(transcript(guest, thing))
    before, after = place / "before", place / "after"
    assert run(["add", str(place / "held"), "--library", str(before)]) == 0
    held = len(contents(before))
    assert held == 3
    shutil.copytree(before, after)
    done = add(place / "new", after, PATIENCE, PATIENCE)
    order = contents(after)
    assert done.completed
    assert len(done.said) == len(PEOPLE["new"])
    assert len(order) == held + len(PEOPLE["new"])
    return Stand(before, place / "new", held, order, done.seconds, done.wrote[-1] - done.wrote[0])


def test_a_killed_add_leaves_each_interview_whole_or_not_there_and_completes_when_it_is_run_again(
    stand: Stand, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    drawn = random.Random(SEED)
    fell: Counter[str] = Counter()
    for kill in range(KILLS):
        library = tmp_path / str(kill)
        shutil.copytree(stand.before, library)
        # One in four at any moment, the others while it writes, the very first at its first write.
        anywhere = kill % 4 == 3
        start = drawn.uniform(0, stand.seconds) if anywhere else PATIENCE
        into = PATIENCE if anywhere else drawn.uniform(0, stand.writing) if kill else 0.0
        killed = add(stand.folder, library, start, into)
        there = contents(library)
        assert there == stand.order[: len(there)]
        assert {interview.id for interview in there} >= set(killed.said)
        assert listed(library, capfd) == [interview.id for interview in there]
        capfd.readouterr()
        assert run(["check", "--library", str(library)]) == 0
        assert run(["add", str(stand.folder), "--library", str(library)]) == 0
        capfd.readouterr()
        assert contents(library) == stand.order
        fell[moment_of(killed, len(there) - stand.held)] += 1
        shutil.rmtree(library)
    writing = f"{1000 * stand.writing:.0f} ms"
    print(f"{KILLS} kills of a command of {stand.seconds:.1f} s, {writing} of them writing: {dict(fell)}")
    assert fell.total() - fell["after its end"] > 0


def listed(library: Path, capfd: pytest.CaptureFixture[str]) -> list[str]:
    """Return the ids that `onrecord list` shows."""
    capfd.readouterr()
    code = run(["list", "--library", str(library), "--json"])
    out, err = capfd.readouterr()
    return [one["id"] for one in the_json((code, out, err))]


def moment_of(killed: Killed, new: int) -> str:
    """Say in which part of the command a kill fell."""
    if killed.completed:
        return "after its end"
    if not killed.wrote:
        return "before it wrote"
    return "with none in" if new == 0 else "with some in" if new < len(PEOPLE["new"]) else "with all in"
