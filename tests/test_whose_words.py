"""Nobody's words are given for another's, and what an interviewer says is found as an interviewer's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rag.conversation import Intent, understand
from rag.datatypes import Answer, Finding, Interview, Status
from rag.library import Library
from rag.parsing import read
from rag.seeds import seed_interviews
from rag.verification import verify

PANEL = """\
Mara Lindley (host): Welcome. I'm Mara Lindley, and with me are Jack Fennimore, who ran newspapers, and Priya Raman, \
an economist at Leeds. Jack, why did you sell your papers?

Jack Fennimore: The banks wanted their money back. I sold nineteen titles in one afternoon, which I regret.

Mara Lindley: Priya, should Google and Facebook pay for news?

Priya Raman: A levy on advertising of two per cent would do. Norway has oil, we have Google. My view is that we need \
public money, and I say that as an economist.

Jack Fennimore: I'd rather starve than take public money. My grandfather founded the Selby Times in 1911.

Mara Lindley: Jack, how does the Selby Times make its money today?

Jack Fennimore: Members. We have 2,300 of them, and they pay four pounds a month each.

Mara Lindley: Do you want to end with a word on the weather forecast?

Priya Raman: No, thank you.
"""


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> Interview:
    path: Path = tmp_path_factory.mktemp("panel") / "panel.txt"
    path.write_text(PANEL, encoding="utf-8")
    return read(path)


@pytest.fixture(scope="module")
def library(panel: Interview) -> Library:
    return Library.of([panel])


@pytest.fixture(scope="module")
def shipped() -> Library:
    return Library.of(seed_interviews())


def speakers(answer: Answer) -> set[str | None]:
    return {quote.speaker for quote in answer.quotes}


@pytest.mark.parametrize(
    ("question", "speaker", "subject"),
    [
        ("Did Jack mention Norway?", "Jack Fennimore", None),
        ("What's Fennimore's view on public money?", "Jack Fennimore", None),
        ("In Priya's opinion, who should pay?", "Priya Raman", None),
        ("Why did Jack sell his papers?", None, "Jack Fennimore"),
        ("where does priya work?", None, "Priya Raman"),
        ("Does Mara use Google?", None, "Mara Lindley"),
        ("What did they tell Mara?", None, None),
        ("Why does Jack disagree with Priya?", "Jack Fennimore", None),
        ("When did Jack meet Priya?", None, None),
        ("Who founded the Selby Times?", None, None),
    ],
)
def test_a_question_names_whose_words_it_wants_or_whom_it_is_about(
    panel: Interview, question: str, speaker: str | None, subject: str | None
) -> None:
    meant = understand(question, (), [panel])
    assert (meant.speakers, meant.subject) == ((speaker,) if speaker else (), subject)


@pytest.mark.models
@pytest.mark.parametrize(
    "question", ["Did Jack mention Norway?", "Did Jack talk about a levy?", "What is Jack's view on a levy?"]
)
def test_what_another_guest_says_is_no_answer(library: Library, question: str) -> None:
    assert "Priya Raman" not in speakers(library.ask(question))


@pytest.mark.models
def test_a_question_about_one_guest_is_answered_by_that_guest_or_by_who_names_them(library: Library) -> None:
    answer = library.ask("When did Jack's grandfather found the Selby Times?")
    assert (answer.status, speakers(answer)) == (Status.ANSWERED, {"Jack Fennimore"})
    assert "Jack Fennimore" not in speakers(library.ask("Which view does Priya hold on public money?"))


@pytest.mark.models
@pytest.mark.parametrize("pasted", ['Jack said "Norway has oil"', '"Norway has oil" - Jack'])
def test_a_short_quotation_with_a_name_beside_it_is_checked(library: Library, pasted: str) -> None:
    verdict = library.ask(pasted).verdict
    assert verdict is not None
    assert verdict.finding.value == "other_speaker"


@pytest.mark.models
def test_what_a_host_says_is_found_by_name_and_as_the_hosts(library: Library) -> None:
    answer = library.ask("What did Mara say about Facebook?")
    assert (answer.status, speakers(answer)) == (Status.ONLY_ASKED, {"Mara Lindley"})
    assert "Facebook" in answer.quotes[0].text
    assert answer.note == "The interviewer's own words:"


@pytest.mark.models
@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("What was he asked?", "why did you sell your papers?"),
        ("What did the host ask?", "why did you sell your papers?"),
        ("What was the first question?", "why did you sell your papers?"),
        ("What was the last question?", "weather forecast?"),
        ("What did the host ask about Google?", "Google and Facebook"),
    ],
)
def test_what_was_asked_is_listed_or_found(library: Library, question: str, asked: str) -> None:
    answer = library.ask(question)
    assert (answer.status, speakers(answer)) == (Status.ONLY_ASKED, {"Mara Lindley"})
    assert asked in answer.quotes[0].text
    assert answer.note == "What the interviewer asked:"


@pytest.mark.models
def test_the_reply_to_the_same_question_is_offered(library: Library) -> None:
    answer = library.ask("How does the Selby Times make its money today?")
    assert answer.status is Status.ANSWERED
    assert answer.quotes[0].text.startswith("Members.") or "2,300" in answer.quotes[0].text


@pytest.mark.models
def test_a_question_that_asks_who_somebody_is_wants_all_that_is_said_of_them(
    library: Library, panel: Interview
) -> None:
    meant = understand("Who is John Resig?", (), [panel])
    assert (meant.intent, meant.wording) == (Intent.TOPIC, "What did they say about John Resig?")
    assert library.ask("Who is John Resig?").status is Status.NOT_FOUND


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("What was Priya asked about news?", "Priya, should Google and Facebook pay for news?"),
        ("What did Mara ask Jack about money?", "Jack, how does the Selby Times make its money today?"),
        (
            "What did the host say about the weather forecast?",
            "Do you want to end with a word on the weather forecast?",
        ),
    ],
)
def test_what_one_of_several_guests_was_asked_is_found(library: Library, question: str, asked: str) -> None:
    answer = library.ask(question)
    assert answer.status is Status.ONLY_ASKED
    assert asked in [quote.text for quote in answer.quotes]
    assert speakers(answer) == {"Mara Lindley"}


def test_of_several_guests_each_was_asked_what_comes_before_their_words(library: Library) -> None:
    asked = [quote.text for quote in library.ask("What was Priya asked?").quotes]
    assert "Priya, should Google and Facebook pay for news?" in asked
    assert "Jack, how does the Selby Times make its money today?" not in asked


@pytest.mark.models
@pytest.mark.parametrize("what", ["TRIPP", "China", "peacekeeping"])
def test_the_only_guest_named_is_she(shipped: Library, what: str) -> None:
    named, she = (shipped.ask(f"What did {who} say about {what}?") for who in ("Shekerinska", "she"))
    assert named.status is she.status is Status.ONLY_ASKED
    assert [q.text for q in named.quotes] == [q.text for q in she.quotes]
    assert speakers(named) == {"APA"}


@pytest.mark.models
def test_the_only_guest_may_be_named_where_what_she_was_asked_is_wanted(shipped: Library) -> None:
    about = shipped.ask("What was Radmila Shekerinska asked about China?")
    everything = shipped.ask("What did they ask Shekerinska?")
    assert "Russia, China, regional conflicts" in about.quotes[0].text
    assert len(everything.quotes) > len(about.quotes) > 0
    assert speakers(about) == speakers(everything) == {"APA"}


@pytest.mark.models
def test_two_who_are_named_answer_and_nobody_else(library: Library) -> None:
    both = library.ask("What did Jack and Priya say about public money?")
    assert speakers(both) == {"Jack Fennimore", "Priya Raman"}
    assert speakers(library.ask("What did Jack and Mara say about Norway?")) <= {"Jack Fennimore", "Mara Lindley"}


@pytest.mark.models
def test_what_a_guest_was_not_asked_is_not_shown_for_that_guest(library: Library) -> None:
    assert library.ask("What did Jack say about the weather forecast?").quotes == ()
    assert "weather forecast" in library.ask("What did Priya say about the weather forecast?").quotes[0].text


def test_what_was_asked_of_the_host_is_nothing(library: Library) -> None:
    assert library.ask("What was Mara asked?").status is Status.NOT_FOUND


def test_what_the_host_does_not_say_is_not_answered_with_a_guests_words(library: Library) -> None:
    answer = library.ask("What did the host say about the levy on advertising?")
    assert answer.status is Status.NOT_FOUND
    assert answer.quotes == ()


SURNAMES = """\
Host: With me are Councillor Beatrice Lund and the economist Dr. Samuel Okoye. Should the airport close?

