"""Measure how fast the page is, beside a bare Gradio chat that echoes, in the same run and the same browser.

``python -m tests.benchmarks.page_speed [--starts N] [--questions N] [--json]``. Each start is a new process and
an empty browser profile; the time runs from the start of the process until what one came for is on screen: the
interview and questions to begin with, or the echo chat's box. Then both pages stay up and are asked in turn,
from the key that is pressed to the frame that shows the whole answer. Medians are given. The engine's own time,
what ``Library.ask`` takes, is inside the page's and is told beside it.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from rag.library import Library
from tests.benchmarks.data import DataError
from tests.benchmarks.running import Results, progress, run
from tests.ui.conftest import CHROMIUM, FLAGS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

STARTS = 4
"""Starts of each page; the first one only warms the disk's cache and isn't counted."""
WARM_UPS = 2
"""Questions to each page that aren't counted."""
PATIENCE_MS = 120_000.0
QUESTIONS = (
    "What did she say about energy?",
    "When is the summit?",
    "what did she say about ITPP?",
    "What did she say about Ukraine's membership?",
    "How much do the Allies spend on defence?",
    "What does NATO do in the Black Sea?",
    "Does she mention TRIPP?",
    "Who contributed to the mission in Afghanistan?",
    "What is DEEP?",
    "Does she like football?",
    "What did she say about cyber defence?",
    "Why does NATO work with Azerbaijan?",
)

SERVE = "from ui.cli import main; main()"
TIMED = (
    """
import sys, time
from rag.library import Library

plain, log = Library.ask, open(sys.argv[-1] + "/engine", "a", buffering=1)

def timed(self, *given):
    begun = time.perf_counter()
    try:
        return plain(self, *given)
    finally:
        print(time.perf_counter() - begun, file=log)

Library.ask = timed
sys.argv[1:] = sys.argv[1:-1]
"""
    + SERVE
)
ECHOING = """
import gradio as gr

chat = gr.ChatInterface(lambda message, history: message)
chat.launch(quiet=True, prevent_thread_lock=True)
print(chat.local_url, flush=True)
chat.block_thread()
"""
"""What Gradio's documentation begins with."""

_ASKED = """() => {
  window.asked = (window.asked || 0) + 1;
  let pressed = 0;
  addEventListener("keydown", () => (pressed = performance.now()), { capture: true, once: true });
  window.took = new Promise((done) => {
    const look = () => {
      if (pressed && ANSWERED === window.asked) requestAnimationFrame(() => done(performance.now() - pressed));
      else requestAnimationFrame(look);
    };
    look();
  });
}"""


@dataclass(frozen=True, slots=True)
class Chat:
    """One of the two pages."""

    name: str
    shown: str
    """A selector of what one came for."""
    box: str
    answered: str
    """JavaScript that counts the questions that have been answered."""


OURS = Chat(
    "onrecord",
    ".opening .ask-this",
    "#question textarea",
    "document.querySelectorAll('.exchange .reply:not(.looking)').length",
)
ECHO = Chat(
    "gradio_echo",
    "textarea",
    "textarea",
    "[...document.querySelectorAll('[data-testid=bot]')].filter((e) => e.textContent.trim()).length",
)


@dataclass(slots=True)
class Times:
    """What was measured of one page, in seconds."""

    listens: list[float] = field(default_factory=list)
    shows: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)


def measure(starts: int, questions: int) -> Results:
    """Return the medians of both pages, and ours over the echo's."""
    if CHROMIUM is None:
        raise DataError("there is no Chromium on this machine, and the pages are measured in one")
    from playwright.sync_api import sync_playwright

    times = {chat.name: Times() for chat in (OURS, ECHO)}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder)
        Library.open(home / "library").close()  # the interview that comes with the project, embedded
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for number in progress(range(starts), "starts"):
            for chat in (OURS, ECHO):
                with opened(chat, home, browser, Times() if number == 0 else times[chat.name]):
                    pass
        with ExitStack() as closing:
            pages = [
                (chat, closing.enter_context(opened(chat, home, browser, Times(), timed=True))) for chat in (OURS, ECHO)
            ]
            for number in progress(range(WARM_UPS + questions), "questions"):
                for chat, page in pages:
                    took = ask(page, chat, QUESTIONS[number % len(QUESTIONS)])
                    if number >= WARM_UPS:
                        times[chat.name].answers.append(took)
        engine = [float(line) for line in (home / "engine").read_text().splitlines()][-questions:]
        browser.close()
    return Results(figures(times[OURS.name], times[ECHO.name], engine))


@contextmanager
def opened(chat: Chat, home: Path, browser: Browser, times: Times, *, timed: bool = False) -> Iterator[Page]:
    """Start a page and show it in a new browser profile, noting how long that takes; yield it, and end it.

    ``timed`` has our page's process write down how long each question takes the engine.
    """
    environment = {**os.environ, "GRADIO_ANALYTICS_ENABLED": "False"}
    program = [sys.executable, "-c", ECHOING]
    if chat is OURS:
        program = [sys.executable, "-c", TIMED if timed else SERVE, "serve", "--no-browser"]
        program += ["--library", str(home / "library"), *([str(home)] if timed else [])]
    begun = time.perf_counter()
    with subprocess.Popen(
        program, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            if not address:
                raise DataError(f"{chat.name} doesn't start: try `onrecord serve` by itself")
            times.listens.append(time.perf_counter() - begun)
            page = browser.new_context().new_page()
            page.set_default_timeout(PATIENCE_MS)
            page.goto(address, wait_until="commit")
            page.locator(chat.shown).first.wait_for()
            times.shows.append(time.perf_counter() - begun)
            yield page
            page.context.close()
        finally:
            process.terminate()


def ask(page: Page, chat: Chat, question: str) -> float:
    """Ask with the keyboard; return the seconds from Enter to the frame with the answer."""
    page.locator(chat.box).fill(question)
    page.evaluate(_ASKED.replace("ANSWERED", f"({chat.answered})"))
    page.keyboard.press("Enter")
    return float(page.evaluate("window.took")) / 1000


def figures(ours: Times, echo: Times, engine: Sequence[float]) -> dict[str, dict[str, float]]:
    """Return the medians in seconds; for ours also without the engine, and over the echo's."""
    shown: dict[str, dict[str, float]] = {}
    for chat, times in ((OURS, ours), (ECHO, echo)):
        shown[chat.name] = {
            "start_to_listening": statistics.median(times.listens),
            "start_to_shown": statistics.median(times.shows),
            "enter_to_answer": statistics.median(times.answers),
        }
    less = [whole - own for whole, own in zip(ours.answers, engine, strict=True)]
    mine, other = shown[OURS.name], shown[ECHO.name]
    mine["engine"] = statistics.median(engine)
    mine["enter_to_answer_less_engine"] = statistics.median(less)
    mine["ratio_shown"] = mine["start_to_shown"] / other["start_to_shown"]
    mine["ratio_answer"] = mine["enter_to_answer_less_engine"] / other["enter_to_answer"]
    return shown


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--starts", type=int, default=STARTS, help=f"starts of each page (default {STARTS})")
    parser.add_argument("--questions", type=int, default=len(QUESTIONS) - WARM_UPS, help="questions to each page")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args()
    return run(lambda: measure(given.starts, given.questions), as_json=given.json)


if __name__ == "__main__":
    sys.exit(main())
