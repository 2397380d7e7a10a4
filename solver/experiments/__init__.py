"""Does what is claimed of mergers in general hold for these maps, and for all plans?"""

from .cells import Cell, MapStatistics
from .measures import Measure
from .result import StepsExperiment
from .running import steps_experiment
from .steps import InhabitantSteps

__all__ = ["Cell", "InhabitantSteps", "MapStatistics", "Measure", "StepsExperiment", "steps_experiment"]
