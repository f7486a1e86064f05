"""A page on a fake library, and a browser to look at it with.

Browser tests are marked ``browser`` and skipped where there is no Chromium. Screenshots go to the folder
named by ``ONRECORD_SCREENSHOTS``, else to pytest's own.
"""

from __future__ import annotations

import gc
import os
import shutil
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.ui.fake_library import FakeLibrary
from ui.page import Running, ServeOptions, run

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RUN_GRADIO = {
    "test_page.py",
    "test_overlapping.py",
    "test_sharing.py",
    "test_browser.py",
    "test_browser_at_once.py",
    "test_real_page.py",
}
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")


@dataclass(frozen=True, slots=True)
class Served:
    """A running page and the library behind it."""

    running: Running
    library: FakeLibrary

    @property
    def address(self) -> str:
        """Where the page is."""
        return self.running.address


@contextmanager
def served(options: ServeOptions, library: FakeLibrary | None = None) -> Iterator[Served]:
    """Serve a fake library for the length of a ``with`` block."""
    shown = library or FakeLibrary()
    try:
        with run(lambda: shown, options) as running:
            yield Served(running, shown)
    finally:
        collect_quietly()


def collect_quietly() -> None:
    """Collect the event loops and sockets that Gradio leaves open, which Python would warn of later."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let what Gradio leaves open while it runs pass, in the tests that run it."""
    for item in items:
        if item.path.parent == Path(__file__).parent and item.path.name in RUN_GRADIO:
            item.add_marker(pytest.mark.filterwarnings("ignore::ResourceWarning"))
            item.add_marker(pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"))


@pytest.fixture(scope="module")
def local() -> Iterator[Served]:
    """The page as its owner has it: on this machine, no password."""
    with served(ServeOptions(browser=False)) as page:
        yield page


@pytest.fixture(scope="module")
def guarded() -> Iterator[Served]:
    """The page as visitors have it: through a link, with a password."""
    with served(ServeOptions(browser=False, share=True, password="open sesame")) as page:
        yield page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless Chromium; for one module only, since playwright's event loop keeps others from running."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def screenshots(tmp_path: Path) -> Path:
    """Where screenshots go."""
    folder = Path(os.environ.get("ONRECORD_SCREENSHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@dataclass(slots=True)
class Watched:
    """A browser's tab, and what went wrong in it."""

    page: Page
    errors: list[str]
    elsewhere: list[str]


@pytest.fixture
def tab(browser: Browser) -> Iterator[Callable[..., Watched]]:
    """Open an address in a tab of its own; at the end there must be no console error and no foreign request."""
    watched: list[Watched] = []
    with ExitStack() as closing:

        def visit(address: str, *, width: int = 1360, height: int = 860, dark: bool = False, phone: bool = False,
                  calm: bool = False) -> Watched:  # fmt: skip
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme="dark" if dark else "light",
                reduced_motion="reduce" if calm else "no-preference",
                has_touch=phone,
                is_mobile=phone,
                accept_downloads=True,
                permissions=["clipboard-read", "clipboard-write"],
            )
            closing.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(20_000)
            one = Watched(page, [], [])
            page.on("console", lambda m: one.errors.append(m.text) if m.type == "error" else None)
            page.on("pageerror", lambda error: one.errors.append(str(error)))
            page.on(
                "request",
                lambda r: one.elsewhere.append(r.url) if not r.url.startswith((address, "data:", "blob:")) else None,
            )
            page.goto(address)
            watched.append(one)
            return one

        yield visit
        for one in watched:
            assert one.errors == []
            assert one.elsewhere == []
