"""Plans that exist: an assignment that somebody has in mind, scored and held against the proved optimum."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..instances.instance import Instance
from ..instances.problems import Problems, reject
from ..instances.tables import Row, Table, read_table
from ..models.question import ask
from ..models.scenario import Scenario
from ..models.scorer import Scorer
from .record import read_record
from .result import Merger, Plan, Result
from .solve import solve
from .verify import Violation, verify

_CODES = ("nis", "code", "municipality", "name")
_PARTS = ("merger", "zone", "group")


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
    if path.is_dir() or path.suffix == ".json":
        record = read_record(path)
        record.check_instance(instance)
        return [merger.members for merger in record.plan(instance).mergers]
    problems = Problems()
    table = read_table(path, (), problems)
    problems.raise_if_any()
    assert table is not None
    groups = _groups(table, instance, problems)
    problems.raise_if_any()
    parts = sorted(tuple(sorted(group)) for group in groups)
    _check_complete(parts, instance, path)
    return parts


def _column(table: Table, wanted: tuple[str, ...]) -> str:
    """Find the first of some columns that a table has."""
    for column in wanted:
        if column in table.columns:
            return column
    reject(f"the file has none of the columns {', '.join(wanted)}", "add one", file=table.name, row=1)


def _groups(table: Table, instance: Instance, problems: Problems) -> list[list[int]]:
    who, where = _column(table, _CODES), _column(table, _PARTS)
    seen: dict[int, Row] = {}
    groups: dict[str, list[int]] = {}
    for row in table:
        try:
            i = instance.find(row.text(who))
        except KeyError as error:
            row.complain(who, str(error.args[0]))
            continue
        if i in seen:
            row.complain(
                who, f"the municipality stands already in row {seen[i].number}", "keep one of the two"
            )
            continue
        seen[i] = row
        # a group of nobody else is a municipality that stays alone
        groups.setdefault(row.text(where, required=False) or f"\0{i}", []).append(i)
    return list(groups.values())


def _check_complete(parts: list[tuple[int, ...]], instance: Instance, path: Path) -> None:
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
            file=path.name,
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
