"""What is asked: scenario, terms, rules and formulations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..instances.common.lazy import face

if TYPE_CHECKING:
    from .indicators import AdditiveIndicator, Indicator, add_indicator
    from .question.builder import ask
    from .question.differences import Difference, scenario_differences
    from .question.each_lock import Lock, locks_of, with_lock, without_lock
    from .question.question import Question
    from .road.reading import named_road, read_road
    from .road.road import Road
    from .scenario.scenario import Scenario, presets
    from .scenario.staged import StagedScenario
    from .scenario.sweep import SweepSpec
    from .scoring.model import Model
    from .scoring.scorer import NANO, Scorer, Scores

__all__ = [
    "NANO",
    "AdditiveIndicator",
    "Difference",
    "Indicator",
    "Lock",
    "Model",
    "Question",
    "Road",
    "Scenario",
    "Scorer",
    "Scores",
    "StagedScenario",
    "SweepSpec",
    "add_indicator",
    "ask",
    "locks_of",
    "named_road",
    "presets",
    "read_road",
    "scenario_differences",
    "with_lock",
    "without_lock",
]

face(
    __name__,
    {
        "indicators": "AdditiveIndicator Indicator add_indicator",
        "scoring.model": "Model",
        "question.builder": "ask",
        "question.differences": "Difference scenario_differences",
        "question.each_lock": "Lock locks_of with_lock without_lock",
        "question.question": "Question",
        "road.reading": "named_road read_road",
        "road.road": "Road",
        "scenario.staged": "StagedScenario",
        "scenario.scenario": "Scenario presets",
        "scenario.sweep": "SweepSpec",
        "scoring.scorer": "NANO Scorer Scores",
    },
    moved="moved",
)
