"""A process that is killed while it writes leaves the library as before or as after, never between.

The normal suite kills a dozen times; ``ONRECORD_KILLS=200`` kills 200 times.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rag.datatypes import Interview, Scope
from rag.local.store import LocalStore
from tests.made_up import DIMENSION, MODEL, interview, put, vector

KILLS = int(os.environ.get("ONRECORD_KILLS", "12"))
ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")

WRITER = """
import sys
from pathlib import Path
from rag.local.store import LocalStore
from tests.made_up import DIMENSION, MODEL, interview, put
from tests.test_crash import version

folder, n = Path(sys.argv[1]), int(sys.argv[2])
print("ready", flush=True)
store = LocalStore(folder)
store.use_model(MODEL, DIMENSION)
while True:
    n += 1
    id = f"i{n % 7}"
    print("begin", id, n, flush=True)
    if n % 5 == 4 and any(s.id == id for s in store.summaries()):
        store.remove(id)
    else:
        put(store, version(id, n))
    print("done", id, n, flush=True)
    if n % 11 == 0:
        store.compact()
"""


def version(id: str, n: int) -> Interview:
    """Return the n-th version of an interview, long enough for a kill to fall into its writing."""
    return interview(id, *(f"Version{n} says {k}. So be it. And so on." for k in range(12)), origin=f"/{id}")


def killed_writer(folder: Path, n: int, seconds: float) -> list[list[str]]:
    """Let a process write to the library from version ``n`` on, kill it, and return what it said."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), str(n)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdout is not None
    with process.stdout:
        assert process.stdout.readline() == "ready\n"
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        said = process.stdout.read()
    assert process.wait() == -signal.SIGKILL
    return [line.split() for line in said.splitlines(keepends=True) if line.endswith("\n")]  # the last may be torn


def held(folder: Path) -> dict[str, str]:
    """Open the library, verify all of it, and return its texts."""
    store = LocalStore(folder)
    store.use_model(MODEL, DIMENSION)
    assert [problem for problem in store.check() if "makes it again" not in problem] == []
    found = store.passages([row for row, _ in store.nearest(vector("x"), 9999)])
    assert len(found) == store.size == sum(24 for _ in store.summaries())
    texts = {s.id: store.interview(s.id).text for s in store.summaries()}
    for id, text in texts.items():
        assert len(store.matching([text.split()[2].strip("?")], 9999, Scope(interviews=(id,)))) == 24
    store.close()
    return texts


def test_a_killed_process_leaves_the_library_as_before_or_as_after(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    known: dict[str, str] = {}
    n, inside = 0, 0
    moments = random.Random(20261123)
    for kill in range(KILLS):
        lines = killed_writer(folder, n, 0.02 if kill == 0 else moments.uniform(0.0, 0.5))
        begun = [(line[1], int(line[2])) for line in lines if line[0] == "begin"]
        done = [(line[1], int(line[2])) for line in lines if line[0] == "done"]
        for id, number in done:
            known = after(known, id, number)
        now = held(folder)
        if len(begun) > len(done):
            inside += 1
            assert now in (known, after(known, *begun[-1]))
        else:
            assert now == known
        known = now
        n = begun[-1][1] if begun else n
    print(f"{KILLS} kills, {inside} of them inside a write, {n} writes begun")
    assert n > 0


def after(known: dict[str, str], id: str, n: int) -> dict[str, str]:
    """Return what the library holds after the n-th write."""
    if n % 5 == 4 and id in known:
        return {key: text for key, text in known.items() if key != id}
    return known | {id: version(id, n).text}


def test_a_library_whose_making_was_interrupted_is_made_when_it_is_opened_again(tmp_path: Path) -> None:
    for kill in range(KILLS):
        folder = tmp_path / str(kill)
        killed_writer(folder, 0, kill / KILLS * 0.03)
        store = LocalStore(folder)
        store.use_model(MODEL, DIMENSION)
        put(store, interview("one", origin="/one"))
        assert "one" in {s.id for s in store.summaries()}
        assert store.check() == ()
        store.close()
