"""The record of a result: what `plan.json` holds, and how it is read back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import Field, ValidationError

from ...instances.common.json_text import strict_json
from ...instances.common.problems import InputError, Problem, Problems, reject
from ...instances.common.validation import note_validation_errors
from ...instances.instance import Instance
from ...instances.tables.table import read_text
from ...models.indicators.asked import data_hash
from ...models.scenario.framing import framed
from ...models.scenario.scenario import Scenario
from ...models.scoring.scorer import NANO
from .also_price import AlsoPrice
from .budgets import BudgetRecord, budget_records
from .certificate import Certified
from .counts import COUNT_COLUMNS, Counts, count_parts
from .decided import NOT_KNOWN, Decided, DecidedStatus
from .mergers import Merger
from .plan import Plan
from .region_result import RegionResult
from .result import PARTITION, Result
from .status import Status, points
from .terms import Strict, TermRecord, term_records, zones_of
from .ways_record import WayRecord, way_records, way_seconds

SCHEMA: Literal[2] = 2
"""Raised from 1 when values became means over the regions answered for, and counts got their names."""

PLAN_FILE = "plan.json"


class OtherVersionError(InputError):
    """The plan is right, as far as one knows, but in another version of the format."""


class InstanceReference(Strict):
    """Which data the plan was made for."""

    name: str
    hash: str
    municipalities: int
    inhabitants: int


class EngineReference(Strict):
    """What solved the integer programmes, with versions."""

    name: str
    versions: dict[str, str]


class CountRecord(Strict):
    """How many municipalities there are before merging and after, as `Counts` defines it."""

    municipalities: int
    after: int
    mergers: int
    unchanged: int
    alone_by_rule: int


class RegionRecord(Strict):
    """The answer for one region.

    Attributes
    ----------
    municipalities, inhabitants : int
        Of the region, whether it has a plan or not.
    counts : CountRecord
        Zero without a plan.
    terms, zone_terms : dict of str to TermRecord
        Means over the region's own inhabitants; empty without a plan.
    together : bool
        Whether a budget binds it to the other regions: see `RegionResult`.
    proof : {'', 'certified', 'proved by search, not certified'}
        Whether the certificate beside the plan proves what is said; left out where there is none.
    ways : list of WayRecord
        The ways that were tried, in turn; the seconds of the first are "way 1" in `runtime`.
    """

    ADDED: ClassVar[tuple[str, ...]] = ("together", "proof", "ways")

    name: str
    municipalities: int
    inhabitants: int
    counts: CountRecord
    status: Status
    reason: str
    score_nano: int | None
    score: float | None
    bound_nano: int | None
    bound: float | None
    gap: float | None
    candidates: int
    kept: int
    terms: dict[str, TermRecord]
    runtime: dict[str, int | float]
    zones: int = 0
    zone_terms: dict[str, TermRecord] = Field(default_factory=dict)
    together: bool = False
    proof: Certified = ""
    ways: list[WayRecord] = Field(default_factory=list)


class MergerRecord(Strict):
    """One merger, or zone; `terms` are in inhabitants x unit, or in the unit of a count or a share.

    Attributes
    ----------
    price_status : str
        How decided it is: see `Decided`.
    price_without_nano, price_without : int and float, or None
        What the best plan of its region without it lacks, where that is proved.
    """

    ADDED: ClassVar[tuple[str, ...]] = ("price_status", "price_without_nano", "price_without")

    name: str
    region: str
    seat: str
    members: list[str]
    population: int
    standalone: str
    score_nano: int
    score: float
    terms: dict[str, float]
    price_status: DecidedStatus = "not known"
    price_without_nano: int | None = None
    price_without: float | None = None

    @property
    def decided(self) -> Decided:
        """How decided it is; not known where status and price contradict each other."""
        nano = self.price_without_nano
        is_proved = self.price_status == "proved" and nano is not None and nano >= 0
        if is_proved or (nano is None and self.price_status != "proved"):
            return Decided(self.price_status, nano)
        return NOT_KNOWN


class PlanRecord(Strict):
    """Everything that `plan.json` holds.

    Attributes
    ----------
    inhabitants : int
        Of the regions that are answered for, which are those that have a plan; `terms` are means over them.
    counts : CountRecord
        Of the same regions.
    also_price : AlsoPrice or None
        What bounds under further columns cost.
    budgets : list of BudgetRecord
        What the plan takes of each budget.
    files : dict of str to str
        SHA-256 of each other file of the folder, so that files of two runs cannot be taken for one.
    digest : str
        SHA-256 of all that the record holds but times, which differ from run to run.
    """

    ADDED: ClassVar[tuple[str, ...]] = ("also_price", "budgets")

    schema_version: Literal[2] = SCHEMA
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
    inhabitants: int
    counts: CountRecord
    terms: dict[str, TermRecord]
    regions: list[RegionRecord]
    mergers: list[MergerRecord]
    runtime: dict[str, int | float]
    zones: list[MergerRecord] = Field(default_factory=list)
    zone_terms: dict[str, TermRecord] = Field(default_factory=dict)
    formulation: str = PARTITION
    also_price: AlsoPrice | None = None
    budgets: list[BudgetRecord] = Field(default_factory=list)
    files: dict[str, str] = Field(default_factory=dict)
    digest: str = ""

    @property
    def region_names(self) -> list[str]:
        """Names of the regions that the plan is for."""
        return [region.name for region in self.regions]

    def sealed(self, files: Mapping[str, str] | None = None) -> PlanRecord:
        """Give the same record with its digest, and those of the files beside it where they are given."""
        record = self if files is None else self.model_copy(update={"files": dict(files)})
        return record.model_copy(update={"digest": record.digest_of_content()})

    def digest_of_content(self) -> str:
        """Compute what `digest` is to be, from all else but times."""
        content = self.model_dump(
            mode="json",
            exclude={"digest": True, "runtime": True, "regions": {"__all__": {"runtime"}}},
        )
        return hashlib.sha256(json.dumps(content, separators=(",", ":")).encode()).hexdigest()

    def is_for(self, instance: Instance) -> bool:
        """Tell whether an instance has the data that the plan was made for, in all that it rests on."""
        return self.instance.hash == data_hash(instance, self.scenario)

    def check_instance(self, instance: Instance) -> None:
        """Make sure that an instance is the one that the plan was made for.

        Raises
        ------
        InputError
        """
        if not self.is_for(instance):
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
        instance = framed(instance, self.scenario)
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
        decided=record.decided,
    )


def record_of(result: Result) -> PlanRecord:
    """Write down a result."""
    instance, scenario = result.instance, result.scenario
    return PlanRecord(
        instance=reference_of(instance, scenario),
        scenario=scenario,
        engine=EngineReference(name=result.engine, versions=dict(result.versions)),
        formulation=result.formulation,
        also_price=result.also_price,
        budgets=budget_records(instance, scenario, result.mergers, result.zones),
        seed=result.seed,
        status=result.status,
        score_nano=result.score_nano,
        score=result.score,
        bound_nano=result.bound_nano,
        bound=result.bound,
        gap=result.gap,
        inhabitants=sum(merger.population(instance) for merger in result.mergers),
        counts=count_record(result.mergers),
        terms=term_records(instance, scenario, result.mergers),
        zone_terms=term_records(instance, zones_of(scenario), result.zones),
        regions=[_region(instance, scenario, region) for region in result.by_region],
        mergers=[part_record(instance, scenario, merger) for merger in result.mergers],
        zones=[part_record(instance, zones_of(scenario), zone) for zone in result.zones],
        runtime={"seconds": round(result.seconds, 3), "workers": result.workers},
    ).sealed()


def reference_of(instance: Instance, scenario: Scenario) -> InstanceReference:
    """Say which data an answer rests on."""
    return InstanceReference(
        name=instance.name,
        hash=data_hash(instance, scenario),
        municipalities=len(instance),
        inhabitants=instance.total_population,
    )


def _region(instance: Instance, scenario: Scenario, region: RegionResult) -> RegionRecord:
    members = instance.members(instance.regions.index(region.name))
    return RegionRecord(
        name=region.name,
        municipalities=region.municipalities,
        inhabitants=int(instance.population[members].sum()),
        counts=count_record(region.mergers),
        status=region.status,
        reason=region.reason,
        score_nano=region.score_nano,
        score=points(region.score_nano),
        bound_nano=region.bound_nano,
        bound=points(region.bound_nano),
        gap=region.gap,
        candidates=region.candidates,
        kept=region.kept,
        terms=term_records(instance, scenario, region.mergers),
        zones=len(region.zones),
        zone_terms=term_records(instance, zones_of(scenario), region.zones),
        together=region.together,
        proof=region.proof,
        runtime={"seconds": round(region.seconds, 4)}
        | {stage: round(seconds, 4) for stage, seconds in region.stages.items()}
        | way_seconds(region.ways),
        ways=way_records(region.ways),
    )


def count_record(parts: Iterable[Merger]) -> CountRecord:
    """Count the mergers, or the zones, of a plan."""
    return written_counts(count_parts(parts))


def written_counts(counts: Counts) -> CountRecord:
    """Write down counts."""
    return CountRecord(**dict(zip(COUNT_COLUMNS, counts.row, strict=True)))


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
        price_status=merger.decided.status,
        price_without_nano=merger.decided.price_nano,
        price_without=points(merger.decided.price_nano),
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
    data = strict_json(text or "", file.name)
    _check_version(data, file)
    try:
        return PlanRecord.model_validate(data)
    except ValidationError as error:
        note_validation_errors(error, PlanRecord, file.name, problems)
        problems.raise_if_any()
        raise


def _check_version(data: Any, file: Path) -> None:
    """Refuse a plan that another version of the program wrote, before its keys are looked at."""
    version = data.get("schema_version") if isinstance(data, dict) else None
    if type(version) is int and version > 0 and version != SCHEMA:
        older = version < SCHEMA
        what = f"the plan was written in version {version} of this format by "
        what += f"{'an older' if older else 'a newer'} refzones; this one reads version {SCHEMA}"
        remedy = (
            "solve the scenario again, which gives the same plan; its assignment.csv can still be evaluated"
        )
        remedy = remedy if older else "install a newer refzones"
        raise OtherVersionError([Problem(what, remedy, str(file))])
