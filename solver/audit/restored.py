"""A result read back from its record, as far as the record holds it."""

from __future__ import annotations

from ...instances.common.problems import Problems
from ...instances.instance import Instance
from ...models.scenario.framing import framed
from ..results.plan import Plan
from ..results.record import PLAN_FILE, PlanRecord, RegionRecord
from ..results.region_result import RegionResult
from ..results.result import Result
from ..results.ways import Way
from .consistency import contradicts


def restored(record: PlanRecord, instance: Instance) -> Result:
    """Give the result that a record was written from.

    Nothing is recomputed or checked: `verify` and `consistency.inconsistencies` do that. Times are rounded as
    the record has them.

    Parameters
    ----------
    record : PlanRecord
    instance : Instance
        The one that the plan was made for.

    Returns
    -------
    Result

    Raises
    ------
    InputError
        The plan was made for other data, or score and bound of a region contradict each other.
    """
    record.check_instance(instance)
    instance = framed(instance, record.scenario)
    plan = record.plan(instance)
    problems = Problems()
    for region in record.regions:
        if contradicts(region):
            problems.add(
                f"region '{region.name}': score, bound and status contradict each other",
                "run solve again; refzones verify tells what is wrong with a folder",
                file=PLAN_FILE,
            )
    problems.raise_if_any()
    return Result(
        instance=instance,
        scenario=record.scenario,
        by_region=tuple(_region(region, record, plan) for region in record.regions),
        engine=record.engine.name,
        seed=record.seed,
        workers=int(record.runtime.get("workers", 1)),
        seconds=float(record.runtime.get("seconds", 0.0)),
        versions=dict(record.engine.versions),
        formulation=record.formulation,
        also_price=record.also_price,
    )


def _region(region: RegionRecord, record: PlanRecord, plan: Plan) -> RegionResult:
    pairs = zip(record.mergers, plan.mergers, strict=True)
    zone_pairs = zip(record.zones, plan.zones, strict=True)
    return RegionResult(
        name=region.name,
        municipalities=region.municipalities,
        mergers=tuple(merger for written, merger in pairs if written.region == region.name),
        score_nano=region.score_nano,
        bound_nano=region.bound_nano,
        seconds=float(region.runtime.get("seconds", 0.0)),
        candidates=region.candidates,
        kept=region.kept,
        reason=region.reason,
        stages={
            stage: float(time)
            for stage, time in region.runtime.items()
            if stage != "seconds" and not stage.startswith("way ")
        },
        zones=tuple(zone for written, zone in zone_pairs if written.region == region.name),
        infeasible=region.status == "infeasible",
        together=region.together,
        ways=tuple(
            Way(
                way.way,
                way.outcome,
                way.why,
                float(region.runtime.get(f"way {number}", 0.0)),
                answered=way.answered,
                component=way.component,
                municipalities=way.municipalities,
            )
            for number, way in enumerate(region.ways, 1)
        ),
        proof=region.proof,
    )
