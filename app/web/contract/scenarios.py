"""Scenarios as works hold them: plain mappings that say what the scenario says itself."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from ....models.scenario.scenario import Scenario
from ...input.no_paths import check_no_paths


def plain_scenario(scenario: Scenario) -> dict[str, Any]:
    """Give a scenario as a state holds it: what it says itself, and nothing that is unsaid."""
    return scenario.model_dump(mode="json", exclude_unset=True)


def whole_scenario(scenario: Scenario) -> dict[str, Any]:
    """Give every key of a scenario, those too that files leave out where they say nothing."""
    whole: dict[str, Any] = _whole(scenario)
    return whole


def _whole(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return {key: _whole(getattr(value, key)) for key in type(value).model_fields}
    if isinstance(value, dict):
        return {key: _whole(one) for key, one in value.items()}
    return [_whole(one) for one in value] if isinstance(value, list | tuple) else value


def scenario_of(data: dict[str, Any]) -> Scenario:
    """Read the scenario of a state.

    Raises
    ------
    InputError
        It is none, or names a file.
    """
    check_no_paths(data, "the scenario")
    return Scenario.from_dict(data, file="the scenario")
