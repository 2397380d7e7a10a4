"""The record of an evaluation: what `refzones evaluate --out` writes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel

from ...instances.instance import Instance
from ...models.scenario.scenario import Scenario
from ...models.scoring.scorer import NANO
from ..results.enclosures import Enclosure
from ..results.plan import Plan
from ..results.record import CountRecord, InstanceReference, count_record, reference_of, written_counts
from ..results.status import Status
from ..results.terms import TermRecord
from ..verification.verifier import Violation
from .absorbing import LoneCity
from .evaluation import Evaluation
from .findings import EvaluatedMerger
from .over_time import BoundsOverTime, PartOverTime, bounds_over_time

if TYPE_CHECKING:
    from .comparison import ComparedPlan


class ViolationRecord(BaseModel):
    """A rule that the plan breaks.

    Attributes
    ----------
    kind, text : str
        A sentence that names the municipalities.
    municipalities : list of str
        Codes of those concerned.
    level : str
        Of the mergers, or zones, that break it; empty where it is the plan as a whole.
    mergers, seats : list of str
        Names of these mergers or zones, and the codes of their seats.
    brief : str
        What is wrong, said of one of them.
    """

    kind: str
    text: str
    municipalities: list[str]
    level: str = ""
    mergers: list[str] = []
    seats: list[str] = []
    brief: str = ""


class RuleRecord(BaseModel):
    """A rule that a merger keeps, breaks or is exempt from (`state`), in words."""

    rule: str
    state: str
    text: str


class PartRecord(BaseModel):
    """A merger or zone of the plan; a part that crosses regions names them all.

    The name is the one that the plan gives it (`label`), else that of its seat. Of terms, values are means
    over its own inhabitants or commuters, and points are what it adds to the score.
    """

    name: str
    regions: list[str]
    seat: str
    members: list[str]
    population: int
    standalone: str
    score_nano: int
    score: float
    label: str = ""
    terms: dict[str, TermRecord] = {}
    rules: list[RuleRecord] = []


class EnclosureRecord(BaseModel):
    """A municipality that stands alone, or a merger or zone, and what encloses it; members by code."""

    name: str
    members: list[str]
    centre: bool
    by: str
    by_members: list[str]
    level: str


class CrossingRecord(BaseModel):
    """A bound on a merger: the known years in which it is missed, and the year in which it will be."""

    bound: str
    value: int
    soft: bool
    missed: list[int]
    year: int | None


class OverTimeRecord(BaseModel):
    """A merger or zone that keeps bounds, over the years; `inhabitants` by year, `pace` a year."""

    name: str
    seat: str
    level: str
    inhabitants: dict[int, int]
    pace: float | None
    bounds: list[CrossingRecord]


class LoneCityRecord(BaseModel):
    """A municipality that may absorb neighbours and that nobody joins in the best plan.

    Attributes
    ----------
    municipality, name : str
    level : str
    barred : dict of str to str
        Neighbours which may not join, by code, each with the rule.
    joined : list of str
        Who joins in the best plan in which somebody does, by code.
    cost_nano : int or None
        What that plan scores less; None where none was found.
    proved : bool
        Whether that is the best such plan, or there is proved to be none.
    """

    municipality: str
    name: str
    level: str
    barred: dict[str, str]
    joined: list[str]
    cost_nano: int | None
    proved: bool


class RegionGapRecord(BaseModel):
    """What the plan lacks in a region, in nano-points."""

    name: str
    counts: CountRecord
    zones: int
    score_nano: int
    best_nano: int | None
    loss_nano: int | None


class BestRecord(BaseModel):
    """The best plan of the same regions: score and bound in points, and its terms, where each has one."""

    status: Status
    score_nano: int | None
    score: float | None
    bound_nano: int | None
    bound: float | None
    terms: dict[str, TermRecord]


class EvaluationRecord(BaseModel):
    """Everything that an evaluation found.

    Attributes
    ----------
    plan : str
        The file or folder, as it was named.
    score_nano, score
        Of the plan, in nano-points and points.
    loss_nano, loss
        What it lacks to the best plan; None where no plan keeps all rules.
    gap : float or None
        Relative gap to the proved bound.
    counts : CountRecord
        How many municipalities there are before and after.
    terms : dict of str to TermRecord
        Means over the inhabitants of the plan's regions.
    broken_rules : list of ViolationRecord
    enclosed : list of EnclosureRecord
        Whatever the rules say of it.
    horizon : int
        Last year that was looked at.
    over_time : list of OverTimeRecord
        Those that have to keep the bounds; see `bounds_over_time`.
    lone_cities : list of LoneCityRecord
        Of the best plan.
    mergers, zones : list of PartRecord
        No zones at the level of mergers, no mergers at that of zones.
    regions : list of RegionGapRecord
    best : BestRecord
    """

    schema_version: Literal[2] = 2
    plan: str
    instance: InstanceReference
    scenario: Scenario
    score_nano: int
    score: float
    loss_nano: int | None
    loss: float | None
    gap: float | None
    counts: CountRecord
    terms: dict[str, TermRecord]
    broken_rules: list[ViolationRecord]
    enclosed: list[EnclosureRecord]
    horizon: int
    over_time: list[OverTimeRecord]
    mergers: list[PartRecord]
    zones: list[PartRecord]
    regions: list[RegionGapRecord]
    best: BestRecord
    lone_cities: list[LoneCityRecord] = []


def evaluation_record(
    evaluation: Evaluation,
    plan: str,
    over_time: BoundsOverTime | None = None,
    lone_cities: Sequence[LoneCity] = (),
) -> EvaluationRecord:
    """Write down an evaluation.

    Parameters
    ----------
    evaluation : Evaluation
    plan : str
        What the user called the plan.
    over_time : BoundsOverTime, optional
        Until the usual horizon by default.
    lone_cities : sequence of LoneCity
        Of the best plan.
    """
    instance, scenario, loss = evaluation.instance, evaluation.scenario, evaluation.loss_nano
    if over_time is None:
        over_time = bounds_over_time(instance, scenario, evaluation.plan)
    best = evaluation.optimum
    mergers, zones = part_records(scenario, evaluation)
    return EvaluationRecord(
        plan=plan,
        instance=reference_of(instance, evaluation.scenario),
        scenario=scenario,
        score_nano=evaluation.plan.score_nano,
        score=evaluation.plan.score_nano / NANO,
        loss_nano=loss,
        loss=None if loss is None else loss / NANO,
        gap=evaluation.gap,
        counts=count_record(evaluation.plan.mergers),
        terms=evaluation.plan.terms,
        broken_rules=violation_records(evaluation.plan, evaluation.violations),
        lone_cities=[_lone_city(instance, city) for city in lone_cities],
        enclosed=[enclosure_record(instance, one) for one in evaluation.plan.enclosures],
        horizon=over_time.horizon,
        over_time=[over_time_record(instance, one) for one in over_time.parts],
        mergers=mergers,
        zones=zones,
        regions=[
            RegionGapRecord(
                name=region.name,
                counts=written_counts(region.counts),
                zones=region.zones,
                score_nano=region.score_nano,
                best_nano=region.best_nano,
                loss_nano=region.loss_nano,
            )
            for region in evaluation.by_region
        ],
        best=BestRecord(
            status=best.status,
            score_nano=best.score_nano,
            score=best.score,
            bound_nano=best.bound_nano,
            bound=best.bound,
            terms={} if best.plan is None or best.score_nano is None else best.plan.terms,
        ),
    )


def violation_records(plan: Plan, violations: Sequence[Violation]) -> list[ViolationRecord]:
    """Write down the rules that a plan breaks."""
    instance = plan.instance
    assert instance is not None
    levels = {"zones" if asked.level == "zones" else "mergers": parts for asked, parts in plan.levels}
    found = []
    for violation in violations:
        known = [i for i in violation.municipalities if 0 <= i < len(instance)]
        broken_by = [levels[violation.level][place] for place in violation.parts]
        found.append(
            ViolationRecord(
                kind=violation.kind,
                text=violation.text,
                municipalities=[instance.codes[i] for i in known],
                level=violation.level if broken_by else "",
                mergers=[part.name(instance) for part in broken_by],
                seats=[instance.codes[part.seat] for part in broken_by],
                brief=violation.words,
            )
        )
    return found


def enclosure_record(instance: Instance, enclosure: Enclosure) -> EnclosureRecord:
    """Write down who is enclosed by whom."""
    return EnclosureRecord(
        name=enclosure.part.name(instance),
        members=[instance.codes[i] for i in enclosure.part.members],
        centre=enclosure.is_centre,
        by=enclosure.by.name(instance),
        by_members=[instance.codes[i] for i in enclosure.by.members],
        level=enclosure.level,
    )


def over_time_record(instance: Instance, one: PartOverTime) -> OverTimeRecord:
    """Write down what becomes of a merger over the years."""
    crossings = [
        CrossingRecord(bound=c.bound, value=c.value, soft=c.soft, missed=list(c.missed), year=c.year)
        for c in one.crossings
    ]
    return OverTimeRecord(
        name=one.part.name(instance),
        seat=instance.codes[one.part.seat],
        level=one.level,
        inhabitants=one.figures,
        pace=one.pace,
        bounds=crossings,
    )


def part_records(
    scenario: Scenario, evaluated: Evaluation | ComparedPlan
) -> tuple[list[PartRecord], list[PartRecord]]:
    """Write down the mergers and the zones of a plan; one of level zones has zones alone."""
    instance = evaluated.plan.instance
    assert instance is not None
    mergers = [_part(instance, one) for one in evaluated.by_merger]
    zones = [_part(instance, one) for one in evaluated.by_zone]
    return ([], mergers) if scenario.level == "zones" else (mergers, zones)


def _part(instance: Instance, one: EvaluatedMerger) -> PartRecord:
    """Write down a merger or a zone."""
    part = one.merger
    return PartRecord(
        name=one.name,
        regions=list(one.regions),
        seat=instance.codes[part.seat],
        members=[instance.codes[i] for i in part.members],
        population=one.population,
        standalone=part.standalone,
        score_nano=part.score_nano,
        score=part.score_nano / NANO,
        label=part.label,
        terms=dict(one.terms),
        rules=[RuleRecord(rule=rule.rule, state=rule.state, text=rule.text) for rule in one.rules],
    )


def _lone_city(instance: Instance, city: LoneCity) -> LoneCityRecord:
    return LoneCityRecord(
        municipality=instance.codes[city.municipality],
        name=instance.names[city.municipality],
        level=city.level,
        barred={instance.codes[i]: why for i, why in city.barred},
        joined=[instance.codes[i] for i in city.joined],
        cost_nano=city.cost_nano,
        proved=city.proved,
    )
