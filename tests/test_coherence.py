"""A quote can be understood: whom "he" is, what "the second" is one of, where a quotation ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nupunkt import sent_spans

from rag.coherence import Told


def cut(text: str) -> Told:
    return Told(tuple(text[a:b].strip() for a, b in sent_spans(text)))


def quoted(text: str, holding: str) -> str:
    """Quote the sentence that holds some words, with what belongs to it."""
    told = cut(text)
    number = next(n for n, one in enumerate(told.texts) if holding in one)
    chosen = {number, *told.leant_on(number), *told.led_to(number)}
    chosen |= set(told.quoting(min(chosen), max(chosen)))
    return " ".join(told.texts[n] for n in sorted(chosen))


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        ("My brother went to sea.", "He sent me a ticket."),
        ("Mr Strang's deputy was Helen Ward.", "She said it was an opportunity."),
        ("I dug the clay on the beach.", "It came out like the inside of a mussel."),
        ("There are forty at the works.", "Twelve of them live on the island."),
        ("We run to Malmo for the state.", "That contract ends in 2027."),
        ("Soldiers stood at the bridge.", "Those men had guns."),
        ("He left me a bell.", "I ring it on Sundays."),
        ("They cut the winter boat.", "As a result, nobody comes after October."),
    ],
)
def test_what_leans_on_the_sentence_before_brings_it(before: str, sentence: str) -> None:
    assert quoted(f"I was born here. {before} {sentence}", sentence).endswith(f"{before} {sentence}")


@pytest.mark.parametrize(
    "sentence",
    [
        "It is hard to say no to a minister.",
        "This year the harbour froze.",
        "I think it was the cold.",
        "The second ferry sank.",
        "We sell bread to the school.",
    ],
)
def test_what_stands_alone_is_quoted_alone(sentence: str) -> None:
    assert quoted(f"We were five children in the house. {sentence}", sentence) == sentence


@pytest.mark.parametrize(
    ("text", "holding"),
    [
        ("It's empty. An empty dam is always safe.", "always safe"),
        ("Two things. Dig your own clay.", "clay"),
        ("Yes and no. I love Morandi.", "Morandi"),
        ("No. Not since 2008. There's plastic in the driftwood now.", "plastic"),
    ],
)
def test_a_turns_first_words_are_not_torn_from_what_they_turn_round(text: str, holding: str) -> None:
    assert quoted(text, holding) == text


@pytest.mark.parametrize("opening", ["Wet. You stood in it.", "Forty-two.", "I'd sleep. Then I'd rest.", "Poor woman."])
def test_first_words_that_reply_to_nothing_that_comes_next_stay_behind(opening: str) -> None:
    assert quoted(f"{opening} My niece counts the geese.", "geese") == "My niece counts the geese."


def test_thanks_are_no_part_of_an_answer() -> None:
    assert quoted("Thank you. The dam is safe.", "dam") == "The dam is safe."


def test_two_words_that_answer_bring_what_they_answer_with() -> None:
    assert quoted("It does. Every post goes to both. I like that.", "It does") == "It does. Every post goes to both."


THREE = (
    "There were three reasons. The first was my chest. Dr Mallory told me I'd not see forty. The second was the money. "
    "And then there was my mother. I never went back."
)


def test_a_list_is_quoted_to_its_end_over_what_explains_its_items() -> None:
    assert quoted(THREE, "three reasons") == THREE.removesuffix(" I never went back.")


def test_what_is_first_brings_what_is_second() -> None:
    text = "First of all, the flour. We had none. Second, the price. I married in May."
    assert quoted(text, "First of all") == "First of all, the flour. We had none. Second, the price."


def test_a_bare_announcement_brings_as_many_sentences_as_it_says() -> None:
    text = "Two things. Never trust a miller. Buy old stones. I am tired now."
    assert quoted(text, "Two things") == "Two things. Never trust a miller. Buy old stones."


def test_what_only_announces_a_reason_brings_the_reason() -> None:
    assert quoted("The reason is simple. Nobody pays. I sold it.", "reason") == "The reason is simple. Nobody pays."


@pytest.mark.parametrize("marks", [('"', '"'), ("“", "”")])
def test_a_quotation_within_a_quote_is_never_left_open(marks: tuple[str, str]) -> None:
    left, right = marks
    text = f"I told him {left}Go and run a mile. If you can't, snap out of it.{right} It did no good. I was wrong."
    whole = f"I told him {left}Go and run a mile. If you can't, snap out of it.{right}"
    assert quoted(text, "run a mile") == whole
    assert quoted(text, "snap out") == whole


def test_a_quotation_that_goes_on_and_on_is_left_as_it_is() -> None:
    days = (
        "Days come. One comes. Two come. Three come. Four come. Five came. Six come. Seven come. Eight come. Nine come."
    )
    text = f'He said "Listen. {days}" I laughed.'
    assert quoted(text, "Five came") == "Five came."


@given(
    st.lists(
        st.sampled_from(["He came.", "No.", 'She said "Go.', 'Stay."', "Three things.", "First, the flour.", "Why?"]),
        min_size=1,
        max_size=12,
    ),
    st.data(),
)
def test_what_is_brought_stands_in_the_turn_and_touches_the_sentence(texts: list[str], data: st.DataObject) -> None:
    told = Told(tuple(texts))
    number = data.draw(st.integers(0, len(texts) - 1))
    before, after = told.leant_on(number), told.led_to(number)
    chosen = sorted({number, *before, *after})
    chosen = sorted({*chosen, *told.quoting(chosen[0], chosen[-1])})
    assert chosen == list(range(chosen[0], chosen[-1] + 1))
    assert 0 <= chosen[0] <= number <= chosen[-1] < len(texts)


def test_the_mark_of_inches_opens_no_quotation() -> None:
    text = 'I draw on a 10.5" slate. The chalk is my aunt\'s. I print from an old 21.5" press. It hums.'
    assert quoted(text, "chalk") == "The chalk is my aunt's."
    assert quoted(text, "press") == 'I print from an old 21.5" press.'


def test_inches_beside_a_quotation_leave_it_whole() -> None:
    text = 'We laid a 6" pipe. He said, "Dig. It is clay." I went home.'
    assert quoted(text, "He said").endswith('He said, "Dig. It is clay."')
