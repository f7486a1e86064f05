"""The judged quotations: each from the shipped interview gets the verdict and changes a careful person would give."""

from __future__ import annotations

import json

import pytest

from rag.verification import verify
from tests.benchmarks.data import QUESTIONS
from tests.benchmarks.verify import SETS, Case, cases


@pytest.mark.parametrize("case", list(cases("verify_seed.jsonl")), ids=lambda c: f"{c.id}-{c.kind}")
def test_a_quotation_from_the_shipped_interview_is_judged_as_a_careful_person_would(case: Case) -> None:
    found = verify(case.quotation, [case.interview])
    assert case.right(found), (case.quotation, found.finding, found.changes)


def test_the_rows_hold_offsets_and_their_own_words_but_no_interviews_text() -> None:
    for name in SETS:
        rows = [json.loads(line) for line in (QUESTIONS / name).read_text(encoding="utf-8").splitlines()]
        assert len(rows) >= 40
        assert {r["verdict"] for r in rows} == {"exact", "altered", "other_speaker", "not_found"}
        assert len({r["id"] for r in rows}) == len(rows)
        for row in rows:
            assert ("parts" in row) != ("words" in row)
            assert all(end - start < 400 for start, end in row.get("parts", []))
