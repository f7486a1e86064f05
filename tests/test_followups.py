"""A follow-up becomes a whole question or stays what it is: never a wrong one, never a broken sentence."""

from __future__ import annotations

import pytest

from rag.conversation import understand
from rag.datatypes import Interview, Role, Turn
from tests.test_conversation import meant


@pytest.mark.parametrize(
    ("history", "question", "stands_alone"),
    [
        ("Who built the ferries?", "where?", "Where did they build the ferries?"),
        ("Who refused the money?", "to whom?", "To whom did they refuse the money?"),
        ("Which country funds the panel?", "since when?", "Since when does the country fund the panel?"),
        ("Which laptop was stolen?", "where?", "Where was the laptop stolen?"),
        ("Who is against noise?", "why?", "Why are they against noise?"),
        ("How many people work in Bergen?", "since when?", "Since when do people work in Bergen?"),
        ("Did she hire women?", "how many?", "How many women did she hire?"),
        ("What does she use for email?", "why?", "Why does she use that for email?"),
        ("What did she do?", "where?", "Where did she do that?"),
        ("How long did the tests last?", "why?", "Why did the tests last so long?"),
        ("When will the ferries be ready?", "why so late?", "Why will the ferries be ready so late?"),
        ("Who headlined the show?", "when?", "When (headlined the show)?"),
        ("Does Norway pay?", "who?", "Who does Norway pay?"),
        ("Does Norway hire women?", "who?", "Who (women)?"),
    ],
)
def test_a_bare_question_word_asks_for_more_of_what_was_done_in_whole_sentences(
    history: str, question: str, stands_alone: str
) -> None:
    assert meant(question, history).question == stands_alone


def test_a_noun_after_a_name_belongs_to_it() -> None:
    history = "What did she say about the Denmark ferry?"
    assert meant("when did it stop?", history).question == "When did the Denmark ferry stop?"


def test_a_word_after_did_and_who_did_it_is_a_verb_whether_it_is_known_or_not() -> None:
    assert meant("why?", "What did Grace headline?").question == "Why did Grace headline that?"
    assert (
        meant("does she still have it?", "Did he headline concerts?").question == "Does she still have it (concerts)?"
    )


@pytest.mark.parametrize(
    ("history", "question", "stands_alone"),
    [
        (["Where does she live?"], "what about her bike?", "What about her bike?"),
        (["How many Danes support Norway?"], "and Swedes?", "How many Swedes support Norway?"),
        (["Did Denmark threaten to leave Norway?"], "and Sweden?", "Did Sweden threaten to leave Norway?"),
        (["Is the recorder heavy?"], "and the others?", "Are the others heavy?"),
        (["How fast is the ferry?"], "what about Norway?", "What about Norway?"),
        (["What does she use for email?"], "and before that?", "What did she use for email before that?"),
        (
            ["What is HNP doing in Norway?"],
            "what about Denmark?",
            "What is HNP (Harbour Noise Panel) doing in Denmark?",
        ),
        (["What is Norway doing in the Arctic?"], "what about the Baltic?", "What is Norway doing in the Baltic?"),
        (["How does HNP see Norway?"], "and Denmark?", "How does HNP (Harbour Noise Panel) see Denmark?"),
        (["Who paid for the tests in Bergen?"], "the tests in Esbjerg?", "Who paid for the tests in Esbjerg?"),
        (["What did Hald say about Norway?"], "and Denmark?", "What did Hald say about Denmark?"),
    ],
)
def test_a_question_is_asked_of_something_else_where_it_has_a_place_for_it(
    history: list[str], question: str, stands_alone: str
) -> None:
    assert meant(question, *history).question == stands_alone


@pytest.mark.parametrize(
    ("history", "question", "stands_alone"),
    [
        ("Does Norway pay?", "did she explain that?", "Why does Norway pay?"),
        ("Does Norway pay?", "did she say why?", "Why does Norway pay?"),
        ("Does Norway pay?", "what did she mean by that?", "Does Norway pay?"),
        ("What is the noise panel?", "can she prove it?", "What is the noise panel?"),
    ],
)
def test_to_explain_or_prove_that_is_to_say_why(history: str, question: str, stands_alone: str) -> None:
    assert meant(question, history).question == stands_alone


