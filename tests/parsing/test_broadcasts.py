"""Scripts of radio and television: who is host, who reports, who is heard for one sentence."""

from __future__ import annotations

import pytest

from rag.errors import ParseError
from tests.parsing.conversations import ANSWERS, ASKS, OTHER, heard, said, words_of

REPORT = """\
RACHEL DUNMORE, HOST:

Pell Creek has no water this week. Karl Amato of member station KXPC reports.

(SOUNDBITE OF WATER DRIPPING)

KARL AMATO, BYLINE: On Main Street the laundromat is dark. Its owner, Luz Ferrer, has put a chair outside.

LUZ FERRER: I sit here so people know I'm not gone.

AMATO: The mayor says the pumps failed on Sunday night.

(SOUNDBITE OF ARCHIVED RECORDING)

TED OGILVIE: We had two pumps, and now we have none.

UNIDENTIFIED PERSON #1: Somebody should go to jail for this.

UNIDENTIFIED PERSON #2: Or at least buy a pump.

AMATO: Does anybody remember such a summer?

BEA HOLT: The little ones think it's a holiday.

(SOUNDBITE OF MUSIC)

Transcript provided by NPR, Copyright NPR.
"""
STUDIO = """\
AILSA BRAND, HOST:

It has been ten years since the bridge fell. Engineer Ida Holm was there, and she joins us now. Welcome.

IDA HOLM: Thank you for having me.

BRAND: So what did you see?

HOLM: The deck moved first, and then the sound came. I ran.

(SOUNDBITE OF ARCHIVED RECORDING)

UNIDENTIFIED REPORTER: The bridge is down.

BRAND: Do you still cross it?

HOLM: Every day.

(SOUNDBITE OF SONG, "BRIDGES")

LOS RIOS: (Singing) Take me across.

Copyright © 2024 NPR. All rights reserved.
"""
VOICES = """\
STEVE ALDEN, HOST:

Ohio votes today. We asked some people what they care about.

MARY QUINCE: Prices. Milk is four dollars.

JOE TILL: The schools. I have three kids.

SAM ORTEGA: Honestly, I just want it to be over.

DANA FRY: The river. You can't swim in it any more.

ALDEN: Voices of voters in Ohio this morning.
"""
TELEVISION = """\
ANNA BLIX, CNN ANCHOR: Good evening. The storm has reached the coast. Tom Ek is there. Tom, what do you see?

TOM EK, CNN CORRESPONDENT: The water is at the doors. People have been told to leave.

EK (voice-over): For two days they have been waiting.

ROSA PELL, RESIDENT: I'm not leaving. I have nine cats.

EK (on camera): Nine?

PELL: Nine. And a parrot.

(END VIDEOTAPE)

BLIX: Tom Ek, thank you.
"""


def test_a_report_in_which_nearly_every_voice_is_new() -> None:
    assert heard(REPORT) == [
        ("RACHEL DUNMORE", ASKS),
        ("Karl Amato", OTHER),
        ("Luz Ferrer", ANSWERS),
        ("Karl Amato", OTHER),
        ("TED OGILVIE", OTHER),
        ("UNIDENTIFIED PERSON #1", OTHER),
        ("UNIDENTIFIED PERSON #2", OTHER),
        ("Karl Amato", OTHER),
        ("BEA HOLT", ANSWERS),
    ]


def test_sounds_and_copyright_are_nobodys_words() -> None:
    words = " ".join(words_of(REPORT) + words_of(STUDIO))
    assert "SOUNDBITE" not in words
    assert "Copyright" not in words


def test_people_of_whom_each_is_heard_once() -> None:
    assert heard(VOICES) == [
        ("STEVE ALDEN", ASKS),
        *((who, ANSWERS) for who in ("MARY QUINCE", "JOE TILL", "SAM ORTEGA", "DANA FRY")),
        ("STEVE ALDEN", ASKS),
    ]


def test_a_list_in_capitals_without_a_host_is_no_broadcast() -> None:
    entries = ("FIRST AID", "FIRE EXIT", "LOST PROPERTY", "BIKE SHED", "TAXI RANK")
    source = "\n\n".join(f"{what}: Ask at the desk by the door." for what in entries)
    with pytest.raises(ParseError, match="--speaker"):
        said(source)


def test_a_reporter_in_the_archive_makes_nobody_an_interviewee() -> None:
    assert heard(STUDIO) == [
        ("AILSA BRAND", ASKS),
        ("Ida Holm", ANSWERS),
        ("AILSA BRAND", ASKS),
        ("Ida Holm", ANSWERS),
        ("UNIDENTIFIED REPORTER", OTHER),
        ("AILSA BRAND", ASKS),
        ("Ida Holm", ANSWERS),
        ("LOS RIOS", OTHER),
    ]


def test_a_correspondent_asks_and_tells_and_is_not_who_is_interviewed() -> None:
    assert dict(heard(TELEVISION)) == {"ANNA BLIX": ASKS, "Tom Ek": OTHER, "ROSA PELL": ANSWERS}


