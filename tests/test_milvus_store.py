"""An archive in Milvus: shared by pages and writers, interrupted, large, in a file, or not to be had."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.datatypes import Interview, Passage, Role, Scope, Turn
from rag.errors import LibraryDamaged, LibraryError, LibraryTooNew, ModelMismatch, UnknownInterview
from rag.library import Library
from rag.local.store import LocalStore
from rag.milvus import archive, client
from rag.milvus.address import address_of
from rag.milvus.rows import RECORD_PART, state_row
from rag.milvus.store import MilvusStore
from rag.seeds import seed_interviews
from rag.store import Added, Embedded, Outcome, Store
from rag.stores import copy, open_store
from tests.made_up import DIMENSION, MODEL, interview, put, retold, vector
from tests.milvus_here import fresh, milvus_server
from tests.ui.fake_library import harbour, orchard
from tests.ui.fake_models import FakeEncoder, FakeReader

ROOT = Path(__file__).parent.parent
ADA = interview("ada", "Engines weave algebra. The loom weaves flowers.", "Poetry is late.", origin="/ada.txt")
MARY = interview("mary", "Sunspots vary. Fossils do not run.", origin="/mary.txt", guest="Mary Somerville")


@pytest.fixture(scope="module")
def milvus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with milvus_server(tmp_path_factory.mktemp("milvus")) as address:
        yield address


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """See what others write without waiting a moment."""
    monkeypatch.setattr(archive, "LOOK_SECONDS", 0.0)


@pytest.fixture
def place(milvus: str) -> str:
    return fresh(milvus)


def opened(place: str, *, read_only: bool = False) -> MilvusStore:
    store = MilvusStore(address_of(place), read_only=read_only)
    if not read_only:
        store.use_model(MODEL, DIMENSION)
    return store


@pytest.fixture
def ours(place: str) -> Iterator[MilvusStore]:
    with closing(opened(place)) as store:
        yield store


@pytest.fixture
def theirs(place: str, ours: MilvusStore) -> Iterator[MilvusStore]:
    with closing(opened(place)) as store:
        yield store


def found(store: MilvusStore) -> set[str]:
    """Return the ids of all interviews whose passages a search finds."""
    rows = [row for row, _ in store.nearest(vector("x"), 999)]
    return {p.passage.interview for p in store.passages(rows)}


# Shared


def test_what_one_page_adds_corrects_and_removes_the_others_see(ours: MilvusStore, theirs: MilvusStore) -> None:
    assert theirs.summaries() == ()
    put(ours, ADA)
    put(ours, MARY)
    assert [s.id for s in theirs.summaries()] == ["ada", "mary"]
    assert theirs.interview("ada") == ADA
    assert found(theirs) == {"ada", "mary"}
    assert theirs.document_frequency(["sunspot"]) == {"sunspot": 2}

    ours.correct("ada", retold(ADA, Q=Role.OTHER).turns)
    assert theirs.interview("ada").interviewers == ()
    ours.remove("mary")
    assert found(theirs) == {"ada"}
    assert theirs.document_frequency(["sunspot"]) == {"sunspot": 0}
    assert theirs.check() == ()


def test_a_page_that_only_reads_refuses_to_write_and_sees_what_others_add(ours: MilvusStore, place: str) -> None:
    put(ours, ADA)
    with closing(opened(place, read_only=True)) as page:
        put(ours, MARY)
        assert found(page) == {"ada", "mary"}
        for act in (lambda: put(page, ADA), lambda: page.remove("ada")):
            with pytest.raises(LibraryError, match="for reading"):
                act()
        assert page.check() == ()


def test_two_that_add_the_same_at_once_add_it_once(
    ours: MilvusStore, theirs: MilvusStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    between(monkeypatch, lambda: put(theirs, ADA))
    copy_elsewhere = replace(ADA, id="copy", origin="/copy.txt")
    assert put(ours, copy_elsewhere) == Added("ada", Outcome.UNCHANGED)
    for store in (ours, theirs):
        assert [s.id for s in store.summaries()] == ["ada"]
        assert len(store.nearest(vector("x"), 99)) == store.size == 4
        assert store.check() == ()


def test_two_that_take_one_id_at_once_get_two(
    ours: MilvusStore, theirs: MilvusStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    between(monkeypatch, lambda: put(theirs, interview("pasted", "One.")))
    assert put(ours, interview("pasted", "Two.")).id == "pasted-2"
    assert {s.id for s in theirs.summaries()} == {"pasted", "pasted-2"}
    assert theirs.check() == ()


def between(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Have somebody else act once, just before the next rows are written."""
    write = client.Milvus.insert
    waiting = [act]

    def insert(self: client.Milvus, collection: str, rows: list[client.Row]) -> None:
        if waiting:
            waiting.pop()()
        write(self, collection, rows)

    monkeypatch.setattr(client.Milvus, "insert", insert)


