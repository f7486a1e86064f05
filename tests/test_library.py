"""The facade: add interviews, ask them, get their words."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.answers import Answerer
from rag.datatypes import Finding, Interview, Role, Scope, Status, Turn
from rag.encoder import DEFAULT_MODEL
from rag.errors import LibraryError, ParseError, QuestionError, UnknownInterview
from rag.library import Library
from rag.local.store import LocalStore
from rag.questions import MAX_QUESTION
from rag.retriever import Hit, Retriever
from rag.seeds import seed_interviews
from rag.store import Outcome
from rag.suggestions import suggest
from tests.ui.fake_library import harbour, orchard
from tests.ui.fake_models import FakeEncoder, FakeReader


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    with Library.of([harbour(), orchard(), *seed_interviews()], encoder=FakeEncoder(), reader=FakeReader()) as library:
        yield library


def test_an_answer_is_the_speaker_s_own_words(library: Library) -> None:
    answer = library.ask("What about the sluice gate and the storm?", scope=Scope(("tide mill/1",)))
    assert answer.status is Status.ANSWERED
    quote = answer.quotes[0]
    assert quote.text in harbour().text
    assert quote.speaker == "Marta Vale"
    assert "sluice gate" in quote.text


def test_what_only_the_interviewer_raises_is_told_so(library: Library) -> None:
    answer = library.ask("What did she say about the city?", scope=Scope(("tide mill/1",)))
    assert answer.status is Status.ONLY_ASKED
    assert [q.role for q in answer.quotes] == [Role.INTERVIEWER]
    assert "city" in answer.quotes[0].text


def test_all_that_was_asked_is_listed_of_every_interview_that_has_questions(library: Library) -> None:
    talk = Interview("talk", "Mills need water.", (Turn(0, 17, "Bo", Role.INTERVIEWEE),), "A talk")
    with Library.of([talk, harbour(), orchard()], encoder=FakeEncoder(), reader=FakeReader()) as several:
        listed = several.ask("What was she asked?")
    assert listed.status is Status.ONLY_ASKED
    assert {q.interview.id for q in listed.quotes} == {"tide mill/1", "orchard"}


def test_what_nobody_says_is_not_answered_and_the_closest_is_offered(library: Library) -> None:
    answer = library.ask("What about football?", scope=Scope(("orchard",)))
    assert answer.status is Status.NOT_FOUND
    assert answer.quotes == ()
    assert 0 < len(answer.closest) <= 3
    assert answer.confidence < 0.5


def test_one_interview_is_asked_when_one_is_named(library: Library) -> None:
    answer = library.ask("wasps cider", scope=Scope(("orchard",)))
    assert {q.interview.id for q in (*answer.quotes, *answer.closest)} == {"orchard"}


@pytest.mark.parametrize(
    ("scope", "told"),
    [
        (Scope(speakers=("Nobody",)), "nobody called 'Nobody' speaks"),
        (Scope(("orchard",), speakers=("Marta Vale",)), "nobody called 'Marta Vale' speaks"),
        (Scope(since="2999"), "no interview that is asked has a date in that time"),
    ],
)
def test_a_scope_with_nobody_in_it_is_an_error_and_not_silence(library: Library, scope: Scope, told: str) -> None:
    with pytest.raises(QuestionError, match=told):
        library.ask("What about football?", scope=scope)
    with pytest.raises(QuestionError, match=told):
        library.verify("It rained for forty days.", scope)


def test_an_interview_that_is_not_there_is_an_error_and_not_silence(library: Library) -> None:
    with pytest.raises(UnknownInterview):
        library.ask("Why?", scope=Scope(("nowhere",)))


@pytest.mark.parametrize("question", ["", "   ", "?!…", "\x00\x07", "—"])
def test_an_empty_question_is_refused(library: Library, question: str) -> None:
    with pytest.raises(QuestionError, match="empty"):
        library.ask(question)


def test_a_text_is_no_question(library: Library) -> None:
    with pytest.raises(QuestionError, match="2,000"):
        library.ask("a" * (MAX_QUESTION + 1))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.text(min_size=1, max_size=80),
        st.lists(st.sampled_from(" ".join(i.text for i in (harbour(), orchard())).split()), min_size=1, max_size=8).map(
            " ".join
        ),
        st.sampled_from(
            ["<script>alert(1)</script> mill", "${7*7} {{mill}}", "Was sagt sie über Äpfel?", "'; DROP --x"]
        ),
    )
)
def test_whatever_is_asked_a_quote_is_the_transcript_and_an_answer_is_never_the_interviewer_s(
    library: Library, question: str
) -> None:
    if not any(c.isalnum() for c in question):
        return
    answer = library.ask(question)
    for quote in (*answer.quotes, *answer.closest):
        turn = quote.interview.turns[quote.turn]
        assert quote.text == quote.interview.text[quote.start : quote.end]
        assert turn.start <= quote.start < quote.end <= turn.end
        assert all(quote.start <= a < b <= quote.end for a, b in quote.highlight)
    match answer.status:
        case Status.ANSWERED:
            assert answer.quotes
            assert all(q.role is not Role.INTERVIEWER for q in answer.quotes)
        case Status.ONLY_ASKED:
            assert answer.quotes
            assert all(q.role is Role.INTERVIEWER for q in answer.quotes)
        case Status.NOT_FOUND:
            assert not answer.quotes


def test_a_pasted_quotation_is_checked_in_the_chat_too(library: Library) -> None:
    words = "Russia is the most significant and direct threat to Allies’ security"
    exact = library.ask(f"“{words}”")
    assert exact.verdict is not None
    assert exact.verdict.finding is Finding.EXACT
    altered = library.ask(f"“{words.replace('direct', 'distant')}”")
    assert altered.verdict is not None
    assert altered.verdict.finding is Finding.ALTERED
    assert [(c.yours, c.theirs) for c in altered.verdict.changes] == [("distant", "direct")]
    assert library.ask("What about football?").verdict is None


def test_a_quotation_is_looked_for_only_among_the_interviews_of_its_time() -> None:
    long_ago, lately = replace(harbour(), date="2020-03"), replace(orchard(), date="2024-06")
    with Library.of([long_ago, lately], encoder=FakeEncoder(), reader=FakeReader()) as library:
        words = library.interview(long_ago.id)
        turn = next(turn for turn in words.turns if turn.role is Role.INTERVIEWEE)
        said = words.text[turn.start : turn.end]
        assert library.verify(said).finding is Finding.EXACT
        assert library.verify(said, Scope(until="2020")).finding is Finding.EXACT
        assert library.verify(said, Scope(since="2024")).finding is Finding.NOT_FOUND


def test_a_quotation_may_be_any_of_the_speakers_that_are_named(library: Library) -> None:
    words = "Russia is the most significant and direct threat to Allies’ security"
    for speakers in (("Vale", "Shekerinska"), ("Shekerinska", "Vale")):
        assert library.verify(words, Scope(speakers=speakers)).finding is Finding.EXACT
    assert library.verify(words, Scope(speakers=("Vale",))).finding is Finding.OTHER_SPEAKER


def test_a_follow_up_may_mean_what_the_answer_before_it_named(library: Library) -> None:
    scope = Scope(("tide mill/1",))
    for history in (("What about the sluice gate and the storm?",), ("",), ("?",) * 30):
        answer = library.ask("Who is he?", history, scope)
        assert all(quote.interview.id == "tide mill/1" for quote in (*answer.quotes, *answer.closest))


def test_the_same_interview_twice_is_one_interview() -> None:
    with Library.of([harbour()], encoder=FakeEncoder(), reader=FakeReader()) as library:
        assert library.add(harbour()).outcome is Outcome.UNCHANGED
        assert [s.id for s in library.list()] == ["tide mill/1"]


def test_corrected_roles_are_kept() -> None:
    with Library.of([harbour()], encoder=FakeEncoder(), reader=FakeReader()) as library:
        library.correct("tide mill/1", {"Marta Vale": Role.INTERVIEWER, "ek": Role.INTERVIEWEE})
        assert library.interview("tide mill/1").interviewees == ("Jon Ek",)
        library.correct("tide mill/1", {"Marta Vale": Role.OTHER})
        assert library.interview("tide mill/1").interviewers == ()


@pytest.mark.parametrize("name", ["Nobody", "e", ""])
def test_a_role_for_nobody_in_particular_is_refused(name: str) -> None:
    with Library.of([harbour()], encoder=FakeEncoder(), reader=FakeReader()) as library:
        with pytest.raises(ParseError, match="The speakers of tide mill/1 are: Jon Ek, Marta Vale"):
            library.correct("tide mill/1", {"Jon Ek": Role.INTERVIEWEE, name: Role.INTERVIEWER})
        assert library.interview("tide mill/1").interviewees == ("Marta Vale",)


def test_nobody_gets_two_roles() -> None:
    with (
        Library.of([harbour()], encoder=FakeEncoder(), reader=FakeReader()) as library,
        pytest.raises(ParseError, match="Jon Ek can't be who asks and who answers"),
    ):
        library.correct("tide mill/1", {"jon": Role.INTERVIEWEE, "Jon Ek": Role.INTERVIEWER})


def test_a_library_whose_first_add_was_killed_still_holds_what_ships(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    store.use_model(DEFAULT_MODEL, 384)  # the last thing that was done
    store.close()
    with Library.open(tmp_path) as library:
        assert [line.id for line in library.list()] == [seed.id for seed in seed_interviews()]


def moved(interview: Interview, by: int) -> Interview:
    """Put so many characters before an interview's words."""
    turns = tuple(replace(turn, start=turn.start + by, end=turn.end + by) for turn in interview.turns)
    return replace(interview, text="x" * by + interview.text, turns=turns)


