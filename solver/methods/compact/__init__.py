"""Frames solved by compact formulations: no candidates are listed."""

from .answer import CompactAnswer
from .solve import FORMULATIONS, solve_compact

__all__ = ["FORMULATIONS", "CompactAnswer", "solve_compact"]
