"""A library in a folder: opened again, shared by processes, damaged, full, or not to be written."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rag.datatypes import Role, Scope, Told
from rag.errors import LibraryDamaged, LibraryError, LibraryTooNew, ModelMismatch
from rag.local import catalogue, schema
from rag.local.store import LocalStore
from rag.store import Outcome
from tests.made_up import DIMENSION, MODEL, embedded, interview, put, retold, vector

ROOT = Path(__file__).parent.parent
ADA = interview("ada", "Engines weave algebra. The loom weaves flowers.", "Poetry is late.", origin="/ada.txt")
MARY = interview("mary", "Sunspots vary. Fossils do not run.", origin="/mary.txt", guest="Mary Somerville")
NOBODY = 65534
"""The user without rights of its own, as whom root lets a test run."""


def opened(folder: Path, *, read_only: bool = False) -> LocalStore:
    store = LocalStore(folder, read_only=read_only)
    store.use_model(MODEL, DIMENSION)
    return store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library that holds Ada, closed."""
    store = opened(tmp_path / "library")
    put(store, ADA)
    store.close()
    return tmp_path / "library"


def found(store: LocalStore) -> dict[str, float]:
    """Return all passages by interview and turn, with their cosines."""
    pairs = dict(store.nearest(vector("x"), 9999))
    return {f"{p.passage.interview} {p.passage.turn}": pairs[p.row] for p in store.passages(list(pairs))}


# Opening


def test_what_was_added_is_there_when_the_library_is_opened_again(folder: Path) -> None:
    store = opened(folder)
    assert store.interview("ada") == ADA
    assert len(found(store)) == 4
    assert store.matching(["algebra"], 5)
    store.close()


def test_a_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    opened(tmp_path / "a" / "b" / "c").close()
    assert (tmp_path / "a" / "b" / "c" / schema.DATABASE).is_file()


