"""A conversation: greetings in it change nothing, "tell me more" goes on, each question is worked out once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.answers import Answerer, Inquiry
from rag.conversation import Meant, understand
from rag.conversation.tellers import tellers
from rag.datatypes import Answer, Role, Scope, Status
from rag.library import Library
from rag.parsing import read
from rag.seeds import seed_interviews

ITPP = "what did she say about ITPP?"


@pytest.fixture(scope="module")
def seed() -> Iterator[Library]:
    with Library.of(seed_interviews()) as library:
        yield library


def last(library: Library, *asked: str) -> Answer:
    return library.ask(asked[-1], asked[:-1])


@pytest.mark.models
@pytest.mark.parametrize("greeting", ["hello", "ok, thanks!", "???", ""])
def test_what_asks_nothing_has_no_part_in_a_conversation(seed: Library, greeting: str) -> None:
    assert "nothing is summed up" in (last(seed, greeting, "what did she say?").note or "")
    after = last(seed, ITPP, greeting, "tell me more")
    assert after.quotes == last(seed, ITPP, "tell me more").quotes
    assert last(seed, ITPP, greeting, "what was the question?").status is Status.ONLY_ASKED


@pytest.mark.models
def test_whoever_goes_on_asking_for_more_never_gets_the_same_again(seed: Library) -> None:
    asked = ["What did she say about Ukraine?"]
    shown: list[str] = []
    for _ in range(6):
        answer = last(seed, *asked)
        assert not {quote.text for quote in answer.quotes} & set(shown)
        shown += [quote.text for quote in answer.quotes]
        asked.append("tell me more")


@pytest.mark.models
@pytest.mark.parametrize("asked", ["What was she asked about divergences?", "What did she say about TRIPP?"])
def test_more_of_an_interviewers_question_is_never_the_interviewers_as_an_answer(seed: Library, asked: str) -> None:
    assert last(seed, asked).status is Status.ONLY_ASKED
    more = last(seed, asked, "tell me more")
    assert more.status is not Status.ANSWERED or all(q.role is not Role.INTERVIEWER for q in more.quotes)


@pytest.mark.models
def test_each_earlier_question_is_worked_out_once(seed: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    worked_out: list[str] = []
    answer = Answerer.answer

    def counted(self: Answerer, asked: str, meant: Meant, scope: Scope) -> Inquiry:
        worked_out.append(asked)
        return answer(self, asked, meant, scope)

    monkeypatch.setattr(Answerer, "answer", counted)
    steps = ["what was she asked next?"] * 40
    told = last(seed, "Has NATO begun preparations for such a scenario?", *steps)
    assert told.note == "Nothing more was asked."
    assert len(worked_out) == 1


@pytest.mark.parametrize(
    ("question", "speakers", "meant"),
    [
        ("Did Ann Smith mention tax?", ["Ann Smith", "Ann Jones"], ("Ann Smith",)),
        ("Does Ann Smith really think tax is fair?", ["Ann Smith", "Ann Jones"], ("Ann Smith",)),
        ("What did Speaker 2 say about tax?", ["Speaker 1", "Speaker 2"], ("Speaker 2",)),
        ("according to Speaker 2, what is fair?", ["Speaker 1", "Speaker 2"], ("Speaker 2",)),
        ("What did Martin Schulz say about Greece?", ["Martin Ek", "Bo Tarn"], ()),
        ("What does Ann Kelly think?", ["Ann Ek", "Bo Tarn"], ()),
    ],
)
def test_a_surname_tells_two_apart(question: str, speakers: list[str], meant: tuple[str, ...]) -> None:
    assert tellers(question, speakers) == meant


def interview(folder: Path, name: str, guest: str, *answers: str) -> Path:
    path = folder / f"{name}.txt"
    path.write_text("\n\n".join(f"Interviewer: What then?\n\n{guest}: {answer}" for answer in answers), "utf-8")
    return path


def test_a_first_name_that_one_interview_tells_is_not_taken_from_another(tmp_path: Path) -> None:
    whole = "I am told that Samuel Okoye is my name in full."
    one = read(interview(tmp_path, "one", "Okoye", whole, "Trade went well."))
    other = read(interview(tmp_path, "other", "Samuel Brandt", "Trade is a game.", "It was a game of chess."))
    assert understand("What did Samuel say about trade?", (), [one]).speakers == ("Okoye",)
    meant = understand("What did Samuel Brandt say about trade?", (), [one, other])
    assert (meant.question, meant.speakers) == ("What did Samuel Brandt say about trade?", ("Samuel Brandt",))
    assert "Okoye" not in understand("What did Samuel Pepys say about trade?", (), [one]).question


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Return six interviews, all but one of which speak of taxes a lot."""
    folder = tmp_path_factory.mktemp("archive")
    paths = [
        interview(folder, f"guest{n}", f"{name} Holm", "The tax on salt is a tax on tax.", "We pay tax, all the tax.")
        for n, name in enumerate(("Lena", "Marek", "Sven", "Ida", "Otto"))
    ]
    paths.append(interview(folder, "moreno", "Ada Moreno", "I planted a pear tree.", "Taxes ruined my tree, I think."))
    with Library.of(map(read, paths)) as library:
        yield library


@pytest.mark.models
def test_of_many_interviews_those_with_whom_the_question_names_are_meant(archive: Library) -> None:
    answer = archive.ask("What did Ada Moreno say about tax?")
    assert {quote.speaker for quote in (*answer.quotes, *answer.closest)} == {"Ada Moreno"}
    assert (
        archive.ask("and about trees?", ["What did Ada Moreno say about tax?", "why?"]).quotes[0].speaker
        == "Ada Moreno"
    )


@pytest.mark.models
def test_the_first_and_the_last_few_questions_are_told(seed: Library) -> None:
    everything = seed.ask("What were the questions?").quotes
    first = seed.ask("What were the first two questions?").quotes
    assert [q.turn for q in first] == [q.turn for q in everything[:2]]
    assert len(seed.ask("What were the last three questions?").quotes) == 3


COURTESY = """\
Jon Ek: You met the mayor in May. Did you ask the mayor about the bridge?

Ida Fenn: I asked the mayor who would pay for the bridge, and got no answer.

Jon Ek: Mm-hm.

Ida Fenn: The county paid in the end.

Jon Ek: And the road?

Ida Fenn: Nobody paid for the road.
"""


@pytest.mark.models
def test_what_a_guest_asked_somebody_is_told_by_the_guest(tmp_path: Path) -> None:
    path = tmp_path / "bridge.txt"
    path.write_text(COURTESY, encoding="utf-8")
    with Library.of([read(path)]) as library:
        answer = library.ask("What did she ask the mayor?")
    assert (answer.status, answer.quotes[0].speaker) == (Status.ANSWERED, "Ida Fenn")
