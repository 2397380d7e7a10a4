"""Surroundings: the neighbours that a municipality has in its region, whatever frames say."""

from __future__ import annotations

from collections.abc import Iterable

from ...instances.common.problems import Problems
from ...instances.instance import Instance
from ..scenario.demands import Demands
from .exemptions import stands_as_facility
from .neighbours import Neighbours, find_neighbours


def surroundings(instance: Instance, demands: Demands) -> Neighbours:
    """List the municipalities that surround each one: who encloses it holds all of them, and not itself.

    These are its neighbours inside the region, by the borders of the demands. Hard frames take none of them
    away, for they say what may be merged and not what lies around. A merger of two or more encloses a
    municipality when it holds all of its surroundings but not the municipality, which then stands alone in a
    ring. Nobody can enclose a facility municipality that stands alone by rule: those around it have not left
    it, as no merger may hold it. What is wrong with borders is told by `ask`.

    Parameters
    ----------
    instance : Instance
    demands : Demands
        Of one level.

    Returns
    -------
    tuple of tuple of int
        Ascending, for each municipality; empty where it cannot be enclosed.
    """
    alone = stands_as_facility(instance, demands)
    near = unframed_neighbours(instance, demands)
    return tuple(() if i in alone else some for i, some in enumerate(near))


def unframed_neighbours(instance: Instance, demands: Demands) -> Neighbours:
    """List the neighbours of each municipality in its region, by the borders of some demands of one level."""
    frames = demands.frames.model_copy(update={"within": (), "zones": ()})
    unframed = demands.model_copy(update={"frames": frames})
    return find_neighbours(instance, unframed, None, Problems())


def unenclosed(instance: Instance, demands: Demands, kept: Iterable[tuple[int, ...]] = ()) -> Neighbours:
    """Give the surroundings of which no merger may hold all, but for a merger that is kept.

    Parameters
    ----------
    instance : Instance
    demands : Demands
        Of one level.
    kept : iterable of tuple of int
        Mergers of two or more that are in every plan. Where these must not be enclosed either, the first
        member of each stands for it, with what lies around the whole.

    Returns
    -------
    tuple of tuple of int
        As `surroundings` gives them; empty where the rules allow a merger to enclose others.
    """
    if demands.rules.enclosed != "forbidden":
        return ()
    around = list(surroundings(instance, demands))
    near = unframed_neighbours(instance, demands)
    for group in kept if forbids_enclosed_mergers(demands) else ():
        around[group[0]] = tuple(sorted({j for i in group for j in near[i]} - set(group)))
    return tuple(around)


def forbids_enclosed_mergers(demands: Demands) -> bool:
    """Whether mergers of two or more must not be enclosed either.

    Such a merger is one that has neighbours in its region, all of them in one other merger, which has others
    besides: two that have each other only are no ring.
    """
    return demands.rules.enclosed == "forbidden" and demands.rules.enclosed_parts == "all"
