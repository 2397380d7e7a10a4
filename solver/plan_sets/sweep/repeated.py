"""A region under many weightings: its candidates stay, and so does what is known about good plans."""

from __future__ import annotations

from collections.abc import Mapping

from ...candidates.region import RegionListing
from ...deadline import Deadline
from ...engines import Engine
from ...partition.answer import ComponentAnswer
from ...partition.problem import problems_of
from ...partition.repeated import RepeatedComponent
from .params import SweepParams


class RepeatedRegion:
    """A region that is answered under many weightings.

    Parameters
    ----------
    listing : RegionListing
    by : Engine
    params : SweepParams
    """

    def __init__(self, listing: RegionListing, by: Engine, params: SweepParams = SweepParams()) -> None:
        self.listing = listing
        self._components = [
            RepeatedComponent(problem, by, params.repeating) for problem in problems_of(listing)
        ]

    @property
    def candidates(self) -> int:
        """Number of candidates in all components."""
        return sum(len(listed.candidates) for listed in self.listing.components)

    def solve(
        self, weights: Mapping[str, float], *, seed: int = 0, deadline: Deadline = Deadline()
    ) -> ComponentAnswer:
        """Find and prove the best plan of the region under some weights.

        Raises
        ------
        InputError
            The weights are too heavy for this instance.
        EngineError
        """
        answers = [
            component.solve(nano, seed, deadline)
            for component, nano in zip(self._components, self.listing.scores(weights), strict=True)
        ]
        if any(answer.infeasible for answer in answers):
            return ComponentAnswer(infeasible=True)
        bounds = [answer.bound for answer in answers if answer.bound is not None]
        bound = sum(bounds) if len(bounds) == len(answers) else None
        if any(answer.score is None for answer in answers):
            return ComponentAnswer(bound=bound)
        parts = [part for k, answer in enumerate(answers) for part in self.listing.parts(k, answer.chosen)]
        score = sum(answer.score for answer in answers if answer.score is not None)
        return ComponentAnswer(tuple(sorted(parts)), score, bound)
