"""How a scenario is answered and proved."""

from .census import Census, Distribution, RegionCensus, Standing, census
from .comparison import Comparison, compare
from .engines import ENGINES, EngineError, engine_names
from .evaluation import Evaluation, evaluate, read_parts
from .result import Merger, Plan, RegionResult, Result, Status
from .solve import solve
from .sweep import SweepResult, sweep
from .verify import Violation, verify
from .wish import Wish, wish
from .wish_answer import WishAnswer

__all__ = [
    "ENGINES",
    "Census",
    "Comparison",
    "Distribution",
    "EngineError",
    "Evaluation",
    "Merger",
    "Plan",
    "RegionCensus",
    "RegionResult",
    "Result",
    "Standing",
    "Status",
    "SweepResult",
    "Violation",
    "Wish",
    "WishAnswer",
    "census",
    "compare",
    "engine_names",
    "evaluate",
    "read_parts",
    "solve",
    "sweep",
    "verify",
    "wish",
]