# Whole or not at all


@pytest.mark.parametrize("update", [False, True])
def test_a_reader_sees_the_old_or_the_new_at_every_step(
    ours: MilvusStore, theirs: MilvusStore, monkeypatch: pytest.MonkeyPatch, update: bool
) -> None:
    put(ours, MARY)
    before = put(ours, ADA) and ADA if update else None
    after = interview("ada", "Comets return. They always do.", "Engines rest.", "So be it.", origin="/ada.txt")
    seen = []

    def watched(step: Callable[..., None]) -> Callable[..., None]:
        def act(*given: object) -> None:
            step(*given)
            try:
                there: Interview | None = theirs.interview("ada")
            except UnknownInterview:
                there = None
            passages = theirs.passages([row for row, _ in theirs.nearest(vector("x"), 99)])
            mine = [p for p in passages if p.passage.interview == "ada"]
            assert there in (before, after)
            assert len(mine) == len(there.turns if there else ())
            assert len(passages) == theirs.size
            seen.append(there)

        return act

    for step in ("insert", "put", "delete"):
        monkeypatch.setattr(client.Milvus, step, watched(getattr(client.Milvus, step)))
    put(ours, after)
    assert seen[0] == before
    assert seen[-1] == after
    assert len(seen) > 5


@pytest.mark.parametrize("update", [False, True])
def test_a_writer_that_is_killed_at_any_step_leaves_the_old_or_the_new_and_the_next_one_tidies_up(
    milvus: str, monkeypatch: pytest.MonkeyPatch, update: bool
) -> None:
    after = interview("ada", "Comets return. They always do.", "Engines rest.", origin="/ada.txt")
    outcomes = set()
    for step in range(1, 30):
        place = fresh(milvus)
        with closing(opened(place)) as killed, closing(opened(place)) as left:
            before = put(killed, ADA) and ADA if update else None
            with monkeypatch.context() as patch:
                died = dies_at(patch, step)
                with suppress(KeyboardInterrupt):
                    put(killed, after)
            there = left.interview("ada") if left.summaries() else None
            assert there in (before, after)
            assert len(left.nearest(vector("x"), 99)) == left.size == (len(there.turns) if there else 0)
            outcomes.add(there == after)
            with monkeypatch.context() as patch:
                patch.setattr(archive, "PATIENCE", -1.0)
                put(left, MARY)
            assert left.check() == ()
            assert left._archive.milvus.count(left._archive.passages, "row > 0") == left.size
            assert not left._archive.writers
            if not died:
                break
    assert outcomes == {False, True}
    assert not died


def dies_at(monkeypatch: pytest.MonkeyPatch, step: int) -> list[str]:
    """Have this process's writing end for good before a step; return whether it came to that."""
    died: list[str] = []
    steps = iter(range(1, 999))

    def mortal(name: str, act: Callable[..., None]) -> Callable[..., None]:
        def attempt(*given: object) -> None:
            if died or next(steps) >= step:
                died.append(name)
                raise KeyboardInterrupt
            act(*given)

        return attempt

    for name in ("insert", "put", "delete"):
        monkeypatch.setattr(client.Milvus, name, mortal(name, getattr(client.Milvus, name)))
    return died


