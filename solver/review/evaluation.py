"""Plans that exist, scored and compared with the proved optimum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from ...instances.common.activity import doing
from ...instances.common.deprecated import renamed_parameters, warn_renamed
from ...instances.common.problems import Problems, reject
from ...instances.groups import Grouping, resolve_groups, without_elsewhere
from ...instances.instance import Instance
from ...instances.plan_files import GROUP_COLUMNS, read_groups
from ...models.scenario.framing import framed
from ...models.scenario.scenario import Scenario
from ..candidates.sets import Part
from ..deadline import Limits
from ..regions.solving import solve
from ..results.counts import Counts, count_parts, number_of
from ..results.plan import Plan
from ..results.record import PLAN_FILE, read_record
from ..results.result import Result
from ..results.status import relative_gap
from ..verification.verifier import Violation, verify
from .similarity import Parts

_DEPTH = 3  # calls between a warning and the line of the user
_LISTED = 20
"""How many missing municipalities an error names."""


@dataclass(frozen=True)
class RegionGap:
    """What a plan lacks in one region.

    Attributes
    ----------
    name : str
    counts : Counts
        Of the mergers with their seat in the region; at the level of zones, of the zones.
    zones : int
        Zones around the mergers, at the nested level.
    score_nano : int
        Their score, in nano-points.
    best_nano : int or None
        Score of the best plan of the region; None where no plan keeps all rules.
    """

    name: str
    counts: Counts
    zones: int
    score_nano: int
    best_nano: int | None

    @property
    def loss_nano(self) -> int | None:
        """What the plan lacks to the best, in nano-points."""
        return None if self.best_nano is None else self.best_nano - self.score_nano


@dataclass(frozen=True)
class Evaluation:
    """What a plan is worth under a scenario.

    Attributes
    ----------
    instance : Instance
    scenario : Scenario
    plan : Plan
        With seats, term values and scores computed here.
    violations : tuple of Violation
        Every rule that it breaks.
    optimum : Result
        The proved best plan of the same regions under the same scenario.
    """

    instance: Instance
    scenario: Scenario
    plan: Plan
    violations: tuple[Violation, ...]
    optimum: Result

    def __repr__(self) -> str:
        told = f"{self.plan.score:,.4f} points, {number_of(len(self.violations), 'violation')}"
        return f"<Evaluation '{self.scenario.name}' on {self.instance.name}: {told}>"

    @property
    def loss_nano(self) -> int | None:
        """What the plan lacks to the best, in nano-points; below zero only when it breaks rules."""
        best = self.optimum.score_nano
        return None if best is None else best - self.plan.score_nano

    @property
    def gap(self) -> float | None:
        """Relative gap to the proved bound: 0 when no plan is better, below 0 only with broken rules."""
        return relative_gap(self.plan.score_nano, self.optimum.bound_nano)

    @property
    def by_region(self) -> tuple[RegionGap, ...]:
        """What the plan lacks in each region; a merger that crosses regions counts where its seat is."""
        gaps = []
        for best in self.optimum.by_region:
            mergers, zones = (
                [
                    part
                    for part in parts
                    if self.instance.regions[self.instance.region[part.seat]] == best.name
                ]
                for parts in (self.plan.mergers, self.plan.zones)
            )
            score = sum(part.score_nano for part in (*mergers, *zones))
            counts = count_parts(mergers)
            gaps.append(RegionGap(best.name, counts, len(zones), score, best.score_nano))
        return tuple(gaps)


def read_parts(
    path: Path, instance: Instance, columns: Sequence[str] = GROUP_COLUMNS
) -> list[tuple[int, ...]]:
    """Read the groups of a file: which municipalities are merged with which.

    Parameters
    ----------
    path : Path
        The folder of a run, or a table as `instances.groups.read_groups` takes it: a column with codes or
        names and a column `merger`, `zone` or `group`. An empty group: the municipality stays alone.
    instance : Instance
    columns : sequence of str
        Columns that may hold the group; the first that is not empty throughout is taken.

    Returns
    -------
    list of tuple of int
        Members of each part, ascending, by first member.

    Raises
    ------
    InputError
        Lists unknown, ambiguous and repeated municipalities, or those missing in the regions touched; or the
        run is of other data.
    """
    if path.is_dir() or path.name == PLAN_FILE:
        read_record(path).check_instance(instance)
    return parts_of(instance, read_groups(path, columns))


def parts_of(instance: Instance, grouping: Grouping, *, others_alone: bool = False) -> list[tuple[int, ...]]:
    """Look up the groups of a file that holds every municipality of the regions it touches.

    Parameters
    ----------
    instance : Instance
    grouping : Grouping
    others_alone : bool
        Municipalities of these regions that the file leaves out stay alone.

    Returns
    -------
    list of tuple of int
        Members of each part, ascending, by first member; of the regions in which a municipality has a group.

    Raises
    ------
    InputError
        Lists unknown, ambiguous and repeated municipalities, or those missing in the regions touched.
    """
    parts = groups_of(instance, grouping)
    held = {i for part in parts for i in part}
    touched = [instance.regions.index(name) for name in regions_of(instance, parts)]
    missing = [i for region in touched for i in instance.members(region).tolist() if i not in held]
    if missing and not others_alone:
        _reject_incomplete(missing, instance, grouping.file)
    return sorted([*parts, *((i,) for i in missing)])


def groups_of(instance: Instance, grouping: Grouping) -> list[tuple[int, ...]]:
    """Look up the groups of a file, whatever it leaves out.

    Parameters
    ----------
    instance : Instance
    grouping : Grouping

    Returns
    -------
    list of tuple of int
        Members of each part, ascending, by first member; of the regions in which a municipality has a group.

    Raises
    ------
    InputError
        Lists unknown, ambiguous and repeated municipalities.
    """
    problems = Problems()
    grouping, elsewhere = without_elsewhere(instance, grouping)
    parts = resolve_groups(instance, grouping, problems)
    problems.raise_if_any()
    if not any(parts):
        remedy = "name another instance with --instance" if elsewhere else "add a row for each of them"
        reject(f"no municipality of instance '{instance.name}' is in the file", remedy, file=grouping.file)
    return sorted(_grouped(instance, grouping, parts))


def _grouped(instance: Instance, grouping: Grouping, parts: Sequence[Part]) -> list[Part]:
    """Leave out the regions of a file without any group, unless there is none anywhere.

    A blank means that a municipality stays alone where others are grouped; where none is, it means nothing.
    """
    named = {k for k, part in enumerate(parts) if grouping.names[k] or len(part) > 1}
    filled = {int(instance.region[i]) for k in named for i in parts[k]}
    return [part for part in parts if part and (not filled or int(instance.region[part[0]]) in filled)]


def _reject_incomplete(missing: Sequence[int], instance: Instance, file: str) -> NoReturn:
    names = ", ".join(instance.label(i) for i in missing[:_LISTED])
    more = " and others" if len(missing) > _LISTED else ""
    reject(
        f"the plan is not complete: {len(missing)} municipalities of its regions are missing ({names}{more})",
        "add a row for each; an empty group means that it stays alone",
        file=file,
    )


def regions_of(instance: Instance, parts: Parts) -> list[str]:
    """Name the regions that some parts touch, sorted."""
    return sorted({instance.regions[instance.region[i]] for part in parts for i in part})


def scored(instance: Instance, scenario: Scenario, plan: Plan | Parts, zones: Parts, function: str) -> Plan:
    """Score a plan under a scenario, whether it keeps the rules or not.

    Groups of municipalities are taken for one release more; `function` is what users gave them to.
    """
    if not isinstance(plan, Plan):
        new = "a plan: Plan.of(instance, scenario, groups, zones)"
        warn_renamed(f"what {function} takes as groups of municipalities", new, depth=_DEPTH)
        return Plan.of(instance, scenario, plan, zones)
    is_scored = plan.instance is instance and plan.scenario is scenario
    return plan if is_scored else plan.under(scenario, instance)


@renamed_parameters(parts="plan")
@doing("evaluating the plan")
def evaluate(
    instance: Instance,
    scenario: Scenario,
    plan: Plan | Parts,
    zones: Parts = (),
    *,
    limits: Limits = Limits(),
) -> Evaluation:
    """Score a plan that exists, list the rules that it breaks, and prove the best plan beside it.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
    plan : Plan
        Whatever scenario it was made for; the regions that it touches are those compared.
    zones : sequence of tuple of int
        Not for a plan: groups of municipalities, as `plan` and `zones`, are taken for one release more.
    limits : Limits
        For the best plan.

    Returns
    -------
    Evaluation

    Examples
    --------
    >>> instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    >>> mine = Plan.of(instance, scenario, read_parts(Path("mine.csv"), instance))
    >>> evaluation = evaluate(instance, scenario, mine)
    >>> evaluation.loss_nano, evaluation.gap, [str(broken) for broken in evaluation.violations]
    """
    instance = framed(instance, scenario)
    plan = scored(instance, scenario, plan, zones, "evaluate")
    return Evaluation(
        instance,
        scenario,
        plan,
        verify(instance, scenario, plan, regions=plan.regions),
        solve(instance, scenario, regions=plan.regions, limits=limits),
    )
