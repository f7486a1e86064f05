"""What an interviewer asks is answered by the reply to it, and what only the question names is found there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.datatypes import Answer, Role, Status
from rag.library import Library
from rag.parsing import ParseOptions, read

pytestmark = pytest.mark.models

LIFE = """\
Interviewer: What was your grandfather like?

Nell Pascoe: Short. Silent. He had one eye, the other he had left at Passchendaele. He taught me by hitting my wrists
with a wooden spoon, and I loved him more than anybody.

Interviewer: Tell me about the strike.

Nell Pascoe: It lasted nine weeks. We asked for three things: a second break, gloves, and a penny an hour. We got the
gloves.

Interviewer: Do you still burn driftwood in the kiln?

Nell Pascoe: No. Not since 2008. There's plastic in it now, some rope or net in every branch.

Interviewer: You went to London, with the Arts Council behind you. Were you happy there?

Nell Pascoe: I was cold. My grandfather wrote every week, and my grandfather never wrote to anybody else.

Interviewer: Did you keep a diary?

Nell Pascoe: No, never.

Interviewer: What would you advise a young potter?

Nell Pascoe: Two things. Dig your own clay. Never borrow from family. I burned driftwood for thirty years, and it taught
me patience, which you can't buy.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    path: Path = tmp_path_factory.mktemp("life") / "life.txt"
    path.write_text(LIFE, encoding="utf-8")
    with Library.of([read(path)]) as library:
        yield library


def opening(answer: Answer) -> str:
    """Return how the first quote begins, which is the guest's, in an answer."""
    assert answer.status is Status.ANSWERED
    assert answer.quotes[0].role is Role.INTERVIEWEE
    return answer.quotes[0].text[:30]


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("What was her grandfather like?", "Short. Silent. He had one eye"),
        ("Does she still burn driftwood in the kiln?", "No. Not since 2008."),
        ("What would she advise a young potter?", "Two things. Dig your own clay."),
    ],
)
def test_what_the_interviewer_asks_in_the_same_words_is_answered_by_the_reply(
    library: Library, question: str, begins: str
) -> None:
    assert opening(library.ask(question)).startswith(begins)


@pytest.mark.parametrize("question", ["What did she say about the strike?", "the strike", "Tell me about the strike."])
def test_a_topic_that_only_the_question_names_is_answered_by_the_reply_and_doubtfully(
    library: Library, question: str
) -> None:
    answer = library.ask(question)
    assert opening(answer).startswith("It lasted nine weeks.")
    assert answer.unsure


def test_a_name_that_only_the_interviewer_says_is_told_as_such_and_the_reply_offered(library: Library) -> None:
    answer = library.ask("What did she say about the Arts Council?")
    assert answer.status is Status.ONLY_ASKED
    assert "Arts Council" in answer.quotes[0].text


def test_a_reply_that_tells_nothing_answers_nothing(library: Library) -> None:
    answer = library.ask("What did she say about a diary?")
    assert answer.status is Status.ONLY_ASKED
    assert "No, never." in [quote.text for quote in answer.closest]


def test_the_reply_to_a_question_that_names_a_topic_stands_beside_what_names_it(library: Library) -> None:
    answer = library.ask("What did she say about her grandfather?")
    assert any("Short." in quote.text for quote in answer.quotes)
    assert any("wrote every week" in quote.text for quote in answer.quotes)


@pytest.mark.parametrize("question", ["Who asked about the strike?", "What was the interviewer's first question?"])
def test_who_asked_is_told_with_the_question(library: Library, question: str) -> None:
    answer = library.ask(question)
    assert answer.status is Status.ONLY_ASKED
    assert answer.quotes[0].role is Role.INTERVIEWER


def test_who_said_something_is_answered_with_it(library: Library) -> None:
    answer = library.ask("Who said that you should never borrow from family?")
    assert answer.status is Status.ANSWERED
    assert "Never borrow from family." in answer.quotes[0].text


