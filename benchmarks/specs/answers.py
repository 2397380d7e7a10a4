"""From what solvers give to outcomes: scores over frames, plans put to the verifier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from refzones.instances import Instance
from refzones.models import Question, Scenario
from refzones.models.scoring.model import Model
from refzones.solver import Plan, Result, verify
from refzones.solver.results.mergers import make_parts
from refzones.solver.results.status import SEVERITY
from registry import Outcome

Part = tuple[int, ...]


def settled(question: Question) -> list[Part]:
    """Parts that are in every plan."""
    regions = range(len(question.instance.regions))
    return [part for region in regions for part, _ in question.fixed_parts(region)]


def is_clean(model: Model, parts: Sequence[Part]) -> bool:
    """Whether the verifier finds nothing wrong with a plan given by its parts."""
    plan = Plan(tuple(sorted(make_parts(model, parts), key=lambda part: part.members)))
    return not verify(model.instance, model.scenario, plan)


def worst(statuses: Sequence[str]) -> str:
    """The status of the whole: that of its worst part."""
    order: tuple[str, ...] = SEVERITY
    return max(statuses, key=order.index, default="optimal")


def outcome_of(
    result: Result, phases: Mapping[str, float], *, note: str = "", facts: Mapping[str, object] | None = None
) -> Outcome:
    """Give the outcome of `solve`, its plan verified: of all regions, or of those that have one."""
    instance, scenario, plan = result.instance, result.scenario, result.plan
    answered = [region.name for region in result.by_region if region.score_nano is not None]
    regions = None if len(answered) == len(result.by_region) else answered
    reasons = {region.reason for region in result.by_region if region.reason}
    return Outcome(
        status=result.status,
        phases=dict(phases),
        score=result.score_nano,
        bound=result.bound_nano,
        unit="nano-points",
        size=len(instance),
        candidates=sum(region.candidates for region in result.by_region) or None,
        parts=None if plan is None else len(plan.mergers),
        proof="exact" if result.status in ("optimal", "infeasible") else "",
        verified=None if plan is None else clean(instance, scenario, plan, regions),
        note="; ".join([*([note] if note else []), *sorted(reasons)]),
        facts=dict(facts or {}),
    )


def clean(instance: Instance, scenario: Scenario, plan: Plan, regions: Sequence[str] | None = None) -> bool:
    """Whether the verifier finds nothing wrong with the plan of some regions, or of all."""
    return not verify(instance, scenario, plan, regions=regions)
