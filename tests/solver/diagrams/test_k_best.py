"""The k best partitions against trying all of them, with a side constraint and with limits."""

from __future__ import annotations

import numpy as np
from hypothesis import event, given, settings
from hypothesis import strategies as st
from refzones.models.programmes.set_partition import SideConstraint
from refzones.solver.candidates.sets import Candidates
from refzones.solver.diagrams.k_best import cheapest, k_best
from refzones.solver.partition.problem import PartitionProblem
from refzones.solver.partition.relaxation import price
from support.brute import members_of, partitions

Plan = tuple[tuple[int, ...], ...]


@st.composite
def problems(draw: st.DrawFn) -> tuple[PartitionProblem, list[tuple[int, Plan]]]:
    """Draw sets of up to six municipalities, equal scores often among them, and bounds on a sum over sets.

    With it all partitions that keep the bounds: the best first, equal ones in lexicographic order.
    """
    size = draw(st.integers(1, 6))
    masks = draw(st.lists(st.integers(1, (1 << size) - 1), min_size=1, max_size=30, unique=True))
    scores = [draw(st.integers(-3, 3)) for _ in masks]
    amounts = [draw(st.integers(0, 2)) for _ in masks]
    lower = draw(st.integers(0, 3))
    upper = lower + draw(st.integers(0, 3))
    problem = PartitionProblem(
        Candidates(np.arange(size), np.array(masks, dtype=np.uint64)[:, None]),
        np.array(scores, dtype=np.int64),
        (SideConstraint(np.array(amounts, dtype=np.int64), lower, upper),),
    )
    place = {mask: row for row, mask in enumerate(masks)}
    plans = []
    for plan in partitions((1 << size) - 1, dict.fromkeys(masks, (0, True))):
        rows = [place[mask] for mask in plan]
        if lower <= sum(amounts[row] for row in rows) <= upper:
            plans.append((sum(scores[row] for row in rows), tuple(sorted(map(members_of, plan)))))
    return problem, sorted(plans, key=lambda one: (-one[0], one[1]))


@settings(deadline=None, max_examples=150)
@given(problems(), st.integers(1, 12))
def test_the_best_in_order(drawn: tuple[PartitionProblem, list[tuple[int, Plan]]], k: int) -> None:
    problem, plans = drawn
    event("none" if not plans else "all" if len(plans) <= k else "more")
    ranked = k_best(price(problem), k)
    assert list(ranked.plans) == plans[:k]
    assert ranked.is_all == (len(plans) <= k)
    assert ranked.unseen is None
    for loss in (0, 1, 4):
        if plans:
            within = sum(score >= plans[0][0] - loss for score, _ in plans)
            assert not ranked.holds_all_within(loss) or within <= len(ranked.plans)


@settings(deadline=None, max_examples=100)
@given(problems(), st.integers(1, 12), st.integers(1, 40))
def test_a_limit_leaves_what_is_certain(
    drawn: tuple[PartitionProblem, list[tuple[int, Plan]]], k: int, most_arcs: int
) -> None:
    """Plans that are given are the first ones, and no other one scores more than is said."""
    problem, plans = drawn
    ranked = k_best(price(problem), k, most_arcs=most_arcs)
    given_plans = list(ranked.plans)
    assert given_plans == plans[: len(given_plans)]
    if ranked.is_all:
        assert len(given_plans) == len(plans)
    elif ranked.unseen is None:
        assert len(given_plans) == k
    else:
        event("ended")
        assert all(score > ranked.unseen for score, _ in given_plans)
        assert all(score <= ranked.unseen for score, _ in plans[len(given_plans) :])


@settings(deadline=None, max_examples=100)
@given(problems())
def test_the_cheapest(drawn: tuple[PartitionProblem, list[tuple[int, Plan]]]) -> None:
    problem, plans = drawn
    priced = price(problem)
    best = cheapest(priced) if priced.feasible else None
    assert (best is None) == (not plans)
    if best is not None:
        cost, rows = best
        chosen = tuple(sorted(priced.candidates.members(row) for row in rows))
        assert (priced.bound - cost, chosen) == plans[0]
