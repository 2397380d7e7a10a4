"""Councillors: how many members the municipal councils have."""

from __future__ import annotations

from .by_inhabitants import ByInhabitants, Step, steps_of
from .mandates import mandates


class Councillors(ByInhabitants):
    """Members of the municipal council, by inhabitants."""

    key = "councillors"
    family = "democracy"
    unit = "councillors"
    reads = ("municipalities.population",)
    weighable = True

    @property
    def sources(self) -> tuple[str, ...]:
        """See `Indicator.sources`."""
        return (mandates().source,)

    @property
    def merged(self) -> tuple[Step, ...]:
        """See `ByInhabitants.merged`."""
        steps = mandates().councillors
        return steps_of(steps.below, steps.values)
