"""Municipalities: how many there are."""

from __future__ import annotations

from .by_inhabitants import ByInhabitants, Step


class Municipalities(ByInhabitants):
    """Municipalities, mergers and those that stay alone together."""

    key = "municipalities"
    family = "capacity"
    unit = "municipalities"
    reads = ("municipalities.nis",)
    weighable = True

    @property
    def merged(self) -> tuple[Step, ...]:
        """See `ByInhabitants.merged`."""
        return (Step(0, None, constant=1.0),)
