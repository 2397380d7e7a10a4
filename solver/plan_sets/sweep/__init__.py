"""Which plan is best under each of many weights, bounds and locks?"""

from .result import SweepResult
from .run import sweep

__all__ = ["SweepResult", "sweep"]
