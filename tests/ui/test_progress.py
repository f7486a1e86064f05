"""Progress: how much is done, how much is left, nothing where nobody watches."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from rich.progress import Progress

from ui.progress import TimeLeft, weighed


@pytest.mark.parametrize(
    ("done", "seconds", "told"),
    [(0, 5.0, "-:--:--"), (25, 60.0, "0:03:00"), (100, 60.0, "0:00:00"), (1, 360.0, "9:54:00")],
)
def test_the_time_left_is_that_of_the_rest_at_the_pace_so_far(done: int, seconds: float, told: str) -> None:
    now = iter([0.0, *[seconds] * 9])
    progress = Progress(console=Console(file=io.StringIO()), get_time=lambda: next(now), auto_refresh=False)
    progress.add_task("Adding", total=100)
    (task,) = progress.tasks
    task.completed = done
    assert TimeLeft().render(task).plain == told


def test_a_bar_counts_the_parts_and_weighs_them() -> None:
    screen = io.StringIO()
    with weighed({"a": 90, "b": 10}, "Adding", Console(file=screen, force_terminal=True, width=80)) as done:
        done("a")
        done("b")
    assert "2/2" in screen.getvalue()


def test_where_nobody_watches_nothing_is_shown(capfd: pytest.CaptureFixture[str]) -> None:
    with weighed({"a": 1}, "Adding") as done:
        done("a")
    assert capfd.readouterr() == ("", "")
