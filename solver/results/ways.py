"""Which ways were tried to answer a component, how each ended, and which of them answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

Outcome = Literal["proved", "plan", "nothing", "passed on", "refused"]
"""'proved': a best plan, or that there is none. 'plan': one that is not proved. 'nothing': it ended without.
'passed on': it did what others go on with. 'refused': it was not taken."""


@dataclass(frozen=True)
class Way:
    """A way to answer a component, and what came of it.

    Attributes
    ----------
    way : str
        What is done on it, in words.
    outcome : Outcome
    why : str
        Why it was refused, or ended as it did; empty where there is nothing to say.
    seconds : float
    score : int or None
        Of its plan, in nano-points.
    answered : bool
        Whether its plan, or its proof that there is none, is the answer.
    component : int
        Of the region, from 1, where it has several.
    municipalities : int
        Of the component.
    """

    way: str
    outcome: Outcome
    why: str = ""
    seconds: float = 0.0
    score: int | None = None
    answered: bool = False
    component: int = 1
    municipalities: int = 0


def with_answer(ways: Sequence[Way], score: int | None, *, infeasible: bool) -> tuple[Way, ...]:
    """Say of each way whether the answer is its: the proof that there is no plan, or the first best plan.

    Of ways with the same plan that which proved it answers.
    """

    def fits(way: Way) -> bool:
        if infeasible:
            return way.outcome == "proved" and way.score is None
        return score is not None and way.score == score

    those = [place for place, way in enumerate(ways) if fits(way)]
    those.sort(key=lambda place: ways[place].outcome != "proved")
    return tuple(replace(way, answered=place in those[:1]) for place, way in enumerate(ways))


def of_component(ways: Iterable[Way], component: int, municipalities: int) -> tuple[Way, ...]:
    """Note which component some ways are of."""
    return tuple(replace(way, component=component, municipalities=municipalities) for way in ways)
