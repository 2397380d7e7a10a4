"""Why no two maps of a region keep what is asked of both, in words."""

from __future__ import annotations

from dataclasses import replace

from ...models.scenario.scenario import Scenario
from ..deadline import Limits
from ..infeasibility.explanation import explain
from ..regions.solving import solve
from ..results.staged import StagedRegion, StagedResult


def with_staged_reasons(result: StagedResult, seconds: float) -> StagedResult:
    """Say of each region without a plan which map cannot be had, or that the two do not go together.

    Parameters
    ----------
    result : StagedResult
    seconds : float
        For each of these regions.
    """
    regions = tuple(
        replace(region, reason=_reason(result, region, seconds)) if region.infeasible else region
        for region in result.by_region
    )
    return replace(result, by_region=regions)


def _reason(result: StagedResult, region: StagedRegion, seconds: float) -> str:
    scenario = result.scenario
    # on the earlier map who may stay does so: by itself it is hardly ever what leaves no plan
    alone = zip(scenario.moments, scenario.stages, strict=True)
    asked = [*alone] if scenario.unmerged == "by_rule" else [*alone][1:]
    for moment, stage in reversed(asked):
        why = _alone(result, stage, region, seconds)
        if why is None:
            return (
                f"no maps of {scenario.moments[0]} and {scenario.moments[1]} keep all that is asked of both"
            )
        if why:
            return f"the map of {moment} cannot be had by itself: {why}"
    return (
        f"the map of {scenario.moments[1]} can be had by itself, but none in which the map of "
        f"{scenario.moments[0]} keeps what is asked of it"
    )


def _alone(result: StagedResult, stage: Scenario, region: StagedRegion, seconds: float) -> str | None:
    """Say why one map has no plan by itself: empty where it has one, None where that is not known."""
    found = solve(result.instance, stage, regions=[region.name], limits=Limits(seconds))
    if found.score_nano is not None:
        return ""
    if found.status != "infeasible":
        return None
    explanation = explain(result.instance, stage, region.name, Limits(seconds), known=True)
    return found.by_region[0].reason if explanation is None else explanation.in_words()
