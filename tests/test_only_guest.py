"""The only guest may be named: what is asked of Grace is asked of whoever says "I"."""

from __future__ import annotations

import pytest

from rag.conversation import understand
from rag.conversation.only_guest import by_pronoun
from rag.datatypes import Interview, Role
from rag.library import Library
from tests.test_verification import interview
from tests.ui.fake_models import FakeEncoder, FakeReader


@pytest.mark.parametrize(
    ("question", "guest", "put"),
    [
        ("When did Grace start taking pictures?", "Grace Okafor", "When did she start taking pictures?"),
        ("when did grace okafor start?", "Grace Okafor", "When did she start?"),
        ("How did Okafor get into it?", "Grace Okafor", "How did she get into it?"),
        ("What does Dr. Okafor do?", "Grace Okafor", "What does she do?"),
        ("What annoyed Grace about it?", "Grace Okafor", "What annoyed her about it?"),
        ("Grace's first job?", "Grace Okafor", "Her first job?"),
        ("Will Will run again?", "Will Long", "Will she run again?"),
        ("Who is Grace Okafor?", "Grace Okafor", None),
        ("What did Grace Kelly wear?", "Grace Okafor", None),
        ("How long will it take?", "Will Long", None),
        ("What turns the mill?", "Grace Okafor", None),
        ("What about J?", "J Okafor", None),
    ],
)
def test_a_guests_name_is_put_as_a_pronoun(question: str, guest: str, put: str | None) -> None:
    assert by_pronoun(question, guest) == put


@pytest.fixture
def photographer() -> Interview:
    return interview(
        (
            ("Ben Ito", Role.INTERVIEWER, "What do you do?"),
            (
                "Grace Okafor",
                Role.INTERVIEWEE,
                "I take pictures of harbours. I began at fourteen with a borrowed camera.",
            ),
            ("Ben Ito", Role.INTERVIEWER, "Did Rachel White lend it to you?"),
            (
                "Grace Okafor",
                Role.INTERVIEWEE,
                "Rachel did. She taught me to wait for the light, and she never hurried.",
            ),
        )
    )


def test_a_name_that_is_asked_about_is_shown_as_it_was_typed(photographer: Interview) -> None:
    meant = understand("When did Grace begin?", [], [photographer])
    assert (meant.question, meant.wording, meant.only) == (
        "When did Grace begin?",
        "When did she begin?",
        "Grace Okafor",
    )
    assert understand("When did she begin?", [], [photographer]).only is None
    assert understand("Who lent Ben the camera?", [], [photographer]).only is None


def test_the_only_guests_name_is_not_among_the_words_looked_for(photographer: Interview) -> None:
    with Library.of([photographer], encoder=FakeEncoder(), reader=FakeReader()) as library:
        named = library.inquire("When did Grace Okafor begin with pictures?")
        assert named.terms == library.inquire("When did she begin with pictures?").terms
        assert named.absence.names == ()


def test_a_surname_is_not_missed_that_only_the_host_says_of_whom_the_guest_calls_by_first_name(
    photographer: Interview,
) -> None:
    with Library.of([photographer], encoder=FakeEncoder(), reader=FakeReader()) as library:
        assert library.inquire("What does she say about Rachel White?").absence.names == ()
        assert library.inquire("What does she say about Rachel Grey?").absence.names == ("Grey",)
