"""What stands in quotation marks is checked to its end, over paragraphs, apostrophes and marks that don't pair up."""

from __future__ import annotations

import pytest

from rag.datatypes import Interview, Role, Turn
from rag.quotation import readings
from rag.verification import Finding, verify

SAID = (
    "We opened the shop in March 1998. The board cut the workers' wages by half, and the bosses' wives said nothing. "
    "We sold the land in May."
)
SHOP = Interview("shop", SAID, (Turn(0, len(SAID), "Ada Lund", Role.INTERVIEWEE),), "shop")


def finding(pasted: str) -> Finding:
    return verify(pasted, [SHOP]).finding


@pytest.mark.parametrize(
    "pasted",
    [
        "“We never sold the land to anybody.\n\n“We opened the shop in March 1998,” Lund said.",
        '"We opened the shop in March 1998.\n\n"We never sold the land to anybody," Lund said.',
        "<p>“We never sold the land to anybody.</p><p>“We opened the shop in March 1998,” Lund said.</p>",
        "‘We never sold the land to anybody.\n\n‘We opened the shop in March 1998,’ said Lund.",
        "“We opened the shop in March 1998,” Lund said. “We never sold the land to anybody, she added.",
        "“We opened the shop in March 1998,” Lund said. We never sold the land to anybody,” she added.",
        "“We never sold the land. She told me “we opened the shop in March 1998” and went.”",
    ],
)
def test_no_paragraph_of_a_quotation_is_taken_for_what_stands_around_it(pasted: str) -> None:
    assert finding(pasted) in (Finding.ALTERED, Finding.NOT_FOUND)
    for reading in readings(pasted, ("Ada Lund",)):
        assert {"never", "opened"} <= {w.key for w in reading.words}


@pytest.mark.parametrize(
    "pasted",
    [
        "“We opened the shop in March 1998.\n\n“The board cut the workers’ wages by half,” Lund said.",
        '"We opened the shop in March 1998.\n"The board cut the workers\' wages by half," Lund said.',
        "“We opened the shop in March 1998,” Lund said.\n\n“We sold the land in May,” she added.",
        '"We opened the shop in March 1998," Lund said.\n\n"We sold the land in May."',
        '""We opened the shop in March 1998,"" Lund said.',
        "Lund said: „We opened the shop in March 1998.“",
        'Behind a 6" pipe Lund said: "We opened the shop in March 1998."',
    ],
)
def test_paragraphs_that_were_said_are_exact(pasted: str) -> None:
    assert finding(pasted) is Finding.EXACT


@pytest.mark.parametrize("mark", ["’", "'"])
@pytest.mark.parametrize(
    "pasted",
    [
        "‘The board cut the workers’ wages to nothing at all,’ said Lund.",
        "‘The workers’ wages were doubled,’ said Ada Lund.",
        "Lund said: ‘The board cut the workers’ 1998 wages to nothing at all, and the bosses’ wives cheered.’",
    ],
)
def test_an_apostrophe_after_an_s_closes_no_quotation(pasted: str, mark: str) -> None:
    pasted = pasted if mark == "’" else pasted.replace("’", "'").replace("‘", "'")
    assert finding(pasted) is not Finding.EXACT
    assert len(readings(pasted, ("Ada Lund",))[-1].words) > len(pasted.split()) - 4


@pytest.mark.parametrize("mark", ["’", "'"])
@pytest.mark.parametrize(
    ("pasted", "quoted"),
    [
        ("‘The board cut the workers’ wages by half,’ said Lund.", "the board cut the workers' wages by half"),
        ("Lund spoke of ‘the workers’ and ‘the wives’ that day", "the workers the wives"),
        ("‘We cut the workers’ said Lund, ‘and left’", "we cut the workers and left"),
    ],
)
def test_a_mark_after_an_s_that_closes_does(pasted: str, quoted: str, mark: str) -> None:
    pasted = pasted if mark == "’" else pasted.replace("’", "'").replace("‘", "'")
    assert " ".join(w.key for w in readings(pasted, ("Ada Lund",))[-1].words) == quoted.replace("s'", "s")
