"""Answering a frame whose candidates cannot be listed: column generation with exact pricing."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ....instances.common.arrays import IntArray
from ....models.question.question import Question
from ....models.scorer import Scorer
from ...candidates.components import Component
from ...deadline import Deadline, TimeUpError
from ...engines import Engine
from ...results.status import Status, status_of
from .columns import Columns
from .integer_master import IntegerMaster
from .pricing import Part, Pricer, is_available
from .pricing_data import NoKernelError, PricingData, build_coefficients, build_pricing_data
from .root_relaxation import RootRelaxation

_FOR_ROOT = 0.7  # share of the time left that the linear relaxation may take
_FOR_FIRST = 0.5  # share of the rest for the first programme


@dataclass
class Generated:
    """What is known of a frame.

    Attributes
    ----------
    parts : tuple of tuple of int
        The plan, as instance indices, ascending; empty without one. Where it is proved, it is the
        lexicographically smallest of the best.
    score, bound : int or None
        In nano-points.
    columns, listed : int
        Sets that were generated, and that the last programme chose from.
    rounds, branches : int
        Rounds of pricing, and sets looked at in some setting.
    history : list of tuple of float
        Value of the restricted programme and bound on all plans, in points, round by round.
    stages : dict of str to float
        Seconds by stage.
    infeasible : bool
        Whether it is proved that there is no plan.
    """

    parts: tuple[Part, ...] = ()
    score: int | None = None
    bound: int | None = None
    columns: int = 0
    listed: int = 0
    rounds: int = 0
    branches: int = 0
    history: list[tuple[float, float]] = field(default_factory=list)
    stages: dict[str, float] = field(default_factory=dict)
    infeasible: bool = False

    @property
    def status(self) -> Status:
        """What follows from score and bound, and from the proof that there is no plan."""
        return status_of(self.score, self.bound, infeasible=self.infeasible)


def solve_by_generation(
    question: Question,
    scorer: Scorer,
    frame: Component,
    by: Engine,
    *,
    seed: int = 0,
    deadline: Deadline = Deadline(),
    start: Sequence[Part] = (),
    pool: Mapping[Part, int] | None = None,
    workers: int | None = None,
) -> Generated:
    """Find the best partition of a frame without listing all candidates, and bound all others.

    Mehrotra, Johnson and Nemhauser (1998) generate districts by a heuristic; here pricing is exact (see
    `kernel`), so that the value of the linear relaxation bounds every plan, and the sets that could be in a
    better plan than the best one found can be listed and the plan be proved.

    Parameters
    ----------
    question : Question
    scorer : Scorer
    frame : Component
        Holds no municipality whose place is settled.
    by : Engine
        Solves the integer programmes.
    seed : int
    deadline : Deadline
        When it passes, the best plan and bound so far.
    start : sequence of tuple of int
        Sets to begin with, as instance indices, such as the parts of a plan; those that break a rule are
        passed over.
    pool : mapping of tuple of int to int, optional
        More sets, with their scores in nano-points, that are known to be admissible.
    workers : int, optional
        Threads that price; one for each processor by default. Does not change the answer.

    Returns
    -------
    Generated

    Raises
    ------
    NoKernelError
        numba is missing, or the question has a term or rule that the pricing search does not know.
    EngineError
        The engine broke down.
    """
    begun = time.perf_counter()
    data = pricing_data_of(question, scorer, frame)
    pricer = Pricer(data, workers)
    columns = Columns(frame.municipalities, scorer)
    place = {i: k for k, i in enumerate(frame.municipalities.tolist())}
    start_sets = [tuple(sorted(place[i] for i in part)) for part in start]
    columns.add(_admissible(pricer, [(v,) for v in range(len(frame.municipalities))]))
    columns.add(_admissible(pricer, [*start_sets, *_grown(pricer)]))
    answer = Generated()
    covers = sorted(v for part in start_sets for v in part) == list(range(len(frame.municipalities)))
    is_plan = covers and all(part in columns.nano for part in start_sets)
    root = RootRelaxation(
        data,
        build_coefficients(scorer, frame.municipalities, data),
        pricer,
        columns,
        _share(deadline, _FOR_ROOT),
        plan=start_sets if is_plan else [],
        pool={tuple(sorted(place[i] for i in part)): nano for part, nano in (pool or {}).items()},
    )
    integer_master = IntegerMaster(root, by, seed, deadline)
    if is_plan:
        integer_master.offer(tuple(start_sets))
    answer.stages["prepare"] = time.perf_counter() - begun
    feasible = _solve_root(root, answer)
    if not feasible:
        return _summed(answer, root, integer_master, infeasible=True)
    begun = time.perf_counter()
    try:
        deadline.check()
        integer_master.from_columns(_share(deadline, _FOR_FIRST))
        if root.nano_bound is not None:
            integer_master.prove()
    except TimeUpError:
        pass
    answer.stages["integer"] = time.perf_counter() - begun
    if integer_master.bound is None and not integer_master.infeasible:
        integer_master.bound = root.nano_bound
    return _summed(answer, root, integer_master, infeasible=integer_master.infeasible)


def pricing_data_of(question: Question, scorer: Scorer, frame: Component) -> PricingData:
    """Write a frame as what the pricing search reads.

    Raises
    ------
    NoKernelError
        numba is missing, or the question has a term or rule that the pricing search does not know.
    """
    if not is_available():
        raise NoKernelError("column generation needs numba: install refzones[large]")
    if question.count(frame.region) is not None:
        raise NoKernelError("a number of mergers is not known to column generation")
    return build_pricing_data(question, scorer, frame.municipalities)


def _solve_root(root: RootRelaxation, answer: Generated) -> bool:
    """Solve the relaxation as far as time allows; False when that proves that there is no plan."""
    begun = time.perf_counter()
    try:
        return root.run()
    except TimeUpError:
        return True
    finally:
        answer.stages["relaxation"] = time.perf_counter() - begun


def _summed(
    answer: Generated, root: RootRelaxation, integer_master: IntegerMaster, *, infeasible: bool
) -> Generated:
    answer.infeasible = infeasible
    answer.columns, answer.listed = len(root.columns.nano), integer_master.listed
    answer.rounds, answer.branches, answer.history = len(root.history), root.pricer.branches, root.history
    if infeasible:
        return answer
    of = root.columns.of
    answer.parts = tuple(tuple(of[list(part)].tolist()) for part in integer_master.chosen)
    answer.score, answer.bound = integer_master.score, integer_master.bound
    return answer


def _share(deadline: Deadline, share: float) -> Deadline:
    """A deadline after a share of the time left."""
    left = deadline.remaining
    return deadline if left is None else Deadline(time.perf_counter() + share * left)


def _admissible(pricer: Pricer, parts: Iterable[Part]) -> list[Part]:
    """Keep the sets that are connected, within the bounds, and keep the rules."""
    data = pricer.data
    admissible = []
    for part in parts:
        inhabitants = int(data.counted[list(part)].sum())
        fits = data.low <= inhabitants <= data.high and _is_connected(data.start, data.near, part)
        if fits and pricer.keeps_rules(part):
            admissible.append(part)
    return admissible


def _is_connected(start: IntArray, near: IntArray, part: Part) -> bool:
    left, waiting = set(part[1:]), [part[0]]
    while waiting:
        v = waiting.pop()
        beside = left & set(near[start[v] : start[v + 1]].tolist())
        left -= beside
        waiting += beside
    return not left


def _grown(pricer: Pricer) -> list[Part]:
    """Grow a small and a middling set from each municipality, breadth first: there are scores to see."""
    data, sets = pricer.data, []
    middle = (data.low + data.high) / 2
    for v in range(len(data.counted)):
        part, total, k = [v], int(data.counted[v]), 0
        enough = [float(data.low), middle]
        while k < len(part):
            for u in data.near[data.start[part[k]] : data.start[part[k] + 1]].tolist():
                if u not in part and total + data.counted[u] <= data.high and enough:
                    part.append(u)
                    total += int(data.counted[u])
                    while enough and total >= enough[0]:
                        sets.append(tuple(sorted(part)))
                        enough.pop(0)
            k += 1
    return sets


__all__ = ["Generated", "NoKernelError", "pricing_data_of", "solve_by_generation"]
