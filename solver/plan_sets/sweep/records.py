"""What is written down of a sweep: its head, its chunks, its plans."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Literal

from pydantic import BaseModel

from ....instances.instance import Instance
from ...results.plan import Plan
from ...results.record import InstanceReference, reference_of
from ...results.status import Status
from .plan import Work

SCHEMA: Literal[2] = 2


class SweepRecord(BaseModel):
    """What `sweep.json` holds.

    Attributes
    ----------
    schema_version : int
    spec : dict
        As it was read, the scenario included.
    scenario_hash : str
        SHA-256 of the scenario.
    instances : list of InstanceReference
    regions : list of list of str
        Regions answered for, for each instance.
    terms : list of str
        In the order in which a score adds them.
    settings, answers : int
        How many.
    settings_hash : str
        SHA-256 of the settings.
    versions : dict of str to str
    """

    schema_version: Literal[2] = SCHEMA
    spec: dict[str, Any]
    scenario_hash: str
    instances: list[InstanceReference]
    regions: list[list[str]]
    terms: list[str]
    settings: int
    answers: int
    settings_hash: str
    versions: dict[str, str]


class PlanRow(BaseModel):
    """A plan of a region.

    Attributes
    ----------
    instance, region : str
    mergers : list of list of str
        NIS codes, by first member.
    seats : list of str
        Of each merger.
    zones, zone_seats
        Likewise; empty where a plan has one level.
    """

    instance: str
    region: str
    mergers: list[list[str]]
    seats: list[str]
    zones: list[list[str]] = []
    zone_seats: list[str] = []

    @property
    def key(self) -> str:
        """Id of the plan: 16 hexadecimal digits of the SHA-256 of its content."""
        text = json.dumps(self.model_dump(), ensure_ascii=True, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @classmethod
    def of(cls, instance: Instance, region: str, plan: Plan) -> PlanRow:
        """Write down a plan."""
        mergers, zones = (
            [[instance.codes[i] for i in part.members] for part in parts]
            for parts in (plan.mergers, plan.zones)
        )
        seats, zone_seats = (
            [instance.codes[part.seat] for part in parts] for parts in (plan.mergers, plan.zones)
        )
        return cls(
            instance=instance.name,
            region=region,
            mergers=mergers,
            seats=seats,
            zones=zones,
            zone_seats=zone_seats,
        )


class AnswerRow(BaseModel):
    """The answer for one region in one setting.

    Attributes
    ----------
    setting : int
    status : Status
    score_nano, bound_nano : int or None
    plan : str
        Id; empty without a plan.
    seconds : float
    """

    setting: int
    status: Status
    score_nano: int | None
    bound_nano: int | None
    plan: str
    seconds: float


class PlanValues(BaseModel):
    """A plan with what it is worth in each term under the rules of a chunk.

    Attributes
    ----------
    row : PlanRow
    inhabitants : int
        Of the region.
    values, zone_values : list of float
        Means over the inhabitants (of ``commuting``: the commuters) of the region, in the order of the terms.
    bases : list of float
        How many these are for each term, those of the zones after the others; 1 for sums and counts.
    """

    row: PlanRow
    inhabitants: int
    values: list[float]
    zone_values: list[float] = []
    bases: list[float] = []


class ChunkRecord(BaseModel):
    """The answers of a chunk, and the plans that they need by rules and id.

    Attributes
    ----------
    key : str
    answers : list of AnswerRow
    plans : dict of str to PlanValues
        By ``RULES/ID``: values may differ between rules, as the shortfall does.
    """

    key: str
    answers: list[AnswerRow] = []
    plans: dict[str, PlanValues] = {}


def record_of(work: Work, versions: dict[str, str]) -> SweepRecord:
    """Write down what a sweep asks."""
    scenario = json.dumps(work.spec.scenario.model_dump(mode="json"), sort_keys=True)
    instances = work.setup.instances
    return SweepRecord(
        spec=work.spec.model_dump(mode="json", by_alias=True, exclude={"instances"}, exclude_none=True),
        scenario_hash=hashlib.sha256(scenario.encode()).hexdigest(),
        instances=[reference_of(instance, work.spec.scenario) for instance in instances],
        regions=[
            [instance.regions[r] for r in of] for instance, of in zip(instances, work.regions, strict=True)
        ],
        terms=list(work.setup.terms),
        settings=len(work.settings),
        answers=work.answers,
        settings_hash=work.fingerprint(),
        versions=versions,
    )
