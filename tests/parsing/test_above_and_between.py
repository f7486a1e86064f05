"""What stands above the first question, between the turns and below the last: whose it is, or that it is nobody's."""

from __future__ import annotations

import pytest

from rag.errors import ParseError
from tests.parsing.conversations import ANSWERS, ASKS, BEES, OTHER, heard, said, words_of

WORDS = [words for pair in BEES for words in pair]
BOLD = "\n\n".join(f"**{question}**\n\n{answer}" for question, answer in BEES)
LABELLED = "\n\n".join(f"Marta Lind: {question}\n\nJon Yu: {answer}" for question, answer in BEES)


# Above the first question


def test_an_opening_statement_before_questions_by_letter() -> None:
    source = "THE PRESIDENT: A few words about the harbour.\n\nThen questions.\n\nQ: Why now?\n\nA: The ice is gone."
    assert said(source) == [
        ("THE PRESIDENT", OTHER, "A few words about the harbour. Then questions."),
        (None, ASKS, "Why now?"),
        (None, ANSWERS, "The ice is gone."),
    ]


def test_a_guest_introduced_above_bold_questions() -> None:
    source = f"# Bees\n\nInterview: Marta Lind\n\n**MARTA LIND:** Our guest keeps bees on a roof.\n\n{BOLD}"
    assert said(source, "bees.md")[0] == ("Marta Lind", OTHER, "Our guest keeps bees on a roof.")
    assert words_of(source, "bees.md")[1:] == WORDS


@pytest.mark.parametrize("above", ["Jon Yu keeps bees on a roof.", "Location: A roof.", "He said: I keep bees."])
def test_what_no_label_gives_to_anybody_stays_out(above: str) -> None:
    assert words_of(f"# Bees\n\n{above}\n\n{BOLD}", "bees.md") == WORDS


@pytest.mark.parametrize(
    "head",
    [
        'Jon Yu: "I was stung forty times"',
        "Jon Yu: “I was stung”\n\nBy Carla Voss\n\nHe keeps bees on a roof.",
        "Jon Yu: Why the opera needs bees\n\n4 May 2023\n\nHe keeps them on a roof.",
        "Jon Yu: My forty stings\n\n5 min read",
        "Jon Yu: My forty stings\n\nBY CARLA VOSS\n\nHe keeps bees on a roof.",
        "Jon Yu: My forty stings\nWords by Carla Voss\nPublished: 4 May, 9 am\n\nHe keeps bees on a roof.",
    ],
)
def test_a_headline_with_a_name_is_nobodys_turn(head: str) -> None:
    assert words_of(f"{head}\n\n{LABELLED}") == WORDS


@pytest.mark.parametrize(
    "head",
    [
        "The Beekeeper's Hour: Jon Yu on Roofs",
        "The Long Table, Episode 42: Bees on a roof",
        "Season 2, Episode 5: The roof\n\n[00:00] Music",
        "The Beekeeper's Hour: Bees on a roof\n\nJon Yu keeps bees. He spoke to us in May.",
        "Jon Yu: Bees and Air\n\nJon Yu keeps bees. He spoke to us in May.",
    ],
)
def test_a_title_with_a_colon_is_nobodys_turn(head: str) -> None:
    assert words_of(f"{head}\n\n{LABELLED}") == WORDS


@pytest.mark.parametrize("first", ["Welcome everybody", "Welcome everybody\n\nToday it is bees."])
def test_a_first_turn_without_a_full_stop_is_said(first: str) -> None:
    assert words_of(f"Marta Lind: {first}\n\nJon Yu: Hello.\n\n{LABELLED}")[0] == " ".join(first.split())


@pytest.mark.parametrize(
    "head", ["Side Two: The roof", "PART TWO: THE ROOF", "Tape II: The roof", "Photo Credit: Jo Bell", "Related: Roofs"]
)
def test_the_title_of_a_part_is_nobodys_turn(head: str) -> None:
    at = LABELLED.index("Marta Lind", 1)
    assert words_of(f"{LABELLED[:at]}{head}\n\n{LABELLED[at:]}") == WORDS


@pytest.mark.parametrize(
    "head", ["Episode 12: The roof", "Chapter 3: The roof", "Part #2: The roof", "Item 1: The roof"]
)
def test_a_number_makes_no_name_of_a_word(head: str) -> None:
    assert words_of(f"{head}\n\n{LABELLED}") == WORDS


def test_an_answer_that_begins_with_by_is_no_byline() -> None:
    source = "Jon Yu: We came down to the river.\n\nBy dog team.\n\nAnn Ek: Whose?\n\nJon Yu: Ours.\n\nAnn Ek: And?"
    assert words_of(source)[0] == "We came down to the river. By dog team."


def test_a_list_of_who_takes_part_is_no_exchange() -> None:
    head = "The people in this conversation:\nMarta Lind: editor of Hive Weekly\nJon Yu: keeper of bees"
    assert words_of(f"{head}\n\n{LABELLED}") == WORDS


# Between the turns