def test_a_correspondent_whom_alone_the_host_asks_answers() -> None:
    source = (
        "ANNA BLIX, HOST: Tom Ek is on the coast. Tom, what do you see?\n\n"
        "TOM EK, BYLINE: Water. It is at the doors.\n\nBLIX: And the people?\n\nEK: They have gone to the school."
    )
    assert dict(heard(source)) == {"ANNA BLIX": ASKS, "Tom Ek": ANSWERS}


def test_a_co_host_without_the_word_for_it_is_no_guest() -> None:
    source = (
        "NIA BELL, HOST: Welcome to the show. With me as always is Rob Dane. Our guest today is Greta Holm.\n\n"
        "GRETA HOLM: Thank you for having me. I brought a loaf, which is still warm, and a knife to cut it with.\n\n"
        "DANE: What is in it?\n\nHOLM: Rye, and water, and salt, and eleven years of feeding the same starter.\n\n"
        "DANE: Did it ever die?\n\nHOLM: Once, in a heat wave, but I had frozen a spoonful of it the year before.\n\n"
        "DANE: Who gets it after you?\n\nHOLM: My daughter, who is allergic to rye, so we will see.\n\n"
        "BELL: Thank you for coming."
    )
    assert dict(heard(source)) == {"NIA BELL": ASKS, "DANE": ASKS, "Greta Holm": ANSWERS}


@pytest.mark.parametrize(
    ("head", "host"), [("", "Host"), ("---\nhost: Nia Bell\n---\n", "Nia"), ("Interviewer: Nia Bell\n\n", "Nia")]
)
def test_whoever_asks_beside_a_known_host_is_no_guest(head: str, host: str) -> None:
    source = (
        f"{head}{host}: Welcome to the show. I'm here with my co-host Rob, and our guest is Greta Holm.\n\n"
        "Rob: Hello.\n\nGreta: Thank you. I brought a loaf, and it is still warm from the oven.\n\n"
        "Rob: What is in it?\n\nGreta: Rye, and water, and salt, and eleven years of feeding the same starter.\n\n"
        f"{host}: Did it ever die?\n\nGreta: Once, in a heat wave, but I had frozen a spoonful of it.\n\n"
        "Rob: Who gets it after you?\n\nGreta: My daughter, who is allergic to rye."
    )
    roles = dict(heard(source, "talk.md"))
    assert roles["Rob"] is OTHER
    assert roles["Greta Holm" if "Greta Holm" in roles else "Greta"] is ANSWERS


def test_a_guest_who_asks_now_and_then_stays_one() -> None:
    source = (
        "Interviewer: Ann Ek\n\nAnn Ek: You two built it together?\n\n"
        "Bo Lind: We did, in my mother's garage. Do you remember the goats?\n\n"
        "Carla Voss: I remember the kitchen, and the goats in the garage. Who fed them?\n\n"
        "Bo Lind: You did, every morning at five.\n\nAnn Ek: Who had the idea?\n\n"
        "Carla Voss: He did. I only had the kitchen, and a table, and a lamp."
    )
    assert dict(heard(source)) == {"Ann Ek": ASKS, "Bo Lind": ANSWERS, "Carla Voss": ANSWERS}


def test_an_archived_voice_answers_nobody() -> None:
    source = (
        "ARI COLE, HOST: The ice is gone. NPR's Karl Amato is there. Hi, Karl.\n\nKARL AMATO, BYLINE: Hi, Ari.\n\n"
        "COLE: What do you see?\n\nAMATO: Water, all the way out to where the ships are.\n\n"
        "(SOUNDBITE OF ARCHIVED RECORDING)\n\nPRESIDENT PAUL ROE: We have sent two ships.\n\n"
        "AMATO: That was the president yesterday.\n\nCOLE: And the people?\n\nAMATO: They say it's early."
    )
    assert dict(heard(source)) == {"ARI COLE": ASKS, "Karl Amato": ANSWERS, "PRESIDENT PAUL ROE": OTHER}


def test_the_host_of_something_else_may_be_the_guest() -> None:
    source = (
        "ANNA BLIX, CNN ANCHOR: With us is Rob Dane. Rob, why now?\n\n"
        "ROB DANE, HOST OF BREAD AND BUTTER: Because the oven broke, and I had time to write it all down at last.\n\n"
        "BLIX: And is it mended?\n\nDANE: Not yet. I bake at my mother's, who watches me and says nothing."
    )
    assert dict(heard(source)) == {"ANNA BLIX": ASKS, "Rob Dane": ANSWERS}


