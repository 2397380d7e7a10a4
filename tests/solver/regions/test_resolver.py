"""One scenario after the other: the answers are those of `solve`, whatever was asked before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance, load
from refzones.models import Scenario
from refzones.solver import Limits, RegionResult, Resolver, ResolverParams, Result, Step, solve
from refzones.solver.regions.region import RegionSolver
from support.demands import demands, zone_demands
from support.strategies import instances

Edits = tuple[Instance, list[Scenario]]

FLANDERS = load("flanders-2025")

KINDS = ("weights", "weights", "key", "key", "lock", "lock", "one frame", "back")
"""Of edits, some more often than others."""


@st.composite
def edits(draw: st.DrawFn, *, nested: bool = False, most: int = 6) -> Edits:
    """Draw an instance and scenarios, each a few keys away from one before: edits, and edits taken back."""
    instance = draw(instances(largest=7 if nested else 8, numbers=(1, 2, 2, 3)))
    some = [_demands(draw, instance, nested=nested) for _ in range(2)]
    asked, scenarios = dict(some[0]), []
    for _ in range(draw(st.integers(2, most))):
        match draw(
            st.sampled_from(("weights", "weights", "key", "key", "lock", "lock", "one frame", "back"))
        ):
            case "weights":
                asked["weights"] = _weighed(draw, asked.get("weights", {}))
            case "key":
                _exchange(
                    asked, draw(st.sampled_from(some)), draw(st.sampled_from(sorted({*some[0], *some[1]})))
                )
            case "lock" if len(instance) > 1:
                asked["locks"] = _locked(draw, instance, asked.get("locks", {}))
            case "one frame":
                regions = draw(st.booleans())
                asked["frames"] = asked.get("frames", {}) | {"regions": regions}
                if nested:
                    asked["zones"] = asked["zones"] | {
                        "frames": asked["zones"].get("frames", {}) | {"regions": regions}
                    }
            case "back" if scenarios:
                scenarios.append(draw(st.sampled_from(scenarios)))
        try:
            scenarios.append(Scenario.from_dict(dict(asked)))
        except InputError:
            continue
    return instance, scenarios


def _demands(draw: st.DrawFn, instance: Instance, *, nested: bool) -> dict[str, Any]:
    inner = draw(demands(instance, agreed=True, gentle=nested))
    return (
        {"level": "nested", **inner, "zones": draw(zone_demands(instance, agreed=True))} if nested else inner
    )


def _exchange(asked: dict[str, Any], other: dict[str, Any], key: str) -> None:
    if key in other:
        asked[key] = other[key]
    else:
        asked.pop(key, None)


def _locked(draw: st.DrawFn, instance: Instance, locks: dict[str, Any]) -> dict[str, Any]:
    key = draw(st.sampled_from(("together", "apart")))
    pair = draw(st.lists(st.sampled_from(instance.codes), min_size=2, max_size=2, unique=True))
    return locks | {key: [*locks.get(key, []), pair]}


def _weighed(draw: st.DrawFn, weights: dict[str, float]) -> dict[str, float]:
    return {term: weight * draw(st.sampled_from((1, 1, 1, 0.5, 3, 0))) for term, weight in weights.items()}


def told(result: Result) -> list[object]:
    """All that counts of an answer."""
    return [
        (
            *(region.name, region.status, region.score_nano, region.bound_nano, region.reason),
            *(region.mergers, region.zones, region.candidates, region.municipalities),
            [part.decided for part in (*region.mergers, *region.zones)],
        )
        for region in result.by_region
    ]


def answers(ask: Any, *args: Any, **options: Any) -> tuple[Result | None, str]:
    try:
        return ask(*args, **options), ""
    except InputError as error:
        return None, str(error)


def check(instance: Instance, scenarios: Sequence[Scenario], **params: int) -> None:
    resolver = Resolver(instance, ResolverParams(**params))
    for number, scenario in enumerate(scenarios):
        decided = number % 2 == 1
        fresh, wrong = answers(solve, instance, scenario, workers=1, decided=decided)
        again, told_wrong = answers(resolver.solve, scenario, decided=decided)
        assert told_wrong == wrong
        if fresh is None or again is None:
            event("refused")
            continue
        event(fresh.status)
        assert told(again) == told(fresh)
        assert again.plan == fresh.plan
        assert again.scenario is scenario
        assert (again.engine, again.formulation, again.versions) == (
            fresh.engine,
            fresh.formulation,
            fresh.versions,
        )


@given(edits())
@settings(max_examples=100, deadline=None)
def test_answers_are_those_of_solve(drawn: Edits) -> None:
    check(*drawn)


@given(edits(nested=True, most=4))
@settings(max_examples=40, deadline=None)
def test_so_are_those_of_zones_with_mergers_inside(drawn: Edits) -> None:
    check(*drawn)


@given(edits())
@settings(max_examples=30, deadline=None)
def test_what_is_forgotten_changes_no_answer(drawn: Edits) -> None:
    check(*drawn, answers=1, proofs=1)


class Counted:
    """Counts the regions that are solved."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.names: list[str] = []
        whole = RegionSolver.solve

        def solving(solver: RegionSolver) -> RegionResult:
            result = whole(solver)
            self.names.append(result.name)
            return result

        monkeypatch.setattr(RegionSolver, "solve", solving)

    def since(self) -> list[str]:
        """Give the regions since this was asked last."""
        names, self.names = sorted(self.names), []
        return names


