"""Municipalities that stand alone by rule, exempt from what mergers must keep."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np

from ...instances.common.connected import pieces_of
from ...instances.common.problems import Problems
from ...instances.instance import Instance
from ..scenario.demands import Demands
from .layers import own_zones
from .neighbours import find_neighbours

FACILITY = "facility"
ABOVE_MAX = "above_max"
ISOLATED = "isolated"
MERGED = "merged"
STAYING = "staying"
LOCKED = "locked"
"""Why a municipality stands alone."""


def exempt_by_rule(instance: Instance, demands: Demands) -> dict[int, str]:
    """Give the municipalities that stand alone because of what they are, with the rule.

    Of several rules, size goes first, then facility municipalities, then recent mergers, then isolation; that
    it is named as one that stays goes last, and is nothing to the others. Such a municipality does not count
    as a merger and misses no bound. Names in `rules.joined` and `rules.staying` that mean no municipality are
    passed over; `ask` reports them.
    """
    exempt: dict[int, str] = dict.fromkeys(_merged(instance, demands), MERGED)
    exempt |= dict.fromkeys(stands_as_facility(instance, demands), FACILITY)
    if demands.rules.above_max == "alone":
        above = np.flatnonzero(instance.population > demands.population.max).tolist()
        exempt |= dict.fromkeys(above, ABOVE_MAX)
    if demands.rules.isolated == "alone":
        exempt |= dict.fromkeys(isolated(instance, demands, exempt), ISOLATED)
    return dict.fromkeys(_known(instance, demands.rules.staying), STAYING) | exempt


def stands_as_facility(instance: Instance, demands: Demands) -> frozenset[int]:
    """Give the facility municipalities that the rules let merge with none."""
    if demands.rules.facility != "alone":
        return frozenset()
    return frozenset(np.flatnonzero(instance.facility).tolist()) - _joined(instance, demands)


def isolated(instance: Instance, demands: Demands, alone: Collection[int]) -> list[int]:
    """Give the municipalities that have no other to merge with, under the borders and frames of some demands.

    Without those that stand alone because of what they are, regions fall into connected pieces.
    Isolated are a piece of one municipality, and all members of a piece that has too few inhabitants for one
    merger. Locks and existing mergers are no part of it: what is agreed does not change which are exempt.

    Parameters
    ----------
    instance : Instance
    demands : Demands
    alone : collection of int
        Those that stand alone by size, as facility municipality or as recent merger.

    Returns
    -------
    list of int
        Ascending.
    """
    unheard = Problems()  # `ask` tells what is wrong with borders and frames
    neighbours = find_neighbours(instance, demands, own_zones(instance, demands, unheard), unheard)
    lone: list[int] = []
    for piece in pieces_of((i for i in range(len(instance)) if i not in alone), neighbours.__getitem__):
        if len(piece) == 1 or int(instance.population[piece].sum()) < demands.population.lowest:
            lone += piece
    return sorted(lone)


def _merged(instance: Instance, demands: Demands) -> list[int]:
    """Municipalities that came out of a recent merger and are not to merge again."""
    recent = instance.merged_in > 0
    match demands.rules.merged:
        case "alone":
            return np.flatnonzero(recent).tolist()
        case "kept":
            return np.flatnonzero(recent & (instance.population >= demands.population.lowest)).tolist()
    return []


def _joined(instance: Instance, demands: Demands) -> set[int]:
    """Facility municipalities that take part by name."""
    return _known(instance, demands.rules.joined)


def _known(instance: Instance, texts: Iterable[str]) -> set[int]:
    """Look municipalities up, as far as there are such."""
    found = set()
    for text in texts:
        try:
            found.add(instance.find(text))
        except KeyError:
            continue
    return found
