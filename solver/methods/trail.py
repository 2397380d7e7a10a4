"""What a method writes down of the ways that it takes, while it takes them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from ...instances.common.activity import doing
from ..candidates.enumeration import TooManyCandidatesError
from ..engines import EngineError
from ..limit_errors import OutOfMemoryError, TimeUpError
from ..partition.answer import ComponentAnswer
from ..results.ways import Outcome, Way

OUT_OF_TIME = "its time was over"


@dataclass
class Step:
    """What is to be said of a way when it ends."""

    outcome: Outcome = "passed on"
    why: str = ""
    score: int | None = None

    def take(self, answer: ComponentAnswer) -> None:
        """Say what an answer is."""
        self.outcome, self.score = outcome_of(answer), answer.score
        self.why = "" if answer.is_proved else answer.reason


@dataclass
class Trail:
    """The ways that were taken so far.

    Attributes
    ----------
    ways : list of Way
    """

    ways: list[Way] = field(default_factory=list)

    @contextmanager
    def step(self, words: str) -> Iterator[Step]:
        """Take a way; what is raised on it is why it came to nothing."""
        begun, step = time.perf_counter(), Step()
        try:
            with doing(words):
                yield step
        except (OutOfMemoryError, TooManyCandidatesError, EngineError) as error:
            step.outcome, step.why = "nothing", str(error)
            raise
        except TimeUpError:
            step.outcome, step.why = "nothing", OUT_OF_TIME
            raise
        finally:
            self.ways.append(Way(words, step.outcome, step.why, time.perf_counter() - begun, step.score))


def outcome_of(answer: ComponentAnswer) -> Outcome:
    """Say what a method came to."""
    if answer.is_proved:
        return "proved"
    return "nothing" if answer.score is None else "plan"


def refused(words: str, why: str) -> Way:
    """Note a way that was not taken."""
    return Way(words, "refused", why)


def ways_of(words: str, answer: ComponentAnswer, seconds: float) -> tuple[Way, ...]:
    """Give the ways of an answer: what its method wrote down, or itself as one way."""
    if answer.ways:
        return answer.ways
    step = Step()
    step.take(answer)
    return (Way(words, step.outcome, step.why, seconds, step.score),)


__all__ = ["OUT_OF_TIME", "Step", "Trail", "outcome_of", "refused", "ways_of"]
