"""Plans of fronts put to the independent verifier before they leave the program."""

from __future__ import annotations

import numpy as np

from ....models.scoring.scorer import Scorer
from ...verification.defects import DefectError
from ..verified import check_plans
from .result import Front, ParetoFront
from .terms import weighing


def check_front(fronts: ParetoFront) -> None:
    """Verify the plan of every point of every region; points of all regions are sums of these.

    Raises
    ------
    DefectError
        A plan is not clean or does not have the values of its point, or a sum is wrong.
    """
    asked = weighing(fronts.scenario, fronts.terms)
    scorer = Scorer(fronts.instance, asked)
    made = ParetoFront(fronts.instance, asked, fronts.terms, fronts.by_region, None, 0.0)
    for front in fronts.by_region:
        plans = [made.plan_of(parts) for parts in front.plans]
        check_plans(fronts.instance, asked, front.region, ((plan, None) for plan in plans))
        for place, plan in enumerate(plans):
            values = np.array([merger.values for merger in plan.mergers])
            nano = [int(scorer.nano(values, {term: 1.0}).sum()) for term in fronts.terms]
            if nano != front.nano[place].tolist():
                raise DefectError(f"point {place + 1} of {front.region} has other values")
    if fronts.whole is not None:
        _check_sums(fronts.whole, fronts.by_region)


def _check_sums(whole: Front, fronts: tuple[Front, ...]) -> None:
    total = np.zeros_like(whole.nano)
    for k, front in enumerate(fronts):
        total += front.nano[whole.parents[:, k]]
    if not np.array_equal(total, whole.nano):
        raise DefectError("points of all regions are not sums of theirs")