def test_anything_about_something_asks_of_it_alone() -> None:
    assert meant("anything about Denmark?", "Who did she meet in Bergen?").question == "anything about Denmark?"


def test_the_interview_that_says_something_is_not_what_it_says_something_about() -> None:
    asked = "This interview mentions Norway. What does it say about ferries?"
    assert meant(asked).question == "What does it say about ferries?"


@pytest.mark.parametrize(
    ("history", "question", "stands_alone"),
    [
        ("When did Grace found the panel?", "what does she earn?", "What does Grace earn?"),
        ("What did Tom say about Norway?", "what did he say about noise?", "What did Tom say about noise?"),
        ("What did Tom say about Grace?", "what did he say about noise?", "what did he say about noise?"),
        ("What did Ines ask?", "what did she say about noise?", "what did she say about noise?"),
    ],
)
def test_of_several_who_answer_she_is_the_one_named_last(history: str, question: str, stands_alone: str) -> None:
    assert meant(question, history).question == stands_alone


def test_after_an_aside_the_question_before_it_goes_on() -> None:
    assert meant("what about recorders?", "Does she like ferries?", "why not?").question == "Does she like recorders?"


def test_why_not_asks_for_what_was_denied() -> None:
    asked = "Did she want to go to Denmark?"
    assert meant("why not?", asked, "how much did it cost?").question == "Why did she not want to go to Denmark?"


@pytest.mark.parametrize(
    ("history", "question", "stands_alone"),
    [
        ("Did she go to Denmark?", "how much did it cost?", "How much did it cost (Denmark)?"),
        ("Did she visit Bergen?", "what did they talk about?", "What did they talk about (Bergen)?"),
        ("What is the HNP study?", "do they agree?", "Do they agree (the HNP (Harbour Noise Panel) study)?"),
        ("What did she say about ferries?", "is it loud?", "Is it loud (ferries)?"),
        ("What did she say about Norway?", "and what does he answer?", "What does he answer (Norway)?"),
    ],
)
def test_what_does_not_agree_with_a_pronoun_stands_beside_it_in_parentheses(
    history: str, question: str, stands_alone: str
) -> None:
    assert meant(question, history).question == stands_alone


@pytest.mark.parametrize(
    ("history", "question", "stands_alone"),
    [
        (["What did his father do?"], "when did he die?", "When did his father die?"),
        (["What did his father do?", "when did he die?"], "and his mother?", "When did his mother die?"),
        (["Where did she meet her husband?"], "what does he do?", "What does her husband do?"),
        (["Who is against noise?"], "did she say so?", "Did she say so (noise)?"),
    ],
)
def test_relatives_are_people_and_who_is_against_something_is_nobody_yet(
    history: list[str], question: str, stands_alone: str
) -> None:
    assert meant(question, *history).question == stands_alone


@pytest.mark.parametrize("question", ["shorter please", "what about?", "is there anything else?"])
def test_more_or_less_of_the_same_asks_the_last_question_again(question: str) -> None:
    assert meant(question, "What did she say about ferries?").question == "What did she say about ferries?"


def test_why_something_is_so_goes_on_from_what_was_asked_and_from_thing_to_thing() -> None:
    sea = "what did she say about the Arctic?"
    assert meant("why is it important?", sea).question == "Why is the Arctic important?"
    assert meant("why is this important?", sea).question == "Why is the Arctic important?"
    assert meant("what about Norway?", sea, "why is it important?").question == "Why is Norway important?"
    assert meant("is it important to train there?", sea).question.startswith("Is it important to train")


