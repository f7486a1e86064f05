"""Transcripts as courts, parliaments, archives, broadcasters and transcribing services set them."""

from __future__ import annotations

import pytest

from rag.datatypes import Role
from rag.errors import ParseError
from rag.parsing import parse
from rag.passages import unstamped

ASKS, ANSWERS, OTHER = Role.INTERVIEWER, Role.INTERVIEWEE, Role.OTHER

DEPOSITION = """\
 1   DEPOSITION OF MARTIN J. KELLER
 2             EXAMINATION
 3   BY MS. TORRES:
 4   Q.  Would you state your full name
 5   for the record?
 6   A.  Martin James Keller.
 7   Q.  Did you attend the meeting?
 8             MR. BAUER:  Objection, form.
 9             THE WITNESS:  I can answer?
10             MR. BAUER:  Yes.
11   A.  I left because
12   my daughter was ill.
13             (Recess taken.)
14   BY MS. TORRES:
15   Q.  Who else was there?
16   A.  Mr. Hall.
"""
KELLER = "MARTIN J. KELLER"
HEARING = """\
The CHAIRMAN. The committee will come to order. Dr. Lindqvist, when did your agency learn of the leak?
Dr. LINDQVIST. Mr. Chairman, we learned of it on April 21, in the evening.
The CHAIRMAN. And what did you do?
Dr. LINDQVIST. We sent two inspectors that night. They could not reach the platform because of the fire.
"""
LEGEND = """\
# Tomás Reyes on maps

Posted on a rainy day

*AL: Ana Lund, TR: Tomás Reyes*

AL: How did you start drawing maps?

TR: I got lost a lot. My father drove a truck and I sat beside him with the atlas.

AL: Which map are you proudest of?

TR: The one of the sewers.
"""
TIME_IN_ONE_LABEL = """\
**Host:** You crossed alone. Why?

**Marit:** Because my brother said I wouldn't. And then there was the boat, which was cheap.

**[SPONSOR]** This episode is brought to you by Rope.

**Host:** Did it leak on the way?

**Marit [00:12:01]:** Every day. I had a pump and a bucket.

**Host:** Thank you for coming.
"""
TABLE = """\
| Speaker | Text |
|---|---|
| Kim | What did you bring? |
| Leo | A jar of soil from the garden. |
| Kim | Why soil? |
| Leo | Because seeds you can buy. |
"""
LISTED = """\
- **Kim:** What did you bring?
- **Leo:** A jar of soil from the garden.
- **Kim:** Why soil?
- **Leo:** Because seeds you can buy.
"""
NUMBERED = """\
Five questions for Petra Olsen

1. What got you into bees?
My neighbour left me his hives.

2) How many hives do you have?
Forty-one. Three of them are angry.

3. Tell us about the worst day.
The day the bear came. It took two hives:
1. the old one by the fence,
2. the new one.
"""
BRACKETS = """\
1
00:00:01,000 --> 00:00:03,000
[Interviewer] Where did you grow up?

2
00:00:03,100 --> 00:00:05,000
[Dr. Lee] In Tromsø, above
the harbour.

3
00:00:05,100 --> 00:00:07,000
[Interviewer] Did you fish?

4
00:00:07,100 --> 00:00:09,000
[Dr. Lee] Every summer. [chuckles] I was sick.
"""
FIRST_NAMES = """\
1
00:00:01,000 --> 00:00:03,000
{dash}[Chris] When did you first go down?

2
00:00:03,100 --> 00:00:05,000
{dash}[Ada] I was fourteen.

3
00:00:05,100 --> 00:00:06,000
[Pauses] It was dark.

4
00:00:06,100 --> 00:00:07,000
{dash}[Chris] Were you afraid?

5
00:00:07,100 --> 00:00:09,000
{dash}[Ada] (laughs) Every day.

6
00:00:09,100 --> 00:00:10,000
[Pauses] You never stop.
"""
ARROWS = """\
WEBVTT

00:00.000 --> 00:02.000
>> Welcome to the show.

00:02.000 --> 00:04.000
>> TOM REED: Thanks for having me.

00:04.000 --> 00:06.000
>> So how did you
start?

00:06.000 --> 00:09.000
>> TOM REED: With a borrowed boat, and a map from 1950.
"""
SERVICE = """\
Interview with Dr. Hanna Frei

SUMMARY KEYWORDS
glacier, ice, drilling

SPEAKERS
Hanna Frei, Unknown Speaker, Paul

Paul  00:01
When did you first see the glacier?

Hanna Frei  00:05
In 1981, from a helicopter. It reached down to the road then.

Paul  00:19
Does that make you sad?

Hanna Frei  00:21
It makes me busy.
"""

