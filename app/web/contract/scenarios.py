"""Scenarios as works hold them: plain mappings that say what the scenario says itself."""

from __future__ import annotations

from typing import Any

from ....models.scenario.scenario import Scenario
from ...input.no_paths import check_no_paths


def plain_scenario(scenario: Scenario) -> dict[str, Any]:
    """Give a scenario as a state holds it: what it says itself, and nothing that is unsaid."""
    return scenario.model_dump(mode="json", exclude_unset=True)


def scenario_of(data: dict[str, Any]) -> Scenario:
    """Read the scenario of a state.

    Raises
    ------
    InputError
        It is none, or names a file.
    """
    check_no_paths(data, "the scenario")
    return Scenario.from_dict(data, file="the scenario")
