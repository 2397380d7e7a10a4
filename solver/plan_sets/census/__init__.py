"""All feasible plans of a region: counted, measured and drawn without bias."""

from .params import CensusParams
from .region import Distribution, RegionCensus, Standing
from .result import Census
from .run import census

__all__ = ["Census", "CensusParams", "Distribution", "RegionCensus", "Standing", "census"]