PRESS = """\
THE MINISTER: The road will be closed for two weeks. I will take questions.

Q Minister, why two weeks?

THE MINISTER: Because the bridge is older than we thought.

Q And the cost?

THE MINISTER: Four million, and we have it.
"""
UNASKED = """\
Your new book is about silence. Why now?

Because everybody is shouting.

You spent a year in a monastery.

Eleven months. They asked me to leave after I laughed during a meal.

What did you miss?

My dog, and bad coffee.

Do you still keep silent?

On Mondays.
"""
NAME_IN_EVERY_CUE = """\
WEBVTT

00:02.000 --> 00:05.000
Anna Berg: Can you say who you are?

00:05.100 --> 00:09.000
Omar Haddad: I run the clinic. It has

00:09.100 --> 00:12.000
Omar Haddad: eleven beds.

00:12.100 --> 00:14.000
Anna Berg: Eleven?

00:14.100 --> 00:18.000
Omar Haddad: In winter we put two more in the corridor.
"""
ANGLES = """\
<Interviewer> How did it start?
<Lena> With a goat.
<Interviewer> And then?
<Lena> With two goats. One of them could open doors.
"""


@pytest.mark.parametrize(
    ("name", "source", "expected"),
    [
        (
            "press.txt",
            PRESS,
            [
                ("THE MINISTER", ANSWERS, "The road will be closed for two weeks. I will take questions."),
                (None, ASKS, "Minister, why two weeks?"),
                ("THE MINISTER", ANSWERS, "Because the bridge is older than we thought."),
                (None, ASKS, "And the cost?"),
                ("THE MINISTER", ANSWERS, "Four million, and we have it."),
            ],
        ),
        (
            "unasked.txt",
            UNASKED,
            [
                (None, ASKS, "Your new book is about silence. Why now?"),
                (None, ANSWERS, "Because everybody is shouting."),
                (None, ASKS, "You spent a year in a monastery."),
                (None, ANSWERS, "Eleven months. They asked me to leave after I laughed during a meal."),
                (None, ASKS, "What did you miss?"),
                (None, ANSWERS, "My dog, and bad coffee."),
                (None, ASKS, "Do you still keep silent?"),
                (None, ANSWERS, "On Mondays."),
            ],
        ),
        (
            "meeting.vtt",
            NAME_IN_EVERY_CUE,
            [
                ("Anna Berg", ASKS, "Can you say who you are?"),
                ("Omar Haddad", ANSWERS, "I run the clinic. It has eleven beds."),
                ("Anna Berg", ASKS, "Eleven?"),
                ("Omar Haddad", ANSWERS, "In winter we put two more in the corridor."),
            ],
        ),
        (
            "angles.txt",
            ANGLES,
            [
                ("Interviewer", ASKS, "How did it start?"),
                ("Lena", ANSWERS, "With a goat."),
                ("Interviewer", ASKS, "And then?"),
                ("Lena", ANSWERS, "With two goats. One of them could open doors."),
            ],
        ),
        (
            "deposition.txt",
            DEPOSITION,
            [
                (None, ASKS, "Would you state your full name\nfor the record?"),
                (KELLER, ANSWERS, "Martin James Keller."),
                (None, ASKS, "Did you attend the meeting?"),
                ("MR. BAUER", OTHER, "Objection, form."),
                (KELLER, ANSWERS, "I can answer?"),
                ("MR. BAUER", OTHER, "Yes."),
                (KELLER, ANSWERS, "I left because\nmy daughter was ill."),
                (None, ASKS, "Who else was there?"),
                (KELLER, ANSWERS, "Mr. Hall."),
            ],
        ),
        (
            "hearing.txt",
            HEARING,
            [
                (
                    "The CHAIRMAN",
                    ASKS,
                    "The committee will come to order. Dr. Lindqvist, when did your agency learn of the leak?",
                ),
                ("Dr. LINDQVIST", ANSWERS, "Mr. Chairman, we learned of it on April 21, in the evening."),
                ("The CHAIRMAN", ASKS, "And what did you do?"),
                (
                    "Dr. LINDQVIST",
                    ANSWERS,
                    "We sent two inspectors that night. They could not reach the platform because of the fire.",
                ),
            ],
        ),
        (
            "legend.md",
            LEGEND,
            [
                ("Ana Lund", ASKS, "How did you start drawing maps?"),
                (
                    "Tomás Reyes",
                    ANSWERS,
                    "I got lost a lot. My father drove a truck and I sat beside him with the atlas.",
                ),
                ("Ana Lund", ASKS, "Which map are you proudest of?"),
                ("Tomás Reyes", ANSWERS, "The one of the sewers."),
            ],
        ),
        (
            "podcast.md",
            TIME_IN_ONE_LABEL,
            [
                ("Host", ASKS, "You crossed alone. Why?"),
                (
                    "Marit",
                    ANSWERS,
                    "Because my brother said I wouldn't. And then there was the boat, which was cheap.",
                ),
                ("Host", ASKS, "Did it leak on the way?"),
                ("Marit", ANSWERS, "Every day. I had a pump and a bucket."),
                ("Host", ASKS, "Thank you for coming."),
            ],
        ),
        (
            "table.md",
            TABLE,
            [
                ("Kim", ASKS, "What did you bring?"),
                ("Leo", ANSWERS, "A jar of soil from the garden."),
                ("Kim", ASKS, "Why soil?"),
                ("Leo", ANSWERS, "Because seeds you can buy."),
            ],
        ),
        (
            "listed.md",
            LISTED,
            [
                ("Kim", ASKS, "What did you bring?"),
                ("Leo", ANSWERS, "A jar of soil from the garden."),
                ("Kim", ASKS, "Why soil?"),
                ("Leo", ANSWERS, "Because seeds you can buy."),
            ],
        ),
        (
            "numbered.txt",
            NUMBERED,
            [
                (None, ASKS, "What got you into bees?"),
                (None, ANSWERS, "My neighbour left me his hives."),
                (None, ASKS, "How many hives do you have?"),
                (None, ANSWERS, "Forty-one. Three of them are angry."),
                (None, ASKS, "Tell us about the worst day."),
                (
                    None,
                    ANSWERS,
                    "The day the bear came. It took two hives:\n1. the old one by the fence,\n2. the new one.",
                ),
            ],
        ),
        (
            "brackets.srt",
            BRACKETS,
            [
                ("Interviewer", ASKS, "Where did you grow up?"),
                ("Dr. Lee", ANSWERS, "In Tromsø, above the harbour."),
                ("Interviewer", ASKS, "Did you fish?"),
                ("Dr. Lee", ANSWERS, "Every summer. [chuckles] I was sick."),
            ],
        ),
        *(
            (
                f"first-names-{len(dash)}.srt",
                FIRST_NAMES.format(dash=dash),
                [
                    ("Chris", ASKS, "When did you first go down?"),
                    ("Ada", ANSWERS, "I was fourteen. [Pauses] It was dark."),
                    ("Chris", ASKS, "Were you afraid?"),
                    ("Ada", ANSWERS, "(laughs) Every day. [Pauses] You never stop."),
                ],
            )
            for dash in ("", "- ", ">> ")
        ),
        (
            "arrows.vtt",
            ARROWS,
            [
                (None, ASKS, "Welcome to the show."),
                ("TOM REED", ANSWERS, "Thanks for having me."),
                (None, ASKS, "So how did you start?"),
                ("TOM REED", ANSWERS, "With a borrowed boat, and a map from 1950."),
            ],
        ),
        (
            "service.txt",
            SERVICE,
            [
                ("Paul", ASKS, "When did you first see the glacier?"),
                ("Hanna Frei", ANSWERS, "In 1981, from a helicopter. It reached down to the road then."),
                ("Paul", ASKS, "Does that make you sad?"),
                ("Hanna Frei", ANSWERS, "It makes me busy."),
            ],
        ),
    ],
)
def test_who_says_what_is_told_in_every_kind(
    name: str, source: str, expected: list[tuple[str | None, Role, str]]
) -> None:
    interview = parse(source.encode(), name)
    assert [(t.speaker, t.role, interview.text[t.start : t.end]) for t in interview.turns] == expected
    assert not any(turn.section for turn in interview.turns if turn.section != "EXAMINATION")


