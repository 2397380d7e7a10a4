"""Plans that exist: an assignment that somebody has in mind, scored and held against the proved optimum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from ...instances.common.activity import doing
from ...instances.common.problems import Problems, reject
from ...instances.groups import Grouping, resolve_groups, without_elsewhere
from ...instances.instance import Instance
from ...instances.plan_files import GROUP_COLUMNS, read_groups
from ...models.question.builder import ask
from ...models.scenario.scenario import Scenario
from ...models.scorer import Scorer
from ..results.counts import Counts, count_parts
from ..results.mergers import Merger, make_parts
from ..results.plan import Plan
from ..results.record import PLAN_FILE, read_record
from ..results.result import Result
from ..results.status import relative_gap
from ..results.terms import TermRecord, term_records
from ..solving import solve
from ..verification.verifier import Violation, verify
from .similarity import Parts

Part = tuple[int, ...]

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
        found = []
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
            found.append(RegionGap(best.name, counts, len(zones), score, best.score_nano))
        return tuple(found)


def read_parts(
    path: Path, instance: Instance, columns: Sequence[str] = GROUP_COLUMNS
) -> list[tuple[int, ...]]:
    """Read who is merged with whom.

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
        Members of each part, ascending, by first member; of the regions in which anybody has a group.

    Raises
    ------
    InputError
        Lists unknown, ambiguous and repeated municipalities, or those missing in the regions touched.
    """
    problems = Problems()
    grouping, elsewhere = without_elsewhere(instance, grouping)
    parts = resolve_groups(instance, grouping, problems)
    problems.raise_if_any()
    if not any(parts):
        remedy = "name another instance with --instance" if elsewhere else "add a row for each of them"
        reject(f"no municipality of instance '{instance.name}' is in the file", remedy, file=grouping.file)
    parts = _grouped(instance, grouping, parts)
    held = {i for part in parts for i in part}
    touched = [instance.regions.index(name) for name in regions_of(instance, parts)]
    missing = [i for region in touched for i in instance.members(region).tolist() if i not in held]
    if missing and not others_alone:
        _reject_incomplete(missing, instance, grouping.file)
    return sorted([*parts, *((i,) for i in missing)])


def _grouped(instance: Instance, grouping: Grouping, parts: Sequence[Part]) -> list[Part]:
    """Leave out the regions of a file in which nobody has a group, unless nobody has one anywhere.

    A blank means that somebody stays alone where others are grouped; where no one is, it means nothing.
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
    """Names of the regions that some parts touch, sorted."""
    return sorted({instance.regions[instance.region[i]] for part in parts for i in part})


def plan_of(instance: Instance, scenario: Scenario, parts: Parts, zones: Parts = ()) -> Plan:
    """Score some parts as a plan, whether they keep the rules or not.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
    parts : sequence of tuple of int
        Mergers, or zones at the level of zones.
    zones : sequence of tuple of int
        Zones around the mergers, at the nested level only.
    """
    levels = zip(scenario.levels, (parts, zones), strict=False)
    mergers, *around = (_scored(instance, level, groups) for level, groups in levels)
    return Plan(mergers, around[0] if around else (), instance, scenario)


def terms_of(instance: Instance, scenario: Scenario, plan: Plan) -> dict[str, TermRecord]:
    """Sum the terms of a plan; at the nested level those of its zones follow, as ``zones.coverage``."""
    levels = zip(("", "zones."), scenario.levels, (plan.mergers, plan.zones), strict=False)
    return {
        f"{prefix}{name}": term
        for prefix, level, parts in levels
        for name, term in term_records(instance, level, parts).items()
    }


def _scored(instance: Instance, scenario: Scenario, parts: Parts) -> tuple[Merger, ...]:
    question = ask(instance, scenario, regions_of(instance, parts))
    return tuple(make_parts(question, Scorer(instance, scenario), parts))


@doing("evaluating the plan")
def evaluate(instance: Instance, scenario: Scenario, parts: Parts, zones: Parts = ()) -> Evaluation:
    """Score a plan that exists, list every rule it breaks, and prove the best one beside it.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
    parts : sequence of tuple of int
        As `read_parts` gives them; the regions they touch are those compared.
    zones : sequence of tuple of int
        Zones around the mergers, at the nested level only.

    Returns
    -------
    Evaluation

    Examples
    --------
    >>> instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    >>> found = evaluate(instance, scenario, read_parts(Path("mine.csv"), instance))
    >>> found.plan.score_nano, found.loss_nano, found.gap, [str(v) for v in found.violations]
    """
    plan = plan_of(instance, scenario, parts, zones)
    regions = regions_of(instance, parts)
    return Evaluation(
        instance,
        scenario,
        plan,
        verify(instance, scenario, plan, regions=regions),
        solve(instance, scenario, regions=regions),
    )
