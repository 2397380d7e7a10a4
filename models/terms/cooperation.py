"""Cooperation: how far municipalities that work together in small zones merge with each other."""

from __future__ import annotations

import numpy as np

from ...instances.common.problems import Problems
from ...instances.instance import Instance
from ..lacking import lacks
from ..scenario.scenario import Scenario
from ..ties import HUNDREDTHS
from .pairs import Pairs, PairTerm


class CooperationTerm(PairTerm):
    """Sum over layers, zones z and members i of p_i times the share of their partners who are in S too.

    Partners are the inhabitants of the zone outside the own municipality. A zone of m municipalities counts
    1 / (m - 1), since many small forms of cooperation between the same few municipalities are the sign that
    they could merge; a layer counts its share in the weights of `cooperation.layers`. So a pair is worth::

        sum over layers, in their order, of  share p_i p_j / ((m - 1) (P_z - p_i))

    rounded to whole hundredths of an inhabitant, half to even; the order of operations is part of it.
    """

    key = "cooperation"
    unit = "share of partners in small zones with whom inhabitants share a municipality"
    parameters = ("cooperation.layers",)

    def __init__(self, instance: Instance, scenario: Scenario, argument: str = "") -> None:
        super().__init__(instance, scenario, argument)
        if scenario.level == "zones":
            self.unit = self.unit.replace("municipality", "reference zone")
        problems = Problems()
        for names, remedy in lacks(scenario.cooperation.layers, instance.layers, instance, "layer"):
            problems.add(f"cooperation.layers: the instance has no layer {names}", remedy)
        problems.raise_if_any()

    def count_pairs(self) -> Pairs:
        """Count hundredths of inhabitants by pair; see `PairTerm.count_pairs`."""
        layers = self.scenario.cooperation.layers
        total = sum(layers.values())
        worth: dict[tuple[int, int], float] = {}
        for name, weight in layers.items():
            layer = self.instance.layers[name]
            for zone in range(len(layer.zones)):
                self._add_zone(worth, np.flatnonzero(layer.zone == zone).tolist(), weight / total)
        return Pairs.from_dict({pair: round(amount * HUNDREDTHS) for pair, amount in worth.items()})

    def _add_zone(self, worth: dict[tuple[int, int], float], members: list[int], share: float) -> None:
        """Add what the pairs of a zone are worth in one layer."""
        people = {i: int(self.instance.population[i]) for i in members}
        everybody = sum(people.values())
        for i in members:
            partners = everybody - people[i]
            for j in members:
                if i != j and partners:
                    amount = share * (people[i] * people[j]) / ((len(members) - 1) * partners)
                    worth[i, j] = worth.get((i, j), 0.0) + amount