@pytest.mark.parametrize(
    ("history", "question", "stands_alone"),
    [
        (["What did Grace Okafor say about Norway?"], "what about Tom?", "What did Tom say about Norway?"),
        (["What did Okafor say about Norway?"], "and Tom Reyes?", "What did Tom Reyes say about Norway?"),
        (["What laptop does Grace Okafor use?"], "and Tom?", "What laptop does Tom use?"),
        (
            ["What laptop does Grace Okafor use?", "and recorder?"],
            "what about Tom Reyes?",
            "What recorder does Tom Reyes use?",
        ),
        (["What is Ms. Okafor's view on Norway?"], "and Tom's?", "What is Tom's view on Norway?"),
        (["What did Grace say about Norway?"], "and about Tom?", "What did Grace say about Tom?"),
    ],
)
def test_a_speaker_gives_way_to_another_by_the_whole_name(history: list[str], question: str, stands_alone: str) -> None:
    assert meant(question, *history).question == stands_alone


@pytest.mark.parametrize(
    ("history", "question", "stands_alone"),
    [
        (
            "How much did the laptop (Nagra G14) cost?",
            "and the previous one?",
            "How much did the previous laptop cost?",
        ),
        (
            "How much did the laptop (Nagra G14) cost?",
            "and in 2020?",
            "How much did the laptop (Nagra G14) cost in 2020?",
        ),
        ("How old is the blue Nagra?", "and the second one?", "How old is the second Nagra?"),
        ("How old is it (the laptops)?", "and the second one?", "How old is the second laptop?"),
        ("Why does she like the laptop (the Nagra)?", "and the mouse?", "Why does she like the mouse?"),
        ("Does she like the version (Nagra)?", "and Wayland?", "What about Wayland?"),
        ("Is the laptop (Nagra) her first one?", "what happened to the last one?", "What happened to the last laptop?"),
    ],
)
def test_another_one_is_another_of_the_kind_and_loses_the_name_of_the_first(
    history: str, question: str, stands_alone: str
) -> None:
    assert meant(question, history).question == stands_alone


@pytest.mark.parametrize(
    ("history", "question", "stands_alone"),
    [
        (["What did Hald say?", "who is he?"], "does she agree?", "Does she agree (Hald)?"),
        (["Who is Hald?", "did she meet him?"], "what does she think?", "What does she think about Hald?"),
        (["What did Hald say?", "what about his daughter?"], "how old is she?", "How old is Hald's daughter?"),
        (["How did he meet his girlfriend?"], "what's her name?", "What is his girlfriend's name?"),
        (["What did he do with his father?"], "what is his name?", "what is his name?"),
        (["Is Hald a teacher?"], "what does he do now?", "What does Hald do now?"),
        (["What did Hald say about ferries?"], "why does he own one?", "Why does Hald own a ferry?"),
        (["What did Hald say about the Nagra?"], "why does he use it?", "Why does Hald use the Nagra?"),
        (["What did Hald say about the Nagra?"], "does he like its sound?", "Does Hald like the Nagra's sound?"),
    ],
)
def test_every_pronoun_is_put_in_words_and_nobody_is_both_he_and_she(
    history: list[str], question: str, stands_alone: str
) -> None:
    assert meant(question, *history).question == stands_alone


@pytest.mark.parametrize(
    ("history", "question", "stands_alone"),
    [
        (["How much will the ferries spend?"], "who agreed to that?", "Who agreed to that (the ferries will spend)?"),
        (
            ["How much will the ferries spend?", "by when?", "who agreed to that?"],
            "did Norway support it?",
            "Did Norway support it (the ferries will spend)?",
        ),
        (["Did Mayor Hald resign?"], "who agreed to that?", "Who agreed to that (Mayor Hald did resign)?"),
        (["Does she think Norway will pay?"], "does Denmark agree?", "Does Denmark agree (Norway will pay)?"),
        (
            ["Does she think Norway will pay?", "does Denmark agree?"],
            "and Sweden?",
            "Does Sweden agree (Norway will pay)?",
        ),
        (["When did the study start?"], "who paid for it?", "Who paid for the study?"),
        (["What happened in 2015?"], "how long did that last?", "How long did that last (2015)?"),
        (["Is Norway a member?"], "when did it join?", "When did Norway join?"),
    ],
)
def test_after_what_is_done_to_nothing_that_is_the_deed(history: list[str], question: str, stands_alone: str) -> None:
    assert meant(question, *history).question == stands_alone


