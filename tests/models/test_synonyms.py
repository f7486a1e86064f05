"""A word is replaced by one of the same meaning in the same inflection, or not at all."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from models.synonyms import Synonyms

LICENCE = "  1 lines that begin with blanks are WordNet's licence\n"


@pytest.fixture
def wordnet(tmp_path: Path) -> Synonyms:
    for part in ("noun", "verb", "adj", "adv"):
        (tmp_path / f"index.{part}").write_text(LICENCE)
        (tmp_path / f"data.{part}").write_text(LICENCE)
    (tmp_path / "index.verb").write_text(
        LICENCE + "begin v 1 1 @ 1 1 00000010\nstart v 1 1 @ 1 1 00000010\nhum v 1 0 1 0 00000020\n"
    )
    (tmp_path / "data.verb").write_text(
        LICENCE + "00000010 30 v 02 begin 0 start 0 000 01 + 02 00 | take the first step\n"
        "00000020 30 v 02 hum 0 thrum 0 000 01 + 02 00 | sound with a monotonous hum\n"
    )
    return Synonyms.read(tmp_path)


def test_a_synonym_is_inflected_as_the_word_is(wordnet: Synonyms) -> None:
    assert wordnet.of("started", random.Random(1)) == "began"
    assert wordnet.of("begins", random.Random(1)) == "starts"


def test_a_word_that_is_rare_or_unknown_stays(wordnet: Synonyms) -> None:
    assert wordnet.of("hums", random.Random(1)) is None
    assert wordnet.of("Shekerinska", random.Random(1)) is None