def test_an_add_that_fails_leaves_nothing_behind(ours: MilvusStore, monkeypatch: pytest.MonkeyPatch) -> None:
    write = client.Milvus.insert

    def full(self: client.Milvus, collection: str, rows: list[client.Row]) -> None:
        if collection.endswith("interviews"):
            raise LibraryError("the disk is full")
        write(self, collection, rows)

    with monkeypatch.context() as patch:
        patch.setattr(client.Milvus, "insert", full)
        with pytest.raises(LibraryError, match="the disk is full"):
            put(ours, ADA)
    assert ours.summaries() == ()
    assert ours._archive.milvus.count(ours._archive.passages, "row > 0") == 0
    assert put(ours, ADA).outcome is Outcome.ADDED


# Large


def test_a_transcript_of_a_megabyte_comes_out_as_it_went_in(ours: MilvusStore) -> None:
    text = "Ω the sea — 海 — was calm. " * 40_000
    long = Interview("long", text, (Turn(0, 9, "A", Role.INTERVIEWEE),), "Long")
    put(ours, long)
    with closing(opened(str(ours._archive.address))) as other:
        assert other.interview("long") == long


def test_a_passage_of_as_many_sentences_as_words_keeps_all_their_vectors(milvus: str) -> None:
    text = "Yes. " * 120
    spans = tuple((n, n + 4) for n in range(0, len(text), 5))
    yes = Interview("yes", text, (Turn(0, len(text) - 1, "A", Role.INTERVIEWEE),), "Yes")
    vectors = np.array([vector(f"{n}", 384) for n in range(120)])
    with closing(MilvusStore(address_of(fresh(milvus)))) as store:
        store.use_model("large", 384)
        store.add(Embedded(yes, (Passage("yes", 0, spans),), vectors[:1], (vectors,)))
        (kept,) = store.contents()
        np.testing.assert_allclose(kept.sentence_vectors[0], vectors, atol=1e-3)
        too_many = Passage("yes", 0, spans * 3)
        with pytest.raises(LibraryError, match="too many sentences"):
            store.add(Embedded(replace(yes, text=f"{text}!"), (too_many,), vectors[:1], (np.vstack([vectors] * 3),)))


def test_words_are_counted_alike_by_search_and_by_filter(ours: MilvusStore, monkeypatch: pytest.MonkeyPatch) -> None:
    put(ours, ADA)
    put(ours, MARY)
    terms = ["run", "engine", "Poetry", "nothing", "", "the loom weaves", "loom the"]
    counted = ours.document_frequency(terms)
    assert counted == {"run": 1, "engine": 2, "Poetry": 2, "nothing": 0, "": 0, "the loom weaves": 1, "loom the": 0}
    with closing(opened(str(ours._archive.address))) as other:
        monkeypatch.setattr(other._archive.milvus, "engine", replace(client.LITE, counts_by_filter=True))
        assert other.document_frequency(terms) == counted


# The same answers

WORDS = st.sampled_from("the sea seas was calm Calmly runs running runner café CAFE 1998 Ω generous ate".split())  # noqa: SIM905


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.lists(st.lists(WORDS, min_size=1, max_size=9).map(" ".join), min_size=1, max_size=4), max_size=4),
    st.lists(WORDS, min_size=1, max_size=4, unique=True),
)
def test_both_stores_rank_alike(milvus: str, texts: list[list[str]], terms: list[str]) -> None:
    local = LocalStore()
    local.use_model(MODEL, DIMENSION)
    with closing(opened(fresh(milvus))) as remote:
        for n, answers in enumerate(texts):
            for store in (local, remote):
                put(store, interview(f"i{n}", *answers))
        for one, two in zip(ranked(local, terms), ranked(remote, terms), strict=True):
            assert one.keys() == two.keys()
            assert list(one.values()) == pytest.approx([two[place] for place in one], abs=1e-5)
    local.close()


