"""How a scenario is answered and proved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..instances.common.lazy import face

if TYPE_CHECKING:
    from .engines import ENGINES, EngineError, engine_names
    from .plan_sets.alternatives import Agreement, Alternatives, agreement, best_plans, diverse_plans
    from .plan_sets.census import Census, Distribution, RegionCensus, Standing, census
    from .plan_sets.pareto import ParetoFront, Stability, pareto_front, stability
    from .plan_sets.sweep import SweepResult, sweep
    from .results.result import Merger, Plan, RegionResult, Result, Status
    from .review.comparison import Comparison, compare
    from .review.evaluation import Evaluation, evaluate, read_parts
    from .review.whatif import Wish, wish
    from .review.whatif_answer import WishAnswer
    from .solving import solve
    from .verification.verifier import Violation, verify

__all__ = [
    "ENGINES",
    "Agreement",
    "Alternatives",
    "Census",
    "Comparison",
    "Distribution",
    "EngineError",
    "Evaluation",
    "Merger",
    "ParetoFront",
    "Plan",
    "RegionCensus",
    "RegionResult",
    "Result",
    "Stability",
    "Standing",
    "Status",
    "SweepResult",
    "Violation",
    "Wish",
    "WishAnswer",
    "agreement",
    "best_plans",
    "census",
    "compare",
    "diverse_plans",
    "engine_names",
    "evaluate",
    "pareto_front",
    "read_parts",
    "solve",
    "stability",
    "sweep",
    "verify",
    "wish",
]

face(
    __name__,
    {
        "engines": "ENGINES EngineError engine_names",
        "plan_sets.alternatives": "Agreement Alternatives agreement best_plans diverse_plans",
        "plan_sets.census": "Census Distribution RegionCensus Standing census",
        "plan_sets.pareto": "ParetoFront Stability pareto_front stability",
        "plan_sets.sweep": "SweepResult sweep",
        "results.result": "Merger Plan RegionResult Result Status",
        "review.comparison": "Comparison compare",
        "review.evaluation": "Evaluation evaluate read_parts",
        "review.whatif": "Wish wish",
        "review.whatif_answer": "WishAnswer",
        "solving": "solve",
        "verification.verifier": "Violation verify",
    },
    moved="moved",
)
