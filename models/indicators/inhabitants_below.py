"""Inhabitants below: how many people live in a municipality smaller than a size."""

from __future__ import annotations

from typing import ClassVar

from .by_inhabitants import Step
from .sizes import Below


class InhabitantsBelow(Below):
    """Inhabitants of municipalities smaller than a size, or than the minimum that the scenario asks for."""

    key = "inhabitants_below"
    arguments: ClassVar[tuple[str, ...]] = ()  # shown as `ShareBelow`
    unit = "inhabitants"
    weighable = True

    @property
    def merged(self) -> tuple[Step, ...]:
        """See `ByInhabitants.merged`."""
        return self.steps_below(constant=0.0, slope=1.0)
