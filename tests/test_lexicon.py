"""A question is spelt as the interviews spell it, and an acronym stands beside what it stands for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.conversation.framing import question_in
from rag.conversation.lexicon import MAX_CHARACTERS, Lexicon, lexicon
from rag.conversation.said import WORD, small
from rag.conversation.spelling import spell, variants
from rag.conversation.wordings import expand
from rag.datatypes import Interview, Role, Turn

SAID = (
    "We founded the Harbour Noise Panel (HNP) with the city. The HNP meets in Esbjerg. We also run KELP in spring "
    "(the Kids Explore and Learn Project), and our programme on defence against flooding is organised by Okafor. "
    "It was realised with the European Union (EU), with EU money. Ask the panel (it never sleeps) about NOAA. "
    "We report to NOAA, and we modernised three neighbouring harbours in Esbjerg."
)


def said(text: str, id: str = "one") -> Interview:
    return Interview(id, text, (Turn(0, len(text), "Grace Okafor", Role.INTERVIEWEE),), id)


def answered(question: str, answer: str) -> Lexicon:
    text, start = f"{question}\n\n{answer}", len(question) + 2
    turns = (Turn(0, start - 2, "Ann", Role.INTERVIEWER), Turn(start, len(text), "Grace Okafor", Role.INTERVIEWEE))
    return lexicon([Interview("one", text, turns, "one")])


@pytest.fixture(scope="module")
def known() -> Lexicon:
    return lexicon([said(SAID)])


def test_acronyms_are_read_in_both_orders(known: Lexicon) -> None:
    assert known.acronyms == {
        "HNP": "Harbour Noise Panel",
        "KELP": "Kids Explore and Learn Project",
        "EU": "European Union",
    }


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("What is the HNP?", "What is the HNP (Harbour Noise Panel)?"),
        ("What is the Harbour Noise Panel?", "What is the Harbour Noise Panel (HNP)?"),
        ("Who runs the kids explore and learn project?", "Who runs the kids explore and learn project (KELP)?"),
        ("Is the HNP the Harbour Noise Panel?", "Is the HNP the Harbour Noise Panel?"),
        ("Who pays?", "Who pays?"),
    ],
)
def test_an_acronym_and_its_expansion_find_each_other(known: Lexicon, asked: str, meant: str) -> None:
    assert expand(asked, known) == meant


def test_expanding_twice_changes_nothing_more(known: Lexicon) -> None:
    once = expand("What do the HNP and KELP do?", known)
    assert expand(once, known) == once


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("what is the harbor program", "what is the harbour programme"),
        ("How is defense organized?", "How is defence organised?"),
        ("Neighboring harbors", "Neighbouring harbours"),
    ],
)
def test_american_and_british_spelling_are_one(known: Lexicon, asked: str, meant: str) -> None:
    assert spell(asked, known).lower() == meant.lower()


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("Where is Esbjreg?", "Where is Esbjerg?"),
        ("the harbuor", "the harbour"),
        ("what did okaffor say", "what did Okafor say"),
        ("who meets in esbjerg's port", "who meets in esbjerg's port"),
    ],
)
def test_a_slip_of_the_pen_is_mended(known: Lexicon, asked: str, meant: str) -> None:
    assert spell(asked, known).lower() == meant.lower()


@pytest.mark.parametrize(
    "asked", ["Does she like kelpie?", "What about money laundering?", "Is the mooney real?", "the sprint"]
)
def test_a_word_of_its_own_stays_as_it_is(known: Lexicon, asked: str) -> None:
    plain = {"kelpie", "laundering", "sprint"}
    assert [w for w in spell(asked, known).split() if w.strip("?") in plain] == [
        w for w in asked.split() if w.strip("?") in plain
    ]


def test_acronyms_are_written_as_the_interview_writes_them(known: Lexicon) -> None:
    assert spell("do you report to noaa", known) == "do you report to NOAA"


def test_words_of_several_interviews_are_known_together() -> None:
    known = lexicon([said(SAID), said("The trawler Bølgen sank off Skagen.", "two")])
    assert known.knows("trawlers")
    assert known.knows("harbours")


def test_a_library_too_large_to_look_through_leaves_questions_as_they_are() -> None:
    known = lexicon([said("The harbour." + " " * MAX_CHARACTERS)])
    assert spell("the harbor of Esbjreg", known) == "the harbor of Esbjreg"


def test_other_spellings_go_both_ways() -> None:
    assert "color" in variants("colour")
    assert "colour" in variants("color")


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("What is the Green Harbour Fund?", "What is the GHF?"),
        ("What is the GHF?", "What is the GHF?"),
        ("Does she use AI?", "Does she use artificial intelligence?"),
        ("what about ai?", "what about artificial intelligence?"),
        ("Did the EIA pay?", "Did the EIA pay?"),
        ("What is the EIA?", "What was said about Energy Information Administration?"),
        ("What does EIA stand for?", "What was said about Energy Information Administration?"),
        ("How does RLHF help?", "How does reinforcement learning from human feedback help?"),
        ("and the internet of things?", "and the IoT?"),
        ("Was she asked about the internet of things?", "Was she asked about the internet of things?"),
        ("Is she in the USA?", "Is she in the USA?"),
        ("Tell us about it", "Tell us about it"),
    ],
)
def test_an_acronym_is_put_as_those_who_answer_say_it(asked: str, meant: str) -> None:
    known = answered(
        "Will you take Green Harbour Fund (GHF) money, or the internet of things?",
        "The GHF paid. I was at the Energy Information Administration, and EIA data is good. We use artificial "
        "intelligence, the IoT, and reinforcement learning from human feedback. Without reinforcement learning from "
        "human feedback it fails.",
    )
    assert expand(asked, known) == meant


@pytest.mark.parametrize("asked", ["Did she buy from AWS?", "Who is MIP?", "Is OSC any good?"])
def test_letters_alone_make_no_acronym(asked: str) -> None:
    known = answered(
        "What do you use?", "An Apple Watch Series. It makes it possible. Open some cans, or only send coal."
    )
    assert expand(asked, known) == asked


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("Did she work there for 22 years?", "Did she work there for twenty-two years?"),
        ("one in 200", "one in two hundred"),
        ("38 million", "£38 million"),
        ("Who paid 38m pounds?", "Who paid £38 million?"),
        ("40%", "40 per cent"),
        ("2300 members", "2,300 members"),
        ("one hundred and five boats", "105 boats"),
        ("What happened on 22 May 2022?", "What happened on 22 May 2022?"),
        ("What does Article 22 say?", "What does Article 22 say?"),
        ("Are there 23 of them?", "Are there 23 of them?"),
    ],
)
def test_a_number_is_written_as_it_is_said(asked: str, meant: str) -> None:
    known = lexicon(
        [said("In twenty-two years, one in two hundred. £38 million, 40 per cent, 2,300 members, 105 boats.")]
    )
    assert spell(asked, known) == meant


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("the head phones", "the headphones"),
        ("power-point slides", "PowerPoint slides"),
        ("a seabed", "a sea bed"),
        ("a set-up", "a set-up"),
        ("is it now here", "is it now here"),
    ],
)
def test_a_compound_is_written_as_it_is_said(asked: str, meant: str) -> None:
    known = answered("And your setup?", "My set-up has headphones, and PowerPoint. It's on the sea bed, nowhere else.")
    assert spell(asked, known) == meant


@pytest.mark.parametrize("name", ["Colm", "Bruna", "Danesh", "Burney", "Erina", "Kevan", "Marlow"])
def test_a_name_that_nobody_says_is_nobody_elses(name: str) -> None:
    known = lexicon([said("The cold marrow. We met Bruno and Kevin, Erin told the Danish in Burnley. We like Kevin.")])
    assert spell(f"What did {name} say?", known) == f"What did {name} say?"
    assert spell(f"what did {name.lower()} say?", known) in (
        f"what did {name.lower()} say?",
        "what did marrow say?",
    )


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("wat did she say abot it", "what did she say about it"),
        ("Wich one?", "Which one?"),
        ("can u tell me wats new", "what's new?"),
        ("Did U Thant say so?", "Did U Thant say so?"),
    ],
)
def test_words_of_asking_may_be_typed_in_a_hurry(asked: str, meant: str) -> None:
    assert question_in(asked)[1] == meant


@settings(deadline=None)
@given(st.text(max_size=80))
def test_what_is_spelt_once_is_spelt_and_nothing_typed_is_lost_by_expanding(text: str) -> None:
    known = lexicon([said(SAID)])
    spelt = spell(text, known)
    assert spell(spelt, known) == spelt
    assert set(WORD.findall(spelt)) <= set(WORD.findall(expand(spelt, known)))


@given(st.text(st.characters(max_codepoint=0x24F), min_size=1, max_size=200))
def test_every_word_said_is_known(text: str) -> None:
    known = lexicon([said(text)])
    assert [w for w in WORD.findall(text) if not known.knows(w)] == []
    assert [w for w in WORD.findall(text) if small(w).removesuffix("'s") not in known.beginning(small(w[0]))] == []


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("okafor", "Okafor"),
        ("grace", "Grace"),
        ("hnp", "HNP"),
        ("panel", ""),
        ("esbjerg", "Esbjerg"),
        ("the", ""),
        ("ask", ""),
        ("kafor", ""),
        ("nobody", ""),
    ],
)
def test_a_name_is_what_is_mostly_capitalised_inside_sentences(known: Lexicon, word: str, written: str) -> None:
    assert known.names.written(word) == written
    assert (word in known.names) is bool(written)


@pytest.mark.parametrize(
    ("word", "known"),
    [("harbour", True), ("arbour", False), ("panel", True), ("never", True), ("pan", False), ("okafor", True)],
)
def test_a_part_of_a_word_is_not_said(word: str, known: bool) -> None:
    assert lexicon([said(SAID)]).has(word) is known


def test_an_acronym_stands_for_a_name_with_an_owner_in_it() -> None:
    known = lexicon([said("We told the Information Commissioner's Office within a day.")])
    assert expand("Did they tell the ICO?", known) == "Did they tell the Information Commissioner's Office?"