@pytest.mark.parametrize(
    "furniture",
    [
        "Advertisement",
        "Article continues below",
        "Share this article",
        "Sign up for our weekly newsletter",
        "*Jon Yu on his roof. Photograph: Nils Ford*",
        "Jon Yu on his roof. (Photo: Nils Ford/Reuters)",
        "Photo by Nils Ford",
    ],
)
@pytest.mark.parametrize("talk", [BOLD, LABELLED])
def test_what_a_page_sets_between_paragraphs_is_in_no_turn(furniture: str, talk: str) -> None:
    for place in (BEES[0][1], BEES[1][0]):
        at = talk.index("\n\n", talk.index(place))
        assert words_of(f"{talk[:at]}\n\n{furniture}{talk[at:]}", "talk.md") == WORDS


def test_talk_of_photographs_is_no_caption() -> None:
    answer = "There were two on the wall.\n\nPhotographs by Diane Arbus.\n\nI liked one. Picture: a boy, and a toy."
    assert words_of(f"Ann Ek: Which?\n\nBo Lind: {answer}\n\nAnn Ek: And?\n\nBo Lind: Both.")[1] == " ".join(
        answer.split()
    )


@pytest.mark.parametrize("quoted", ['"I could not give them away"', "“I could not give them away.”"])
def test_a_sentence_repeated_in_large_print_is_not_said_twice(quoted: str) -> None:
    for talk in (BOLD, LABELLED):
        at = talk.index("\n\n", talk.index(BEES[0][1]))
        assert words_of(f"{talk[:at]}\n\n{quoted}{talk[at:]}", "talk.md") == WORDS


def test_a_quotation_on_a_line_of_its_own_is_said() -> None:
    answer = 'The guard looked at me and said:\n\n"Your name is wrong."\n\nIt was the only one I had.'
    assert words_of(f"Ann Ek: And?\n\nBo Lind: {answer}\n\nAnn Ek: Then?\n\nBo Lind: He laughed.")[1] == " ".join(
        answer.split()
    )


def test_an_editors_note_between_turns_is_in_none() -> None:
    note = "*Editor's note: the deed says three hives.*"
    for talk in (BOLD, LABELLED):
        at = talk.index("\n\n", talk.index(BEES[0][1]))
        assert words_of(f"{talk[:at]}\n\n{note}{talk[at:]}", "talk.md") == WORDS


@pytest.mark.parametrize(
    "head",
    [
        "Jon Yu                      Page {}\nRooftop History Project",
        "{}\nYU INTERVIEW",
        "{}\n\fROOFTOP HISTORY PROJECT",
        "\f{}\nYU INTERVIEW",
    ],
)
def test_the_head_of_a_page_is_in_no_turn(head: str) -> None:
    pages = (
        "Marta Lind: Who had bees?\n\nJon Yu: My aunt, until the",
        "frost.\n\nMarta Lind: And then?\n\nJon Yu: I had them, on a",
        "roof.\n\nMarta Lind: Whose?\n\nJon Yu: Hers. I climbed through the",
        "window.",
    )
    source = pages[0] + "".join(f"\n\n{head.format(n)}\n\n{page}" for n, page in enumerate(pages[1:], 2))
    whole = " ".join(pages).replace("Marta Lind: ", "").replace("Jon Yu: ", "")
    assert " ".join(words_of(source)) == " ".join(whole.split())


# Below the last turn


@pytest.mark.parametrize(
    "footer",
    [
        "## Read more\n\n- [Another interview](x.html)",
        "## About the author\n\nCarla Voss writes about food.",
        "**Related stories**\n\nThe bear came in May.",
        "Notes\n\n[1] Law on Bees, 1931, section 4.",
        "12:31 P.M. EDT",
        "END 12:31 P.M. EDT",
        "Carla Voss is a staff writer at the Herald. Her book, The Long Table, is out now.",
        "---\n\nCarla Voss is a freelance journalist based in Leeds.",
        "*Forty Stings is out in May.*\n\nCarla Voss is a reporter for the Herald.",
        "About the author: Carla Voss writes about food.",
        "Note: This transcript has been lightly edited for clarity.",
        "Editor's note: the deed says three hives.",
    ],
)
@pytest.mark.parametrize("talk", [BOLD, LABELLED])
def test_the_foot_of_a_page_is_in_no_turn(footer: str, talk: str) -> None:
    assert words_of(f"{talk}\n\n{footer}", "talk.md") == WORDS


@pytest.mark.parametrize("label", ["By Carla Voss\n\n", ""])
def test_what_somebody_does_closes_a_page_only_if_it_is_the_writer(label: str) -> None:
    foot = "Carla Voss covers the harbour."
    assert (foot in words_of(f"{label}{LABELLED}\n\n{foot}")[-1]) is not bool(label)


@pytest.mark.parametrize("end", ["Jo Bell is a reporter at the Herald. I owe her a hive.", "My aunt is a writer."])
def test_a_writer_of_whom_somebody_speaks_is_in_the_answer(end: str) -> None:
    assert words_of(f"{LABELLED}\n\n{end}")[-1].endswith(end)


