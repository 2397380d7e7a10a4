"""Executives: how many mayors and aldermen there may be."""

from __future__ import annotations

from ...instances.common.problems import reject, suggest
from ...instances.instance import Instance
from ..scenario.demands import Demands
from .by_inhabitants import ByInhabitants, Step, steps_of
from .mandates import mandates


class Executives(ByInhabitants):
    """A mayor for each municipality, and the most aldermen that it may have, in a term since the merger."""

    key = "executives"
    takes = "term"
    arguments = ("first", "second", "later")
    family = "democracy"
    unit = "mayors and aldermen"
    reads = ("municipalities.population",)
    weighable = True

    def __init__(self, instance: Instance, demands: Demands, argument: str = "") -> None:
        super().__init__(instance, demands, argument)
        if argument not in self.arguments:
            what = f"{self.name}: there is no such term of office"
            reject(what, suggest(argument, self.arguments), value=argument)
        self._more: int = getattr(mandates().more_after_merger, argument)

    @property
    def sources(self) -> tuple[str, ...]:
        """See `Indicator.sources`."""
        return (mandates().source,)

    @property
    def merged(self) -> tuple[Step, ...]:
        """See `ByInhabitants.merged`."""
        return self._steps(1 + self._more)

    @property
    def alone(self) -> tuple[Step, ...]:
        """See `ByInhabitants.alone`."""
        return self._steps(1)

    @staticmethod
    def _steps(more: int) -> tuple[Step, ...]:
        steps = mandates().aldermen
        return steps_of(steps.below, steps.values, more)
