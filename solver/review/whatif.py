"""What-if questions: the best plan with a wish, held against the plan without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...instances.common.activity import doing
from ...instances.common.deprecated import parameters_into
from ...instances.common.problems import InputError, reject
from ...instances.instance import Instance
from ...models.indicators.asked import data_hash
from ...models.question.builder import ask
from ...models.question.question import Question
from ...models.scenario.framing import framed
from ...models.scenario.scenario import Scenario
from ..audit.restored import restored
from ..deadline import Deadline, Limits
from ..engines import DEFAULT
from ..infeasibility.explanation import EXPLAINING, explain, with_explanations
from ..progress import Progress
from ..regions.solving import solve
from ..results.decided import NOT_KNOWN
from ..results.mergers import Merger
from ..results.plan import Plan
from ..results.record import PlanRecord
from ..results.region_result import TAKEN_OVER, RegionResult
from ..results.result import Result
from .whatif_answer import WhatIfAnswer
from .whatif_locks import WhatIf, resolve_wish, wished_level, with_wish


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
    also the one that the rule for ties chooses, where there is such a rule. Only where seats are the
    best-equipped members can a seat that is wished make mergers better: its region is always solved again. So
    is that of a wish for a facility municipality to take part, or for a border: it makes other mergers
    possible, and its cost may be below zero.

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

    before = result_of(instance, plan)
    instance = before.instance
    level = wished_level(before.scenario, wished)
    demands = resolve_wish(before, wished)
    scenario = with_wish(before.scenario, demands, level, instance)
    regions = demands.regions(instance)
    try:
        answered = [region.name for region in before.by_region]
        questions = [ask(instance, asked, answered) for asked in scenario.levels]
    except InputError as error:
        reason = _contradiction(instance, scenario, regions, error, deadline, explain_seconds)
        return WhatIfAnswer(scenario, before, None, regions, (), (reason,))
    is_zones = len(scenario.levels) > 1 and level == "zones"
    # a lock that decides which member is the seat can make other mergers better than those of the plan
    asked_of = scenario.zones if is_zones and scenario.zones is not None else scenario
    reseats = bool(demands.seat) and asked_of.rules.seat != "central"
    # with other borders, or with others who take part, it is not known what the plan has
    opened = {name for lock in demands.opening for name in lock.regions(instance)}
    always = set(regions) if reseats else opened
    lacking = tuple(
        region.name
        for region in before.by_region
        if region.name in regions
        and (region.name in always or not demands.is_held(region.zones if is_zones else region.mergers))
    )
    if lacking and scenario.budgeted:  # which binds all regions together
        regions = lacking = tuple(region.name for region in before.by_region)
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
        if explain_seconds > 0:
            solved = with_explanations(solved, explain_seconds, deadline)
    return WhatIfAnswer(
        scenario, before, _joined(before, solved, scenario, questions, regions), regions, lacking
    )


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
    instance = framed(instance, plan.scenario)
    made_for = data_hash(plan.instance, plan.scenario)
    if made_for != data_hash(instance, plan.scenario):
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
    instance: Instance,
    scenario: Scenario,
    regions: Sequence[str],
    error: InputError,
    deadline: Deadline,
    seconds: float,
) -> str:
    """Say what a wish contradicts, and which changes are enough: those that are proved to be."""
    texts = ["; ".join(problem.what for problem in error.problems)]
    whole = deadline.at_most(seconds)
    for done, name in enumerate(regions):
        if whole.passed:
            break
        limits = whole.part(1 / (len(regions) - done)).limits()
        explanation = explain(instance, scenario, name, limits)
        if explanation is not None:
            texts.append((f"{name}: " if len(regions) > 1 else "") + explanation.in_words(seen=False))
    return ". ".join(texts)


def _joined(
    before: Result,
    solved: Result | None,
    scenario: Scenario,
    questions: Sequence[Question],
    wished: Sequence[str],
) -> Result:
    """Put the regions that were solved in their place among those that are taken over."""
    new = {} if solved is None else {region.name: region for region in solved.by_region}
    regions = tuple(
        new.get(region.name) or _taken_over(region, questions, is_wished=region.name in wished)
        for region in before.by_region
    )
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


def _taken_over(region: RegionResult, questions: Sequence[Question], *, is_wished: bool) -> RegionResult:
    """Keep a region; what stands alone may do so by the wish now.

    The candidates of a region of the wish were those without it: with it none were listed. Plans without one
    of its parts have to keep the wish from now on, so that it is not known any more what they lack.
    """
    mergers, zones = _ruled(region.mergers, questions[0]), _ruled(region.zones, questions[-1])
    if is_wished:
        region = replace(region, candidates=0, kept=0, stages={TAKEN_OVER: 0.0})
        mergers, zones = (tuple(replace(part, decided=NOT_KNOWN) for part in of) for of in (mergers, zones))
    return replace(region, mergers=mergers, zones=zones)


def _ruled(parts: Sequence[Merger], question: Question) -> tuple[Merger, ...]:
    """Say of each part by which rule it is settled."""
    kept = dict.fromkeys(question.kept, "locked")
    alone = {(i,): rule for i, rule in question.standalone.items()}
    return tuple(replace(part, standalone=(kept | alone).get(part.members, "")) for part in parts)
