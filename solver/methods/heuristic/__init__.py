"""How is a good plan found, with a bound, where candidates are too many to list?"""

from __future__ import annotations

from .bound import upper_bound
from .solve import Heuristic
from .space import SearchSpace

__all__ = ["Heuristic", "SearchSpace", "upper_bound"]