@pytest.mark.parametrize(
    ("history", "question", "stands_alone"),
    [
        (["Was the treaty signed?"], "did she say when?", "When was the treaty signed?"),
        (["Was the treaty signed?", "did she say when?"], "did she say where?", "Where was the treaty signed?"),
        (["How does Norway help Denmark?"], "did she say how much?", "How much does Norway help Denmark?"),
        (["Who built the ferries?"], "does she explain why?", "Why did they build the ferries?"),
        (["Does she think Norway will pay?"], "what makes her think so?", "Why does she think Norway will pay?"),
        (
            ["What did she say about Norway?", "when did it join?"],
            "what else did she say?",
            "What did she say about Norway?",
        ),
        (["What did she say about Norway?"], "is it true?", "What did she say about Norway?"),
        (["Which laptop does she use?", "since when?"], "anything else?", "Which laptop does she use?"),
        (["What was she asked about ferries?"], "what did she answer?", "What did she say about ferries?"),
        (["How old are the ferries?"], "what did Grace say to that?", "What did Grace say about the ferries?"),
        (["What did Tom say about ferries?"], "what did Grace say to that?", "What did Grace say about ferries?"),
    ],
)
def test_to_say_when_is_to_answer_when_and_to_say_more_is_to_say_it_of_what_was_spoken_of(
    history: list[str], question: str, stands_alone: str
) -> None:
    assert meant(question, *history).question == stands_alone


@pytest.mark.parametrize(
    ("history", "question", "stands_alone"),
    [
        (["How can ferries be muffled?"], "and noise?", "How can noise be muffled?"),
        (["Did his son finish the project?"], "and his daughter?", "Did his daughter finish the project?"),
        (["What is his girlfriend's name?"], "what about his knee?", "What about his knee?"),
        (["How often does Hald travel?"], "and medication?", "What about medication?"),
        (["How old is his son?"], "and daughter?", "How old is his daughter?"),
        (["How much is the laptop?"], "and mouse?", "How much is the mouse?"),
        (["Does he take his medication?"], "and vitamins?", "Does he take vitamins?"),
        (["Are open recorders good?"], "and the Nagra?", "Is the Nagra good?"),
        (["Does she use Linux?"], "which one?", "Which Linux does she use?"),
        (["How long was he in hospital?"], "and out of work?", "How long was he out of work?"),
        (["How long was he in hospital?", "and out of work?"], "why?", "Why was he out of work so long?"),
        (["What browser does she use?"], "and for mail?", "What does she use for mail?"),
        (["What is her dream setup?"], "why?", "Why (her dream setup)?"),
        (["What is her dream setup?", "why?"], "what about energy?", "What about energy?"),
        (["Who did she meet in Bergen?"], "when was that?", "When did she meet them in Bergen?"),
        (["What did they talk about (Bergen)?"], "and in Esbjerg?", "What did they talk about in Esbjerg?"),
        (["What did she say about Bergen?"], "when was that?", "When was that (Bergen)?"),
        (["What did she say about Bergen?", "when was that?"], "and Norway?", "What did she say about Norway?"),
        (
            ["What did she say about Sweden?", "and Finland's contribution?"],
            "when did they join?",
            "When did Sweden and Finland join?",
        ),
    ],
)
def test_a_question_is_asked_in_whole_sentences_or_not_at_all(
    history: list[str], question: str, stands_alone: str
) -> None:
    assert meant(question, *history).question == stands_alone


def conversation(*lines: tuple[str, Role, str]) -> Interview:
    text, turns = "", []
    for speaker, role, line in lines:
        turns.append(Turn(len(text), len(text) + len(line), speaker, role))
        text += f"{line}\n\n"
    return Interview("made-up", text, tuple(turns), "Made up")


PODCAST = conversation(
    ("Daniel Moss", Role.INTERVIEWER, "Welcome, Raj. With me is Chris Lund. Do you like Bing, Raj?"),
    ("Rajiv Mehta", Role.INTERVIEWEE, "I like Bing. I use Next.js, and my friend Ann Lee runs the JS club."),
    ("Chris Lund", Role.INTERVIEWER, "I never liked Bing. And ferries, Raj?"),
)
FARMERS = conversation(
    ("Nadia Khan", Role.INTERVIEWER, "What did the flood take?"),
    ("Owen Hughes", Role.INTERVIEWEE, "The Derwent took the dams. The minister, Claire Dunmore, paid for new dams."),
    ("Beth Tolley", Role.INTERVIEWEE, "My brother lost his house, and I lost forty sheep."),
)


