"""Moving a library into an archive in Milvus and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.local.store import LocalStore
from tests.ui.test_cli import BAKERY, Command, is_one_clear_line, onrecord, the_json

__all__ = ["onrecord"]


@pytest.fixture
def bakery(tmp_path: Path) -> Path:
    """A file with the bakery's interview."""
    file = tmp_path / "bakery.txt"
    file.write_text(BAKERY)
    return file


def test_a_library_goes_into_an_archive_and_comes_back(onrecord: Command, bakery: Path, tmp_path: Path) -> None:
    pytest.importorskip("milvus_lite", reason="milvus-lite isn't installed: pip install 'onrecord[milvus]'")
    mine, archive, back = (str(tmp_path / name) for name in ("library", "archive.db", "back"))
    assert onrecord("add", bakery, "--library", mine)[0] == 0
    listed = the_json(onrecord("list", "--library", mine, "--json"))

    assert {line["outcome"] for line in the_json(onrecord("copy", "--to", archive, "--library", mine, "--json"))} == {
        "added"
    }
    assert f"{len(listed)} unchanged" in onrecord("copy", "--to", archive, "--library", mine)[1]
    assert the_json(onrecord("list", "--store", archive, "--json")) == listed
    assert f"{len(listed)} added" in onrecord("copy", "--from", archive, "--library", back)[1]
    assert the_json(onrecord("list", "--library", back, "--json")) == listed

    question = "When did they open the bakery?"
    asked = [
        the_json(onrecord("ask", question, *place, "--json")) for place in (("--store", archive), ("--library", back))
    ]
    assert asked[0] == asked[1] == the_json(onrecord("ask", question, "--library", mine, "--json"))


def test_a_new_library_is_copied_with_what_it_comes_with(
    onrecord: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = the_json(onrecord("list", "--library", tmp_path, "--json"))
    monkeypatch.setattr("rag.stores.open_store", lambda **_: LocalStore())
    copied = the_json(onrecord("copy", "--to", "a.db", "--library", tmp_path, "--json"))
    assert [line["id"] for line in copied] == [line["id"] for line in listed]


def test_a_password_in_an_address_is_not_printed(onrecord: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.stores.open_store", lambda **_: LocalStore())
    done = onrecord("copy", "--from", "milvus://ada:secret@here:19530/talks")
    assert is_one_clear_line(done, "there is nothing to copy in milvus://here:19530/talks")
    assert "secret" not in done[2]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["copy"], "--to URI or --from URI"),
        (["copy", "--to", "a.db", "--from", "b.db"], "--to URI or --from URI"),
        (["copy", "--to", "a.db", "--store", "b.db"], "leave --store out"),
        (["list", "--library", "here", "--store", "b.db"], "not both"),
        (["list", "--store", "milvus://nowhere"], "milvus://HOST:PORT/COLLECTION"),
        (["copy", "--to", "a.db", "--library", "nowhere"], "there is no library in nowhere"),
    ],
)
def test_a_mistake_is_told_in_one_line(onrecord: Command, words: list[str], told: str) -> None:
    done = onrecord(*words)
    assert is_one_clear_line(done)
    assert told in done[2]
