"""What is asked: scenario, terms, rules and formulations."""

from .model import Model
from .question.question import Question, ask
from .scenario.scenario import Scenario, presets
from .scenario.sweep import SweepSpec
from .scorer import NANO, Scorer, Scores

__all__ = ["NANO", "Model", "Question", "Scenario", "Scorer", "Scores", "SweepSpec", "ask", "presets"]
