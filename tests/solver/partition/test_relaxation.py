"""The relaxation in whole numbers: bounds that hold, reduced costs that add up, certificates that prove."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances import InputError
from refzones.models.programmes.set_partition import SideConstraint
from refzones.solver.candidates.sets import Candidates
from refzones.solver.partition.exact_cover import ExactCover
from refzones.solver.partition.problem import IMPOSSIBLE, PartitionProblem
from refzones.solver.partition.relaxation import Relaxer, WarmRelaxation, price, relax


@st.composite
def problems(draw: st.DrawFn) -> tuple[Candidates, np.ndarray]:
    """Draw sets over at most 7 municipalities that together hold everybody, with scores."""
    size = draw(st.integers(1, 7))
    sets = draw(st.sets(st.integers(1, 2**size - 1), min_size=1, max_size=30))
    covered = 0
    for one in sets:
        covered |= one
    if covered != 2**size - 1:
        sets.add(2**size - 1 - covered)
    words = np.array(sorted(sets), dtype=np.uint64)[:, None]
    nano = draw(st.lists(st.integers(-(10**10), 10**10), min_size=len(words), max_size=len(words)))
    return Candidates(np.arange(size), words), np.array(nano, dtype=np.int64)


def best_by_trying(candidates: Candidates, nano: np.ndarray) -> int | None:
    masks = [int(word) for word in candidates.words[:, 0]]
    everybody = 2 ** len(candidates.municipalities) - 1

    def best(covered: int) -> int | None:
        if covered == everybody:
            return 0
        lowest = ~covered & (covered + 1)
        found = [
            int(nano[k]) + more
            for k, mask in enumerate(masks)
            if mask & lowest and not mask & covered and (more := best(covered | mask)) is not None
        ]
        return max(found, default=None)

    return best(0)


@given(problems())
@settings(max_examples=150, deadline=None)
def test_bound_and_reduced_costs(problem: tuple[Candidates, np.ndarray]) -> None:
    candidates, nano = problem
    relaxed = relax(PartitionProblem(candidates, nano))
    best = best_by_trying(candidates, nano)
    assert (relaxed.reduced_costs >= 0).all()
    assert relaxed.reduced_costs.tolist() == (candidates.sums(relaxed.duals) - nano).tolist()
    assert relaxed.bound == relaxed.duals.sum()
    if not relaxed.feasible:
        assert best is None
        assert relaxed.certificate is not None
        assert (candidates.sums(relaxed.certificate) >= 0).all()
        assert relaxed.certificate.sum() < 0
    if best is not None:
        assert relaxed.bound >= best
        priced = relaxed.price(PartitionProblem(candidates, nano))
        found = ExactCover(priced).best(relaxed.bound - best)
        assert found is not None
        assert relaxed.bound - found[0] == best == int(nano[list(found[1])].sum())


def test_certificate_of_an_odd_cycle() -> None:
    """Three municipalities and their pairs: the relaxation takes halves, so only whole numbers prove it."""
    pairs = Candidates(np.arange(3), np.array([[3], [5], [6]], dtype=np.uint64))
    assert relax(PartitionProblem(pairs, np.zeros(3, dtype=np.int64))).feasible
    crossed = Candidates(np.arange(3), np.array([[3], [6]], dtype=np.uint64))
    relaxed = relax(PartitionProblem(crossed, np.zeros(2, dtype=np.int64)))
    assert not relaxed.feasible
    assert relaxed.certificate is not None
    assert relaxed.certificate.sum() < 0 <= crossed.sums(relaxed.certificate).min()


# Side rows


@st.composite
def limited_problems(draw: st.DrawFn) -> tuple[Candidates, np.ndarray, list[SideConstraint]]:
    """The same with one or two bounds on sums over the candidates chosen."""
    candidates, nano = draw(problems())
    sides = []
    for _ in range(draw(st.integers(1, 2))):
        weights = draw(st.lists(st.integers(0, 3), min_size=len(nano), max_size=len(nano)))
        lower = draw(st.integers(0, 6))
        sides.append(
            SideConstraint(np.array(weights, dtype=np.int64), lower, lower + draw(st.integers(0, 4)))
        )
    return candidates, nano, sides


def partitions(candidates: Candidates) -> Iterator[list[int]]:
    """All partitions, as rows of candidates."""
    masks = [int(word) for word in candidates.words[:, 0]]
    everybody = 2 ** len(candidates.municipalities) - 1

    def extend(covered: int, chosen: list[int]) -> Iterator[list[int]]:
        if covered == everybody:
            yield chosen
            return
        lowest = ~covered & (covered + 1)
        for k, mask in enumerate(masks):
            if mask & lowest and not mask & covered:
                yield from extend(covered | mask, [*chosen, k])

    return extend(0, [])


@given(limited_problems())
@settings(max_examples=150, deadline=None)
def test_side_rows(problem: tuple[Candidates, np.ndarray, list[SideConstraint]]) -> None:
    """A partition that keeps them scores the bound less its cost."""
    candidates, nano, sides = problem
    relaxed = relax(PartitionProblem(candidates, nano, tuple(sides)))
    assert (relaxed.reduced_costs >= 0).all()
    best: tuple[int, list[tuple[int, ...]]] | None = None
    for chosen in partitions(candidates):
        sums = [int(side.coefficients[chosen].sum()) for side in sides]
        if not all(side.lower <= total <= side.upper for side, total in zip(sides, sums, strict=True)):
            continue
        assert relaxed.feasible
        away = sum(
            price * ((side.upper if price > 0 else side.lower) - total)
            for side, price, total in zip(sides, relaxed.prices, sums, strict=True)
        )
        assert away >= 0
        score = int(nano[chosen].sum())
        assert score == relaxed.bound - int(relaxed.reduced_costs[chosen].sum()) - away
        found = (-score, sorted(candidates.members(k) for k in chosen))
        best = found if best is None else min(best, found)
    members = [candidates.members(k) for k in range(len(candidates))]
    cover = ExactCover(relaxed.price(PartitionProblem(candidates, nano, tuple(sides))))
    searched = cover.best(2**62) if relaxed.feasible else None
    assert (searched is None) == (best is None)
    if searched is not None and best is not None:
        assert relaxed.bound - searched[0] == -best[0]
        assert sorted(members[k] for k in searched[1]) == best[1]


LIFT = 1_001
"""What a bound may lose for each municipality, in nano-points.

