"""Regions answered elsewhere: the same record as here, whatever travels and whatever is lost."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from refzones.instances import Instance, load
from refzones.instances.synthetic import synthesise
from refzones.models import Scenario
from refzones.solver import Incumbent, Limits, Result, record_of, solve
from refzones.solver.progress import Step
from refzones.solver.regions.elsewhere import _grouped
from support.build import build_instance
from support.executors import Pickling

FLANDERS = ["Waasland", "Midwest", "Regio Brugge", "Westhoek"]
DRAWN = synthesise(60, regions=4, per_merger=2.4, seed=3)
MERGERS = Scenario.preset("mergers")


def told(result: Result) -> dict[str, Any]:
    """What the record holds, but for the time that it took."""
    return _untimed(record_of(result).model_dump(mode="json"))  # type: ignore[no-any-return]


def _untimed(thing: Any) -> Any:
    if isinstance(thing, dict):
        return {key: _untimed(value) for key, value in thing.items() if key != "runtime"}
    return [_untimed(one) for one in thing] if isinstance(thing, list) else thing


@pytest.mark.parametrize(
    ("instance", "scenario", "regions"),
    [
        (load("flanders-2025"), MERGERS, FLANDERS),
        (load("flanders-2025"), Scenario.preset("zones"), FLANDERS),
        (load("flanders-2025"), Scenario.preset("nested"), FLANDERS[:2]),
        (DRAWN, MERGERS, None),
    ],
    ids=["mergers", "zones", "nested", "drawn"],
)
def test_the_same_record_as_here(instance: Instance, scenario: Scenario, regions: list[str] | None) -> None:
    there = solve(instance, scenario, regions=regions, decided=True, cluster=Pickling())
    here = solve(instance, scenario, regions=regions, decided=True)
    assert there.status == "optimal"
    assert told(there) == told(here)


def test_components_are_tasks_and_are_summed_up() -> None:
    # two islands of one region, large enough to be tasks of their own, and a region of one
    borders = [*pairwise(range(14)), *pairwise(range(14, 28)), *pairwise(range(28, 31))]
    instance = build_instance([20_000] * 31, borders, region=[0] * 28 + [1] * 3)
    scenario = Scenario.from_dict({"population": {"min": 30_000, "max": 60_000}, "weights": {"distance": 1}})
    cluster = Pickling()
    there = solve(instance, scenario, cluster=cluster)
    assert len(cluster.answered) == 3
    assert told(there) == told(solve(instance, scenario))


def test_small_components_go_with_a_large_one() -> None:
    assert _grouped([1, 30, 2, 40]) == [(0, 2, 3), (1,)]
    assert _grouped([1, 2]) == [(0, 1)]
    assert _grouped([]) == []


def test_a_region_that_is_lost_has_no_plan_and_the_others_have_theirs() -> None:
    result = solve(DRAWN, MERGERS, cluster=Pickling(loses=[1]))
    lost = [region for region in result.by_region if region.score_nano is None]
    assert [(one.status, one.reason) for one in lost] == [("no plan within limit", "the cluster lost it")]
    here = {region.name: region for region in solve(DRAWN, MERGERS).by_region}
    others = [region for region in result.by_region if region not in lost]
    assert len(others) == 3
    assert [one.score_nano for one in others] == [here[one.name].score_nano for one in others]


def test_without_a_plan_elsewhere_as_here() -> None:
    instance = build_instance([20_000] * 3 + [10_000] * 2, pairwise(range(5)), region=[0, 0, 0, 1, 1])
    scenario = Scenario.from_dict({"population": {"min": 30_000, "max": 60_000}, "weights": {"distance": 1}})
    there, here = solve(instance, scenario, cluster=Pickling()), solve(instance, scenario)
    assert [one.status for one in there.by_region] == ["optimal", "infeasible"]
    assert told(there) == told(here)


def test_each_region_is_told_once() -> None:
    steps: list[Step] = []
    solve(DRAWN, MERGERS, cluster=Pickling(), progress=steps.append)
    assert [step.done for step in steps] == [1, 2, 3, 4]
    assert {step.name for step in steps} == set(DRAWN.regions)


def test_plans_are_told_while_a_region_is_worked_on() -> None:
    told_of: list[Incumbent] = []
    frame = synthesise(80, regions=1, per_merger=8, seed=1)
    limits = Limits(4)
    result = solve(frame, MERGERS, cluster=Pickling(), limits=limits, live=told_of.append)
    assert told_of
    assert result.score_nano is not None
    assert all(one.score_nano is None or one.score_nano <= result.score_nano for one in told_of)


def test_the_instance_travels_once_and_answers_are_small() -> None:
    cluster = Pickling()
    solve(DRAWN, MERGERS, cluster=cluster)
    assert len(cluster.sent) == 1
    assert max(cluster.answered) < 50_000
