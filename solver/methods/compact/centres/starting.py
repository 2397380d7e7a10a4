"""Sets of centres that promise good plans: drawn, alternated, exchanged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from .....instances.common.arrays import FloatArray, IntArray
from ....deadline import Deadline
from .bounding import bound_one, bound_sets, costs_of
from .params import StartParams
from .problem import CentreProblem


@dataclass(frozen=True)
class StartSet:
    """A set of centres, and what its plans cost at least.

    Attributes
    ----------
    bound : float
    centres : ndarray of int64, shape (k,)
    multipliers : ndarray of float64, shape (k,)
        Multipliers on an inhabitant of each part that prove the bound.
    """

    bound: float
    centres: IntArray
    multipliers: FloatArray


@dataclass
class Starts:
    """The search for sets of centres of low cost, contiguity left out.

    As in Hess et al. (1965), municipalities are assigned to centres so that inhabitants are balanced, and
    each part takes its best member as the centre. Then single centres are exchanged for others nearby
    (Teitz and Bart 1968).
    """

    problem: CentreProblem
    count: int
    seed: int
    deadline: Deadline = field(default_factory=Deadline)
    params: StartParams = field(default_factory=StartParams)

    def drawn(self) -> StartSet | None:
        """Give the best of some sets that are drawn at random and alternated; None where all have none."""
        rng = np.random.default_rng(self.seed)
        best: StartSet | None = None
        for _ in range(self.params.drawn):
            if best is not None and self.deadline.passed:
                break
            one = self._alternated(self._far_apart(rng))
            if one is not None and (best is None or one.bound < best.bound):
                best = one
        return best

    def best(self, sets: Iterable[Iterable[int]], limit: float) -> list[StartSet]:
        """Give the best of some sets and of those near them, the best first."""
        unique = sorted({tuple(sorted(one)) for one in sets})
        if not unique:
            return []
        found = self._bounded(np.array(unique, dtype=np.int64), None, limit)
        kept = found[: self.params.exchanged]
        return sorted(
            {tuple(one.centres.tolist()): one for one in (*map(self._exchanged, kept), *found)}.values(),
            key=lambda one: (one.bound, one.centres.tolist()),
        )

    def _bounded(self, sets: IntArray, multipliers: FloatArray | None, limit: float) -> list[StartSet]:
        rounds = self.params.rounds if multipliers is None else self.params.rounds_again
        bounds = bound_sets(self.problem, sets, limit, rounds, multipliers)
        order = np.argsort(bounds.bounds, kind="stable")
        return [
            StartSet(float(bounds.bounds[k]), sets[k], bounds.multipliers[k])
            for k in order.tolist()
            if np.isfinite(bounds.bounds[k])
        ]

    def _far_apart(self, rng: np.random.Generator) -> IntArray:
        """Draw centres, each by what it costs to go to the others (Arthur and Vassilvitskii 2007)."""
        problem = self.problem
        people = np.maximum(problem.population, 1e-9)
        centres = [int(rng.choice(len(problem), p=people / people.sum()))]
        finite = np.where(np.isfinite(problem.cost), problem.cost, 0.0)
        most = float(finite.max(initial=1.0)) or 1.0
        while len(centres) < self.count:
            weight = np.where(np.isfinite(problem.cost[:, centres]), problem.cost[:, centres], most).min(
                axis=1
            )
            weight[centres] = 0.0
            left = np.setdiff1d(np.arange(len(problem)), centres)
            total = float(weight.sum())
            chosen = rng.choice(len(problem), p=weight / total) if total > 0 else rng.choice(left)
            centres.append(int(chosen))
        return np.array(sorted(centres), dtype=np.int64)

    def _alternated(self, centres: IntArray) -> StartSet | None:
        multipliers, best = np.zeros(self.count), None
        for _ in range(self.params.alternations):
            cost = costs_of(self.problem, centres[None])[0]
            least = cost.min(axis=0)
            if not np.isfinite(least).all():
                return best
            bound, multipliers = bound_one(self.problem, cost, np.inf, multipliers)
            if best is None or bound < best.bound:
                best = StartSet(bound, centres, multipliers)
            chosen = (cost + multipliers[:, None] * self.problem.population).argmin(axis=0)
            moved = np.array([self._medoid(chosen == place, int(c)) for place, c in enumerate(centres)])
            if (moved == centres).all():
                break
            order = np.argsort(moved)
            centres, multipliers = moved[order].astype(np.int64), multipliers[order]
        return best

    def _medoid(self, members: np.ndarray, centre: int) -> int:
        """Give the member to which all others go at the least cost."""
        inside = np.flatnonzero(members)
        total = self.problem.cost[np.ix_(inside, inside)].sum(axis=0)
        k = int(total.argmin())
        return int(inside[k]) if np.isfinite(total[k]) else centre

    def _exchanged(self, start: StartSet) -> StartSet:
        """Exchange single centres while that makes the bound less."""
        people = np.maximum(self.problem.population, 1.0)
        for _ in range(self.params.exchanges):
            if self.deadline.passed:
                break
            sets = []
            for place, centre in enumerate(start.centres.tolist()):
                away = self.problem.cost[:, centre] / people
                away[start.centres] = np.inf
                for other in np.argsort(away, kind="stable")[: self.params.nearest].tolist():
                    if np.isfinite(away[other]):
                        changed = start.centres.copy()
                        changed[place] = other
                        sets.append(changed)
            if not sets:
                break
            multipliers = np.repeat(start.multipliers[None], len(sets), axis=0)
            found = self._bounded(np.array(sets, dtype=np.int64), multipliers, start.bound)
            if not found or found[0].bound >= start.bound:
                break
            better = found[0]
            order = np.argsort(better.centres)
            cost = costs_of(self.problem, better.centres[order][None])[0]
            bound, again = bound_one(self.problem, cost, np.inf, better.multipliers[order])
            if bound >= start.bound:
                break
            start = StartSet(bound, better.centres[order], again)
        return start
