"""Agreement of `solve` with brute force: status, score, bound, plan, verification."""

from __future__ import annotations

from typing import Any, TypeVar

from hypothesis import currently_in_test_context, event
from refzones.instances import InputError, Instance
from refzones.models.scenario.demands import Demands
from refzones.models.scenario.scenario import Scenario
from refzones.solver import Result, solve
from refzones.solver.verification.verifier import verify

from .brute import BruteForce, brute_force
from .brute_nested import NestedBruteForce, brute_force_nested

D = TypeVar("D", bound=Demands)


def check_against_brute_force(
    instance: Instance, scenario: Scenario, *, engine_name: str = "highs", workers: int = 1, seed: int = 0
) -> None:
    """Check that status, score, bound and plan are those of brute force, and verified."""
    truth = _truth(instance, scenario)
    _check(instance, scenario, truth, engine_name=engine_name, workers=workers, seed=seed)


def check_one_frame(instance: Instance, scenario: Scenario, **options: Any) -> None:
    """Check `frames.regions = false` against brute force on an instance of one region."""
    truth = _truth(instance.as_one_region(), united(scenario, regions=True))
    _check(instance, united(scenario), truth, **options)


def united(scenario: Scenario, *, regions: bool = False) -> Scenario:
    """Give a scenario without regions as frames, or the same with whatever regions there are."""
    zones = None if scenario.zones is None else united_demands(scenario.zones, regions)
    return united_demands(scenario, regions).model_copy(update={"zones": zones})


def united_demands(demands: D, regions: bool) -> D:
    """Give the same for one level."""
    count = demands.count.model_copy(update={"regions": {}})
    frames = demands.frames.model_copy(update={"regions": regions})
    return demands.model_copy(update={"count": count, "frames": frames})


def _truth(instance: Instance, scenario: Scenario) -> BruteForce | NestedBruteForce | None:
    nested = scenario.level == "nested"
    return brute_force_nested(instance, scenario) if nested else brute_force(instance, scenario)


def _check(
    instance: Instance,
    scenario: Scenario,
    truth: BruteForce | NestedBruteForce | None,
    *,
    engine_name: str = "highs",
    workers: int = 1,
    seed: int = 0,
) -> None:
    try:
        result = solve(instance, scenario, engine_name=engine_name, workers=workers, seed=seed)
    except InputError:
        _note("refused")
        assert truth is None
        return
    if truth is None:
        _note("infeasible")
        assert (result.status, result.score_nano) == ("infeasible", None)
        assert all(region.reason for region in result.by_region if region.status == "infeasible")
        return
    assert (result.status, result.score_nano, result.bound_nano) == (
        "optimal", truth.score_nano, truth.score_nano,
    )  # fmt: skip
    assert result.plan is not None
    assert verify(instance, scenario, result.plan) == ()
    if isinstance(truth, BruteForce):
        _note("one optimum" if len(truth.plans) == 1 else "equal optima")
        assert [merger.members for merger in result.plan.mergers] == truth.chosen
        assert result.plan.zones == ()
    else:
        _note("two levels")
        _check_two_levels(scenario, result, truth)


def _check_two_levels(scenario: Scenario, result: Result, truth: NestedBruteForce) -> None:
    """Check that ties are broken by rule where the number of mergers is not limited."""
    if is_limited(scenario):
        return
    assert [zone.members for zone in result.zones] == truth.zones
    assert [merger.members for merger in result.mergers] == truth.mergers


def is_limited(scenario: Scenario) -> bool:
    """Tell whether the number of mergers is limited anywhere."""
    return bool(scenario.count.min or scenario.count.max is not None or scenario.count.regions)


def _note(text: str) -> None:
    if currently_in_test_context():
        event(text)
