"""What is asked: scenario, terms, rules and formulations."""

from .question import Question, ask
from .scenario import Scenario, presets
from .scorer import NANO, Scorer, Scores
from .sweep import SweepSpec

__all__ = ["NANO", "Question", "Scenario", "Scorer", "Scores", "SweepSpec", "ask", "presets"]
