"""The best schedule of a road, proved by CP-SAT."""

from __future__ import annotations

from collections.abc import Sequence

from ...instances.common.activity import doing
from ..deadline import Deadline, Limits, TimeUpError
from .conflict import Conflict, conflict_of
from .problem import RoadProblem
from .programme import RoadProgramme
from .schedule import Schedule


@doing("looking for the best schedule")
def best_schedule(
    problem: RoadProblem, limits: Limits | None = None, *, seed: int = 0
) -> Schedule | Conflict:
    """Find the best schedule, and prove it.

    Objectives are sought one after the other, each among the schedules that are best in those before it. Of
    equals that one is taken in which the first merger, by the code of its first member, takes effect as early
    as can be, then the second, and so on: the answer is the same whatever the seed.

    Parameters
    ----------
    problem : RoadProblem
    limits : Limits, optional
    seed : int
        For CP-SAT's own choices.

    Returns
    -------
    Schedule or Conflict
        A conflict where no schedule keeps all rules.

    Raises
    ------
    TimeUpError
        The time was up before there was any schedule.
    """
    deadline = (limits or Limits()).start()
    programme = RoadProgramme(problem, seed)
    programme.keep(problem.rules)
    bounds: list[int] = []
    when: tuple[int, ...] | None = None
    for aim in problem.aims:
        answer = programme.minimise(aim.costs, deadline, start=when)
        if answer.status == "infeasible":
            return conflict_of(problem, deadline, seed=seed)
        if answer.when is None:
            if when is None:
                raise TimeUpError
            return _unproved(problem, when, bounds)
        when = answer.when
        bounds.append(answer.bound)
        if answer.status != "optimal":
            return _unproved(problem, when, bounds)
        programme.at_most(aim.costs, aim.total(when))
    assert when is not None
    try:
        when = _earliest(programme, problem, when, deadline)
    except TimeUpError:
        return _unproved(problem, when, bounds)
    return Schedule(problem, when, True, tuple(bounds))


def _unproved(problem: RoadProblem, when: tuple[int, ...], bounds: Sequence[int]) -> Schedule:
    return Schedule(problem, when, False, tuple(bounds))


def _earliest(
    programme: RoadProgramme, problem: RoadProblem, when: tuple[int, ...], deadline: Deadline
) -> tuple[int, ...]:
    """Choose among equals: each merger in turn takes effect as early as it can."""
    for m in range(len(problem.mergers)):
        if when[m] > 0:
            answer = programme.minimise(_place_of(problem, m), deadline, start=when)
            if answer.status != "optimal" or answer.when is None:
                raise TimeUpError
            when = answer.when
        programme.fix(m, when[m])
    return when


def _place_of(problem: RoadProblem, m: int) -> tuple[tuple[int, ...], ...]:
    places = tuple(range(problem.never + 1))
    nothing = (0,) * (problem.never + 1)
    return tuple(places if k == m else nothing for k in range(len(problem.mergers)))
