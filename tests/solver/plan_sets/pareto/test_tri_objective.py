"""Fronts of three terms: every plan is within the precision of a point that is given."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance, load
from refzones.models.scenario.scenario import Scenario
from refzones.solver.plan_sets.pareto import pareto_front
from refzones.solver.plan_sets.pareto.thinning import thinned_sums, undominated
from refzones.solver.plan_sets.pareto.verified import check_front
from support.all_plans import all_plans, dominates
from support.demands import terms_of
from support.strategies import questions

from .test_front import values_of


@st.composite
def trade_offs(draw: st.DrawFn) -> tuple[Instance, Scenario, list[str]]:
    instance, scenario = draw(questions(largest=7, agreed=True))
    known = terms_of(instance)
    return instance, scenario, draw(st.permutations(known))[:3]


@settings(deadline=None, max_examples=60)
@given(trade_offs(), st.sampled_from((0.0, 0.0, 0.1, 0.4, 1.0)))
def test_every_plan_is_near_a_point(asked: tuple[Instance, Scenario, list[str]], share: float) -> None:
    instance, scenario, terms = asked
    try:
        found = pareto_front(instance, scenario, terms, precision=share)
    except InputError:
        event("refused")
        return
    of_regions = []
    for r, front in enumerate(found.by_region):
        values = {values_of(instance, scenario, terms, plan) for _, plan in all_plans(instance, scenario, r)}
        points = [tuple(point) for point in front.nano.tolist()]
        event(f"{min(len(points), 4)} points")
        assert front.is_proved
        assert set(points) <= values
        assert not any(dominates(p, q) for p in points for q in points)
        near = list(front.precision_nano)
        assert all(is_near(value, points, near) for value in values)
        if share == 0:
            assert set(points) == {p for p in values if not any(dominates(q, p) for q in values)}
        of_regions.append(values)
    check_front(found)
    if found.whole is not None:
        near = list(found.whole.precision_nano)
        points = [tuple(point) for point in found.whole.nano.tolist()]
        for chosen in product(*of_regions):
            assert is_near(tuple(map(sum, zip(*chosen, strict=True))), points, near)


def is_near(value: tuple[int, ...], points: list[tuple[int, ...]], near: list[int]) -> bool:
    return any(all(p + n >= v for p, n, v in zip(point, near, value, strict=True)) for point in points)


@settings(max_examples=200)
@given(st.lists(st.tuples(*[st.integers(0, 6)] * 3), min_size=1, max_size=25))
def test_points_that_no_other_one_dominates(points: list[tuple[int, int, int]]) -> None:
    kept = undominated(np.array(points, dtype=np.int64)).tolist()
    assert [points[k] for k in kept] == sorted(
        {p for p in points if not any(dominates(q, p) for q in points)}
    )
    assert all(points.index(points[k]) == k for k in kept)


@settings(max_examples=100)
@given(
    st.lists(st.lists(st.tuples(*[st.integers(0, 9)] * 3), min_size=1, max_size=5), min_size=1, max_size=4),
    st.tuples(*[st.integers(0, 3)] * 3),
)
def test_sums_are_near(fronts: list[list[tuple[int, int, int]]], cell: tuple[int, int, int]) -> None:
    values, parents = thinned_sums([np.array(front, dtype=np.int64) for front in fronts], cell)
    points = [tuple(map(int, point)) for point in values]
    for point, chosen in zip(points, parents.tolist(), strict=True):
        parts = [front[place] for front, place in zip(fronts, chosen, strict=True)]
        assert point == tuple(map(sum, zip(*parts, strict=True)))
    for parts in product(*fronts):
        total = tuple(map(sum, zip(*parts, strict=True)))
        assert is_near(total, points, [(len(fronts) - 1) * one for one in cell])


def test_a_region_of_flanders_and_bad_input() -> None:
    instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    terms = ["coverage", "distance", "straddle(police)"]
    found = pareto_front(instance, scenario, terms, regions=["Waasland", "Middenkust"])
    check_front(found)
    assert found.whole is not None
    frame = found.to_frame()
    assert frame["weight_from"].isna().all()
    assert len(frame) == sum(map(len, found.fronts))
    for share in (-0.1, 1.1, float("nan")):
        with pytest.raises(InputError, match="precision must be a share"):
            pareto_front(instance, scenario, terms, precision=share)
