"""What was drawn, completed: the best plan of all that have it, and true reasons for what it has not."""

from __future__ import annotations

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance, load
from refzones.models import Scenario
from refzones.solver import Result, complete_drawn, solve, verify
from support.build import build_instance
from support.strategies import questions

Groups = list[list[int]]


@st.composite
def drawings(draw: st.DrawFn) -> tuple[Instance, Scenario, Groups, Groups]:
    instance, scenario = draw(questions(largest=7, agreed=True))
    labels = [draw(st.integers(0, 5)) for _ in range(len(instance))]  # 4 and 5: in no merger
    groups = [[i for i, label in enumerate(labels) if label == k] for k in range(4)]
    return instance, scenario, [g for g in groups[:2] if g], [g for g in groups[2:] if g]


def written(instance: Instance, scenario: Scenario, finished: Groups, begun: Groups) -> Scenario:
    """Write what was drawn into the scenario as a file would."""
    data = scenario.model_dump(mode="json")
    locks, existing = data["locks"], data["existing"]
    if finished and existing["mode"] == "extend":
        locks["together"] += [group for group in existing["mergers"] if len(group) > 1]
        existing |= {"mode": "keep", "mergers": []}
    known = [{instance.find(text) for text in texts} for texts in existing["mergers"]]
    new = [group for group in finished if set(group) not in known]
    existing["mergers"] += [[instance.codes[i] for i in group] for group in new]
    locks["together"] += [[instance.codes[i] for i in group] for group in begun if len(group) > 1]
    return Scenario.from_dict(data)


def attempt(instance: Instance, scenario: Scenario) -> Result | None:
    try:
        return solve(instance, scenario, workers=1)
    except InputError:
        return None


@given(drawings())
@settings(max_examples=60, deadline=None)
def test_the_best_plan_with_what_was_drawn(drawing: tuple[Instance, Scenario, Groups, Groups]) -> None:
    instance, scenario, finished, begun = drawing
    if attempt(instance, scenario) is None:
        return
    found = complete_drawn(instance, scenario, finished, begun, workers=1)
    lost = [list(one.members) for one in found.unkept]
    event(f"{len(lost)} not kept")
    kept = ([g for g in finished if g not in lost], [g for g in begun if g not in lost])
    truth = attempt(instance, written(instance, scenario, *kept))
    assert truth is not None
    assert [one.status for one in found.result.by_region] == [one.status for one in truth.by_region]
    assert (found.result.score_nano, found.result.bound_nano) == (truth.score_nano, truth.bound_nano)
    answered = [region.name for region in truth.by_region if region.score_nano is not None]
    if found.result.plan is not None:
        assert verify(instance, found.scenario, found.result.plan, regions=answered) == ()
    for one in found.unkept:
        # with it, and with all that is kept, there is no plan in its regions
        assert one.reason.text
        more = [*kept[0], list(one.members)] if one.is_finished else kept[0]
        open_ones = kept[1] if one.is_finished else [*kept[1], list(one.members)]
        wished = attempt(instance, written(instance, scenario, more, open_ones))
        names = {instance.regions[instance.region[i]] for i in one.members}
        statuses = [] if wished is None else [r.status for r in wished.by_region if r.name in names]
        assert wished is None or "infeasible" in statuses


def test_flanders_drawn_by_hand() -> None:
    instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    find = instance.find
    pair, torn = [find("Lubbeek"), find("Bierbeek")], [find("Aalst"), find("Leuven")]
    large, begun = [find("Hasselt"), find("Genk")], [find("Aarschot"), find("Tienen")]
    found = complete_drawn(
        instance, scenario, [pair, torn], [large, begun], regions=["Oost-Brabant", "Limburg", "Denderregio"]
    )
    assert found.result.status == "optimal"
    parts = {merger.members for merger in found.result.mergers}
    assert tuple(sorted(pair)) in parts
    assert any(set(begun) <= set(part) for part in parts)
    assert [(one.reason.kind, one.is_finished) for one in found.unkept] == [
        ("different regions", True),
        ("above the maximum", False),
    ]
    assert [lock.text for lock in found.locks] == [
        "kept as it is: Bierbeek, Lubbeek",
        "together: Aarschot, Tienen",
    ]


def test_a_finished_merger_that_leaves_no_plan_for_others() -> None:
    """M0 alone is too small for a merger; what cuts it off is not kept, and it is said with which rule."""
    instance = build_instance([10, 30, 30, 30], [(0, 1), (1, 2), (2, 3)])
    scenario = Scenario.from_dict({"population": {"min": 30, "max": 70}, "weights": {"distance": 1}})
    found = complete_drawn(instance, scenario, [[1, 2]])
    (lost,) = found.unkept
    assert lost.members == (1, 2)
    assert "population.min = 30" in lost.reason.text
    assert found.result.status == "optimal"


def test_what_cannot_be_drawn() -> None:
    instance = build_instance([10, 10], [(0, 1)])
    scenario = Scenario.from_dict({"population": {"min": 0, "max": 30}, "weights": {"distance": 1}})
    with pytest.raises(InputError, match="is in two of the mergers"):
        complete_drawn(instance, scenario, [[0, 1]], [[1]])
