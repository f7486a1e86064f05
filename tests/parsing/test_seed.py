"""The shipped interview: ten questions, ten answers, and nothing of the page around them."""

from __future__ import annotations

import pytest

from rag.datatypes import Interview, Role
from rag.parsing import parse
from rag.seeds import seed_interviews

SHEKERINSKA = "Radmila Shekerinska"
QUESTIONS = (
    "Ms. Shekerinska, Azerbaijan has been a NATO partner",
    "During your visit to Azerbaijan, you held discussions",
    "The normalisation process between Azerbaijan and Armenia",
    "In recent years, differing positions and open disagreements",
    "I would like to touch on Ukraine’s NATO membership…",
    "Does NATO plan to reduce Europe’s security dependence",
    "How has the growing activity of China and Russia in the Arctic",
    "From NATO’s perspective, what are the main sources of threats",
    "Following the accession of Sweden and Finland to NATO",
    "Some time ago, NATO Secretary General Mark Rutte stated",
)
HEADINGS = (
    "Azerbaijan’s gas exports have bolstered the energy independence of several NATO Allies",
    "We stand ready to support Azerbaijan’s security and defence reforms",
    "The atmosphere between Baku and Yerevan have substantially improved",
    "Right now, there is no consensus on Ukraine joining NATO",
    "The US commitment to NATO remains ironclad",
    "NATO is increasing its focus on the High North",
    "Recent incursions by Russian drones and aircraft into NATO airspace have tried to test NATO's defences",
    "Russia is the most significant and direct threat to Allies’ security and to peace and stability in the "
    "Euro-Atlantic area",
)


@pytest.fixture(scope="module")
def seed() -> Interview:
    (interview,) = seed_interviews()
    return interview


def test_ten_questions_alternate_with_ten_answers(seed: Interview) -> None:
    assert [t.role for t in seed.turns] == [Role.INTERVIEWER, Role.INTERVIEWEE] * 10


def test_every_question_is_the_interviewers_own(seed: Interview) -> None:
    asked = [seed.text[t.start : t.end] for t in seed.turns if t.role is Role.INTERVIEWER]
    assert [a[: len(q)] for a, q in zip(asked, QUESTIONS, strict=True)] == list(QUESTIONS)


def test_answers_carry_her_name_and_what_she_is(seed: Interview) -> None:
    assert {t.speaker for t in seed.turns if t.role is Role.INTERVIEWEE} == {SHEKERINSKA}
    assert seed.description(SHEKERINSKA) == "NATO Deputy Secretary General"
    assert seed.interviewers == ("APA",)


def test_the_eight_headings_are_sections_and_in_no_turn(seed: Interview) -> None:
    assert tuple(dict.fromkeys(t.section for t in seed.turns)) == HEADINGS
    lines = {line.strip() for t in seed.turns for line in seed.text[t.start : t.end].splitlines()}
    assert not {" ".join(line.split()) for line in lines} & set(HEADINGS)


@pytest.mark.parametrize("furniture", ["AZ", "Seçilən", "35", "1", "apa.az", "10Mənbələr"])
def test_page_furniture_is_in_no_turn(seed: Interview, furniture: str) -> None:
    lines = {line.strip() for t in seed.turns for line in seed.text[t.start : t.end].splitlines()}
    assert furniture not in lines


def test_turns_hold_no_dashes_and_no_outer_space(seed: Interview) -> None:
    for turn in seed.turns:
        words = seed.text[turn.start : turn.end]
        assert words == words.strip()
        assert words[0].isalpha()


def test_an_answer_may_run_over_paragraphs(seed: Interview) -> None:
    last = seed.turns[-1]
    assert seed.text[last.start : last.end].endswith(
        "All of this helps ensure that we have what we need to deter and defend."
    )
    assert seed.text[last.start : last.end].count("\n\n") == 1


def test_without_its_provenance_the_text_still_names_her(seed: Interview) -> None:
    bare = parse(seed.text.encode(), "interview.txt")
    assert bare.text == seed.text
    assert bare.interviewees == (SHEKERINSKA,)
    assert [(t.start, t.end, t.role) for t in bare.turns] == [(t.start, t.end, t.role) for t in seed.turns]
