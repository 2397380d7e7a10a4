"""How is a good plan found, with a bound, where candidates are too many to list?"""

from __future__ import annotations

from .answer import Searched, search_frame
from .bound import upper_bound
from .space import SearchSpace

__all__ = ["SearchSpace", "Searched", "search_frame", "upper_bound"]