Lund: Close it, yes. My ward is under the flight path, and the school on Mill Road can't open a window.

Okoye: I'd keep it open. The airport carries nine hundred jobs. Beatrice is right about the noise.

Host: You lost four seats in two elections at Harwick, Beatrice. Did you expect that?

Lund: Nobody expects a storm in the second week of May, and we certainly didn't.

Okoye: Councillor Lund is too modest. I took the bus here.
"""


@pytest.fixture(scope="module")
def surnames(tmp_path_factory: pytest.TempPathFactory) -> Interview:
    path: Path = tmp_path_factory.mktemp("surnames") / "airport.txt"
    path.write_text(SURNAMES, encoding="utf-8")
    return read(path)


@pytest.mark.parametrize(
    ("history", "question", "meant"),
    [
        ((), "What did Samuel say about the school?", "What did Okoye say about the school?"),
        ((), "what was beatrice asked?", "what was Lund asked?"),
        ((), "Where is Beatrice Lund's ward?", "Where is Lund's ward?"),
        ((), "What did the councillor say?", "What did the councillor say?"),
        (("What did Beatrice say about noise?",), "and Samuel?", "What did Okoye say about noise?"),
    ],
)
def test_a_speaker_labelled_by_surname_is_known_by_the_first_name_that_the_interview_tells(
    surnames: Interview, history: tuple[str, ...], question: str, meant: str
) -> None:
    understood = understand(question, history, [surnames])
    assert understood.question == meant
    assert "councillor" in question or {*understood.speakers, understood.subject} & {"Lund", "Okoye"}


@pytest.mark.parametrize(
    "other",
    ["We read Samuel Beckett at school.", "I know him and Thomas Okoye well.", "Ask Samuel: a samuel is a coin."],
)
def test_a_first_name_that_may_be_another_persons_is_nobodys(surnames: Interview, other: str) -> None:
    text = surnames.text.replace("I took the bus here.", other)
    changed = replace(surnames, text=text, turns=(*surnames.turns[:-1], replace(surnames.turns[-1], end=len(text))))
    assert understand("What did Samuel say?", (), [changed]).question == "What did Samuel say?"


@pytest.mark.parametrize(
    ("pasted", "finding"),
    [
        ('Samuel said "I took the bus here"', Finding.EXACT),
        ('"I took the bus here." - Beatrice', Finding.OTHER_SPEAKER),
        ('"Close it, yes," said Beatrice.', Finding.EXACT),
    ],
)
def test_a_quotation_attributed_by_first_name_is_checked_against_the_one_so_called(
    surnames: Interview, pasted: str, finding: Finding
) -> None:
    assert verify(pasted, [surnames]).finding is finding
    assert understand(pasted, (), [surnames]).intent is Intent.QUOTATION


@pytest.mark.models
def test_the_reply_to_another_question_answers_nothing_that_the_interviewer_stated_before_it(
    surnames: Interview,
) -> None:
    answer = Library.of([surnames]).ask("How many seats were lost in two elections at Harwick?")
    assert (answer.status, speakers(answer)) == (Status.ONLY_ASKED, {"Host"})
    assert "four seats" in answer.quotes[0].text


COMPANY = """\
Mara Lindley: My guest today is Ines Moreau, who founded Paperboat. Ines, how did it begin?

Ines Moreau: We launched in March 2014, out of a garage in Lille, with two desks and a kettle.

Mara Lindley: Viktor Dahl was there from the beginning, wasn't he?

Ines Moreau: Mr. Dahl was our first engineer. He wrote the whole billing system in a summer.

Mara Lindley: How long did it take to pay for itself?

Ines Moreau: Five years. We became profitable in the spring of 2019.
"""


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Library:
    path: Path = tmp_path_factory.mktemp("company") / "company.txt"
    path.write_text(COMPANY, encoding="utf-8")
    return Library.of([read(path)])


@pytest.mark.models
def test_whoever_an_interviewer_names_in_full_may_be_called_by_the_surname(company: Library) -> None:
    answer = company.ask("Who is Viktor Dahl?")
    assert (answer.status, speakers(answer)) == (Status.ANSWERED, {"Ines Moreau"})
    assert answer.quotes[0].text == "Mr. Dahl was our first engineer. He wrote the whole billing system in a summer."