@pytest.mark.parametrize(
    "change",
    [
        lambda library, known: library.correct(known.id, {"Marta Vale": Role.INTERVIEWER, "Jon Ek": Role.INTERVIEWEE}),
        lambda library, known: library.add(moved(known, 7)),
        lambda library, known: library.add(replace(known, turns=known.turns[:2])),
        lambda library, known: library.remove(known.id),
    ],
    ids=["roles corrected", "words moved", "turns gone", "removed"],
)
def test_an_interview_that_somebody_else_changes_while_it_is_asked_is_quoted_as_it_then_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Library, Interview], object]
) -> None:
    def opened() -> Library:
        return Library(LocalStore(tmp_path), encoder=FakeEncoder(), reader=FakeReader())

    known = replace(harbour(), origin="/harbour.txt")
    with opened() as library, opened() as elsewhere:
        deque(library.add_all([known, orchard()]), maxlen=0)
        changes = iter([change])

        def retrieve(self: Retriever, question: str, scope: Scope, words: tuple[str, ...]) -> list[Hit]:
            hits = retrieved(self, question, scope, words)
            for made in changes:
                made(elsewhere, known)
            return hits

        retrieved = Retriever.retrieve
        monkeypatch.setattr(Retriever, "retrieve", retrieve)
        question = "What about the sluice gate and the storm?"
        found = library.ask(question)
        assert next(changes, None) is None
        assert found == library.ask(question)
        for quote in (*found.quotes, *found.closest):
            assert quote.interview == library.interview(quote.interview.id)
            assert quote.role is quote.interview.turns[quote.turn].role
        assert found.status is not Status.ANSWERED or all(q.role is not Role.INTERVIEWER for q in found.quotes)


