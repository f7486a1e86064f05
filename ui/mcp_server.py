"""The interviews for other programs, over the Model Context Protocol on standard input and output.

In: a library. Out: a server with two tools, ``list_interviews`` and ``ask``, whose text content is the same
JSON as the command line's. It is never reachable through the page or a shared link.
"""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Callable
from importlib.metadata import version
from typing import Annotated, Any, TextIO, TypeVar

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from rag.datatypes import Scope
from rag.errors import OnTheRecordError
from rag.library import Library
from rag.payload import answer_json, summary_json

INSTRUCTIONS = (
    "Answers questions about interviews in the speakers' own words. Every quote is verbatim: give it unchanged, "
    'with its citation. When "status" is "not_found", the interviews do not say; when it is "only_asked", only '
    "the interviewer speaks of it, or the interviewer's words were asked for: never give them as the interviewee's. "
    '"closest" holds passages that come near but may not answer.'
)

Question = Annotated[str, Field(description="A question in plain English, as one would ask a person.")]
InterviewId = Annotated[str | None, Field(description="The id of the one interview to ask; all of them when left out.")]

_ESCAPE = re.compile(rb"\\u[dD][89abAB]\w\w\\u[dD][c-fC-F]\w\w|(\\u[dD][89a-fA-F]\w\w)|\\.")
"""An escape in JSON: a pair of surrogates, a lone one, or any other."""
_HALF = "\uffff"
"""What stands for a lone surrogate on its way here: no text has it."""
_STANDS_FOR_HALF = rb"\uffff"

Value = TypeVar("Value")


def server_for(library: Library) -> MCPServer:
    """Return an MCP server for ``library``, to be run on a transport."""
    server = MCPServer("onrecord", instructions=INSTRUCTIONS, version=version("onrecord"), log_level="WARNING")
    reads_only = ToolAnnotations(read_only_hint=True, open_world_hint=False)

    @server.tool(annotations=reads_only, structured_output=False)
    def list_interviews() -> str:
        """List the interviews that can be asked: id, title, outlet, date, who answers, how many words."""
        return _json(_told(lambda: [summary_json(summary) for summary in library.list()]))

    @server.tool(annotations=reads_only, structured_output=False)
    def ask(question: Question, interview: InterviewId = None) -> str:
        """Answer a question with verbatim quotes from the interviews, or say that they don't answer it."""
        scope = Scope((interview,)) if interview else Scope()
        asked = question.replace(_HALF, "\ud800")  # the engine says what is wrong with it
        return _json(_told(lambda: answer_json(library.ask(asked, (), scope))))

    return server


def serve_stdio(library: Library) -> None:
    """Serve ``library`` until standard input ends."""
    sys.stdin = io.TextIOWrapper(io.BufferedReader(_Received(sys.stdin)), encoding="utf-8")
    server_for(library).run("stdio")


class _Received(io.RawIOBase):
    """Lines of JSON as they were sent, with what stands for a lone surrogate where they escape one.

    The SDK takes such a line for no JSON, and whoever sent it would wait for a reply for ever.
    """

    def __init__(self, stdin: TextIO) -> None:
        self._stdin = stdin  # kept, because it closes its buffer when it goes
        self._left = b""

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - whatever bytes can be put into
        """Put as much of a line as fits into ``buffer``."""
        into = memoryview(buffer).cast("B")
        if not self._left:
            line = self._stdin.buffer.readline()
            self._left = _ESCAPE.sub(lambda found: _STANDS_FOR_HALF if found[1] else found[0], line)
        taken, self._left = self._left[: len(into)], self._left[len(into) :]
        into[: len(taken)] = taken
        return len(taken)


def _told(work: Callable[[], Value]) -> Value:
    """Do the work; what goes wrong by the caller's fault reaches the caller in words."""
    try:
        return work()
    except OnTheRecordError as error:
        raise ToolError(str(error)) from error


def _json(value: object) -> str:
    # A lone surrogate can't be sent as UTF-8; its escape can.
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()
