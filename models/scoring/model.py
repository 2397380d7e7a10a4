"""The model that is solved: a question with the scorer of its terms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ...instances.instance import Instance
from ..question.builder import ask
from ..question.question import Question
from ..scenario.framing import framed
from ..scenario.scenario import Scenario
from .scorer import Scorer


@dataclass(frozen=True, eq=False)
class Model:
    """What a scenario of one level asks of an instance, and how its plans are scored.

    Attributes
    ----------
    question : Question
        Which plans are admissible.
    scorer : Scorer
        What each merger of a plan scores.
    """

    question: Question
    scorer: Scorer

    @classmethod
    def of(cls, instance: Instance, scenario: Scenario, regions: Iterable[str] | None = None) -> Model:
        """Put a scenario of one level to an instance; see `ask`.

        Raises
        ------
        InputError
            The scenario contradicts itself or the instance, or a term needs what the instance lacks.
        """
        instance = framed(instance, scenario)
        return cls(ask(instance, scenario, regions), Scorer(instance, scenario))

    @property
    def instance(self) -> Instance:
        """What is given."""
        return self.question.instance

    @property
    def scenario(self) -> Scenario:
        """What is asked, at one level."""
        return self.question.scenario
