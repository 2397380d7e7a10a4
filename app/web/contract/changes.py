"""Changes: who moves from one plan to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from .base import Said

if TYPE_CHECKING:
    from ....solver import Moves

Index = Annotated[int, Field(ge=0, lt=100_000)]


class PartGiven(Said):
    """A merger or a zone by its members, the seat among them."""

    members: Annotated[list[Index], Field(min_length=1, max_length=2000)]
    seat: Index


class TwoPlans(Said):
    """Two plans of the same municipalities, or of the same regions."""

    before: Annotated[list[PartGiven], Field(max_length=2000)]
    after: Annotated[list[PartGiven], Field(max_length=2000)]


class MoveData(Said):
    """Municipalities that leave one merger together for another.

    Attributes
    ----------
    kind : str
        'moves': from a merger to another; 'joins': from standing alone to a merger; 'leaves': from a merger
        to standing alone; 'founds': to a merger that continues none of the plan before.
    before, after : list of int
        Members of the merger that they leave, and of the one that they are in then.
    from_seat, to_seat : int
        The seats of these.
    """

    municipalities: list[int]
    kind: Literal["moves", "joins", "leaves", "founds"]
    before: list[int]
    after: list[int]
    from_seat: int
    to_seat: int
    inhabitants: int


class ChangesData(Said):
    """What differs between two plans.

    Attributes
    ----------
    moves : list of MoveData
        Most inhabitants first.
    municipalities, inhabitants : int
        How many move, and who live there.
    partners : int
        Municipalities that have other partners than before, those that stay included.
    mergers : int
        New mergers of two or more.
    seats : list of (int, int)
        Mergers that both have, with another seat: before and after.
    """

    moves: list[MoveData]
    municipalities: int
    inhabitants: int
    partners: int
    mergers: int
    seats: list[tuple[int, int]]


def changes_data(moves: Moves) -> ChangesData:
    """Give moves as the page takes them."""
    return ChangesData(
        moves=[
            MoveData(
                municipalities=list(move.municipalities),
                kind=move.kind,
                before=list(move.before),
                after=list(move.after),
                from_seat=move.from_seat,
                to_seat=move.to_seat,
                inhabitants=move.inhabitants,
            )
            for move in moves.moves
        ],
        municipalities=moves.municipalities,
        inhabitants=moves.inhabitants,
        partners=moves.partners,
        mergers=moves.mergers,
        seats=list(moves.seats),
    )
