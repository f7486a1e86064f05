"""Parliaments and hearings as they print themselves: offices before names, titles of statements, party and state."""

from __future__ import annotations

import pytest

from tests.parsing.conversations import ANSWERS, ASKS, heard, said, words_of

HANSARD = """\
Emma Harding (Kingsport West) (Lab)
What assessment has the Minister made of flooding in Kingsport?

The Parliamentary Under-Secretary of State for Water, Fish and Rural Affairs (Rita Pole)
I went there in March. The lagoons are working.

Emma Harding
Will she come again when it rains?

Rita Pole
I will come with boots.

Matt Warner (Boxton and Skegby) (Con)
My constituents ask the same. The barrier is splendid.

Rita Pole
I pay tribute to my hon. Friend.

Emma Harding
Will the money last?

Rita Pole
It will last until 2027.
"""


def test_names_above_their_words_are_speakers_however_seldom_they_are_heard() -> None:
    assert [(who, words) for who, _, words in said(HANSARD)][:5] == [
        ("Emma Harding", "What assessment has the Minister made of flooding in Kingsport?"),
        ("Rita Pole", "I went there in March. The lagoons are working."),
        ("Emma Harding", "Will she come again when it rains?"),
        ("Rita Pole", "I will come with boots."),
        ("Matt Warner", "My constituents ask the same. The barrier is splendid."),
    ]


def test_a_minister_who_goes_on_by_the_office_is_one_person() -> None:
    source = (
        "The Prime Minister (Rita Snow)\nI pay tribute to the crew.\n\nAnn Ek (Luton) (Con)\nHow many were there?\n\n"
        "The Prime Minister\nEleven.\n\nAnn Ek\nEleven?\n\nThe Prime Minister\nAnd a dog.\n\nAnn Ek\nAnd a dog?"
    )
    assert {who for who, _ in heard(source)} == {"The Prime Minister", "Ann Ek"}


def test_a_heading_above_words_is_no_speaker() -> None:
    source = HANSARD.replace("Matt Warner (Boxton and Skegby) (Con)\n", "Flood Barriers\n")
    assert "Flood Barriers" not in {who for who, _ in heard(source)}


HEARING = """\
    The Chairman. We are here to talk about cables. Ms. Ferrante, you have five minutes.

                STATEMENT OF LUCIA FERRANTE, CHIEF
           EXECUTIVE OFFICER, TRILLIUM NETWORKS, INC.

    Ms. Ferrante. Thank you, Mr. Chairman. We have laid 4,000 miles of cable. It isn't enough.

    The Chairman. Thank you. Senator Orr?

    Senator Orr. How many of those miles are in Maine?

    Ms. Ferrante. Sixty, Senator.

    Senator Orr. And how many were promised?

    Ms. Ferrante. Six hundred. We were late. Then we were later.

                        THE PERMITS

    It took two years to get them.

    Senator Orr. Two years.
"""


def test_titles_in_capitals_are_in_nobodys_words() -> None:
    words = words_of(HEARING)
    assert words[0] == "We are here to talk about cables. Ms. Ferrante, you have five minutes."
    assert words[6:8] == ["Six hundred. We were late. Then we were later.", "It took two years to get them."]
    assert not any("STATEMENT" in w or "PERMITS" in w for w in words)


@pytest.mark.parametrize("shout", ["NO, NEVER.", "NEVER."])
def test_a_short_shout_is_said(shout: str) -> None:
    source = (
        f"Ann Ek: Did you sign it?\n\nBo Lund: I was asked to.\n\n{shout}\n\nAnn Ek: Why?\n\nBo Lund: It was a lie."
    )
    assert words_of(source)[1] == f"I was asked to. {shout}"


def test_a_sign_that_somebody_reads_out_is_said() -> None:
    source = "Ann Ek: And then?\n\nBo Lund: The sign said:\n\nKEEP OUT\n\nI went in.\n\nAnn Ek: Why?\n\nBo Lund: Rain."
    assert words_of(source)[1] == "The sign said: KEEP OUT I went in."


def test_all_is_said_where_everything_is_in_capitals() -> None:
    source = (
        "ANN EK: WHERE WAS IT?\n\nBO LUND: IN THE SHED\n\nIT WAS IN THE SHED\n\nANN EK: WHY?\n\nBO LUND: FOR THE RAIN"
    )
    assert words_of(source)[1] == "IN THE SHED IT WAS IN THE SHED"


@pytest.mark.parametrize(
    "label",
    ["SEN. PAULA REYES (D-NM)", "SEN. PAULA REYES, D-N.M.", "REP. PAULA REYES (I-VT)", "SEN. PAULA REYES (D)"],
)
def test_party_and_state_beside_a_name_are_no_speech(label: str) -> None:
    source = (
        f"FAY LOWE, CNN HOST: With me is Senator Reyes.\n\n{label}: Thank you for having me.\n\n"
        "LOWE: What do you know?\n\nREYES: That three counties burn.\n\nLOWE: Three?\n\nREYES: As of this morning."
    )
    assert heard(source)[:2] == [("FAY LOWE", ASKS), (label.split("(")[0].split(",")[0].strip(), ANSWERS)]


def test_speech_with_a_comma_and_a_colon_opens_no_turn() -> None:
    source = "Ann Ek: What did you say?\n\nBo Lund: A lot.\n\nLook, I'd say: go.\n\nAnn Ek: Go?\n\nBo Lund: Go home."
    assert words_of(source)[1] == "A lot. Look, I'd say: go."
