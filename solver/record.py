"""The record of a result: what `plan.json` holds, and how it is read back."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ValidationError

from ..instances.instance import Instance
from ..instances.problems import Problems, reject
from ..instances.tables import read_text
from ..instances.validation import note_validation_errors
from ..models.scenario import Scenario
from ..models.scorer import NANO, Scorer
from .result import PARTITION, Merger, Plan, RegionResult, Result, Status

SCHEMA: Literal[1] = 1
PLAN_FILE = "plan.json"


class InstanceReference(BaseModel):
    """Which data the plan was made for."""

    name: str
    hash: str
    municipalities: int
    inhabitants: int


class EngineReference(BaseModel):
    """What solved the integer programmes, with versions."""

    name: str
    versions: dict[str, str]


class TermRecord(BaseModel):
    """The value of a plan in one term.

    Attributes
    ----------
    value : float
        In the unit: the sum over mergers, divided by all inhabitants where the term is per inhabitant.
    unit : str
    better : str
    weight : float
        Points for one unit.
    points : float
        What the term adds to the score.
    per_inhabitant : bool
        Whether inhabitants divide it; if not, it is a count or a share already.
    """

    value: float
    unit: str
    better: Literal["more", "less"]
    weight: float
    points: float
    per_inhabitant: bool = True


class RegionRecord(BaseModel):
    """The answer for one region; `terms` and `zone_terms` are its shares in the values of the whole."""

    name: str
    municipalities: int
    mergers: int
    status: Status
    reason: str
    score_nano: int | None
    score: float | None
    bound_nano: int | None
    bound: float | None
    gap: float | None
    candidates: int
    kept: int
    terms: dict[str, float]
    runtime: dict[str, int | float]
    zones: int = 0
    zone_terms: dict[str, float] = {}


class MergerRecord(BaseModel):
    """One merger, or zone; `terms` are in inhabitants x unit, or in the unit of a count or a share."""

    name: str
    region: str
    seat: str
    members: list[str]
    population: int
    standalone: str
    score_nano: int
    score: float
    terms: dict[str, float]


class PlanRecord(BaseModel):
    """Everything that `plan.json` holds."""

    schema_version: Literal[1] = SCHEMA
    instance: InstanceReference
    scenario: Scenario
    engine: EngineReference
    seed: int
    status: Status
    score_nano: int | None
    score: float | None
    bound_nano: int | None
    bound: float | None
    gap: float | None
    terms: dict[str, TermRecord]
    regions: list[RegionRecord]
    mergers: list[MergerRecord]
    runtime: dict[str, int | float]
    zones: list[MergerRecord] = []
    zone_terms: dict[str, TermRecord] = {}
    formulation: str = PARTITION

    @property
    def region_names(self) -> list[str]:
        """Names of the regions that the plan is for."""
        return [region.name for region in self.regions]

    def check_instance(self, instance: Instance) -> None:
        """Make sure that an instance is the one that the plan was made for.

        Raises
        ------
        InputError
        """
        if self.instance.hash != instance.hash:
            reject(
                f"the plan was made for other data than instance '{instance.name}' holds now",
                "name the instance it was made for with --instance",
                file=PLAN_FILE,
                value=self.instance.name,
            )

    def plan(self, instance: Instance) -> Plan:
        """Give the plan in the indices of its instance; codes that it does not have become -1.

        Nothing is recomputed: seats, term values and scores are what the file says.
        """
        weights = zones_of(self.scenario).weights
        return Plan(
            tuple(_read_part(instance, record, self.scenario.weights) for record in self.mergers),
            tuple(_read_part(instance, record, weights) for record in self.zones),
            instance,
            self.scenario,
        )


def _read_part(instance: Instance, record: MergerRecord, weights: Iterable[str]) -> Merger:
    return Merger(
        members=tuple(instance.index.get(code, -1) for code in record.members),
        seat=instance.index.get(record.seat, -1),
        standalone=record.standalone,
        values=tuple(record.terms.get(term, float("nan")) for term in weights),
        score_nano=record.score_nano,
    )


def zones_of(scenario: Scenario) -> Scenario:
    """What a scenario asks of zones, where it is nested; of nothing else, otherwise."""
    return scenario.at("zones") if scenario.level == "nested" else Scenario()


def term_records(instance: Instance, scenario: Scenario, mergers: Iterable[Merger]) -> dict[str, TermRecord]:
    """Sum the terms over some mergers, in the order of the scenario's weights."""
    scorer = Scorer(instance, scenario)
    values = [merger.values for merger in mergers]
    found = {}
    for column, term in enumerate(scorer.terms):
        value = sum(row[column] for row in values) / scorer.divisor(term)
        weight = scenario.weights[term.name]
        found[term.name] = TermRecord(
            value=value,
            unit=term.unit,
            better="more" if term.sense > 0 else "less",
            weight=weight,
            points=term.sense * weight * value,
            per_inhabitant=term.per_inhabitant,
        )
    return found