def ranked(store: Store, terms: list[str]) -> list[dict[tuple[str, int], float]]:
    """Return the passages that match and those that are near, each with its score, best first."""
    answers = store.matching(terms, 99), store.nearest(vector("x"), 99)
    places = [[p.passage for p in store.passages([row for row, _ in hits])] for hits in answers]
    return [
        {(p.interview, p.turn): score for p, (_, score) in zip(passages, hits, strict=True)}
        for passages, hits in zip(places, answers, strict=True)
    ]


QUESTIONS = (
    "What did she say about ITPP?",
    "What about the sluice gate and the storm?",
    "wasps cider",
    "What did she say about the city?",
    "What about football?",
    "Who decides on Ukraine's membership?",
    "and why?",
)


def test_the_same_questions_get_the_same_answers_from_both(milvus: str) -> None:
    local = LocalStore()
    with (
        closing(open_store(archive=fresh(milvus))) as remote,
        Library(local, encoder=FakeEncoder(), reader=FakeReader()) as here,
    ):
        for one in (harbour(), orchard(), *seed_interviews()):
            here.add(one)
        assert {added.outcome for added in copy(local, remote)} == {Outcome.ADDED}
        there = Library(remote, encoder=FakeEncoder(), reader=FakeReader())
        for scope in (Scope(), Scope(("orchard",)), Scope(speakers=("marta",)), Scope(since="2026")):
            for question in QUESTIONS:
                theirs, ours = there.ask(question, scope=scope), here.ask(question, scope=scope)
                assert replace(theirs, confidence=ours.confidence) == ours
                assert theirs.confidence == pytest.approx(ours.confidence, abs=0.001)  # float32 there, float16 here


# In a file


