"""Figures over judged questions, against values worked out by hand and against ir_measures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.datatypes import Answer, Interview, Quote, Role, Span, Status, Turn
from rag.errors import QuestionError
from rag.evaluation import (
    Judged,
    auroc,
    evaluate,
    expected_calibration_error,
    read_questions,
    recall_at,
    reciprocal_rank,
    reliability,
    report_json,
    success_at,
)

TEXT = "Why the sea? I was born in Oran. I have loved it since. My father was a sailor. Will you go back? Never."


def at(words: str) -> Span:
    start = TEXT.index(words)
    return start, start + len(words)


ASKED, BORN, LOVED, FATHER, BACK = (
    at("Why the sea?"),
    at("I was born in Oran."),
    at("I have loved it since."),
    at("My father was a sailor."),
    at("Will you go back?"),
)
INTERVIEW = Interview(
    "sea",
    TEXT,
    (
        Turn(*ASKED, "Ada", Role.INTERVIEWER),
        Turn(BORN[0], FATHER[1], "Ben", Role.INTERVIEWEE),
        Turn(*BACK, "Ada", Role.INTERVIEWER),
        Turn(*at("Never."), "Ben", Role.INTERVIEWEE),
    ),
    "The sea",
)


def quote(first: Span, last: Span | None = None) -> Quote:
    return Quote(INTERVIEW, INTERVIEW.turn_at(first[0]) or 0, first[0], (last or first)[1])


def answer(status: Status, confidence: float, quotes: Sequence[Quote] = (), closest: Sequence[Quote] = ()) -> Answer:
    return Answer("?", "?", status, confidence, tuple(quotes), tuple(closest))


def judged(status: Status, *gold: Span, must: Sequence[Span] = (), kind: str = "") -> Judged:
    return Judged("1", "?", status, gold, tuple(must), kind=kind)


ANSWERED, ONLY_ASKED, NOT_FOUND = Status.ANSWERED, Status.ONLY_ASKED, Status.NOT_FOUND


def test_each_measure_is_the_mean_that_its_name_promises() -> None:
    questions = [
        judged(ANSWERED, BORN),  # right at once
        judged(ANSWERED, FATHER, must=[LOVED, FATHER]),  # right in the second sentence, complete, one too many
        judged(ANSWERED, LOVED),  # refused, though it came closest
        judged(ANSWERED, BORN, must=[BORN, LOVED]),  # wrong
        judged(NOT_FOUND),  # rightly refused
        judged(NOT_FOUND),  # answered all the same
        judged(ONLY_ASKED, BACK),  # told so
        judged(ONLY_ASKED, BACK),  # not found
    ]
    answers = [
        answer(ANSWERED, 0.9, [quote(BORN)]),
        answer(ANSWERED, 0.8, [quote(BORN, FATHER)]),
        answer(NOT_FOUND, 0.4, closest=[quote(LOVED)]),
        answer(ANSWERED, 0.6, [quote(FATHER)]),
        answer(NOT_FOUND, 0.1),
        answer(ANSWERED, 0.7, [quote(BORN)]),
        answer(ONLY_ASKED, 0.2, [quote(BACK)]),
        answer(NOT_FOUND, 0.4),
    ]
    report = evaluate(questions, answers)
    assert report.figures == pytest.approx(
        {
            "questions": 8,
            "success_at_1": 1 / 4,
            "success_at_3": 2 / 4,
            "first_quote": 2 / 4,
            "anywhere": 2 / 4,
            "mrr": (1 + 1 / 3) / 4,
            "must_recall": (1 + 0) / 2,
            "extra_sentences": (0 + 1 + 1) / 3,
            "answerable_refused": 1 / 4,
            "unanswerable_answered": 1 / 4,
            "only_asked_told": 1 / 2,
            # 0.9 and 0.8 beat both 0.1 and 0.7; 0.4 and 0.6 beat 0.1
            "auroc": (2 + 2 + 1 + 1) / 8,
            # with 0.2 and 0.4 beside them: 0.4 beats two and ties with one; 0.6 beats three
            "auroc_with_only_asked": (4 + 4 + 2.5 + 3) / 16,
            # bins: 0.1|0, 0.2|0, 0.4 twice|half, 0.6|0, 0.7|0, 0.8|1, 0.9|1
            "ece": (0.1 + 0.2 + 2 * 0.1 + 0.6 + 0.7 + 0.2 + 0.1) / 8,
        }
    )


def test_measures_that_no_question_bears_on_are_left_out() -> None:
    report = evaluate([judged(NOT_FOUND)], [answer(NOT_FOUND, 0.0)])
    assert report.figures == {"questions": 1, "unanswerable_answered": 0, "ece": 0}
    assert evaluate([], []).figures == {"questions": 0}


def test_every_question_needs_its_answer() -> None:
    with pytest.raises(ValueError, match="shorter"):
        evaluate([judged(NOT_FOUND)], [])


def test_a_quote_of_another_interview_is_not_right_though_its_offsets_are() -> None:
    question = Judged("1", "?", ANSWERED, (BORN,), interview="another")
    (result,) = evaluate([question], [answer(ANSWERED, 1.0, [quote(BORN)])]).results
    assert not result.first
    assert not result.right


def test_a_phrase_stands_for_the_sentence_it_is_in() -> None:
    question = Judged("1", "?", ANSWERED, phrase="Father  was a sailor")
    right, wrong = evaluate(
        [question] * 2, [answer(ANSWERED, 1.0, [quote(FATHER)]), answer(ANSWERED, 1.0, [quote(BORN)])]
    ).results
    assert right.first
    assert not wrong.right


def test_kinds_count_what_is_right_and_of_how_many() -> None:
    questions = [judged(ANSWERED, BORN, kind="fact"), judged(ANSWERED, LOVED, kind="fact"), judged(NOT_FOUND, kind="x")]
    answers = [answer(ANSWERED, 0.9, [quote(BORN)])] * 2 + [answer(NOT_FOUND, 0.1)]
    assert evaluate(questions, answers).kinds == {"fact": (1, 2), "x": (1, 1)}


def test_a_report_is_plain_json_with_each_question_beside_the_means() -> None:
    report = evaluate([judged(ANSWERED, BORN, kind="fact")], [answer(ANSWERED, 0.75, [quote(BORN)])])
    found = json.loads(json.dumps(report_json(report)))
    assert found["figures"]["success_at_1"] == 1
    assert found["kinds"] == {"fact": {"right": 1, "of": 1}}
    assert found["reliability"][7] == {"low": 0.7, "high": 0.8, "count": 1, "confidence": 0.75, "right": 1.0}
    assert found["questions"][0]["quotes"] == ["I was born in Oran."]


def test_ranking_measures_count_from_the_first_place() -> None:
    ranking = [False, True, False, True]
    assert not success_at(ranking, 1)
    assert success_at(ranking, 2)
    assert recall_at(ranking, 2, total=2) == 0.5
    assert reciprocal_rank(ranking) == 0.5
    assert reciprocal_rank([False]) == 0
    assert reciprocal_rank([]) == 0


@given(st.lists(st.booleans(), min_size=1, max_size=12), st.integers(1, 6))
def test_ranking_measures_agree_with_ir_measures(ranking: list[bool], k: int) -> None:
    ir = pytest.importorskip("ir_measures", reason="needs ir-measures")
    unseen = 1  # one relevant item is never ranked, so that the denominator is never 0
    qrels = [ir.Qrel("q", str(i), int(hit)) for i, hit in enumerate(ranking)] + [ir.Qrel("q", "unseen", 1)]
    run = [ir.ScoredDoc("q", str(i), float(-i)) for i in range(len(ranking))]
    theirs = ir.calc_aggregate([ir.Success @ k, ir.R @ k, ir.RR], qrels, run)
    assert success_at(ranking, k) == theirs[ir.Success @ k]
    assert recall_at(ranking, k, sum(ranking) + unseen) == pytest.approx(theirs[ir.R @ k])
    assert reciprocal_rank(ranking) == pytest.approx(theirs[ir.RR])


def test_auroc_is_the_chance_that_a_positive_scores_higher() -> None:
    assert auroc(np.array([0.9, 0.4]), np.array([0.1, 0.5])) == 0.75
    assert auroc(np.array([0.5]), np.array([0.5, 0.5])) == 0.5
    with pytest.raises(ValueError, match="both"):
        auroc(np.array([0.5]), np.array([]))


scores = st.lists(st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.9, 1.0]), min_size=1, max_size=20)


@given(scores, scores)
def test_auroc_counts_every_pair(positive: list[float], negative: list[float]) -> None:
    pairs = [1.0 if p > n else 0.5 if p == n else 0.0 for p in positive for n in negative]
    assert auroc(np.array(positive), np.array(negative)) == pytest.approx(sum(pairs) / len(pairs))


def test_the_reliability_table_sets_confidence_beside_what_came_true() -> None:
    confidence = np.array([0.05, 0.15, 0.95, 1.0])
    table = reliability(confidence, np.array([False, True, True, True]), bins=10)
    assert [b.count for b in table] == [1, 1, 0, 0, 0, 0, 0, 0, 0, 2]
    assert table[9].confidence == pytest.approx(0.975)
    assert table[9].right == 1
    assert expected_calibration_error(table) == pytest.approx((0.05 + 0.85 + 2 * 0.025) / 4)


def write(folder: Path, *lines: str) -> Path:
    file = folder / "questions.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_questions_are_read_from_json_lines_and_unknown_fields_ignored(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        '{"id": "a", "q": "Where was he born?", "gold": [[13, 32]], "must": [[13, 32]], "mood": 3}',
        "",
        '{"q": "And why?", "history": ["Where was he born?"], "kind": "follow-up"}',
        '{"q": "What of his father?", "gold_phrase": "was a sailor", "interview": "sea"}',
        '{"q": "Going back?", "status": "only_asked", "gold": [[80, 97]]}',
    )
    first, second, third, fourth = read_questions(file)
    assert first == Judged("a", "Where was he born?", ANSWERED, ((13, 32),), ((13, 32),))
    assert second == Judged("3", "And why?", NOT_FOUND, kind="follow-up", history=("Where was he born?",))
    assert third == Judged("4", "What of his father?", ANSWERED, phrase="was a sailor", interview="sea")
    assert fourth.status is ONLY_ASKED


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("Where was he born?", "line 1: not JSON"),
        ("[1, 2]", "line 1: not an object"),
        ('{"q": "Where?", "seed": ' + "9" * 5000 + "}", "line 1: not JSON"),
        ("[" * 100_000, "line 1: not JSON"),
        ('{"id": 4}', "line 1: has no question"),
        ('{"q": " "}', "line 1: has no question"),
        ('{"q": "Where?", "gold": [[5, 2]]}', "line 1: .* is not .start, end."),
        ('{"q": "Where?", "gold": 7}', '"gold" must be a list'),
        ('{"q": "Where?", "status": "maybe"}', '"status" must be one of answered, only_asked, not_found'),
        ('{"q": "Where?", "status": "answered"}', 'needs "gold"'),
        ('{"q": "Where?", "status": "not_found", "gold": [[1, 2]]}', 'must have no "gold"'),
        ('{"q": "Where?", "history": "before"}', '"history" must be a list'),
        ("", "holds no question"),
    ],
)
def test_a_bad_line_is_named_with_what_to_do(tmp_path: Path, line: str, complaint: str) -> None:
    with pytest.raises(QuestionError, match=complaint):
        read_questions(write(tmp_path, line))


def test_a_line_separator_in_a_question_ends_no_line(tmp_path: Path) -> None:
    (judged,) = read_questions(write(tmp_path, '{"q": "Where was\u2028he born?"}'))
    assert judged.question == "Where was\u2028he born?"


def test_a_missing_file_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match="can't read the questions"):
        read_questions(tmp_path / "none.jsonl")


@pytest.mark.parametrize(
    ("half", "questions"),
    [
        ("seed_dev", 80),
        ("seed_test", 80),
        ("offtopic", 80),
        ("seed_asked_dev", 50),
        ("seed_asked_test", 60),
        ("interviews_asked_dev", 50),
        ("interviews_asked_test", 70),
        ("interviews_whole_dev", 420),
        ("interviews_whole_test", 410),
    ],
)
def test_the_judged_questions_that_come_with_the_project_can_be_read(half: str, questions: int) -> None:
    file = Path(__file__).parent / "benchmarks" / "questions" / f"{half}.jsonl"
    assert len(read_questions(file)) > questions
