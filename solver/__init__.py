"""How a scenario is answered and proved."""

from .engines import ENGINES, EngineError, engine_names
from .result import Merger, Plan, RegionResult, Result, Status
from .solve import solve
from .verify import Violation, verify

__all__ = [
    "ENGINES",
    "EngineError",
    "Merger",
    "Plan",
    "RegionResult",
    "Result",
    "Status",
    "Violation",
    "engine_names",
    "solve",
    "verify",
]
