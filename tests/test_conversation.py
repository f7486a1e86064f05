"""A question is taken for what it means: follow-ups stand alone, frames are told from topics, names from speakers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.conversation import Intent, Meant, understand
from rag.datatypes import Interview, Role, Turn
from rag.parsing import ParseOptions, read

SAID = (
    ("Ines Duarte", Role.INTERVIEWER, "What is the Harbour Noise Panel?"),
    (
        "Grace Okafor",
        Role.INTERVIEWEE,
        "The Harbour Noise Panel (HNP) was founded in Esbjerg in 2019. Denmark and Norway pay for the panel. I use a "
        "Nagra recorder, and my old laptop cost €900. We measured the noise of ferries in Bergen with Mayor Hald.",
    ),
    ("Tom Reyes", Role.INTERVIEWEE, "I think Grace is right about Norway."),
)


def interview() -> Interview:
    text, turns = "", []
    for speaker, role, line in SAID:
        turns.append(Turn(len(text), len(text) + len(line), speaker, role))
        text += line + "\n\n"
    return Interview("harbour", text, tuple(turns), "Harbour")


HARBOUR = interview()


def meant(question: str, *history: str) -> Meant:
    return understand(question, history, [HARBOUR])


@pytest.mark.parametrize(
    ("history", "question", "stands_alone"),
    [
        (["What is Denmark's share?"], "and Norway's?", "What is Norway's share?"),
        (["What is Denmark's share?"], "what about Norway", "What is Norway's share?"),
        (["What did she say about ferries?"], "and recorders?", "What did she say about recorders?"),
        (["When did the tests in Bergen start?"], "and in Esbjerg?", "When did the tests in Esbjerg start?"),
        (["Who paid in 2019?"], "and in 2020?", "Who paid in 2020?"),
        (["Which laptop does she use?"], "and which recorder?", "Which recorder does she use?"),
        (["Which laptop does she use?"], "how much did it cost?", "How much did the laptop cost?"),
        (["When did the study of ferries start?"], "where?", "Where did the study of ferries start?"),
        (["Does Norway pay?"], "why?", "Why does Norway pay?"),
        (["Does Norway pay?"], "since when?", "Since when does Norway pay?"),
        (["What did she say about Norway?"], "who pays for that?", "Who pays for Norway?"),
        (["What did she say about ferries?"], "anything else?", "What did she say about ferries?"),
        (["Who did she meet in Bergen?"], "what did she do there?", "What did she do in Bergen?"),
        (["What does she use a recorder for?"], "who made it?", "Who made a recorder?"),
        (["What did she say about Norway and Denmark?"], "what do they pay?", "What do Norway and Denmark pay?"),
        (["Who is Erik Hald?"], "what did he say?", "What did Erik Hald say?"),
        (["What did Grace say about Norway?"], "and Tom?", "What did Tom say about Norway?"),
        (["What are the ferries like?", "are they loud?"], "since when?", "Since when are the ferries loud?"),
        (["What did she say about ferries?"], "ok thanks, and recorders?", "What did she say about recorders?"),
    ],
)
def test_a_follow_up_is_completed_from_the_questions_before(
    history: list[str], question: str, stands_alone: str
) -> None:
    found = meant(question, *history)
    assert found.question == stands_alone
    assert found.resolved


@pytest.mark.parametrize(
    "question",
    [
        "Who lives in Esbjerg?",
        "What did she say about ferries?",
        "What does she use a recorder for?",
        "Is it true that Norway pays?",
        "Did she say that Norway pays?",
        "Where does she live?",
        "Which laptop does she use?",
        "Does everybody pay their share?",
        "Is Norway still on its way?",
        "Where is the panel that measures noise?",
        "recorders",
    ],
)
def test_a_new_topic_is_not_dragged_back_to_the_old_one(question: str) -> None:
    for earlier in ("What did she say about Denmark?", "When was the study funded?", "Why did he leave Bergen?"):
        found = meant(question, earlier)
        assert found.question == meant(question).question
        assert not found.resolved


@pytest.mark.parametrize("question", ["why?", "and Norway's?", "when did that start?", "who?", "anything else?"])
def test_without_questions_before_there_is_nothing_to_lend(question: str) -> None:
    assert meant(question).question == question
    assert not meant(question).resolved


def test_an_acronym_is_followed_up_and_expanded() -> None:
    assert meant("when was that founded?", "What is the HNP?").question == (
        "When was the HNP (Harbour Noise Panel) founded?"
    )


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("What did she say about ferries?", Intent.TOPIC),
        ("Tell me about the ferries", Intent.TOPIC),
        ("What is her opinion on Norway?", Intent.TOPIC),
        ("ferries", Intent.TOPIC),
        ("noise in Bergen", Intent.TOPIC),
        ("What is the HNP?", Intent.TOPIC),
        ("what's the Harbour Noise Panel?", Intent.TOPIC),
        ("What is Norway's share?", Intent.ANSWER),
        ("What is the panel?", Intent.ANSWER),
        ("Did she mention Norway?", Intent.MENTION),
        ("Is Norway mentioned?", Intent.MENTION),
        ("Does she say anything about dogs?", Intent.MENTION),
        ("What was she asked about the panel?", Intent.ASKED),
        ("What did the interviewer ask about noise?", Intent.ASKED),
        ("What did Ines ask?", Intent.ASKED),
        ("Which questions did she get about Norway?", Intent.ASKED),
        ("Who pays for the panel?", Intent.ANSWER),
        ("Does Norway pay?", Intent.ANSWER),
        ("Which instruments does she take on the road?", Intent.ANSWER),
        ("“Denmark and Norway pay for the panel.”", Intent.QUOTATION),
        ("Did she really say “Denmark and Norway pay for the panel”?", Intent.QUOTATION),
        ("“Denmark and Norway pay for the panel,” said Okafor", Intent.QUOTATION),
        ("What does she mean by “pay for the panel”?", Intent.ANSWER),
        ("“ferries”", Intent.TOPIC),
    ],
)
def test_a_question_tells_what_kind_of_answer_it_wants(question: str, intent: Intent) -> None:
    assert meant(question).intent is intent


def test_a_pasted_quotation_is_left_as_pasted() -> None:
    assert meant("“Norwey pays  for the panel”").question == "“Norwey pays  for the panel”"


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("What did Grace say about Norway?", "Grace Okafor"),
        ("What does Ms. Okafor think about ferries?", "Grace Okafor"),
        ("What did okaffor say about ferries?", "Grace Okafor"),
        ("According to Tom, who is right?", "Tom Reyes"),
        ("What is Tom's view on Norway?", "Tom Reyes"),
        ("What did Tom say about Grace?", "Tom Reyes"),
        ("What did she say about Tom?", None),
        ("Who is Tom?", None),
        ("Was Grace asked about Norway?", None),
        ("What did Ines ask about noise?", "Ines Duarte"),
        ("What did the mayor say?", None),
    ],
)
def test_a_named_speaker_is_whose_words_are_wanted_and_a_mentioned_one_is_not(
    question: str, speaker: str | None
) -> None:
    assert meant(question).speaker == speaker


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("What did she say about the noise of ferries?", ("noise", "ferries")),
        ("Did Grace mention Norway?", ("Norway",)),
        ("What does Tom think about Denmark?", ("Denmark",)),
    ],
)
def test_words_that_only_frame_a_question_are_not_what_it_is_about(question: str, about: tuple[str, ...]) -> None:
    assert meant(question).about == (about,)


def test_a_topic_is_known_in_both_wordings_where_the_interview_gives_an_acronym() -> None:
    assert meant("What did she say about the HNP?").about == (("HNP",), ("Harbour", "Noise", "Panel"))


def test_no_interviews_are_no_obstacle() -> None:
    assert understand("and Norway's?", ["What is Denmark's share?"], []).question == "What is Norway's share?"


@given(st.text(max_size=100), st.lists(st.text(max_size=60), max_size=3))
def test_any_text_is_understood_somehow(question: str, history: list[str]) -> None:
    found = meant(question, *history)
    assert found.question.strip() or not question.strip()


@given(
    st.lists(
        st.sampled_from(["and Norway?", "why?", "is it loud?", "how much does it cost?", "what else?"]), max_size=5
    )
)
def test_a_long_chain_of_follow_ups_keeps_its_topic_or_takes_a_new_one(chain: list[str]) -> None:
    found = meant("who pays for it?", "What did she say about ferries?", *chain)
    assert any(topic in found.question for topic in ("ferries", "Norway"))


FOLLOWUPS = Path(__file__).parent / "benchmarks" / "questions" / "followups.jsonl"


def test_follow_ups_about_the_shipped_interview_are_resolved() -> None:
    seed = read(Path(__file__).parent.parent / "seeds" / "shekerinska-apa.txt", ParseOptions())
    cases = [json.loads(line) for line in FOLLOWUPS.read_text(encoding="utf-8").splitlines()]
    mine = [c for c in cases if c["file"].startswith("seeds/") and c["half"] == "dev"]
    assert len(mine) >= 10
    for case in mine:
        low = understand(case["q"], case["history"], [seed]).question.lower()
        assert all(any(t in low for t in term.lower().split("|")) for term in case["must"]), case
        assert not any(term.lower() in low for term in case["must_not"]), case
