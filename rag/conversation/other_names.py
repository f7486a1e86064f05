"""Countries and cities that go by more than one name.

In: nothing. Out: ``OTHER_NAMES``. Which of them an interview uses says nothing about what is meant.
"""

from __future__ import annotations

OTHER_NAMES: tuple[tuple[str, ...], ...] = (
    ("America", "the US", "the U.S.", "the USA", "the United States", "the United States of America"),
    ("Britain", "the UK", "the U.K.", "Great Britain", "the United Kingdom"),
    ("the Soviet Union", "the USSR"),
    ("the Czech Republic", "Czechia"),
    ("Turkey", "Türkiye"),
    ("Myanmar", "Burma"),
    ("Ivory Coast", "Côte d'Ivoire"),
    ("Eswatini", "Swaziland"),
    ("Sri Lanka", "Ceylon"),
    ("East Timor", "Timor-Leste"),
    ("Cape Verde", "Cabo Verde"),
    ("Kyiv", "Kiev"),
    ("Mumbai", "Bombay"),
    ("Kolkata", "Calcutta"),
    ("Chennai", "Madras"),
    ("Beijing", "Peking"),
    ("Ho Chi Minh City", "Saigon"),
)
"""Each with the article that it has in a sentence; of several that are said, the one that stands first is taken."""
PARTS = ("North", "South", "Latin", "Central", "Great", "New", "Bank of", "Captain")
"""Words that make another name of one: South America."""
