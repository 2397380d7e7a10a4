"""What announced mergers foreclose, against brute force over all plans."""

from __future__ import annotations

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance, load
from refzones.instances.plan_files.announced import Announced
from refzones.models.question.each_lock import Lock, with_lock
from refzones.models.scenario.scenario import Scenario
from refzones.solver.deadline import Limits
from refzones.solver.plan_sets.alternatives import Loss
from refzones.solver.road.foreclosure import Foreclosure, Kept, foreclosure
from refzones.solver.road.foreclosure_rows import FORECLOSURE_COLUMNS, foreclosure_rows
from support.all_plans import Plan, all_plans
from support.scenarios import FUNCTIONS_NEARBY
from support.strategies import questions

LOSS = Loss.read("20%")


@st.composite
def _asked(draw: st.DrawFn) -> tuple[Instance, Scenario, tuple[Announced, ...]]:
    instance, scenario = draw(questions(largest=7, agreed=False))
    groups = st.sets(st.integers(0, len(instance) - 1), min_size=2, max_size=3)
    found = draw(st.lists(groups, min_size=1, max_size=3)) if len(instance) > 1 else []
    return instance, scenario, tuple(Announced(f"A{k}", tuple(sorted(g))) for k, g in enumerate(found))


def _whole(plan: Plan, members: tuple[int, ...]) -> bool:
    return any(set(members) <= set(part) for part in plan)


def _truth(found: Foreclosure, every: list[list[tuple[int, Plan]]], one: Kept) -> tuple[int | None, int, int]:
    """Price of a set, good plans of its regions, and good plans that keep it."""
    instance = found.instance
    groups = [found.announced[place].members for place in one.places]
    if any(len({int(instance.region[i]) for i in group}) > 1 for group in groups):
        return None, 0, 0
    if any(set(a) & set(b) for k, a in enumerate(groups) for b in groups[:k]):
        return None, 0, 0  # two that overlap would be one merger of other municipalities
    price, good, left = 0, 1, 1
    for region in {int(instance.region[group[0]]) for group in groups}:
        own = [group for group in groups if int(instance.region[group[0]]) == region]
        plans = every[region]
        keeping = [entry for entry in plans if all(_whole(entry[1], group) for group in own)]
        if not keeping:
            return None, 0, 0
        price += plans[0][0] - keeping[0][0]
        least = plans[0][0] - LOSS.nano(plans[0][0])
        good *= sum(score >= least for score, _ in plans)
        left *= sum(score >= least for score, _ in keeping)
    return price, good, left


@settings(deadline=None, max_examples=80)
@given(_asked())
def test_prices_and_good_plans_are_those_of_brute_force(
    asked: tuple[Instance, Scenario, tuple[Announced, ...]],
) -> None:
    instance, scenario, announced = asked
    try:
        found = foreclosure(instance, scenario, announced, LOSS)
    except InputError:
        event("refused")
        return
    every = [all_plans(instance, scenario, region) for region in range(len(instance.regions))]
    assert len(found.kept) == 2 ** len(announced)
    for one in found.kept:
        price, good, left = _truth(found, every, one)
        event("possible" if one.is_possible else "impossible")
        assert one.price_nano == price
        assert one.is_possible == (price is not None)
        if one.is_possible:
            assert (one.good, one.good_left) == (good, left)


@settings(deadline=None, max_examples=40)
@given(_asked())
def test_mergers_that_stay_as_they_are_cost_what_brute_force_says(
    asked: tuple[Instance, Scenario, tuple[Announced, ...]],
) -> None:
    instance, scenario, announced = asked
    try:
        found = foreclosure(instance, scenario, announced[:1], LOSS, exactly=True)
    except InputError:
        event("refused")
        return
    one, group = found.of((0,)), found.announced[0].members
    if one.price_nano is None:
        event("impossible")
        return
    locked = with_lock(instance, scenario, Lock("existing", group))
    region = int(instance.region[group[0]])
    event("possible")
    best, kept = all_plans(instance, scenario, region)[0], all_plans(instance, locked, region)[0]
    assert one.price_nano == best[0] - kept[0]
    assert group in kept[1]


def test_reasons_of_what_cannot_be_are_told() -> None:
    instance = load("flanders-2025")
    names = (
        ("Oostkamp", "Beernem", "Zedelgem"),
        ("Brugge", "Damme", "Zuienkerke", "Beernem"),
        ("Staden", "Houthulst", "Langemark-Poelkapelle"),
        ("Pajottegem", "Bever"),
    )
    announced = tuple(
        Announced("+".join(one), tuple(sorted(instance.find(name) for name in one))) for one in names
    )
    found = foreclosure(instance, FUNCTIONS_NEARBY, announced, LOSS)
    assert "different regions" in found.of((2,)).why_not
    assert "facility municipality" in found.of((3,)).why_not
    assert "both have Beernem" in found.of((0, 1)).why_not
    rows = foreclosure_rows(found)
    assert len(rows) == 16
    assert all(len(row) == len(FORECLOSURE_COLUMNS) for row in rows)


def test_without_time_prices_are_not_known() -> None:
    instance = load("flanders-2025")
    pair = tuple(sorted((instance.find("Tielt"), instance.find("Pittem"))))
    found = foreclosure(
        instance, FUNCTIONS_NEARBY, (Announced("A", pair),), LOSS, limits=Limits(seconds=0.001)
    )
    one = found.of((0,))
    assert (one.why_not, one.price_nano, one.good) == ("", None, None)


def test_more_than_ten_are_refused() -> None:
    instance = load("flanders-2025")
    many = tuple(Announced(str(k), (k, k + 1)) for k in range(11))
    with pytest.raises(InputError, match="11 mergers are announced"):
        foreclosure(instance, FUNCTIONS_NEARBY, many, LOSS)
