"""Keeping a library: what was said of a source is remembered, vectors are made anew, and a look costs no model."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from rag.library import Library
from rag.parsing import parse
from tests.ui.fake_models import FakeEncoder
from tests.ui.test_cli import BAKERY, Command, is_one_clear_line, onrecord, the_json

__all__ = ["onrecord"]

ROOT = Path(__file__).parent.parent.parent
SPEECH = "We open at five. The oven never cools.\n\nMy grandmother lent us the oven in March 1998.\n"
UNMARKED = """WEBVTT

00:00:01.000 --> 00:00:04.000
When did you open the bakery?

00:00:04.000 --> 00:00:09.000
We opened the bakery in March 1998.
"""


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder, and keeps it to itself."""

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@pytest.fixture
def speech(tmp_path: Path) -> Path:
    """A text of one person, which marks no turns."""
    file = tmp_path / "speech.txt"
    file.write_text(SPEECH)
    return file


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """Serve the bakery's interview on this machine; return its address."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "bakery.txt").write_text(BAKERY)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/bakery.txt"
    server.shutdown()
    server.server_close()
    thread.join()


# One person's words


def test_a_text_without_turns_is_asked_as_the_words_of_whom_one_names(onrecord: Command, speech: Path) -> None:
    question = ("ask", "Who lent the oven in March 1998?", "--in", speech)
    assert is_one_clear_line(onrecord(*question), "--speaker")
    answer = the_json(onrecord(*question, "--speaker", "Ada Moreno", "--json"))
    assert answer["status"] == "answered"
    assert {(q["speaker"], q["role"]) for q in answer["quotes"]} == {("Ada Moreno", "interviewee")}
    checked = onrecord("verify", "The oven never cools.", "--in", speech, "--speaker", "Ada Moreno", "--json")
    assert the_json(checked)["verdict"] == "exact"


def test_nobody_gets_the_words_of_a_file_that_only_lies_in_a_folder(onrecord: Command, speech: Path) -> None:
    (speech.parent / "bakery.txt").write_text(BAKERY)
    assert is_one_clear_line(
        onrecord("ask", "When did they open?", "--in", speech.parent, "--speaker", "Moreno"), "speech.txt", "no turns"
    )


def test_turns_stay_whose_they_are_whoever_is_named(onrecord: Command, speech: Path) -> None:
    bakery = speech.parent / "bakery.txt"
    bakery.write_text(BAKERY)
    code, _, told = onrecord("ask", "When did you open the bakery?", "--in", bakery, "--speaker", "Ek", "--json")
    assert code == 2
    assert "nobody called 'Ek' speaks" in told


# What was said of a source


def test_what_was_said_of_a_source_holds_when_it_is_read_again(onrecord: Command, tmp_path: Path) -> None:
    file = tmp_path / "bakery.txt"
    file.write_text(BAKERY)
    (added,) = the_json(onrecord("add", file, "--title", "At the oven", "--date", "2024-05", "--json"))
    assert onrecord("add", file)[1].startswith("unchanged")
    assert onrecord("update")[1].startswith("unchanged")
    file.write_text(BAKERY.replace("1998", "1999"))
    assert onrecord("update")[1].startswith("updated")
    shown = the_json(onrecord("show", added["id"], "--json"))
    assert (shown["title"], shown["date"]) == ("At the oven", "2024-05")
    assert onrecord("add", file, "--title", "Bread")[1].startswith("updated")
    shown = the_json(onrecord("show", added["id"], "--json"))
    assert (shown["title"], shown["date"]) == ("Bread", "2024-05")


def test_what_is_said_of_the_file_of_an_interview_that_was_added_on_the_page_holds(
    onrecord: Command, tmp_path: Path
) -> None:
    file = tmp_path / "bakery.txt"
    file.write_text(BAKERY)
    onrecord("list")  # makes the library
    with Library.open() as library:
        id = library.add(parse(file.read_bytes(), file.name)).id  # as an upload is: without a source
    assert onrecord("add", file, "--title", "At the oven", "--date", "2024-05")[1].startswith(f"updated {id}")
    shown = the_json(onrecord("show", id, "--json"))
    assert (shown["title"], shown["date"]) == ("At the oven", "2024-05")
    assert onrecord("update", id)[1].startswith(f"unchanged {id}")


def test_what_is_said_of_a_copy_is_not_dropped_without_a_word(onrecord: Command, tmp_path: Path) -> None:
    file, copy = tmp_path / "bakery.txt", tmp_path / "moved.txt"
    for one in (file, copy):
        one.write_text(BAKERY)
    (added,) = the_json(onrecord("add", file, "--json"))
    assert onrecord("add", copy)[1].startswith("unchanged")
    code, _, told = onrecord("add", copy, "--title", "At the oven")
    assert code == 2
    assert f"holds the same words already, as {added['id']}, from {file}" in told
    assert f"onrecord remove {added['id']}" in told


def test_a_folder_of_several_gets_no_title(onrecord: Command, tmp_path: Path) -> None:
    (tmp_path / "bakery.txt").write_text(BAKERY)
    assert onrecord("add", tmp_path, "--title", "At the oven")[0] == 0
    (tmp_path / "speech.txt").write_text(BAKERY.replace("oven", "mill"))
    assert is_one_clear_line(onrecord("add", tmp_path, "--title", "At the mill"), "--title is one interview's")
    assert "At the mill" not in onrecord("list")[1]


def test_an_interview_that_came_without_a_source_is_told_to_stay_as_it_is(onrecord: Command, tmp_path: Path) -> None:
    (shipped,) = the_json(onrecord("list", "--json"))
    file = tmp_path / "bakery.txt"
    file.write_text(BAKERY)
    (added,) = the_json(onrecord("add", file, "--json"))
    code, out, err = onrecord("update", shipped["id"], added["id"])
    assert code == 2
    assert err.startswith(f"failed {shipped['id']}: it came without a file or an address")
    assert err.count("\n") == 1
    assert out.startswith(f"unchanged {added['id']}")
    assert onrecord("update")[::2] == (0, "")


def test_the_speaker_of_a_text_without_turns_is_remembered(onrecord: Command, speech: Path) -> None:
    assert onrecord("add", speech, "--speaker", "Ada Moreno")[1].startswith("added")
    speech.write_text(SPEECH.replace("1998", "1999"))
    assert onrecord("update")[1].startswith("updated")
    assert onrecord("add", speech)[1].startswith("unchanged")


# Addresses nearby


def test_an_address_on_this_machine_is_refused_unless_asked_for(onrecord: Command, site: str) -> None:
    code, _, err = onrecord("add", site)
    assert (code, err.count("\n")) == (2, 1)
    assert "--allow-private" in err
    assert onrecord("add", site, "--allow-private")[1].startswith("added")
    code, _, err = onrecord("update")
    assert code == 2
    assert "--allow-private" in err
    assert onrecord("update", "--allow-private")[1].startswith("unchanged")
    answer = the_json(onrecord("ask", "When did they open?", "--in", site, "--allow-private", "--json"))
    assert answer["quotes"]


# Vectors of another model


def test_a_library_is_embedded_anew_when_asked_as_the_refusal_says(onrecord: Command, tmp_path: Path) -> None:
    file = tmp_path / "bakery.txt"
    file.write_text(BAKERY)
    question = ("ask", "When did they open the bakery?", "--json")
    assert onrecord("add", file)[0] == 0
    before = the_json(onrecord(*question))
    assert is_one_clear_line(onrecord(*question, "--model", "another"), "onrecord reembed --model another")
    assert the_json(onrecord(*question)) == before
    assert onrecord("reembed", "--model", "another") == (0, "embedded with another\n", "")
    assert the_json(onrecord(*question)) == before
    assert is_one_clear_line(onrecord(*question, "--model", FakeEncoder().name), "come from another")
    assert onrecord("check")[0] == 0
    assert onrecord("reembed")[0] == 0
    assert the_json(onrecord(*question, "--model", FakeEncoder().name)) == before


# Nobody told apart


def test_a_transcript_that_names_nobody_is_taken_and_says_so_in_a_line(onrecord: Command, tmp_path: Path) -> None:
    file = tmp_path / "talk.vtt"
    file.write_text(UNMARKED)
    code, out, err = onrecord("add", file)
    assert (code, out.count("\n"), err) == (0, 1, "")
    assert "doesn't mark who speaks" in out
    assert "nobody is taken for the interviewer" in out
    assert "--speaker NAME" in out
    shown = onrecord("show", "talk")[1]
    assert "note: it doesn't mark who speaks" in shown
    assert "unknown speaker (other)" in shown
    answer = the_json(onrecord("ask", "When did you open the bakery?", "--interview", "talk", "--json"))
    assert {(q["speaker"], q["role"]) for q in answer["quotes"]} == {(None, "other")}


# A look


def test_a_look_at_a_new_library_loads_no_model_and_no_page(tmp_path: Path) -> None:
    script = (
        "import sys; from ui.cli import run; code = run(sys.argv[1:]);"
        "assert not {'torch', 'sentence_transformers', 'transformers', 'onnxruntime', 'gradio', 'faiss'}"
        " & set(sys.modules), sorted(sys.modules);"
        "sys.exit(code)"
    )
    name = "shekerinska"
    for look in (["list"], ["list", "--json"], ["show", "ID"]):
        place = ["--library", str(tmp_path / "library")]
        listed = subprocess.run(
            [sys.executable, "-c", script, *(name if word == "ID" else word for word in look), *place],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        assert "Shekerinska" in listed
        name = listed.split('"id": "')[1].split('"')[0] if "--json" in look else name


def test_the_shipped_interview_is_there_for_whatever_comes_after_a_look(onrecord: Command) -> None:
    (seed,) = the_json(onrecord("list", "--json"))
    assert the_json(onrecord("show", seed["id"], "--json"))["interviewees"] == seed["interviewees"]
    assert onrecord("update", seed["id"], "--interviewer", "Shekerinska")[0] == 0
    assert the_json(onrecord("list", "--json"))[0]["interviewees"] == []
    assert onrecord("remove", seed["id"])[0] == 0
    assert the_json(onrecord("list", "--json")) == []


# What is no source


def test_what_is_no_source_is_told_in_a_line_of_its_own(onrecord: Command, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for source, why in (
        (tmp_path / "empty", "no interviews in this folder"),
        ("file:///etc/passwd", "only addresses that start with http"),
        (tmp_path / "nosuch.txt", "no such file"),
    ):
        code, out, err = onrecord("add", source)
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert why in err


def test_a_picture_or_a_recording_is_told_what_it_is_and_the_library_stays(onrecord: Command, tmp_path: Path) -> None:
    before = the_json(onrecord("list", "--json"))
    for name, why in (
        ("portrait.png", "this is a picture, not a text. onrecord reads text, Markdown"),
        ("talk.mp3", "onrecord reads transcripts, not recordings: transcribe it first"),
        ("talks.zip", "this is an archive of files"),
    ):
        (tmp_path / name).write_bytes(b"\x00\x01\x02")
        code, out, err = onrecord("add", tmp_path / name)
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert why in err
    assert the_json(onrecord("list", "--json")) == before


# A look at what is in the library


def test_what_is_said_of_a_file_beside_show_is_heeded(onrecord: Command, tmp_path: Path) -> None:
    file = tmp_path / "bakery.txt"
    file.write_text(BAKERY)
    answering = the_json(onrecord("show", file, "--json"))["interviewees"][0]
    shown = the_json(onrecord("show", file, "--interviewer", answering, "--json"))
    assert answering in shown["interviewers"]


def test_what_is_said_of_an_interview_in_the_library_is_sent_to_update(onrecord: Command) -> None:
    seed = the_json(onrecord("list", "--json"))[0]["id"]
    for option in ("--interviewer", "--interviewee"):
        outcome = onrecord("show", seed, option, "Somebody")
        assert is_one_clear_line(outcome, f'onrecord update {seed} {option} "Somebody"')
    assert is_one_clear_line(onrecord("show", seed, "--title", "Another"), "add its file again with --title")
    assert is_one_clear_line(onrecord("show", "nosuch", "--interviewer", "Somebody"), "nosuch")
