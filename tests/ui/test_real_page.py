"""The main job in a browser, on the real models and the interview that comes with the project."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from rag.library import Library
from rag.seeds import seed_interviews
from tests.ui.conftest import Watched, collect_quietly
from tests.ui.test_browser import ask, settled
from ui.page import Running, ServeOptions, run

pytestmark = [pytest.mark.browser, pytest.mark.models, pytest.mark.timeout(280)]
Visit = Callable[..., Watched]
PATIENCE_MS = 120_000.0
"""How long the first question may wait: the models load meanwhile."""


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The page on a new library."""
    folder = tmp_path_factory.mktemp("library")
    with run(lambda: Library.open(folder), ServeOptions(browser=False)) as running:
        running.desk.wait()
        yield running
    collect_quietly()


def test_she_is_quoted_on_the_itpp_and_the_citation_marks_her_words(real: Running, tab: Visit) -> None:
    (interview,) = seed_interviews()
    page = tab(real.address).page
    page.set_default_timeout(PATIENCE_MS)
    settled(page)
    assert "Radmila Shekerinska" in page.locator("h1").inner_text()
    exchange = ask(page, "what did she say about ITPP?")
    card = exchange.locator(".reply.answered .quote").first
    words = card.locator(".words").inner_text()
    assert words in interview.text
    assert "The ITPP is a multi-year programme" in words
    assert "Radmila Shekerinska" in card.locator(".who").inner_text()
    assert exchange.locator(".meant").count() == 0
    card.locator("a.cite").click()
    mark = page.locator("#transcript mark.active")
    mark.wait_for()
    assert mark.inner_text() == words
    assert mark.locator("xpath=ancestor::*[contains(@class, 'turn')]").get_attribute("class") == "turn interviewee"


def test_what_she_does_not_speak_of_is_not_answered(real: Running, tab: Visit) -> None:
    page = tab(real.address).page
    page.set_default_timeout(PATIENCE_MS)
    settled(page)
    exchange = ask(page, "What did she say about the Olympic Games?")
    assert (
        exchange.locator(".reply.not-found .verdict").inner_text()
        == "No answer found in what Radmila Shekerinska says."
    )
    assert exchange.locator(".reply > .quote").count() == 0
    assert exchange.locator(".closest .quote").count() > 0
    raised = ask(page, "What did she say about TRIPP?")
    assert raised.locator(".reply.only-asked > .quote.interviewer").count() > 0
