"""Who moves from one plan to another, in sentences."""

from __future__ import annotations

from ....solver.review.who_moves import Moves
from ..content.document import Bullets
from .teller import Teller, sentence

_MOST = 8
"""Moves that are told one by one."""


def moves_list(teller: Teller, moves: Moves) -> Bullets:
    """Tell who moves, most inhabitants first."""
    told = [sentence(teller.told(move.text)) for move in moves.moves[:_MOST]]
    left = len(moves.moves) - len(told)
    if left:
        told.append(sentence(teller.count(left, "and one more move", "and {number} more moves")))
    names = teller.instance.names
    told += [
        sentence(
            teller.say("the seat is {after} in place of {before}", after=names[after], before=names[before])
        )
        for before, after in moves.seats
    ]
    return Bullets(tuple(told))
