"""A merger, as a map shows it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class MapMerger:
    """One merged municipality of a plan.

    Attributes
    ----------
    members : tuple of int
        Indices of its municipalities.
    seat : int
        Index of the member that is its seat.
    name : str
        Name for readers, such as ``Aalst +2``.
    standalone : bool
        Exempt from the bounds: it stands alone by rule.
    population : int
        Inhabitants.
    """

    members: tuple[int, ...]
    seat: int
    name: str
    standalone: bool
    population: int
