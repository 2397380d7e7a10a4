"""Plans side by side: scores, broken rules, changes and similarity, at one level and at two."""

from __future__ import annotations

import pytest
from refzones.instances import InputError, Instance
from refzones.models import Scenario
from refzones.solver import solve
from refzones.solver.results.plan import Plan
from refzones.solver.review.comparison import Comparison, compare
from support.build import build_instance

ROW = build_instance([30_000, 40_000, 50_000, 60_000], [(0, 1), (1, 2), (2, 3)])
MERGERS = Scenario.from_dict(
    {"population": {"min": 60_000, "max": 120_000}, "weights": {"distance": 1, "size": 2}}
)
NESTED = Scenario.from_dict(
    {
        "level": "nested",
        "population": {"min": 30_000, "max": 120_000},
        "weights": {"distance": 1},
        "zones": {"population": {"min": 60_000, "max": 180_000}, "weights": {"distance": 3, "size": 1}},
    }
)
PAIRS, SHIFTED, SINGLE = [(0, 1), (2, 3)], [(0,), (1, 2), (3,)], [(0,), (1,), (2,), (3,)]


@pytest.fixture(scope="module")
def found() -> Comparison:
    groups = {"pairs": PAIRS, "shifted": SHIFTED, "again": PAIRS}
    return compare(ROW, MERGERS, {name: Plan.of(ROW, MERGERS, some) for name, some in groups.items()})


def test_every_plan_is_scored_under_the_scenario(found: Comparison) -> None:
    assert [plan.name for plan in found.plans] == ["pairs", "shifted", "again"]
    assert found.regions == ("R0",)
    for plan, parts in zip(found.plans, (PAIRS, SHIFTED, PAIRS), strict=True):
        assert plan.plan == Plan.of(ROW, MERGERS, parts)
        assert plan.terms == plan.plan.terms
        points = sum(term.points for term in plan.terms.values())
        assert points == pytest.approx(plan.plan.score_nano / 1e9)


def test_broken_rules_are_found(found: Comparison) -> None:
    assert [[v.kind for v in plan.violations] for plan in found.plans] == [[], ["too_small"], []]


def test_changes_are_against_the_first_plan(found: Comparison) -> None:
    (level,) = found.levels
    assert level.level == "mergers"
    first, shifted, again = level.transfers
    assert first == again == ()
    # M1 and M3 stay, 100,000 inhabitants: no other pairing of the parts keeps as many in place
    assert [(c.municipality, c.moves) for c in shifted] == [(0, True), (1, False), (2, True), (3, False)]


def test_similarity_is_a_symmetric_matrix(found: Comparison) -> None:
    matrix = found.levels[0].similarity
    assert len(matrix) == 3
    for a in range(3):
        assert matrix[a][a].rand == 1
        for b in range(3):
            assert matrix[a][b] == matrix[b][a]
    assert matrix[0][2].adjusted_rand == 1
    assert matrix[0][1].rand < 1


def test_two_levels_are_compared_one_by_one() -> None:
    whole, halves = [(0, 1, 2, 3)], [(0, 1), (2, 3)]
    found = compare(
        ROW,
        NESTED,
        {"a": Plan.of(ROW, NESTED, SINGLE, halves), "b": Plan.of(ROW, NESTED, SINGLE, whole)},
    )
    mergers, zones = found.levels
    assert (mergers.level, zones.level) == ("mergers", "zones")
    assert mergers.transfers[1] == ()
    assert [c.municipality for c in zones.transfers[1] if c.moves] == [0, 1]
    assert found.plans[0].terms.keys() == {"distance", "zones.distance", "zones.size"}
    assert [len(plan.parts("zones")) for plan in found.plans] == [2, 1]
    assert [violation.kind for violation in found.plans[0].violations] == []


def test_zones_alone_are_their_only_level() -> None:
    asked = Scenario.from_dict(
        {"level": "zones", "population": {"min": 1, "max": 200_000}, "weights": {"distance": 1}}
    )
    found = compare(ROW, asked, {"a": Plan.of(ROW, MERGERS, PAIRS), "b": Plan.of(ROW, MERGERS, SHIFTED)})
    assert [level.level for level in found.levels] == ["zones"]
    assert found.plans[0].parts("zones") == found.plans[0].plan.mergers


