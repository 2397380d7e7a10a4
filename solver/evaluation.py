"""Plans that exist: an assignment that somebody has in mind, scored and held against the proved optimum."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..instances.groups import Grouping, read_groups, resolve_groups
from ..instances.instance import Instance
from ..instances.problems import Problems, reject
from ..models.question import ask
from ..models.scenario import Scenario
from ..models.scorer import Scorer
from .record import PLAN_FILE, read_record
from .result import Merger, Plan, Result
from .solve import solve
from .verify import Violation, verify


@dataclass(frozen=True)
class Evaluation:
    """What a plan is worth under a scenario.

    Attributes
    ----------
    plan : Plan
        With seats, term values and scores computed here.
    violations : tuple of Violation
        Every rule that it breaks.
    optimum : Result
        The proved best plan of the same regions under the same scenario.
    """

    plan: Plan
    violations: tuple[Violation, ...]
    optimum: Result

    @property
    def loss_nano(self) -> int | None:
        """What the plan lacks to the best, in nano-points; below zero only when it breaks rules."""
        best = self.optimum.score_nano
        return None if best is None else best - self.plan.score_nano


def read_parts(path: Path, instance: Instance) -> list[tuple[int, ...]]:
    """Read who is merged with whom.

    Parameters
    ----------
    path : Path
        A plan folder, or a table with a column `nis`, `code`, `municipality` or `name` (NIS codes or names)
        and a column `merger`, `zone` or `group`. An empty group means that the municipality stays alone.
    instance : Instance

    Returns
    -------
    list of tuple of int
        Members of each part, ascending, by first member.

    Raises
    ------
    InputError
        Lists unknown, ambiguous and repeated municipalities, or those missing in the regions touched.
    """
    if path.is_dir() or path.name == PLAN_FILE:
        read_record(path).check_instance(instance)
    return parts_of(instance, read_groups(path))


def parts_of(instance: Instance, grouping: Grouping) -> list[tuple[int, ...]]:
    """Look up the groups of a file that holds every municipality of the regions it touches.

    Raises
    ------
    InputError
        Lists unknown, ambiguous and repeated municipalities, or those missing in the regions touched.
    """
    problems = Problems()
    parts = sorted(resolve_groups(instance, grouping, problems))
    problems.raise_if_any()
    _check_complete(parts, instance, grouping.file)
    return parts


def _check_complete(parts: list[tuple[int, ...]], instance: Instance, file: str) -> None:
    """Every municipality of a region that the plan touches must be in it."""
    held = {i for part in parts for i in part}
    touched = {int(instance.region[i]) for i in held}
    missing = [i for r in sorted(touched) for i in instance.members(r).tolist() if i not in held]
    if missing:
        names = ", ".join(instance.label(i) for i in missing[:20]) + (
            " and others" if len(missing) > 20 else ""
        )
        reject(
            f"the plan is not complete: {len(missing)} municipalities of its regions are missing ({names})",
            "add a row for each; an empty group means that it stays alone",
            file=file,
        )


def plan_of(instance: Instance, scenario: Scenario, parts: list[tuple[int, ...]]) -> Plan:
    """Score some parts as a plan, whether they keep the rules or not."""
    question, scorer = ask(instance, scenario), Scorer(instance, scenario)
    of = np.arange(len(instance))
    members = np.zeros((len(parts), len(instance)))
    for k, part in enumerate(parts):
        members[k, list(part)] = 1
    scores, seats = scorer.score(members, of), scorer.seats(members, of)
    return Plan(
        tuple(
            Merger(
                members=part,
                seat=int(seats[k]),
                standalone=question.standalone.get(part[0], "") if len(part) == 1 else "",
                values=tuple(scores.values[k].tolist()),
                score_nano=int(scores.nano[k]),
            )
            for k, part in enumerate(parts)
        )
    )


def evaluate(instance: Instance, scenario: Scenario, parts: list[tuple[int, ...]]) -> Evaluation:
    """Score a plan that exists, list every rule it breaks, and prove the best one beside it.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
    parts : list of tuple of int
        As `read_parts` gives them; the regions they touch are those compared.
    """
    plan = plan_of(instance, scenario, parts)
    regions = sorted({instance.regions[instance.region[i]] for part in parts for i in part})
    return Evaluation(
        plan,
        verify(instance, scenario, plan, regions=regions),
        solve(instance, scenario, regions=regions),
    )
