"""Ties between municipalities: who turns to which centre, who works where, in hundredths of people."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from ..instances.common.arrays import FloatArray, IntArray
from ..instances.common.problems import Problems, reject
from ..instances.entities import CLASSES, Flows
from ..instances.instance import Instance
from .lacking import lacks
from .scenario.tables import Orientation
from .seats import METRES_PER_KM

HUNDREDTHS = 100.0
"""People are counted in whole hundredths, so that their sums are exact."""

NEAREST_KM = 1.0
"""Whoever lives nearer to a centre is this far from it: attraction has no bound at distance 0."""


def check_turning(instance: Instance, asked: Orientation, name: str) -> None:
    """Make sure that it can be worked out who turns to which centre.

    Parameters
    ----------
    instance : Instance
    asked : Orientation
    name : str
        Of the term or indicator that needs it.

    Raises
    ------
    InputError
        Lists what the instance lacks.
    """
    problems = Problems()
    for names, remedy in lacks(asked.functions, instance.functions, instance, "functions"):
        problems.add(f"orientation.functions: the instance has no function {names}", remedy)
    for region in _without_classes(instance):
        problems.add(
            f"{name}: no municipality of region '{region}' has a degree of equipment, so it has no "
            "centre to turn to",
            f"give the class ({', '.join(CLASSES)}) of one at least, or leave the term out",
        )
    problems.raise_if_any()
    if asked.by == "flows" and instance.flows is None:
        reject(
            "orientation.by is 'flows', and the instance has no flows",
            f"write orientation.by = 'gravity', or add flows with: refzones instance add-flows "
            f"{instance.name} FILE --out FOLDER",
        )


def turned_to(instance: Instance, asked: Orientation) -> dict[tuple[int, int], int]:
    """Count who turns to which centre of their region.

    Inhabitants of a centre turn to it. Others turn to the centres of their region in proportion to
    attraction, a probabilistic gravity model (Huff 1964), or to flows.

    Returns
    -------
    dict of (int, int) to int
        Hundredths of inhabitants by home and centre, rounded for each pair.
    """
    people = instance.population.tolist()
    commuting = _people_by_pair(instance.flows)
    counted: dict[tuple[int, int], int] = {}
    for region in range(len(instance.regions)):
        centres = centres_of(instance, region, asked.centres)
        for home in instance.members(region).tolist():
            if home in centres:
                draws = [float(centre == home) for centre in centres]
            elif asked.by == "flows":
                draws = [commuting.get((home, centre), 0.0) for centre in centres]
            else:
                draws = [_attraction(instance, asked, home, centre) for centre in centres]
            total = math.fsum(draws)
            for centre, drawn in zip(centres, draws, strict=True):
                if drawn:
                    counted[home, centre] = round(people[home] * (drawn / total) * HUNDREDTHS)
    return counted


def commuters(flows: Flows) -> tuple[IntArray, IntArray, FloatArray]:
    """Count who works in another municipality than their own.

    Returns
    -------
    origin, destination : ndarray of int64, shape (k,)
    hundredths : ndarray of float64, shape (k,)
        Whole numbers.
    """
    between = flows.origin != flows.destination
    counted: FloatArray = np.rint(flows.people[between] * HUNDREDTHS)
    return flows.origin[between], flows.destination[between], counted


def _attraction(instance: Instance, asked: Orientation, home: int, centre: int) -> float:
    """Attraction of a centre: one number after the other, whose powers no library rounds differently."""
    metres = math.hypot(
        float(instance.x[home] - instance.x[centre]), float(instance.y[home] - instance.y[centre])
    )
    has = [bonus for name, bonus in asked.functions.items() if instance.functions[name].present[centre]]
    return (
        math.pow(max(metres / METRES_PER_KM, NEAREST_KM), asked.distance)
        * math.pow(max(float(instance.population[centre]), 1.0), asked.inhabitants)
        * math.exp(math.fsum([asked.classes.get(instance.classes[centre], 0.0), *has]))
    )


def _people_by_pair(flows: Flows | None) -> dict[tuple[int, int], float]:
    """People by home and work; nothing where there are no flows."""
    if flows is None:
        return {}
    pairs = zip(flows.origin.tolist(), flows.destination.tolist(), strict=True)
    return dict(zip(pairs, flows.people.tolist(), strict=True))


def centres_of(instance: Instance, region: int, classes: Sequence[str]) -> list[int]:
    """List the centres of a region: municipalities of some classes, else those of the best class there is.

    A region without a class has none.
    """
    members = instance.members(region).tolist()
    centres = [i for i in members if instance.classes[i] in classes]
    if centres:
        return centres
    ranks = [CLASSES.index(instance.classes[i]) for i in members if instance.classes[i]]
    return [i for i in members if instance.classes[i] == CLASSES[min(ranks)]] if ranks else []


def _without_classes(instance: Instance) -> list[str]:
    """List the regions that have no class at all."""
    having = {int(region) for region, name in zip(instance.region, instance.classes, strict=True) if name}
    return [name for region, name in enumerate(instance.regions) if region not in having]
