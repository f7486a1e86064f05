"""Where the words don't tell whose they are, nobody is said to have asked them, or to have answered them."""

from __future__ import annotations

import pytest

from rag.parsing import parse


def told(text: str, name: str = "talk.txt") -> list[tuple[str, str | None, str]]:
    """Return the role, the speaker and the words of each turn."""
    interview = parse(text.encode(), name)
    return [(t.role.value, t.speaker, interview.text[t.start : t.end]) for t in interview.turns]


def roles(*paragraphs: str) -> list[str]:
    """Return the role of each turn in paragraphs that nothing but blank lines sets apart."""
    return [role for role, _, _ in told("\n\n".join(paragraphs))]


# Questions and answers without any mark


def test_a_statement_that_speaks_to_the_other_may_be_either_ones() -> None:
    assert told(
        "Why did you begin to paint?\n\n"
        "There was a wall, and there was paint.\n\n"
        "I painted it blue. My mother cried.\n\n"
        "What did she say?\n\n"
        "She never said anything about my paintings.\n\n"
        "You showed them in Halverton that year.\n\n"
        "In a shop window. Two people looked.\n\n"
        "Who bought the first?\n\n"
        "The baker hung it over the oven."
    ) == [
        ("interviewer", None, "Why did you begin to paint?"),
        (
            "interviewee",
            None,
            "There was a wall, and there was paint.\n\nI painted it blue. My mother cried.",
        ),
        ("interviewer", None, "What did she say?"),
        ("interviewee", None, "She never said anything about my paintings."),
        ("other", None, "You showed them in Halverton that year."),
        ("interviewee", None, "In a shop window. Two people looked."),
        ("interviewer", None, "Who bought the first?"),
        ("interviewee", None, "The baker hung it over the oven."),
    ]


def test_a_short_paragraph_where_the_questions_stand_may_be_one() -> None:
    assert roles(
        "How did you start?",
        "My father had a shed, and I slept in it.",
        "They say he was strict.",
        "He was a boat builder. They are all strict.",
        "What is the hardest part?",
        "The keel has to be straight.",
        "People say the trade is dying.",
        "It has been dying since I was a boy.",
        "Will you go on?",
        "Until I fall in.",
    ) == [
        *("interviewer", "interviewee", "other", "interviewee"),
        *("interviewer", "interviewee", "other", "interviewee"),
        *("interviewer", "interviewee"),
    ]


def test_every_other_paragraph_is_a_question_where_nearly_all_of_them_ask() -> None:
    assert (
        roles(
            "How did you start?",
            "In a shed.",
            "What did you build first?",
            "A boat that sank.",
            "And then a second one.",
            "It sank as well.",
            "Will you go on?",
            "Until I fall in.",
        )
        == ["interviewer", "interviewee"] * 4
    )


def test_an_answer_that_ends_in_a_question_is_nobodys_question() -> None:
    assert roles(
        "Did she read it?",
        "She did, and she called.",
        "Was the dog wrong?",
        "Of course it was. I never had a dog. Do writers need to have dogs?",
        "Most of them seem to.",
    ) == ["interviewer", "interviewee", "interviewer", "other", "other"]


def test_a_question_of_two_paragraphs_stays_one() -> None:
    assert roles(
        "Did she read it?",
        "She did, and she called.",
        "Was the dog wrong?",
        "Or was it the cat?",
        "It was the cat.",
    ) == ["interviewer", "interviewee", "interviewer", "interviewer", "interviewee"]


def test_the_paragraphs_of_a_long_answer_stay_one_answer() -> None:
    long = "We went out before the tide and came back after it, as we had done on every day of that long winter at sea."
    assert roles("Where did you go?", long, long, "And you came back?", long, long, long, "Why?", long, long) == [
        *("interviewer", "interviewee"),
        *("interviewer", "interviewee"),
        *("interviewer", "interviewee"),
    ]


# Who only says a word


def test_objections_between_questions_and_answers_are_not_the_witnesss_words() -> None:
    assert told(
        "     Q.   You worked at the mill.\n\n"
        "     A.   Nine years.\n\n"
        "     Q.   And you saw the belt break.\n\n"
        "          MR. HALE:  Objection. Leading.\n\n"
        "          THE COURT:  Overruled. Go on.\n\n"
        "     A.   I saw it break.\n\n"
        "     Q.   What did you do then?\n\n"
        "     A.   I ran.\n"
    ) == [
        ("interviewer", None, "You worked at the mill."),
        ("interviewee", None, "Nine years."),
        ("interviewer", None, "And you saw the belt break."),
        ("other", "MR. HALE", "Objection. Leading."),
        ("other", "THE COURT", "Overruled. Go on."),
        ("interviewee", None, "I saw it break."),
        ("interviewer", None, "What did you do then?"),
        ("interviewee", None, "I ran."),
    ]


@pytest.mark.parametrize("passing_by", ["Coffee?", "Sorry, wrong room."])
def test_whoever_comes_by_once_asks_nothing_and_answers_nothing(passing_by: str) -> None:
    spoken = told(
        "Ada Moreno (00:00):\nThanks for joining. Tell me about the harbour.\n\n"
        "Jon Ekberg (00:06):\nIt was closed in 1998. We lost our work. All of us.\n\n"
        "Ada Moreno (00:10):\nRight.\n\n"
        "Jon Ekberg (00:13):\nThen I bought a boat.\n\n"
        f"Speaker 3 (00:20):\n{passing_by}\n"
    )
    assert [(role, who) for role, who, _ in spoken] == [
        ("interviewer", "Ada Moreno"),
        ("interviewee", "Jon Ekberg"),
        ("interviewer", "Ada Moreno"),
        ("interviewee", "Jon Ekberg"),
        ("other", "Speaker 3"),
    ]


def test_a_chairman_who_only_opens_the_hearing_answers_nothing() -> None:
    spoken = told(
        "    Chairman HOLLIS. The committee will come to order.\n"
        "    Senator QUILL. Thank you, Mr. Chairman. Did you read the report?\n"
        "    Mr. OSEI. I did, Senator.\n"
        "    Senator QUILL. And you signed it.\n"
        "    Mr. OSEI. I signed the first page.\n"
        "    Senator QUILL. Why only the first?\n"
        "    Mr. OSEI. It was the only page I was given.\n"
    )
    assert {who: role for role, who, _ in spoken} == {
        "Chairman HOLLIS": "other",
        "Senator QUILL": "interviewer",
        "Mr. OSEI": "interviewee",
    }


def test_how_long_a_recording_is_heads_no_section() -> None:
    interview = parse(
        b"Harbour talk\n\nMarch 4, 2024\n\n12m 3s\n\n"
        b"Ada   0:03\nTell me about the harbour.\n\nJon   0:06\nIt was closed in 1998.\n\n"
        b"Ada   0:10\nAnd then?\n\nJon   0:13\nThen I bought a boat.\n",
        "talk.txt",
    )
    assert {turn.section for turn in interview.turns} <= {None, "Harbour talk"}