MERGERS = Scenario.preset("mergers")
LOCKED = MERGERS.overlaid({"name": "other", "locks": {"together": [["Aalst", "Lede"]]}})


def test_only_what_changed_is_solved_again(monkeypatch: pytest.MonkeyPatch) -> None:
    solved, resolver = Counted(monkeypatch), Resolver(FLANDERS)
    first = resolver.solve(MERGERS)
    assert len(solved.since()) == len(FLANDERS.regions)
    locked = resolver.solve(LOCKED)
    assert solved.since() == [FLANDERS.regions[FLANDERS.region[FLANDERS.find("Aalst")]]]
    back = resolver.solve(MERGERS.model_copy(update={"description": "another text"}))
    assert resolver.solve(LOCKED, regions=["Westhoek"]).by_region[0] in locked.by_region
    assert solved.since() == []
    assert back.by_region == first.by_region
    # by its code, and in another order
    codes = [FLANDERS.codes[FLANDERS.find(name)] for name in ("Lede", "Aalst")]
    assert resolver.solve(MERGERS.overlaid({"locks": {"together": [codes]}})).by_region == locked.by_region
    assert solved.since() == []


def test_each_region_is_told_of_whether_it_was_known_or_not() -> None:
    resolver, steps = Resolver(FLANDERS), list[Step]()
    resolver.solve(MERGERS, regions=["Westhoek", "Waasland"])
    result = resolver.solve(MERGERS, regions=["Westhoek", "Waasland", "Midwest"], progress=steps.append)
    assert sorted(step.done for step in steps) == [1, 2, 3]
    assert {step.name: step.answer for step in steps} == {one.name: one for one in result.by_region}


def test_prices_are_had_later_and_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["Westhoek", "Waasland"]
    right = solve(FLANDERS, MERGERS, regions=names, decided=True)
    solved, resolver = Counted(monkeypatch), Resolver(FLANDERS)
    result = resolver.solve(MERGERS, regions=names)
    steps: list[Step] = []
    decided = resolver.decide(result, progress=steps.append)
    assert told(decided) == told(right)
    assert [step.answer for step in steps] == list(decided.by_region)
    assert sorted(solved.since()) == sorted(names)
    assert told(Resolver(FLANDERS).decide(result)) == told(right)  # whose proofs it does not have
    solved.since()
    resolver.clear()
    assert told(resolver.decide(result)) == told(right)
    assert told(resolver.decide(result)) == told(right)
    assert sorted(solved.since()) == sorted(names)
    assert told(resolver.solve(MERGERS, regions=names)) == told(result)


def test_what_was_cut_short_is_answered_again() -> None:
    resolver = Resolver(FLANDERS)
    short = resolver.solve(MERGERS, regions=["Westhoek"], limits=Limits(1e-9))
    assert short.status == "no plan within limit"
    assert resolver.solve(MERGERS, regions=["Westhoek"]).status == "optimal"
    assert resolver.solve(MERGERS, regions=["Westhoek"], limits=Limits(1e-9)).status == "optimal"


def test_plans_are_verified(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = RegionSolver.solve

    def wrong(solver: RegionSolver) -> RegionResult:
        result = whole(solver)
        return RegionResult(*astuple(result)[:2], result.mergers[1:], 1, 1, 0.0)

    monkeypatch.setattr(RegionSolver, "solve", wrong)
    with pytest.raises(RuntimeError, match="the plan of Westhoek does not pass verification"):
        Resolver(FLANDERS).solve(MERGERS, regions=["Westhoek"])


def test_bad_input_is_told_as_by_solve() -> None:
    resolver = Resolver(FLANDERS)
    with pytest.raises(InputError, match="Westhook"):
        resolver.solve(MERGERS, regions=["Westhook"])
    with pytest.raises(InputError, match="at least one worker"):
        resolver.solve(MERGERS, workers=0)
    contradictory = {"together": [["Aalst", "Lede"]], "apart": [["Aalst", "Lede"]]}
    with pytest.raises(InputError, match="locked both together and apart"):
        resolver.solve(MERGERS.overlaid({"locks": contradictory}))
