"""How many plans are there, and how good are they?"""

from .params import CensusParams
from .region import Distribution, RegionCensus, Standing
from .result import Census
from .run import census

__all__ = ["Census", "CensusParams", "Distribution", "RegionCensus", "Standing", "census"]