def test_what_is_merely_heard_in_brackets_is_nobody() -> None:
    lines = ["[Sighs] I grew up by the sea.", "[Pauses] We had a boat.", "[Sighs] It sank.", "[Pauses] So we walked."]
    with pytest.raises(ParseError, match="--speaker"):
        parse("\n\n".join(lines).encode(), "sea.txt")


def test_questions_numbered_in_words_are_one_interviewers() -> None:
    source = "Question one: When was that?\n\nIn May.\n\nQuestion Twenty-two: Who helped?\n\nMy neighbour.\n"
    turns = parse(source.encode(), "boat.txt").turns
    assert [(turn.speaker, turn.role) for turn in turns] == [("Question", ASKS), (None, ANSWERS)] * 2


def test_captions_below_their_times_are_one_turn_and_not_one_each() -> None:
    said = ["hello and welcome", "we talk with Ann Lund about", "the lock that she kept", "until the ice came in 1998"]
    lines = "\n".join(f"0:{3 * n:02}\n{words}" for n, words in enumerate(said))
    (turn,) = parse(f"A talk about locks\n{lines}\n".encode(), "captions.txt").turns[-1:]
    interview = parse(f"{lines}\n".encode(), "captions.txt")
    assert [(t.speaker, t.role) for t in interview.turns] == [(None, OTHER)]
    spoken = unstamped(interview, (interview.turns[0].start, interview.turns[0].end))
    assert " ".join(spoken.split()) == " ".join(said)
    assert [mark.value for mark in interview.times] == [0.0, 3.0, 6.0, 9.0]
    assert turn.role is OTHER
