"""The JSON that programs rely on, and how a quote is pointed at."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.datatypes import Answer, Change, Finding, Interview, Mark, Quote, Role, Status, Turn, Verdict
from rag.payload import answer_json, citation, clock, interview_json, link, paragraph_of

TEXT = "Why?\n\nBecause  it rained.\n\nAnd it was cold, wet and dark all through the long first winter in that house."
INTERVIEW = Interview(
    id="rain",
    text=TEXT,
    turns=(Turn(0, 4, "Q", Role.INTERVIEWER), Turn(6, len(TEXT), "Ada Moss", Role.INTERVIEWEE, "Weather")),
    title="Rain",
    outlet="The Gazette",
    date="2024-05-01",
    url="https://example.org/rain#top",
    times=(Mark(0, 0.0), Mark(6, 3723.9)),
    pages=(Mark(0, 7),),
    descriptions=(("Ada Moss", "boat builder"),),
)
SHORT = Quote(INTERVIEW, 1, 6, TEXT.index("\n\nAnd"), ((6, 13),))
LONG = Quote(INTERVIEW, 1, TEXT.index("And it"), len(TEXT))


def test_an_answer_is_the_object_that_programs_were_promised() -> None:
    found = answer_json(Answer("Why?", "Why?", Status.ANSWERED, 0.91, (SHORT,)), "q1")
    assert found["id"] == "q1"
    assert found["status"] == "answered"
    (quote,) = found["quotes"]
    assert quote["text"] == TEXT[quote["start"] : quote["end"]] == "Because  it rained."
    assert (quote["speaker"], quote["role"], quote["turn"], quote["section"]) == (
        "Ada Moss", "interviewee", 1, "Weather",
    )  # fmt: skip
    assert quote["asked"] == "Why?"
    assert quote["timestamp"] == "01:02:03"
    assert quote["page"] == 7
    assert quote["highlight"] == [[6, 13]]
    assert found["closest"] == []
    assert found["check"] is None


def test_a_pasted_quotation_s_answer_tells_what_became_of_it() -> None:
    verdict = Verdict(Finding.ALTERED, SHORT, (Change("replace", "snowed", "rained"),))
    found = answer_json(
        Answer("“Because it snowed.”", "Because it snowed.", Status.ANSWERED, 1.0, (SHORT,), (), verdict)
    )
    change = {"op": "replace", "yours": "snowed", "theirs": "rained"}
    assert found["check"] == {"verdict": "altered", "changes": [change]}


def test_a_citation_reads_as_one_line() -> None:
    expected = "Ada Moss, boat builder, in “Rain” (The Gazette, 2024-05-01), at 01:02:03, page 7, turn 2, paragraph 2"
    assert citation(LONG) == expected


def test_a_quote_knows_its_paragraph() -> None:
    assert paragraph_of(SHORT) == 1
    assert paragraph_of(LONG) == 2


def test_a_link_opens_the_source_at_the_words() -> None:
    assert link(SHORT) == "https://example.org/rain#:~:text=Because%20it%20rained."
    start, end = str(link(LONG)).split("#:~:text=")[1].split(",")
    assert start == "And%20it%20was%20cold%2C%20wet%20and"
    assert end == "long%20first%20winter%20in%20that%20house."


def test_a_blank_line_with_spaces_ends_a_paragraph_too() -> None:
    text = "One here.\n \nTwo here.\n\nThree."
    said = replace(INTERVIEW, text=text, turns=(Turn(0, len(text), "Ada Moss", Role.INTERVIEWEE),), pages=())
    starts = [text.index(word) for word in ("One", "Two", "Three")]
    assert [paragraph_of(Quote(said, 0, start, start + 3)) for start in starts] == [1, 2, 3]


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("It was June.\n\nWe closed it in March.", "It%20was%20June.,We%20closed%20it%20in%20March."),
        ("No.\n\nWe closed it in March.", "We%20closed%20it%20in%20March."),
        ("Yes, indeed.\r\n\r\nNo.", "Yes%2C%20indeed."),
        (
            "We opened it when the war was over.\n \nAnd then\n\nwe closed it in March when all the oil was sold.",
            "We%20opened%20it%20when%20the%20war,when%20all%20the%20oil%20was%20sold.",
        ),
    ],
)
def test_no_term_of_a_link_goes_over_the_end_of_a_paragraph(text: str, fragment: str) -> None:
    said = replace(INTERVIEW, text=text, turns=(Turn(0, len(text), "Ada Moss", Role.INTERVIEWEE),), pages=())
    assert str(link(Quote(said, 0, 0, len(text)))).split("#:~:text=")[1] == fragment


def test_a_source_without_an_address_has_no_link() -> None:
    for url in (None, "file:///etc/passwd", "javascript:alert(1)"):
        bare = replace(INTERVIEW, url=url)
        assert link(Quote(bare, 1, 6, 13)) is None


def test_every_turn_of_a_transcript_is_its_text_at_its_offsets() -> None:
    shown = interview_json(INTERVIEW)
    assert shown["interviewees"] == ["Ada Moss"]
    assert all(t["text"] == TEXT[t["start"] : t["end"]] for t in shown["turns"])
    assert shown["turns"][0]["timestamp"] == "00:00:00"


def test_a_source_without_times_has_no_clock() -> None:
    assert clock(None) is None