def test_the_best_plan_compares_as_it_was_solved() -> None:
    result = solve(ROW, MERGERS)
    assert result.plan is not None
    found = compare(ROW, MERGERS, {"best": result.plan, "pairs": Plan.of(ROW, MERGERS, PAIRS)})
    assert found.plans[0].plan == result.plan
    assert found.plans[0].plan.score_nano >= found.plans[1].plan.score_nano


@pytest.fixture
def regions() -> Instance:
    return build_instance([60_000] * 4, [(0, 1), (1, 2), (2, 3)], region=[0, 0, 1, 2])


def test_plans_of_other_regions(regions: Instance) -> None:
    groups = {"a": [(0, 1)], "b": [(0, 1), (2,)], "c": [(3,)]}
    plans = {name: Plan.of(regions, MERGERS, some) for name, some in groups.items()}
    with pytest.raises(InputError) as caught:
        compare(regions, MERGERS, plans)
    assert [problem.what for problem in caught.value.problems] == [
        "plan 'b' is for other regions than plan 'a': it has R1 besides",
        "plan 'c' is for other regions than plan 'a': it lacks R0; it has R2 besides",
    ]


def test_plans_that_leave_somebody_out(regions: Instance) -> None:
    with pytest.raises(InputError, match="plan 'b' does not hold every municipality of its regions once"):
        compare(
            regions,
            MERGERS,
            {"a": Plan.of(regions, MERGERS, [(0, 1)]), "b": Plan.of(regions, MERGERS, [(0,)])},
        )
    with pytest.raises(InputError, match="plan 'a' does not hold"):
        compare(
            ROW,
            NESTED,
            {
                "a": Plan.of(ROW, NESTED, SINGLE, [(0, 1)]),
                "b": Plan.of(ROW, NESTED, SINGLE, [(0, 1, 2, 3)]),
            },
        )


def test_one_plan_is_nothing_to_compare() -> None:
    with pytest.raises(InputError, match="nothing to compare: one plan only; name two plans"):
        compare(ROW, MERGERS, {"a": Plan.of(ROW, MERGERS, PAIRS)})


def test_pairs_of_groups_are_taken_for_one_release_more() -> None:
    with pytest.warns(DeprecationWarning, match="compare takes as groups of municipalities is now a plan"):
        old = compare(ROW, NESTED, {"a": (SINGLE, [(0, 1, 2, 3)]), "b": (SINGLE, [(0, 1), (2, 3)])})
    assert [len(plan.plan.zones) for plan in old.plans] == [1, 2]


def test_some_regions() -> None:
    two = build_instance([40_000] * 4, [(0, 1), (2, 3)], region=[0, 0, 1, 1])
    plans = {
        "whole": Plan.of(two, MERGERS, [(0, 1), (2, 3)]),
        "part": Plan.of(two, MERGERS, [(0,), (1,)]),
        "crossing": Plan.of(two, MERGERS, [(0, 2), (1,), (3,)]),
    }

    def compared(*names: str, regions: list[str] | None = None) -> Comparison:
        return compare(two, MERGERS, {name: plans[name] for name in names}, regions=regions)

    found = compared("whole", "part", regions=["R0"])
    assert found.regions == ("R0",)
    assert [[part.members for part in plan.plan.mergers] for plan in found.plans] == [[(0, 1)], [(0,), (1,)]]
    assert [len(plan.violations) for plan in found.plans] == [0, 2]
    with pytest.raises(InputError, match="it lacks R1; compare plans of the same regions; both have R0"):
        compared("whole", "part")
    with pytest.raises(InputError, match="the plan has no municipality of R1; it is for R0"):
        compared("whole", "part", regions=["R1"])
    with pytest.raises(InputError, match=r"mergers of plan 'crossing' lie in R1 too: M0 \+1; compare these"):
        compared("whole", "crossing", regions=["R0"])
