"""States of a work: what is asked, what is drawn, and the step that led there."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from ...models.scenario.scenario import Scenario
from .contract.scenarios import scenario_of
from .contract.works import Step

Data = dict[str, Any]


@dataclass(frozen=True)
class State:
    """All that there is to a work at one moment.

    Attributes
    ----------
    scenario : dict
        As `Scenario.from_dict` takes it, without a preset.
    drawn : tuple of tuple of str, or None
        The plan that is drawn by hand, by NIS codes.
    step : Step
        The action that made it.
    """

    scenario: Data
    drawn: tuple[tuple[str, ...], ...] | None = None
    step: Step = field(default_factory=lambda: Step(said="begin"))

    @property
    def asked(self) -> Scenario:
        """The scenario of the state."""
        return scenario_of(self.scenario)

    @property
    def digest(self) -> str:
        """What tells the state from others: equal questions have equal digests."""
        told = json.dumps([self.scenario, self.drawn], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    def plain(self) -> Data:
        """Give the state as a work file holds it."""
        return {
            "scenario": self.scenario,
            "drawn": self.drawn,
            "step": self.step.model_dump(mode="json", exclude_defaults=True),
        }

    @classmethod
    def of_plain(cls, data: Data) -> State:
        """Read what `plain` gives."""
        drawn = data["drawn"]
        groups = None if drawn is None else tuple(tuple(map(str, group)) for group in drawn)
        return cls(dict(data["scenario"]), groups, Step.model_validate(data["step"]))
