"""Commuting: how many commuters would find home and work in one municipality."""

from __future__ import annotations

from functools import cached_property

from ...instances.common.problems import reject
from ...instances.instance import Instance
from ..scenario.demands import Demands
from ..ties import commuters
from .pair_sums import PairIndicator, Ties


class Commuting(PairIndicator):
    """Per cent of commuters whose trip to another municipality stays within their own one after merging.

    Whoever works in the own municipality already is no commuter, and is not counted.
    """

    key = "commuting"
    family = "identity"
    unit = "per cent of those who work in another municipality now"
    reads = ("flows.people",)

    def __init__(self, instance: Instance, demands: Demands, argument: str = "") -> None:
        super().__init__(instance, demands, argument)
        if instance.flows is None or not instance.flows.between:
            reject(
                f"{self.name}: the instance has no flows between municipalities",
                f"add them with: refzones instance add-flows {instance.name} FILE --out FOLDER "
                "(FILE: a table with the columns origin, destination, people)",
            )

    @cached_property
    def ties(self) -> Ties:
        """Commuters by home and work."""
        assert self.instance.flows is not None
        return Ties(*commuters(self.instance.flows))
