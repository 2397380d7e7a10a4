"""All feasible plans of a region: counted, measured and drawn without bias."""

from .result import Census, Distribution, RegionCensus, Standing
from .run import census

__all__ = ["Census", "Distribution", "RegionCensus", "Standing", "census"]
