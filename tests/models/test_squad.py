"""Files in SQuAD format, read in one place for all that is trained or fitted."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from models.squad import article, articles


def test_answers_are_found_in_the_interview_that_an_article_becomes(tmp_path: Path) -> None:
    contexts = ["  The wheel turns. ", "\nIt was built in 1998."]
    answers = ["The wheel", "1998"]
    paragraphs = [
        {
            "context": context,
            "qas": [
                {"question": "What?", "answers": [{"text": words, "answer_start": context.index(words)}]},
                {"question": "Who?", "answers": [], "is_impossible": True},
            ],
        }
        for context, words in zip(contexts, answers, strict=True)
    ]
    path = tmp_path / "mill.json"
    path.write_text(json.dumps({"data": [{"title": "Mill", "paragraphs": paragraphs}]}))
    (mill,) = articles(path)
    interview = article(mill.title, mill.paragraphs)
    assert [interview.text[turn.start : turn.end] for turn in interview.turns] == [each.strip() for each in contexts]
    found = [
        interview.text[start:end]
        for turn, paragraph in zip(interview.turns, mill.paragraphs, strict=True)
        for question in paragraph.questions
        for start, end in paragraph.within(turn, question.words)
    ]
    assert found == answers
    assert [question.answered for paragraph in mill.paragraphs for question in paragraph.questions] == [True, False] * 2
    assert [paragraph.context for paragraph in mill.paragraphs] == contexts


def test_what_the_question_encoder_learns_from_needs_nothing_of_what_the_weights_are_fitted_with() -> None:
    told = "import sys, models.question_tasks; print('models.fit_scoring' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout == "False\n"
