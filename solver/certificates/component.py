"""The proof of a component: prices, what they leave open, the tree that closes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from ...instances.common.arrays import IntArray
from ..candidates.sets import Candidates
from ..deadline import Deadline
from ..partition.exact_cover import SearchLimitError
from ..partition.problem import PartitionProblem
from ..partition.relaxation import Relaxation, Relaxer, relax
from ..partition.subset_rows import subset_row, violated_triples
from ..results.certificate import Cut, Step
from .covering import NotProvedError, TreeBuilder
from .params import CertificateParams

NO_PLAN = -1
"""What no plan exceeds where there is none, all parts being worth 0."""

_MOST = 1 << 52  # sums over hundreds of municipalities fit in 64 bits

Triple = tuple[int, int, int]


@dataclass
class StepsAndTree:
    """Writes the proof that no partition of a problem scores more than claimed.

    Attributes
    ----------
    problem : PartitionProblem
        Its candidates with bits ascending; at most one side constraint, on the number of parts that count.
    claim : int
        Nano-points; `NO_PLAN` where all candidates are worth 0 and there is no partition.
    deadline : Deadline
    params : CertificateParams
    steps : list of Step
    open : list of list of int
    tree : list of int
    """

    problem: PartitionProblem
    claim: int
    deadline: Deadline
    params: CertificateParams
    steps: list[Step] = field(default_factory=list)
    open: list[list[int]] = field(default_factory=list)
    tree: list[int] = field(default_factory=list)

    def write(self) -> None:
        """Take one step, and another one with cuts where the tree would be long.

        Raises
        ------
        NotProvedError
            The proof would be too long, or what is claimed does not follow.
        TimeUpError
        """
        costs, gap = self.first()
        self.close(self.problem, costs, gap)

    def first(self) -> tuple[IntArray, int]:
        """Take the first step; give reduced costs and gap."""
        problem = self.problem
        step, costs = _by_duals(problem, self.claim, self.deadline, self.params)
        self.steps.append(step)
        return costs, self._bound(step) - self.claim

    def close(self, problem: PartitionProblem, costs: IntArray, gap: int) -> None:
        """Close what the steps so far leave open of a problem, by a tree, or by cuts and a tree."""
        kept = np.flatnonzero(costs < gap)
        problem, costs = problem.restrict(kept), costs[kept]
        try:
            self._by_tree(problem, costs, gap, self.params.nodes_first)
        except SearchLimitError:
            step, costs = _with_cuts(problem, self.claim, self.deadline, self.params)
            self.steps.append(step)
            gap = self._bound(step) - self.claim
            kept = np.flatnonzero(costs < gap)
            try:
                self._by_tree(problem.restrict(kept), costs[kept], gap, self.params.nodes)
            except SearchLimitError:
                raise NotProvedError("its cover tree would be too long") from None

    def _by_tree(self, problem: PartitionProblem, costs: IntArray, gap: int, limit: int) -> None:
        if len(problem) > self.params.most_open:
            raise SearchLimitError
        members = members_of(problem.candidates)
        if gap > 0:
            tree = TreeBuilder(
                members, costs.tolist(), problem.size, _closing(problem, self.claim), limit, self.deadline
            )
            self.tree = tree.build((1 << problem.size) - 1, gap)
        self.open = sorted(map(list, members))

    def _bound(self, step: Step) -> int:
        number = sum(step.number * one.binding(step.number) for one in self.problem.constraints)
        return sum(step.duals) + number + sum(cut.price for cut in step.cuts)


def _closing(problem: PartitionProblem, claim: int) -> Callable[[Sequence[int]], bool]:
    """Tell of covers whether they score no more than claimed, or break a side constraint."""
    scores = problem.scores.tolist()

    def closes(chosen: Sequence[int]) -> bool:
        if sum(scores[k] for k in chosen) <= claim:
            return True
        return not problem.keeps_constraints(np.array(chosen, dtype=np.int64))

    return closes


def members_of(candidates: Candidates) -> list[tuple[int, ...]]:
    """List the places of the members of each candidate, ascending."""
    return [tuple(np.flatnonzero(row).tolist()) for row in candidates.dense()]


def _by_duals(
    problem: PartitionProblem, claim: int, deadline: Deadline, params: CertificateParams
) -> tuple[Step, IntArray]:
    """Price a problem by its relaxation, or show that it has no partition."""
    if problem.candidates.uncovered:
        # no part holds this one, so its dual may be as low as one likes
        lost = np.isin(problem.candidates.municipalities, problem.candidates.uncovered[:1])
        most = max(0, int(problem.scores.max(initial=0)))
        duals = np.where(lost, claim - most * problem.size, most)
        whole = np.concatenate([duals, np.zeros(len(problem.constraints), dtype=np.int64)])
        return _step(problem, whole), problem.dual_sums(whole) - problem.scores
    relaxed = relax(problem, deadline, params.sifting)
    deadline.check()
    whole = _whole(problem, relaxed, claim)
    return _step(problem, whole), problem.dual_sums(whole) - problem.scores


def _whole(problem: PartitionProblem, relaxed: Relaxation, claim: int) -> IntArray:
    """Give duals and prices of a relaxation; where it has no solution, such that the bound is the claim.

    With a Farkas vector as often as one likes, reduced costs stay at least 0 and the bound falls.
    """
    whole = np.concatenate([relaxed.duals, np.array(relaxed.prices, dtype=np.int64)])
    if relaxed.feasible:
        return whole
    vector = relaxed.certificate
    assert vector is not None, "what has no solution is proved to have none"
    times = max(1, -((relaxed.bound - claim) // problem.dual_bound(vector)))
    if times * int(np.abs(vector).max()) > _MOST:
        raise NotProvedError("the proof would need numbers that are too large")
    return whole + times * vector


def _step(problem: PartitionProblem, whole: IntArray, triples: Sequence[Triple] = ()) -> Step:
    """Write duals and prices down; prices of cuts come last."""
    size, own = problem.size, len(problem.constraints)
    cuts = zip(triples, whole[size + own :].tolist(), strict=True)
    return Step(
        duals=whole[:size].tolist(),
        number=int(whole[size]) if own else 0,
        cuts=[Cut(municipalities=list(triple), price=price) for triple, price in cuts if price],
    )


def _with_cuts(
    problem: PartitionProblem, claim: int, deadline: Deadline, params: CertificateParams
) -> tuple[Step, IntArray]:
    """Price a problem with subset rows; see `strengthen`."""
    relaxer, cuts = Relaxer(problem, params.sifting), params.cuts
    relaxed, triples = relaxer.run(deadline), list[Triple]()
    gaps = [relaxed.bound - claim]
    for _ in range(cuts.rounds):
        violated = violated_triples(problem.candidates, *relaxer.solution(), cuts.violation)
        if not violated or gaps[-1] <= 0 or not relaxed.feasible:
            break
        deadline.check()
        triples += violated[: cuts.a_round]
        relaxer.add_rows([subset_row(problem.candidates, one) for one in violated[: cuts.a_round]])
        relaxed = relaxer.run(deadline)
        gaps.append(relaxed.bound - claim)
        if len(gaps) > cuts.patience and gaps[-cuts.patience] - gaps[-1] < cuts.gain * gaps[0]:
            break
    deadline.check()
    whole, own = _whole(relaxer.problem, relaxed, claim), problem.size + len(problem.constraints)
    # a price below 0 is one of the lower bound of 0, and proves no less without it
    whole[own:] = np.maximum(whole[own:], 0)
    costs = relaxer.problem.dual_sums(whole) - problem.scores
    return _step(problem, whole, triples), costs
