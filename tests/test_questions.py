"""The judged questions are sound: every offset is whole sentences, every half is drawn alike."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import nupunkt
import pytest

QUESTIONS = Path(__file__).parent / "benchmarks" / "questions"
SEED = Path(__file__).parent.parent / "seeds" / "shekerinska-apa.txt"
SPACES = " \t\u00a0"

Row = dict[str, Any]


def rows(name: str) -> list[Row]:
    lines = (QUESTIONS / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def paragraphs(text: str) -> list[tuple[int, int, bool]]:
    """Return start, end and "opens a turn" of each line, without surrounding spaces and its dash."""
    found = []
    for line in re.finditer(r"[^\n]+", text):
        spoken = re.match(rf"[{SPACES}]*(-?)[{SPACES}]*(.*?)[{SPACES}]*$", line.group())
        assert spoken is not None
        if spoken.group(2):
            found.append((line.start() + spoken.start(2), line.start() + spoken.end(2), spoken.group(1) == "-"))
    return found


def sentences(text: str) -> dict[tuple[int, int], str]:
    """Return who says each sentence of the seed: its dashes alternate between question and answer."""
    found = {}
    dashes = 0
    for start, end, opens in paragraphs(text):
        dashes += opens
        who = "nobody" if dashes == 0 else "interviewer" if dashes % 2 else "interviewee"
        for a, b in nupunkt.sent_spans(text[start:end]):
            words = text[start + a : start + b]
            first = start + a + len(words) - len(words.lstrip())
            found[(first, first + len(words.strip()))] = who
    return found


SEED_HALVES = ["seed_dev.jsonl", "seed_test.jsonl", "seed_asked_dev.jsonl", "seed_asked_test.jsonl"]


@pytest.fixture(scope="module")
def seed() -> dict[tuple[int, int], str]:
    return sentences(SEED.read_bytes().decode("utf-8"))


def spans(row: Row, field: str) -> list[tuple[int, int]]:
    return [(start, end) for start, end in row.get(field, [])]


@pytest.mark.parametrize("half", SEED_HALVES)
def test_every_gold_span_is_a_whole_sentence_of_the_seed(half: str, seed: dict[tuple[int, int], str]) -> None:
    for row in rows(half):
        for span in spans(row, "gold") + spans(row, "must"):
            assert span in seed, (row["id"], span)


@pytest.mark.parametrize("half", SEED_HALVES)
def test_answers_are_hers_and_only_asked_ones_the_interviewers(half: str, seed: dict[tuple[int, int], str]) -> None:
    speaker = {"answered": {"interviewee"}, "only_asked": {"interviewer"}, "not_found": set[str]()}
    for row in rows(half):
        said_by = {seed[span] for span in spans(row, "gold") + spans(row, "must")}
        assert said_by == speaker[row["status"]], row["id"]


def test_the_halves_share_no_question_and_are_of_alike_kinds() -> None:
    dev, test = rows("seed_dev.jsonl"), rows("seed_test.jsonl")
    assert not {r["q"].lower() for r in dev} & {r["q"].lower() for r in test}
    assert len({r["id"] for r in dev + test}) == len(dev) + len(test)
    of_dev, of_test = Counter(r["kind"] for r in dev), Counter(r["kind"] for r in test)
    assert set(of_dev) == set(of_test)
    assert all(abs(of_dev[kind] - of_test[kind]) <= 1 for kind in of_dev)


def test_no_question_stands_in_two_files() -> None:
    asked = [r["q"].lower() for half in SEED_HALVES for r in rows(half)]
    assert len(set(asked)) == len(asked)


def test_there_are_enough_questions_of_each_outcome() -> None:
    outcomes = Counter(r["status"] for r in rows("seed_dev.jsonl") + rows("seed_test.jsonl"))
    assert outcomes["answered"] >= 90
    assert outcomes["not_found"] >= 40
    assert outcomes["only_asked"] >= 10


def test_off_topic_questions_carry_a_short_phrase_and_no_text_of_the_interview() -> None:
    questions = rows("offtopic.jsonl")
    assert len({r["file"] for r in questions}) == 8
    assert len({r["id"] for r in questions}) == len(questions) >= 80
    for row in questions:
        assert 1 <= len(row["gold_phrase"].split()) <= 6, row["id"]
        assert row["status"] in {"answered", "only_asked"}
