"""Two people of one surname stay two: in a transcript, and in who is said to have said something."""

from __future__ import annotations

import pytest

from rag.datatypes import Interview, Role, Turn
from rag.parsing import parse
from rag.quotation import people_named, same_person
from rag.verification import Finding, verify

HIS, HERS = "We got married in 1934, in the middle of the storm.", "It was 1935, and I taught at the school."
HEAD = "Oral History Interview with Walter Smith\n\n"
TALK = (
    "LUND: When did you get married, and where?\n\nSMITH: {his}\n\n{title} SMITH: {hers}\n\n"
    "LUND: And did you like it there?\n\n{title} SMITH: I did.\n\nSMITH: So did I, all of those years.\n\n"
    "LUND: What did the town look like?\n\nSMITH: Grey, and there was smoke everywhere, day and night."
)


def couple(his: str, hers: str) -> Interview:
    text = f"{HIS}\n\n{HERS}"
    turns = (
        Turn(0, len(HIS), his, Role.INTERVIEWEE),
        Turn(len(HIS) + 2, len(text), hers, Role.INTERVIEWEE),
    )
    return Interview("couple", text, turns, "couple")


@pytest.mark.parametrize("title", ["MRS.", "Mrs.", "MISS", "MR."])
def test_a_titled_label_beside_the_bare_surname_is_another_person(title: str) -> None:
    interview = parse((HEAD + TALK.format(his=HIS, hers=HERS, title=title)).encode(), "talk.txt")
    assert interview.speakers() == ("LUND", "Walter Smith", f"{title} SMITH")
    assert "Walter Smith" in interview.interviewees
    assert interview.interviewers == ("LUND",)


@pytest.mark.parametrize("label", ["MR. SMITH", "DR. SMITH", "SMITH"])
def test_a_label_alone_is_whoever_is_interviewed(label: str) -> None:
    talk = TALK.format(his=HIS, hers=HERS, title="").replace(" SMITH", "SMITH").replace("SMITH", label)
    assert "Walter Smith" in parse((HEAD + talk).encode(), "talk.txt").interviewees


def test_other_titles_are_the_same_persons() -> None:
    talk = TALK.format(his=HIS, hers=HERS, title="DR.")
    assert parse((HEAD + talk).encode(), "talk.txt").speakers() == ("LUND", "Walter Smith")


@pytest.mark.parametrize(("his", "hers"), [("Mr. Smith", "Mrs. Smith"), ("Walter Smith", "MRS. SMITH")])
def test_neither_is_the_other_in_an_attribution(his: str, hers: str) -> None:
    for words, right, wrong in ((HIS, his, hers), (HERS, hers, his)):
        assert verify(f"“{words[:-1]},” said {right}.", [couple(his, hers)]).finding is Finding.EXACT
        assert verify(f"“{words[:-1]},” said {wrong}.", [couple(his, hers)]).finding is Finding.OTHER_SPEAKER


def test_a_surname_alone_may_be_either() -> None:
    for words in (HIS, HERS):
        assert verify(f"“{words[:-1]},” said Smith.", [couple("Mr. Smith", "Mrs. Smith")]).finding is Finding.EXACT


def test_a_title_keeps_nobody_from_being_known() -> None:
    assert same_person("Ms. Smith", "Mrs. Smith")
    assert same_person("Mrs. Smith", "Ada Smith")
    assert same_person("Ms. Lord", "Ada Lord")
    assert not same_person("Mr. Smith", "Mrs. Smith")
    assert people_named("Mrs. Smith", ("Ada Smith", "Bo Ek")) == ["Ada Smith"]
    assert people_named("Smith", ("Ada Smith", "Mrs. Smith")) == ["Ada Smith", "Mrs. Smith"]
