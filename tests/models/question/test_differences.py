"""What differs between two scenarios is all that differs."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances import Instance, load
from refzones.models import Scenario, locks_of, scenario_differences
from support.build import build_instance
from support.strategies import instances, scenarios


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Instance, Scenario, Scenario]:
    instance = draw(instances())
    first = draw(scenarios(instance, agreed=True))
    return instance, first, draw(st.just(first) | scenarios(instance, agreed=True))


@given(pairs())
@settings(max_examples=100, deadline=None)
def test_nothing_differs_only_where_nothing_does(question: tuple[Instance, Scenario, Scenario]) -> None:
    instance, before, after = question
    found = scenario_differences(instance, before, after)
    back = scenario_differences(instance, after, before)
    assert len(found) == len(back)
    assert all(one.text for one in found)
    come = {one.lock for one in found if one.kind == "locked"}
    gone = {one.lock for one in found if one.kind == "unlocked"}
    had, has = (set(locks_of(instance, scenario)) for scenario in (before, after))
    assert (come, gone) == (has - had, had - has)
    if before == after:
        assert found == ()
    elif not found:
        rest = [scenario.model_copy(update={"name": "", "description": ""}) for scenario in (before, after)]
        said = [one.model_dump(exclude={"locks", "existing", "borders", "rules"}) for one in rest]
        assert said[0] == said[1]


def test_each_kind() -> None:
    instance = build_instance([10] * 3, [(0, 1), (1, 2)], layers={"police": ["A", "A", "B"]})
    before = Scenario.from_dict(
        {
            "name": "before",
            "population": {"max": 130_000},
            "weights": {"distance": 1, "coverage": 0},
            "frames": {"within": ["police"]},
            "locks": {"together": [["M0", "M1"]]},
            "count": {"regions": {"R0": [1, 2]}},
        }
    )
    after = before.overlaid(
        {
            "name": "after",
            "population": {"max": 140_000, "ceiling": 150_000},
            "frames": {"within": [], "unsplit": ["police"]},
            "locks": {"together": [["M1", "M2"]]},
            "weights": {"distance": 2, "shortfall": 1},
            "count": {"regions": {"R0": [1, 3]}},
        }
    )
    assert [(one.kind, one.key, one.text) for one in scenario_differences(instance, before, after)] == [
        ("set", "population.max", "population.max = 140,000 instead of 130,000"),
        ("set", "population.ceiling", "population.ceiling = 150,000"),
        ("set", "count.regions.R0", "count.regions.R0 = 1 to 3 instead of 1 to 2"),
        ("listed", "frames.unsplit", "'police' in frames.unsplit"),
        ("unlisted", "frames.within", "'police' no longer in frames.within"),
        ("set", "weights.distance", "weights.distance = 2.0 instead of 1.0"),
        ("set", "weights.shortfall", "weights.shortfall = 1.0"),
        ("unlocked", "locks.together", "without the lock together: M0, M1"),
        ("locked", "locks.together", "with the lock together: M1, M2"),
    ]


def test_two_levels() -> None:
    instance = load("flanders-2025")
    nested = Scenario.preset("nested")
    assert nested.zones is not None
    bounds = nested.zones.population.model_copy(update={"max": 140_000})
    higher = nested.model_copy(update={"zones": nested.zones.model_copy(update={"population": bounds})})
    (one,) = scenario_differences(instance, nested, higher)
    assert (one.key, one.before, one.after) == ("zones.population.max", nested.zones.population.max, 140_000)
