"""Answering a component whose candidates cannot be listed: column generation with exact pricing."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ....instances.common.arrays import IntArray
from ....models.scoring.model import Model
from ...candidates.components import Component
from ...deadline import Deadline, TimeUpError
from ...engines import Engine
from ...partition.answer import ComponentAnswer
from ..compact.centres import is_about_centres
from ..contract import Method, Task
from .columns import Columns
from .params import GenerationParams
from .pricing import Part, Pricer, is_available
from .pricing_data import build_coefficients, build_pricing_data, refusal

if TYPE_CHECKING:
    from .integer_master import IntegerMaster
    from .root_relaxation import RootRelaxation


@dataclass(frozen=True)
class Generation(Method):
    """Column generation with exact pricing; see `solve_by_generation`."""

    params: GenerationParams = field(default_factory=GenerationParams)
    name = "generation"
    doing = "proving by column generation"
    proves = True

    def leads(self, task: Task) -> bool:
        """See `Method.leads`. With many small mergers, sets of centres and short borders are too many."""
        number = _number(task)
        if number is None or number[1] < self.params.many:
            return False
        return _members(task) <= self.params.small or not is_about_centres(
            task.model, task.free.municipalities
        )

    def accepts(self, task: Task) -> str | None:
        """See `Method.accepts`."""
        if reason := self.refusal(task):
            return reason
        if not len(task.free.municipalities):
            return "nothing is open"
        if not is_available():
            return "column generation needs numba: install refzones[large]"
        if task.count is not None:
            if task.question.uncounted & set(task.free.municipalities.tolist()):
                return "what may stand alone is no merger then"
            if _members(task) > self.params.members:
                return f"mergers of {_members(task):.0f} municipalities are too large for column generation"
        return refusal(task.model)

    def solve(self, task: Task, deadline: Deadline = Deadline()) -> ComponentAnswer:
        """See `Method.solve`."""
        start, number = task.start or ComponentAnswer(), _number(task)
        if number is not None and number[1] < number[0]:  # the fixed ones are too many already
            return ComponentAnswer(infeasible=True)
        answer = solve_by_generation(
            task.model,
            task.free,
            task.engine,
            seed=task.seed,
            deadline=deadline,
            start=[part for part in start.mergers if part not in task.fixed],
            pool=start.pool,
            number=number,
            params=self.params,
        )
        return task.with_fixed(answer)


def _number(task: Task) -> tuple[int, int] | None:
    """Give the least and the most of the number of open mergers; None where any will do."""
    if task.count is None:
        return None
    least, most = task.count
    return least, len(task.free.municipalities) if most is None else most


def _members(task: Task) -> float:
    """Municipalities of a merger, where there are as many mergers as there may be."""
    number = _number(task)
    return len(task.free.municipalities) / max(1, number[1]) if number else 0.0


def solve_by_generation(
    model: Model,
    component: Component,
    by: Engine,
    *,
    seed: int = 0,
    deadline: Deadline = Deadline(),
    start: Sequence[Part] = (),
    pool: Mapping[Part, int] | None = None,
    number: tuple[int, int] | None = None,
    workers: int | None = None,
    params: GenerationParams = GenerationParams(),
) -> ComponentAnswer:
    """Find the best partition of a component without listing all candidates, and bound all others.

    Mehrotra, Johnson and Nemhauser (1998) generate districts by a heuristic; here pricing is exact (see
    `kernel`), so that the value of the linear relaxation bounds every plan, and the sets that could be in a
    better plan than the best one found can be listed and the plan be proved.

    Parameters
    ----------
    model : Model
    component : Component
        Holds no fixed part.
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
    number : tuple of int, optional
        Bounds on the number of sets; by default any will do.
    workers : int, optional
        Threads that price; one for each processor by default. Does not change the answer.
    params : GenerationParams

    Returns
    -------
    ComponentAnswer
        A proved plan is the lexicographically smallest of the best. Figures: 'columns' and 'listed' (sets
        that were generated, and that the last programme chose from), 'rounds' of pricing, and 'branches'
        (sets looked at in some setting).

    Raises
    ------
    EngineError
        The engine broke down.
    """
    from .integer_master import IntegerMaster
    from .root_relaxation import RootRelaxation  # loads MathOpt, which many questions never need

    begun = time.perf_counter()
    answer = ComponentAnswer()
    data = build_pricing_data(model, component.municipalities)
    columns = Columns(component.municipalities, model.scorer)
    place = {i: k for k, i in enumerate(component.municipalities.tolist())}
    start_sets = [tuple(sorted(place[i] for i in part)) for part in start]
    pricer = Pricer(data, workers)
    columns.add(_admissible(pricer, [(v,) for v in range(len(component.municipalities))]))
    columns.add(_admissible(pricer, start_sets))
    with suppress(TimeUpError):
        columns.add(_admissible(pricer, _grown(pricer)), deadline)
    covers = sorted(v for part in start_sets for v in part) == list(range(len(component.municipalities)))
    is_plan = covers and all(part in columns.nano for part in start_sets)
    if number is not None:
        is_plan = is_plan and number[0] <= len(start_sets) <= number[1]
    root = RootRelaxation(
        data,
        build_coefficients(model.scorer, component.municipalities, data),
        pricer,
        columns,
        deadline.part(params.root_share),
        plan=start_sets if is_plan else [],
        pool={tuple(sorted(place[i] for i in part)): nano for part, nano in (pool or {}).items()},
        params=params.root,
        number=number,
    )
    integer_master = IntegerMaster(root, by, seed, deadline, params.integer)
    if is_plan:
        integer_master.offer(tuple(start_sets))
    answer.stages["prepare"] = time.perf_counter() - begun
    feasible = _solve_root(root, answer)
    if not feasible:
        return _summed(answer, root, integer_master, infeasible=True)
    begun = time.perf_counter()
    try:
        deadline.check()
        integer_master.from_columns(deadline.part(params.first_share))
        if root.nano_bound is not None:
            integer_master.prove()
    except TimeUpError:
        pass
    answer.stages["integer"] = time.perf_counter() - begun
    if integer_master.bound is None and not integer_master.infeasible:
        integer_master.bound = root.nano_bound
    return _summed(answer, root, integer_master, infeasible=integer_master.infeasible)


def _solve_root(root: RootRelaxation, answer: ComponentAnswer) -> bool:
    """Solve the relaxation as far as time allows; False when that proves that there is no plan."""
    begun = time.perf_counter()
    try:
        return root.run()
    except TimeUpError:
        return True
    finally:
        answer.stages["relaxation"] = time.perf_counter() - begun


def _summed(
    answer: ComponentAnswer, root: RootRelaxation, integer_master: IntegerMaster, *, infeasible: bool
) -> ComponentAnswer:
    answer.infeasible = infeasible
    answer.figures |= {
        "columns": len(root.columns.nano),
        "listed": integer_master.listed,
        "rounds": len(root.history),
        "branches": root.pricer.branches,
    }
    answer.history = root.history
    if infeasible:
        return answer
    answer.mergers = root.columns.in_instance(integer_master.chosen)
    answer.score, answer.bound = integer_master.score, integer_master.bound
    return answer


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


__all__ = ["Generation", "GenerationParams", "solve_by_generation"]
