"""Good plans, with a bound, for frames that are too large to list all candidates."""

from __future__ import annotations

from .answer import Searched, search_frame
from .bound import upper_bound
from .space import SearchSpace

__all__ = ["SearchSpace", "Searched", "search_frame", "upper_bound"]
