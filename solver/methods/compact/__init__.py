"""How is a component answered by a compact formulation, without listing candidates?"""

from .answer import CompactAnswer
from .solve import FORMULATIONS, solve_compact

__all__ = ["FORMULATIONS", "CompactAnswer", "solve_compact"]
