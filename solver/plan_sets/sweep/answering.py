"""Answering a chunk: what every worker does, wherever it runs."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from importlib.metadata import version

from ....instances.common.problems import reject
from ....models.question.builder import ask
from ....models.scoring.scorer import Scorer
from ...candidates.enumeration import TooManyCandidatesError
from ...candidates.region import list_region
from ...candidates.sets import Part
from ...deadline import Deadline, Limits
from ...engines import engine
from ...partition.answer import ComponentAnswer
from ...regions.solving import solve
from ...results.plan import Plan
from ...verification.defects import check_own_plan
from .plan import Chunk, Setting, Setup
from .records import AnswerRow, ChunkRecord, PlanRow, PlanValues
from .repeated import RepeatedRegion


@dataclass
class _Worker:
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
            answer = self._solve(chunk, setting)
            key = ""
            if answer.mergers:
                plan = self._verified(chunk, setting, answer)
                key = plan.row.key
                record.plans[f"{setting.rules}/{key}"] = plan
            record.answers.append(
                AnswerRow(
                    setting=setting.number,
                    status=answer.status,
                    score_nano=answer.score,
                    bound_nano=answer.bound,
                    plan=key,
                    seconds=round(time.perf_counter() - begun, 6),
                )
            )
        return record

    def _solve(self, chunk: Chunk, setting: Setting) -> ComponentAnswer:
        region = self._region(chunk, setting)
        if region is None:
            return self._by_itself(chunk, setting)
        return region.solve(
            dict(zip(self.setup.terms, setting.point.weights, strict=True)),
            seed=setting.point.seed,
            deadline=Deadline.after(self.setup.time_limit),
        )

    def _region(self, chunk: Chunk, setting: Setting) -> RepeatedRegion | None:
        """Listed candidates of a region; None where they are too many, or of two levels."""
        key = (chunk.instance, chunk.region, setting.rules)
        if key not in self.listed:
            self.listed[key] = self._list(chunk, setting)
            while len(self.listed) > 1 and self._candidates > self.setup.params.kept_candidates:
                self.listed.popitem(last=False)
        self.listed.move_to_end(key)
        return self.listed[key]

    @property
    def _candidates(self) -> int:
        return sum(region.candidates for region in self.listed.values() if region is not None)

    def _list(self, chunk: Chunk, setting: Setting) -> RepeatedRegion | None:
        instance, scenario = self.setup.instances[chunk.instance], self.setup.rules[setting.rules]
        if len(scenario.levels) > 1:
            return None
        question = ask(instance, scenario, [instance.regions[chunk.region]])
        scorer = Scorer(instance, scenario)
        try:
            listing = list_region(question, scorer, chunk.region, limit=self.setup.params.most_candidates)
        except TooManyCandidatesError:
            return None
        return RepeatedRegion(listing, engine(self.setup.engine), self.setup.params)

    def _by_itself(self, chunk: Chunk, setting: Setting) -> ComponentAnswer:
        """Solve one setting from scratch."""
        instance = self.setup.instances[chunk.instance]
        (answer,) = solve(
            instance,
            self.setup.scenario(setting),
            regions=[instance.regions[chunk.region]],
            engine_name=self.setup.engine,
            workers=1,
            limits=Limits(self.setup.time_limit),
            seed=setting.point.seed,
        ).by_region
        mergers, zones = (tuple(part.members for part in parts) for parts in (answer.mergers, answer.zones))
        return ComponentAnswer(mergers, answer.score_nano, answer.bound_nano, answer.infeasible, zones)

    def _verified(self, chunk: Chunk, setting: Setting, answer: ComponentAnswer) -> PlanValues:
        """Verify a plan, once under the same rules, and write it down with its values."""
        place = (chunk.instance, chunk.region, setting.rules)
        key = (*place, answer.mergers, answer.zones)
        if key not in self.verified:
            self.verified[key] = self._verify(chunk, setting, answer)
        return self.verified[key]

    def _verify(self, chunk: Chunk, setting: Setting, answer: ComponentAnswer) -> PlanValues:
        instance, scenario = self.setup.instances[chunk.instance], self.setup.scenario(setting)
        name = instance.regions[chunk.region]
        plan = Plan.of(instance, scenario, answer.mergers, answer.zones)
        what = f"the plan of {name} in setting {setting.number}"
        check_own_plan(instance, scenario, plan, [name], name=what, score_nano=answer.score)
        terms, own = list(plan.terms.values()), len(self.setup.terms)
        return PlanValues(
            row=PlanRow.of(instance, name, plan),
            inhabitants=int(instance.population[instance.members(chunk.region)].sum()),
            values=[term.value for term in terms[:own]],
            zone_values=[term.value for term in terms[own:]],
            bases=[term.divisor for term in terms],
        )


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
    if getattr(_local, "worker", None) is None or _local.worker.setup is not setup:
        _local.worker = _Worker(setup)
    worker: _Worker = _local.worker
    return worker.answer(chunk)