The linear solver calls duals optimal under which a column still gains up to its tolerance, a millionth of a
point; every municipality's dual is then lifted by as much, and rounded up."""


@given(problems(), st.lists(st.lists(st.integers(-(10**10), 10**10), min_size=31, max_size=31), max_size=3))
@settings(max_examples=100, deadline=None)
def test_other_scores(problem: tuple[Candidates, np.ndarray], more: list[list[int]]) -> None:
    """A relaxation that is priced again proves what one from scratch proves."""
    candidates, nano = problem
    relaxer = Relaxer(PartitionProblem(candidates, nano))
    relaxer.run()
    for scores in [np.array(row[: len(candidates)], dtype=np.int64) for row in more]:
        relaxer.reprice(scores)
        again, afresh = relaxer.run(), relax(PartitionProblem(candidates, scores))
        assert again.feasible == afresh.feasible
        if afresh.feasible:
            assert (again.reduced_costs >= 0).all()
            assert again.reduced_costs.tolist() == (candidates.sums(again.duals) - scores).tolist()
            assert again.bound == int(again.duals.sum())
            assert abs(again.bound - afresh.bound) <= LIFT * len(candidates.municipalities)
    assert relaxer.columns <= len(candidates)


def test_scores_whose_proof_would_not_fit_are_refused() -> None:
    """Rather than bounds that have overflowed; that there is no partition needs no scores."""
    halves = Candidates(np.arange(2), np.array([[1], [2]], dtype=np.uint64))
    heavy = np.full(2, 2**61, dtype=np.int64)
    with pytest.raises(InputError, match="the weights are too heavy for this instance"):
        relax(PartitionProblem(halves, heavy))
    crossed = Candidates(np.arange(3), np.array([[3], [6]], dtype=np.uint64))
    assert not relax(PartitionProblem(crossed, heavy)).feasible


@given(problems(), st.lists(st.lists(st.integers(-(10**10), 10**10), min_size=31, max_size=31), max_size=4))
@settings(max_examples=60, deadline=None)
def test_warm_and_begun_afresh_prices_prove_the_same(
    problem: tuple[Candidates, np.ndarray], more: list[list[int]]
) -> None:
    candidates, nano = problem
    own = PartitionProblem(candidates, nano)
    warm, afresh = WarmRelaxation(own), WarmRelaxation(own, most_columns=0)
    for scores in [nano, *(np.array(row[: len(candidates)], dtype=np.int64) for row in more)]:
        best = best_by_trying(candidates, scores)
        for one in (warm.price(scores), afresh.price(scores)):
            assert np.array_equal(one.problem.scores, scores)
            if best is None:
                continue
            assert one.feasible
            assert one.bound >= best
            solved = ExactCover(one).best(one.bound - best)
            assert solved is not None
            assert one.bound - solved[0] == best
        assert len(warm.solution()[0]) == len(warm.solution()[1])


@given(problems())
@settings(max_examples=60, deadline=None)
def test_prices_of_what_shows_at_sight_and_of_the_rest(problem: tuple[Candidates, np.ndarray]) -> None:
    candidates, nano = problem
    turned = candidates.onto(candidates.municipalities[::-1].copy())
    priced = price(PartitionProblem(turned, nano))
    assert priced.candidates.municipalities.tolist() == sorted(candidates.municipalities.tolist())
    best = best_by_trying(candidates, nano)
    if best is not None:
        solved = ExactCover(priced).best(priced.bound - best)
        assert solved is not None
        assert priced.bound - solved[0] == best
    lost = PartitionProblem(turned, nano, (SideConstraint(np.ones_like(nano), 2, 1),))
    assert not price(lost).feasible


@given(problems(), st.data())
@settings(max_examples=80, deadline=None)
def test_scores_that_change_one_after_the_other(
    problem: tuple[Candidates, np.ndarray], data: st.DataObject
) -> None:
    """Candidates that may not be chosen leave, and come back; what is left is relaxed as if it were new."""
    candidates, nano = problem
    relaxer = Relaxer(PartitionProblem(candidates, nano))
    for _ in range(3):
        barred = data.draw(st.lists(st.booleans(), min_size=len(nano), max_size=len(nano)))
        may = ~np.array(barred)
        scores = np.where(may, nano - data.draw(st.integers(0, 10**9)), IMPOSSIBLE)
        relaxer.rescore(scores)
        relaxed = relaxer.run()
        some = PartitionProblem(candidates.take(may), scores[may])
        best = best_by_trying(some.candidates, some.scores) if may.any() else None
        if relaxed.feasible:
            assert (relaxed.reduced_costs >= 0).all()
            assert (relaxed.reduced_costs[~may] >= -IMPOSSIBLE).all()
            assert best is None or relaxed.bound >= best
        else:
            assert best is None
        if not some.infeasible_at_sight:
            fresh = relax(some)
            assert relaxed.feasible == fresh.feasible
            if fresh.feasible and best is not None:
                assert abs(relaxed.bound - fresh.bound) <= LIFT * len(candidates.municipalities)
