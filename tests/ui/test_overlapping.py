"""What a visitor does while a question is being answered, or an interview added, stays done."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from rag.datatypes import Interview
from tests.ui.conftest import collect_quietly
from tests.ui.fake_library import FakeLibrary
from ui.desk import Desk
from ui.talk import Talk
from ui.visits import CHOSEN_GONE, Visits

STORM, APPLES = "Did a storm take the sluice gate?", "Which apples survive a late frost?"
MILL = "tide mill/1"


@pytest.fixture(autouse=True)
def tidy() -> Iterator[None]:
    yield
    collect_quietly()


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary()


@pytest.fixture
def visits(library: FakeLibrary) -> Iterator[Visits]:
    desk = Desk(lambda: library)
    yield Visits(desk, None, editable=True)
    library.gate.set()
    desk.close()


@asynccontextmanager
async def while_answered(visits: Visits, library: FakeLibrary, talk: Talk, question: str) -> AsyncIterator[None]:
    """Put a question; it is answered after what is done in the ``with`` block."""
    library.gate.clear()
    steps = visits.ask(talk, question, "a")
    await anext(steps)
    rest = asyncio.create_task(_all(steps))
    await asyncio.sleep(0.05)
    yield
    library.gate.set()
    await rest


async def _all(steps: AsyncIterator[Any]) -> list[Any]:
    return [step async for step in steps]


def put(visits: Visits, talk: Talk, question: str) -> list[tuple[Any, ...]]:
    """Return what the page's event of asking sends: the box, the shelf, the conversation, the talk."""
    import gradio as gr

    from ui.layout import Events

    request = gr.Request(session_hash="a", client=None)
    return asyncio.run(_all(Events(visits).put(question, talk, request)))


def skipped(output: object) -> bool:
    import gradio as gr

    return output == gr.skip()


def test_interviews_chosen_while_an_answer_is_awaited_stay_chosen(visits: Visits, library: FakeLibrary) -> None:
    async def visit() -> Talk:
        talk = Talk()
        async with while_answered(visits, library, talk, STORM):
            await visits.choose(talk, ["orchard"])
        return talk

    talk = asyncio.run(visit())
    assert talk.scope == ("orchard",)
    assert talk.exchanges[0].answer is not None


def test_a_conversation_begun_anew_while_an_answer_is_awaited_stays_empty(visits: Visits, library: FakeLibrary) -> None:
    from ui.layout import Events

    async def visit() -> Talk:
        talk = Talk(scope=("orchard",))
        async with while_answered(visits, library, talk, STORM):
            assert (await Events(visits).start_again(talk))[0] == ""
        return talk

    talk = asyncio.run(visit())
    assert talk.html == ""
    assert talk.scope == ("orchard",)


def test_a_second_question_does_not_wait_for_the_first_and_follows_it(visits: Visits, library: FakeLibrary) -> None:
    async def visit() -> Talk:
        talk = Talk()
        async with while_answered(visits, library, talk, APPLES), while_answered(visits, library, talk, "And why?"):
            assert talk.html.count("Looking in the transcript") == 2
        return talk

    talk = asyncio.run(visit())
    assert [(one.question, one.number) for one in talk.exchanges] == [(APPLES, 1), ("And why?", 2)]
    assert all(one.answer for one in talk.exchanges)
    assert ("And why?", (APPLES,)) in [(question, history) for question, history, _ in library.asked]


def test_a_question_sent_twice_is_put_once(visits: Visits, library: FakeLibrary) -> None:
    async def visit() -> Talk:
        talk = Talk()
        async with while_answered(visits, library, talk, STORM):
            assert await _all(visits.ask(talk, f" {STORM}", "a")) == []
        return talk

    assert len(asyncio.run(visit()).exchanges) == 1


def test_what_is_typed_while_an_answer_is_awaited_is_left_alone(visits: Visits) -> None:
    talk = Talk()
    first, second, last = put(visits, talk, STORM)
    assert first[0] == ""
    assert skipped(second[0])
    assert "A storm took" in second[2]
    assert all(map(skipped, last[:3]))  # Gradio sends it again at the end, when others may have changed all of these
    assert all(step[3] is talk for step in (first, second, last))


def test_interviews_chosen_while_one_is_added_stay_chosen(
    visits: Visits, library: FakeLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "boats.txt"
    file.write_text("Ida Holm: Why boats?\nPer Lund: Because they float.\n")
    talk = Talk()
    add = library.add

    def add_slowly(interview: Interview) -> object:
        asyncio.run(visits.choose(talk, ["orchard"]))
        return add(interview)

    monkeypatch.setattr(library, "add", add_slowly)
    last = asyncio.run(_all(visits.add(talk, file)))[-1]
    assert "Asking 1 of 3 interviews" in last.welcome.shelf


def test_the_interview_that_was_opened_last_is_the_one_that_is_shown(
    visits: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def visit() -> tuple[str | None, str | None]:
        talk = Talk()
        return await asyncio.gather(visits.show(talk, "tide%20mill%2F1"), visits.show(talk, "orchard"))

    first, last = asyncio.run(visit())
    assert first is None
    assert last is not None
    assert "Late apples" in last


def test_no_event_is_dropped_because_one_like_it_is_pending(visits: Visits) -> None:
    from ui.layout import layout

    modes = {one.api_name: one.trigger_mode for one in layout(visits, editable=True).fns.values()}
    assert modes["choose"] == modes["open_interview"] == "multiple"


def test_where_a_chosen_interview_is_gone_the_others_are_asked(visits: Visits, library: FakeLibrary) -> None:
    talk = Talk(scope=(MILL, "gone"))
    shelf = put(visits, talk, STORM)[1][1]
    assert "A storm took" in talk.html
    assert talk.scope == (MILL,)
    assert "Asking 1 of 2 interviews" in shelf


def test_where_all_chosen_interviews_are_gone_the_visitor_is_told_and_may_choose(
    visits: Visits, library: FakeLibrary
) -> None:
    talk = Talk(scope=("gone",))
    shelf = put(visits, talk, STORM)[1][1]
    assert talk.exchanges[0].trouble == CHOSEN_GONE
    assert "Asking all of 2 interviews" in shelf
    put(visits, talk, STORM)
    assert talk.exchanges[1].answer is not None
