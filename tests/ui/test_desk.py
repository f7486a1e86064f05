"""The library behind the page: who waits for whom, and how many may."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from rag.datatypes import Status
from rag.library import Library
from tests.ui.fake_library import FakeLibrary, harbour, orchard
from tests.ui.fake_models import FakeEncoder, FakeReader
from ui.desk import ASKING, Busy, Desk
from ui.talk import Talk
from ui.visits import Visits

LONG = 30.0
"""Seconds after which a test that hangs is let go."""


class BlockingEncoder(FakeEncoder):
    """Stops at a gate whenever it is given more than a question, as a long upload would keep a real one busy."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = threading.Event()
        self.gate.set()
        self.embedding = threading.Event()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if len(texts) > 1:
            self.embedding.set()
            assert self.gate.wait(LONG)
        return super().encode(texts)


@contextmanager
def desk_on(library: FakeLibrary | Library) -> Iterator[Desk]:
    desk = Desk(lambda: library)
    try:
        yield desk
    finally:
        desk.close()


def test_a_question_is_answered_while_an_upload_is_embedded() -> None:
    encoder = BlockingEncoder()
    library = Library.of([harbour()], encoder=encoder, reader=FakeReader())

    async def visit(desk: Desk) -> Talk:
        encoder.embedding.clear()
        encoder.gate.clear()
        upload = asyncio.ensure_future(desk.change(lambda library: library.add(orchard())))
        assert await asyncio.to_thread(encoder.embedding.wait, LONG)
        talk = Talk()
        async for _ in Visits(desk, None, editable=True).ask(talk, "Did a storm take the sluice gate?", "a"):
            pass
        assert not upload.done()
        assert len(await desk.look(lambda library: library.list())) == 1
        encoder.gate.set()
        await upload
        return talk

    with desk_on(library) as desk:
        talk = asyncio.run(visit(desk))
    answer = talk.exchanges[0].answer
    assert answer is not None
    assert answer.status is Status.ANSWERED
    assert "A storm took the sluice gate" in answer.quotes[0].text


def test_a_question_is_answered_while_another_one_takes_long() -> None:
    library, entered = FakeLibrary(), threading.Event()

    def slowly(_: object) -> str:
        entered.set()
        library.gate.wait(LONG)
        return "slow"

    async def visit(desk: Desk) -> list[str]:
        await desk.ask(lambda _: "warm")
        library.gate.clear()
        slow = asyncio.ensure_future(desk.ask(slowly))
        assert await asyncio.to_thread(entered.wait, LONG)
        quick = await desk.ask(lambda _: "quick")
        library.gate.set()
        return [quick, await slow]

    with desk_on(library) as desk:
        assert asyncio.run(visit(desk)) == ["quick", "slow"]


def test_no_more_questions_are_worked_on_at_once_than_there_are_threads_for() -> None:
    at_work, most, counting = 0, 0, threading.Lock()
    full = threading.Barrier(ASKING)

    def work(_: object) -> None:
        nonlocal at_work, most
        with counting:
            at_work += 1
            most = max(most, at_work)
        full.wait(LONG)
        with counting:
            at_work -= 1

    async def crowd(desk: Desk) -> None:
        await asyncio.gather(*(desk.ask(work) for _ in range(3 * ASKING)))

    with desk_on(FakeLibrary()) as desk:
        asyncio.run(crowd(desk))
    assert most == ASKING


def test_changes_are_made_one_after_another_in_the_order_they_came() -> None:
    done: list[int] = []

    async def crowd(desk: Desk) -> None:
        await asyncio.gather(*(desk.change(lambda _, n=n: done.append(n)) for n in range(20)))  # type: ignore[misc]

    with desk_on(FakeLibrary()) as desk:
        asyncio.run(crowd(desk))
    assert done == list(range(20))


def test_who_comes_while_the_models_load_can_read_already() -> None:
    library = FakeLibrary()
    library.gate.clear()  # the question that warms the models up waits here, once somebody looked

    async def visit(desk: Desk) -> str:
        await desk.look(lambda _: "come in")
        welcomes = [welcome async for welcome in Visits(desk, None, editable=False).arrive()]
        library.gate.set()
        return welcomes[-1].opening

    with desk_on(library) as desk:
        assert "2 interviews" in asyncio.run(visit(desk))


def test_the_models_load_when_somebody_came_and_only_once() -> None:
    library = FakeLibrary()

    async def visit(desk: Desk) -> list[int]:
        desk.wait()
        before = len(library.asked)
        await asyncio.gather(*(desk.look(lambda library: library.list()) for _ in range(3)))
        await desk.ask(lambda _: "after the models")
        return [before, len(library.asked)]

    with desk_on(library) as desk:
        assert asyncio.run(visit(desk)) == [0, 1]


def test_those_who_wait_for_one_thing_dont_keep_others_from_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.desk.MOST_WAITING", 2)
    library = FakeLibrary()

    async def crowd(desk: Desk) -> None:
        await desk.ask(lambda _: "warm")
        library.gate.clear()
        waiting = [asyncio.ensure_future(desk.ask(lambda library: library.ask("Which apples?"))) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await desk.ask(lambda library: library.ask("Which apples?"))
        assert await desk.look(lambda library: len(library.list())) == 2
        await desk.change(lambda library: library.add(replace(orchard(), id="another")))
        library.gate.set()
        await asyncio.gather(*waiting)

    with desk_on(library) as desk:
        asyncio.run(crowd(desk))


def test_many_threads_get_the_answers_that_one_gets() -> None:
    library = Library.of([harbour(), orchard()], encoder=FakeEncoder(), reader=FakeReader())
    questions = ["What did a storm take?", "Which apples survive?", "Did the mill stand empty?", "Xylophones?"]
    alone = [library.ask(question) for question in questions]

    async def crowd(desk: Desk) -> None:
        calls = [desk.ask(lambda library, q=q: library.ask(q)) for q in questions * 8]  # type: ignore[misc]
        adding = [
            desk.change(lambda library, n=n: library.add(replace(orchard(), id=f"copy-{n}", origin=f"{n}.txt")))  # type: ignore[misc]
            for n in range(4)
        ]
        answers = await asyncio.gather(*calls)
        await asyncio.gather(*adding)
        for question, answer, once in zip(questions * 8, answers, alone * 8, strict=True):
            assert answer.question == question
            assert [q.text for q in answer.quotes][:1] == [q.text for q in once.quotes][:1]

    with desk_on(library) as desk:
        asyncio.run(crowd(desk))
