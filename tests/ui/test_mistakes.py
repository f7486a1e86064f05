"""Mistakes with files, bytes and streams: each is told in a line that names what is wrong, and nothing is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.ui.test_cli import BAKERY, ORCHARD, Command, is_one_clear_line, onrecord, the_json

__all__ = ["onrecord"]

ROOT = Path(__file__).parent.parent.parent
LATIN = os.fsdecode(b"why caf\xe9?")
"""What a terminal that isn't set to UTF-8 sends."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an interview in it, and a folder in that with another."""
    inner = tmp_path / "interviews" / "inner"
    inner.mkdir(parents=True)
    (inner.parent / "bakery.txt").write_text(BAKERY)
    (inner / "orchard.txt").write_text(ORCHARD)
    return inner.parent


# Files of questions


def test_questions_that_are_no_utf_8_are_told_in_a_line(onrecord: Command, tmp_path: Path) -> None:
    for name, data in (("latin.jsonl", b'{"q": "why caf\xe9?"}'), ("wide.jsonl", '{"q": "why?"}'.encode("utf-16"))):
        (tmp_path / name).write_bytes(data)
        assert is_one_clear_line(onrecord("ask", "--questions", tmp_path / name), name, "in UTF-8")


@pytest.mark.parametrize("data", [b"", b"\n \r\n", "\ufeff".encode()])
def test_a_file_without_questions_is_told_to_hold_none(onrecord: Command, tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_bytes(data)
    assert is_one_clear_line(onrecord("ask", "--questions", file), "questions.jsonl: holds no question")


def test_a_line_separator_in_a_question_ends_no_line(onrecord: Command, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('{"q": "When did they\u2028open the bakery?"}\r\n', "utf-8", newline="")
    answer = the_json(onrecord("ask", "--questions", file, "--in", folder, "--json"))
    assert answer["question"] == "When did they\u2028open the bakery?"


# What can't be read


@pytest.fixture
def locked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that may not be looked into, inside one that may."""
    locked = folder / "inner"
    scandir, stat = os.scandir, os.stat

    def guarded_scandir(place: Any = ".") -> Any:  # noqa: ANN401 - as os.scandir
        if not isinstance(place, int) and os.path.realpath(place) == str(locked):
            raise PermissionError(13, "Permission denied", str(place))
        return scandir(place)

    def guarded_stat(place: Any, **settings: Any) -> Any:  # noqa: ANN401 - as os.stat
        if not isinstance(place, int) and os.path.dirname(os.path.abspath(place)) == str(locked):
            raise PermissionError(13, "Permission denied", str(place))
        return stat(place, **settings)

    monkeypatch.setattr(os, "scandir", guarded_scandir)
    monkeypatch.setattr(os, "stat", guarded_stat)
    return locked


def test_a_folder_that_cant_be_read_is_told_and_the_others_are_in(
    onrecord: Command, folder: Path, locked: Path
) -> None:
    code, out, err = onrecord("add", folder)
    assert code == 2
    assert "added the-oven-never-cools" in out
    assert err == f"failed {locked}: can't read it: Permission denied\n"


def test_what_cant_be_read_is_not_called_empty_or_missing(onrecord: Command, folder: Path, locked: Path) -> None:
    for path in (locked, locked / "orchard.txt"):
        assert onrecord("add", path) == (2, "", f"failed {path}: can't read it: Permission denied\n")
        assert is_one_clear_line(onrecord("ask", "Why?", "--in", path), f"{path}: can't read it: Permission denied")
    assert is_one_clear_line(onrecord("list", "--in", folder), f"{locked}: can't read it: Permission denied")


def test_a_link_that_leads_to_itself_is_told(onrecord: Command, tmp_path: Path) -> None:
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    code, out, err = onrecord("add", tmp_path / "loop.txt")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "loop.txt: can't read it: Too many levels of symbolic links" in err


# Folders


def test_of_a_folder_that_is_asked_the_file_that_is_no_interview_is_named(onrecord: Command, folder: Path) -> None:
    for name, data in (("empty.txt", b""), ("talk.json", b"{"), ("talk.docx", b"PK")):
        file = folder / "inner" / name
        file.write_bytes(data)
        for command in (["ask", "Why?"], ["list"], ["verify", "We opened the bakery."]):
            outcome = onrecord(*command, "--in", folder)
            assert is_one_clear_line(outcome, f"onrecord: {file}: "), outcome
            assert outcome[2].count(name) == 1
        file.unlink()


def test_a_folder_is_searched_for_every_ending_that_is_read(onrecord: Command, folder: Path) -> None:
    for ending in (".text", ".mdown", ".mkd", ".xhtml"):
        turns = "".join(f"<p>{line}</p>" for line in ORCHARD.splitlines()) if ending == ".xhtml" else ORCHARD
        (folder / f"talk{ending}").write_text(turns)
    added = the_json(onrecord("add", folder, "--json"))
    assert {Path(one["source"]).suffix for one in added} == {".txt", ".text", ".mdown", ".mkd", ".xhtml"}


def test_a_folder_cant_be_shown(onrecord: Command, folder: Path) -> None:
    assert is_one_clear_line(
        onrecord("show", folder), f"{folder} is a folder", "give a file in it, or an interview's id"
    )


def test_an_interview_is_shown_though_a_folder_is_called_like_it(
    onrecord: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "the-oven-never-cools").mkdir()
    monkeypatch.chdir(folder)
    assert onrecord("add", "bakery.txt")[0] == 0
    assert the_json(onrecord("show", "the-oven-never-cools", "--json"))["interviewees"] == ["Ada Moreno"]


# Links


def test_a_file_is_one_interview_with_one_title_whatever_links_to_it(onrecord: Command, tmp_path: Path) -> None:
    untitled = "\n\n".join(BAKERY.split("\n\n")[1:])
    (tmp_path / "bakery.txt").write_text(untitled)
    (tmp_path / "a link.txt").symlink_to("bakery.txt")
    added = the_json(onrecord("add", tmp_path, "--json"))
    assert [(one["outcome"], one["id"]) for one in added] == [("added", "bakery")]
    for source in (tmp_path, tmp_path / "bakery.txt", tmp_path / "a link.txt"):
        again = the_json(onrecord("add", source, "--json"))
        assert [(one["outcome"], one["id"]) for one in again] == [("unchanged", "bakery")]
    assert [one["title"] for one in the_json(onrecord("list", "--in", tmp_path, "--json"))] == ["bakery"]


def test_a_link_to_a_file_that_is_called_by_a_number_has_the_title(onrecord: Command, tmp_path: Path) -> None:
    store = tmp_path / "store"
    store.mkdir()
    (store / "5f0c2a").write_text("\n\n".join(BAKERY.split("\n\n")[1:]))
    (tmp_path / "bakery.txt").symlink_to(store / "5f0c2a")
    assert [one["id"] for one in the_json(onrecord("add", tmp_path, "--json"))] == ["bakery"]


# Bytes that are no UTF-8


def test_bytes_that_are_no_utf_8_are_no_question_and_no_quotation(onrecord: Command, folder: Path) -> None:
    assert is_one_clear_line(onrecord("ask", LATIN, "--in", folder), "the question holds half a character")
    assert is_one_clear_line(onrecord("verify", LATIN, "--in", folder), "the quotation holds half a character")
    assert is_one_clear_line(onrecord("ask", "Why?", "--after", LATIN, "--in", folder), "--after", "UTF-8")
    for option in ("--title", "--interviewee", "--speaker"):
        assert is_one_clear_line(onrecord("add", folder, option, LATIN), option, "UTF-8")


def test_a_file_whose_name_is_no_utf_8_is_told_that_its_name_is_meant(onrecord: Command, folder: Path) -> None:
    named = Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt"))
    named.write_text(ORCHARD)
    code, out, err = onrecord("add", folder)
    assert (code, out.splitlines()[-1]) == (2, "2 added, 1 failed")
    assert err == f"failed {folder}/caf\\udce9.txt: the file's name isn't UTF-8: rename it.\n"
    assert is_one_clear_line(onrecord("list", "--in", named), "caf\\udce9.txt: the file's name isn't UTF-8")


# Streams, and being stopped


def in_a_shell(tmp_path: Path, line: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command line as a shell does, with what ``line`` says of its streams."""
    return subprocess.run(
        ["sh", "-c", f'exec "$@" {line}', "sh", sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, "ONRECORD_LIBRARY": str(tmp_path / "library")},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "line"),
    [(["list"], ">&-"), (["list"], "2>&-"), (["list", "--json"], "<&- >&- 2>&-"), (["mcp"], "<&-")],
)
def test_a_closed_stream_stops_no_command(tmp_path: Path, arguments: list[str], line: str) -> None:
    done = in_a_shell(tmp_path, line, "-m", "ui", *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    listed = in_a_shell(tmp_path, "", "-m", "ui", "list", "--json")
    assert len(json.loads(listed.stdout)) == 1


def test_where_the_terminal_lacks_a_character_its_number_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "latin-1")
    file = tmp_path / "talk.txt"
    file.write_text("Ida Holm: Why “boats”?\nIlham Əliyev: Because they float.\n", encoding="utf-8")
    done = in_a_shell(tmp_path, "", "-m", "ui", "show", str(file))
    assert (done.returncode, done.stderr) == (0, "")
    assert "Ilham \\u018fliyev" in done.stdout
    assert "Why \\u201cboats\\u201d?" in done.stdout


def test_a_mistake_is_one_with_closed_streams_too(tmp_path: Path) -> None:
    assert in_a_shell(tmp_path, ">&- 2>&-", "-m", "ui", "show", "no-such-id").returncode == 2


def test_who_stops_a_command_while_it_starts_sees_no_traceback(tmp_path: Path) -> None:
    script = (
        "import runpy, sys\n"
        "class Stopped:\n"
        "    def find_spec(self, name, *rest):\n"
        "        if name == 'click': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Stopped())\n"
        "runpy.run_module('ui', run_name='__main__')\n"
    )
    done = in_a_shell(tmp_path, "", "-c", script)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
