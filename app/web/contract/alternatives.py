"""Alternatives: other good plans, and what all good plans agree on."""

from __future__ import annotations

from .answers import MergerData
from .base import Said, Text
from .changes import ChangesData


class AlternativeData(Said):
    """A plan of a region beside the best one.

    Attributes
    ----------
    loss_nano : int
        What it lacks to the best plan.
    words : Text or None
        The same as something that people can picture.
    distance : float or None
        Share of the pairs of inhabitants that it places otherwise than the plan before it that is most like
        it; None for the best plan.
    changes : ChangesData
        Who moves from the best plan to this one.
    """

    rank: int
    score_nano: int
    loss_nano: int
    distance: float | None
    words: Text | None
    changes: ChangesData
    mergers: list[MergerData]


class RegionAlternatives(Said):
    """Plans of a region that differ most, the best one first.

    Attributes
    ----------
    is_all : bool
        Whether there are no others within the loss.
    note : Text or None
        What one must know of the list.
    """

    region: str
    plans: list[AlternativeData]
    is_all: bool
    note: Text | None


class RegionAgreement(Said):
    """How many good plans of a region merge two neighbours.

    Attributes
    ----------
    plans : int
        Good plans that were counted.
    is_exact : bool
        Whether these are all; otherwise they are the best ones.
    loss_nano : int
        What a good plan lacks to the best one at most.
    pairs : list of (int, int, float)
        Two neighbours, and the share of the good plans that merge them.
    """

    region: str
    plans: int
    is_exact: bool
    loss_nano: int
    pairs: list[tuple[int, int, float]]
