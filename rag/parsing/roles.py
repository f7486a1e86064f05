"""Who asks, who answers: labelled turns with roles and full names.

In: ``Piece``s of ``turns.py`` and what is known about the people. Out: ``Turn``s. A role that can't be
told is ``OTHER``, a name that can't be told is None: unknown beats wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rag.datatypes import Role, Turn
from rag.parsing.lines import asks
from rag.parsing.options import ParseOptions
from rag.parsing.turns import Piece

# How much each sign speaks for the interviewer (+) or the interviewee (-) in a turn without a name.
ENDS_ASKING: Final = 2.5
ENDS_TELLING: Final = -0.7
IS_LONG: Final = -1.5
HAS_PARAGRAPHS: Final = -1.5
OPENS: Final = 0.5
SAME_AGAIN: Final = -2.5
"""Two turns of the same side in a row."""

LONG_TURN: Final = 90
"""Words above which a turn is rather an answer."""


def alternate(text: str, pieces: Sequence[Piece]) -> tuple[Role, ...]:
    """Tell the roles of turns without names: two sides that take turns, the asking one asks.

    The likeliest course of the whole conversation, so that one question without a question mark, or one
    turn that is missing, doesn't turn the two sides round from there on.
    """
    sides = (Role.INTERVIEWER, Role.INTERVIEWEE)
    scores = [OPENS, -OPENS]
    back: list[tuple[int, int]] = []
    for number, piece in enumerate(pieces):
        lean = _lean(text, piece)
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
    return tuple(reversed(roles))


def _lean(text: str, piece: Piece) -> float:
    words = text[piece.start : piece.end]
    lean = ENDS_ASKING if asks(text, piece.start, piece.end) else ENDS_TELLING
    lean += IS_LONG if len(words.split()) > LONG_TURN else 0.0
    return lean + (HAS_PARAGRAPHS if "\n" in words else 0.0)


def assign(text: str, pieces: Sequence[Piece], options: ParseOptions) -> tuple[Turn, ...]:
    """Give every piece its speaker's name and role."""
    roles = alternate(text, pieces)
    names = {Role.INTERVIEWER: options.interviewers, Role.INTERVIEWEE: options.interviewees}
    turns = []
    for piece, role in zip(pieces, roles, strict=True):
        role = piece.role or role
        known = names[role]
        turns.append(Turn(piece.start, piece.end, known[0] if len(known) == 1 else None, role, piece.section))
    return tuple(turns)
