"""The record of a comparison: what `comparison.json` holds."""

from __future__ import annotations

from itertools import combinations
from typing import Literal

from pydantic import BaseModel

from ...models.scenario.scenario import Scenario
from ...models.scoring.scorer import NANO
from ..results.record import CountRecord, InstanceReference, count_record, reference_of
from ..results.terms import TermRecord
from .comparison import ComparedPlan, Comparison, LevelComparison
from .evaluation_record import PartRecord, ViolationRecord, part_records, violation_records
from .who_moves import MoveKind, moves_between


class ComparedRecord(BaseModel):
    """One of the plans: no zones at the level of mergers, no mergers at that of zones."""

    name: str
    score_nano: int
    score: float
    counts: CountRecord
    terms: dict[str, TermRecord]
    broken_rules: list[ViolationRecord]
    mergers: list[PartRecord]
    zones: list[PartRecord]


class TransferRecord(BaseModel):
    """A municipality with other partners than in the first plan.

    Municipalities by code; parts by name, and by the code of their seat, which tells parts of one name apart.
    """

    municipality: str
    before: str
    after: str
    moves: bool
    leaves: list[str]
    joins: list[str]
    before_seat: str
    after_seat: str


class MoveRecord(BaseModel):
    """Municipalities, by code, that leave one merger together for another, in words too."""

    text: str
    kind: MoveKind
    municipalities: list[str]
    inhabitants: int
    from_seat: str
    to_seat: str


class TransfersRecord(BaseModel):
    """What differs between the first plan and another.

    Attributes
    ----------
    plan : str
    municipalities, inhabitants : int
        How many move to another part.
    changes : list of TransferRecord
    moves : list of MoveRecord
        Who moves, in words; most inhabitants first.
    """

    plan: str
    municipalities: int
    inhabitants: int
    changes: list[TransferRecord]
    moves: list[MoveRecord] = []


class SimilarityRecord(BaseModel):
    """How alike two plans are; 1 is the same."""

    plan: str
    other: str
    rand: float
    adjusted_rand: float
    adjusted_rand_municipalities: float


class LevelRecord(BaseModel):
    """Changes and similarity at one level."""

    level: Literal["mergers", "zones"]
    changes: list[TransfersRecord]
    similarity: list[SimilarityRecord]


class ComparisonRecord(BaseModel):
    """Everything that a comparison found."""

    schema_version: Literal[2] = 2
    instance: InstanceReference
    scenario: Scenario
    regions: list[str]
    plans: list[ComparedRecord]
    levels: list[LevelRecord]


def comparison_record(comparison: Comparison) -> ComparisonRecord:
    """Write down a comparison."""
    return ComparisonRecord(
        instance=reference_of(comparison.instance, comparison.scenario),
        scenario=comparison.scenario,
        regions=list(comparison.regions),
        plans=[_plan(comparison.scenario, plan) for plan in comparison.plans],
        levels=[_level(comparison, level) for level in comparison.levels],
    )


def _plan(scenario: Scenario, plan: ComparedPlan) -> ComparedRecord:
    mergers, zones = part_records(scenario, plan)
    return ComparedRecord(
        name=plan.name,
        score_nano=plan.plan.score_nano,
        score=plan.plan.score_nano / NANO,
        counts=count_record(plan.plan.mergers),
        terms=dict(plan.terms),
        broken_rules=violation_records(plan.plan, plan.violations),
        mergers=mergers,
        zones=zones,
    )


def _level(comparison: Comparison, level: LevelComparison) -> LevelRecord:
    names = [plan.name for plan in comparison.plans]
    similar = [(a, b, level.similarity[a][b]) for a, b in combinations(range(len(names)), 2)]
    return LevelRecord(
        level=level.level,
        changes=[_changes(comparison, level, k) for k in range(1, len(names))],
        similarity=[
            SimilarityRecord(
                plan=names[a],
                other=names[b],
                rand=alike.rand,
                adjusted_rand=alike.adjusted_rand,
                adjusted_rand_municipalities=alike.adjusted_rand_municipalities,
            )
            for a, b, alike in similar
        ],
    )


def _changes(comparison: Comparison, level: LevelComparison, k: int) -> TransfersRecord:
    instance, changed = comparison.instance, level.transfers[k]
    before, after = (comparison.plans[place].parts(level.level) for place in (0, k))
    movers = [transfer.municipality for transfer in changed if transfer.moves]
    return TransfersRecord(
        plan=comparison.plans[k].name,
        municipalities=len(movers),
        inhabitants=int(instance.population[movers].sum()),
        changes=[
            TransferRecord(
                municipality=instance.codes[transfer.municipality],
                before=before[transfer.before].name(instance),
                after=after[transfer.after].name(instance),
                before_seat=instance.codes[before[transfer.before].seat],
                after_seat=instance.codes[after[transfer.after].seat],
                moves=transfer.moves,
                leaves=[instance.codes[i] for i in transfer.leaves],
                joins=[instance.codes[i] for i in transfer.joins],
            )
            for transfer in changed
        ],
        moves=[
            MoveRecord(
                text=move.text,
                kind=move.kind,
                municipalities=[instance.codes[i] for i in move.municipalities],
                inhabitants=move.inhabitants,
                from_seat=instance.codes[move.from_seat],
                to_seat=instance.codes[move.to_seat],
            )
            for move in moves_between(instance, before, after).moves
        ],
    )
