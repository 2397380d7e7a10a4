"""One region under many weightings: its candidates stay, and so does what is known about good plans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from ....instances.common.arrays import IntArray
from ....models.programmes.set_partition import SideConstraint
from ...candidates.region import FrameListing, Part, RegionListing
from ...deadline import Deadline, TimeUpError
from ...engines import Engine
from ...partition.exact_cover import ExactCover, SearchLimitError
from ...partition.fixing import FrameAnswer, solve_partition
from ...partition.relaxation import Relaxation, Relaxer
from ...results.status import Status, status_of

_SEARCHED = 1_000  # candidates up to which a search from a known plan is faster than an integer programme
_NODES = 20_000
# of the restricted programme, before it is begun afresh: measured best between 300 and 3,000
_MOST_COLUMNS = 1_500
_MOST_PLANS = 500  # of which the score is looked up under new weights
_WHOLE = 1e-6


@dataclass
class RepeatedFrame:
    """A frame that is solved again and again under other scores.

    The relaxation keeps its columns and its basis. A plan that was best under other scores is still a plan:
    its score under the new ones bounds the slack that a candidate of an optimum may have (reduced-cost
    fixing), and the exact search over what is left proves the optimum and breaks ties by rule, as
    `solve_partition` does. So what was solved before makes an answer faster, never another one. Where no
    known plan is near enough, `solve_partition` itself answers.
    """

    listed: FrameListing
    sides: tuple[SideConstraint, ...]
    engine: Engine
    _plans: dict[tuple[int, ...], IntArray] = field(default_factory=dict)
    _relaxer: Relaxer | None = None
    _infeasible: bool = False

    def solve(self, nano: IntArray, seed: int = 0, deadline: Deadline = Deadline()) -> FrameAnswer:
        """Find and prove the best partition; see `solve_partition`.

        Parameters
        ----------
        nano : ndarray of int64, shape (k,)
            Score of each candidate.
        seed : int
        deadline : Deadline
        """
        if self._infeasible:  # under any scores
            return FrameAnswer(infeasible=True, proof="relaxation")
        found, relaxed = None, None
        if self._plans:
            relaxed = self._relax(nano, deadline)
            self._note_whole_solution()
            found = self._from_known(nano, relaxed, deadline)
        if found is None:
            found = solve_partition(
                self.listed.candidates, nano, self.engine, sides=self.sides, seed=seed, deadline=deadline
            )
            if relaxed is not None and found.status in ("feasible", "no plan within limit"):
                found = self._at_least_known(nano, relaxed, found)
        self._infeasible = found.infeasible
        if found.chosen:
            self._note(found.chosen)
        return found

    def _relax(self, nano: IntArray, deadline: Deadline) -> Relaxation:
        if self._relaxer is None or self._relaxer.columns > _MOST_COLUMNS:
            self._relaxer = Relaxer(self.listed.candidates, nano, self.sides)
        else:
            self._relaxer.reprice(nano)
        return self._relaxer.run(deadline)

    def _note(self, chosen: tuple[int, ...]) -> None:
        """Remember a plan as the latest; of too many the oldest is forgotten."""
        key = tuple(sorted(chosen))
        self._plans.pop(key, None)
        self._plans[key] = np.array(key, dtype=np.int64)
        if len(self._plans) > _MOST_PLANS:
            del self._plans[next(iter(self._plans))]

    def _note_whole_solution(self) -> None:
        """Take the solution of the relaxation as a plan, where it is one."""
        assert self._relaxer is not None
        chosen, values = self._relaxer.solution()
        if not len(chosen) or (values < 1 - _WHOLE).any():
            return
        covered = self.listed.candidates.dense(chosen).sum(axis=0)
        sums = [int(side.coefficients[chosen].sum()) for side in self.sides]
        kept = all(side.lower <= total <= side.upper for side, total in zip(self.sides, sums, strict=True))
        if (covered == 1).all() and kept:
            self._note(tuple(chosen.tolist()))

    def _best_known(self, nano: IntArray) -> tuple[int, IntArray]:
        """Score of the best known plan, and the plan."""
        scores = [int(nano[rows].sum()) for rows in self._plans.values()]
        best = max(range(len(scores)), key=scores.__getitem__)
        return scores[best], list(self._plans.values())[best]

    def _from_known(self, nano: IntArray, relaxed: Relaxation, deadline: Deadline) -> FrameAnswer | None:
        """Prove an optimum from the best known plan; None where too much is open for that."""
        candidates = self.listed.candidates
        budget = relaxed.bound - self._best_known(nano)[0]
        kept = np.flatnonzero(relaxed.slack <= budget)
        if len(kept) > _SEARCHED:
            return None
        cover = ExactCover(
            len(candidates.municipalities),
            [tuple(np.flatnonzero(row).tolist()) for row in candidates.dense(kept)],
            relaxed.slack[kept].tolist(),
            [side.take(kept) for side in self.sides],
            relaxed.prices,
            node_limit=_NODES,
            deadline=deadline,
        )
        try:
            found = cover.best(budget)
        except (SearchLimitError, TimeUpError):
            return None
        assert found is not None, "the known plan itself is within its slack"
        chosen = kept[list(found[1])]
        score = int(nano[chosen].sum())
        return FrameAnswer(tuple(chosen.tolist()), score, score, len(kept), "search")

    def _at_least_known(self, nano: IntArray, relaxed: Relaxation, found: FrameAnswer) -> FrameAnswer:
        """Out of time: the best plan known, with the lowest bound known."""
        score, rows = self._best_known(nano)
        bound = min(relaxed.bound, found.bound) if found.bound is not None else relaxed.bound
        if found.score is None or score > found.score:
            return replace(found, chosen=tuple(rows.tolist()), score=score, bound=bound)
        return replace(found, bound=bound)


@dataclass(frozen=True)
class RegionAnswer:
    """The answer for a region in one setting.

    Attributes
    ----------
    parts : tuple of tuple of int
        Members of each merger, by first member; empty without a plan.
    score, bound : int or None
        In nano-points.
    infeasible : bool
        Whether it is proved that there is no plan.
    """

    parts: tuple[Part, ...]
    score: int | None
    bound: int | None
    infeasible: bool = False

    @property
    def status(self) -> Status:
        """What follows from score and bound, and from the proof that there is no plan."""
        return status_of(self.score, self.bound, infeasible=self.infeasible)


class RepeatedRegion:
    """A region that is answered under many weightings.

    Parameters
    ----------
    listing : RegionListing
    by : Engine
    """

    def __init__(self, listing: RegionListing, by: Engine) -> None:
        self.listing = listing
        self._frames = [
            RepeatedFrame(listed, sides, by)
            for listed, sides in zip(listing.frames, listing.sides, strict=True)
        ]

    @property
    def candidates(self) -> int:
        """Number of candidates in all frames."""
        return sum(len(listed.candidates) for listed in self.listing.frames)

    def solve(
        self, weights: Mapping[str, float], *, seed: int = 0, deadline: Deadline = Deadline()
    ) -> RegionAnswer:
        """Find and prove the best plan of the region under some weights.

        Raises
        ------
        InputError
            The weights are too heavy for this instance.
        EngineError
        """
        answers = [
            frame.solve(nano, seed, deadline)
            for frame, nano in zip(self._frames, self.listing.nano(weights), strict=True)
        ]
        if any(answer.infeasible for answer in answers):
            return RegionAnswer((), None, None, infeasible=True)
        bounds = [answer.bound for answer in answers if answer.bound is not None]
        bound = sum(bounds) if len(bounds) == len(answers) else None
        if any(answer.score is None for answer in answers):
            return RegionAnswer((), None, bound)
        parts = [part for k, answer in enumerate(answers) for part in self.listing.parts(k, answer.chosen)]
        score = sum(answer.score for answer in answers if answer.score is not None)
        return RegionAnswer(tuple(sorted(parts)), score, bound)
