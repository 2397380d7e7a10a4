"""What is asked: scenario, terms, rules and formulations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..instances.common.lazy import face

if TYPE_CHECKING:
    from .question.builder import ask
    from .question.question import Question
    from .scenario.scenario import Scenario, presets
    from .scenario.sweep import SweepSpec
    from .scoring.model import Model
    from .scoring.scorer import NANO, Scorer, Scores

__all__ = ["NANO", "Model", "Question", "Scenario", "Scorer", "Scores", "SweepSpec", "ask", "presets"]

face(
    __name__,
    {
        "scoring.model": "Model",
        "question.builder": "ask",
        "question.question": "Question",
        "scenario.scenario": "Scenario presets",
        "scenario.sweep": "SweepSpec",
        "scoring.scorer": "NANO Scorer Scores",
    },
    moved="moved",
)
