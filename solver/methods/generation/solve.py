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
from .integer_master import Whole
from .pricing import Part, Pricer, is_available
from .pricing_data import Land, NoKernelError, build_land, build_rates
from .root_relaxation import Root

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
    land = land_of(question, scorer, frame)
    pricer = Pricer(land, workers)
    columns = Columns(frame.municipalities, scorer)
    place = {i: k for k, i in enumerate(frame.municipalities.tolist())}
    given = [tuple(sorted(place[i] for i in part)) for part in start]
    columns.add(_admissible(pricer, [(v,) for v in range(len(frame.municipalities))]))
    columns.add(_admissible(pricer, [*given, *_grown(pricer)]))
    found = Generated()
    covers = sorted(v for part in given for v in part) == list(range(len(frame.municipalities)))
    is_plan = covers and all(part in columns.nano for part in given)
    root = Root(
        land,
        build_rates(scorer, frame.municipalities, land),
        pricer,
        columns,
        _share(deadline, _FOR_ROOT),
        plan=given if is_plan else [],
        pool={tuple(sorted(place[i] for i in part)): nano for part, nano in (pool or {}).items()},
    )
    whole = Whole(root, by, seed, deadline)
    if is_plan:
        whole.offer(tuple(given))
    found.stages["prepare"] = time.perf_counter() - begun
    feasible = _run_root(root, found)
    if not feasible:
        return _summed(found, root, whole, infeasible=True)
    begun = time.perf_counter()
    try:
        deadline.check()
        whole.from_columns(_share(deadline, _FOR_FIRST))
        if root.whole_bound is not None:
            whole.prove()
    except TimeUpError:
        pass
    found.stages["integer"] = time.perf_counter() - begun
    if whole.bound is None and not whole.infeasible:
        whole.bound = root.whole_bound
    return _summed(found, root, whole, infeasible=whole.infeasible)


def land_of(question: Question, scorer: Scorer, frame: Component) -> Land:
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
    return build_land(question, scorer, frame.municipalities)


def _run_root(root: Root, found: Generated) -> bool:
    """Solve the relaxation as far as time allows; False when that proves that there is no plan."""
    begun = time.perf_counter()
    try:
        return root.run()
    except TimeUpError:
        return True
    finally:
        found.stages["relaxation"] = time.perf_counter() - begun


def _summed(found: Generated, root: Root, whole: Whole, *, infeasible: bool) -> Generated:
    found.infeasible = infeasible
    found.columns, found.listed = len(root.columns.nano), whole.listed
    found.rounds, found.branches, found.history = len(root.history), root.pricer.branches, root.history
    if infeasible:
        return found
    of = root.columns.of
    found.parts = tuple(tuple(of[list(part)].tolist()) for part in whole.chosen)
    found.score, found.bound = whole.score, whole.bound
    return found


def _share(deadline: Deadline, share: float) -> Deadline:
    """A deadline after a share of the time left."""
    left = deadline.remaining
    return deadline if left is None else Deadline(time.perf_counter() + share * left)


def _admissible(pricer: Pricer, parts: Iterable[Part]) -> list[Part]:
    """Keep the sets that are connected, within the bounds, and keep the rules."""
    land = pricer.land
    found = []
    for part in parts:
        inhabitants = int(land.counted[list(part)].sum())
        fits = land.low <= inhabitants <= land.high and _is_connected(land.start, land.near, part)
        if fits and pricer.keeps_rules(part):
            found.append(part)
    return found


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
    land, found = pricer.land, []
    middle = (land.low + land.high) / 2
    for v in range(len(land.counted)):
        part, total, k = [v], int(land.counted[v]), 0
        enough = [float(land.low), middle]
        while k < len(part):
            for u in land.near[land.start[part[k]] : land.start[part[k] + 1]].tolist():
                if u not in part and total + land.counted[u] <= land.high and enough:
                    part.append(u)
                    total += int(land.counted[u])
                    while enough and total >= enough[0]:
                        found.append(tuple(sorted(part)))
                        enough.pop(0)
            k += 1
    return found


__all__ = ["Generated", "NoKernelError", "land_of", "solve_by_generation"]
