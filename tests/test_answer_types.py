"""What kind of thing a question asks for, and which sentences have one."""

from __future__ import annotations

import pytest

from rag.answer_types import AnswerType, answer_type, fit, has

NUMBER, TIME, PERSON, PLACE = AnswerType.NUMBER, AnswerType.TIME, AnswerType.PERSON, AnswerType.PLACE


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many members does NATO have?", NUMBER),
        ("how much did the lock cost", NUMBER),
        ("What's the budget of the museum?", NUMBER),
        ("what percentage of GDP will they spend?", NUMBER),
        ("When was JATEC set up?", TIME),
        ("Which year did they move?", TIME),
        ("since when do they fish there?", TIME),
        ("How long was she away?", TIME),
        ("Who signed the treaty?", PERSON),
        ("Whose idea was it?", PERSON),
        ("Where is the centre?", PLACE),
        ("which country did he leave?", PLACE),
        ("What did she say about numbers?", None),
        ("Did she say when they left?", None),
        ("Why did they leave when it rained?", None),
        ("When you were in Kabul, who helped you?", None),
        ("When the mill closed, did they leave?", None),
        ("What did she feel, when the war ended?", None),
        ("How much do you trust the council?", None),
        ("How big a role did money play?", None),
        ("How far is the lock?", NUMBER),
        ("They came back, when did they?", TIME),
        ("How does the lock work?", None),
        ("the people who fish there", None),
    ],
)
def test_what_a_question_asks_for(question: str, kind: AnswerType | None) -> None:
    assert answer_type(question) is kind


@pytest.mark.parametrize(
    ("kind", "sentence", "does"),
    [
        (NUMBER, "Its 32 members agree.", True),
        (NUMBER, "Twenty-two boats came.", True),
        (NUMBER, "It cost a third of what we had.", True),
        (NUMBER, "The countries invest in ships.", False),
        (NUMBER, "No one remembered it.", False),
        (TIME, "We left in August.", True),
        (TIME, "It may be closed.", False),
        (TIME, "I was a child.", True),
        (PERSON, "It was Ada Lund.", True),
        (PERSON, "So I'm glad that I’d left.", False),
        (PERSON, "Then Élise came.", True),
        (NUMBER, "None of them came back.", True),
        (NUMBER, "One of the things I like is honesty.", False),
        (PERSON, "Nobody was there.", False),
        (PERSON, "“Nobody was there.”", False),
        (PLACE, "They moved to Poland.", True),
        (PLACE, "Elsewhere it rained. There it froze.", False),
    ],
)
def test_which_sentences_have_it(kind: AnswerType, sentence: str, does: bool) -> None:
    assert has(kind, sentence) is does


@pytest.mark.parametrize("kind", AnswerType)
def test_a_sentence_that_has_it_is_the_likelier_answer_and_one_that_lacks_it_the_less_likely(kind: AnswerType) -> None:
    assert fit(kind, "It was Ada Lund in Poland, 3 years ago.") > 0 > fit(kind, "nobody there was sure")


def test_where_no_type_is_asked_for_no_sentence_is_likelier() -> None:
    assert fit(None, "In 1998.") == fit(None, "Never.") == 0.0
