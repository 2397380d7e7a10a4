"""Plans of given centres by local search: municipalities change parts while these stay connected."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .....instances.common.arrays import BoolArray, FloatArray, IntArray
from ....deadline import Deadline
from .local_kernel import BETTER, FEASIBLE, fast_searched
from .params import LocalParams
from .problem import CentreProblem


@dataclass
class LocalSearch:
    """A tabu search (Glover 1989) over plans whose parts are connected, with a price on missed inhabitants.

    Attributes
    ----------
    problem : CentreProblem
    neighbours : sequence of sequence of int
    seed : int
    deadline : Deadline
    params : LocalParams
    """

    problem: CentreProblem
    neighbours: Sequence[Sequence[int]]
    seed: int
    deadline: Deadline = field(default_factory=Deadline)
    params: LocalParams = field(default_factory=LocalParams)

    def __post_init__(self) -> None:
        arcs = [(v, u) for v, near in enumerate(self.neighbours) for u in near]
        self._tails, self._heads = np.ascontiguousarray(np.array(arcs, dtype=np.int64).reshape(-1, 2).T)
        self._begin = np.searchsorted(self._tails, np.arange(len(self.neighbours) + 1))

    def plan(self, centres: IntArray, cost: FloatArray, multipliers: FloatArray) -> IntArray | None:
        """Find a plan with given centres, within the bounds if one is come upon.

        Parameters
        ----------
        centres : ndarray of int64, shape (k,)
        cost : ndarray of float64, shape (k, m)
            Of each municipality at each centre.
        multipliers : ndarray of float64, shape (k,)
            On inhabitants, to begin with.

        Returns
        -------
        ndarray of int64, shape (m,), or None
            The place of the centre of each municipality.
        """
        part = self._grown(centres, cost + multipliers[:, None] * self.problem.population)
        return None if part is None else self._searched(part, centres, cost)

    def _grown(self, centres: IntArray, priced: FloatArray) -> IntArray | None:
        """Grow the parts from their centres, what is clearest first; None where somebody is out of reach."""
        more = priced - priced.min(axis=0)
        part = np.full(len(self.problem), -1, dtype=np.int64)
        waiting = [(0.0, int(centre), place) for place, centre in enumerate(centres.tolist())]
        while waiting:
            _, v, place = heapq.heappop(waiting)
            if part[v] >= 0:
                continue
            part[v] = place
            for u in self.neighbours[v]:
                if part[u] < 0 and np.isfinite(more[place, u]):
                    heapq.heappush(waiting, (float(more[place, u]), u, place))
        return part if (part >= 0).all() else None

    def _searched(self, part: IntArray, centres: IntArray, cost: FloatArray) -> IntArray | None:
        params, size = self.params, len(part)
        fixed = np.zeros(size, dtype=np.bool_)
        fixed[centres] = True
        # a price at which to be right is worth more than to be near
        now = float(cost[part, np.arange(size)].sum())
        weight = params.weight * max(now, 1e-9) / max(float(self.problem.population.sum()), 1.0)
        rng = np.random.default_rng(self.seed)
        bars = params.tenure + rng.integers(params.tenure, size=params.steps)
        fast = fast_searched()
        if fast is not None:
            return self._compiled(fast, part, cost, fixed, weight, bars)
        return self._by_moves(part, cost, fixed, weight, bars)

    def _compiled(
        self, fast: Any, part: IntArray, cost: FloatArray, fixed: BoolArray, weight: float, bars: IntArray
    ) -> IntArray | None:
        problem, params, best = self.problem, self.params, np.empty_like(part)
        found = fast(
            self._begin,
            self._heads,
            problem.population,
            problem.low,
            problem.high,
            np.ascontiguousarray(cost),
            fixed,
            part,
            weight,
            params.patience,
            params.unfound,
            params.adjust,
            params.stronger,
            bars,
            best,
        )
        return best if found else None

    def _by_moves(
        self, part: IntArray, cost: FloatArray, fixed: BoolArray, weight: float, bars: IntArray
    ) -> IntArray | None:
        """Do the same as `searched` without numba."""
        problem, params = self.problem, self.params
        people, size = problem.population, len(part)
        held: FloatArray = np.bincount(part, weights=people, minlength=len(cost)).astype(np.float64)
        barred = np.full((len(cost), size), -1, dtype=np.int64)  # until which step
        now = float(cost[part, np.arange(size)].sum())
        best, best_cost, since = None, np.inf, 0
        for step in range(params.steps):
            if step % 32 == 0 and self.deadline.passed:
                break
            missed = self._missed(held)
            if missed.sum() <= FEASIBLE * problem.high and now < best_cost * BETTER:
                best, best_cost, since = part.copy(), now, step
            if step - since > (params.unfound if best is None else params.patience):
                break
            if step % params.adjust == params.adjust - 1:
                weight *= 1 / params.stronger if missed.sum() == 0 else params.stronger
            move = self._move(part, held, cost, fixed, weight, barred, step, missed, best_cost * BETTER - now)
            if move is None:
                break
            v, to = move
            barred[part[v], v] = step + int(bars[step])
            now += float(cost[to, v] - cost[part[v], v])
            held[part[v]] -= people[v]
            held[to] += people[v]
            part[v] = to
        return best

    def _missed(self, held: FloatArray) -> FloatArray:
        missed: FloatArray = np.maximum(np.maximum(self.problem.low - held, held - self.problem.high), 0.0)
        return missed

    def _move(
        self,
        part: IntArray,
        held: FloatArray,
        cost: FloatArray,
        fixed: BoolArray,
        weight: float,
        barred: IntArray,
        step: int,
        missed: FloatArray,
        wanted: float,
    ) -> tuple[int, int] | None:
        """Choose the move that is worth most and keeps its old part connected."""
        across = part[self._tails] != part[self._heads]
        v, to = self._tails[across], part[self._heads[across]]
        keys = np.unique(v * len(cost) + to)
        v, to = keys // len(cost), keys % len(cost)
        kept = ~fixed[v] & np.isfinite(cost[to, v])
        v, to = v[kept], to[kept]
        if not len(v):
            return None
        here, people = part[v], self.problem.population[v]
        dearer = cost[to, v] - cost[here, v]
        less, more = self._missed(held[here] - people), self._missed(held[to] + people)
        after = less - missed[here] + more - missed[to]
        worth = dearer + weight * after
        allowed = barred[to, v] < step
        # a plan better than any before may break a bar
        allowed |= (dearer < wanted) & (missed.sum() + after <= FEASIBLE * self.problem.high)
        order = np.argsort(np.where(allowed, worth, np.inf), kind="stable")
        for k in order.tolist():
            if not allowed[k]:
                break
            if self._leaves_connected(part, int(v[k])):
                return int(v[k]), int(to[k])
        return None

    def _leaves_connected(self, part: IntArray, v: int) -> bool:
        """Whether the part of a municipality holds together without it."""
        own = part[v]
        wanted = {u for u in self.neighbours[v] if part[u] == own}
        if len(wanted) < 2:
            return bool(wanted)
        start = wanted.pop()
        reached, waiting = {start, v}, [start]
        for u in waiting:
            for w in self.neighbours[u]:
                if w not in reached and part[w] == own:
                    reached.add(w)
                    wanted.discard(w)
                    if not wanted:
                        return True
                    waiting.append(w)
        return False
