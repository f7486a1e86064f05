"""The page in a real browser while something is under way: what is typed, ticked and opened meanwhile counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from rag.datatypes import Interview, Role, Turn
from tests.ui.conftest import Served, served
from tests.ui.fake_library import FakeLibrary, harbour, orchard
from tests.ui.test_browser import STORM, Visit, ask, settled
from ui.page import ServeOptions

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]
APPLES, CIDER = "Which apples survive a late frost?", "Who hangs up jars of cider?"


@pytest.fixture
def three(tab: Visit) -> Iterator[tuple[Page, Served]]:
    """A page on three interviews, which answers only while the library's gate is open."""
    library = FakeLibrary((harbour(), orchard(), replace(orchard(), id="third", title="Early pears")))
    with served(ServeOptions(browser=False), library) as own:
        page = tab(own.address).page
        settled(page)
        yield page, own
        library.gate.set()
        page.context.close()


def put(page: Page, question: str) -> None:
    """Put a question, and return while its answer is awaited."""
    before = page.locator(".exchange").count()
    box = page.get_by_role("textbox", name=re.compile("^Ask"))
    box.fill(question)
    box.press("Enter")
    page.locator(".exchange").nth(before).locator(".reply.looking").wait_for()
    page.wait_for_function("document.querySelector('#question textarea').value === ''")


def test_a_question_sent_while_an_answer_is_awaited_stays_in_the_box(three: tuple[Page, Served]) -> None:
    page, own = three
    own.library.gate.clear()
    put(page, STORM)
    box = page.get_by_role("textbox", name=re.compile("^Ask"))
    box.fill(CIDER)
    box.press("Enter")
    own.library.gate.set()
    page.locator("#x-1 .reply:not(.looking)").wait_for()
    page.wait_for_timeout(500)
    assert box.input_value() == CIDER
    assert page.locator(".exchange").count() == 1
    box.press("Enter")
    page.locator("#x-2 .reply.answered").wait_for()
    assert box.input_value() == ""


def test_a_double_click_asks_once_and_an_empty_question_changes_nothing(three: tuple[Page, Served]) -> None:
    page, own = three
    own.library.gate.clear()
    page.get_by_role("textbox", name=re.compile("^Ask")).fill(STORM)
    page.get_by_role("button", name="Ask", exact=True).dblclick()
    page.locator("#x-1 .reply.looking").wait_for()
    own.library.gate.set()
    page.locator("#x-1 .reply.answered").wait_for()
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_timeout(500)
    assert page.locator(".exchange").count() == 1
    assert page.locator("#x-1 .reply.answered").is_visible()


def test_a_new_conversation_is_not_brought_back_by_an_answer(three: tuple[Page, Served]) -> None:
    page, own = three
    own.library.gate.clear()
    put(page, STORM)
    page.get_by_role("button", name="New conversation").click()
    page.locator(".exchange").wait_for(state="detached")
    own.library.gate.set()
    page.wait_for_timeout(500)
    assert page.locator(".exchange").count() == 0
    assert "Lena Brandt" in ask(page, APPLES).inner_text()
    assert page.locator(".exchange").count() == 1


def test_interviews_chosen_while_an_answer_is_awaited_are_asked_from_then_on(three: tuple[Page, Served]) -> None:
    page, own = three
    own.library.gate.clear()
    put(page, STORM)
    page.locator("#shelf summary").click()
    page.get_by_role("checkbox", name=re.compile("The tide does")).uncheck()
    page.wait_for_timeout(1500)
    own.library.gate.set()
    page.locator("#x-1 .reply:not(.looking)").wait_for()
    ask(page, APPLES)
    assert own.library.asked[-1][2].interviews == ("orchard", "third")
    assert page.locator("#shelf summary").inner_text() == "Asking 2 of 3 interviews"


def test_no_tick_is_lost_among_quick_ones(three: tuple[Page, Served]) -> None:
    page, own = three
    page.locator("#shelf summary").click()
    page.get_by_role("button", name="Ask none but").click()
    for number in (0, 1):
        page.locator(".pick-one").nth(number).check()
    assert page.locator("#shelf summary").inner_text() == "Asking 2 of 3 interviews"
    page.wait_for_timeout(1500)
    ask(page, APPLES)
    assert own.library.asked[-1][2].interviews == ("tide mill/1", "orchard")
    page.get_by_role("button", name="Ask none but").click()
    page.wait_for_timeout(1500)
    ask(page, STORM)
    assert own.library.asked[-1][2].interviews == ()


def test_of_two_interviews_opened_quickly_the_last_is_shown(three: tuple[Page, Served]) -> None:
    page, _ = three
    page.locator("#shelf summary").click()
    opening = page.get_by_role("button", name=re.compile("^Read "))
    for number in (1, 2):
        opening.nth(number).click()
    page.locator(".pane h2", has_text="Early pears").wait_for()
    page.wait_for_timeout(1500)
    assert page.locator(".pane h2").inner_text() == "Early pears"


def hearing(speakers: int) -> Interview:
    """Return a hearing in which very many people speak."""
    lines = [f"Witness {n} of the long hearing: We met at the mill, and {n} of us stayed." for n in range(speakers)]
    text = "\n".join(lines)
    turns = []
    for n, line in enumerate(lines):
        start = text.index(line)
        role = Role.INTERVIEWER if n == 0 else Role.INTERVIEWEE
        turns.append(Turn(text.index("We met", start), start + len(line), f"Witness {n} of the long hearing", role))
    return Interview("hearing", text, tuple(turns), "A hearing")


def test_on_a_phone_many_speakers_leave_room_for_what_they_say(tab: Visit) -> None:
    from axe_playwright_python.sync_playwright import Axe

    options = ServeOptions(browser=False, share=True, no_password=True)
    with served(options, FakeLibrary((hearing(45),))) as own:
        page = tab(own.address, width=390, height=844, phone=True, calm=True).page
        settled(page)
        page.get_by_role("button", name="Transcript", exact=True).click()
        assert page.locator("#transcript").evaluate("box => box.clientHeight") > 250
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        page.get_by_role("button", name="Back to the answers").click()
        page.locator("#transcript").wait_for(state="hidden")
        page.context.close()


def test_the_roles_of_many_speakers_can_be_saved(tab: Visit) -> None:
    with served(ServeOptions(browser=False), FakeLibrary((hearing(45),))) as own:
        page = tab(own.address).page
        settled(page)
        page.locator(".people summary").click()
        assert page.locator("#transcript").evaluate("box => box.clientHeight") > 250
        page.get_by_role("button", name="Save who asks and who answers").click()
        page.locator("#adding", has_text="Saved who asks and who answers.").wait_for()
        page.context.close()
