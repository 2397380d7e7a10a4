"""Cities that nobody joins: what is said of them is what all plans say."""

from __future__ import annotations

from itertools import combinations

from hypothesis import event, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance
from refzones.models import Scenario
from refzones.solver import solve
from refzones.solver.deadline import Limits
from refzones.solver.results.status import points_text
from refzones.solver.review.absorbing import lone_cities, lone_city_lines
from support.admissible import Rules
from support.all_plans import all_plans
from support.build import build_instance
from support.strategies import questions

# a city with three neighbours, and two more behind them
STAR = build_instance(
    [90_000, 12_000, 30_000, 18_000, 20_000, 25_000],
    [(0, 1), (0, 2), (0, 3), (1, 4), (2, 5), (3, 4), (4, 5)],
    points=[(0, 0), (3000, 0), (0, 4000), (-5000, 0), (4000, 4000), (1000, 5000)],
    facility=[3],
)
BEGINNING = "M0 may absorb neighbours, and nobody joins: "
WORDS = {
    "population": {"min": 12_000, "max": 60_000},
    "rules": {"above_max": "absorb", "absorb_up_to": 20_000},
    "weights": {"distance": 1},
}


def lines(instance: Instance, scenario: Scenario, limits: Limits = Limits(60)) -> list[str]:
    return list(lone_city_lines(instance, lone_cities(solve(instance, scenario, workers=1), limits)))


def test_what_a_neighbour_costs() -> None:
    scenario = Scenario.from_dict(WORDS)
    (best, _), *_ = plans = all_plans(STAR, scenario)
    joined = next(score for score, plan in plans if (0,) not in plan)
    (line,) = lines(STAR, scenario)
    assert line.startswith(f"{BEGINNING}the best plan in which somebody does (M1")
    assert line.endswith(f" scores {points_text(best - joined)} points less")


def test_which_rule_keeps_all_away() -> None:
    scenario = Scenario.from_dict(
        {
            **WORDS,
            "rules": {"above_max": "absorb", "absorb_up_to": 11_000},
            "locks": {"apart": [["M0", "M2"]]},
        }
    )
    assert lines(STAR, scenario) == [
        f"{BEGINNING}M1 has 12,000 inhabitants, more than rules.absorb_up_to = 11,000; M2 is kept apart "
        "from it by locks.apart; M3 is a facility municipality and stands alone"
    ]


def test_a_city_without_neighbours() -> None:
    removed = [["M0", name] for name in ("M1", "M2", "M3")]
    scenario = Scenario.from_dict({**WORDS, "borders": {"removed": removed}})
    assert lines(STAR, scenario) == [
        "M0 may absorb neighbours, and nobody joins: it has no neighbour that a merger with it may reach"
    ]


def test_no_plan_in_which_somebody_joins() -> None:
    """1 might join by itself, and is needed by 2 for the minimum."""
    row = build_instance([90_000, 12_000, 50_000], [(0, 1), (1, 2)])
    scenario = Scenario.from_dict({**WORDS, "population": {"min": 55_000, "max": 80_000}})
    assert lines(row, scenario) == [
        "M0 may absorb neighbours, and nobody joins: no plan in which a neighbour joins keeps all rules"
    ]


def test_no_time_is_said() -> None:
    (line,) = lines(STAR, Scenario.from_dict(WORDS), Limits(1e-9))
    assert line.endswith("whether there is a plan in which a neighbour joins was not found out in time")


def test_nothing_is_said_where_somebody_joins_or_may_not_absorb() -> None:
    alone = Scenario.from_dict({**WORDS, "rules": {}})
    locked = Scenario.from_dict({**WORDS, "locks": {"alone": ["M0"]}})
    together = Scenario.from_dict({**WORDS, "locks": {"together": [["M0", "M1"]]}})
    for scenario in (alone, locked, together):
        assert lines(STAR, scenario) == []


@given(questions(largest=7, agreed=True, numbers=(1,)), st.sampled_from((0, 4_000, 9_000, 20_000)))
@settings(max_examples=120, deadline=None)
def test_it_is_what_all_plans_say(question: tuple[Instance, Scenario], most: int) -> None:
    instance, scenario = question
    bounds = scenario.population
    smaller = bounds.model_copy(update={"max": max(bounds.min, 1, int(instance.population.max()) - 1)})
    most = max(0, min(most, smaller.max - smaller.min, (smaller.max - 1) // 2))
    rules = scenario.rules.model_copy(update={"above_max": "absorb", "absorb_up_to": most})
    smaller = smaller.model_copy(update={"ceiling": None})
    asked = scenario.model_copy(update={"rules": rules, "population": smaller})
    try:
        result = solve(instance, asked, workers=1)
    except InputError:
        return
    if result.score_nano is None:
        return
    plans = all_plans(instance, asked)
    for city in lone_cities(result, Limits(60)):
        assert city.proved
        alone = (city.municipality,)
        with_others = [score for score, plan in plans if alone not in plan]
        cost = result.score_nano - max(with_others) if with_others else None
        event("nobody may join" if cost is None else "somebody may join")
        assert city.cost_nano == cost
        for i, _ in city.barred:
            assert not any(may_be_together(instance, asked, city.municipality, i))


def may_be_together(instance: Instance, scenario: Scenario, a: int, b: int) -> list[bool]:
    rules = Rules(instance, scenario)
    others = [i for i in range(len(instance)) if i not in (a, b)]
    return [
        rules.admits(tuple(sorted({a, b, *more})))
        for size in range(len(others) + 1)
        for more in combinations(others, size)
    ]
