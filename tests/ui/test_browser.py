"""The page in a real browser: asked, read, copied, saved, on a phone, in the dark, with the keyboard alone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rag.datatypes import Interview, Role, Turn
from tests.ui.conftest import Served, Watched, served
from tests.ui.fake_library import FakeLibrary, harbour, orchard
from ui.page import ServeOptions

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]
Visit = Callable[..., Watched]
STORM = "Did a storm take the sluice gate?"
STORM_QUOTE = "A storm took the sluice gate and <b>half</b> the savings."


def ask(page: Page, question: str) -> Locator:
    """Ask, and return the exchange once it is answered."""
    before = page.locator(".exchange").count()
    box = page.get_by_role("textbox", name=re.compile("^Ask"))
    box.fill(question)
    box.press("Enter")
    exchange = page.locator(".exchange").nth(before)
    exchange.locator(".reply:not(.looking)").wait_for()
    return exchange


def saved(page: Page, form: str, screenshots: Path) -> Path:
    """Save the conversation, and return the file."""
    page.get_by_text("Save", exact=True).click()
    choice = page.get_by_role("button", name=f"Save as {form}")
    choice.wait_for()
    page.screenshot(path=screenshots / f"save-{page.evaluate('innerWidth')}.png")
    with page.expect_download() as download:
        choice.click()
    choice.wait_for(state="hidden")
    return download.value.path()


def settled(page: Page) -> None:
    """Wait until the page has arrived: the first suggestions are there."""
    page.locator(".opening .ask-this").first.wait_for()


def test_a_citation_opens_the_transcript_at_the_words(local: Served, tab: Visit, screenshots: Path) -> None:
    page = tab(local.address).page
    settled(page)
    page.screenshot(path=screenshots / "opening.png")
    exchange = ask(page, STORM)
    assert exchange.locator(".words").first.inner_text() == STORM_QUOTE
    exchange.locator('a.cite[href^="#c-"]').first.click()
    mark = page.locator("#transcript mark.active")
    mark.wait_for()
    assert mark.inner_text() == STORM_QUOTE
    assert page.evaluate("document.activeElement.tagName") == "MARK"
    page.screenshot(path=screenshots / "answer.png")


def test_a_citation_opens_another_interview(local: Served, tab: Visit) -> None:
    page = tab(local.address).page
    settled(page)
    exchange = ask(page, "Which apples blossom two weeks later than the others?")
    exchange.locator(".quote", has_text="blossoms").locator("a.cite").click()
    mark = page.locator("#transcript mark.active")
    mark.wait_for()
    assert mark.inner_text() == "It blossoms two weeks later than the others \N{RED APPLE} and so misses the frost."
    assert "Late apples" in page.locator(".pane h2").inner_text()
    page.locator("#shelf summary").click()
    page.get_by_role("button", name="Read The tide does the work").click()
    page.locator('.pane[data-interview="tide%20mill%2F1"]').wait_for()


def long_interview() -> Interview:
    """Return an interview of 900 turns of very different lengths; far down somebody speaks of a lighthouse."""
    lines = [f"Turn {n}. " + "The sea was calm, and nothing came of it. " * (n * 7 % 23) for n in range(900)]
    lines[611] = "Only the lighthouse keeper saw the whale."
    text = "\n".join(lines)
    starts = [0, *(m.end() for m in re.finditer("\n", text))]
    turns = tuple(
        Turn(start, start + len(line), ("Ann", "Bo")[n % 2], (Role.INTERVIEWER, Role.INTERVIEWEE)[n % 2])
        for n, (start, line) in enumerate(zip(starts, lines, strict=True))
    )
    return Interview("sea", text, turns, "A long talk about the sea")


IN_VIEW = """([selector]) => {
  const box = document.querySelector("#transcript").getBoundingClientRect();
  const it = document.querySelector(selector).getBoundingClientRect();
  return it.height > 0 && it.top >= box.top && it.bottom <= box.bottom;
}"""


@pytest.mark.parametrize("calm", [True, False])
def test_a_citation_far_down_in_a_long_transcript_is_brought_into_view(tab: Visit, calm: bool) -> None:
    with served(ServeOptions(browser=False), FakeLibrary((harbour(), long_interview()))) as own:
        page = tab(own.address, calm=calm).page
        settled(page)
        ask(page, "Who saw the whale, the lighthouse keeper?").locator("a.cite").first.click()
        page.locator("#transcript mark.active").wait_for()
        page.wait_for_function(IN_VIEW, arg=["#transcript mark.active"])
        page.locator("#transcript").evaluate("box => { box.scrollTop = 0; }")
        search = page.get_by_role("searchbox", name="Search the transcript")
        search.fill("keeper saw")
        search.press("Enter")
        page.wait_for_function(IN_VIEW, arg=["#transcript mark.active"])
        page.context.close()


def test_what_is_quoted_comes_into_view_in_the_transcript_beside_it(tab: Visit) -> None:
    with served(ServeOptions(browser=False), FakeLibrary((long_interview(),))) as own:
        page = tab(own.address, calm=True).page
        settled(page)
        exchange = ask(page, "Who saw the whale, the lighthouse keeper?")
        page.wait_for_function(IN_VIEW, arg=["#transcript mark.cited"])
        assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
        exchange.locator("a.cite").first.click()
        page.locator("#transcript mark.active").wait_for()
        ask(page, "Did the lighthouse keeper see a whale?")
        page.locator("#transcript mark.active").wait_for(state="detached")
        page.wait_for_function(IN_VIEW, arg=["#transcript mark.cited"])
        page.context.close()


def test_the_transcript_beside_an_answer_is_the_one_it_quotes(tab: Visit) -> None:
    with served(ServeOptions(browser=False), FakeLibrary((harbour(), long_interview()))) as own:
        page = tab(own.address).page
        settled(page)
        exchange = ask(page, "Who saw the whale, the lighthouse keeper?")
        page.locator('.pane[data-interview="sea"]').wait_for()
        page.wait_for_function(IN_VIEW, arg=["#transcript mark.cited"])
        page.wait_for_timeout(500)
        assert page.evaluate(f"({IN_VIEW})(['#transcript mark.cited'])")
        assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
        assert exchange.locator(".quote cite.title").first.inner_text() == "A long talk about the sea"
        page.context.close()


def test_a_long_question_leaves_room_for_its_answer(local: Served, tab: Visit) -> None:
    page = tab(local.address).page
    settled(page)
    question = ask(page, STORM + " And why?" * 150).locator(".question")
    assert question.evaluate("e => e.clientHeight < e.scrollHeight && e.clientHeight < innerHeight / 3")
    question.focus()
    assert question.evaluate("e => e === document.activeElement")


def test_what_is_copied_is_the_transcripts(local: Served, tab: Visit) -> None:
    page = tab(local.address).page
    settled(page)
    card = ask(page, "How long had the mill stood empty?").locator(".quote").first
    words = "The mill had stood  empty for forty years."
    assert words in harbour().text
    card.get_by_role("button", name="Copy the words").click()
    page.wait_for_function("document.querySelector('#announcer').textContent === 'Copied.'")
    assert page.evaluate("navigator.clipboard.readText()") == words
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.words'))")
    page.keyboard.press("Control+C")
    assert page.evaluate("navigator.clipboard.readText()") == words
    card.get_by_role("button", name="Copy as Markdown").click()
    page.wait_for_function(
        "navigator.clipboard.readText().then(text => text.startsWith('> The mill had stood  empty'))"
    )
    card.get_by_role("button", name="Copy citation").click()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.includes('Marta Vale'))")


def test_example_questions_and_next_ones_are_asked_by_a_click(local: Served, tab: Visit) -> None:
    page = tab(local.address).page
    settled(page)
    page.locator(".opening .ask-this", has_text="Which apples survive").click()
    page.locator(".exchange .following .ask-this").first.click()
    page.locator("#x-2 .reply:not(.looking)").wait_for()


def test_each_kind_of_reply_is_told_apart(local: Served, tab: Visit, screenshots: Path) -> None:
    page = tab(local.address, dark=True).page
    settled(page)
    ask(page, "Would you sell the mill to the city?").locator(".reply.only-asked .quote.interviewer").wait_for()
    ask(page, "Did a storm maybe take the sluice gate?").locator(".reply.unsure .verdict").wait_for()
    page.screenshot(path=screenshots / "unsure-dark.png")
    ask(page, "Xylophones?").locator(".reply.not-found .closest .quote").first.wait_for()
    page.wait_for_timeout(600)
    page.screenshot(path=screenshots / "not-found-dark.png")


def test_a_follow_up_shows_what_it_was_taken_to_mean(local: Served, tab: Visit) -> None:
    page = tab(local.address).page
    settled(page)
    ask(page, "Which apples survive?")
    assert "Taken to mean: " in ask(page, "And why?").locator(".meant").inner_text()


def test_only_chosen_interviews_are_asked(local: Served, tab: Visit) -> None:
    page = tab(local.address).page
    settled(page)
    page.locator("#shelf summary").click()
    box = page.get_by_role("checkbox", name=re.compile("Late apples"))
    ticked = box.screenshot()
    box.uncheck()
    page.mouse.move(0, 0)
    assert box.screenshot() != ticked
    assert box.evaluate("e => getComputedStyle(e).appearance") != "none"  # else a box looks the same either way
    assert page.locator("#shelf summary").inner_text() == "Asking 1 of 2 interviews"
    page.get_by_role("textbox", name="Ask 1 of 2 interviews").wait_for()
    ask(page, "Which apples survive a late frost?").locator(".reply.not-found").wait_for()
    assert local.library.asked[-1][2].interviews == ("tide mill/1",)


def test_among_many_interviews_those_to_ask_are_found_by_name(tab: Visit) -> None:
    many = [replace(orchard(), id=f"o{n}", title=f"Late apples {n}") for n in range(8)]
    with served(ServeOptions(browser=False), FakeLibrary((harbour(), *many))) as own:
        page = tab(own.address).page
        settled(page)
        page.locator("#shelf summary").click()
        page.get_by_role("button", name="Ask none but").click()
        assert page.locator(".shelf .asking").inner_text().startswith("Tick those of 9 interviews to ask")
        page.get_by_role("searchbox", name="Find an interview").fill("VALE")
        rows = page.locator(".shelf li:visible")
        assert rows.count() == 1
        rows.get_by_role("checkbox").check()
        assert page.locator(".shelf .asking").inner_text() == "Asking 1 of 9 interviews"
        page.get_by_role("searchbox", name="Find an interview").fill("")
        assert rows.count() == 9
        page.context.close()


def test_the_transcript_is_searched_and_asked_about(local: Served, tab: Visit) -> None:
    page = tab(local.address).page
    settled(page)
    search = page.get_by_role("searchbox", name="Search the transcript")
    search.fill("mill")
    assert page.locator(".search-count").inner_text() == "3 found"
    search.press("Enter")
    assert page.locator(".search-count").inner_text() == "1 of 3"
    turn = page.locator(".turn", has_text="A storm took")
    turn.hover()
    turn.get_by_role("button", name="Ask about this").click()
    box = page.get_by_role("textbox", name=re.compile("^Ask"))
    assert box.input_value() == "Did you ever regret it?"
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"


@pytest.mark.parametrize("look", [{}, {"width": 390, "height": 844, "phone": True}])
def test_a_conversation_is_saved_and_begun_anew(
    local: Served, tab: Visit, screenshots: Path, look: dict[str, int]
) -> None:
    page = tab(local.address, **look).page
    settled(page)
    assert not page.get_by_text("Save", exact=True).is_visible()
    ask(page, STORM)
    kept = saved(page, "Markdown", screenshots).read_text(encoding="utf-8")
    assert STORM_QUOTE.replace("<", "\\<") in kept
    assert json.loads(saved(page, "JSON", screenshots).read_text(encoding="utf-8"))[0]["question"] == STORM
    page.get_by_text("Save", exact=True).press("Enter")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Save as JSON").wait_for(state="hidden")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="New conversation").click()
    page.locator(".exchange").wait_for(state="detached")
    page.wait_for_function("document.activeElement.tagName === 'TEXTAREA'")


def test_on_a_phone_the_transcript_is_a_sheet_that_leads_back(local: Served, tab: Visit, screenshots: Path) -> None:
    page = tab(local.address, width=390, height=844, phone=True).page
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    exchange = ask(page, STORM)
    page.wait_for_timeout(600)
    page.screenshot(path=screenshots / "phone.png")
    exchange.locator("a.cite").first.click()
    page.locator("#transcript mark.active").wait_for()
    page.wait_for_timeout(600)
    page.screenshot(path=screenshots / "phone-transcript.png")
    assert page.evaluate("[...document.querySelectorAll('#chat, .bar')].every((part) => part.inert)")
    page.get_by_role("button", name="Back to the answers").click()
    page.locator("#transcript").wait_for(state="hidden")
    assert page.evaluate("document.activeElement.className") == "cite"
    page.wait_for_function("!history.state?.sheet")
    exchange.locator("a.cite").first.click()
    page.locator("#transcript").wait_for()
    page.evaluate("history.back()")
    page.locator("#transcript").wait_for(state="hidden")
    assert page.evaluate("document.activeElement.className") == "cite"
    assert exchange.is_visible()
    exchange.locator("a.cite").first.click()
    page.set_viewport_size({"width": 1100, "height": 800})
    page.wait_for_function("![...document.querySelectorAll('#chat, .bar')].some((part) => part.inert)")


def test_the_keyboard_alone_does_the_main_job(local: Served, tab: Visit) -> None:
    page = tab(local.address).page
    settled(page)
    page.keyboard.press("/")
    page.keyboard.type(STORM)
    page.keyboard.press("Enter")
    page.locator("a.cite").first.wait_for()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "cite":
            break
        if page.evaluate("document.activeElement === document.body"):
            continue
    assert page.evaluate("document.activeElement.className") == "cite"
    page.keyboard.press("Enter")
    page.locator("#transcript mark.active").wait_for()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "cite"


def test_a_screen_reader_hears_the_answer(local: Served, tab: Visit) -> None:
    page = tab(local.address).page
    settled(page)
    ask(page, STORM)
    page.wait_for_function("document.querySelector('#announcer').textContent.includes('Marta Vale: A storm took')")
    assert page.locator("#announcer").get_attribute("aria-live") == "polite"


@pytest.mark.parametrize("look", [{}, {"dark": True}, {"width": 390, "height": 844, "phone": True}])
def test_axe_finds_nothing(local: Served, tab: Visit, look: dict[str, int]) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = tab(local.address, calm=True, **look).page
    settled(page)
    opening = Axe().run(page)
    assert opening.violations_count == 0, opening.generate_report()
    ask(page, STORM)
    ask(page, "Would you sell the mill to the city?")
    ask(page, "Xylophones?")
    page.locator(".exchange a.cite").first.click()
    page.locator("#transcript mark.active").wait_for()
    page.wait_for_timeout(300)
    answered = Axe().run(page)
    assert answered.violations_count == 0, answered.generate_report()


def test_whoever_wants_no_motion_sees_none(local: Served, tab: Visit) -> None:
    page = tab(local.address, calm=True).page
    settled(page)
    ask(page, STORM)
    assert page.evaluate("document.getAnimations().filter(a => a.playState === 'running').length") == 0


HOSTILE = (
    "<img src=x onerror=alert(1)><script>alert(2)</script> ${alert(3)} {{alert 4}} [x](javascript:alert(5)) \u202e"
)


def test_a_hostile_question_is_shown_as_text(local: Served, tab: Visit) -> None:
    page = tab(local.address).page
    settled(page)
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    exchange = ask(page, HOSTILE)
    assert exchange.locator(".question").inner_text() == HOSTILE.strip()
    assert exchange.locator("img, script, form").count() == 0


def test_a_hostile_transcript_is_shown_as_text(tab: Visit) -> None:
    kind = orchard()
    text = f"{HOSTILE} Why storm?\r\n{HOSTILE} A storm  came. {'x' * 100_000}"
    second = text.index("\n") + 1
    turns = (
        replace(kind.turns[0], start=0, end=second - 2, speaker=HOSTILE),
        replace(kind.turns[1], start=second, end=len(text), speaker=HOSTILE),
    )
    evil = replace(kind, text=text, turns=turns, title=HOSTILE, outlet=HOSTILE, url="javascript:alert(1)")
    with served(ServeOptions(browser=False), FakeLibrary((evil,))) as hostile:
        page = tab(hostile.address).page
        page.on("dialog", lambda dialog: pytest.fail(dialog.message))
        page.locator(".said").first.wait_for()
        exchange = ask(page, "A storm came?")
        cited = exchange.locator(".words").last
        exchange.locator("a.cite").last.click()
        page.locator("#transcript mark.active").wait_for()
        assert page.locator("#transcript mark.active").evaluate("e => e.textContent") == cited.evaluate(
            "e => e.textContent"
        )
        assert page.locator("#pane img, #pane script, .opening img, .exchange img").count() == 0
        page.context.close()


ABOVE_THE_BOX = """() => {
  const line = document.querySelector("#adding .step").getBoundingClientRect();
  return line.bottom <= document.querySelector("#question").getBoundingClientRect().top;
}"""


def test_an_interview_is_added_by_upload_and_a_bad_file_is_refused(tab: Visit, tmp_path: Path) -> None:
    good, bad = tmp_path / "boats.txt", tmp_path / "cat.txt"
    good.write_text("Ida Holm: Why boats?\nPer Lund: Because they float.\nIda Holm: All?\nPer Lund: Most of them do.\n")
    bad.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    with served(ServeOptions(browser=False), FakeLibrary((harbour(),))) as own:
        page = tab(own.address, height=640).page
        settled(page)
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Add an interview").click()
        chooser.value.set_files(bad)
        page.locator("#adding .refused", has_text="cat.txt was not added.").wait_for()
        page.wait_for_function(ABOVE_THE_BOX)
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="Add an interview").click()
        page.get_by_role("textbox", name="Ask Marta Vale").fill("Half a question")
        chooser.value.set_files(good)
        page.locator("#adding", has_text="Added: ").wait_for()
        page.locator("#transcript", has_text="Because they float.").wait_for()
        assert "Ask 2 interviews" in page.locator("h1").inner_text()
        assert page.get_by_role("textbox", name="Ask the interviews").input_value() == "Half a question"
        page.context.close()


def test_whoever_reads_on_is_left_there_when_an_interview_is_in(tab: Visit, tmp_path: Path) -> None:
    file, turns = tmp_path / "boats.txt", "Ida Holm: Why boats?\nPer Lund: Because they float.\n"
    file.write_text(turns * 2)
    with served(ServeOptions(browser=False), FakeLibrary((harbour(),))) as own:
        page = tab(own.address, height=640, calm=True).page
        settled(page)
        ask(page, STORM)
        ask(page, STORM)
        page.wait_for_function("scrollY > 600")
        before = page.locator("#x-2").bounding_box()
        page.locator("#add input[type=file], input[type=file]").first.set_input_files(file)
        page.locator("#adding", has_text="Added: ").wait_for()
        page.wait_for_timeout(500)
        after = page.locator("#x-2").bounding_box()
        assert before
        assert after
        assert abs(before["y"] - after["y"]) < 200
        page.context.close()


def test_an_interview_is_added_by_its_address_and_one_of_this_machine_is_refused(
    tab: Visit, monkeypatch: pytest.MonkeyPatch, screenshots: Path
) -> None:
    from rag.parsing import fetch

    lines = b"Ida Holm: Why boats?\nPer Lund: Because they float.\nIda Holm: All?\nPer Lund: Most of them do.\n"
    with served(ServeOptions(browser=False), FakeLibrary((harbour(),))) as own:
        page = tab(own.address).page
        settled(page)
        box = page.get_by_role("textbox", name="Web address of an interview")
        box.fill("http://127.0.0.1:9/boats.txt")
        page.get_by_role("button", name="Add the interview at this address").click()
        page.locator("#adding", has_text="on this machine or its local network").wait_for()
        page.screenshot(path=screenshots / "address-refused.png")
        found = fetch.Fetched(lines, "https://example.org/boats.txt", "text/plain")
        monkeypatch.setattr(fetch, "fetch", lambda url, **_: found)
        box.fill("https://example.org/boats.txt")
        box.press("Enter")
        page.locator("#adding", has_text="Added: boats").wait_for()
        page.locator("#transcript", has_text="Because they float.").wait_for()
        page.wait_for_function("document.querySelector('#announcer').textContent === 'Added: boats'")
        assert "Ask 2 interviews" in page.locator("h1").inner_text()
        page.context.close()


def test_roles_are_corrected_on_the_page(tab: Visit) -> None:
    with served(ServeOptions(browser=False), FakeLibrary((orchard(),))) as own:
        page = tab(own.address).page
        settled(page)
        page.locator(".people summary").click()
        page.locator("select[data-name=Host]").select_option("interviewee")
        page.locator("select[data-name='Lena Brandt']").select_option("interviewer")
        page.get_by_role("button", name="Save who asks and who answers").click()
        page.locator("h1", has_text="Host").wait_for()
        page.context.close()


def test_visitors_log_in_and_then_ask(guarded: Served, browser: object, tab: Visit) -> None:
    from playwright.sync_api import Browser

    assert isinstance(browser, Browser)
    context = browser.new_context()
    page = context.new_page()
    page.goto(guarded.address)
    page.get_by_label("username").fill("guest")
    page.get_by_label("password").fill("open sesame")
    page.get_by_role("button", name="Login").click()
    settled(page)
    assert page.get_by_role("button", name="Add an interview").count() == 0
    assert page.get_by_role("textbox", name="Web address of an interview").count() == 0
    ask(page, STORM).locator("a.cite").first.wait_for()
    context.close()


def test_the_page_is_there_while_the_library_still_opens(tab: Visit, screenshots: Path) -> None:
    from threading import Event

    from ui.page import run

    ready, library = Event(), FakeLibrary()

    def slowly() -> FakeLibrary:
        ready.wait(60)
        return library

    with run(slowly, ServeOptions(browser=False)) as running:
        page = tab(running.address).page
        page.locator(".opening.loading").wait_for()
        page.screenshot(path=screenshots / "loading.png")
        box = page.get_by_role("textbox", name=re.compile("^Ask"))
        box.fill(STORM)
        box.press("Enter")
        page.locator(".reply.looking").wait_for()
        ready.set()
        page.locator(".reply.answered").wait_for()
        page.context.close()
