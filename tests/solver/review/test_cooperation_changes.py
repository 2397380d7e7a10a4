from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from refzones.instances import Instance
from refzones.models import Scenario
from refzones.solver.results.plan import Plan
from refzones.solver.review.cooperation_changes import BodyChange, cooperation_changes
from refzones.solver.review.effects import effects_of
from support.build import build_instance
from support.strategies import instances

ASKED = Scenario.from_dict({"rules": {"isolated": "alone"}, "weights": {"distance": 1}})


def row() -> Instance:
    """Seven municipalities in a row."""
    return build_instance(
        [1_000] * 7,
        [(i, i + 1) for i in range(6)],
        layers={"police": ["A", "A", "B", "B", "C", "C", "C"], "fire": ["North"] * 6 + [""]},
    )


def test_bodies_are_named_with_what_a_merger_does_to_them() -> None:
    instance = row()
    plan = Plan.of(instance, ASKED, [(0, 1, 2), (3,), (4, 5), (6,)])
    changes = {merger.members: found for merger, found in cooperation_changes(instance, plan)}
    assert list(changes) == [(0, 1, 2), (4, 5)]
    assert changes[0, 1, 2] == (
        BodyChange("superfluous", "police", "A", (0, 1), (2,), 2, 1),
        BodyChange("divided", "police", "B", (2,), (0, 1), 2, 2),
        BodyChange("simplified", "fire", "North", (0, 1, 2), (), 6, 3),
    )
    assert changes[4, 5] == (
        BodyChange("simplified", "police", "C", (4, 5), (), 3, 2),
        BodyChange("simplified", "fire", "North", (4, 5), (), 6, 3),
    )
    assert [one.is_small for one in changes[4, 5]] == [True, False]


@given(st.data())
def test_the_list_has_as_many_as_the_indicators_count(data: st.DataObject) -> None:
    instance = data.draw(instances(numbers=(1,)))
    part = [data.draw(st.integers(0, 2)) for _ in range(len(instance))]
    groups = [[i for i, k in enumerate(part) if k == one] for one in sorted(set(part))]
    plan = Plan.of(instance, ASKED, groups)
    kinds = ("superfluous_bodies(small)", "superfluous_bodies(larger)", "simplified_bodies", "divided_bodies")
    effects = effects_of(instance, ASKED, plan, kinds)
    listed = Counter(
        f"superfluous_bodies({'small' if one.is_small else 'larger'})"
        if one.kind == "superfluous"
        else f"{one.kind}_bodies"
        for _, changes in cooperation_changes(instance, plan)
        for one in changes
    )
    assert {one.indicator.name: one.after for one in effects.whole} == {kind: listed[kind] for kind in kinds}
