"""Orientation: how many inhabitants share a municipality with the centre that they turn to."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property

from ...instances.common.problems import Problems, reject
from ...instances.entities import CLASSES
from ...instances.instance import Instance
from ..lacking import lacks
from ..scenario.scenario import Scenario
from ..seats import METRES_PER_KM
from .pairs import HUNDREDTHS, Pairs, PairTerm

NEAREST_KM = 1.0
"""Whoever lives nearer to a centre is this far from it: attraction has no bound at distance 0."""


class OrientationTerm(PairTerm):
    """Sum over members i of p_i times the share of them who turn to a centre in S.

    Centres of a region are its municipalities of the classes `orientation.centres`; where it has none, those
    of the best class that it has. Inhabitants of a centre turn to it. Others turn to the centres of their
    region in proportion to attraction, a probabilistic gravity model (Huff 1964), or to flows. People are
    rounded to whole hundredths for each pair of municipality and centre, which is part of the definition.
    """

    key = "orientation"
    unit = "share of inhabitants who turn to a centre in their own municipality"
    parameters = (
        "orientation.by",
        "orientation.centres",
        "orientation.distance",
        "orientation.inhabitants",
        "orientation.classes",
        "orientation.functions",
    )

    def __init__(self, instance: Instance, scenario: Scenario, argument: str = "") -> None:
        super().__init__(instance, scenario, argument)
        if scenario.level == "zones":
            self.unit = self.unit.replace("municipality", "reference zone")
        problems = Problems()
        for names, remedy in lacks(scenario.orientation.functions, instance.functions, instance, "functions"):
            problems.add(f"orientation.functions: the instance has no function {names}", remedy)
        for name in _without_classes(instance):
            problems.add(
                f"{self.name}: no municipality of region '{name}' has a degree of equipment, so it has no "
                "centre to turn to",
                f"give the class ({', '.join(CLASSES)}) of one at least, or leave the term out",
            )
        problems.raise_if_any()
        if scenario.orientation.by == "flows" and instance.flows is None:
            reject(
                "orientation.by is 'flows', and the instance has no flows",
                f"write orientation.by = 'gravity', or add flows with: refzones instance add-flows "
                f"{instance.name} FILE --out FOLDER",
            )

    def count_pairs(self) -> Pairs:
        """Count hundredths of inhabitants by home and centre; see `PairTerm.count_pairs`."""
        people = self.instance.population.tolist()
        counted: dict[tuple[int, int], int] = {}
        for region in range(len(self.instance.regions)):
            centres = centres_of(self.instance, region, self.scenario.orientation.centres)
            for home in self.instance.members(region).tolist():
                draws = self._draws(home, centres)
                total = math.fsum(draws)
                for centre, drawn in zip(centres, draws, strict=True):
                    if drawn:
                        counted[home, centre] = round(people[home] * (drawn / total) * HUNDREDTHS)
        return Pairs.from_dict(counted)

    def _draws(self, home: int, centres: Sequence[int]) -> list[float]:
        """Say how strongly each centre of its region draws a municipality."""
        if home in centres:
            return [float(centre == home) for centre in centres]
        if self.scenario.orientation.by == "flows":
            return [self._commuters.get((home, centre), 0.0) for centre in centres]
        return [self._attraction(home, centre) for centre in centres]

    def _attraction(self, home: int, centre: int) -> float:
        """Attraction of a centre: one number after the other, whose powers no library rounds differently."""
        instance, asked = self.instance, self.scenario.orientation
        metres = math.hypot(
            float(instance.x[home] - instance.x[centre]), float(instance.y[home] - instance.y[centre])
        )
        has = [bonus for name, bonus in asked.functions.items() if instance.functions[name].present[centre]]
        return (
            math.pow(max(metres / METRES_PER_KM, NEAREST_KM), asked.distance)
            * math.pow(max(float(instance.population[centre]), 1.0), asked.inhabitants)
            * math.exp(math.fsum([asked.classes.get(instance.classes[centre], 0.0), *has]))
        )

    @cached_property
    def _commuters(self) -> dict[tuple[int, int], float]:
        """People by home and work."""
        flows = self.instance.flows
        assert flows is not None
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
