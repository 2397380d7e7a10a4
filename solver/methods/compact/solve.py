"""Solving a component by a compact formulation."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from ....instances.common.arrays import IntArray
from ....instances.common.problems import reject, suggest
from ....models.formulations.assignment import Count
from ....models.formulations.budgets import are_whole
from ....models.formulations.compact import Compact
from ....models.formulations.cut import cut_formulation
from ....models.formulations.flow import flow_formulation
from ....models.formulations.multiflow import multiflow_formulation
from ....models.formulations.rules import count_limits
from ....models.programmes.builder import TooLargeProgrammeError, room_for
from ....models.scoring.model import Model
from ...candidates.components import Component
from ...candidates.sets import Part
from ...deadline import Deadline
from ...engines import Engine
from ...limit_errors import OutOfMemoryError, TimeUpError
from ...memory import FORMULATION, budget
from ...partition.answer import ComponentAnswer
from .centres import TooManySetsError, search_by_centres
from .centres.params import CentreParams
from .cutting.rounds import CutRounds, EngineRounds, Rounds
from .cutting.state import SearchState

_PAIR_BYTES = 60.0  # of each pair of municipalities, in the tables of what may be in which part
_COEFFICIENT_BYTES = 700.0  # of a programme while it is written, handed over and solved, about
_PAIRS = 20_000  # of municipalities, each of which may be a variable, that are written in a second at least
_PAIRS_OF_CENTRES = 100_000  # the same where sets of centres alone are searched

Formulation = Callable[[Model, IntArray, Count | None], Compact]


def _constraint_rounds(state: SearchState, by: Engine) -> Rounds:
    """Solve by a constraint programme; CP-SAT is loaded only then."""
    from .constraint import ConstraintRounds

    return ConstraintRounds(state, by)


FORMULATIONS: Mapping[str, tuple[Formulation, Callable[[SearchState, Engine], Rounds]]] = {
    "flow": (flow_formulation, EngineRounds),
    "multiflow": (multiflow_formulation, EngineRounds),
    "cut": (cut_formulation, CutRounds),
    "cpsat": (cut_formulation, _constraint_rounds),
}
"""Compact formulations by name, and how each is solved. 'cpsat' adds a tree; see `arborescence`."""


def solve_compact(
    model: Model,
    component: Component,
    formulation: str,
    by: Engine,
    *,
    count: Count | None = None,
    seed: int = 0,
    deadline: Deadline = Deadline(),
    centres: CentreParams = CentreParams(),
    started: Sequence[Part] | None = None,
) -> ComponentAnswer:
    """Find the partition of a component with the highest score by a compact formulation.

    The programme measures scores in points, in double precision, and does not round those of parts to whole
    nano-points, as the scorer does. The bound of an engine becomes one on the scorer's numbers by adding
    half a nano-point for each part there can be, and what the tolerance of engines may hide (1e-6 of a cost
    and 1e-9 of the objective). When the engine calls a plan optimal, the programme is solved again without
    this plan, for plans that cost hardly more: once there is none, no plan within tolerance is left that
    could be better, and score and bound meet. Equals found on the way are scored and forbidden too. If
    there are more than a few, a constraint programme looks for a better one in whole numbers.

    So what is proved rests on the word of an engine that no plan exists, as it keeps its tolerances. Unlike
    the bound of `solve_partition`, it is not checked in whole numbers.

    Where the score depends on one distance to seats and nothing else, and the number of parts is fixed, 'cut'
    first fixes centres by their Lagrangian bounds and lists what parts they can have; see `centres`.

    Parameters
    ----------
    model : Model
    component : Component
    formulation : {'flow', 'multiflow', 'cut', 'cpsat'}
    by : Engine
        Solves the programmes; 'cpsat' has its own solver and leaves it alone.
    count : (int, int or None), optional
        Bounds on the number of parts, both included.
    seed : int
    deadline : Deadline
        When it passes, the best plan and the bound so far.
    centres : CentreParams
    started : sequence of tuple of int, optional
        A plan that is known already, which the search by centres starts from.

    Returns
    -------
    ComponentAnswer
        Of equal plans any; the same for the same input and seed.

    Raises
    ------
    InputError
        There is no such formulation, or a term that weighs something has no linear form.
    EngineError
        The engine broke down.
    """
    if formulation not in FORMULATIONS:
        reject("there is no such formulation", suggest(formulation, FORMULATIONS), value=formulation)
    write, method = FORMULATIONS[formulation]
    if formulation == "cut" and not _is_in_time(component, deadline, _PAIRS_OF_CENTRES):
        return ComponentAnswer()
    memory = budget()
    memory.need(_PAIR_BYTES * float(len(component.municipalities)) ** 2, FORMULATION)
    if formulation == "cut" and not model.question.budgets:
        answer = _solve_by_centres(model, component, by, count, seed, deadline, centres, started)
        if answer is not None:
            return answer
    if not _is_in_time(component, deadline, _PAIRS):
        return ComponentAnswer()
    if formulation == "cpsat":
        _check_whole(model, component)
    begun = time.perf_counter()
    try:
        with room_for(memory.left / _COEFFICIENT_BYTES):
            compact = write(model, component.municipalities, count)
    except TooLargeProgrammeError as error:
        memory.lacks(FORMULATION)
        raise OutOfMemoryError(FORMULATION) from error
    answer = ComponentAnswer(stages={"build": time.perf_counter() - begun})
    answer.figures |= dict(zip(("rows", "columns"), compact.programme.shape, strict=True))
    least, most = count_limits(compact.parts, count)
    state = SearchState(compact, model.scorer, answer, most, seed, deadline)
    if compact.is_hopeless or least > most:
        state.rule_out()
        return answer
    rounds = method(state, by)
    try:
        state.timed("solve", rounds.solve)
    except TimeUpError:
        return answer  # with what is known
    if answer.is_proved_to_tolerance:
        state.timed("close", rounds.close)
    if answer.is_proved_to_tolerance and are_whole(model, component.municipalities):
        base = (
            compact if write is cut_formulation else cut_formulation(model, component.municipalities, count)
        )
        from .rounding import close_by_rounding

        state.timed("close", lambda: close_by_rounding(base, state))
    return answer


def _is_in_time(component: Component, deadline: Deadline, pairs: int) -> bool:
    """Whether a programme will have been written before time is up: nothing interrupts that."""
    left = deadline.remaining
    return left is None or len(component.municipalities) ** 2 <= pairs * left


def _check_whole(model: Model, component: Component) -> None:
    """Make sure that the constraint programme, which takes whole numbers alone, can add budgets up."""
    if not are_whole(model, component.municipalities):
        reject(
            "the formulation 'cpsat' adds up whole numbers only, and an indicator with a budget is a broken "
            "amount for each inhabitant",
            "use the formulation 'partition', 'cut' or 'flow', or leave the budget out",
        )


def _solve_by_centres(
    model: Model,
    component: Component,
    by: Engine,
    count: Count | None,
    seed: int,
    deadline: Deadline,
    centres: CentreParams,
    started: Sequence[Part] | None,
) -> ComponentAnswer | None:
    """Solve a component by sets of centres if its score depends on nothing else; None otherwise."""
    answer = ComponentAnswer()
    begun = time.perf_counter()
    by_centres = search_by_centres(
        model, component.municipalities, count, by, answer, seed, deadline, centres
    )
    answer.stages["build"] = time.perf_counter() - begun
    if by_centres is None:
        return None
    if started is not None:
        by_centres.start([np.searchsorted(component.municipalities, part).tolist() for part in started])
    try:
        by_centres.state.timed("solve", by_centres.run)
    except TooManySetsError:
        return None
    answer.add("rounds", by_centres.looked_at)
    return answer
