"""What is asked: scenario, terms, rules and formulations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..instances.common.lazy import face

if TYPE_CHECKING:
    from .question.question import Question, ask
    from .scenario.scenario import Scenario, presets
    from .scenario.sweep import SweepSpec
    from .scorer import NANO, Scorer, Scores

__all__ = ["NANO", "Question", "Scenario", "Scorer", "Scores", "SweepSpec", "ask", "presets"]

face(
    __name__,
    {
        "question.question": "Question ask",
        "scenario.scenario": "Scenario presets",
        "scenario.sweep": "SweepSpec",
        "scorer": "NANO Scorer Scores",
    },
    moved="moved",
)
