"""How a scenario is answered and proved."""

from .alternatives import Agreement, Alternatives, agreement, best_plans, diverse_plans
from .census import Census, Distribution, RegionCensus, Standing, census
from .comparison import Comparison, compare
from .engines import ENGINES, EngineError, engine_names
from .evaluation import Evaluation, evaluate, read_parts
from .pareto import ParetoFront, Stability, pareto_front, stability
from .result import Merger, Plan, RegionResult, Result, Status
from .solve import solve
from .sweep import SweepResult, sweep
from .verify import Violation, verify
from .wish import Wish, wish
from .wish_answer import WishAnswer

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
