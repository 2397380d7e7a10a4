"""How a scenario is answered and proved."""

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
    "Comparison",
    "EngineError",
    "Evaluation",
    "Merger",
    "Plan",
    "RegionResult",
    "Result",
    "Status",
    "SweepResult",
    "Violation",
    "Wish",
    "WishAnswer",
    "compare",
    "engine_names",
    "evaluate",
    "read_parts",
    "solve",
    "sweep",
    "verify",
    "wish",
]
