"""The benchmarks read published formats rightly and count by hand-made rankings."""

from __future__ import annotations

import hashlib
import json
import tarfile
from pathlib import Path

import pytest

from rag.datatypes import Interview, Role, Status, Turn
from rag.evaluation import Judged, reliability
from tests.benchmarks import data, interviews, running, tables
from tests.benchmarks.__main__ import main
from tests.benchmarks.data import DataError
from tests.benchmarks.scores import answerable_figures, holds, passage_figures, sentence_figures
from tests.benchmarks.systems import Beside, BesideEach, Ranked, said

SQUAD = {
    "data": [
        {
            "title": "The_sea",
            "paragraphs": [
                {
                    "context": " The sea is deep. Ships sail on it.",
                    "qas": [
                        {"id": "1", "question": "How is the sea? ", "answers": [{"text": "deep", "answer_start": 12}]},
                        {"id": "2", "question": "Who owns it?", "answers": [], "is_impossible": True},
                    ],
                }
            ],
        },
        {"title": "Land", "paragraphs": [{"context": "Land is dry.", "qas": []}]},
    ]
}


def write(folder: Path, content: object) -> Path:
    file = folder / "data.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    return file


def test_squad_paragraphs_become_interviews_and_answers_offsets(tmp_path: Path) -> None:
    collection = data.squad(write(tmp_path, SQUAD))
    sea, land = collection.interviews
    assert (sea.title, land.text) == ("The sea", "Land is dry.")
    assert sea.text[sea.turns[0].start :] == "The sea is deep. Ships sail on it."
    known, impossible = collection.questions
    assert (known.question, known.interview) == ("How is the sea?", sea.id)
    assert [sea.text[a:b] for a, b in known.gold] == ["deep"]
    assert impossible.status is Status.NOT_FOUND


def test_articles_can_be_chosen_by_title(tmp_path: Path) -> None:
    file = write(tmp_path, SQUAD)
    assert [i.text for i in data.squad(file, ["Land"]).interviews] == ["Land is dry."]
    with pytest.raises(DataError, match="no paragraphs of Sky"):
        data.squad(file, ["Sky"])


def test_selqa_sections_become_interviews_and_answers_whole_sentences(tmp_path: Path) -> None:
    row = {
        "article": "Sea",
        "section": "Depth",
        "question": "How deep?",
        "is_paraphrase": True,
        "answers": [1],
        "candidates": ["The sea is blue.", "It is very deep."],
    }
    collection = data.selqa(write(tmp_path, [row, row]))
    (section,) = collection.interviews
    assert [section.text[slice(*q.gold[0])] for q in collection.questions] == ["It is very deep."] * 2
    assert collection.questions[0].kind == "paraphrase"


def test_friendsqa_utterances_become_turns(tmp_path: Path) -> None:
    scene = {
        "utterances:": [
            {"uid": 0, "speakers": ["Ann"], "utterance": "Breathe ."},
            {"uid": 1, "speakers": ["Ann", "Bob"], "utterance": "Count faster ."},
        ],
        "qas": [{"id": "q", "question": "What does Ann say ?", "answers": [{"utterance_id": 1}, {"utterance_id": 1}]}],
    }
    collection = data.friendsqa(write(tmp_path, {"data": [{"title": "s1", "paragraphs": [scene]}]}))
    (dialogue,) = collection.interviews
    assert [dialogue.text[t.start : t.end] for t in dialogue.turns] == ["Breathe .", "Count faster ."]
    assert dialogue.turns[1].speaker == "Ann and Bob"
    assert [dialogue.text[slice(*g)] for g in collection.questions[0].gold] == ["Count faster ."]


def archive(folder: Path, text: str) -> None:
    (folder / "mill.md").write_text(text, encoding="utf-8")
    with tarfile.open(folder / "talks.tar.gz", "w:gz") as members:
        members.add(folder / "mill.md", "talks/mill.md")


def test_written_questions_find_their_interview_in_an_archive(tmp_path: Path) -> None:
    archive(tmp_path, "**Ada Moss:** What turns?\n\n**Bela Novak:** The wheel turns. It is old.\n")
    said = "The wheel turns. It is old."
    text = f"Ada Moss: What turns?\n\nBela Novak: {said}\n"
    start = text.index(said)
    place = {"file": "talks/mill.md", "start": start, "end": start + len(said)}
    row = place | {"q": "What turns?", "gold": [[start, start + 16]], "sha1": hashlib.sha1(said.encode()).hexdigest()}
    (tmp_path / "interviews_dev.jsonl").write_text(json.dumps(row))
    collection = interviews.collection("dev", tmp_path, tmp_path)
    (mill,) = collection.interviews
    (question,) = collection.questions
    assert question.interview == mill.id
    assert [mill.text[a:b] for a, b in question.gold] == ["The wheel turns."]

    archive(tmp_path, "**Ada Moss:** What turns?\n\n**Bela Novak:** The old wheel turns slowly.\n")
    with pytest.raises(DataError, match="not what the questions were written for"):
        interviews.collection("dev", tmp_path, tmp_path)


