"""Better plans of few and large parts: nodes move across boundaries, guided by what is additive in the score.

Terms of seats, of cut edges and of pairs are followed move by move, with seats as they are; others are left
to the exact score of what comes out.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from ....instances.common.arrays import BoolArray, FloatArray, IntArray
from ....models.terms.cut_edges import CutEdgesTerm
from ....models.terms.forms import InsidePairs, ToSeat
from ...candidates.sets import Part
from ...deadline import Deadline
from .boundary_kernel import fast_walk, walk
from .network import Network
from .space import SearchSpace

_SEATS = 500  # members of a part that are tried as its seat, about
_BLOCK = 64  # municipalities whose efforts to seats are worked out at once, at least


class BoundarySearch:
    """Moves nodes of a network between the parts of a plan.

    Parameters
    ----------
    space : SearchSpace
    rng : numpy Generator
    """

    def __init__(self, space: SearchSpace, rng: np.random.Generator) -> None:
        self.space, self.rng = space, rng
        self.network = Network.of(space)
        self.params = space.params.boundary
        self._people = np.array(self.network.people, dtype=np.int64)

    @cached_property
    def guides(self) -> bool:
        """Whether some term of the score can be followed move by move."""
        return bool(len(self._links[1]) or self._seated)

    @cached_property
    def _seated(self) -> list[tuple[ToSeat, float]]:
        """Terms of seats, and what a unit of effort of an inhabitant costs."""
        return [
            (form, -rate / form.unit)
            for form, rate in ((term.form, rate) for term, rate in self.space.scorer.active_terms())
            if isinstance(form, ToSeat)
        ]

    @cached_property
    def _links(self) -> tuple[IntArray, IntArray, FloatArray]:
        """What it costs that two nodes are apart, as rows of a sparse matrix."""
        node = np.full(len(self.space.question.instance), -1, dtype=np.int64)
        for v, group in enumerate(self.network.groups):
            node[list(group)] = v
        ends: list[tuple[IntArray, IntArray, FloatArray]] = []
        for term, rate in self.space.scorer.active_terms():
            if isinstance(term, CutEdgesTerm):
                municipalities = self.space.municipalities
                a, b = (municipalities[end] for end in term.between(municipalities))
                ends.append((node[a], node[b], np.full(len(a), -rate)))
            elif isinstance(term.form, InsidePairs):
                form = term.form
                ends.append(
                    (node[form.origin], node[form.destination], rate / form.unit * np.asarray(form.amounts))
                )
        return _rows(len(self.network), ends)

    @cached_property
    def _foes(self) -> tuple[IntArray, IntArray]:
        """Nodes that may not share a part."""
        at = self.network.at
        pairs = [(at[i], at[j]) for i, j in self.space.question.apart if i in at and j in at]
        a, b = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        begin, foes, _ = _rows(len(self.network), [(a, b, np.ones(len(a)))])
        return begin, foes

    @cached_property
    def _has(self) -> BoolArray:
        """Which nodes hold what every part must hold, shape (r, n)."""
        rows = [
            [any(has[i] for i in group) for group in self.network.groups]
            for _, has in self.space.question.required
        ]
        return np.array(rows, dtype=np.bool_).reshape(len(rows), len(self.network))

    def mend(self, parts: Sequence[Part], rounds: int, deadline: Deadline) -> list[Part] | None:
        """Bring parts within the bounds, whatever the score; None when that was not found.

        The first of some rounds is short.

        Raises
        ------
        TimeUpError
        """
        plan = self._plan(parts)
        nothing = np.zeros((len(self.network), len(parts)))
        links = (np.zeros(len(self.network) + 1, np.int64), np.zeros(0, np.int64), np.zeros(0))
        price = 1.0 / max(1.0, float(self._people.mean()))
        for round_ in range(rounds):
            deadline.check()
            heats = self.params.hot_mend, self.params.cold_mend
            # often a short walk is enough, sooner than the long one is compiled
            found, _ = self._walk(plan, nothing, links, price, *heats, short=round_ == 0)
            if found is not None:
                return self._parts(found, len(parts))
        return None

    def better(self, parts: Sequence[Part], heat: float) -> list[Part] | None:
        """Move nodes so that what can be followed of the score gains; None where bounds were never kept.

        Parameters
        ----------
        parts : sequence of tuple of int
        heat : float
            Temperature at first, in what a move costs on average.
        """
        plan = self._plan(parts)
        cost = self._cost(parts)
        typical = self._typical(plan, cost)
        if typical <= 0:
            return None
        price = self.params.price * typical / max(1.0, float(self._people.mean()))
        found, gained = self._walk(plan, cost, self._links, price, heat * typical, self.params.cold * typical)
        if found is None or gained >= 0:
            return None
        return self._parts(found, len(parts))

    def _walk(
        self,
        plan: IntArray,
        cost: FloatArray,
        links: tuple[IntArray, IntArray, FloatArray],
        price: float,
        hot: float,
        cold: float,
        *,
        short: bool = False,
    ) -> tuple[IntArray | None, float]:
        fast = None if short else fast_walk()
        steps = self.params.slow_steps if fast is None else self.params.steps
        lowest, highest = self.space.bounds
        best = plan.copy()
        reached, _, _ = (fast or walk)(
            *self.network.rows, *links, *self._foes, self._people, self._has, cost, plan,
            lowest, highest, price, 20.0 * hot, hot, cold, self.rng.random(3 * steps), best,
        )  # fmt: skip
        return (best, float(reached)) if np.isfinite(reached) else (None, 0.0)

    def _cost(self, parts: Sequence[Part]) -> FloatArray:
        """Cost of each node in each part, with the best seats that the parts have now."""
        municipalities = self.space.municipalities
        place = {i: k for k, i in enumerate(municipalities.tolist())}
        inhabitants = self.space.question.instance.population.astype(np.float64)
        total = np.zeros((len(place), len(parts)))
        for form, rate in self._seated:
            seats = np.array([_seat(form, np.array(part), inhabitants) for part in parts])
            total += rate * inhabitants[municipalities, None] * _efforts_to(form, municipalities, seats)
        rows = [[place[i] for i in group] for group in self.network.groups]
        return np.array([total[row].sum(axis=0) for row in rows])

    def _typical(self, plan: IntArray, cost: FloatArray) -> float:
        """What a move across a boundary changes on average."""
        begin, near = self.network.rows
        of = np.repeat(np.arange(len(plan)), np.diff(begin))
        across = plan[of] != plan[near]
        moved = np.abs(cost[of[across], plan[near[across]]] - cost[of[across], plan[of[across]]])
        weight = self._links[2]
        linked = float(np.abs(weight).mean()) if len(weight) else 0.0
        return linked + (float(moved.mean()) if len(moved) else 0.0)

    def _plan(self, parts: Sequence[Part]) -> IntArray:
        plan = np.zeros(len(self.network), dtype=np.int64)
        for k, part in enumerate(parts):
            plan[self.network.nodes(part)] = k
        return plan

    def _parts(self, plan: IntArray, number: int) -> list[Part]:
        return [self.network.members(np.flatnonzero(plan == k).tolist()) for k in range(number)]


def _seat(form: ToSeat, part: IntArray, inhabitants: FloatArray) -> int:
    """Find the best seat of a part; of many members some are tried, for it is a guide alone."""
    ranks = form.ranks[part]
    may = part[ranks == ranks.min()]
    may = may[:: max(1, len(may) // _SEATS)]
    return int(may[(inhabitants[part] @ _efforts_to(form, part, may)).argmin()])


def _efforts_to(form: ToSeat, municipalities: IntArray, seats: IntArray) -> FloatArray:
    """Efforts to some seats, shape (m, s); all between all municipalities would be too many."""
    block = max(_BLOCK, len(seats))
    parts = [municipalities[first : first + block] for first in range(0, len(municipalities), block)]
    return np.concatenate(
        [form.efforts(np.concatenate([some, seats]))[: len(some), len(some) :] for some in parts]
    )


def _rows(
    size: int, ends: Sequence[tuple[IntArray, IntArray, FloatArray]]
) -> tuple[IntArray, IntArray, FloatArray]:
    """Add up what pairs of nodes cost, and give it both ways as rows: where each begins, others, costs."""
    if not ends:
        return np.zeros(size + 1, np.int64), np.zeros(0, np.int64), np.zeros(0)
    a, b, amount = (np.concatenate(column) for column in zip(*ends, strict=True))
    real = (a >= 0) & (b >= 0) & (a != b)
    a, b, amount = a[real], b[real], amount[real]
    keys, place = np.unique(np.concatenate([a * size + b, b * size + a]), return_inverse=True)
    summed = np.bincount(place.reshape(-1), np.concatenate([amount, amount]), minlength=len(keys))
    begin = np.searchsorted(keys, np.arange(size + 1) * size)
    return begin.astype(np.int64), (keys % size).astype(np.int64), summed.astype(np.float64)


__all__ = ["BoundarySearch"]