PANEL = """\
Jon Ek: Welcome. Bo Tarn mends kettles, Ida Fenn designs them.

Mara Quill: Bo, do you make money with the kettles?

Bo Tarn: No! We lose about three thousand crowns a year, and the parish pays the rent.

Jon Ek: I read that the kettle levy was abolished in spring. Did that help?

Ida Fenn: It was halved, that is all, and the shops shut again within the year.

Mara Quill: What do you think of the new spout rule?

Bo Tarn: I think that it comes ten years too late for anybody who mends things.

Ida Fenn: It is a good rule, badly written, and nobody knows who may enforce it.

Jon Ek: Your mother was a tinker, Ida. Did she want you to mend kettles too?

Ida Fenn: She wanted me to be on time, and to have clean hands, which she never had.

Jon Ek: The comments below your videos are kind. Let's say that the workshop triples in size next winter.

Bo Tarn: Yeah.

Jon Ek: When did the foundry close?

Bo Tarn: In the autumn of 1964, on a Thursday, and they told us in the yard.

Mara Quill: Could the chimney have collapsed?

Bo Tarn: "Could" is a difficult word. With another winter like that one, yes.

Jon Ek: My aunt would faint. She was once scalded at a christening. How's it going, Mara?

Mara Quill: Well.

Ida Fenn: An old man in the yard asked who would turn off the furnace, and nobody knew.
"""


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    path: Path = tmp_path_factory.mktemp("panel") / "panel.txt"
    path.write_text(PANEL, encoding="utf-8")
    asking = ParseOptions(interviewers=("Mara Quill", "Jon Ek"), interviewees=("Bo Tarn", "Ida Fenn"))
    with Library.of([read(path, asking)]) as library:
        yield library


def test_what_one_guest_replied_is_no_answer_about_another(panel: Library) -> None:
    assert opening(panel.ask("Does Bo make money with the kettles?")).startswith("No! We lose")
    assert "lose" not in " ".join(quote.text for quote in panel.ask("Does Ida make money with the kettles?").quotes)


def test_all_who_reply_to_the_same_question_are_quoted(panel: Library) -> None:
    answer = panel.ask("What do they think of the new spout rule?")
    assert {quote.speaker for quote in answer.quotes} == {"Bo Tarn", "Ida Fenn"}


def test_a_question_about_what_was_stated_before_it_is_about_that_too(panel: Library) -> None:
    answer = panel.ask("What did she say about her mother?")
    assert opening(answer).startswith("She wanted me to be on time")
    assert answer.unsure


def test_a_nod_while_the_interviewer_goes_on_answers_nothing(panel: Library) -> None:
    answer = panel.ask("What if the workshop triples in size next winter?")
    assert "Yeah." not in [quote.text for quote in answer.quotes]


def test_a_time_is_no_reply_to_what_was_done(panel: Library) -> None:
    assert opening(panel.ask("When did the foundry close?")).startswith("In the autumn of 1964")
    assert panel.inquire("What did he do after the foundry closed?").decided.startswith("only the interviewer says")


def test_where_a_sentence_of_the_reply_is_doubtful_the_reply_is_quoted(panel: Library) -> None:
    assert "With another winter like that one, yes." in panel.ask("Could the chimney have collapsed?").quotes[0].text


def test_who_said_what_only_the_interviewer_states_is_told_as_the_interviewers(panel: Library) -> None:
    answer = panel.ask("Who said that the kettle levy was abolished?")
    assert answer.status is Status.ONLY_ASKED
    assert answer.quotes[0].speaker == "Jon Ek"


def test_an_interviewers_sentence_brings_whom_she_is(panel: Library) -> None:
    assert panel.ask("Who was scalded at a christening?").quotes[0].text.startswith("My aunt would faint. She was")


def test_who_asked_is_told_by_a_guest_where_no_interviewer_did(panel: Library) -> None:
    answer = panel.ask("Who asked who would turn off the furnace?")
    assert answer.status is Status.ANSWERED
    assert "An old man" in answer.quotes[0].text


def test_what_a_host_states_is_found_as_the_hosts_even_where_it_is_about_comments(panel: Library) -> None:
    answer = panel.ask("What did Jon say about comments?")
    assert answer.status is Status.ONLY_ASKED
    assert answer.quotes[0].text.startswith("The comments below your videos are kind.")


def test_a_question_that_calls_somebody_by_name_was_put_to_nobody_else(panel: Library) -> None:
    asked = [quote.text for quote in panel.ask("What was Ida asked?").quotes]
    assert not any("Bo, do you make money" in text or "How's it going, Mara?" in text for text in asked)
    assert any("Did she want you to mend" in text for text in asked)


def test_what_only_the_interviewer_mentions_is_not_mentioned_by_who_replies(library: Library) -> None:
    assert library.ask("Did she mention the strike?").status is Status.ONLY_ASKED
    assert library.ask("What did she say about the strike?").status is Status.ANSWERED
