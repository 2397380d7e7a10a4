"""Subset-row cuts: every partition keeps them, and the bound of the linear relaxation comes down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ...models.programmes.set_partition import SideConstraint
from ..candidates.sets import Candidates
from ..deadline import Deadline
from .params import PartitionParams
from .problem import PartitionProblem, PricedProblem
from .relaxation import Relaxer


def strengthen(
    problem: PartitionProblem,
    reached: int,
    deadline: Deadline,
    params: PartitionParams = PartitionParams(),
) -> PricedProblem:
    """Add subset-row cuts of three municipalities to the relaxation, as long as they close the gap.

    Of three municipalities, at most one candidate of a partition holds two or more: a Chvatal-Gomory cut of
    rank one (subset-row inequalities; Jepsen, Petersen, Spoorendonk and Pisinger 2008).

    Parameters
    ----------
    problem : PartitionProblem
    reached : int
        Score of the best plan known.
    deadline : Deadline
    params : PartitionParams

    Returns
    -------
    PricedProblem
        Its side constraints are those of the problem and then the cuts that bind.
    """
    cuts, relaxer = params.cuts, Relaxer(problem, params.sifting)
    relaxed = relaxer.run(deadline)
    gaps = [relaxed.bound - reached]
    for _ in range(cuts.rounds):
        violated = violated_triples(problem.candidates, *relaxer.solution(), cuts.violation)
        if not violated or gaps[-1] <= 0 or deadline.passed:
            break
        relaxer.add_rows([subset_row(problem.candidates, triple) for triple in violated[: cuts.a_round]])
        relaxed = relaxer.run(deadline)
        gaps.append(relaxed.bound - reached)
        if len(gaps) > cuts.patience and gaps[-cuts.patience] - gaps[-1] < cuts.gain * gaps[0]:
            break
    # a row of price 0 adds nothing to bound and reduced costs
    own = len(problem.constraints)
    rows = list(zip(relaxer.problem.constraints, relaxed.prices, strict=True))
    kept = rows[:own] + [(row, price) for row, price in rows[own:] if price]
    with_cuts = replace(problem, constraints=tuple(row for row, _ in kept))
    return replace(relaxed.price(with_cuts), prices=tuple(price for _, price in kept))


def violated_triples(
    candidates: Candidates, chosen: IntArray, x: FloatArray, violation: float
) -> list[tuple[int, int, int]]:
    """Find the subset rows of three municipalities (by bit) that a solution violates, the worst first."""
    if not len(chosen):
        return []
    members = candidates.dense(chosen)
    fractional = (x < 1 - 1e-6) & (x > 1e-6)
    members, x = members[fractional], x[fractional]
    shared = (members * x[:, None]).T @ members
    shares = np.triu(shared, 1) > 1e-6
    violated: list[tuple[float, tuple[int, int, int]]] = []
    for i in range(len(shares)):
        for j, k in combinations(np.flatnonzero(shares[i]).tolist(), 2):
            pairs = shared[i, j] + shared[i, k] + shared[j, k]
            if pairs > 1 + violation:
                all_three = float(x @ (members[:, i] * members[:, j] * members[:, k]))
                if pairs - 2 * all_three > 1 + violation:
                    violated.append((-(pairs - 2 * all_three), (i, j, k)))
    return [triple for _, triple in sorted(violated)]


def subset_row(candidates: Candidates, triple: Sequence[int]) -> SideConstraint:
    """Give the subset row of three municipalities, by bit: at most one candidate holds two or more."""
    weights = np.zeros(len(candidates.municipalities), dtype=np.int64)
    weights[list(triple)] = 1
    return SideConstraint((candidates.sums(weights) >= 2).astype(np.int8), 0, 1)