def test_a_link_to_a_folder_is_that_folder(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(folder)
    store = opened(tmp_path / "link")
    assert store.interview("ada") == ADA
    store.close()


@pytest.mark.parametrize("what", ["a file", "a dangling link", "below a file", "a folder for a database"])
def test_what_is_no_folder_is_refused_in_one_line(tmp_path: Path, what: str) -> None:
    path = tmp_path / "library"
    if what == "a dangling link":
        path.symlink_to(tmp_path / "nowhere" / "else")
    elif what == "a folder for a database":
        (path / schema.DATABASE).mkdir(parents=True)
    else:
        path.write_text("letters")
    with pytest.raises(LibraryError, match=str(tmp_path)) as refused:
        LocalStore(path / "below" if what == "below a file" else path)
    assert "\n" not in str(refused.value)
    assert what not in {"a file", "below a file"} or path.read_text() == "letters"


def test_a_library_that_is_only_to_be_read_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no library in"):
        LocalStore(tmp_path / "library", read_only=True)
    assert not (tmp_path / "library").exists()


def test_closing_twice_does_no_harm_and_a_closed_library_says_so(folder: Path) -> None:
    store = opened(folder)
    store.close()
    store.close()
    with pytest.raises(LibraryError, match="closed"):
        store.interview("ada")


def test_listing_and_showing_load_no_index(folder: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from rag.local.store import LocalStore;"
        "s = LocalStore(Path(sys.argv[1])); s.summaries(); s.interview('ada'); s.matching(['engine'], 3);"
        "assert not {'faiss', 'torch'} & set(sys.modules), sorted(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script, folder], cwd=ROOT, check=True)


# Versions and models


def test_a_newer_library_is_refused_and_left_alone(folder: Path) -> None:
    edit(folder, f"PRAGMA user_version = {len(schema.VERSIONS) + 1}")
    before = (folder / schema.DATABASE).read_bytes()
    with pytest.raises(LibraryTooNew, match="newer version"):
        LocalStore(folder)
    assert (folder / schema.DATABASE).read_bytes() == before


def test_what_a_person_said_and_who_signed_are_kept(tmp_path: Path) -> None:
    told = Told(("Jo Ek",), ("Ada Byron",), title="Looms", date="1843")
    given = replace(ADA, author="Jo Ek", told=told)
    store = opened(tmp_path)
    put(store, given)
    assert store.interview("ada") == given
    assert store.plan(given).outcome is Outcome.UNCHANGED
    assert store.plan(replace(given, told=replace(told, date="1844"))).outcome is Outcome.UPDATED
    store.close()


def test_an_older_library_is_brought_up_to_date_with_all_that_is_in_it(folder: Path) -> None:
    edit(folder, "ALTER TABLE interviews DROP COLUMN author")
    edit(folder, "ALTER TABLE interviews DROP COLUMN told")
    edit(folder, "PRAGMA user_version = 1")
    store = opened(folder)
    assert store.interview("ada") == ADA
    assert store.plan(ADA).outcome is Outcome.UNCHANGED
    assert store.check() == ()
    store.close()


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / schema.DATABASE
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE letters (text TEXT)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(LibraryError, match="another program"):
        LocalStore(tmp_path)
    assert path.read_bytes() == before


def test_a_library_is_listed_without_naming_a_model_and_keeps_its_own(folder: Path) -> None:
    store = LocalStore(folder)
    assert (store.model, store.dimension) == (MODEL, DIMENSION)
    assert [s.id for s in store.summaries()] == ["ada"]
    store.close()


def test_another_model_is_refused(folder: Path) -> None:
    store = LocalStore(folder)
    with pytest.raises(ModelMismatch, match=f"come from {MODEL}, not another"):
        store.use_model("another", DIMENSION)
    store.close()


def test_vectors_never_mix_when_another_process_embeds_the_library_again(folder: Path) -> None:
    ours, theirs = opened(folder), opened(folder)
    assert len(found(ours)) == 4
    theirs.reembed("another", 12, lambda given, _: embedded(given, 12))
    with pytest.raises(ModelMismatch):
        ours.nearest(vector("x"), 5)
    with pytest.raises(ModelMismatch):
        put(ours, MARY)
    assert len(theirs.nearest(vector("x", 12), 99)) == 4
    assert theirs.check() == ()
    ours.close()
    theirs.close()


# Shared


def test_what_another_process_does_is_seen_without_opening_again(folder: Path) -> None:
    ours, theirs = opened(folder), opened(folder)
    assert len(found(ours)) == 4
    put(theirs, MARY)
    assert len(found(ours)) == 6
    assert ours.document_frequency(["sunspot"]) == {"sunspot": 2}
    put(theirs, interview("ada", "Comets return.", origin="/ada.txt"))
    assert ours.interview("ada").text.startswith("What of comets?")
    assert len(found(ours)) == 4
    theirs.remove("mary")
    assert len(found(ours)) == 2
    assert put(ours, MARY).outcome is Outcome.ADDED
    assert found(theirs) == found(ours)
    ours.close()
    theirs.close()


def test_two_that_open_an_empty_library_agree_on_its_model(tmp_path: Path) -> None:
    ours, theirs = LocalStore(tmp_path), LocalStore(tmp_path)
    assert ours.nearest(vector("x"), 5) == []
    theirs.use_model(MODEL, DIMENSION)
    put(theirs, ADA)
    with pytest.raises(ModelMismatch):
        ours.use_model("another", DIMENSION)
    ours.use_model(MODEL, DIMENSION)
    assert len(found(ours)) == 4
    ours.close()
    theirs.close()


PARTNER = """
import sys
from pathlib import Path
from typing import Any
from rag.local.store import LocalStore
from tests.made_up import DIMENSION, MODEL, interview, put, vector

store = LocalStore(Path(sys.argv[1]))
store.use_model(MODEL, DIMENSION)
name = sys.argv[2]
for n in range(40):
    put(store, interview("same", f"{name}{n} speaks. So be it.", origin=f"/{name}/{n}"))
    rows = [row for row, _ in store.nearest(vector(name), 20)]
    assert len(rows) == len(store.passages(rows)) > 0
    mine = store.passages([row for row, _ in store.matching([f"{name}{n}"], 9)])
    assert len(mine) == 2, mine
store.close()
"""


def test_processes_may_add_and_ask_at_once(tmp_path: Path) -> None:
    """Both begin with no library: one of them makes it."""
    names = ["red", "green", "blue"]
    partners = [subprocess.Popen([sys.executable, "-c", PARTNER, tmp_path, name], cwd=ROOT) for name in names]
    assert [partner.wait(120) for partner in partners] == [0] * len(names)
    store = opened(tmp_path)
    assert len(store.summaries()) == 120
    assert {s.id for s in store.summaries()} == {"same"} | {f"same-{n}" for n in range(2, 121)}
    assert len(found(store)) == 240
    assert store.check() == ()
    store.close()


def test_a_writer_that_waits_too_long_says_so_and_readers_do_not_wait(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "BUSY_SECONDS", 0.05)
    store = opened(folder)
    other = sqlite3.connect(folder / schema.DATABASE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LibraryError, match="another process"):
        put(store, MARY)
    assert len(found(store)) == 4
    other.execute("ROLLBACK")
    assert put(store, MARY).outcome is Outcome.ADDED
    other.close()
    store.close()


def test_an_add_that_is_interrupted_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = opened(folder)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("rag.local.fulltext.insert", interrupted)
        with pytest.raises(KeyboardInterrupt):
            put(store, MARY)
        with pytest.raises(KeyboardInterrupt):
            put(store, interview("ada", "Comets return.", origin="/ada.txt"))
    assert store.interview("ada") == ADA
    assert [s.id for s in store.summaries()] == ["ada"]
    assert store.check() == ()
    store.close()


# The index file


@pytest.fixture
def compacted(folder: Path) -> Path:
    """A library that holds Ada and Mary, the index file without Mary."""
    store = opened(folder)
    store.compact()
    put(store, MARY)
    store.close()
    return folder


def snapshots(folder: Path) -> list[Path]:
    return sorted(folder.glob("vectors-*"))


def test_an_index_file_is_written_by_itself_when_it_pays(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "TAIL_MINIMUM", 3)
    store = opened(folder)
    assert len(found(store)) == 4
    (first,) = snapshots(folder)
    put(store, MARY)
    assert len(found(store)) == 6
    store.close()
    assert snapshots(folder) == [first], "two vectors more are no reason"
    store = opened(folder)
    for n in range(3):
        put(store, interview("more", f"More{n} of it.", origin=f"/{n}"))
    store.close()
    store = opened(folder)
    assert len(found(store)) == 12
    assert len(snapshots(folder)) == 1
    assert snapshots(folder) != [first], "the old one is taken away"
    store.close()


def test_the_index_file_and_what_came_after_it_are_searched_together(compacted: Path) -> None:
    store = opened(compacted)
    assert {key.split()[0] for key in found(store)} == {"ada", "mary"}
    store.close()


def test_what_was_removed_after_the_index_file_is_not_found_in_it(compacted: Path) -> None:
    store = opened(compacted)
    store.remove("ada")
    store.close()
    store = opened(compacted)
    assert {key.split()[0] for key in found(store)} == {"mary"}
    assert store.check() == ()
    store.close()


@pytest.mark.parametrize("spoilt", ["zeroblob(9)", "zeroblob(0)", "substr(facts, 1, 200)"])
def test_what_is_known_of_its_passages_is_made_again_too(compacted: Path, spoilt: str) -> None:
    store = opened(compacted)
    before = found(store), store.nearest(vector("x"), 9, Scope(speakers=("mary",)))
    store.close()
    edit(compacted, f"UPDATE snapshot SET facts = CAST({spoilt} AS BLOB)")
    store = opened(compacted)
    assert (found(store), store.nearest(vector("x"), 9, Scope(speakers=("mary",)))) == before
    store.close()


def test_roles_corrected_after_the_index_file_hold(compacted: Path) -> None:
    store = opened(compacted)
    store.correct("ada", retold(ADA, Q=Role.OTHER).turns)
    store.close()
    store = opened(compacted)
    asked = store.nearest(vector("x"), 9, Scope(interviews=("ada",)), Role.OTHER)
    assert {p.passage.turn for p in store.passages([row for row, _ in asked])} == {0, 2}
    assert store.check() == ()
    store.close()


@pytest.mark.parametrize("damage", ["missing", "empty", "cut short", "one bit", "rubbish", "another library's"])
def test_a_damaged_index_file_is_made_again_by_itself(
    compacted: Path, tmp_path: Path, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = opened(compacted)
    before = found(whole)
    whole.close()
    (path,) = snapshots(compacted)
    data = bytearray(path.read_bytes())
    if damage == "another library's":
        other = opened(tmp_path / "other")
        put(other, interview("alien", "Martians speak.", "They land."))
        other.compact()
        other.close()
        data = bytearray(snapshots(tmp_path / "other")[0].read_bytes())
    elif damage == "one bit":
        data[len(data) // 2] ^= 1
    elif damage == "rubbish":
        data = bytearray(b"rubbish" * 99)
    path.unlink()
    if damage != "missing":
        path.write_bytes(data[: {"empty": 0, "cut short": -9}.get(damage, len(data))])

    monkeypatch.setattr(catalogue, "TAIL_MINIMUM", 1)
    store = opened(compacted)
    assert store.check() == ("the index file is missing or damaged; asking a question makes it again",)
    assert found(store) == before
    assert store.check() == ()
    store.close()


def test_where_the_index_file_cannot_be_written_questions_are_answered_without(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object, path: Path, __: object) -> int:
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("rag.local.index.VectorIndex.save", full)
    monkeypatch.setattr(catalogue, "TAIL_MINIMUM", 1)
    store = opened(folder)
    assert len(found(store)) == 4
    assert snapshots(folder) == []
    put(store, MARY)
    assert len(found(store)) == 6
    store.close()


# Damage


def edit(folder: Path, *statements: str) -> None:
    with sqlite3.connect(folder / schema.DATABASE) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


@pytest.mark.parametrize("damage", ["no database", "rubbish at the start", "cut short", "empty"])
def test_a_damaged_database_is_refused_and_nothing_is_overwritten(compacted: Path, damage: str) -> None:
    path = compacted / schema.DATABASE
    data = path.read_bytes()
    spoilt = {
        "no database": b"Dear diary, " * 999,
        "rubbish at the start": b"\0" * 512 + data[512:],
        "cut short": data[: len(data) // 2],
        "empty": b"",
    }[damage]
    path.write_bytes(spoilt)
    with pytest.raises(LibraryDamaged, match="damaged") as refused:
        opened(compacted)
    assert "\n" not in str(refused.value)
    assert path.read_bytes() == spoilt
    assert len(snapshots(compacted)) == 1


def test_damage_in_the_middle_is_told_and_never_a_traceback_of_sqlite(compacted: Path) -> None:
    path = compacted / schema.DATABASE
    data = path.read_bytes()
    told = 0
    for start in range(4096, len(data), 4096):
        path.write_bytes(data[:start] + b"\xa5" * 4096 + data[start + 4096 :])
        acts: list[Callable[[LocalStore], object]] = [
            found,
            lambda s: s.matching(["engine"], 9),
            lambda s: s.interview("ada"),
            lambda s: put(s, interview("new", "Comets return.")),
        ]
        for act in acts:
            try:
                store = opened(path.parent)
            except LibraryError:
                told += 1
                continue
            try:
                act(store)
            except LibraryError:
                told += 1
            finally:
                store.close()
            path.write_bytes(data[:start] + b"\xa5" * 4096 + data[start + 4096 :])
    assert told > 10


SPOILING = {
    "the text is not what was written": "UPDATE interviews SET text = replace(text, 'algebra', 'Algebra')",
    "not of length 1": "UPDATE passage_vectors SET vector = zeroblob(16) WHERE row = 1",
    "leaves its turn": "UPDATE passages SET sentences = '[[19,30],[30,400]]' WHERE row = 2",
    "overlaps another or leaves the text": 'UPDATE turns SET "end" = 4000 WHERE turn = 3',
    "lack": "DELETE FROM passage_vectors WHERE row = 1",
    "sentences and their vectors": "UPDATE sentence_vectors SET vectors = zeroblob(16) WHERE row = 2",
    "questions that are not theirs": "UPDATE passages SET asked = 3 WHERE row = 2",
    "can't be read": "UPDATE turns SET role = 'butler' WHERE turn = 0",
    "passage vectors are not 8 long": "UPDATE passage_vectors SET vector = zeroblob(6) WHERE row = 1",
    "belongs to nothing": "UPDATE passages SET interview = 77 WHERE row = 1",
    "in the word index": "DELETE FROM words_docsize WHERE id = 2",
    "which are not those from": "UPDATE interviews SET past = 3",
    "on who says what": "UPDATE turns SET speaker = 'Somebody else' WHERE turn = 1",
    "the index file differs": "UPDATE passage_vectors SET vector = (SELECT vector FROM passage_vectors WHERE row = 2)",
}


@pytest.mark.parametrize("problem", SPOILING)
def test_a_check_finds_what_is_not_as_it_was_written(compacted: Path, problem: str) -> None:
    edit(compacted, "PRAGMA foreign_keys = OFF", SPOILING[problem])
    store = LocalStore(compacted)
    problems = store.check()
    store.close()
    assert any(problem in line for line in problems) or (problem == "lack" and problems), problems
    assert not any("\n" in line for line in problems)


# Full, or not to be written


def run(script: str, *arguments: object) -> None:
    """Run a script in a process of its own."""
    subprocess.run([sys.executable, "-c", script, *map(str, arguments)], cwd=ROOT, check=True)


def become_nobody() -> None:
    """Give up root's rights, to which no file is closed; what is imported late must be so before."""
    store = LocalStore()
    store.use_model(MODEL, DIMENSION)
    put(store, ADA)
    found(store)
    store.close()
    if os.geteuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)


FULL = """
import resource, sys
from pathlib import Path
from typing import Any
from rag.errors import LibraryError
from tests.made_up import interview, put
from tests.test_local_store import opened

store = opened(Path(sys.argv[1]))
before = store.summaries()
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 17, 1 << 17))
added = 0
try:
    for n in range(999):
        put(store, interview(f"i{n}", "Room is short. " * 99, f"Number {n}."))
        added += 1
except LibraryError as error:
    assert "as it was" in str(error) and "\\n" not in str(error), error
else:
    raise AssertionError("nothing was refused")
assert len(store.summaries()) == len(before) + added
assert store.matching(["engine"], 5)
print(added)
"""


@pytest.mark.skipif(os.name != "posix", reason="limits a file's size as POSIX does")
def test_a_full_disk_refuses_an_interview_and_keeps_all_others(folder: Path) -> None:
    run(FULL, folder)
    store = opened(folder)
    assert store.check() == ()
    assert store.interview("ada") == ADA
    put(store, MARY)
    store.close()


def test_a_full_database_refuses_an_interview_and_keeps_all_others(folder: Path) -> None:
    store = opened(folder)
    store._connection.execute("PRAGMA max_page_count = 1")
    with pytest.raises(LibraryError, match=r"the disk is full.*make room"):
        put(store, interview("big", "Room is short. " * 2000))
    assert [s.id for s in store.summaries()] == ["ada"]
    store._connection.execute("PRAGMA max_page_count = 100000")
    assert put(store, MARY).outcome is Outcome.ADDED
    assert store.check() == ()
    store.close()


def test_a_database_that_cannot_be_read_is_let_go_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connections: list[Watched] = []

    class Watched(sqlite3.Connection):
        closed = False

        def close(self) -> None:
            self.closed = True
            super().close()

    connect = sqlite3.connect

    def watched(target: str, **options: Any) -> Watched:  # noqa: ANN401 - as sqlite3's own
        connections.append(connect(target, factory=Watched, **options))
        return connections[-1]

    (tmp_path / schema.DATABASE).write_bytes(b"no database" * 500)
    monkeypatch.setattr(sqlite3, "connect", watched)
    with pytest.raises(LibraryDamaged):
        LocalStore(tmp_path, read_only=True)
    assert [connection.closed for connection in connections] == [True]


@pytest.fixture
def public(folder: Path) -> Iterator[Path]:
    """The library in a folder that everybody may read and nobody but its owner may write."""
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o755)
        shutil.copytree(folder, Path(name) / "library")
        yield Path(name) / "library"
        os.chmod(Path(name) / "library", 0o755)


READING = """
import sys
from pathlib import Path
from typing import Any
import pytest
from rag.errors import LibraryError
from tests.test_local_store import ADA, MARY, become_nobody, found, opened, put

become_nobody()
store = opened(Path(sys.argv[1]))
assert store.interview("ada") == ADA
assert len(found(store)) == 4
assert store.matching(["algebra"], 5)
for act in (lambda: put(store, MARY), lambda: store.remove("ada")):
    with pytest.raises(LibraryError, match="can only be read"):
        act()
store.compact()
assert store.check() == ()
store.close()
"""


@pytest.mark.skipif(os.name != "posix", reason="rights as POSIX has them")
@pytest.mark.parametrize("spared", ["nothing", "the file", "the folder"])
def test_where_nothing_may_be_written_asking_works_and_adding_says_so(public: Path, spared: str) -> None:
    (public / schema.DATABASE).chmod(0o666 if spared == "the file" else 0o444)
    public.chmod(0o777 if spared == "the folder" else 0o555)
    run(READING, public)


@pytest.mark.skipif(os.name != "posix", reason="rights as POSIX has them")
def test_where_nothing_may_be_read_it_says_so(public: Path) -> None:
    public.chmod(0o700 if os.geteuid() == 0 else 0o000)
    script = (
        "import sys; from pathlib import Path; import pytest; from rag.errors import LibraryError;"
        "from rag.local.store import LocalStore; from tests.test_local_store import become_nobody; become_nobody()\n"
        "with pytest.raises(LibraryError, match='library in'): LocalStore(Path(sys.argv[1]))"
    )
    run(script, public)


def test_a_library_opened_for_reading_sees_what_others_add(folder: Path) -> None:
    ours, theirs = opened(folder, read_only=True), opened(folder)
    assert len(found(ours)) == 4
    put(theirs, MARY)
    assert len(found(ours)) == 6
    theirs.close()
    assert len(found(ours)) == 6
    with pytest.raises(LibraryError, match="can only be read"):
        ours.remove("ada")
    ours.close()


def test_dates_need_no_day_and_no_index(folder: Path) -> None:
    store = opened(folder, read_only=True)
    assert store.nearest(vector("x"), 9, Scope(since="2025")) == []
    store.close()


def test_only_so_much_text_is_kept_at_hand(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.keeping.CACHED_CHARACTERS", len(ADA.text) + 1)
    store = opened(folder)
    put(store, MARY)
    assert store.interview("ada") is store.interview("ada")
    before = store.interview("ada")
    assert store.interview("mary") == MARY
    assert store.interview("ada") == before
    assert store.interview("ada") is not before
    store.close()


def test_an_index_of_twice_the_interviews_takes_twice_the_reading(tmp_path: Path) -> None:
    def steps(count: int) -> int:
        folder = tmp_path / str(count)
        with closing(opened(folder)) as store:
            for n in range(count):
                put(store, interview(f"i{n}", f"Engine {n} weaves."))
        taken = []
        with closing(schema.connect(folder, read_only=True).connection) as connection:
            connection.set_progress_handler(lambda: taken.append(1), 10)
            catalogue.Catalogue.open(connection, None)
        return len(taken)

    assert steps(200) < 3 * steps(100)
