"""How is a component answered by a compact formulation, without listing candidates?"""

from .solve import FORMULATIONS, solve_compact

__all__ = ["FORMULATIONS", "solve_compact"]
