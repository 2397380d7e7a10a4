"""All admissible mergers of a region with their value in each term: listed once, scored under any weights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ...instances.common.arrays import BoolArray, FloatArray, IntArray
from ...instances.common.problems import reject
from ...instances.instance import Instance
from ...models.programmes.set_partition import SideConstraint
from ...models.question.builder import ask
from ...models.question.question import Question
from ...models.scenario.scenario import Scenario
from ...models.scorer import Scorer
from ..deadline import Deadline
from .components import Component, frames_of
from .scoring import values_of_all
from .sets import MOST_CANDIDATES, Candidates, enumerate_candidates

Part = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class FrameListing:
    """What a frame may be made of.

    Attributes
    ----------
    frame : Component
    candidates : Candidates
        Settled parts of the frame first.
    values : ndarray of float64, shape (k, t)
        One column a term of the scenario; see `Scorer`.
    counted : ndarray of bool, shape (k,)
        Candidates that count as a merger where the number of mergers is limited.
    """

    frame: Component
    candidates: Candidates
    values: FloatArray
    counted: BoolArray


@dataclass(frozen=True, eq=False)
class RegionListing:
    """What a region may be made of: frames that are independent of each other.

    Attributes
    ----------
    question : Question
    scorer : Scorer
    region : int
    frames : tuple of FrameListing
        One for each part that is settled and for each connected part of the rest; one for the whole region
        where the number of mergers is limited, as that binds them together.
    """

    question: Question
    scorer: Scorer
    region: int
    frames: tuple[FrameListing, ...]

    @property
    def name(self) -> str:
        """Name of the region."""
        return self.question.instance.regions[self.region]

    @cached_property
    def sides(self) -> tuple[tuple[SideConstraint, ...], ...]:
        """Bounds on the number of mergers, for each frame; none where any number will do."""
        limits = self.question.count(self.region)
        if limits is None:
            return ((),) * len(self.frames)
        return tuple(
            (count_row(listed.counted.astype(np.int64), limits, len(listed.frame.municipalities)),)
            for listed in self.frames
        )

    def nano(self, weights: Mapping[str, float] | None = None) -> Iterator[IntArray]:
        """Scores of each frame's candidates in nano-points, under the scenario's weights or others."""
        for listed in self.frames:
            yield self.scorer.nano(listed.values, weights)

    def parts(self, frame: int, chosen: IntArray | list[int] | tuple[int, ...]) -> list[Part]:
        """Members of some candidates of a frame, by instance indices."""
        candidates = self.frames[frame].candidates
        return [candidates.members(int(row)) for row in chosen]


def list_region(
    question: Question,
    scorer: Scorer,
    region: int,
    *,
    deadline: Deadline = Deadline(),
    limit: int = MOST_CANDIDATES,
) -> RegionListing:
    """List the candidates of a region in all its frames, with their value in each term.

    Parameters
    ----------
    question : Question
        Of one level.
    scorer : Scorer
        Of the same scenario.
    region : int
    deadline : Deadline
    limit : int
        Most candidates of a frame.

    Returns
    -------
    RegionListing

    Raises
    ------
    TimeUpError, TooManyCandidatesError
    """
    found = []
    for frame, settled in frames_of(question, region):
        candidates = list_frame(question, frame, settled, deadline, limit)
        values = values_of_all(scorer, candidates)
        found.append(FrameListing(frame, candidates, values, counted(question, candidates)))
    return RegionListing(question, scorer, region, tuple(found))


def list_regions(
    instance: Instance,
    scenario: Scenario,
    *,
    regions: Sequence[str] | None = None,
    deadline: Deadline = Deadline(),
) -> Iterator[RegionListing]:
    """List the candidates of each region, or of those named, one after the other.

    Raises
    ------
    InputError
        Scenario and instance do not fit, the scenario asks for two levels, or a region does not exist.
    TimeUpError, TooManyCandidatesError
    """
    if scenario.level == "nested":
        reject(
            "this scenario asks for zones and mergers together, whose plans cannot be listed level by level",
            "ask for level 'mergers' or 'zones'",
            value=scenario.name,
        )
    wanted = wanted_regions(instance, regions)
    question, scorer = ask(instance, scenario, regions), Scorer(instance, scenario)
    for region in wanted:
        yield list_region(question, scorer, region, deadline=deadline)


def wanted_regions(instance: Instance, names: Sequence[str] | None) -> list[int]:
    """Look up the regions that are asked for, ascending; all by default.

    Raises
    ------
    InputError
        No region is asked for, or some do not exist; all of these are listed.
    """
    if names is None:
        return list(range(len(instance.regions)))
    if not names:
        reject("no region is asked for", "name at least one")
    return sorted(set(instance.region_indices(names)))


def list_frame(
    question: Question,
    frame: Component,
    settled: list[Part],
    deadline: Deadline = Deadline(),
    limit: int = MOST_CANDIDATES,
) -> Candidates:
    """List the candidates of a frame, its settled parts first.

    Raises
    ------
    TimeUpError, TooManyCandidatesError
    """
    found = enumerate_candidates(question, frame.without(settled).municipalities, deadline, limit)
    return found.onto(frame.municipalities).after(settled) if settled else found


def counted(question: Question, candidates: Candidates) -> BoolArray:
    """Tell which candidates count as a merger, shape (k,)."""
    found = np.ones(len(candidates), dtype=np.bool_)
    exempt = np.isin(candidates.municipalities, list(question.uncounted)).astype(np.int64)
    if exempt.any():
        sizes = candidates.sums(np.ones(len(candidates.municipalities), dtype=np.int64))
        found = (sizes > 1) | (candidates.sums(exempt) == 0)
    return found


def count_row(coefficients: IntArray, limits: tuple[int, int | None], most: int) -> SideConstraint:
    """Bound a number of mergers; no region has more than `most`."""
    lower, upper = limits
    return SideConstraint(coefficients, lower, most if upper is None else upper)
