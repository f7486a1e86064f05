"""Words: what carries a question, and what only asks it."""

from __future__ import annotations

from rag.words import content_words, is_name, stem, stems


def test_words_of_asking_are_left_out() -> None:
    assert content_words("What did she say about the ITPP?") == ["ITPP"]
    assert content_words("How much does the PURL initiative cost?") == ["PURL", "initiative", "cost"]


def test_a_question_of_nothing_but_small_words_keeps_them() -> None:
    assert content_words("Why did you?") == ["Why", "did", "you"]


def test_a_word_counts_once_whatever_its_case() -> None:
    assert content_words("Sweden, SWEDEN and sweden") == ["Sweden"]


def test_words_are_compared_by_their_stems_without_accents() -> None:
    assert stem("partnerships") == stem("Partnership")
    assert stem("Zoë") == stem("zoe")
    assert stem("racism") == stem("racists")
    assert stem("prism") != stem("prist")
    assert stems("Euro-Atlantic allies") == [stem("euro"), stem("atlantic"), stem("ally")]


def test_a_name_is_never_written_small() -> None:
    said = "China is far. In China we met. Regional conflicts and conflicts at home."
    assert is_name("China", said)
    assert is_name("TRIPP", said)
    assert is_name("2025", said)
    assert not is_name("Conflicts", said)
    assert not is_name("conflicts", said)
