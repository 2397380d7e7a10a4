"""Which plan is best under each of many weights, bounds and locks?"""

from .params import SweepParams
from .result import SweepResult
from .run import sweep

__all__ = ["SweepParams", "SweepResult", "sweep"]
