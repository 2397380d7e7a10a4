"""Many settings of weights, bounds and locks, each answered and proved."""

from .result import SweepResult
from .run import sweep

__all__ = ["SweepResult", "sweep"]