def test_an_interview_that_is_changed_all_the_time_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    with Library.of([harbour()], encoder=FakeEncoder(), reader=FakeReader()) as library:
        monkeypatch.setattr(Answerer, "_hold", lambda *_: False)
        with pytest.raises(LibraryError, match="ask again"):
            library.ask("What about the sluice gate?")


def test_a_very_long_talk_can_be_gone_on_with(library: Library) -> None:
    assert library.ask("tell me more", ["What about the mill?", *["tell me more"] * 300])


def test_a_removed_interview_is_gone() -> None:
    with Library.of([harbour(), orchard()], encoder=FakeEncoder(), reader=FakeReader()) as library:
        library.remove("orchard")
        assert [s.id for s in library.list()] == ["tide mill/1"]
        assert not any("cider" in q.text for q in library.ask("wasps cider").closest)


def test_a_speaker_s_i_is_no_topic_to_suggest() -> None:
    told = "When I’m asked, I'm told that I’ve met Dora Lind."
    twice = tuple(Turn(start, start + len(told), "Ana Vale", Role.INTERVIEWEE) for start in (0, len(told) + 1))
    assert suggest(Interview("one", f"{told} {told}", twice, "A title")) == ("What did Vale say about Dora Lind?",)


def test_a_suggestion_does_not_begin_as_if_something_had_been_said_before() -> None:
    text = "And who paid for the new wheel?"
    asked = Interview("one", text, (Turn(0, len(text), "Jon Ek", Role.INTERVIEWER),), "A title")
    assert suggest(asked) == ("Who paid for the new wheel?",)


def test_a_suggested_question_is_whole() -> None:
    told = "I was born there. Why did Dr. Novak leave the hospital in Prague? Is 3.5 percent of GDP enough for Finland?"
    asked = Interview("one", told, (Turn(0, len(told), "Jo", Role.INTERVIEWER),), "A title")
    assert set(suggest(asked)) == {
        "Why did Dr. Novak leave the hospital in Prague?",
        "Is 3.5 percent of GDP enough for Finland?",
    }


def test_suggestions_are_drawn_from_the_interview(library: Library) -> None:
    (seed,) = seed_interviews()
    suggested = library.suggestions(seed.id)
    assert 2 <= len(suggested) <= 4
    assert any(word in seed.text for s in suggested for word in s.rstrip("?").split()[-1:])
