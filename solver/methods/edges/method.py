"""Fewest cut edges as a method."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np

from ....instances.common.arrays import BoolArray, IntArray
from ....models.nano_points import NANO
from ....models.question.surroundings import forbids_enclosed_mergers
from ...candidates.enumeration import keeping_rules
from ...candidates.sets import Candidates, Part
from ...deadline import Deadline, Limits, TimeUpError
from ...incumbents import bound_found, plan_found
from ...partition.answer import ComponentAnswer
from ..contract import Method, Task
from ..reasons import cannot_be_divided
from .annealing import annealed
from .graph import Graph
from .listing import Bounds, is_available
from .params import EdgeParams
from .search import Division, Search

_TERM = "cut_edges"


@dataclass(frozen=True)
class Edges(Method):
    """Fewest cut edges with a fixed number of mergers, proved by listing short borders; see `Search`."""

    params: EdgeParams = field(default_factory=EdgeParams)
    name = "edges"
    doing = "listing short borders"
    proves = True
    wants_plan = True

    def within(self, limits: Limits) -> Self:
        """See `Method.within`."""
        known = limits.room(self.params.known_bytes, self.params.most_known)
        paths = limits.room(self.params.path_bytes, self.params.most_paths)
        return replace(self, params=replace(self.params, most_known=known, most_paths=paths))

    def accepts(self, task: Task) -> str | None:
        """See `Method.accepts`."""
        if reason := self.refusal(task):
            return reason
        weighed = [term.name for term, _ in task.scorer.active_terms()]
        uncounted = task.question.uncounted & set(task.free.municipalities.tolist())
        reasons = {
            "the number of mergers is not fixed": task.count is None or task.count[0] != task.count[1],
            "other terms than cut_edges are weighed, or none": weighed != [_TERM],
            "half of the weight of cut_edges is no whole number of nano-points": _unit(task) is None,
            "mergers may not be enclosed": forbids_enclosed_mergers(task.question.scenario),
            "what may stand alone is no merger then": bool(uncounted),
            "nothing is open": not len(task.free.municipalities),
            "listing short borders needs numba: install refzones[large]": not is_available(),
        }
        return next((reason for reason, holds in reasons.items() if holds), None)

    def solve(self, task: Task, deadline: Deadline = Deadline()) -> ComponentAnswer:
        """See `Method.solve`."""
        return _Run(task, deadline.part(task.share()), self.params).answer()


def _unit(task: Task) -> int | None:
    """Nano-points of half a cut edge; None where they are not whole."""
    half = NANO * task.scorer.scenario.weights.get(_TERM, 0.0) / 2
    unit = round(half)
    return unit if unit > 0 and abs(half - unit) < 1e-6 else None


class _Run:
    """The work on one task."""

    def __init__(self, task: Task, deadline: Deadline, params: EdgeParams) -> None:
        question, self._task, self._deadline, self._params = task.question, task, deadline, params
        self._all: IntArray = task.free.municipalities
        self._unit = _unit(task) or 0
        self._graph = Graph.of(question, self._all).embedded()
        population = question.scenario.population
        bounds = Bounds(population.lowest, population.highest)
        most = params.most_known, params.most_paths
        self._search = Search(self._graph, bounds, self._keeps, deadline, *most)
        self._vertices = np.arange(len(self._all), dtype=np.int64)
        self._best: Division | None = None
        self._fewest = int(self._graph.costs.sum()) // 2 + 1  # more than there are

    def answer(self) -> ComponentAnswer:
        """Find the fewest cut edges, and what is known of them when the time ends."""
        parts = (self._task.count or (0, 0))[0]
        self._begin_with_start(parts)
        self._better(parts)
        least, proved = 0, False
        try:
            while least < self._fewest:
                limit = min(self._fewest - 1, least + self._params.step(parts, least))
                found = self._search.divide(self._vertices, parts, limit, self._note)
                if found is not None:
                    self._note(found, self._search.cut(found, self._vertices))
                    break
                least = limit + 1
                bound_found(self._score(least))
            least, proved = self._fewest, True
        except TimeUpError:
            pass
        return self._concluded(least, proved=proved)

    def _concluded(self, least: int, *, proved: bool) -> ComponentAnswer:
        answer = ComponentAnswer()
        answer.figures |= {"listed": self._search.listed, "states": self._search.looked}
        if self._best is not None:
            answer.mergers, answer.score = self._parts(self._best), self._score(self._fewest)
        elif proved:
            answer.infeasible = True
            answer.reason = cannot_be_divided(self._task)
            return answer
        answer.bound = self._score(least)
        return self._task.with_fixed(answer)

    def _begin_with_start(self, parts: int) -> None:
        """Take the plan that is known already, if there is one."""
        start = self._task.start
        if start is None or start.score is None:
            return
        place = {int(i): k for k, i in enumerate(self._all)}
        open_parts = [part for part in start.mergers if part not in self._task.fixed]
        if len(open_parts) == parts:
            division = tuple(tuple(place[i] for i in part) for part in open_parts)
            self._best, self._fewest = division, self._search.cut(division, self._vertices)

    def _better(self, parts: int) -> None:
        """Better the plan that is known, for a share of the time."""
        if self._best is None or parts == 1:
            return
        deadline = self._deadline.part(self._params.bettering)
        bounds, seed = self._search.bounds, self._task.seed
        annealed(self._graph, bounds, self._best, seed, deadline, self._params, self._note_if_kept)

    def _note_if_kept(self, division: Division) -> None:
        """Keep a plan whose parts keep the rules."""
        sets = np.zeros((len(division), len(self._all)), dtype=np.bool_)
        for row, part in zip(sets, division, strict=True):
            row[list(part)] = True
        if self._keeps(sets).all():
            self._note(division, self._search.cut(division, self._vertices))

    def _note(self, division: Division, cut: int) -> None:
        """Keep and tell a plan that is better."""
        if self._best is None or cut < self._fewest:
            self._best, self._fewest = division, cut
            plan_found(lambda: self._parts(division), self._score(cut))

    def _parts(self, division: Division) -> tuple[Part, ...]:
        return tuple(sorted(tuple(self._all[list(part)].tolist()) for part in division))

    def _score(self, cut: int) -> int:
        """Score of a plan of the open part with so many edges cut, in nano-points."""
        return -self._unit * (2 * cut + self._outer)

    @property
    def _outer(self) -> int:
        """Edges that every plan cuts, with one end in the open part: to fixed parts and other components."""
        instance = self._task.question.instance
        pairs = instance.borders.pairs.reshape(-1, 2)
        pairs = pairs[instance.region[pairs[:, 0]] == instance.region[pairs[:, 1]]]
        return int((np.isin(pairs, self._all).sum(axis=1) == 1).sum())

    def _keeps(self, sets: BoolArray) -> BoolArray:
        """Tell which sets keep the rules that a merger keeps by itself."""
        question = self._task.question
        locks = question.together, question.apart, question.seats
        if not any((*locks, question.required, question.unenclosed, question.also)):
            return np.ones(len(sets), dtype=np.bool_)
        width = max(1, -(-len(self._all) // 64))
        bits = np.zeros((len(sets), 64 * width), dtype=np.uint8)
        bits[:, : len(self._all)] = sets
        words = np.packbits(bits, axis=1, bitorder="little").view(np.uint64)
        kept = {row.tobytes() for row in keeping_rules(Candidates(self._all, words), question).words}
        return np.array([row.tobytes() in kept for row in words], dtype=np.bool_)
