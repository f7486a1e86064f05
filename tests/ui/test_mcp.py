"""What a program finds that speaks MCP to ``onrecord mcp``."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult, TextContent

from rag.library import Library
from rag.parsing import parse
from tests.ui.fake_models import FakeEncoder, FakeReader
from ui.mcp_server import server_for

ROOT = Path(__file__).parent.parent.parent
BAKERY = b"""Interviewer: When did you open the bakery?

Ada Moreno: We opened the bakery in March 1998.
"""
ORCHARD = b"""Jon Ek: Which apples survive a late frost?

Lena Brandt: The Gravensteiner survives a late frost.
"""
SECONDS = 120
"""How long a server may take to answer; far more than it needs."""

Answered = TypeVar("Answered")


@pytest.fixture
def library() -> Library:
    interviews = [parse(BAKERY, "bakery.txt"), parse(ORCHARD, "orchard.txt")]
    return Library.of(interviews, encoder=FakeEncoder(), reader=FakeReader())


def talk(server: Any, work: Callable[[Client], Awaitable[Answered]]) -> Answered:  # noqa: ANN401 - the SDK's own union
    """Connect a client, do the work with it, and hang up."""

    async def conversation() -> Answered:
        async with Client(server, read_timeout_seconds=SECONDS) as client:
            return await work(client)

    # On a thread of its own: a browser that an earlier test drives keeps an event loop on this one.
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, conversation()).result()


def call(server: Any, tool: str, **arguments: str) -> CallToolResult:  # noqa: ANN401 - the SDK's own union
    return talk(server, lambda client: client.call_tool(tool, arguments))


def text_of(result: CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


def the_json(result: CallToolResult) -> Any:  # noqa: ANN401 - JSON
    assert not result.is_error, text_of(result)
    return json.loads(text_of(result))


def test_there_are_two_tools_that_only_read(library: Library) -> None:
    tools = talk(server_for(library), lambda client: client.list_tools()).tools
    assert {tool.name for tool in tools} == {"list_interviews", "ask"}
    assert all(tool.description and tool.annotations and tool.annotations.read_only_hint for tool in tools)
    (ask,) = (tool for tool in tools if tool.name == "ask")
    assert ask.input_schema["properties"].keys() == {"question", "interview"}
    assert ask.input_schema["required"] == ["question"]


def test_the_interviews_are_listed_as_the_command_line_lists_them(library: Library) -> None:
    listed = the_json(call(server_for(library), "list_interviews"))
    assert [one["interviewees"] for one in listed] == [["Ada Moreno"], ["Lena Brandt"]]
    assert listed[0].keys() == {"id", "title", "outlet", "date", "interviewees", "words"}


def test_an_answer_is_the_command_lines_json(library: Library) -> None:
    answer = the_json(call(server_for(library), "ask", question="When did they open the bakery?"))
    assert answer["status"] == "answered"
    assert answer["quotes"][0]["text"] == "We opened the bakery in March 1998."
    assert answer["quotes"][0]["speaker"] == "Ada Moreno"


def test_one_interview_can_be_asked_by_its_id(library: Library) -> None:
    orchard = library.list()[1].id
    answer = the_json(call(server_for(library), "ask", question="Which apples survive frost?", interview=orchard))
    assert {quote["interview"] for quote in answer["quotes"]} == {orchard}


@pytest.mark.parametrize(
    ("arguments", "word"),
    [({"question": ""}, "empty"), ({"question": "Why?", "interview": "no-such-id"}, "no-such-id"), ({}, "question")],
)
def test_a_mistake_is_told_to_the_program(library: Library, arguments: dict[str, str], word: str) -> None:
    result = call(server_for(library), "ask", **arguments)
    assert result.is_error
    assert word in text_of(result)
    assert "Traceback" not in text_of(result)


def test_half_a_character_is_told_to_the_program_that_sent_it() -> None:
    # JSON can say half of a pair alone; the SDK takes such a line for no JSON, and would leave it without a reply.
    serving = (
        "from rag.library import Library; from rag.parsing import parse; from ui.mcp_server import serve_stdio;"
        "from tests.ui.fake_models import FakeEncoder, FakeReader; from tests.ui.test_mcp import BAKERY;"
        "serve_stdio(Library.of([parse(BAKERY, 'bakery.txt')], encoder=FakeEncoder(), reader=FakeReader()))"
    )
    about = '{"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}'
    call = '{"jsonrpc": "2.0", "id": %d, "method": "tools/call", "params": {"name": "ask", "arguments": %s}}\n'
    with subprocess.Popen(
        [sys.executable, "-c", serving], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdin
        assert server.stdout

        def told(line: str) -> Any:  # noqa: ANN401 - JSON
            assert server.stdin
            assert server.stdout
            server.stdin.write(line)
            server.stdin.flush()
            return json.loads(server.stdout.readline())["result"]

        told(f'{{"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {about}}}\n')
        server.stdin.write('{"jsonrpc": "2.0", "method": "notifications/initialized"}\n')
        refused = told(call % (2, r'{"question": "When did \ud83d they open?"}'))
        assert refused["isError"]
        assert "the question holds half a character" in refused["content"][0]["text"]
        for whole in (r"\ud83c\udf5e", r"C:\\ud800", "é" * 9000):  # a pair, no escape, more than is read at once
            answered = told(call % (3, f'{{"question": "When did they open {whole}?"}}'))
            assert answered["isError"] is (len(whole) > 2000)
            assert "half a character" not in answered["content"][0]["text"]
        server.stdin.close()


@pytest.mark.models
def test_a_client_asks_the_shipped_interview_over_standard_input_and_output(tmp_path: Path) -> None:
    environment = {**os.environ, "ONRECORD_LIBRARY": str(tmp_path / "library")}
    command = StdioServerParameters(command=sys.executable, args=["-m", "ui", "mcp"], env=environment)

    async def work(client: Client) -> tuple[CallToolResult, CallToolResult]:
        listed = await client.call_tool("list_interviews", {})
        return listed, await client.call_tool("ask", {"question": "what did she say about ITPP?"})

    listed, answered = talk(command, work)
    assert [one["interviewees"] for one in the_json(listed)] == [["Radmila Shekerinska"]]
    answer = the_json(answered)
    assert answer["status"] == "answered"
    assert "(ITPP)" in answer["quotes"][0]["text"]
