"""What any store promises, whatever engine holds it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from rag.datatypes import Interview, Role, Scope, Turn
from rag.errors import ModelMismatch, ParseError, QuestionError, UnknownInterview
from rag.local.store import LocalStore
from rag.store import Added, Embedded, Outcome, Store
from rag.stores import copy, open_store
from tests.made_up import DIMENSION, MODEL, cut, embedded, interview, put, retold, vector
from tests.milvus_here import fresh, milvus_server


@pytest.fixture(scope="module")
def milvus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with milvus_server(tmp_path_factory.mktemp("milvus")) as address:
        yield address


@pytest.fixture(params=["in memory", "in a folder", "in Milvus"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    opened: Store
    match request.param:
        case "in memory":
            opened = LocalStore()
        case "in a folder":
            opened = open_store(tmp_path / "library")
        case _:
            opened = open_store(archive=fresh(request.getfixturevalue("milvus")))
    opened.use_model(MODEL, DIMENSION)
    yield opened
    assert opened.check() == ()
    opened.close()


ADA = interview("ada", "Engines weave algebra. The loom weaves flowers.", "Poetry is running late.", origin="/ada.txt")
MARY = interview("mary", "Sunspots vary. Fossils do not run.", origin="/mary.txt", guest="Mary Somerville")


def rows_of(store: Store, id: str) -> list[int]:
    return sorted(row for row, _ in store.nearest(vector("x"), 1000, Scope(interviews=(id,))))


# What goes in comes out


def test_an_interview_comes_out_as_it_went_in(store: Store) -> None:
    assert put(store, ADA) == Added("ada", Outcome.ADDED)
    assert store.interview("ada") == ADA


@pytest.mark.parametrize("text", ["a\0b", "𝒜𝓭𝒶 שלום\u202e", "\r\n\ufeff \u00a0", "'; DROP TABLE turns; --"])
def test_any_characters_come_out_as_they_went_in(store: Store, text: str) -> None:
    odd = Interview("odd", text, (Turn(0, len(text), text, Role.OTHER, text),), text, text, None, text, text)
    put(store, odd)
    assert store.interview("odd") == odd


def test_half_a_character_is_refused_in_one_line(store: Store) -> None:
    odd = Interview("odd", "x\ud800", (Turn(0, 2, None, Role.OTHER),), "T")
    with pytest.raises(ParseError, match=r"^'T' holds half a character"):
        store.plan(odd)


def test_an_interview_without_passages_is_kept_all_the_same(store: Store) -> None:
    silent = Interview("silent", "…", (), "Silence")
    assert put(store, silent).outcome is Outcome.ADDED
    assert store.interview("silent") == silent
    assert store.size == 0
    assert [each.vectors.shape for each in store.contents()] == [(0, DIMENSION)]


def test_passages_come_out_with_spans_vectors_role_and_question(store: Store) -> None:
    put(store, ADA)
    new = embedded(ADA)
    rows = rows_of(store, "ada")
    found = store.passages(rows)
    assert [p.row for p in found] == rows
    assert [p.passage for p in found] == list(new.passages)
    assert [p.role for p in found] == [Role.INTERVIEWER, Role.INTERVIEWEE] * 2
    assert [p.asked for p in found] == [None, rows[0], None, rows[2]]
    for p, whole, sentences in zip(found, new.vectors, new.sentence_vectors, strict=True):
        np.testing.assert_allclose(p.vector, whole, atol=1e-3)
        np.testing.assert_allclose(p.sentence_vectors, sentences, atol=1e-3)
        assert p.vector.dtype == p.sentence_vectors.dtype == np.float32


def test_passages_come_in_the_order_they_are_asked_for(store: Store) -> None:
    put(store, ADA)
    first, *_, last = rows_of(store, "ada")
    assert [p.row for p in store.passages([last, first])] == [last, first]


def test_a_row_that_is_not_there_is_left_out(store: Store) -> None:
    put(store, ADA)
    first, *_ = rows_of(store, "ada")
    assert [p.row for p in store.passages([9999, first, -1])] == [first]
    assert store.passages([]) == []


def test_the_list_tells_who_answers_and_how_much(store: Store) -> None:
    put(store, MARY)
    put(store, ADA)
    mary, ada = store.summaries()
    assert (mary.id, mary.title, mary.outlet, mary.date) == ("mary", "Title of mary", "The Gazette", "2024-05")
    assert ada.interviewees == ("Ada Byron",)
    assert ada.words == ADA.words


def test_an_id_that_is_not_there_is_named(store: Store) -> None:
    for act in (store.interview, store.remove, lambda id: store.correct(id, ())):
        with pytest.raises(UnknownInterview, match="'nobody'"):
            act("nobody")


# Adding again


def test_the_same_content_twice_changes_nothing(store: Store) -> None:
    put(store, ADA)
    before = rows_of(store, "ada")
    assert store.plan(ADA) == Added("ada", Outcome.UNCHANGED)
    assert put(store, ADA) == Added("ada", Outcome.UNCHANGED)
    assert rows_of(store, "ada") == before


def test_a_copy_from_elsewhere_under_another_name_is_the_same_content(store: Store) -> None:
    put(store, ADA)
    copy = replace(ADA, id="copy", origin="/elsewhere/copy.txt", title="copy")
    assert put(store, copy) == Added("ada", Outcome.UNCHANGED)
    assert len(store.summaries()) == 1


def test_an_interview_that_came_without_a_source_gets_the_one_it_comes_from_later(store: Store) -> None:
    put(store, replace(ADA, origin=None, title="pasted"))
    assert put(store, replace(ADA, origin=None)).outcome is Outcome.UNCHANGED
    assert store.plan(ADA) == put(store, ADA) == Added("ada", Outcome.UPDATED)
    assert store.interview("ada") == ADA
    assert put(store, replace(ADA, origin=None, title="pasted")).outcome is Outcome.UNCHANGED


def test_the_same_origin_with_other_content_is_an_update(store: Store) -> None:
    put(store, ADA)
    put(store, MARY)
    again = interview("other-name", "Comets return.", origin="/ada.txt")
    assert store.plan(again) == Added("ada", Outcome.UPDATED)
    assert put(store, again) == Added("ada", Outcome.UPDATED)
    assert store.interview("ada") == replace(again, id="ada")
    assert [s.id for s in store.summaries()] == ["ada", "mary"]
    assert store.matching(["algebra"], 5) == []
    assert len(store.matching(["comet"], 5)) == 2


def test_the_same_words_with_another_title_from_the_same_origin_are_an_update(store: Store) -> None:
    put(store, ADA)
    assert put(store, replace(ADA, title="A better one")).outcome is Outcome.UPDATED
    assert store.interview("ada").title == "A better one"


def test_an_id_that_is_taken_gets_a_number(store: Store) -> None:
    put(store, ADA)
    others = [interview("ada", f"Number {n}.", origin=f"/{n}") for n in range(3)]
    assert [put(store, other).id for other in others] == ["ada-2", "ada-3", "ada-4"]
    store.remove("ada-3")
    assert put(store, interview("ada", "One more.")).id == "ada-3"


def test_pasted_text_has_no_origin_and_updates_nothing(store: Store) -> None:
    assert put(store, interview("pasted", "One.")).id == "pasted"
    assert put(store, interview("pasted", "Two.")).id == "pasted-2"


# Removing and correcting


def test_what_is_removed_is_found_no_more(store: Store) -> None:
    put(store, ADA)
    put(store, MARY)
    rows = rows_of(store, "ada")
    store.nearest(vector("x"), 3)
    store.remove("ada")
    assert store.passages(rows) == []
    assert not {row for row, _ in store.nearest(vector("x"), 99)} & set(rows)
    assert store.matching(["algebra"], 5) == []
    assert store.document_frequency(["algebra", "sunspot"]) == {"algebra": 0, "sunspot": 2}
    assert store.size == 2


def test_a_row_is_never_given_to_another_passage(store: Store) -> None:
    put(store, ADA)
    rows = rows_of(store, "ada")
    store.remove("ada")
    put(store, ADA)
    assert min(rows_of(store, "ada")) > max(rows)


def test_corrected_roles_hold_at_once_and_vectors_stay(store: Store) -> None:
    put(store, ADA)
    rows = rows_of(store, "ada")
    store.correct("ada", retold(ADA, **{"Q": Role.INTERVIEWEE, "Ada Byron": Role.INTERVIEWER}).turns)
    assert store.interview("ada").interviewers == ("Ada Byron",)
    assert store.summaries()[0].interviewees == ("Q",)
    assert [p.role for p in store.passages(rows)] == [Role.INTERVIEWEE, Role.INTERVIEWER] * 2
    assert [p.asked for p in store.passages(rows)] == [None, None, rows[1], None]
    assert [row for row, _ in store.nearest(vector("x"), 9, role=Role.INTERVIEWER)] != []
    assert {row for row, _ in store.nearest(vector("x"), 9, role=Role.INTERVIEWER)} == {rows[1], rows[3]}


def test_corrected_roles_are_remembered_when_the_interview_comes_again(store: Store) -> None:
    put(store, ADA)
    store.correct("ada", retold(ADA, Q=Role.OTHER).turns)
    assert put(store, ADA).outcome is Outcome.UNCHANGED
    assert store.interview("ada").interviewers == ()
    put(store, interview("ada", "Comets return.", origin="/ada.txt"))
    assert store.interview("ada").interviewers == ()
    assert put(store, interview("ada", "Comets return.", origin="/ada.txt")).outcome is Outcome.UNCHANGED


def test_a_correction_keeps_the_spans(store: Store) -> None:
    put(store, ADA)
    with pytest.raises(ValueError, match="spans"):
        store.correct("ada", ADA.turns[:-1])
    assert store.interview("ada") == ADA


# Vectors


@pytest.mark.parametrize("wrong", ["too few", "too long", "sentences", "not a number", "length 2"])
def test_vectors_that_do_not_fit_are_refused_and_nothing_is_added(store: Store, wrong: str) -> None:
    new = embedded(ADA)
    vectors, sentences = new.vectors.copy(), list(new.sentence_vectors)
    if wrong == "too few":
        vectors = vectors[1:]
    elif wrong == "too long":
        vectors = np.hstack([vectors, vectors])
    elif wrong == "sentences":
        sentences[1] = sentences[1][:1]
    elif wrong == "not a number":
        vectors[0, 0] = np.nan
    else:
        sentences[1] = sentences[1] * 2
    with pytest.raises(ValueError, match="vector"):
        store.add(replace(new, vectors=vectors, sentence_vectors=tuple(sentences)))
    assert store.summaries() == ()


def test_a_library_is_held_to_its_model(store: Store) -> None:
    put(store, ADA)
    store.use_model(MODEL, DIMENSION)
    with pytest.raises(ModelMismatch, match=r"come from made up, not another"):
        store.use_model("another", DIMENSION)


def test_all_vectors_are_replaced_by_another_models_or_none(store: Store) -> None:
    put(store, ADA)
    put(store, MARY)
    store.nearest(vector("x"), 3)

    def embed(given: Interview, passages: tuple[object, ...]) -> Embedded:
        assert passages == cut(given)
        if given.id == "mary" and fails:
            raise RuntimeError("out of memory")
        return embedded(given, 12)

    fails = True
    with pytest.raises(RuntimeError):
        store.reembed("another", 12, embed)
    assert (store.model, store.dimension) == (MODEL, DIMENSION)
    assert len(store.nearest(vector("x"), 99)) == 6

    fails = False
    store.reembed("another", 12, embed)
    assert (store.model, store.dimension) == ("another", 12)
    (row, score), *_ = store.nearest(vector(ADA.text[ADA.turns[1].start : ADA.turns[1].end], 12), 99)
    assert score == pytest.approx(1, abs=1e-3)
    assert store.passages([row])[0].vector.shape == (12,)
    assert store.interview("ada") == ADA


# Asking


def test_the_nearest_are_best_first_and_no_more_than_there_are(store: Store) -> None:
    put(store, ADA)
    wanted = store.passages(rows_of(store, "ada"))[1]
    found = store.nearest(wanted.vector, 50)
    assert found[0][0] == wanted.row
    assert found[0][1] == pytest.approx(1, abs=1e-3)
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    assert len(found) == len(set(found)) == 4


def test_an_empty_library_finds_nothing(store: Store) -> None:
    assert store.nearest(vector("x"), 5) == []
    assert store.matching(["x"], 5) == []
    assert store.document_frequency(["x"]) == {"x": 0}
    assert store.summaries() == ()
    assert list(store.contents()) == []
    assert store.size == 0


def test_words_match_by_stem_and_without_regard_to_case_or_accents(store: Store) -> None:
    put(store, interview("cafe", "Runners meet in the CAFÉ.", "Nothing else."))
    rows = rows_of(store, "cafe")
    assert [row for row, _ in store.matching(["cafe"], 5)] == [rows[1]]
    assert {row for row, _ in store.matching(["running", "meeting"], 5)} <= set(rows)
    assert store.matching(["runner"], 5)[0][1] > 0


def test_a_store_is_untouched_until_something_is_in_it_and_never_again(store: Store) -> None:
    if isinstance(store, LocalStore):
        assert store.untouched  # though its model is recorded, as by a first add that was killed
    put(store, ADA)
    assert not store.untouched
    store.remove("ada")
    assert not store.untouched


def test_a_store_tells_who_says_a_word_and_where(store: Store) -> None:
    put(store, ADA)
    put(store, MARY)
    everything = Scope()
    assert store.says("weaving", everything, Role.INTERVIEWEE)
    assert not store.says("weaving", everything, Role.INTERVIEWER)
    assert store.says("poetry", everything, Role.INTERVIEWER)
    assert not store.says("weaving", Scope(interviews=("mary",)), Role.INTERVIEWEE)
    assert not store.says("weaving", Scope(speakers=("Mary Somerville",)), Role.INTERVIEWEE)
    assert not store.says("looms weave", everything, Role.OTHER)
    assert not store.says("penguins", everything, Role.INTERVIEWEE)


def test_scores_are_those_of_the_published_formula(store: Store) -> None:
    answers = ["Red tea. Red wine.", "Red wine.", "Blue ink.", "Green ink, green as grass.", "Grey ink.", "Oil."]
    put(store, interview("i", *answers))
    passages = store.passages(rows_of(store, "i"))
    text = store.interview("i").text
    said = {p.row: re.findall(r"\w+", text[p.passage.start : p.passage.end].lower()) for p in passages}
    mean = sum(map(len, said.values())) / len(said)

    def bm25(row: int, term: str) -> float:
        holding = sum(term in words for words in said.values())
        often, length = said[row].count(term), len(said[row])
        return (
            math.log((len(said) - holding + 0.5) / (holding + 0.5))
            * (often * 2.2)
            / (often + 1.2 * (1 - 0.75 + 0.75 * length / mean))
        )

    found = store.matching(["wine", "green"], 99)
    assert {row for row, _ in found} == {row for row in said if {"wine", "green"} & set(said[row])}
    assert [score for _, score in found] == pytest.approx([bm25(r, "wine") + bm25(r, "green") for r, _ in found])


def test_where_terms_are_too_common_for_sqlite_to_score_all_the_rarer_ones_choose(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = LocalStore()
    store.use_model(MODEL, DIMENSION)
    words = ["red", "green", "blue", "grey", "white", "black", "pink"]
    put(store, interview("i", *(f"{word} {words[n % 3]} ink." for n, word in enumerate(words * 5))))
    terms = ["red", "green", "pink", "of"]
    exact = dict(store.matching(terms, 99))
    scope = Scope(interviews=("i",))
    monkeypatch.setattr("rag.local.fulltext.AFFORDABLE", 1)
    monkeypatch.setattr("rag.local.fulltext.FEW", 5)
    for found in (store.matching(terms, 6), store.matching(terms, 6, scope)):
        assert len(found) == 6
        assert all(exact[row] == pytest.approx(score) for row, score in found)
        assert all("pink" in text_of(store, row) for row, _ in found)
    assert store.matching(["pink"], 6, scope) == store.matching(["pink"], 6)


def text_of(store: Store, row: int) -> str:
    (found,) = store.passages([row])
    return store.interview(found.passage.interview).text[found.passage.start : found.passage.end]


def test_rare_words_count_more_than_common_ones(store: Store) -> None:
    put(store, interview("i", "Red tea.", "Red wine.", "Blue ink.", "Green ink.", "Grey ink.", "White milk.", "Oil."))
    found = store.matching(["red", "wine"], 9)
    assert found[0][1] > found[-1][1] > 0
    assert found[0][0] == rows_of(store, "i")[3]


@pytest.mark.parametrize(
    "term", ['"', "a OR b", "NEAR(", "*", "text:x", "\0", "\ud800", "", "—", "' --", "^", "(", "-x"]
)
def test_nothing_in_a_term_is_taken_for_a_query_language(store: Store, term: str) -> None:
    put(store, ADA)
    store.matching([term], 5)
    best = store.matching([term, "algebra"], 5)[0][0]
    assert best in {row for row, _ in store.matching(["algebra"], 5)}
    held = {row for row, _ in store.matching([term], 99)}
    assert store.document_frequency([term]) == {term: len(held)}


def test_a_question_of_common_words_alone_still_finds_something(store: Store) -> None:
    put(store, interview("i", "The sun.", "The moon."))
    assert len(store.matching(["the"], 9)) == 4


def test_document_frequency_counts_passages(store: Store) -> None:
    put(store, ADA)
    put(store, MARY)
    assert store.document_frequency(["run", "engine", "nothing"]) == {"run": 2, "engine": 2, "nothing": 0}


@pytest.mark.parametrize(
    ("scope", "ids"),
    [
        (Scope(), {"ada", "mary", "undated"}),
        (Scope(interviews=("ada",)), {"ada"}),
        (Scope(interviews=("ada", "mary")), {"ada", "mary"}),
        (Scope(since="2024-05-20"), {"ada", "mary"}),
        (Scope(since="2024-06"), {"mary"}),
        (Scope(until="2024"), {"ada", "mary"}),
        (Scope(until="2024-05-01"), {"ada"}),
        (Scope(since="2023", until="2024-05-02"), {"ada"}),
        (Scope(interviews=("ada",), since="2024-06"), set()),
        (Scope(speakers=("SOMERVILLE",)), {"mary"}),
        (Scope(speakers=("byron", "somer")), {"ada", "mary", "undated"}),
        (Scope(speakers=("nobody",)), set()),
    ],
)
def test_a_scope_is_kept_to(store: Store, scope: Scope, ids: set[str]) -> None:
    put(store, ADA)
    put(store, replace(MARY, date="2024-06-15"))
    put(store, replace(interview("undated", "Sunspots run on algebra."), date=None))
    for found in (store.nearest(vector("x"), 99, scope), store.matching(["run", "algebra", "fossil"], 99, scope)):
        assert {p.passage.interview for p in store.passages([row for row, _ in found])} == ids


@pytest.mark.parametrize(
    ("name", "ids"),
    [("Ann", {"ann"}), ("ANN", {"ann"}), ("Anna", {"joanna"}), ("A", {"initial"}), ("oann", {"joanna"})],
)
def test_a_name_that_somebody_has_is_no_part_of_anothers(store: Store, name: str, ids: set[str]) -> None:
    for guest, id in (("Ann", "ann"), ("Joanna Banks", "joanna"), ("A", "initial")):
        put(store, interview(id, f"The {id} said it.", guest=guest))
    found = store.nearest(vector("x"), 99, Scope(speakers=(name,)))
    assert {p.passage.interview for p in store.passages([row for row, _ in found])} == ids


def test_a_part_of_a_name_is_enough_where_nobody_asked_has_just_that_name(store: Store) -> None:
    put(store, interview("ann", "Rain fell.", guest="Ann"))
    put(store, interview("joanna", "Snow fell.", guest="Joanna Banks"))
    assert store.nearest(vector("x"), 9, Scope(interviews=("joanna",), speakers=("Ann",)))
    store.remove("ann")
    assert store.nearest(vector("x"), 9, Scope(speakers=("Ann",)))


@pytest.mark.parametrize(
    ("scope", "ids"),
    [
        (Scope(), ("ada", "mary", "undated")),
        (Scope(interviews=("mary", "ada", "mary")), ("ada", "mary")),
        (Scope(since="2024-06"), ("mary",)),
        (Scope(until="2024-05"), ("ada",)),
        (Scope(interviews=("ada",), since="2024-06"), ()),
        (Scope(speakers=("Somerville",)), ("ada", "mary", "undated")),
    ],
)
def test_the_interviews_in_a_scope_are_those_of_its_ids_and_dates(
    store: Store, scope: Scope, ids: tuple[str, ...]
) -> None:
    put(store, ADA)
    put(store, replace(MARY, date="2024-06-15"))
    put(store, replace(interview("undated", "Sunspots run on algebra."), date=None))
    assert store.ids_in(scope) == ids


def test_a_scope_gives_the_very_scores_that_the_whole_library_gives(store: Store) -> None:
    put(store, ADA)
    put(store, MARY)
    scope = Scope(interviews=("mary",))
    rows = set(rows_of(store, "mary"))
    for whole, part in (
        (store.nearest(vector("x"), 99), store.nearest(vector("x"), 99, scope)),
        (store.matching(["run"], 99), store.matching(["run"], 99, scope)),
    ):
        assert part == [pair for pair in whole if pair[0] in rows]


def test_a_role_is_kept_to(store: Store) -> None:
    put(store, ADA)
    for role in (Role.INTERVIEWER, Role.INTERVIEWEE):
        for found in (store.nearest(vector("x"), 99, role=role), store.matching(["engine"], 99, role=role)):
            assert {p.role for p in store.passages([row for row, _ in found])} == {role}
    assert store.nearest(vector("x"), 99, role=Role.OTHER) == []


def test_a_scope_with_an_unknown_interview_says_so(store: Store) -> None:
    put(store, ADA)
    scope = Scope(interviews=("ada", "nobody"))
    with pytest.raises(UnknownInterview, match="'nobody'"):
        store.nearest(vector("x"), 5, scope)
    with pytest.raises(UnknownInterview, match="'nobody'"):
        store.matching(["x"], 5, scope)
    with pytest.raises(UnknownInterview, match="'nobody'"):
        store.says("a word that nobody says", scope, Role.INTERVIEWEE)
    with pytest.raises(UnknownInterview, match="'nobody'"):
        store.ids_in(scope)


@pytest.mark.parametrize("date", ["yesterday", "24", "2024-5", "2024-05-01T00:00", "2024-99", "2023-02-29", "٢٠٢٤"])
def test_a_scope_with_a_date_that_is_none_says_so(store: Store, date: str) -> None:
    put(store, ADA)
    with pytest.raises(QuestionError, match="no date"):
        store.nearest(vector("x"), 5, Scope(since=date))


# Everything


def test_everything_can_be_put_into_another_store(store: Store) -> None:
    put(store, ADA)
    put(store, MARY)
    other = LocalStore()
    other.use_model(store.model, store.dimension)
    for each in store.contents():
        other.add(each)
    assert other.summaries() == store.summaries()
    query = vector("x")
    for one, two in zip(other.nearest(query, 9), store.nearest(query, 9), strict=True):
        assert one[1] == pytest.approx(two[1], abs=1e-6)
    other.close()


def test_corrected_roles_go_with_a_copy_and_hold_there_when_the_source_is_read_again(store: Store) -> None:
    put(store, ADA)
    store.correct("ada", retold(ADA, Q=Role.INTERVIEWEE).turns)
    there = LocalStore()
    assert [added.outcome for added in copy(store, there)] == [Outcome.ADDED]
    assert put(there, ADA).outcome is Outcome.UNCHANGED
    put(there, interview("ada", "Comets return.", origin="/ada.txt"))
    assert there.interview("ada").interviewers == ()
    there.close()


@pytest.mark.parametrize("origin", ["/ada.txt", None])
def test_a_copy_is_the_same_interview_also_where_its_roles_were_corrected(store: Store, origin: str | None) -> None:
    there = LocalStore()
    put(store, replace(ADA, origin=origin))
    assert [added.outcome for added in copy(store, there)] == [Outcome.ADDED]
    there.correct("ada", retold(ADA, Q=Role.OTHER).turns)
    assert list(copy(there, store)) == [Added("ada", Outcome.UPDATED)]
    assert store.interview("ada") == there.interview("ada")
    for one, other in ((store, there), (there, store)):
        assert list(copy(one, other)) == [Added("ada", Outcome.UNCHANGED)]
    there.close()


def test_a_copy_keeps_the_roles_that_were_corrected_where_it_goes(store: Store) -> None:
    there = LocalStore()
    put(store, ADA)
    list(copy(store, there))
    store.correct("ada", retold(ADA, Q=Role.OTHER).turns)
    assert list(copy(there, store)) == [Added("ada", Outcome.UNCHANGED)]
    assert store.interview("ada").interviewers == ()
    there.close()


def test_many_threads_may_add_remove_and_ask_at_once(store: Store) -> None:
    put(store, ADA)

    def work(n: int) -> int:
        added = put(store, interview(f"i{n}", f"Thing{n} stands alone.", origin=f"/{n}"))
        rows = [row for row, _ in store.nearest(vector(f"{n}"), 5)]
        assert all(p.row in rows for p in store.passages(rows))
        mine = store.passages([row for row, _ in store.matching([f"thing{n}"], 9)])
        assert {p.passage.interview for p in mine} == {added.id}
        if n % 3 == 0:
            store.remove(added.id)
        return n

    with ThreadPoolExecutor(8) as pool:
        assert len(list(pool.map(work, range(40)))) == 40
    assert len(store.summaries()) == 1 + sum(n % 3 != 0 for n in range(40))


# Whatever is done in whatever order


WORDS = ["comet", "fossil", "engine", "poetry", "sunspot"]


class Histories(RuleBasedStateMachine):
    """A library after any history is what a dict would be after the same."""

    root: Path
    milvus: str = ""
    """The address of a server; without one, libraries are folders below ``root``."""

    @initialize()
    def begin(self) -> None:
        self.place = fresh(self.milvus) if self.milvus else mkdtemp(dir=self.root)
        self.store = self.opened()
        self.model: dict[str, Interview] = {}

    def opened(self) -> Store:
        store = open_store(archive=self.place) if self.milvus else open_store(Path(self.place))
        store.use_model(MODEL, DIMENSION)
        return store

    @rule(origin=st.integers(0, 4), words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=4))
    def add(self, origin: int, words: list[str]) -> None:
        new = interview(f"i{origin}", *(f"{word} it is. So be it." for word in words), origin=f"/{origin}")
        same_origin = [i for i in self.model.values() if i.origin == new.origin]
        same_content = [i for i in self.model.values() if i.text == new.text]
        added = put(self.store, new)
        if same_origin:
            assert added.id == same_origin[0].id
            assert (added.outcome is Outcome.UNCHANGED) == (same_origin[0].text == new.text)
        elif same_content:
            assert added in [Added(i.id, Outcome.UNCHANGED) for i in same_content]
        else:
            assert added.outcome is Outcome.ADDED
        if added.outcome is not Outcome.UNCHANGED:
            self.model[added.id] = replace(new, id=added.id)

    @rule(choice=st.integers(0, 99))
    def remove(self, choice: int) -> None:
        if self.model:
            id = sorted(self.model)[choice % len(self.model)]
            self.store.remove(id)
            del self.model[id]

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = self.opened()

    @rule()
    def snapshot(self) -> None:
        if isinstance(self.store, LocalStore):
            self.store.compact()

    @invariant()
    def holds_what_a_dict_would(self) -> None:
        assert {s.id for s in self.store.summaries()} == set(self.model)
        assert all(self.store.interview(id) == known for id, known in self.model.items())
        passages = {(id, n) for id, known in self.model.items() for n in range(len(known.turns))}
        found = self.store.nearest(vector("comet"), 999)
        stored = self.store.passages([row for row, _ in found])
        assert {(p.passage.interview, p.passage.turn) for p in stored} == passages
        assert len(stored) == self.store.size == len(passages)
        for p, (_, score) in zip(stored, found, strict=True):
            text = self.model[p.passage.interview].text[p.passage.start : p.passage.end]
            assert score == pytest.approx(float(vector(text) @ vector("comet")), abs=2e-3)
        for word in WORDS:
            holding = sum(
                word in known.text[t.start : t.end].lower() for known in self.model.values() for t in known.turns
            )
            assert self.store.document_frequency([word]) == {word: holding}
            assert len(self.store.matching([word], 999)) == holding

    def teardown(self) -> None:
        if hasattr(self, "store"):
            assert self.store.check() == ()
            self.store.close()


@pytest.mark.slow
@pytest.mark.parametrize(("where", "examples"), [("a folder", 25), ("Milvus", 15)])
def test_a_library_after_any_history_is_what_a_dict_would_be(
    where: str, examples: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    class HistoriesHere(Histories):
        root = tmp_path
        milvus = request.getfixturevalue("milvus") if where == "Milvus" else ""

    few = settings(
        max_examples=examples, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(HistoriesHere, settings=few)
