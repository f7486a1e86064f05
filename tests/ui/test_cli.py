"""The command line: what a person types, and what comes back on which stream with which exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rag.errors import ModelError
from rag.library import Library
from tests.ui.fake_models import FakeEncoder, FakeReader
from ui.batch import lines_of
from ui.cli import commands, run
from ui.terminal import clean

BAKERY = """The oven never cools

Interviewer: When did you open the bakery, Ms Moreno?

Ada Moreno: We opened the bakery in March 1998. My grandmother lent us  the oven, and nobody else believed in it.

Interviewer: Will you ever sell to a supermarket?

Ada Moreno: We bake rye bread for the hospital every night.
"""
ORCHARD = """Apples after frost

Jon Ek: Which apples survive a late frost?

Lena Brandt: The Gravensteiner survives a late frost, because it blossoms two weeks after the others.
"""
SPEAKERS_OF_ORCHARD = "The speakers of apples-after-frost are: Jon Ek, Lena Brandt."

Outcome = tuple[int, str, str]
Command = Callable[..., Outcome]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two interviews in it, and something that is none."""
    folder = tmp_path / "interviews"
    folder.mkdir()
    (folder / "bakery.txt").write_text(BAKERY)
    (folder / "orchard.txt").write_text(ORCHARD)
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    return folder


