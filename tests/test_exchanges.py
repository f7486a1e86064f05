"""An answer lends a follow-up whom and what it names, and is looked up only when it is needed."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from rag.conversation import understand
from rag.conversation.exchanges import exchange
from rag.conversation.lexicon import lexicon, people_in
from rag.conversation.people import people
from rag.conversation.phrases import Names
from rag.datatypes import Interview, Quote, Role, Turn
from tests.benchmarks.data import QUESTIONS
from tests.benchmarks.followups import follow_ups, interview_of, quote, taken

SAID = (
    "The ferry was built by Erik Hald. He died in 1990. We buy from Barrow Mill on Mondays, and Tarset Mill is "
    "cheaper. Ines Moe, our engineer, told me that the Nagra is heavy. I met her in Bergen, and she liked the place. "
    "A new harbour master will start in May."
)
ISLAND = Interview("island", SAID, (Turn(0, len(SAID), "Grace Okafor", Role.INTERVIEWEE),), "Island")
KNOWN = lexicon([ISLAND])
PEOPLE = people_in([ISLAND])
NAMES = Names(KNOWN.names, ("Grace Okafor",), PEOPLE)


def said(sentence: str) -> tuple[Quote, ...]:
    return (quote(sentence, ISLAND),)


def test_people_are_told_by_roles_and_by_the_pronouns_that_follow() -> None:
    assert people(ISLAND, KNOWN.names) == {"erik": "he", "hald": "he", "moe": "she"} | {
        part: who for part, who in PEOPLE.items() if part == "ines"
    }


def test_one_pronoun_makes_nobody_of_a_word_and_other_peoples_make_nothing_of_a_speaker() -> None:
    said = (
        "I bought the Crown from him. He liked Major. She sold it. Joan Hale she was. Joan sang. She sang well. "
        "Grace knew him. He is kind."
    )
    told = Interview("told", said, (Turn(0, len(said), "Grace Okafor", Role.INTERVIEWEE),), "Told")
    assert people(told, {"crown": "Crown", "major": "Major", "grace": "Grace", "hale": "Hale"}) == {
        "joan": "she",
        "hale": "she",
    }


def test_who_is_asked_about_is_who_the_reply_calls_he() -> None:
    asked, said = "Why did Jonas leave?", "He wanted to be with his children. It was sad."
    turns = (
        Turn(0, len(asked), "Tom Reyes", Role.INTERVIEWER),
        Turn(len(asked) + 15, len(asked) + 15 + len(said), "Grace Okafor", Role.INTERVIEWEE),
    )
    told = Interview("told", f"{asked}\nGrace Okafor: {said}", turns, "Told")
    assert people(told, {"jonas": "Jonas", "grace": "Grace"}) == {"jonas": "he"}


def test_a_place_before_a_pronoun_is_nobody() -> None:
    assert "bergen" not in PEOPLE


def test_the_person_who_answers_is_lent() -> None:
    told = exchange("Who built the ferry?", lambda: said("The ferry was built by «Erik Hald»."))
    assert told.asks_who
    assert told.people(NAMES, "he") == ["Erik Hald"]
    assert told.people(NAMES, "she") == []


def test_a_person_is_found_around_the_words_that_answer_too() -> None:
    told = exchange("Who built the ferry?", lambda: said("The ferry «was built» by Erik Hald."))
    assert told.people(NAMES, "he") == ["Erik Hald"]


def test_the_thing_that_answers_is_lent_and_no_person_is_a_thing() -> None:
    assert exchange("What is heavy?", lambda: said("told me that «the Nagra» is heavy.")).thing(NAMES) == "the Nagra"
    assert exchange("Who built it?", lambda: said("The ferry was built by «Erik Hald».")).thing(NAMES) == ""
    assert exchange("What is heavy?", lambda: ()).thing(NAMES) == ""


def test_the_other_of_two_things_is_the_one_that_was_not_asked_for() -> None:
    told = exchange(
        "Where do they buy?", lambda: said("We buy from «Barrow Mill» on Mondays, and Tarset Mill is cheaper.")
    )
    assert told.other(NAMES) == "Tarset Mill"


CONVERSATION = ("Who built the ferry?", "The ferry was built by «Erik Hald».")


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("when did he die?", "When did Erik Hald die?"),
        ("who is that?", "Who is Erik Hald?"),
        ("how big is it?", "How big is the ferry?"),
        ("Who buys from Barrow Mill?", "Who buys from Barrow Mill?"),
        ("Did she say that?", "Did she say that (the ferry)?"),
    ],
)
def test_a_follow_up_means_the_person_who_answered(question: str, meant: str) -> None:
    asked, answer = CONVERSATION
    assert understand(question, [asked], [ISLAND], lambda _: said(answer)).question == meant


def test_without_the_answers_a_pronoun_is_left_rather_than_guessed() -> None:
    assert understand("when did he die?", ["Who built the ferry?"], [ISLAND]).question == "when did he die?"


def test_answers_are_looked_up_only_where_the_questions_do_not_tell() -> None:
    looked_up: list[int] = []

    def answered(place: int) -> Sequence[Quote]:
        looked_up.append(place)
        return said("The ferry was built by «Erik Hald».")

    history = ["What is the Nagra?", "Who built the ferry?"]
    for question in ("and in 2020?", "why?", "how big is it?", "Where is Bergen?", "anything else?"):
        understand(question, history, [ISLAND], answered)
    assert looked_up == []
    understand("when did he die?", history, [ISLAND], answered)
    assert set(looked_up) == {1}


def test_the_committed_follow_ups_of_the_dev_half_are_all_taken_rightly() -> None:
    cases = [c for c in follow_ups("followups_answers.jsonl") if c.half == "dev"]
    assert len(cases) > 50
    assert len({c.file for c in cases}) >= 6
    for case in cases:
        meant, right = taken(case, interview_of(case.file, None), with_answers=True)
        assert right, (case.id, meant)


def test_the_committed_follow_ups_are_drawn_alike_and_stand_in_their_interviews() -> None:
    lines = (QUESTIONS / "followups_answers.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert {r["kind"] for r in rows if r["half"] == "dev"} == {r["kind"] for r in rows if r["half"] == "test"}
    for case in follow_ups("followups_answers.jsonl"):
        assert len(case.answers(interview_of(case.file, None))) == sum(map(bool, case.answered)), case.id


@pytest.mark.parametrize(
    ("history", "question", "meant"),
    [
        (["What is the Nagra?", "does it fit a van?"], "what else does it fit?", "What else does the Nagra fit?"),
        (["What is the Nagra?"], "can you give more details on that", "What is the Nagra?"),
        (["What is the Nagra?"], "any examples?", "What is the Nagra?"),
        (["What is the Nagra?"], "who benefits?", "Who benefits (the Nagra)?"),
        (["Who is Erik Hald?", "Who is Ines Moe?"], "do they like Bergen?", "Do Erik Hald and Ines Moe like Bergen?"),
        (["Who is Erik Hald?"], "and his sister?", "What about Erik Hald's sister?"),
        (
            ["What is Barrow Mill?", "and Tarset Mill?"],
            "are they the same?",
            "Are Barrow Mill and Tarset Mill the same?",
        ),
        (["Which mills do they buy from?"], "which one is cheaper?", "Which mill is cheaper?"),
        (["When was the first dam built?"], "and the second?", "When was the second dam built?"),
        (["Is the ferry old?"], "how big is it?", "How big is the ferry?"),
        (["Where is the old ferry?"], "and the new one?", "Where is the new ferry?"),
        (["When does Barrow Mill deliver?"], "Tarset Mill?", "When does Tarset Mill deliver?"),
        (["When is version four due?"], "what about three", "When is version three due?"),
        (["What mills has she seen?"], "which is the oldest?", "Which of the mills is the oldest?"),
        (["What licence does the mill use?"], "why that one", "Why that licence?"),
        (["When was Moe fired?"], "from which company?", "From which company was Moe fired?"),
        (["How many members does the mill have?"], "how many of them bake?", "How many of the members bake?"),
    ],
)
def test_follow_ups_of_many_shapes_stand_alone(history: list[str], question: str, meant: str) -> None:
    assert understand(question, history, [ISLAND]).question == meant


def test_none_of_the_shipped_interviews_own_questions_is_dragged_back_to_another() -> None:
    seed = interview_of("seeds/shekerinska-apa.txt", None)
    lines = (QUESTIONS / "seed_dev.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [row["q"] for row in map(json.loads, lines) if not row.get("history")]
    assert len(questions) > 100
    for n, question in enumerate(questions):
        alone = understand(question, (), [seed]).question
        for earlier in (questions[n - 1], questions[n - 7], questions[n - 40]):
            assert understand(question, [earlier], [seed]).question == alone, earlier
