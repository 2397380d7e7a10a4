"""Municipalities below: how many have fewer inhabitants than a size."""

from __future__ import annotations

from .by_inhabitants import Step
from .sizes import MINIMUM, Below


class MunicipalitiesBelow(Below):
    """Municipalities with fewer inhabitants than a size, or than the minimum that the scenario asks for."""

    key = "municipalities_below"
    arguments = (MINIMUM,)
    unit = "municipalities"
    weighable = True

    @property
    def merged(self) -> tuple[Step, ...]:
        """See `ByInhabitants.merged`."""
        return self.steps_below(constant=1.0, slope=0.0)
