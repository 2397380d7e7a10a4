"""Answering a chunk: what every worker does, wherever it runs."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version

from ....instances.common.problems import reject
from ....models.question.builder import ask
from ....models.reported_values import base_of, reported_value
from ....models.scenario.scenario import Scenario
from ....models.scorer import Scorer
from ...candidates.region import Part, list_region
from ...candidates.sets import TooManyCandidatesError
from ...deadline import Deadline
from ...engines import engine
from ...results.mergers import Merger, make_parts
from ...results.plan import Plan
from ...results.status import Status, status_of
from ...solving import solve
from ...verification.defects import check_own_plan
from .plan import Chunk, Setting, Setup
from .records import AnswerRow, ChunkRecord, PlanRow, PlanValues
from .repeated import RepeatedRegion

_LISTED = 1_000_000  # candidates of a frame beyond which `solve` answers each setting by itself
_KEPT = 2_000_000  # candidates of all regions that a worker keeps for the next chunk


@dataclass(frozen=True)
class _Found:
    """An answer with its plan, unverified."""

    infeasible: bool
    score: int | None
    bound: int | None
    mergers: Sequence[Part] = ()
    zones: Sequence[Part] = ()

    @property
    def status(self) -> Status:
        return status_of(self.score, self.bound, infeasible=self.infeasible)


@dataclass
class _Bench:
    """What a worker keeps from chunk to chunk: listed regions, and plans that are verified."""

    setup: Setup
    listed: OrderedDict[tuple[int, int, int], RepeatedRegion | None] = field(default_factory=OrderedDict)
    verified: dict[tuple[int, int, int, tuple[Part, ...], tuple[Part, ...]], PlanValues] = field(
        default_factory=dict
    )

    def answer(self, chunk: Chunk) -> ChunkRecord:
        """Answer all settings of a chunk."""
        record = ChunkRecord(key=chunk.key)
        for setting in chunk.settings:
            begun = time.perf_counter()
            found = self._solve(chunk, setting)
            key = ""
            if found.mergers:
                plan = self._verified(chunk, setting, found)
                key = plan.row.key
                record.plans[f"{setting.rules}/{key}"] = plan
            record.answers.append(
                AnswerRow(
                    setting=setting.number,
                    status=found.status,
                    score_nano=found.score,
                    bound_nano=found.bound,
                    plan=key,
                    seconds=round(time.perf_counter() - begun, 6),
                )
            )
        return record

    def _solve(self, chunk: Chunk, setting: Setting) -> _Found:
        region = self._region(chunk, setting)
        if region is None:
            return self._by_itself(chunk, setting)
        answer = region.solve(
            dict(zip(self.setup.terms, setting.point.weights, strict=True)),
            seed=setting.point.seed,
            deadline=Deadline.after(self.setup.time_limit),
        )
        return _Found(answer.infeasible, answer.score, answer.bound, answer.parts)

    def _region(self, chunk: Chunk, setting: Setting) -> RepeatedRegion | None:
        """Listed candidates of a region; None where they are too many, or of two levels."""
        key = (chunk.instance, chunk.region, setting.rules)
        if key not in self.listed:
            self.listed[key] = self._list(chunk, setting)
            while len(self.listed) > 1 and self._candidates > _KEPT:
                self.listed.popitem(last=False)
        self.listed.move_to_end(key)
        return self.listed[key]

    @property
    def _candidates(self) -> int:
        return sum(region.candidates for region in self.listed.values() if region is not None)

    def _list(self, chunk: Chunk, setting: Setting) -> RepeatedRegion | None:
        instance, scenario = self.setup.instances[chunk.instance], self.setup.rules[setting.rules]
        if scenario.level == "nested":
            return None
        question = ask(instance, scenario, [instance.regions[chunk.region]])
        scorer = Scorer(instance, scenario)
        try:
            listing = list_region(question, scorer, chunk.region, limit=_LISTED)
        except TooManyCandidatesError:
            return None
        return RepeatedRegion(listing, engine(self.setup.engine))

    def _by_itself(self, chunk: Chunk, setting: Setting) -> _Found:
        """Solve one setting from scratch."""
        instance = self.setup.instances[chunk.instance]
        (answer,) = solve(
            instance,
            self.setup.scenario(setting),
            regions=[instance.regions[chunk.region]],
            engine_name=self.setup.engine,
            workers=1,
            time_limit=self.setup.time_limit,
            seed=setting.point.seed,
        ).by_region
        mergers, zones = (tuple(part.members for part in parts) for parts in (answer.mergers, answer.zones))
        return _Found(answer.infeasible, answer.score_nano, answer.bound_nano, mergers, zones)

    def _verified(self, chunk: Chunk, setting: Setting, found: _Found) -> PlanValues:
        """Verify a plan, once under the same rules, and write it down with its values."""
        place = (chunk.instance, chunk.region, setting.rules)
        key = (*place, tuple(found.mergers), tuple(found.zones))
        if key not in self.verified:
            self.verified[key] = self._verify(chunk, setting, found)
        return self.verified[key]

    def _verify(self, chunk: Chunk, setting: Setting, found: _Found) -> PlanValues:
        instance, scenario = self.setup.instances[chunk.instance], self.setup.scenario(setting)
        name = instance.regions[chunk.region]
        nested = scenario.level == "nested"
        inner = scenario.at("mergers") if nested else scenario
        mergers, values, bases = _scored(self, chunk, inner, found.mergers)
        zones, zone_values, zone_bases = (
            _scored(self, chunk, scenario.at("zones"), found.zones) if nested else ((), [], [])
        )
        plan = Plan(mergers, zones)
        what = f"the plan of {name} in setting {setting.number}"
        check_own_plan(instance, scenario, plan, [name], name=what, score_nano=found.score)
        return PlanValues(
            row=PlanRow.of(instance, name, plan),
            inhabitants=int(instance.population[instance.members(chunk.region)].sum()),
            values=values,
            zone_values=zone_values,
            bases=bases + zone_bases,
        )


def _scored(
    bench: _Bench, chunk: Chunk, scenario: Scenario, parts: Sequence[Part]
) -> tuple[tuple[Merger, ...], list[float], list[float]]:
    """Make parts of a plan, with the value of each term as a single answer gives it, and its base."""
    instance = bench.setup.instances[chunk.instance]
    scorer = Scorer(instance, scenario)
    question = ask(instance, scenario, [instance.regions[chunk.region]])
    made = tuple(make_parts(question, scorer, parts))
    bases = [base_of(term, instance.members(chunk.region).tolist()) for term in scorer.terms]
    values = [
        reported_value(term, sum(part.values[column] for part in made), bases[column])
        for column, term in enumerate(scorer.terms)
    ]
    return made, values, [base.number for base in bases]


_local = threading.local()


def answer_chunk(setup: Setup, chunk: Chunk) -> ChunkRecord:
    """Answer a chunk; what was listed for an earlier one of the same sweep is used again.

    Raises
    ------
    InputError
        The weights are too heavy for an instance, or this process has another version of the program.
    EngineError
        The engine broke down.
    """
    if setup.program != version("refzones"):
        reject(
            f"a worker runs refzones {version('refzones')}, the sweep was planned by {setup.program}",
            "install the same version everywhere",
        )
    if getattr(_local, "bench", None) is None or _local.bench.setup is not setup:
        _local.bench = _Bench(setup)
    bench: _Bench = _local.bench
    return bench.answer(chunk)