@pytest.mark.parametrize(
    ("history", "question", "stands_alone"),
    [
        (["What does Raj think of Bing?"], "and chris?", "What does chris think of Bing?"),
        (["Did Chris mention Bing?"], "what about raj", "Did raj mention Bing?"),
        (["Did Chris mention Bing?"], "what did he say about it?", "What did Chris say about Bing?"),
        (["Did Chris mention Bing?", "and Raj?"], "what did he say about it?", "What did he say about Bing?"),
        (["What does Raj say about Bing?"], "why?", "Why does Raj say that about Bing?"),
        (["What was Raj asked about Bing?"], "what did Chris say?", "What did Chris say about Bing?"),
        (["Where does he work?"], "what about Chris?", "Where does Chris work?"),
        (["What is he doing now?"], "and Chris?", "What is Chris doing now?"),
        (["Does he code?", "which language?"], "and Chris?", "Does Chris code?"),
        (["Does his friend like ferries?"], "back to Raj: where does he work?", "Where does he work?"),
    ],
)
def test_hosts_and_guests_are_told_apart_by_whatever_name_they_go(
    history: list[str], question: str, stands_alone: str
) -> None:
    assert understand(question, history, [PODCAST]).question == stands_alone


@pytest.mark.parametrize(
    ("history", "question", "stands_alone"),
    [
        (["What does Beth do?", "and Owen?"], "where's her farm?", "Where is Beth's farm?"),
        (["What did Beth lose?", "and her brother?"], "where did he live?", "Where did Beth's brother live?"),
        (["What did Beth's brother lose?"], "what's his name?", "What is Beth's brother's name?"),
        (["What do Owen's dams cost?"], "does he like them?", "Does Owen like the dams?"),
        (["Does Owen disagree (dams)?"], "why does he disagree?", "Why does Owen disagree (dams)?"),
        (
            ["Who is Claire Dunmore?", "did Owen meet her?"],
            "what does he want from her?",
            "What does Owen want from {}?",
        ),
        (["What did the minister pay for?"], "who is that?", "Who is the minister?"),
        (["Does Beth agree?"], "what makes her say that?", "Why does Beth agree?"),
    ],
)
def test_of_a_panel_he_and_she_are_whoever_goes_by_such_a_first_name(
    history: list[str], question: str, stands_alone: str
) -> None:
    assert understand(question, history, [FARMERS]).question == stands_alone.format("Claire Dunmore")


@pytest.mark.parametrize(
    ("question", "stands_alone"),
    [
        ("back to Bergen - when was she there?", "When was she in Bergen?"),
        ("ok. back to the ferries: who builds them?", "Who builds the ferries?"),
        ("going back to the Nagra: does she like ferries?", "Does she like ferries (the Nagra)?"),
        ("as for Norway, who pays?", "Who pays (Norway)?"),
        ("let's go back to ferries", "What about ferries?"),
    ],
)
def test_whoever_goes_back_to_something_asks_of_that(question: str, stands_alone: str) -> None:
    assert meant(question, "What did she say about Denmark?", "Who lives in Esbjerg?").question == stands_alone


@pytest.mark.parametrize(
    ("history", "question", "stands_alone"),
    [
        (["What is the panel?"], "where's that based?", "Where is the panel based?"),
        (
            ["What did she say about noise spending?"],
            "does she think it's high?",
            "Does she think noise spending is high?",
        ),
        (
            ["What did she say about noise spending?"],
            "when does it have to rise?",
            "When does noise spending have to rise?",
        ),
        (["What's her study about?"], "where?", "Where (her study)?"),
        (["Who's her adviser?"], "which laptop does she use?", "which laptop does she use?"),
        (["Who's her adviser?"], "what about recorders?", "What about recorders?"),
        (["Is the Nagra for sale?"], "who wants to sell it?", "Who wants to sell the Nagra?"),
        (["Where is she doing her thesis?"], "who supervises it?", "Who supervises her thesis?"),
        (["How is the Nagra different?"], "what about price?", "What about the price of the Nagra?"),
        (["Who is the CTO?", "what did he build?"], "is it open source?", "is it open source?"),
        (["What is Norway?", "and Denmark?"], "which one pays?", "Which of Norway and Denmark pays?"),
        (["Does she like open source?"], "what are the drawbacks?", "What are the drawbacks of open source?"),
        (["Does she use the Nagra?"], "ok thx. now ferries", "Does she use ferries?"),
    ],
)
def test_what_a_question_is_about_is_known_whole_and_in_full(
    history: list[str], question: str, stands_alone: str
) -> None:
    assert meant(question, *history).question == stands_alone


