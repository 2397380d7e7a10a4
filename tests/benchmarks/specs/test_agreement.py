"""The random instances of the agreement benchmark, and what it calls a disagreement."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import pytest
from pieces import LARGEST, SMALLEST, piece
from refzones.models import Scenario
from refzones.solver import Result, solve
from registry import Case
from specs import agreement
from support.build import build_instance

ROW = build_instance([10_000, 20_000, 10_000, 20_000], [(0, 1), (1, 2), (2, 3)])
GOOD = solve(
    ROW, Scenario.from_dict({"population": {"min": 25_000, "max": 40_000}, "weights": {"distance": 1}})
)


def test_pieces_are_connected_small_and_the_same_again() -> None:
    sizes = set()
    for number in range(1, 31):
        instance, scenario = piece(number)
        again, same = piece(number)
        assert (instance.hash, scenario) == (again.hash, same)
        assert nx.is_connected(nx.Graph(instance.borders.pairs.tolist()))
        assert 1 <= len(scenario.weights) <= 5
        sizes.add(len(instance))
    assert sizes <= set(range(SMALLEST, LARGEST + 1))
    assert len(sizes) > 4
    assert len({piece(number)[0].hash for number in range(1, 31)}) > 25


def test_all_formulations_answer() -> None:
    out = agreement.run(Case("random/5-7", "all five", "highs", 60.0, {"seconds each": 30.0}))
    assert out.verified is True
    assert (out.facts["instances"], out.facts["disagreements"]) == (3, 0)
    for name in agreement.FORMULATIONS:
        tally = out.facts[name]
        assert tally["optimal"] + tally["infeasible"] + len(tally["unfinished"]) == 3
    assert len({tuple(out.facts[name]["unfinished"]) for name in ("partition", "cut")}) == 1


def altered(score: int = 0, bound: int = 0) -> Result:
    """The good answer with another score or bound, or without a plan."""
    (region,) = GOOD.by_region
    mergers = region.mergers
    if score:
        mergers = (replace(mergers[0], score_nano=mergers[0].score_nano + score), *mergers[1:])
    new = replace(
        region,
        mergers=mergers,
        score_nano=(region.score_nano or 0) + score,
        bound_nano=(region.bound_nano or 0) + bound,
    )
    return replace(GOOD, by_region=(new,))


NO_PLAN = replace(
    GOOD,
    by_region=(replace(GOOD.by_region[0], mergers=(), score_nano=None, bound_nano=None, infeasible=True),),
)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (GOOD, []),
        (altered(bound=5), []),
        (altered(score=-1, bound=-1), ["calls", "proves no more than", "is not clean"]),
        (altered(score=-2, bound=-1), ["proves no more than", "is not clean"]),
        (NO_PLAN, ["calls it infeasible; a plan was found"]),
    ],
)
def test_what_cannot_be_is_told(other: Result, expected: list[str]) -> None:
    found = agreement.disagreements({"partition": GOOD, "other": other})
    assert len(found) == len(expected)
    assert all(words in text for words, text in zip(expected, found, strict=True))


def test_nothing_contradicts_where_nobody_has_a_plan() -> None:
    assert agreement.disagreements({"partition": NO_PLAN, "flow": NO_PLAN}) == []