def test_what_is_missing_or_of_another_format_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="can't read it"):
        data.squad(tmp_path / "none.json")
    with pytest.raises(DataError, match="not in the format"):
        data.squad(write(tmp_path, [1]))
    with pytest.raises(DataError, match="lacks changelog-md/"):
        data.offtopic(tmp_path)


def test_a_sample_is_always_the_same_questions(tmp_path: Path) -> None:
    collection = data.squad(write(tmp_path, SQUAD))
    assert collection.sample(1) == collection.sample(1)
    assert len(collection.sample(1).questions) == 1
    assert collection.sample(9) is collection


def judged(id: str, status: Status = Status.ANSWERED) -> Judged:
    return Judged(id, "?", status, ((10, 14),) if status is Status.ANSWERED else (), interview=id)


def test_a_sentence_holds_an_answer_when_most_of_the_answer_stands_in_it() -> None:
    question = judged("a")
    assert holds(question, "a", (0, 20))
    assert holds(question, "a", (12, 30))
    assert not holds(question, "a", (13, 30))
    assert not holds(question, "a", (14, 30))
    assert not holds(question, "b", (0, 20))


def test_figures_are_means_over_answerable_questions() -> None:
    questions = [judged("a"), judged("b"), judged("c", Status.NOT_FOUND)]
    ranked = [
        Ranked((("a", (0, 20)),), ("a",), 0.9, 0.01),
        Ranked((("a", (0, 20)), ("b", (20, 30)), ("b", (8, 20))), ("a", "b"), 0.4, 0.01),
        Ranked((), (), 0.4, 0.01),
    ]
    assert passage_figures(questions, ranked) == {"passage_r1": 0.5, "passage_r5": 1.0, "passage_mrr": 0.75}
    assert sentence_figures(questions, ranked) == {
        "sentence_hit1": 0.5,
        "sentence_hit3": 1.0,
        "sentence_mrr": pytest.approx((1 + 1 / 3) / 2),
    }
    assert answerable_figures(questions, ranked) == {"answerable_auroc": 0.75}
    assert answerable_figures(questions[:2], ranked[:2]) == {}


class Letters:
    """A peer that ranks texts by the letters they share with the question."""

    name = "letters"

    def index(self, texts: list[str]) -> object:
        def search(question: str, k: int) -> list[tuple[int, float]]:
            scored = [(i, float(len(set(question) & set(text)))) for i, text in enumerate(texts)]
            return sorted(scored, key=lambda pair: -pair[1])[:k]

        return search


def test_a_peer_ranks_sentences_of_all_but_the_interviewer() -> None:
    text = "xyz xyz. abc abc. def def."
    turns = (Turn(0, 8, "Q", Role.INTERVIEWER), Turn(9, 26, "A", Role.INTERVIEWEE))
    interview = Interview("i", text, turns, "t")
    assert [words for words, _ in said(interview)] == ["A: abc abc.", "A: def def."]
    for system in (Beside(Letters(), [interview]), BesideEach(Letters(), [interview])):  # type: ignore[arg-type]
        ranked = system.ask("def", "i" if isinstance(system, BesideEach) else "")
        assert ranked.sentences[0] == ("i", (18, 26))
        assert ranked.interviews == ("i",)


def test_results_print_as_a_table_or_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    results = running.Results({"onrecord": {"passage_r1": 0.5}, "peer": {"passage_r1": 0.25, "extra": 1.0}})
    assert running.run(lambda: results, as_json=True) == 0
    assert json.loads(capsys.readouterr().out) == results.figures
    running.run(lambda: results, as_json=False)
    assert [line.split() for line in capsys.readouterr().out.splitlines()] == [
        ["onrecord", "peer"],
        ["passage_r1", "0.500", "0.250"],
        ["extra", "1.000"],
    ]


def test_a_mistake_is_one_line_and_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> running.Results:
        raise DataError("no such file")

    assert running.run(fail, as_json=True) == 2
    assert capsys.readouterr().err == "no such file\n"


def test_benchmarks_without_their_data_say_what_they_need(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--only", "squad"]) == 0
    assert "SQuAD 2.0 needs dev/squad2_dev_articles.json: give its folder with --data" in capsys.readouterr().err
    assert main(["--only", "squad", "--data", str(tmp_path)]) == 0
    assert "has none" in capsys.readouterr().err


def test_results_are_written_down_as_tables_and_plots(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="needs the bench extra")
    import numpy as np

    table = reliability(np.array([0.2, 0.9]), np.array([False, True]))
    results = running.Results({"onrecord": {"sentence_hit1": 0.9}, "peer": {"sentence_hit1": 0.7}}, table)
    tables.write([tables.Section("Sea", "About it.", results)], "1 May 2026", ["SelQA needs a file"], tmp_path)
    page = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "## Sea\n\nAbout it." in page
    assert "| a right sentence ranked first (Success@1) | 0.900 | 0.700 |" in page
    assert "Left out: SelQA needs a file." in page
    assert {p.name for p in tmp_path.glob("*.png")} == {"sentences.png", "reliability-sea.png"}
