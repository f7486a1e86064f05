"""A quotation is exact, altered, said by somebody else, or not there; and the verdict shows the real words."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.datatypes import Interview, Role, Turn
from rag.errors import QuestionError
from rag.parsing import ParseOptions, parse, read
from rag.verification import Finding, Verdict, verify

LINES = (
    (None, None, "Harbour to close for three years"),
    ("Ines Duarte", Role.INTERVIEWER, "Ms. Okafor, will the old harbour really close next spring?"),
    (
        "Grace Okafor",
        Role.INTERVIEWEE,
        "The harbour won’t close. We are moving the freight to Pier 9 – that’s all. It costs €1,600 a day, and "
        "the city pays 40% of it. I don’t think anybody will notice.\n\nThe fishing boats stay where they are. "
        "My mother sold fish there, so believe me, I know every stone. The plan was approved by the council in "
        "March 2024, after long and sometimes bitter debates about noise. Nobody has been asked to leave.",
    ),
    ("Ines Duarte", Role.INTERVIEWER, "Critics say the whole project is a gift to the shipping companies."),
    (
        "Tom Reyes",
        Role.INTERVIEWEE,
        "Critics always say that. [laughter] The U.S. Coast Guard supports us, and the co-operation is excellent... "
        "really excellent. We have not signed a single contract yet.",
    ),
)


def interview(lines: tuple[tuple[str | None, Role | None, str], ...] = LINES, name: str = "harbour") -> Interview:
    """Return an interview with these lines; those without a role are headings."""
    text, turns = "", []
    for speaker, role, line in lines:
        if role is not None:
            turns.append(Turn(len(text), len(text) + len(line), speaker, role))
        text += line + "\n\n"
    return Interview(name, text, tuple(turns), name)


HARBOUR = interview()


def check(quotation: str, speaker: str | None = None) -> Verdict:
    return verify(quotation, [HARBOUR], [speaker] if speaker else ())


@pytest.mark.parametrize(
    "quotation",
    [
        "The fishing boats stay where they are.",
        "the  fishing boats\nstay where they are",
        '"The harbour won\'t close"',
        "«We are moving the freight to Pier 9 - that's all»",
        "We are moving the freight to Pier 9 — that’s all!",
        "It costs €1600 a day, and the city pays 40 % of it",
        "The US Coast Guard supports us, and the cooperation is excellent... really excellent.",
        "Critics always say that. The U.S. Coast Guard supports us",
        "Critics always say that. [laughter] The U.S. Coast Guard supports us",
        "I know every stone",
        "I don’t think anybody will notice. The fishing boats stay where they are.",
    ],
)
def test_typography_does_not_make_a_quotation_wrong(quotation: str) -> None:
    verdict = check(quotation)
    assert verdict.finding is Finding.EXACT
    assert verdict.changes == ()


@pytest.mark.parametrize(
    ("quotation", "changes"),
    [
        ("The harbour will close.", [("replace", "will", "won’t")]),
        ("We have signed a single contract yet.", [("delete", "", "not")]),
        ("The fishing boats will stay where they are", [("insert", "will", "")]),
        ("It costs €1,900 a day, and the city pays 40% of it", [("replace", "1,900", "1,600")]),
        ("the city pays 60% of it", [("replace", "60", "40")]),
        ("approved by the council in March 2023", [("replace", "2023", "2024")]),
        ("Everybody has been asked to leave", [("replace", "Everybody", "Nobody")]),
        ("after long debates about noise", [("delete", "", "and sometimes bitter")]),
    ],
)
def test_a_changed_word_is_shown_against_the_real_one(quotation: str, changes: list[tuple[str, str, str]]) -> None:
    verdict = check(quotation)
    assert verdict.finding is Finding.ALTERED
    assert [(c.op, c.yours, c.theirs) for c in verdict.changes] == changes


def test_sentences_joined_in_silence_are_altered_and_the_cut_is_shown() -> None:
    verdict = check("The harbour won’t close. The fishing boats stay where they are.")
    assert verdict.finding is Finding.ALTERED
    assert len(verdict.changes) == 1
    assert verdict.changes[0].op == "delete"
    assert verdict.changes[0].theirs.startswith("We are moving")
    assert verdict.changes[0].theirs.endswith("will notice")


def test_sentences_in_another_order_are_altered() -> None:
    assert check("The fishing boats stay where they are. The harbour won’t close.").finding is Finding.ALTERED


@pytest.mark.parametrize("cut", ["…", "...", " [...] ", " (…) ", ". . ."])
def test_a_declared_cut_is_fair(cut: str) -> None:
    verdict = check(f"The harbour won’t close.{cut}The fishing boats stay where they are.")
    assert verdict.finding is Finding.EXACT
    assert verdict.quote is not None
    assert "Pier 9" in verdict.quote.text


def test_a_declared_cut_may_not_swallow_a_not() -> None:
    verdict = check("We have … signed a single contract")
    assert verdict.finding is Finding.ALTERED
    assert [c.theirs for c in verdict.changes] == ["not"]


def test_a_declared_cut_may_leave_out_a_whole_sentence_with_a_not_in_it() -> None:
    left_out = "It costs €1,600 a day, and the city pays 40% of it … The fishing boats stay where they are."
    assert check(left_out).finding is Finding.EXACT


@pytest.mark.parametrize(
    ("said", "quotation"),
    [
        ("Is it safe? No. We check it weekly.", "Is it safe? … We check it weekly."),
        ("I would never say that we support the second pier.", "I … support the second pier."),
        ("They asked twice, but we haven’t seen any reason to stop.", "They asked twice … any reason to stop."),
    ],
)
def test_a_declared_cut_may_not_turn_the_words_that_stay(said: str, quotation: str) -> None:
    assert verify(quotation, [interview((("Ann", Role.INTERVIEWEE, said),))]).finding is Finding.ALTERED


@pytest.mark.parametrize(
    "quotation",
    [
        "My mother sold fish there, so believe me, [Okafor] know every stone",
        "[T]he plan was approved by the council",
        "The plan [to move the freight] was approved by the council",
    ],
)
def test_bracketed_insertions_are_the_quoting_persons(quotation: str) -> None:
    assert check(quotation).finding is Finding.EXACT


@pytest.mark.parametrize(
    "quotation",
    [
        "“The fishing boats stay where they are,” said Okafor.",
        "“The fishing boats stay,” Ms. Okafor told reporters on Monday, “where they are.”",
        "Grace Okafor: The fishing boats stay where they are.",
        "Okafor said that the fishing boats stay where they are",
        "The fishing boats stay where they are. — Grace Okafor, harbour master",
        "The fishing boats stay where they are (Grace Okafor)",
        "Did she really say “The fishing boats stay where they are”?",
        "The fishing boats stay where they are, she said.",
        "As Okafor put it to the harbour radio: the fishing boats stay where they are",
        "Asked about the noise, the harbour master said “The fishing boats stay where they are”",
        "Did Okafor say “The fishing boats stay where they are”?",
        "Grace Okafor said the fishing boats stay where they are",
        "Quote: “The fishing boats stay where they are.”",
        "Is this right: the fishing boats stay where they are",
        "Some wanted them gone; Okafor replied: “The fishing boats stay where they are.”",
    ],
)
def test_an_attribution_is_not_part_of_the_words(quotation: str) -> None:
    assert check(quotation).finding is Finding.EXACT


@pytest.mark.parametrize(
    "quotation",
    [
        "“The fishing boats stay where they are,” said Reyes.",
        "“The fishing boats stay where they are,” said Barack Obama.",
        "Tom Reyes: “The fishing boats stay where they are”",
        "I know every stone — Tom Reyes",
        "“I know every stone” Tom Reyes",
        "Tom Reyes – “I know every stone”",
        "[Reyes] I know every stone",
        "Asked about the pier, Tom Reyes said: “I know every stone”",
        "In the words of Tom Reyes, “I know every stone”",
        "“I know every stone” was said by Tom Reyes.",
        "Tom Reyes (coast guard): “I know every stone”",
        "Obama: I know every stone",
    ],
)
def test_words_put_into_another_mouth_are_said_by_another_speaker(quotation: str) -> None:
    verdict = check(quotation)
    assert verdict.finding is Finding.OTHER_SPEAKER
    assert verdict.quote is not None
    assert verdict.quote.speaker == "Grace Okafor"


def test_a_named_speaker_is_asked_for_whatever_the_text_says() -> None:
    assert check("I know every stone", speaker="okafor").finding is Finding.EXACT
    assert check("I know every stone", speaker="Reyes").finding is Finding.OTHER_SPEAKER
    assert check("“I know every stone,” said Reyes", speaker="Grace Okafor").finding is Finding.EXACT


def test_of_several_named_speakers_any_may_have_said_it() -> None:
    for named in (["Reyes", "Okafor"], ["Okafor", "Reyes"]):
        assert verify("I know every stone", [HARBOUR], named).finding is Finding.EXACT
    assert verify("I know every stone", [HARBOUR], ["Reyes", "Duarte"]).finding is Finding.OTHER_SPEAKER


def test_the_interviewers_words_are_somebody_elses() -> None:
    verdict = check("the whole project is a gift to the shipping companies")
    assert verdict.finding is Finding.OTHER_SPEAKER
    assert verdict.quote is not None
    assert verdict.quote.role is Role.INTERVIEWER


def test_the_interviewers_words_are_exact_when_the_interviewer_is_named() -> None:
    assert check("“the whole project is a gift to the shipping companies,” said Duarte").finding is Finding.EXACT


def test_a_paper_that_asks_is_the_interviewer_where_none_is_named() -> None:
    asked = "Will the old harbour really close next spring?"
    lines = ((None, Role.INTERVIEWER, asked), ("Grace Okafor", Role.INTERVIEWEE, "No, it won’t."))
    paper = replace(interview(lines), outlet="Tidewater")
    assert verify(f"Tidewater: “{asked}”", [paper]).finding is Finding.EXACT
    assert verify(f"Okafor: “{asked}”", [paper]).finding is Finding.OTHER_SPEAKER


@pytest.mark.parametrize("outlet", ["The Ezra Klein Show", "Ezra Klein", "Klein"])
def test_a_show_that_bears_the_interviewers_name_doesnt_make_the_guests_words_theirs(outlet: str) -> None:
    said = "I left because the budget for the harbour was cut in half."
    lines = (("Ezra Klein", Role.INTERVIEWER, "Why did you leave?"), ("Ada Moreno", Role.INTERVIEWEE, said))
    show = replace(interview(lines), outlet=outlet)
    assert verify(f"“{said}”, said Ezra Klein", [show]).finding is Finding.OTHER_SPEAKER
    assert verify(f"“{said}”, said Klein", [show]).finding is Finding.OTHER_SPEAKER
    assert verify(f"“{said}”, said Moreno", [show]).finding is Finding.EXACT


def test_words_may_be_given_to_where_they_are_printed() -> None:
    said = "I left because the budget for the harbour was cut in half."
    lines = (("Ezra Klein", Role.INTERVIEWER, "Why did you leave?"), ("Ada Moreno", Role.INTERVIEWEE, said))
    paper = replace(interview(lines), outlet="The Gazette")
    assert verify(f"“{said}” (Gazette)", [paper]).finding is Finding.EXACT
    assert verify(f"Gazette: “{said}”", [paper]).finding is Finding.EXACT


def test_a_statement_that_only_resembles_a_question_is_nobodys() -> None:
    lines = (
        (None, Role.INTERVIEWER, "How much does noise from the cranes matter for the families along the quay?"),
        ("Grace Okafor", Role.INTERVIEWEE, "We measure it every night."),
    )
    near = "The noise from the cranes is unbearable for the families along the quay"
    assert verify(near, [interview(lines)]).finding is Finding.NOT_FOUND
    assert verify(f"“{near}”, said Okafor", [interview(lines)]).finding is Finding.OTHER_SPEAKER


@pytest.mark.parametrize(
    "quotation",
    [
        "The harbour will be the biggest in Europe",
        "The council approved the budget for the new fishing school",
        "My mother always told me to work hard",
        "Harbour to close for three years",
        "Completely different words",
    ],
)
def test_invented_words_and_headings_are_not_there(quotation: str) -> None:
    verdict = check(quotation)
    assert verdict.finding is Finding.NOT_FOUND
    assert verdict.quote is None
    assert verdict.changes == ()


def test_a_true_beginning_with_an_invented_end_is_altered() -> None:
    verdict = check("The plan was approved by the council in March, and the builders will start on Sunday")
    assert verdict.finding is Finding.ALTERED


def test_a_quotation_of_one_word_can_be_checked() -> None:
    assert check("excellent").finding is Finding.EXACT
    assert check("catastrophic").finding is Finding.NOT_FOUND


def test_words_in_quotation_marks_inside_an_answer_do_not_hide_what_was_changed_around_them() -> None:
    told = interview((("Ann", Role.INTERVIEWEE, 'So I told him "you can keep the boat" and he never paid me a cent.'),))
    assert verify('So I told him "you can keep the boat" and he never paid me a cent.', [told]).finding is Finding.EXACT
    assert verify('So I told him "you can keep the boat" and he always paid me.', [told]).finding is Finding.ALTERED


@pytest.mark.parametrize(
    "quotation",
    [
        "“The harbour won’t close,” Okafor said. She added: “I know every stone.”",
        "“I know every stone,” Okafor said. Earlier she had said: “The harbour won’t close.”",
        "Okafor called the debates “bitter”",
    ],
)
def test_words_in_marks_of_their_own_are_quotations_of_their_own(quotation: str) -> None:
    assert check(quotation).finding is Finding.EXACT


def test_a_word_in_marks_is_no_quotation_in_a_long_sentence_of_other_words() -> None:
    told = 'And I say "we", because the new people here said that they are working on ferries to the other islands'
    assert check(told).finding is Finding.NOT_FOUND


def test_of_two_quotations_the_altered_one_is_shown() -> None:
    verdict = check("“I know every stone,” Okafor said. Earlier she had said: “The harbour will close.”")
    assert verdict.finding is Finding.ALTERED
    assert [(c.yours, c.theirs) for c in verdict.changes] == [("will", "won’t")]
    assert verdict.quote is not None
    assert verdict.quote.text.startswith("The harbour won’t")


def test_a_declared_cut_may_not_lead_from_one_answer_to_another() -> None:
    two = interview(
        (
            ("Ann", Role.INTERVIEWEE, "We never sold a single boat to them."),
            ("Ben", Role.INTERVIEWER, "And the island?"),
            ("Ann", Role.INTERVIEWEE, "That was a mistake we regret."),
        )
    )
    verdict = verify("We never sold a single boat … that was a mistake we regret", [two])
    assert verdict.finding is Finding.ALTERED
    assert [c.op for c in verdict.changes] == ["delete"]
    assert "And the island?" in verdict.changes[0].theirs


def test_what_a_web_page_makes_of_quotation_marks_does_not_count() -> None:
    assert check("&quot;The harbour won&#8217;t close&quot;").finding is Finding.EXACT
    assert check("The harbour won´t close").finding is Finding.EXACT


def test_another_number_is_altered_however_short_the_quotation() -> None:
    told = interview((("Ann", Role.INTERVIEWEE, "And two-thirds of islanders support us. It is a good sign."),))
    verdict = verify("“Three-quarters of islanders support us”", [told])
    assert verdict.finding is Finding.ALTERED
    assert [(c.yours, c.theirs) for c in verdict.changes] == [("Three-quarters", "And two-thirds")]


@pytest.mark.parametrize("number", ["nearly half", "about a quarter", "more than 70 percent"])
def test_another_number_is_altered_with_an_about_before_it(number: str) -> None:
    told = interview((("Ann", Role.INTERVIEWEE, "And two-thirds of islanders support us. It is a good sign."),))
    assert verify(f"“{number} of islanders support us”", [told]).finding is Finding.ALTERED


@pytest.mark.parametrize("quotation", ["reefs and gulls and seals", "bitter sometimes and long debates about noise"])
def test_the_same_few_words_in_another_order_are_altered(quotation: str) -> None:
    reefs = interview((("Ann", Role.INTERVIEWEE, "We counted seals and gulls and reefs."),), "reefs")
    assert verify(quotation, [HARBOUR, reefs]).finding is Finding.ALTERED


def test_a_label_with_a_strangers_name_is_somebody_elses() -> None:
    assert check("Barack Obama: The fishing boats stay where they are").finding is Finding.OTHER_SPEAKER


@pytest.mark.parametrize("quotation", ["", "  ", "“…”", "?!"])
def test_a_quotation_without_words_is_a_mistake(quotation: str) -> None:
    with pytest.raises(QuestionError, match="no word"):
        check(quotation)


def test_a_whole_book_is_a_mistake() -> None:
    with pytest.raises(QuestionError, match="in parts"):
        check("word " * 2_000)


def test_no_interviews_and_interviews_without_words_hold_no_quotation() -> None:
    assert verify("I know every stone", []).finding is Finding.NOT_FOUND
    assert verify("I know every stone", [interview((("A", Role.INTERVIEWEE, "…"),))]).finding is Finding.NOT_FOUND
    assert verify("I know every stone", [interview(())]).finding is Finding.NOT_FOUND


def test_among_many_interviews_the_one_that_holds_the_words_is_found() -> None:
    others = [
        interview(
            (("A", Role.INTERVIEWEE, f"I know every stone of bridge number {n}, and every tree."),), f"bridge-{n}"
        )
        for n in range(40)
    ]
    verdict = verify("so believe me, I know every stone", [*others, HARBOUR])
    assert verdict.finding is Finding.EXACT
    assert verdict.quote is not None
    assert verdict.quote.interview.id == "harbour"


def test_an_answer_cut_up_into_turns_is_still_one_speakers() -> None:
    cut = interview((("A", Role.INTERVIEWEE, "We left in the"), ("A", Role.INTERVIEWEE, "morning of the third day.")))
    verdict = verify("We left in the morning of the third day", [cut])
    assert verdict.finding is Finding.EXACT
    assert verdict.quote is not None
    assert verdict.quote.text == "morning of the third day."


@pytest.fixture(scope="module")
def seed() -> Interview:
    return read(Path(__file__).parent.parent / "seeds" / "shekerinska-apa.txt", ParseOptions())


@pytest.mark.parametrize(
    ("quotation", "finding"),
    [
        ("Right now, there is no consensus on Ukraine joining NATO", Finding.EXACT),
        ("Right now, there is consensus on Ukraine joining NATO", Finding.ALTERED),
        ("Our leaders agreed to invest 5% of GDP in defence by 2035", Finding.EXACT),
        ("Our leaders agreed to invest 3% of GDP in defence by 2035", Finding.ALTERED),
        ("Ukraine is on an irreversible path to membership", Finding.EXACT),
        ("“Ukraine is on an irreversible path to membership,” said Mark Rutte", Finding.OTHER_SPEAKER),
        ("“We launched JATEC in February 2025 ... in Poland,” Shekerinska told APA", Finding.EXACT),
        ("the Alliance must be prepared for a war with Russia", Finding.OTHER_SPEAKER),
        ("Does NATO plan to reduce Europe's security dependence on the United States?", Finding.OTHER_SPEAKER),
        ("NATO is increasing its focus on the High North", Finding.ALTERED),
        ("We meet and discuss together. Our bond remains strong.", Finding.ALTERED),
        ("NATO Deputy Secretary General Radmila Shekerinska's interview with APA", Finding.NOT_FOUND),
        ("The atmosphere between Baku and Yerevan have substantially improved", Finding.NOT_FOUND),
        ("Seçilən", Finding.NOT_FOUND),
        ("Azerbaijan will join NATO within the next decade", Finding.NOT_FOUND),
    ],
)
def test_quotations_from_the_shipped_interview(seed: Interview, quotation: str, finding: Finding) -> None:
    assert verify(quotation, [seed]).finding is finding


def test_a_sentence_that_is_also_a_heading_is_quoted_from_the_answer(seed: Interview) -> None:
    verdict = verify("Right now, there is no consensus on Ukraine joining NATO", [seed])
    assert verdict.quote is not None
    assert verdict.quote.speaker == "Radmila Shekerinska"
    assert seed.text.count("Right now, there is no consensus on Ukraine joining NATO") == 2
    assert verdict.quote.start == seed.text.rindex("Right now, there is no consensus")


@given(st.data())
def test_any_stretch_of_an_answer_is_exact_and_quoted_where_it_stands(data: st.DataObject) -> None:
    turn = data.draw(st.sampled_from([t for t in HARBOUR.turns if t.role is Role.INTERVIEWEE]))
    said = HARBOUR.text[turn.start : turn.end]
    starts = [0, *(i + 1 for i, char in enumerate(said) if char.isspace())]
    start = data.draw(st.sampled_from(starts[:-3]))
    end = data.draw(st.sampled_from([s for s in [*starts, len(said) + 1] if s >= start + 12]))
    stretch = said[start : end - 1]
    if "..." in stretch or stretch.strip().startswith("[") or not any(c.isalpha() for c in stretch):
        return
    verdict = check(stretch)
    assert verdict.finding is Finding.EXACT
    assert verdict.quote is not None
    assert verdict.quote.text.strip(".!?, ") in stretch


@given(st.text(max_size=120), st.sampled_from([None, "Grace", "", "?"]))
def test_no_text_breaks_the_check_and_every_quote_is_the_transcripts(quotation: str, speaker: str | None) -> None:
    try:
        verdict = check(quotation, speaker)
    except QuestionError:
        return
    assert (verdict.quote is None) == (verdict.finding is Finding.NOT_FOUND)
    if verdict.quote is not None:
        assert verdict.quote.text == HARBOUR.text[verdict.quote.start : verdict.quote.end]
        assert (verdict.finding is Finding.ALTERED) <= bool(verdict.changes)


@given(st.data())
def test_one_swapped_word_is_never_exact(data: st.DataObject) -> None:
    said = "The plan was approved by the council in March 2024, after long and sometimes bitter debates"
    sentence = said.split()
    place = data.draw(st.integers(1, len(sentence) - 2))
    word = data.draw(st.sampled_from(["not", "never", "2019", "no", "elephants", "a"]))
    changed = " ".join([*sentence[:place], word, *sentence[place + 1 :]])
    verdict = check(changed)
    assert verdict.finding is Finding.ALTERED
    assert any(word in c.yours for c in verdict.changes)


def test_the_order_of_changes_is_the_order_of_the_quotation() -> None:
    verdict = check("The plan was rejected by the council in May 2024, after short and sometimes bitter debates")
    yours = [c.yours for c in verdict.changes]
    assert yours == ["rejected", "May", "short"]
    text = "The plan was rejected by the council in May 2024, after short and sometimes bitter debates"
    assert all(text.index(a) < text.index(b) for a, b in pairwise(yours))


def test_a_quote_copied_without_the_time_stamps_between_its_words_is_exact() -> None:
    stamps = b"0:04 - 0:09 We met by the\n\n0:09 - 0:15 lock in the cold and grey\n\n0:15 - 0:20 rain of the north."
    captions = parse(stamps, "captions.txt")
    assert verify("We met by the lock in the cold and grey rain of the north.", [captions]).finding is Finding.EXACT