@pytest.mark.parametrize(
    ("history", "question", "stands_alone"),
    [
        (["What does she drink?"], "how does she make it?", "how does she make it?"),
        (["What did she say about ferries?", "what does she want?"], "did she get it?", "did she get it?"),
        (["Where was she before Bergen?"], "what did she do there?", "what did she do there?"),
        (["Does she like ferries?"], "what is he?", "what is he?"),
    ],
)
def test_what_only_the_answer_names_is_not_taken_for_what_was_asked_before(
    history: list[str], question: str, stands_alone: str
) -> None:
    assert meant(question, *history).question == stands_alone


@pytest.mark.parametrize(
    ("history", "question", "stands_alone"),
    [
        (["How much is a ticket?"], "and for children?", "How much is a ticket for children?"),
        (["How much is a ticket?", "and for children?"], "students?", "How much is a ticket for students?"),
        (["How much did the laptop cost?"], "and the one before?", "How much did the previous laptop cost?"),
        (["Who paid for the roof?"], "and the council?", "What about the council?"),
        (["Who paid for the roof?", "and the council?"], "who else?", "Who else paid for the roof?"),
        (["Who paid for the gates?"], "and the roof?", "Who paid for the roof?"),
        (["How did they raise money?"], "how much?", "How much money did they raise?"),
        (["How many recorders do they have (Bergen)?"], "which ones?", "Which recorders do they have (Bergen)?"),
        (["What did she say to the mayor?", "which model?"], "who paid for it?", "Who paid for the model?"),
        (["What does she think of the US?"], "are they committed?", "Are they committed (the US)?"),
    ],
)
def test_what_is_asked_next_has_its_own_place_in_the_question(
    history: list[str], question: str, stands_alone: str
) -> None:
    assert meant(question, *history).question == stands_alone


@pytest.mark.parametrize(
    ("typed", "question", "whose", "whom"),
    [
        ("Raj asked about ferries?", "What was Raj asked about ferries?", (), "Rajiv Mehta"),
        ("what was raj asked", "what was raj asked", (), "Rajiv Mehta"),
        ("Chris asked about ferries?", "What did Chris ask about ferries?", ("Chris Lund",), None),
        ("Chris asked Raj about ferries?", "What did Chris ask Raj about ferries?", ("Chris Lund",), "Rajiv Mehta"),
        ("Chris asked about what?", "What did Chris ask?", ("Chris Lund",), None),
        ("Ann Lee asked about ferries?", "Ann Lee asked about ferries?", (), None),
    ],
)
def test_somebody_asked_about_something_is_a_guest_who_was_and_a_host_who_did(
    typed: str, question: str, whose: tuple[str, ...], whom: str | None
) -> None:
    found = understand(typed, (), [PODCAST])
    assert (found.question, found.speakers, found.subject) == (question, whose, whom)


def test_on_the_panel_is_where_somebody_is_not_whose_words_are_wanted() -> None:
    assert understand("why's Owen on the panel?", (), [FARMERS]).speakers == ()
    assert understand("Owen on the panel", (), [FARMERS]).speakers == ("Owen Hughes",)


def test_what_another_thinks_is_asked_about_what_the_question_before_is_about() -> None:
    history = ["what's Owen's view on dams?"]
    found = understand("what does Beth think?", history, [FARMERS])
    assert (found.question, found.speakers) == ("What does Beth think about dams?", ("Beth Tolley",))
