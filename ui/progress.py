"""Tell a person in a terminal how far long work has come, and when it will be done.

In: what there is to do, each part with a weight. Out: a bar on stderr, if a person is watching.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

Item = TypeVar("Item")
COLUMNS = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())


@contextmanager
def working(message: str) -> Iterator[None]:
    """Show that something is under way."""
    with Console(stderr=True).status(message):
        yield


def counted(items: Iterable[Item], total: int, doing: str) -> Iterator[Item]:
    """Yield ``items`` with a bar and the time left."""
    with _bar(*COLUMNS) as progress:
        yield from progress.track(items, total=total, description=doing)


@contextmanager
def counting(total: int, doing: str) -> Iterator[Callable[[], None]]:
    """Yield what to call after each of ``total`` things, which moves a bar."""
    with _bar(*COLUMNS) as progress:
        task = progress.add_task(doing, total=total)
        yield lambda: progress.advance(task)


class TimeLeft(ProgressColumn):
    """The time that what is left takes at the pace of all that is done: steady, where parts come in bursts."""

    def render(self, task: Task) -> Text:
        """Return it as hours, minutes and seconds."""
        if not task.completed or task.elapsed is None or task.total is None:
            return Text("-:--:--", style="progress.remaining")
        left = task.elapsed * (task.total - task.completed) / task.completed
        return Text(str(timedelta(seconds=round(max(left, 0)))), style="progress.remaining")


@contextmanager
def weighed(weights: dict[str, int], doing: str, console: Console | None = None) -> Iterator[Callable[[str], None]]:
    """Show how much of the ``weights`` is done, by weight and by number; call what is yielded as a part is done."""
    number_done = TextColumn("{task.fields[done]}/{task.fields[parts]}", style="progress.download")
    with _bar(TextColumn("{task.description}"), BarColumn(), number_done, TimeLeft(), console=console) as progress:
        task = progress.add_task(doing, total=sum(weights.values()), done=0, parts=len(weights))
        number = 0

        def done(part: str) -> None:
            nonlocal number
            number += 1
            progress.update(task, advance=weights[part], done=number)

        yield done


def _bar(*columns: ProgressColumn, console: Console | None = None) -> Progress:
    console = console or Console(stderr=True)
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