def test_footnotes_are_in_no_turn() -> None:
    notes = "[1] The deed says three.\n[2] Rose Yu (1912-1994), schoolteacher."
    talk = LABELLED.replace("two hives", "two hives[1]")
    assert words_of(f"{talk}\n\n{notes}", "talk.txt")[-1] == WORDS[-1]
    assert words_of(f"{LABELLED}\n\n[1] I meant the roof.", "talk.txt")[-1] != WORDS[-1]


# Labels on one side


def test_questions_without_labels_are_not_the_words_of_whoever_answers() -> None:
    source = "\n\n".join(f"{question}\n\nJon Yu: {answer}" for question, answer in BEES)
    assert heard(source) == [(None, ASKS), ("Jon Yu", ANSWERS)] * 3
    assert words_of(source) == WORDS


def test_a_statement_above_one_persons_label_is_nobodys() -> None:
    source = "Why bees?\n\nYu: My aunt had some.\n\nAnd then?\n\nYu: She died.\n\nYou were alone.\n\nYu: I had bees."
    assert said(source)[4:] == [(None, OTHER, "You were alone."), ("Yu", ANSWERS, "I had bees.")]


def test_a_panel_whose_questions_have_no_label() -> None:
    source = "Who owns the night?\n\nWu: The city.\n\nMensah: The moths.\n\nAnd the stars?\n\nMensah: They own us."
    assert heard(source) == [(None, ASKS), ("Wu", ANSWERS), ("Mensah", ANSWERS), (None, ASKS), ("Mensah", ANSWERS)]


def test_bold_questions_with_the_papers_name() -> None:
    source = "\n\n".join(f"**HIVELY: {question}**\n\n{answer}" for question, answer in BEES)
    assert said(source, "talk.md")[:2] == [("HIVELY", ASKS, BEES[0][0]), (None, ANSWERS, BEES[0][1])]


def test_one_word_again_and_again_is_the_key_of_a_list() -> None:
    with pytest.raises(ParseError, match="--speaker"):
        said("\n\n".join(f"Files: part{n}.c\nLicense: MIT" for n in range(5)))


def test_a_sentence_in_large_print_is_no_part_of_the_question_below_it() -> None:
    asked = [(f"*{question}*", answer) for question, answer in BEES]
    source = "\n\n".join((*asked[0], *asked[1], "> “I was stung forty times.”", *asked[2]))
    assert words_of(source, "bees.md") == WORDS


@pytest.mark.parametrize(
    "furniture",
    [
        "Thanks for reading Small Bees! Subscribe for free to receive new posts and support my work.",
        "Thanks for reading! This post is public so feel free to share it.",
        "Small Bees is a reader-supported publication. To receive new posts, consider becoming a paid subscriber.",
        "Get Carla Voss's stories in your inbox\n\nJoin Medium for free to get updates from this writer.",
        "Share Small Bees",
        "Sign up to Hive\n\nAll about bees, from our star keepers.\n\nEnter your email address\n\n"
        "Privacy Notice: Newsletters may contain info about charities.\n\nafter newsletter promotion",
    ],
)
def test_a_newsletters_buttons_are_in_no_turn(furniture: str) -> None:
    bold = [f"**{question}**\n\n{answer}" for question, answer in BEES]
    assert words_of("\n\n".join((*bold[:2], furniture, bold[2])), "bees.md") == WORDS
    labelled = LABELLED.replace("\n\nMarta Lind: And", f"\n\n{furniture}\n\nMarta Lind: And")
    assert words_of(labelled) == WORDS


@pytest.mark.parametrize("asking", ["sign up for the course", "Sign up to what?", "Thanks for reading it to me."])
def test_talk_of_signing_up_and_reading_is_said(asking: str) -> None:
    labelled = LABELLED.replace("forty times.", f"forty times.\n\n{asking}\n\nYes.")
    assert words_of(labelled)[3] == f"Of course. I was stung forty times. {asking} Yes."


def test_what_is_said_of_a_person_under_a_heading_at_the_end_is_not_that_persons() -> None:
    assert words_of(f"{BOLD}\n\n## About Jon Yu\n\nJon Yu is a poet. His new book is Wax.", "bees.md") == WORDS
    goes_on = words_of(f"{BOLD}\n\n## About Jon Yu\n\nPeople ask me who Jon Yu is.", "bees.md")
    assert goes_on[-1] == "People ask me who Jon Yu is."


def test_comments_below_a_newsletter_are_in_no_turn() -> None:
    assert words_of(f"{LABELLED}\n\nDiscussion about this post\n\nAnna: Great interview, more of it.") == WORDS


def test_a_quotation_that_an_answer_leads_up_to_is_no_question() -> None:
    asked = [f"*{question}*\n\n{answer}" for question, answer in BEES]
    source = "\n\n".join((asked[0], f"{asked[1]} My aunt used to say:\n\n> Bees know.\n\nThey do.", asked[2]))
    assert words_of(source, "bees.md")[3] == f"{WORDS[3]} My aunt used to say: Bees know. They do."
    assert words_of(source, "bees.md")[4:] == WORDS[4:]
