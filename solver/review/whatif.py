"""What-if questions: the best plan with a wish, held against the plan without it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal, cast

from ...instances.common.activity import doing
from ...instances.common.deprecated import parameters_into
from ...instances.common.problems import InputError, Problems, reject
from ...instances.instance import Instance
from ...models.question.builder import ask
from ...models.question.locks import existing_here, resolve
from ...models.question.question import Question
from ...models.scenario.demands import Demands
from ...models.scenario.scenario import Scenario
from ...models.scenario.tables import Existing, Groups, Locks
from ..audit.restored import restored
from ..deadline import Limits
from ..engines import DEFAULT
from ..infeasibility.explanation import EXPLAINING, explain, with_explanations
from ..progress import Progress
from ..results.mergers import Merger
from ..results.plan import Plan
from ..results.record import PlanRecord
from ..results.region_result import RegionResult
from ..results.result import Result
from ..solving import solve
from .whatif_answer import WhatIfAnswer

Level = Literal["mergers", "zones"]
_Group = tuple[int, ...]


@dataclass(frozen=True)
class WhatIf:
    """A wish that a plan is asked with. Municipalities by NIS code or by name.

    Attributes
    ----------
    together : tuple of groups
        Each group in one merger, others may join it.
    apart : tuple of groups
        No two of a group in one merger.
    alone : tuple of str
        Stand alone, whatever their size.
    seat : tuple of str
        Are the seat of their merger.
    mergers : tuple of groups
        Each group a merger by itself, whatever its size.
    level : {'mergers', 'zones'} or None
        The parts that the wish is about; None is what the plan consists of, mergers at the nested level.
    """

    together: Groups = ()
    apart: Groups = ()
    alone: tuple[str, ...] = ()
    seat: tuple[str, ...] = ()
    mergers: Groups = ()
    level: Level | None = None


@parameters_into(Limits, "limits", time_limit="seconds")
@doing("looking for the best plan with the wish")
def what_if(
    instance: Instance,
    plan: Plan | PlanRecord | Result,
    wished: WhatIf,
    *,
    engine_name: str = DEFAULT,
    workers: int | None = None,
    limits: Limits = Limits(),
    explain_seconds: float = EXPLAINING,
    progress: Progress | None = None,
) -> WhatIfAnswer:
    """Find the best plan with a wish, and what the wish costs.

    The scenario of the plan is asked again with the wish added to its locks. Regions are independent: only
    those are solved again in which the plan lacks something of the wish, the others are taken over. A plan
    that has the wish is the best with it too: the plans with the wish are then some of those without. It is
    also the one that the rule for ties chooses, where there is such a rule.

    Parameters
    ----------
    instance : Instance
        The one that the plan was made for.
    plan : Plan, PlanRecord or Result
        Taken at its word: verify it before, where it comes from elsewhere. Of a `Plan` nothing is proved, so
        that the cost is not either.
    wished : WhatIf
    engine_name, workers, limits, progress
        See `solve`. The seed is that of the plan.
    explain_seconds : float
        Longest search, a region, for the rules that clash where there is no plan with the wish; 0 for none.

    Returns
    -------
    WhatIfAnswer

    Raises
    ------
    InputError
        The wish names an unknown or an ambiguous municipality, municipalities of different regions, or a
        region that the plan is not for; it wishes nothing; or the plan was made for other data. All of
        them are listed.

    Examples
    --------
    >>> instance = load("flanders-2025")
    >>> result = solve(instance, Scenario.preset("mergers"))
    >>> answer = what_if(instance, result, WhatIf(together=(("Aalst", "Lede"),)))
    >>> answer.cost_nano, [(term.name, term.cost_nano) for term in answer.terms], answer.changed
    """
    deadline = limits.start()

    def left(seconds: float) -> float:
        return seconds if deadline.remaining is None else min(seconds, deadline.remaining)

    before = result_of(instance, plan)
    level = _level(before.scenario, wished)
    demands = _resolve(before, wished)
    scenario = _with_wish(before.scenario, demands, level, instance)
    regions = demands.regions(instance)
    try:
        answered = [region.name for region in before.by_region]
        questions = [ask(instance, asked, answered) for asked in scenario.levels]
    except InputError as error:
        reason = _contradiction(instance, scenario, regions, error, left(explain_seconds))
        return WhatIfAnswer(scenario, before, None, regions, (), (reason,))
    is_zones = len(scenario.levels) > 1 and level == "zones"
    lacking = tuple(
        region.name
        for region in before.by_region
        if region.name in regions and not demands.is_held(region.zones if is_zones else region.mergers)
    )
    solved = None
    if lacking:
        solved = solve(
            instance,
            scenario,
            regions=lacking,
            engine_name=engine_name,
            workers=workers,
            limits=limits,
            seed=before.seed,
            progress=progress,
        )
        if left(explain_seconds) > 0:
            solved = with_explanations(solved, explain_seconds, deadline)
    return WhatIfAnswer(scenario, before, _joined(before, solved, scenario, questions), regions, lacking)


def result_of(instance: Instance, plan: Plan | PlanRecord | Result) -> Result:
    """Give the result that a plan or its record stands for; of a plan alone nothing is proved.

    Raises
    ------
    InputError
        The plan was made for other data, or does not know what it is for.
    """
    if isinstance(plan, Result):
        return plan
    if isinstance(plan, PlanRecord):
        return restored(plan, instance)
    names = plan.regions
    assert plan.instance is not None
    assert plan.scenario is not None
    if plan.instance.hash != instance.hash:
        reject(f"the plan was made for other data than instance '{instance.name}' holds", "give it that one")
    by_region = []
    for name, region in zip(names, instance.region_indices(names), strict=True):
        mergers, zones = (
            tuple(part for part in parts if instance.region[part.seat] == region)
            for parts in (plan.mergers, plan.zones)
        )
        score = sum(part.score_nano for part in (*mergers, *zones))
        size = len(instance.members(region))
        by_region.append(RegionResult(name, size, mergers, score, None, 0.0, zones=zones))
    return Result(instance, plan.scenario, tuple(by_region), DEFAULT, seed=0, workers=1, seconds=0.0)


def _contradiction(
    instance: Instance, scenario: Scenario, regions: Sequence[str], error: InputError, seconds: float
) -> str:
    """Say what a wish contradicts, and which changes are enough: those that are proved to be."""
    texts = ["; ".join(problem.what for problem in error.problems)]
    for name in regions if seconds > 0 else ():
        explanation = explain(instance, scenario, name, Limits(seconds / len(regions)))
        if explanation is not None:
            texts.append((f"{name}: " if len(regions) > 1 else "") + explanation.in_words(seen=False))
    return ". ".join(texts)


@dataclass(frozen=True)
class _Resolved:
    """A wish in indices."""

    together: list[_Group]
    apart: list[_Group]
    alone: _Group
    seat: _Group
    mergers: list[_Group]

    def regions(self, instance: Instance) -> tuple[str, ...]:
        """Names of the regions concerned, in the order of the instance."""
        region = instance.region
        named = {
            int(region[i]) for group in (*self.together, *self.mergers, self.alone, self.seat) for i in group
        }
        pairs = (pair for group in self.apart for pair in combinations(group, 2))
        named |= {int(region[a]) for a, b in pairs if region[a] == region[b]}
        return tuple(instance.regions[r] for r in sorted(named))

    def is_held(self, parts: Sequence[Merger]) -> bool:
        """Whether the parts of a region are as the wish wants the municipalities in them."""
        part_of = {i: part for part in parts for i in part.members}
        return (
            all(
                set(group) <= set(part_of[group[0]].members) for group in self.together if group[0] in part_of
            )
            and all(
                part_of[a] is not part_of[b]
                for group in self.apart
                for a, b in combinations([i for i in group if i in part_of], 2)
            )
            and all(part_of[i].members == (i,) for i in self.alone if i in part_of)
            and all(part_of[i].seat == i for i in self.seat if i in part_of)
            and all(part_of[group[0]].members == group for group in self.mergers if group[0] in part_of)
        )


def _level(scenario: Scenario, wished: WhatIf) -> Level:
    """Say which parts the wish is about."""
    if len(scenario.levels) > 1:
        return wished.level or "mergers"
    if wished.level not in (None, scenario.level):
        reject(
            f"the plan has no {wished.level}: it is at level '{scenario.level}'",
            "leave the level out",
            value=wished.level,
        )
    return cast(Level, scenario.level)


def _resolve(before: Result, wished: WhatIf) -> _Resolved:
    """Look up the municipalities that a wish names."""
    instance, problems = before.instance, Problems()
    demands = _Resolved(
        together=resolve(instance, wished.together, "together", problems),
        apart=resolve(instance, wished.apart, "apart", problems),
        alone=resolve(instance, [dict.fromkeys(wished.alone)], "alone", problems)[0],
        seat=resolve(instance, [dict.fromkeys(wished.seat)], "seat", problems)[0],
        mergers=resolve(instance, wished.mergers, "mergers", problems),
    )
    problems.raise_if_any()
    if demands == _Resolved([], [], (), (), []):
        problems.add("nothing is wished", "say who is to be together, apart, alone, the seat, or a merger")
    for key, groups in (
        ("together", demands.together),
        ("apart", demands.apart),
        ("mergers", demands.mergers),
    ):
        for group in groups:
            _check_group(instance, key, group, problems)
    problems.raise_if_any()
    _check_regions(before, demands, problems)
    problems.raise_if_any()
    return demands


def _check_group(instance: Instance, key: str, group: _Group, problems: Problems) -> None:
    names = ", ".join(instance.label(i) for i in group)
    if len(group) < 2:
        problems.add(f"{key}: a group needs at least two municipalities", "name another", value=names)
    regions = sorted({instance.regions[instance.region[i]] for i in group})
    if key != "apart" and len(regions) > 1:
        problems.add(
            f"{key}: {names} are in different regions ({', '.join(regions)}), and no merger crosses one",
            "name municipalities of one region",
        )


def _check_regions(before: Result, demands: _Resolved, problems: Problems) -> None:
    """Note regions that have no plan to hold the wish against."""
    answered = {region.name: region for region in before.by_region}
    for name in demands.regions(before.instance):
        if name not in answered:
            problems.add(f"the plan is not for region '{name}'", f"it is for {', '.join(answered)}")
        elif answered[name].score_nano is None:
            problems.add(
                f"the plan has no answer for region '{name}' ({answered[name].status}), so that nothing "
                "tells what a wish costs there",
                "change the scenario until there is one, and solve it again",
            )


def _with_wish(scenario: Scenario, demands: _Resolved, level: Level, instance: Instance) -> Scenario:
    """Add a wish to the locks and existing mergers of a scenario."""
    if scenario.zones is None or level == "mergers":
        return scenario.model_copy(update=_added(scenario, demands, instance))
    zones = scenario.zones.model_copy(update=_added(scenario.zones, demands, instance))
    return scenario.model_copy(update={"zones": zones})


def _added(level: Demands, demands: _Resolved, instance: Instance) -> dict[str, object]:
    """Give the tables of a level that a wish changes."""
    locks, existing = level.locks, level.existing

    def named(groups: Iterable[_Group]) -> Groups:
        return tuple(tuple(_text(instance, i) for i in group) for group in groups)

    def more(texts: tuple[str, ...], wanted: _Group) -> tuple[str, ...]:
        known = {instance.find(text) for text in texts}
        return (*texts, *(_text(instance, i) for i in wanted if i not in known))

    together = (*locks.together, *named(demands.together))
    if demands.mergers and existing.mode == "extend":
        # one table has one mode: what may be extended is held together by locks, which mean the same
        together = (*together, *(group for group in existing.mergers if len(group) > 1))
        existing = Existing(mode="keep")
    kept = [{instance.find(text) for text in group} for group in existing_here(instance, existing)]
    new = named(group for group in dict.fromkeys(demands.mergers) if set(group) not in kept)
    return {
        "locks": Locks(
            together=together,
            apart=(*locks.apart, *named(demands.apart)),
            alone=more(locks.alone, demands.alone),
            seat=more(locks.seat, demands.seat),
        ),
        "existing": Existing(
            mode=existing.mode,
            mergers=(*existing.mergers, *new),
            source="" if new else existing.source,  # what is wished stands in no file
        ),
    }


def _text(instance: Instance, municipality: int) -> str:
    """The name where it means one municipality, else the code."""
    name = instance.names[municipality]
    try:
        return name if instance.find(name) == municipality else instance.codes[municipality]
    except KeyError:
        return instance.codes[municipality]


def _joined(
    before: Result, solved: Result | None, scenario: Scenario, questions: Sequence[Question]
) -> Result:
    """Put the regions that were solved in their place among those that are taken over."""
    new = {} if solved is None else {region.name: region for region in solved.by_region}
    regions = tuple(new.get(region.name) or _taken_over(region, questions) for region in before.by_region)
    by = before if solved is None else solved
    return replace(
        before,
        scenario=scenario,
        by_region=regions,
        engine=by.engine,
        workers=by.workers,
        seconds=0.0 if solved is None else solved.seconds,
        versions=by.versions,
    )


def _taken_over(region: RegionResult, questions: Sequence[Question]) -> RegionResult:
    """Keep a region; what stands alone may do so by the wish now."""
    mergers = _ruled(region.mergers, questions[0])
    return replace(region, mergers=mergers, zones=_ruled(region.zones, questions[-1]))


def _ruled(parts: Sequence[Merger], question: Question) -> tuple[Merger, ...]:
    """Say of each part by which rule it is settled."""
    kept = dict.fromkeys(question.kept, "locked")
    alone = {(i,): rule for i, rule in question.standalone.items()}
    return tuple(replace(part, standalone=(kept | alone).get(part.members, "")) for part in parts)
