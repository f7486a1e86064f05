"""The list of interviews in a terminal: ids to be copied stay whole, however little room there is."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from rag.store import Summary
from ui.terminal import Terminal

LONG = "how-the-tide-mill-was-rebuilt-after-forty-years"
MILL = Summary("tide-mill", "The tide does the work of many hands", "Harbour Post", "2026-05", ("Marta Vale",), 2075)
BARE = Summary("oven", "The oven never cools", None, None, (), 15)
NAMED = Summary(LONG, "How the tide mill was rebuilt after forty years", None, None, ("Marta Vale",), 800)


def listed(*summaries: Summary, width: int) -> list[str]:
    screen = io.StringIO()
    Terminal(Console(file=screen, force_terminal=True, width=width, color_system=None)).summaries(summaries)
    return [line.rstrip() for line in screen.getvalue().splitlines()]


def test_with_room_an_interview_is_a_line() -> None:
    head, first, second = listed(MILL, BARE, width=120)
    assert head.split() == ["ID", "DATE", "WHO", "ANSWERS", "TITLE", "OUTLET", "WORDS"]
    assert first.startswith("tide-mill  2026-05  Marta Vale ")
    assert second.split()[0] == "oven"


def test_what_no_interview_has_takes_no_room() -> None:
    assert listed(BARE, width=120)[0].split() == ["ID", "TITLE", "WORDS"]
    assert listed(NAMED, width=120)[0].split() == ["ID", "WHO", "ANSWERS", "TITLE", "WORDS"]


def test_a_narrow_terminal_gets_a_line_for_each_thing() -> None:
    assert listed(MILL, BARE, width=40) == [
        "tide-mill",
        "  The tide does the work of many hands",
        "  answers: Marta Vale",
        "  2026-05 · Harbour Post · 2,075 words",
        "",
        "oven",
        "  The oven never cools",
        "  15 words",
    ]


@pytest.mark.parametrize("width", [20, 40, 59, 60, 80, 100, 200])
def test_an_id_is_never_broken(width: int) -> None:
    lines = listed(MILL, NAMED, width=width)
    assert any(line.split()[:1] == [LONG] for line in lines)
    assert any(line.split()[:1] == ["tide-mill"] for line in lines)
    assert all(len(line) <= width for line in lines if LONG not in line)
