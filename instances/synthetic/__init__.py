"""How is an instance drawn at random: planar, realistic, of any size?"""

from .build import synthesise
from .settings import FEWEST, MOST, THICKEST, THINNEST

__all__ = ["FEWEST", "MOST", "THICKEST", "THINNEST", "synthesise"]
