"""Two maps that break what binds them, each found."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from refzones.instances import Instance
from refzones.models.scenario.staged import StagedScenario
from refzones.models.scenario.tables import Locks
from refzones.solver import Plan
from refzones.solver.results.staged import earlier_alone
from refzones.solver.verification.figures import score_nano
from refzones.solver.verification.staged import verify_staged
from support.build import build_instance

Parts = list[tuple[int, ...]]

ROW = build_instance([10_000] * 6, pairwise(range(6)), region=[0, 0, 0, 0, 1, 1])
BOUNDS = {"population": {"min": 20_000, "max": 40_000}, "weights": {"distance": 7.3}}

EARLY: Parts = [(0, 1), (2,), (3,), (4, 5)]
LATE: Parts = [(0, 1), (2, 3), (4, 5)]


def asked(**others: Any) -> StagedScenario:
    return StagedScenario.from_dict(
        {
            "level": "staged",
            "until": "2037-01-01",
            "earlier": {"date": "2027-01-01", **BOUNDS, **others.pop("earlier", {})},
            "target": {"date": "2031-01-01", **BOUNDS},
        }
        | others
    )


def kinds(
    scenario: StagedScenario, early: Parts, late: Parts, stated: Callable[[int], int] = lambda total: total
) -> set[str]:
    instance: Instance = ROW
    # maps that break what is agreed are made without it
    earlier = scenario.earlier.model_copy(update={"locks": Locks()})
    free = scenario.model_copy(update={"earlier": earlier})
    scenarios = earlier_alone(instance, free, early), scenario.stages[1]
    maps = [Plan.of(instance, of, parts) for of, parts in zip(scenarios, (early, late), strict=True)]
    total = sum(
        share * score_nano(instance, of, part)
        for share, of, parts in zip(scenario.shares, scenarios, (early, late), strict=True)
        for part in parts
    )
    return {one.kind for one in verify_staged(instance, scenario, maps[0], maps[1], stated(total))}


def test_two_maps_that_keep_all() -> None:
    assert kinds(asked(), EARLY, LATE) == set()


BROKEN: dict[str, tuple[StagedScenario, Parts, Parts, set[str]]] = {
    "parted": (asked(), [(0, 1), (2, 3), (4, 5)], [(0, 1, 2), (3,), (4, 5)], {"nesting", "too_small"}),
    "merged twice": (asked(), EARLY, [(0, 1, 2, 3), (4, 5)], {"nesting"}),
    "an early merger too small": (
        asked(earlier={"population": {"min": 30_000, "max": 40_000}}),
        EARLY,
        LATE,
        {"too_small"},
    ),
    "too many early mergers": (asked(earlier={"count": {"regions": {"R1": [0, 0]}}}), EARLY, LATE, {"count"}),
    "too few early mergers": (asked(earlier={"count": {"min": 2}}), EARLY, LATE, {"count"}),
    "staying where nobody may": (
        asked(unmerged="by_rule"),
        EARLY,
        LATE,
        {"too_small"},
    ),
    "what is agreed stays apart": (
        asked(earlier={"locks": {"together": [["M2", "M3"]]}}),
        EARLY,
        LATE,
        {"lock"},
    ),
    "a target map with one who stays": (asked(), EARLY, EARLY, {"too_small"}),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_found(name: str) -> None:
    scenario, early, late, expected = BROKEN[name]
    assert kinds(scenario, early, late) == expected


def test_others_may_join_where_that_is_allowed() -> None:
    assert kinds(asked(merged_again="allowed"), EARLY, [(0, 1, 2, 3), (4, 5)]) == set()


def test_a_sum_that_is_not_that_of_both_maps() -> None:
    assert kinds(asked(), EARLY, LATE, lambda total: total + 1) == {"score"}
    years = asked(until=None, years={"earlier": 1, "target": 2.5})
    assert kinds(years, EARLY, LATE) == set()