@pytest.fixture
def onrecord(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    """Run a command line on a library of its own; returns exit code, stdout, stderr."""
    monkeypatch.setattr("rag.library.load_encoder", FakeEncoder)
    monkeypatch.setattr("rag.library.OnnxReader", FakeReader)
    monkeypatch.setenv("ONRECORD_LIBRARY", str(tmp_path / "library"))

    def run_it(*arguments: object) -> Outcome:
        capfd.readouterr()
        code = run([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return code, out, err

    return run_it


def the_json(outcome: Outcome) -> Any:  # noqa: ANN401 - JSON
    code, out, err = outcome
    assert (code, err) == (0, "")
    return json.loads(out)


def is_one_clear_line(outcome: Outcome, *words: str) -> bool:
    code, out, err = outcome
    return (
        code == 2 and not out and err.count("\n") == 1 and err.startswith("onrecord: ") and all(w in err for w in words)
    )


def test_a_question_about_a_file_is_answered_with_the_transcripts_words(onrecord: Command, folder: Path) -> None:
    answer = the_json(onrecord("ask", "When did they open the bakery?", "--in", folder / "bakery.txt", "--json"))
    assert answer["status"] == "answered"
    assert answer["id"] is None
    first = answer["quotes"][0]
    assert first["text"].startswith("We opened the bakery in March 1998.")
    assert first["text"] == BAKERY[first["start"] : first["end"]]
    assert (first["speaker"], first["role"]) == ("Ada Moreno", "interviewee")
    assert first["asked"] == "When did you open the bakery, Ms Moreno?"
    assert {"interview", "title", "turn", "section", "timestamp", "highlight", "citation", "link"} <= first.keys()


def test_an_answer_in_the_terminal_names_the_speaker_and_the_question(onrecord: Command, folder: Path) -> None:
    code, out, err = onrecord("ask", "When did they open the bakery?", "--in", folder / "bakery.txt")
    assert (code, err) == (0, "")
    assert "“We opened the bakery in March 1998." in out
    assert "asked: When did you open the bakery, Ms Moreno?" in out
    assert "— Ada Moreno" in out
    assert "\x1b" not in out


def test_a_question_needs_no_quotation_marks(onrecord: Command, folder: Path) -> None:
    answer = the_json(onrecord("ask", "When", "did", "they", "open?", "--in", folder, "--json"))
    assert answer["question"] == "When did they open?"


def test_a_tunnel_server_needs_a_link_and_an_address(onrecord: Command) -> None:
    assert is_one_clear_line(onrecord("serve", "--share-server", "tunnel.example:7000"), "give --share too")
    assert is_one_clear_line(onrecord("serve", "--share", "--share-server", "tunnel.example"), "HOST:PORT")


def test_every_command_is_summed_up_in_one_whole_line(onrecord: Command) -> None:
    assert "..." not in onrecord("--help")[1].partition("Commands:")[2]


def test_a_new_library_holds_the_shipped_interview(onrecord: Command) -> None:
    listed = the_json(onrecord("list", "--json"))
    assert [one["interviewees"] for one in listed] == [["Radmila Shekerinska"]]
    assert listed[0].keys() == {"id", "title", "outlet", "date", "interviewees", "words"}


def test_a_folder_is_added_and_what_it_holds_can_be_listed_shown_asked_and_removed(
    onrecord: Command, folder: Path
) -> None:
    added = the_json(onrecord("add", folder, "--json"))
    assert [one["outcome"] for one in added] == ["added", "added"]
    ids = [one["id"] for one in added]
    code, out, _ = onrecord("list")
    assert code == 0
    assert "Ada Moreno" in out
    assert "Lena Brandt" in out
    shown = the_json(onrecord("show", ids[1], "--json"))
    assert shown["interviewers"] == ["Jon Ek"]
    assert [turn["role"] for turn in shown["turns"]] == ["interviewer", "interviewee"]
    answer = the_json(onrecord("ask", "Which apples survive a late frost?", "--interview", ids[1], "--json"))
    assert {quote["interview"] for quote in answer["quotes"]} == {ids[1]}
    code, out, _ = onrecord("remove", *ids)
    assert (code, out) == (0, f"removed {ids[0]}\nremoved {ids[1]}\n")
    assert is_one_clear_line(onrecord("show", ids[0]), ids[0])


def test_adding_the_same_file_again_changes_nothing_and_a_changed_one_updates(onrecord: Command, folder: Path) -> None:
    file = folder / "bakery.txt"
    assert onrecord("add", file)[1].startswith("added ")
    assert onrecord("add", file)[1].startswith("unchanged ")
    file.write_text(BAKERY.replace("1998", "1999"))
    assert onrecord("update")[1].startswith("updated ")
    assert len(the_json(onrecord("list", "--json"))) == 2


def test_what_can_be_added_is_in_and_each_failure_is_told(onrecord: Command, folder: Path) -> None:
    (folder / "empty.txt").write_text("")
    code, out, err = onrecord("add", folder, folder / "missing.txt")
    assert code == 2
    assert out.count("added ") == 2
    assert "2 added, 2 failed" in out
    assert [line.split(": ")[0] for line in err.splitlines()] == [
        f"failed {folder / 'empty.txt'}",
        f"failed {folder / 'missing.txt'}",
    ]
    assert all(line.count(".txt") == 1 for line in err.splitlines())
    assert len(the_json(onrecord("list", "--json"))) == 3


def test_roles_are_corrected_and_stay_corrected(onrecord: Command, folder: Path) -> None:
    file = folder / "orchard.txt"
    (added,) = the_json(onrecord("add", file, "--json"))
    assert onrecord("update", added["id"], "--interviewee", "jon", "--interviewer", "lena")[0] == 0
    file.write_text(ORCHARD + "\nJon Ek: Thank you.\n")
    assert onrecord("update")[0] == 0
    shown = the_json(onrecord("show", added["id"], "--json"))
    assert (shown["interviewers"], shown["interviewees"]) == (["Lena Brandt"], ["Jon Ek"])


def test_a_role_for_somebody_who_does_not_speak_is_a_mistake(onrecord: Command, folder: Path) -> None:
    (added,) = the_json(onrecord("add", folder / "orchard.txt", "--json"))
    assert is_one_clear_line(onrecord("update", added["id"], "--interviewee", "Nobody"), "Lena Brandt")


def test_a_quotation_is_checked_word_for_word(onrecord: Command, folder: Path) -> None:
    def verdict(*words: str) -> Any:  # noqa: ANN401 - JSON
        return the_json(onrecord("verify", *words, "--in", folder, "--json"))

    assert verdict("We opened the bakery in March 1998.")["verdict"] == "exact"
    altered = verdict("We opened the bakery in March 2008.")
    assert altered["verdict"] == "altered"
    assert altered["changes"] == [{"op": "replace", "yours": "2008", "theirs": "1998"}]
    assert verdict("The moon is made of cheese and we sell it.") == {
        "verdict": "not_found",
        "quote": None,
        "changes": [],
    }


def test_a_verdict_in_the_terminal_shows_what_was_changed(onrecord: Command, folder: Path) -> None:
    code, out, _ = onrecord("verify", "We opened the bakery in March 2008.", "--in", folder)
    assert code == 0
    assert out.startswith("Altered")
    assert "“2008” → said: “1998”" in out


def test_the_questions_of_a_file_are_answered_one_line_for_each_in_order(
    onrecord: Command, folder: Path, tmp_path: Path
) -> None:
    (added, _) = the_json(onrecord("add", folder, "--json"))
    lines: list[dict[str, object]] = [
        {"id": "b", "q": "When did they open the bakery?", "interview": added["id"], "more": "ignored"},
        {"id": 2, "q": "Which apples survive a late frost?", "history": ["Who are you?"]},
        {"q": "Which apples survive a late frost?"},
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text("\ufeff" + "\n\n".join(map(json.dumps, lines)) + "\n", "utf-8")
    code, out, err = onrecord("ask", "--questions", file, "--json")
    assert (code, err) == (0, "")
    answers = [json.loads(line) for line in out.splitlines()]
    assert [(answer["id"], answer["question"]) for answer in answers] == [(line.get("id"), line["q"]) for line in lines]


@pytest.mark.parametrize(
    "line",
    ["{", "[]", "7", '{"id": 1}', '{"q": 3}', '{"q": ""}', '{"q": "x", "history": "y"}', '{"q": "x", "interview": 1}',
     '{"q": "x", "id": {}}', "[" * 100_000, '{"q": "?!"}', '{"q": "why \\ud800 hops?"}',
     '{"q": "x", "history": ["why \\udfff"]}', '{"q": "x", "interview": "no-such-id"}',
     '{"q": "x", "id": ' + "9" * 5000 + "}"],
)  # fmt: skip
def test_a_bad_line_of_questions_is_told_by_its_number_before_any_is_asked(
    line: str, onrecord: Command, tmp_path: Path
) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('{"id": 1, "q": "Which apples?"}\n' + line)
    assert is_one_clear_line(onrecord("ask", "--questions", file, "--json"), "questions.jsonl, line 2")


def test_the_questions_file_need_not_give_ids() -> None:
    assert [line.id for line in lines_of(b'{"q": "Who?"}', "f")] == [None]


def test_explain_shows_the_words_the_passages_and_what_decided(onrecord: Command, folder: Path) -> None:
    question = ("ask", "When did they open the zeppelin bakery?", "--in", folder, "--explain")
    explained = the_json(onrecord(*question, "--json"))["explanation"]
    assert "zeppelin" in explained["words_nobody_says"]
    assert explained["passages"]
    assert explained["sentences"]
    assert explained["decided"] in onrecord(*question)[1]


def test_judged_questions_are_turned_into_figures(onrecord: Command, folder: Path, tmp_path: Path) -> None:
    start = BAKERY.index("We opened")
    gold = [start, BAKERY.index(" My grandmother")]
    file = tmp_path / "judged.jsonl"
    file.write_text(json.dumps({"id": 1, "q": "When did they open the bakery?", "gold": [gold]}))
    report = the_json(onrecord("eval", file, "--in", folder / "bakery.txt", "--json"))
    assert report["figures"]["success_at_1"] == 1.0
    assert "1.000  first sentence right" in onrecord("eval", file, "--in", folder / "bakery.txt")[1]


def test_a_whole_library_checks_out(onrecord: Command) -> None:
    assert onrecord("check") == (0, "All is well: 1 interview.\n", "")


def test_show_works_on_a_file_that_is_in_no_library(onrecord: Command, folder: Path) -> None:
    shown = the_json(onrecord("show", folder / "bakery.txt", "--json"))
    assert shown["interviewees"] == ["Ada Moreno"]
    assert all(turn["text"] == BAKERY[turn["start"] : turn["end"]] for turn in shown["turns"])
    code, out, _ = onrecord("show", folder / "bakery.txt")
    assert code == 0
    assert "Ada Moreno (interviewee)" in out
    assert "We bake rye bread for the hospital every night." in out


def test_the_library_can_be_named_before_or_after_the_command(onrecord: Command, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    assert onrecord("--library", other, "add", folder)[0] == 0
    assert len(the_json(onrecord("list", "--library", other, "--json"))) == 3
    assert len(the_json(onrecord("list", "--json"))) == 1


def test_transcripts_cannot_steer_the_terminal(onrecord: Command, tmp_path: Path) -> None:
    file = tmp_path / "hostile.txt"
    file.write_text(ORCHARD.replace("The Gravensteiner", "The \u202egravensteiner\u2066"), "utf-8")
    code, out, _ = onrecord("show", file)
    assert code == 0
    assert "The \ufffdgravensteiner\ufffd survives" in out
    steering = "\x1b]0;title\x07\x9b2J\x00"
    assert set(clean(steering)) <= {"\ufffd", *"]0;title2J"}
    assert len(clean(steering)) == len(steering)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["ask"], "question"),
        (["ask", "Why?", "--questions", "x.jsonl"], "x.jsonl"),
        (["ask", ""], "question"),
        (["ask", "?!"], "question"),
        (["ask", "why " * 5000], "question"),
        (["ask", "Why?", "--in", "no-such-file.txt"], "no-such-file.txt"),
        (["ask", "Why?", "--interview", "no-such-id"], "no-such-id"),
        (["ask", "Why?", "--since", "yesterday"], "yesterday"),
        (["ask", "Why?", "--since", "2026-13"], "2026-13"),
        (["ask", "--questions", "no-such-file.jsonl"], "no-such-file.jsonl"),
        (["show", "no-such-id"], "no-such-id"),
        (["show", "../../etc/passwd"], "passwd"),
        (["remove", "no-such-id"], "no-such-id"),
        (["add"], "FILE"),
        (["add", "a.txt", "b.txt", "--title", "Both"], "--title"),
        (["update", "--interviewer", "Ann"], "list"),
        (["update", "no-such-id"], "no-such-id"),
        (["eval", "no-such-file.jsonl"], "no-such-file.jsonl"),
        (["verify", "..."], "word"),
        (["list", "--nonsense"], "--nonsense"),
        (["nonsense"], "nonsense"),
    ],
)
def test_a_mistake_is_one_clear_line_and_exit_code_2(onrecord: Command, arguments: list[str], word: str) -> None:
    outcome = onrecord(*arguments)
    assert is_one_clear_line(outcome, word), outcome


def test_without_a_command_the_help_is_shown(onrecord: Command) -> None:
    code, out, err = onrecord()
    assert (code, err) == (0, "")
    assert all(name in out for name in commands.commands)


def test_help_and_a_list_load_neither_models_nor_page(tmp_path: Path, onrecord: Command) -> None:
    onrecord("list")  # makes the library
    code = (
        "import sys; from ui.cli import run; code = run(sys.argv[1:]);"
        "heavy = {'torch', 'sentence_transformers', 'transformers', 'gradio', 'onnxruntime'} & set(sys.modules);"
        "sys.exit(f'loaded {heavy}' if heavy else code)"
    )
    for arguments in (["--help"], ["ask", "--help"], ["list"]):
        done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")


def test_a_reader_that_stops_reading_ends_the_command_quietly() -> None:
    # What `onrecord --help | true` does: the other end of the pipe is gone before the first word is written.
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "ui", "--help"], stdout=writing, stderr=subprocess.PIPE, text=True, check=False
        )
    finally:
        os.close(writing)
    assert done.stderr == ""
    assert done.returncode in (0, 1)


def test_a_library_is_let_go_of_where_its_models_cannot_be_loaded(
    onrecord: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[Library] = []

    def fail(library: Library) -> None:
        raise ModelError("the embedding model is missing")

    monkeypatch.setattr(Library, "load", fail)
    monkeypatch.setattr(Library, "close", lambda library: closed.append(library))
    judged = folder / "judged.jsonl"
    judged.write_text('{"q": "When did they open?", "answers": ["March 1998"]}')
    for words in (["ask", "When did they open?"], ["eval", judged]):
        assert onrecord(*words, "--in", folder / "bakery.txt") == (2, "", "onrecord: the embedding model is missing\n")
        assert len(closed) == 1
        closed.clear()
