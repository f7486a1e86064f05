"""The page behind its address: the endpoint for programs, raw calls, loading, limits, and what ``serve`` prints."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from threading import Event
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx
import pytest
from gradio_client import Client

from rag.datatypes import Role
from rag.errors import FetchError, LibraryDamaged, ModelError, OnTheRecordError, ParseError, QuestionError
from rag.parsing import ParseOptions, read
from rag.parsing.fetch import Fetched
from rag.questions import MAX_QUESTION
from tests.ui.conftest import Served, collect_quietly, served
from tests.ui.fake_library import FakeLibrary, harbour
from ui.desk import BUSY, Desk
from ui.guard import is_loopback
from ui.pace import Pace
from ui.page import CannotServe, ServeOptions, network_address, run
from ui.render import exchange_html
from ui.talk import LONGEST_HISTORY, Talk
from ui.visits import GONE_WRONG, OUT_OF_ORDER, Adding, Visits

Item = TypeVar("Item")


def every(steps: AsyncIterator[Item]) -> list[Item]:
    async def gather() -> list[Item]:
        return [step async for step in steps]

    return asyncio.run(gather())


def asked(visits: Visits, talk: Talk, question: str) -> Talk:
    """Ask, and return the talk with the answer."""
    every(visits.ask(talk, question, "a"))
    return talk


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary()


@pytest.fixture
def desk(library: FakeLibrary) -> Iterator[Desk]:
    desk = Desk(lambda: library)
    yield desk
    library.gate.set()
    desk.close()


@pytest.fixture
def visits(desk: Desk) -> Visits:
    return Visits(desk, None, editable=True)


# ---- The endpoint for programs


@pytest.fixture(scope="module")
def client(local: Served) -> Iterator[Client]:
    yield Client(local.address, verbose=False)
    collect_quietly()


def test_a_program_gets_the_json_object_of_ask(client: Client) -> None:
    found = client.predict("Did a storm take the sluice gate?", api_name="/ask")
    assert found["status"] == "answered"
    quote = found["quotes"][0]
    assert quote["text"] == harbour().text[quote["start"] : quote["end"]]
    assert quote["speaker"] == "Marta Vale"


def test_a_program_can_follow_up_and_choose_an_interview(client: Client, local: Served) -> None:
    client.predict("And why?", ["Which apples survive?"], "orchard", api_name="/ask")
    question, history, scope = local.library.asked[-1]
    assert (question, history, scope.interviews) == ("And why?", ("Which apples survive?",), ("orchard",))


@pytest.mark.parametrize(
    "arguments",
    [
        ("   ",),
        ("x" * (MAX_QUESTION + 1),),
        ("Why?", ["x"] * (LONGEST_HISTORY + 1)),
        ("Why?", [7]),
        ("Why?", "Which apples survive?"),
        ("Why?", {}),
        ("Why?", [], "no such"),
        ("Why?", [], ["orchard"]),
        ("Why?", [], 0),
    ],
)
def test_a_program_is_told_in_one_line_what_is_wrong(client: Client, arguments: tuple[Any, ...]) -> None:
    from gradio_client.exceptions import AppError

    with pytest.raises(AppError) as told:
        client.predict(*arguments, api_name="/ask")
    assert "\n" not in str(told.value)
    assert "Traceback" not in str(told.value)


@pytest.mark.parametrize(("question", "interview"), [("why \ud800 hops?", None), ("Why?", "\ud800")])
def test_a_program_is_told_of_half_a_character(visits: Visits, question: str, interview: str | None) -> None:
    with pytest.raises(QuestionError, match="holds half a character"):
        asyncio.run(visits.answer(question, None, interview, "a"))


def test_only_ask_is_offered_to_programs(client: Client) -> None:
    assert list(client.view_api(return_format="dict")["named_endpoints"]) == ["/ask"]


# ---- Raw calls to every event, as anybody could make them


def raw_call(address: str, fn: int, data: list[Any], event: object = None, session: str = "raw") -> dict[str, Any]:
    """Return how a call ended, with all that was said on the way."""
    with httpx.Client(base_url=address, timeout=20, trust_env=False) as http:
        body = {"data": data, "fn_index": fn, "session_hash": session, "event_data": event}
        sent = json.dumps(body)  # httpx's own JSON can't say half a character
        joined = http.post("/gradio_api/queue/join", content=sent, headers={"content-type": "application/json"})
        if joined.status_code != 200:
            return {"refused": joined.status_code, "body": joined.text}
        with http.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as stream:
            said = ""
            for line in stream.iter_lines():
                if line.startswith("data: "):
                    message = json.loads(line[6:])
                    said += line
                    if message["msg"] in ("process_completed", "unexpected_error"):
                        return {**message, "said": said}
    pytest.fail(f"the page never said how call {fn} with {data!r} ended")


ODD: list[object] = [
    *(None, 7, -1.5, "", "x" * 5000, "\ud800", "https://example.org/\ud800"),
    *([], ["a"], [[1, 2], None], {}, {"path": "/etc/passwd"}),
    *({"interview": {"a": 1}}, {"interview": "\ud800", "roles": [["\ud800", "other"]], "address": "http://\ud800"}),
]


@pytest.mark.parametrize("odd", ODD, ids=[str(i) for i in range(len(ODD))])
def test_no_raw_call_gets_a_traceback_a_path_or_a_file(local: Served, odd: object) -> None:
    config = httpx.get(f"{local.address}/config", trust_env=False).json()
    for dependency in config["dependencies"]:
        data = [odd] * len(dependency["inputs"])
        shown = json.dumps(raw_call(local.address, dependency["id"], data, odd, f"raw{dependency['id']}"))
        assert "Traceback" not in shown
        assert "root:" not in shown
        assert not re.search(r"/(home|root|usr|tmp|etc)/", shown.replace("/etc/passwd", ""))


def test_a_call_that_names_nothing_known_is_refused(local: Served) -> None:
    answer = raw_call(local.address, 9999, [])
    assert answer.get("refused", 500) >= 400 or not answer.get("success")


# ---- One visitor after another


def test_a_question_is_shown_at_once_and_then_answered(visits: Visits) -> None:
    talk = Talk()
    put, answered = every(visits.ask(talk, "Did a storm take the sluice gate?", "a"))
    assert "Looking in the transcript" in put.html
    assert "A storm took the " not in put.html
    assert answered.html == talk.html
    assert talk.exchanges[0].answer is not None
    assert talk.exchanges[0].following


def test_follow_ups_carry_the_questions_before_them(visits: Visits, library: FakeLibrary) -> None:
    talk = asked(visits, Talk(), "Which apples survive?")
    talk = asked(visits, talk, "And why?")
    assert library.asked[-1][1] == ("Which apples survive?",)
    assert "Taken to mean: " in talk.html


def test_what_was_asked_already_is_not_offered_again_in_other_words(visits: Visits) -> None:
    talk = asked(visits, Talk(), "Which apples survive?")
    assert "Which apples survive a late frost?" in talk.exchanges[-1].following
    talk = asked(visits, talk, "Does Lena Brandt say which apples survive the late frosts?")
    talk = asked(visits, talk, "And which apples blossom?")
    assert "Which apples survive a late frost?" not in talk.exchanges[-1].following
    assert "And what do you do against wasps?" in talk.exchanges[-1].following


def test_in_an_archive_no_question_to_start_with_is_for_one_person_alone(visits: Visits) -> None:
    async def arrived() -> str:
        return [welcome async for welcome in visits.arrive()][-1].opening

    opening = asyncio.run(arrived())
    assert "Which apples survive a late frost?" in opening
    assert "Did you ever regret it?" not in opening


def test_other_questions_are_offered_than_just_before(
    visits: Visits, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = tuple(f"What about {fruit}?" for fruit in ("pears", "plums", "figs", "dates", "limes"))
    monkeypatch.setattr(library, "suggestions", lambda id: questions)
    talk = asked(visits, Talk(), "Which apples survive?")
    assert talk.exchanges[-1].following == questions[:3]
    talk = asked(visits, talk, "Which apples blossom?")
    assert talk.exchanges[-1].following == (*questions[3:], questions[0])


@pytest.mark.parametrize("nothing", ["", "   \n", None, 7, ["Why?"]])
def test_nothing_asked_is_nothing_done(visits: Visits, nothing: object) -> None:
    assert every(visits.ask(Talk(), nothing, "a")) == []


def test_a_question_that_is_far_too_long_is_told_so(visits: Visits) -> None:
    (talk,) = every(visits.ask(Talk(), "x" * (MAX_QUESTION + 1), "a"))
    assert "ask in at most 2,000" in talk.html


def test_a_conversation_goes_on_after_a_question_that_no_text_can_hold(local: Served) -> None:
    config = httpx.get(f"{local.address}/config", trust_env=False).json()
    put = next(one["id"] for one in config["dependencies"] if one["api_name"] == "put")
    told = raw_call(local.address, put, ["why \ud800 hops?", None], session="halved")
    assert "holds half a character" in told["said"]
    told = raw_call(local.address, put, ["Did a storm take the sluice gate?", None], session="halved")
    assert "Marta Vale" in told["said"]


def test_whoever_asks_too_fast_is_told_how_long_to_wait(desk: Desk) -> None:
    visits = Visits(desk, Pace(at_once=1, a_minute=6, now=lambda: 0.0), editable=False)
    every(visits.ask(Talk(), "Which apples survive?", "a"))
    (talk,) = every(visits.ask(Talk(), "Which apples survive?", "a"))
    assert "Please wait 10 seconds" in talk.html
    assert len(every(visits.ask(Talk(), "Which apples survive?", "b"))) == 2


def test_the_engines_own_refusal_reaches_the_page(visits: Visits, library: FakeLibrary) -> None:
    def refuse(*_: object) -> None:
        raise OnTheRecordError("The model is missing; install it again.")

    library.ask = refuse  # type: ignore[method-assign, assignment]
    assert "The model is missing" in asked(visits, Talk(), "Why?").html


def test_an_unforeseen_failure_never_looks_like_an_answer(visits: Visits, library: FakeLibrary) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    library.ask = fail  # type: ignore[method-assign, assignment]
    talk = Talk()
    with pytest.raises(ZeroDivisionError):
        asked(visits, talk, "Which apples survive?")
    assert GONE_WRONG in talk.html


def test_when_too_many_wait_the_next_is_asked_to_come_back(
    library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.desk.MOST_WAITING", 2)
    library.gate.clear()
    desk = Desk(lambda: library)

    async def crowd() -> list[Talk]:
        visits = Visits(desk, None, editable=False)

        async def one(number: int) -> Talk:
            talk = Talk()
            async for _ in visits.ask(talk, "Which apples survive?", str(number)):
                pass
            return talk

        waiting = [asyncio.create_task(one(number)) for number in range(3)]
        done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        library.gate.set()
        return [await task for task in (*done, *(task for task in waiting if task not in done))]

    told = asyncio.run(crowd())
    desk.close()
    assert BUSY in told[0].html
    assert all(talk.exchanges[0].answer for talk in told[1:])


def test_a_question_asked_while_the_library_opens_waits_and_is_answered(library: FakeLibrary) -> None:
    ready = Event()

    def slowly() -> FakeLibrary:
        ready.wait(20)
        return library

    desk = Desk(slowly)
    visits = Visits(desk, None, editable=False)

    async def visit() -> tuple[str, Talk]:
        steps = visits.arrive()
        first = await anext(steps)
        talk = Talk()
        put = visits.ask(talk, "Which apples survive?", "a")
        await anext(put)
        ready.set()
        await anext(put)
        return first.opening, talk

    opening, talk = asyncio.run(visit())
    desk.close()
    assert "loading the models" in opening
    assert talk.exchanges[0].answer is not None


def test_a_library_that_can_not_be_opened_says_why_on_the_page() -> None:
    def broken() -> FakeLibrary:
        raise LibraryDamaged("The library is damaged; restore it from a copy.")

    desk = Desk(broken)
    shown = every(Visits(desk, None, editable=True).arrive())[-1]
    desk.close()
    assert "restore it from a copy" in shown.opening


@pytest.mark.parametrize("error", [LibraryDamaged, ModelError, ParseError])
def test_a_guest_is_not_told_where_anything_lies(
    error: type[OnTheRecordError], caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> FakeLibrary:
        raise error("/home/ada/interviews is damaged.")

    desk = Desk(broken)
    visits = Visits(desk, None, editable=False)
    arrived, talk = every(visits.arrive())[-1], asked(visits, Talk(), "Why?")
    shown = asyncio.run(visits.show(Talk(), "orchard")) or ""
    desk.close()
    assert talk.exchanges[-1].trouble == OUT_OF_ORDER
    assert "/home/ada" not in arrived.opening + talk.html + shown
    assert "/home/ada/interviews is damaged" in caplog.text


def test_nobody_is_named_for_those_who_answer_without_a_name(desk: Desk, visits: Visits, library: FakeLibrary) -> None:
    library.correct("orchard", {"Lena Brandt": Role.INTERVIEWER})
    (exchange,) = asked(visits, Talk(), "Xylophones?").exchanges
    assert exchange.asked == ()


def test_a_visitor_chooses_which_interviews_to_ask(visits: Visits, library: FakeLibrary) -> None:
    talk = Talk()
    whom = asyncio.run(visits.choose(talk, ["tide%20mill%2F1", "\ud800", 7]))
    assert whom == "1 of 2 interviews"
    assert talk.scope == ("tide mill/1",)
    asked(visits, talk, "Which apples survive?")
    assert library.asked[-1][2].interviews == ("tide mill/1",)
    assert asyncio.run(visits.choose(talk, [])) == "the interviews"
    assert talk.scope == ()


def test_a_quote_names_its_interview_also_where_only_one_of_several_is_asked(visits: Visits) -> None:
    (exchange,) = asked(visits, Talk(scope=("orchard",)), "Which apples survive?").exchanges
    assert exchange.several
    assert '<cite class="title"><bdi>Late apples</bdi></cite>' in exchange_html(exchange)


def test_a_conversation_keeps_its_last_exchanges_and_their_numbers(visits: Visits) -> None:
    talk = Talk()
    for _ in range(LONGEST_HISTORY + 2):
        talk = asked(visits, talk, "Which apples survive?")
    assert len(talk.exchanges) == LONGEST_HISTORY
    assert talk.exchanges[-1].number == LONGEST_HISTORY + 2


def test_a_conversation_is_saved_with_every_citation(visits: Visits) -> None:
    talk = asked(visits, Talk(), "Did a storm take the sluice gate?")
    talk = asked(visits, talk, "Xylophones?")
    kept = json.loads(visits.saved(talk, "markdown"))
    assert "## Did a storm take the sluice gate?" in kept["text"]
    assert "> A storm took the sluice gate and \\<b>half\\</b> the savings.\n>\n> \N{EM DASH} " in kept["text"]
    assert "Marta Vale" in kept["text"]
    answers = json.loads(json.loads(visits.saved(talk, "json"))["text"])
    assert [answer["status"] for answer in answers] == ["answered", "not_found"]
    assert visits.saved(talk, "exe") == ""


def test_the_owner_corrects_who_asks_and_who_answers(visits: Visits, library: FakeLibrary) -> None:
    swapped = [["Host", "interviewee"], ["Lena Brandt", "interviewer"], "odd", ["x"], [1, 2]]
    told = asyncio.run(visits.correct(Talk(scope=("orchard",)), "orchard", swapped))
    assert told.line == "Saved who asks and who answers."
    assert told.welcome is not None
    assert "Asking 1 of 2 interviews" in told.welcome.shelf
    gone = asyncio.run(visits.correct(Talk(), "no such", swapped))
    assert gone == Adding("There is no interview 'no such'.", refused=True)
    assert library.interview("orchard").turns[0].role is Role.INTERVIEWEE


def test_the_owner_says_that_somebody_neither_asks_nor_answers(visits: Visits, library: FakeLibrary) -> None:
    told = asyncio.run(visits.correct(Talk(), "orchard", [["Host", "other"], ["Lena Brandt", "interviewee"]]))
    assert told.line == "Saved who asks and who answers."
    assert library.interview("orchard").interviewers == ()


def test_a_correction_of_somebody_who_does_not_speak_is_no_success(visits: Visits) -> None:
    told = asyncio.run(visits.correct(Talk(), "orchard", [["Zed", "interviewer"]]))
    assert told.line == "Who is 'Zed'? The speakers of orchard are: Host, Lena Brandt."
    assert told.refused


def test_a_visitor_corrects_and_adds_nothing(desk: Desk, library: FakeLibrary, tmp_path: Path) -> None:
    visits = Visits(desk, None, editable=False)
    asyncio.run(visits.correct(Talk(), "orchard", [["Host", "interviewee"]]))
    file = tmp_path / "new.txt"
    file.write_text("A: B?\nC: D.")
    assert every(visits.add(Talk(), file)) == []
    assert every(visits.add_address(Talk(), "https://example.org/boats.txt")) == []
    assert library.interview("orchard").turns[0].role is Role.INTERVIEWER
    assert len(library.list()) == 2


def test_an_uploaded_interview_is_added_and_its_file_deleted(
    visits: Visits, library: FakeLibrary, tmp_path: Path
) -> None:
    file = tmp_path / "boats.txt"
    file.write_text("Ida Holm: Why boats?\nPer Lund: Because they float.\nIda Holm: All?\nPer Lund: Most of them do.\n")
    steps: list[Adding] = every(visits.add(Talk(), file))
    assert steps[0].line == "Reading boats.txt"
    assert steps[-1].line.startswith("Added: ")
    assert steps[-1].welcome is not None
    assert "Because they float." in steps[-1].welcome.pane
    assert len(library.list()) == 3
    assert not file.exists()


def test_who_answers_in_an_upload_is_told_in_a_sentence(visits: Visits, tmp_path: Path) -> None:
    said = ("Q: Why boats?", "Per Lund: Because they float.", "Q: All?", "Una Berg: Most of them do.") * 2
    for voices, line in ((said, "Per Lund and Una Berg answer, "), (said[:2] * 3, "Per Lund answers, ")):
        file = tmp_path / "boats.txt"
        file.write_text("\n".join(voices))
        assert line in every(visits.add(Talk(), file))[1].line


def test_a_file_that_is_no_interview_is_refused_with_a_reason_and_deleted(visits: Visits, tmp_path: Path) -> None:
    file = tmp_path / "cat.txt"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    steps = every(visits.add(Talk(), file))
    assert steps[-1].line.startswith("cat.txt was not added. ")
    assert [step.refused for step in steps] == [*[False] * (len(steps) - 1), True]
    assert not file.exists()


def test_a_text_that_shows_no_speakers_is_refused_with_what_to_do(visits: Visits, tmp_path: Path) -> None:
    file = tmp_path / "speech.txt"
    file.write_text("We opened in March. The mill had stood empty for forty years. Nobody believed in it.\n" * 3)
    told = every(visits.add(Talk(), file))[-1]
    assert told.line.startswith("speech.txt was not added. It doesn't show who says what")


def test_an_interview_whose_id_is_taken_is_shown_under_its_own(
    visits: Visits, library: FakeLibrary, tmp_path: Path
) -> None:
    file = tmp_path / "boats.txt"
    file.write_text("Ida Holm: Why boats?\nPer Lund: Because they float.\n")
    library.held["boats"] = harbour()
    last = every(visits.add(Talk(), file))[-1]
    assert last.welcome is not None
    assert 'data-interview="boats-2"' in last.welcome.pane


def test_adding_an_interview_leaves_alone_which_ones_are_asked(
    visits: Visits, library: FakeLibrary, tmp_path: Path
) -> None:
    file = tmp_path / "boats.txt"
    file.write_text("Ida Holm: Why boats?\nPer Lund: Because they float.\n")
    last = every(visits.add(Talk(scope=("orchard",)), file))[-1]
    assert last.welcome is not None
    assert "Asking 1 of 3 interviews" in last.welcome.shelf


def test_an_interview_is_added_by_its_address(
    visits: Visits, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = b"Ida Holm: Why boats?\nPer Lund: Because they float.\n"
    page = Fetched(lines, "https://example.org/boats.txt", "text/plain")
    monkeypatch.setattr("rag.parsing.fetch.fetch", lambda url, **_: page)
    steps = every(visits.add_address(Talk(), " https://example.org/boats.txt "))
    assert steps[0].line == "Fetching https://example.org/boats.txt"
    assert steps[-1].line == "Added: boats"
    assert library.interview("boats").url == "https://example.org/boats.txt"


def test_an_address_that_can_not_be_fetched_is_refused_with_the_reason(
    visits: Visits, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(url: str, **_: object) -> Fetched:
        raise FetchError(f"{url} answers 404 Not Found")

    monkeypatch.setattr("rag.parsing.fetch.fetch", refuse)
    told = every(visits.add_address(Talk(), "https://example.org/gone"))[-1]
    assert told.line == "https://example.org/gone was not added. Answers 404 Not Found."
    assert len(library.list()) == 2


def test_what_was_told_of_an_address_holds_when_the_page_reads_it_again(
    desk: Desk, library: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "https://example.org/boats.txt"
    said = b"Ida Holm: Why boats?\nPer Lund: Because they float.\nIda Holm: All?\nPer Lund: Most of them do.\n"
    monkeypatch.setattr("rag.parsing.fetch.fetch", lambda url, **_: Fetched(said, url, "text/plain"))
    told = ParseOptions(title="On boats", date="2024-05", interviewers=("Per Lund",))
    library.add(read(address, told))
    visits = Visits(desk, None, editable=True)
    assert every(visits.add_address(Talk(), address))[-1].line == "It is there already: On boats"
    assert library.interview("on-boats").interviewees == ("Ida Holm",)


@pytest.mark.parametrize("host", ["127.0.0.1:9", "localhost", "[::1]", "10.0.0.8", "169.254.169.254"])
def test_an_address_of_this_machine_or_its_network_is_refused(visits: Visits, library: FakeLibrary, host: str) -> None:
    told = every(visits.add_address(Talk(), f"http://{host}/interview"))[-1]
    assert "on this machine or its local network" in told.line
    assert "which only onrecord add --allow-private fetches from." in told.line
    assert len(library.list()) == 2


@pytest.mark.parametrize("typed", ["/etc/passwd", "file:///etc/passwd", "example.org", "", "https://" + "x" * 3000])
def test_what_is_no_web_address_is_never_read(visits: Visits, library: FakeLibrary, typed: str) -> None:
    (told,) = every(visits.add_address(Talk(), typed))
    assert "no web address" in told.line
    assert len(told.line) < 250
    assert len(library.list()) == 2


# ---- Serving


def test_the_library_is_closed_with_the_page(library: FakeLibrary) -> None:
    with served(ServeOptions(browser=False), library):
        assert not library.closed
    assert library.closed


def test_the_page_listens_before_the_library_begins_to_open(library: FakeLibrary) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    reached: list[bool] = []

    def opened() -> FakeLibrary:
        with socket.create_connection(("127.0.0.1", port), timeout=20):
            reached.append(True)
        return library

    with run(opened, ServeOptions(browser=False, port=port)) as running:
        running.desk.wait()
    collect_quietly()
    assert reached == [True]


def test_a_page_for_the_whole_network_knows_by_which_address_others_reach_it() -> None:
    own = network_address("0.0.0.0", 7860)
    if own is None:
        pytest.skip("this machine is on no network")
    host = urlsplit(own).hostname or ""
    assert own == f"http://{host}:7860"
    assert not is_loopback(host)
    socket.create_server((host, 0)).close()  # it is this computer's


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "192.168.1.5"])
def test_a_page_with_one_address_has_no_other_to_tell(host: str) -> None:
    assert network_address(host, 7860) is None


def test_the_page_listens_on_an_address_of_version_6() -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("this machine has no IPv6")
    with run(FakeLibrary, ServeOptions(browser=False, host="::1")) as running:
        assert running.address == f"http://[::1]:{running.port}"
        assert running.password is None
        assert httpx.get(running.address, trust_env=False).status_code == 200
    collect_quietly()


def test_the_page_is_served_at_another_address_also_behind_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    with run(FakeLibrary, ServeOptions(browser=False, host="127.0.0.2")) as running:
        assert httpx.get(running.address, trust_env=False).status_code == 200
    collect_quietly()


def test_a_page_that_does_not_answer_at_its_address_is_a_clear_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("httpx.get", lambda url, **_: httpx.Response(502, request=httpx.Request("GET", url)))
    with (
        pytest.raises(CannotServe, match=r"doesn't reach it there \(.*502.*see to the proxies"),
        run(FakeLibrary, ServeOptions(browser=False)),
    ):
        pass
    collect_quietly()


def test_a_port_that_is_taken_is_a_clear_mistake() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with (
            pytest.raises(CannotServe, match="Choose another --port"),
            run(FakeLibrary, ServeOptions(browser=False, port=taken.getsockname()[1])),
        ):
            pass


def test_a_page_that_starts_too_late_is_not_called_a_taken_port(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: object, **__: object) -> None:
        raise OSError("Cannot find empty port in range")

    monkeypatch.setattr("gradio.http_server.start_server", late)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (
        pytest.raises(CannotServe, match=r"didn't start in time.*Try it again"),
        run(FakeLibrary, ServeOptions(browser=False, port=port)),
    ):
        pass
    collect_quietly()


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host", "a" * 70])
def test_an_address_of_another_computer_is_refused_in_one_line(host: str, capfd: pytest.CaptureFixture[str]) -> None:
    with (
        pytest.raises(CannotServe, match="name another --host"),
        run(FakeLibrary, ServeOptions(browser=False, host=host)),
    ):
        pass
    assert "ERROR" not in capfd.readouterr().err


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (ServeOptions(), None),
        (ServeOptions(password="word"), "word"),
        (ServeOptions(share=True, no_password=True), None),
    ],
)
def test_strangers_need_a_password_and_the_owner_may_set_one(options: ServeOptions, expected: str | None) -> None:
    from ui.page import password_for

    assert password_for(options) == expected


def test_a_password_that_nobody_chose_is_long_and_new_each_time() -> None:
    from ui.page import password_for

    made = {password_for(ServeOptions(share=True)), password_for(ServeOptions(host="0.0.0.0"))}
    assert len(made) == 2
    assert all(word and len(word) >= 20 for word in made)


def start(*lines: str) -> subprocess.Popen[str]:
    program = "\n".join(
        ["from tests.ui.fake_library import FakeLibrary", "from ui.page import ServeOptions, serve", *lines]
    )
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": "ignore"}
    return subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_prints_the_address_on_a_line_of_its_own_and_ends_cleanly(number: signal.Signals) -> None:
    with start("serve(FakeLibrary, ServeOptions(browser=False))") as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", address)
        assert httpx.get(address, trust_env=False).status_code == 200
        process.send_signal(number)
        rest, errors = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "Traceback" not in rest + errors


def test_serve_fails_with_the_librarys_reason() -> None:
    lines = (
        "from rag.errors import ParseError",
        "def broken(): raise ParseError('notes.txt: there is no such file.')",
        "try: serve(broken, ServeOptions(browser=False))",
        "except ParseError as error: print('told:', error)",
    )
    with start(*lines) as process:
        output, errors = process.communicate(timeout=120)
    assert "told: notes.txt: there is no such file." in output
    assert "Traceback" not in errors
