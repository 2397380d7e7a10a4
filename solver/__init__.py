"""How a scenario is answered and proved."""

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
