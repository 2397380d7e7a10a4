"""Which plans are best or differ most, and what do good plans agree on?"""

from __future__ import annotations

from ..base import ALL
from .best import best_plans
from .co_assignment import agreement
from .diverse import diverse_plans
from .loss import Loss
from .params import AlternativesParams
from .result import Agreement, Alternatives, RankedPlan, RankedPlans, RegionPairs

__all__ = [
    "ALL",
    "Agreement",
    "Alternatives",
    "AlternativesParams",
    "Loss",
    "RankedPlan",
    "RankedPlans",
    "RegionPairs",
    "agreement",
    "best_plans",
    "diverse_plans",
]
