"""The integer master: programmes over sets of small reduced cost, and what they prove of all sets."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from ....models.programmes.set_partition import SideConstraint
from ....models.scoring.scorer import NANO
from ...deadline import Deadline, TimeUpError
from ...engines import Engine
from ...incumbents import bound_found, plan_found
from ...memory import budget
from ...partition.fixing import PartitionAnswer, solve_partition
from ...partition.problem import PartitionProblem
from .columns import as_candidates
from .params import IntegerParams
from .pricing import Part
from .root_relaxation import RootRelaxation

_SET_BYTES = 1_000  # of a listed set as a tuple, with its score and its place in the programme


@dataclass
class IntegerMaster:
    """Finds plans among generated sets; proves one if the sets that may be in a better one can be listed.

    With duals y that no set beats by more than a little, a plan scores the sum of y less the reduced costs of
    its sets. So sets that cost more than a plan lacks to that sum are in no better plan (reduced-cost
    fixing). The sets that cost at most t are listed by the search that prices them, for growing t: an optimum
    over them is an optimum when t reaches the gap, and bounds all plans by itself or ``bound - t``, whichever
    is more.

    Attributes
    ----------
    params : IntegerParams
    chosen : tuple of Part
        The best plan so far.
    score, bound : int or None
        In nano-points.
    listed : int
        Sets that the last programme chose from.
    infeasible : bool
        Whether it is proved that there is no plan.
    """

    root: RootRelaxation
    engine: Engine
    seed: int
    deadline: Deadline
    params: IntegerParams = field(default_factory=IntegerParams)
    chosen: tuple[Part, ...] = ()
    score: int | None = None
    bound: int | None = None
    listed: int = 0
    infeasible: bool = False

    def offer(self, parts: tuple[Part, ...]) -> None:
        """Take a partition as the best plan if it is better."""
        self.root.columns.add(parts)
        score = sum(self.root.columns.nano[part] for part in parts)
        if self.score is None or score > self.score:
            self.chosen, self.score = tuple(sorted(parts)), score
            plan_found(lambda: self.root.columns.in_instance(self.chosen), score)

    def from_columns(self, deadline: Deadline) -> None:
        """Look for a plan among the generated sets of least reduced cost."""
        columns = self.root.columns
        parts = sorted(columns.nano)
        reduced_cost = -columns.reduced_costs(parts, self.root.duals)
        most = max(self.params.first, self.params.each * len(columns.municipalities))
        some = np.argsort(reduced_cost, kind="stable")[:most]
        self._solve(sorted({*(parts[k] for k in some.tolist()), *self.chosen}), deadline)

    def prove(self) -> None:
        """List sets of growing reduced cost until the proof is closed, or too many would have to be listed.

        Raises
        ------
        TimeUpError
        """
        self._tighten(self.root.nano_bound)
        gap = self._gap()
        known = 1.0 if math.isinf(gap) else gap
        reduced_cost = max(1e-6, known * self.params.start)
        too_wide = 0.0  # the least reduced cost that is too much; 0 for none
        answered = False
        while reduced_cost > known * self.params.least:
            reduced_cost = min(reduced_cost, self._gap())
            parts = None if too_wide and reduced_cost >= too_wide else self._within(reduced_cost)
            if parts is None:
                if answered:
                    return
                too_wide, reduced_cost = reduced_cost, reduced_cost / self.params.step
                continue
            answered = True
            answer = self._solve(parts, self.deadline)
            if self._is_closed(reduced_cost, answer):
                return
            if not math.isfinite(reduced_cost):
                return
            reduced_cost = min(self.params.step * reduced_cost, max(2.0 * reduced_cost, self._gap() / 2))
            if reduced_cost > 4 * self._widest:
                reduced_cost = math.inf

    @property
    def _widest(self) -> float:
        """Slack that no set has by far."""
        root = self.root
        return self._gap() if self.score is not None else 2 * root.widest

    def _gap(self) -> float:
        """Slack, in points, that a set in a better or equal plan can have; infinite without a plan."""
        if self.score is None or self.root.nano_bound is None:
            return math.inf
        return (self.root.nano_bound - self.score) / NANO + (self.root.parts + 2) * self.root.margin

    def _within(self, reduced_cost: float) -> list[Part] | None:
        """Give the sets that cost at most so much, or a little more; None when they are too many."""
        root = self.root
        theta = -(reduced_cost + root.excess + 2 * root.margin)
        left = self.deadline.remaining
        # a search does not look at the clock
        limit = 1 << 40 if left is None else int(self.params.pace * left) + 1
        most = budget().room(_SET_BYTES, self.params.most)
        theta += root.price
        priced = root.pricer.all_above(
            root.coefficients, root.served, theta, limit=limit, most=most, deadline=self.deadline
        )
        if not priced.is_complete or len(priced.sets) > most:
            return None
        root.columns.add(priced.sets)
        alone = [part for part in root.columns.nano if len(part) == 1]
        return sorted({*priced.sets, *alone, *self.chosen})

    def _solve(self, parts: list[Part], deadline: Deadline) -> PartitionAnswer:
        columns = self.root.columns
        nano = np.array([columns.nano[part] for part in parts], dtype=np.int64)
        self.listed = len(parts)
        number = self.root.number
        bounds = () if number is None else (SideConstraint(np.ones(len(parts), dtype=np.int64), *number),)
        problem = PartitionProblem(as_candidates(columns.municipalities, parts), nano, bounds)
        answer = solve_partition(problem, self.engine, seed=self.seed, deadline=deadline)
        if answer.chosen:
            chosen = tuple(parts[k] for k in answer.chosen)
            if answer.status == "optimal" and answer.score == self.score:
                self.chosen = tuple(sorted(chosen))  # of equals, the first in order
            self.offer(chosen)
        return answer

    def _is_closed(self, reduced_cost: float, answer: PartitionAnswer) -> bool:
        """Note what a programme over all sets up to some reduced cost proves; whether all is proved."""
        if answer.infeasible and math.isinf(reduced_cost):
            self.infeasible, self.bound = True, None
            return True
        if answer.score is not None and answer.bound is not None and self.root.nano_bound is not None:
            others = self.root.nano_bound - math.floor(min(reduced_cost, 1e9) * NANO)
            self._tighten(max(answer.bound, others))
        if answer.status != "optimal" or reduced_cost < self._gap():
            return answer.status in ("feasible", "no plan within limit")
        self.bound = self.score
        return True

    def _tighten(self, bound: int | None) -> None:
        if bound is not None and (self.bound is None or bound < self.bound):
            self.bound = bound
            bound_found(bound)


__all__ = ["IntegerMaster", "TimeUpError"]