def test_who_gives_the_floor_to_others_is_not_who_is_heard() -> None:
    source = (
        "    The CHAIR. The committee will come to order. The gentleman from Ohio is recognized.\n"
        "    Mr. SMITH. Thank you, Madam Chair. Ms. Vega, when did you know of the leak?\n"
        "    Ms. VEGA. On April 21, Congressman.\n"
        "    Mr. SMITH. And whom did you tell?\n"
        "    Ms. VEGA. My supervisor. Nobody else asked.\n"
        "    The CHAIR. The gentleman's time has expired.\n"
        "    Mr. SMITH. I yield back.\n"
    )
    assert dict(heard(source, "hearing.txt")) == {"The CHAIR": OTHER, "Mr. SMITH": ASKS, "Ms. VEGA": ANSWERS}


TWO_HOSTS = (
    "Dana: And we're live! {}\nTheo: {}\nDana: With us is Marco Ruiz, who bakes bread at nine thousand feet.\n"
    "Marco: Hi, both.\nTheo: Marco, does bread rise faster up there?\n"
    "Marco: Much faster. You use half the yeast. I learned that the hard way: my first loaf hit the roof of the oven.\n"
    "Dana: I had that in Denver once. My grandmother's recipe, and it was like a balloon. I was so proud, I had told "
    "everyone I'd bake for them, and then it just sank.\nMarco: It does that.\nTheo: What's the fix?\n"
    "Marco: Less yeast, more water, and a colder night.\nDana: A colder night! In Colorado that's easy.\n"
    "Theo: Last question. Favourite loaf?\nMarco: Rye.{}"
)


@pytest.mark.parametrize(
    ("first", "second", "last"),
    [
        ("I'm your host, Dana.", "And I'm Theo, your other host.", ""),
        ("I'm Dana.", "And I'm Theo.", ""),
        ("I'm Dana.", "And I'm Theo.", "\nDana: That's our show. Thanks for listening."),
    ],
)
def test_a_host_who_tells_a_story_is_no_guest(first: str, second: str, last: str) -> None:
    assert dict(heard(TWO_HOSTS.format(first, second, last))) == {"Dana": ASKS, "Theo": ASKS, "Marco": ANSWERS}


def test_a_guest_who_thanks_for_being_listened_to_stays_one() -> None:
    source = (
        "Ann Ek: Why bees?\n\nBo Lind: My aunt had some, and I could not give them away to anybody in the village.\n\n"
        "Ann Ek: Were you afraid?\n\nBo Lind: With us is nobody afraid. Thanks for listening to me."
    )
    assert dict(heard(source)) == {"Ann Ek": ASKS, "Bo Lind": ANSWERS}


def test_a_clip_that_is_played_is_no_answer() -> None:
    source = (
        "FAY LOWE, CNN HOST: What about the planes?\n\nPAULA REYES, SENATOR: There is not one.\n\nLOWE: Listen.\n\n"
        "(BEGIN VIDEO CLIP)\n\nGOV. MARK DELL (R), NEW MEXICO: We have all the planes we need, and more will come.\n\n"
        "(END VIDEO CLIP)\n\nLOWE: So he says. Is he right?\n\nREYES: Come and look at the sky."
    )
    assert ("GOV. MARK DELL", OTHER) in heard(source)


PANEL = (
    "# Who pays for the bees?\n\n{}\n\nVera Lund: Welcome. {} Jon, can a hive pay?\n\n"
    "Jon Yu: It can. Two of mine have paid since 2021, and on the other four I lose what I earn with those.\n\n"
    "Vera Lund: Ines, is it so?\n\n"
    "Ines Roth: Partly. A hive costs two hundred, and it earns only in summer, when nobody wants to be stung.\n\n"
    "Jon Yu: A fax?\n\nInes Roth: A fax. The city answers nothing else, and we have sent it nine of them since May.\n\n"
    "Vera Lund: Should the city pay?\n\n"
    "Bo Reed: The city pays for pigeons. I have asked for the sum, and it is larger than you would think it is.\n\n"
    "Jon Yu: I would not take it. Whoever is paid by the city must answer its letters, and I have bees to see to.\n\n"
    "Vera Lund: Bo?\n\nBo Reed: I would take it. I answer letters gladly, and nobody else writes to me any more."
)
GUESTS = "With me are Jon Yu, who keeps six hives; Dr. Ines Roth, an economist; and Bo Reed, of the pigeon league."


@pytest.mark.parametrize(
    ("head", "guests"), [("*Panel, May 2023. Moderator: Vera Lund.*", "Let us begin."), ("*Panel, May 2023.*", GUESTS)]
)
def test_one_question_in_return_makes_no_host_of_a_guest(head: str, guests: str) -> None:
    roles = dict(heard(PANEL.format(head, guests), "panel.md"))
    assert roles == {"Vera Lund": ASKS, "Jon Yu": ANSWERS, "Ines Roth": ANSWERS, "Bo Reed": ANSWERS}


def test_whoever_asks_once_and_is_introduced_by_nobody_is_no_host() -> None:
    assert dict(heard(PANEL.format("*Panel, May 2023.*", "Let us begin."), "panel.md"))["Jon Yu"] is not ASKS
