"""The record of a result: what `plan.json` holds, and how it is read back."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ValidationError

from ..instances.instance import Instance
from ..instances.problems import Problems, reject
from ..instances.tables import read_text
from ..instances.validation import note_validation_errors
from ..models.scenario import Scenario
from ..models.scorer import NANO, Scorer
from .result import SEVERITY, Merger, Plan, RegionResult, Result, Status, relative_gap

SCHEMA: Literal[1] = 1
PLAN_FILE = "plan.json"

_Fact = tuple[str, object, object]  # what, as the file states it, as it should be


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
    """The answer for one region; `terms` are its shares in the values of the whole."""

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


class MergerRecord(BaseModel):
    """One merger; `terms` are in inhabitants x unit, or in the unit of a count or a share."""

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
        return Plan(
            tuple(
                Merger(
                    members=tuple(instance.index.get(code, -1) for code in merger.members),
                    seat=instance.index.get(merger.seat, -1),
                    standalone=merger.standalone,
                    values=tuple(merger.terms.get(term, float("nan")) for term in self.scenario.weights),
                    score_nano=merger.score_nano,
                )
                for merger in self.mergers
            )
        )

    def inconsistencies(self, instance: Instance) -> list[str]:
        """Compare what the file says of the whole, of regions and of mergers with the mergers themselves.

        Verification looks at members, seats, rules, term values and scores of mergers; this looks at all that
        follows from them. To be called on a plan that is clean otherwise.

        Returns
        -------
        list of str
            Differences in words; empty when all agree.
        """
        mergers = self.plan(instance).mergers
        facts = self._facts_of_whole()
        for name, term in term_records(instance, self.scenario, mergers).items():
            stated = self.terms.get(name)
            facts += [
                (f"terms.{name}.{key}", getattr(stated, key, None), value)
                for key, value in term.model_dump().items()
            ]
        for region in self.regions:
            own = [m for m in mergers if instance.regions[instance.region[m.seat]] == region.name]
            facts += _facts_of_region(region, own, instance, self.scenario)
        for record, merger in zip(self.mergers, mergers, strict=True):
            facts += [
                (f"{record.name}: {key}", getattr(record, key), value)
                for key, value in _merger(instance, self.scenario, merger).model_dump().items()
                if key != "terms"
            ]
        return [
            f"{PLAN_FILE}: {what} is {stated}; it should be {right}"
            for what, stated, right in facts
            if not _same(stated, right)
        ]

    def _facts_of_whole(self) -> list[_Fact]:
        scores = [region.score_nano for region in self.regions]
        bounds = [region.bound_nano for region in self.regions]
        return [
            ("status", self.status, max((r.status for r in self.regions), key=SEVERITY.index, default="")),
            ("score_nano", self.score_nano, _sum(scores)),
            ("score", self.score, _points(self.score_nano)),
            ("bound_nano", self.bound_nano, _sum(bounds)),
            ("bound", self.bound, _points(self.bound_nano)),
            ("gap", self.gap, relative_gap(self.score_nano, self.bound_nano)),
        ]


def _facts_of_region(
    region: RegionRecord, own: Sequence[Merger], instance: Instance, scenario: Scenario
) -> list[_Fact]:
    known = [instance.regions[r] for r in instance.region]
    score = None if region.score_nano is None else sum(merger.score_nano for merger in own)
    terms = {name: term.value for name, term in term_records(instance, scenario, own).items()}
    facts: list[_Fact] = [
        ("municipalities", region.municipalities, known.count(region.name)),
        ("mergers", region.mergers, len(own)),
        ("score_nano", region.score_nano, score),
        ("score", region.score, _points(region.score_nano)),
        ("bound", region.bound, _points(region.bound_nano)),
        ("gap", region.gap, relative_gap(region.score_nano, region.bound_nano)),
    ]
    facts += [(f"terms.{name}", region.terms.get(name), value) for name, value in terms.items()]
    if region.status == "optimal":
        facts.append(("bound_nano of an optimal plan", region.bound_nano, region.score_nano))
    return [(f"{region.name}: {what}", stated, right) for what, stated, right in facts]


def _same(stated: object, right: object) -> bool:
    """Equal; of decimal numbers, up to the order in which they were added."""
    if isinstance(stated, float) and isinstance(right, float):
        return math.isclose(stated, right, rel_tol=1e-12, abs_tol=1e-12)
    return stated == right


def _sum(parts: Sequence[int | None]) -> int | None:
    return None if None in parts else sum(part for part in parts if part is not None)


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
        seed=result.seed,
        status=result.status,
        score_nano=result.score_nano,
        score=result.score,
        bound_nano=result.bound_nano,
        bound=result.bound,
        gap=result.gap,
        terms=term_records(instance, scenario, result.mergers),
        regions=[_region(instance, scenario, region) for region in result.by_region],
        mergers=[_merger(instance, scenario, merger) for merger in result.mergers],
        runtime={"seconds": round(result.seconds, 3), "workers": result.workers},
    )


def _region(instance: Instance, scenario: Scenario, region: RegionResult) -> RegionRecord:
    terms = term_records(instance, scenario, region.mergers)
    return RegionRecord(
        name=region.name,
        municipalities=region.municipalities,
        mergers=len(region.mergers),
        status=region.status,
        reason=region.reason,
        score_nano=region.score_nano,
        score=_points(region.score_nano),
        bound_nano=region.bound_nano,
        bound=_points(region.bound_nano),
        gap=region.gap,
        candidates=region.candidates,
        kept=region.kept,
        terms={name: term.value for name, term in terms.items()},
        runtime={"seconds": round(region.seconds, 4)}
        | {stage: round(seconds, 4) for stage, seconds in region.stages.items()},
    )


def _points(nano: int | None) -> float | None:
    return None if nano is None else nano / NANO


def _merger(instance: Instance, scenario: Scenario, merger: Merger) -> MergerRecord:
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


def placed(instance: Instance, mergers: Sequence[Merger]) -> dict[int, Merger]:
    """Look up the merger of each municipality."""
    return {i: merger for merger in mergers for i in merger.members}
