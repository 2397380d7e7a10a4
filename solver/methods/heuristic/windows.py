"""Windows: a few neighbouring parts of a plan, divided anew in the best way that some candidates allow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from ....instances.common.arrays import IntArray
from ....models.scoring.scorer import NANO
from ...candidates.enumeration import TooManyCandidatesError, enumerate_candidates, keeping_rules
from ...candidates.scoring import score_all
from ...candidates.sets import Candidates, Part, bit_sets
from ...deadline import Deadline
from ...partition.fixing import solve_partition
from ...partition.problem import PartitionProblem
from ...partition.relaxation import Relaxation, Relaxer
from .current_plan import CurrentPlan
from .params import WindowParams
from .pool import Pool
from .space import SearchSpace
from .trees import draw_tree, tree_sets

_WHOLE = 1.0 - 1e-6


@dataclass
class Windows:
    """Divides windows anew; knows which it has seen.

    Attributes
    ----------
    space : SearchSpace
    current : CurrentPlan
    pool : Pool
    deadline : Deadline
    solved, listed : int
        Windows divided, and sets looked at in them.
    prices : dict of str to float
        Dual value of each bounded sum in the last window of the whole component, in points a unit.
    seen : set of tuple
        Windows that were divided in the best way; see `key`.
    """

    space: SearchSpace
    current: CurrentPlan
    pool: Pool
    deadline: Deadline = field(default_factory=Deadline)
    solved: int = 0
    listed: int = 0
    prices: dict[str, float] = field(default_factory=dict)
    seen: set[tuple[object, ...]] = field(default_factory=set)
    _size: dict[int, float] = field(default_factory=dict)

    @property
    def params(self) -> WindowParams:
        """How windows are chosen and divided."""
        return self.space.params.windows

    def key(self, numbers: Iterable[int]) -> tuple[object, ...]:
        """Give all that says how well a window can be divided: its municipalities, and what is outside."""
        outside = self.current.outside(numbers).tolist() if self.space.sums else ()
        return self.current.members(numbers), self.current.counted, *outside

    def improve(self, number: int, limit: int, rng: np.random.Generator, trees: int) -> list[int]:
        """Divide a window around a part anew; give the numbers of its new parts if that is better.

        Parameters
        ----------
        number : int
            Of a part of the current plan.
        limit : int
            Sets that are listed at most; the window is made smaller until they are no more.
        rng : numpy Generator
        trees : int
            Where even few parts have too many: random trees to cut instead.

        Raises
        ------
        TimeUpError
        """
        params = self.params
        numbers = grow(self.current, number, self._size.setdefault(limit, params.size), rng)
        while True:
            members = self.current.members(numbers)
            key = self.key(numbers)
            if key in self.seen:
                return []
            few = len(numbers) <= params.few
            most = max(limit, params.listed) if few else limit
            try:
                municipalities = np.array(members, dtype=np.int64)
                candidates = enumerate_candidates(self.space.question, municipalities, self.deadline, most)
            except TooManyCandidatesError:
                self._size[limit] = max(params.smallest, params.smaller * self._size[limit])
                if not few:
                    numbers = numbers[:-1]
                    continue
                candidates = self.from_trees(members, rng, trees)
            else:
                self.seen.add(key)
                if len(candidates) < limit / 3:
                    self._size[limit] *= params.larger
            return self.divide(numbers, candidates)

    def recombine(self, numbers: list[int]) -> list[int]:
        """Divide a window anew using sets of the pool; see `improve`."""
        members = self.current.members(numbers)
        own = [self.current.parts[number] for number in numbers]
        parts = list(dict.fromkeys([*own, *self.pool.within(members)]))
        return self.divide(numbers, self.space.sets(parts, members))

    def from_trees(self, members: Part, rng: np.random.Generator, trees: int) -> Candidates:
        """Admissible sets that cuts of random spanning trees give, each once."""
        words = []
        municipalities = np.array(members, dtype=np.int64)
        for piece in self.space.pieces(members):
            columns = {i: k for k, i in enumerate(members)}
            for _ in range(trees):
                self.deadline.check()
                tree = draw_tree(self.space, piece, rng)
                rows = tree_sets(self.space, tree)
                bits = np.zeros((len(rows), 64 * max(1, (len(municipalities) + 63) // 64)), dtype=np.uint8)
                bits[:, [columns[i] for i in tree.nodes]] = rows
                words.append(np.packbits(bits, axis=1, bitorder="little").view(np.uint64))
        distinct = np.unique(np.concatenate(words), axis=0) if words else bit_sets([], len(municipalities))
        return keeping_rules(Candidates(municipalities, distinct), self.space.question)

    def divide(
        self, numbers: list[int], candidates: Candidates, limits: tuple[int, int] | None = None
    ) -> list[int]:
        """Put the best combination of candidates in the place of a window, if it is better.

        Candidates that cannot be in a better combination are found by the relaxation first.

        Parameters
        ----------
        numbers : list of int
        candidates : Candidates
        limits : tuple of (int, int), optional
            Bounds on the number of parts of the component that count; those of the search space by default.
        """
        self.deadline.check()
        self.solved += 1
        self.listed += len(candidates)
        within = limits or self.space.limits
        outside = self.current.counted - sum(self.space.counted(self.current.parts[n]) for n in numbers)
        sums = self.space.left(self.current.outside(numbers)) if self.space.sums else ()
        constraints = self.space.constraints(candidates, outside, within, sums)
        problem = PartitionProblem(candidates, score_all(self.space.scorer, candidates), constraints)
        if problem.infeasible_at_sight:
            return []
        relaxer = Relaxer(problem)
        relaxed = relaxer.run(self.deadline)
        self.deadline.check()
        self._note(problem, relaxed.reduced_costs)
        if self.space.sums and relaxed.feasible and len(numbers) == len(self.current.parts):
            self._price(problem, relaxed)
        spent = relaxed.bound - self.current.worth(numbers)
        if not relaxed.feasible or spent <= 0:
            return []
        chosen, share = relaxer.solution()
        if len(share) and share.min() > _WHOLE:  # a partition, and nothing scores more
            parts = [candidates.members(row) for row in chosen.tolist()]
            if problem.keeps_constraints(chosen):  # and not within the tolerance of the engine alone
                return self._put(numbers, parts)
        some = problem.restrict(np.flatnonzero(relaxed.reduced_costs <= spent))
        if some.candidates.uncovered:
            return []  # the own parts are from elsewhere, and nothing here is better
        # sums such as budgets can make the last proof of a window long, and a good plan of it is enough
        until = self.deadline.at_most(self.params.patience) if self.space.sums else self.deadline
        answer = solve_partition(some, self.space.engine, seed=self.space.seed, deadline=until)
        return self._put(numbers, [some.candidates.members(row) for row in answer.chosen])

    def _price(self, problem: PartitionProblem, relaxed: Relaxation) -> None:
        """Note the dual values of bounded sums; coefficients are in units of what divides all of them."""
        first = len(problem.constraints) - len(self.space.sums)
        for k, one in enumerate(self.space.sums):
            coefficients = problem.constraints[first + k].coefficients
            row = int(coefficients.argmax())
            amount = int(self.space.amounts([problem.candidates.members(row)])[0, k])
            if amount:
                unit = amount / int(coefficients[row])
                self.prices[one.name] = relaxed.prices[first + k] / unit / NANO

    def _put(self, numbers: list[int], parts: list[Part]) -> list[int]:
        """Put parts in the place of a window, if they are a better plan of it."""
        members = tuple(sorted(i for part in parts for i in part))
        if members != self.current.members(numbers):
            return []  # none was found, or time was up before the relaxation was solved
        if sum(self.space.score(parts)) <= self.current.worth(numbers):
            return []
        return self.current.swap(numbers, parts)

    def _note(self, problem: PartitionProblem, reduced_costs: IntArray) -> None:
        """Put the most promising candidates into the pool."""
        rows = np.argsort(reduced_costs, kind="stable")[: self.params.noted]
        members = [problem.candidates.members(row) for row in rows.tolist()]
        self.pool.add(members, problem.scores[rows].tolist())


def grow(
    current: CurrentPlan, first: int, size: float, rng: np.random.Generator, spread: float = 0.3
) -> list[int]:
    """Gather parts around one, the nearest by their middles first, up to some number of municipalities.

    Parameters
    ----------
    current : CurrentPlan
    first : int
        Number of the part to begin with.
    size : float
        Municipalities; the first part and one more are taken however large.
    rng : numpy Generator
    spread : float
        How much chance plays into what is near: distances are taken times 1 - spread to 1 + spread.

    Returns
    -------
    list of int
        Each next to one before it.
    """
    instance = current.space.question.instance

    def middle(number: int) -> tuple[float, float]:
        part = list(current.parts[number])
        return float(instance.x[part].mean()), float(instance.y[part].mean())

    centre = middle(first)
    far: dict[int, float] = {}
    numbers, total = [first], len(current.parts[first])
    while True:
        for number in current.near(numbers[-1]):
            if number not in far and number != first:
                x, y = middle(number)
                chance = 1.0 + spread * (2.0 * float(rng.random()) - 1.0)
                far[number] = chance * float(np.hypot(x - centre[0], y - centre[1]))
        beside = [(away, number) for number, away in far.items() if number not in numbers]
        if not beside:
            return numbers
        number = min(beside)[1]
        total += len(current.parts[number])
        if total > size and len(numbers) > 1:
            return numbers
        numbers.append(number)
