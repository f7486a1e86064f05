"""Turns without names: which side of the conversation each is, by what it looks like and that sides take turns.

In: ``Piece``s in order. Out: a role for each, or none at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rag.datatypes import Role
from rag.parsing.conventions import prompts
from rag.parsing.lines import asks
from rag.parsing.turns import Piece

# How much each sign speaks for the interviewer (+) or the interviewee (-) in a turn without a name.
ENDS_ASKING: Final = 2.5
ENDS_TELLING: Final = -0.7
IS_LONG: Final = -1.5
HAS_PARAGRAPHS: Final = -1.5
OPENS: Final = 0.5
SAME_AGAIN: Final = -3.0
"""Two turns of the same side in a row."""

LONG_TURN: Final = 90
"""Words above which a turn is rather an answer."""

MIN_LEAN: Final = 0.7
"""Turns without names must bear out who asks by this much on average; below it nobody is the interviewer."""


def alternate(text: str, pieces: Sequence[Piece]) -> tuple[Role, ...]:
    """Tell the roles of turns without names: two sides that take turns, the asking one asks.

    The likeliest course of the whole conversation, so that one question without a question mark, or one
    turn that is missing, doesn't turn the two sides round from there on. Empty where it isn't borne out.
    """
    sides = (Role.INTERVIEWER, Role.INTERVIEWEE)
    leans = [_lean(text, piece) for piece in pieces]
    scores = [OPENS, -OPENS]
    back: list[tuple[int, int]] = []
    for number, lean in enumerate(leans):
        came, after = [], []
        for side in (0, 1):
            ways = [scores[before] + (SAME_AGAIN if number and before == side else 0.0) for before in (0, 1)]
            came.append(ways.index(max(ways)))
            after.append(max(ways) + (lean if side == 0 else -lean))
        back.append((came[0], came[1]))
        scores = after
    side = scores.index(max(scores))
    roles = []
    for before in reversed(back):
        roles.append(sides[side])
        side = before[side]
    roles.reverse()
    borne_out = sum(x if role is Role.INTERVIEWER else -x for x, role in zip(leans, roles, strict=True))
    return tuple(roles) if len(set(roles)) == 2 and borne_out >= MIN_LEAN * len(pieces) else ()


def _lean(text: str, piece: Piece) -> float:
    words = text[piece.start : piece.end]
    asking = asks(text, piece.start, piece.end) or prompts(text, piece.start, piece.end)
    lean = ENDS_ASKING if asking else ENDS_TELLING
    lean += IS_LONG if len(words.split()) > LONG_TURN else 0.0
    return lean + (HAS_PARAGRAPHS if "\n" in words else 0.0)