def record_of(result: Result) -> PlanRecord:
    """Write down a result."""
    instance, scenario = result.instance, result.scenario
    return PlanRecord(
        instance=InstanceReference(
            name=instance.name,
            hash=instance.hash,
            municipalities=len(instance),
            inhabitants=instance.total_population,
        ),
        scenario=scenario,
        engine=EngineReference(name=result.engine, versions=dict(result.versions)),
        formulation=result.formulation,
        seed=result.seed,
        status=result.status,
        score_nano=result.score_nano,
        score=result.score,
        bound_nano=result.bound_nano,
        bound=result.bound,
        gap=result.gap,
        terms=term_records(instance, scenario, result.mergers),
        zone_terms=term_records(instance, zones_of(scenario), result.zones),
        regions=[_region(instance, scenario, region) for region in result.by_region],
        mergers=[part_record(instance, scenario, merger) for merger in result.mergers],
        zones=[part_record(instance, zones_of(scenario), zone) for zone in result.zones],
        runtime={"seconds": round(result.seconds, 3), "workers": result.workers},
    )


def _region(instance: Instance, scenario: Scenario, region: RegionResult) -> RegionRecord:
    terms = term_records(instance, scenario, region.mergers)
    zone_terms = term_records(instance, zones_of(scenario), region.zones)
    return RegionRecord(
        name=region.name,
        municipalities=region.municipalities,
        mergers=len(region.mergers),
        status=region.status,
        reason=region.reason,
        score_nano=region.score_nano,
        score=points(region.score_nano),
        bound_nano=region.bound_nano,
        bound=points(region.bound_nano),
        gap=region.gap,
        candidates=region.candidates,
        kept=region.kept,
        terms={name: term.value for name, term in terms.items()},
        zones=len(region.zones),
        zone_terms={name: term.value for name, term in zone_terms.items()},
        runtime={"seconds": round(region.seconds, 4)}
        | {stage: round(seconds, 4) for stage, seconds in region.stages.items()},
    )


def points(nano: int | None) -> float | None:
    """Points of a number of nano-points; None of None."""
    return None if nano is None else nano / NANO


def part_record(instance: Instance, scenario: Scenario, merger: Merger) -> MergerRecord:
    """Write down a merger, or a zone under what is asked of zones."""
    return MergerRecord(
        name=merger.name(instance),
        region=instance.regions[instance.region[merger.seat]],
        seat=instance.codes[merger.seat],
        members=[instance.codes[i] for i in merger.members],
        population=merger.population(instance),
        standalone=merger.standalone,
        score_nano=merger.score_nano,
        score=merger.score_nano / NANO,
        terms=dict(zip(scenario.weights, merger.values, strict=True)),
    )


def read_record(path: Path) -> PlanRecord:
    """Read `plan.json`, given the file or its folder.

    Raises
    ------
    InputError
        The file is missing, not JSON, of another schema, or lacks something; everything is listed.
    """
    file = path / PLAN_FILE if path.is_dir() else path
    problems = Problems()
    text = read_text(file, problems)
    problems.raise_if_any()
    try:
        return PlanRecord.model_validate_json(text or "")
    except ValidationError as error:
        note_validation_errors(error, PlanRecord, file.name, problems)
        problems.raise_if_any()
        raise


def placed(parts: Iterable[Merger]) -> dict[int, Merger]:
    """Look up the merger, or the zone, of each municipality."""
    return {i: part for part in parts for i in part.members}
