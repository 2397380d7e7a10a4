"""Orientation: how many inhabitants share a municipality with the centre that they turn to."""

from __future__ import annotations

from ...instances.instance import Instance
from ..scenario.scenario import Scenario
from ..ties import check_turning, turned_to
from .pairs import Pairs, PairTerm


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
        check_turning(instance, scenario.orientation, self.name)

    def count_pairs(self) -> Pairs:
        """Count hundredths of inhabitants by home and centre; see `PairTerm.count_pairs`."""
        return Pairs.from_dict(turned_to(self.instance, self.scenario.orientation))