def test_a_file_holds_an_archive_that_can_be_opened_again(tmp_path: Path) -> None:
    pytest.importorskip("milvus_lite")
    place = str(tmp_path / "archive.db")
    with closing(opened(place)) as one, closing(opened(place)) as two:
        put(one, ADA)
        assert found(two) == {"ada"}
    with closing(opened(place)) as again:
        assert again.interview("ada") == ADA
        assert again.matching(["algebra"], 3)
        script = (
            "import sys; from rag.stores import open_store; from rag.errors import LibraryError\n"
            "try: open_store(archive=sys.argv[1])\n"
            "except LibraryError as error: print(error)"
        )
        run = [sys.executable, "-c", script, place]
        told = subprocess.run(run, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert told == f"{place} can't be opened: another process has it open, or it is no archive of milvus-lite\n"


def test_a_file_is_let_go_of_whatever_goes_wrong_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("milvus_lite")
    from pymilvus import MilvusClient

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("out of sorts")

    place = str(tmp_path / "archive.db")
    for method in ("__init__", "get_server_version"):
        with monkeypatch.context() as broken:
            broken.setattr(MilvusClient, method, fail)
            with pytest.raises(RuntimeError, match="out of sorts"):
                opened(place)
        assert client._open_files[place] == 0
    store = opened(place)
    put(store, ADA)
    with monkeypatch.context() as broken:
        broken.setattr(MilvusClient, "flush", fail)
        with pytest.raises(RuntimeError, match="out of sorts"):
            store.close()
    assert client._open_files[place] == 0
    with closing(opened(place)) as again:
        assert again.interview("ada") == ADA


# Not to be had


@pytest.mark.parametrize(
    "address",
    [
        "milvus://",
        "milvus://host",
        "milvus://host/name",
        "milvus://host:1/",
        "milvus://host:port/name",
        "milvus://h:1/a-b",
        "http://host:19530/name",
        "name",
        "milvus://[::1/name",
    ],
)
def test_an_address_that_is_none_says_how_one_is_written(address: str) -> None:
    with pytest.raises(LibraryError, match=r"^'.*' is no address of an archive: write milvus://HOST:PORT/COLLECTION"):
        open_store(archive=address)


def test_a_password_is_used_and_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    address = address_of("milvus://me:p%40ss@host:19530/name")
    assert (address.user, address.password, address.server) == ("me", "p@ss", "http://host:19530")
    assert str(address) == "milvus://host:19530/name"
    for password in ("secret", "se/secret", "se@secret"):
        with pytest.raises(LibraryError) as told:
            address_of(f"milvus://me:{password}@host/name")
        assert "secret" not in str(told.value)


def test_where_nothing_answers_it_says_so_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pymilvus")
    monkeypatch.setattr(client, "CONNECT_SECONDS", 0.5)
    with pytest.raises(LibraryError, match=r"^no Milvus answers at milvus://127\.0\.0\.1:1/name: check the address"):
        open_store(archive="milvus://127.0.0.1:1/name")


def test_without_pymilvus_it_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pymilvus", None)
    with pytest.raises(LibraryError, match=r"pip install 'onrecord\[milvus\]'"):
        open_store(archive="milvus://127.0.0.1:1/name")


def test_a_library_in_a_folder_needs_no_pymilvus(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from rag.stores import open_store;"
        "open_store(Path(sys.argv[1])).close(); assert not {'pymilvus', 'grpc'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script, tmp_path / "library"], cwd=ROOT, check=True)


def test_a_file_in_a_folder_that_is_not_there_says_so(tmp_path: Path) -> None:
    pytest.importorskip("pymilvus")
    with pytest.raises(LibraryError, match="there is no folder"):
        open_store(archive=str(tmp_path / "nowhere" / "archive.db"))


def test_an_archive_that_is_only_to_be_read_must_be_there(place: str) -> None:
    with pytest.raises(LibraryError, match="there is no archive at"):
        open_store(archive=place, read_only=True)


def test_another_model_is_refused(ours: MilvusStore, place: str) -> None:
    with closing(MilvusStore(address_of(place))) as other:
        assert other.model == MODEL
        with pytest.raises(ModelMismatch, match="come from made up, not another"):
            other.use_model("another", DIMENSION)


def test_an_archive_of_a_newer_version_is_refused(ours: MilvusStore, place: str) -> None:
    newer = replace(ours._archive.state, schema=archive.SCHEMA + 1)
    ours._archive.milvus.put(ours._archive._interviews, state_row(newer))
    with pytest.raises(LibraryTooNew, match="newer version"):
        open_store(archive=place)


def test_damage_is_told_and_found(ours: MilvusStore, theirs: MilvusStore) -> None:
    put(ours, ADA)
    put(ours, interview("long", "Comets return. " * 3000))
    milvus, version = ours._archive.milvus, ours._archive.records.of("long").version
    milvus.delete(ours._archive._interviews, f"version == {version} and part > {RECORD_PART}")
    milvus.delete(ours._archive.passages, f"version == {ours._archive.records.of('ada').version} and turn == 1")
    with pytest.raises(LibraryDamaged, match="'long' is not what was written; add it again"):
        theirs.interview("long")
    problems = theirs.check()
    assert len(problems) == 2
    assert "interview 'ada': 4 passages, but 3 are there" in problems
    assert not any("\n" in line for line in problems)


def test_closing_twice_does_no_harm_and_a_closed_archive_says_so(place: str) -> None:
    store = opened(place)
    store.close()
    store.close()
    with pytest.raises(LibraryError, match="closed"):
        store.summaries()


def test_the_environment_names_an_archive_and_a_folder_that_is_given_wins(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_STORE", place)
    with closing(open_store()) as archived, closing(open_store(tmp_path / "library")) as local:
        assert isinstance(archived, MilvusStore)
        assert isinstance(local, LocalStore)
