"""Mergers that others enclose: which of a plan are, and the side constraints that forbid it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...instances.common.arrays import BoolArray, IntArray
from ...models.programmes.set_partition import SideConstraint
from ...models.question.neighbours import Neighbours
from ...models.question.question import Question
from ...models.question.surroundings import unframed_neighbours
from ..deadline import Deadline
from .sets import Candidates, Part, words_of


@dataclass(frozen=True, eq=False)
class Rings:
    """Who may not be enclosed among the candidates of a component; municipalities alone are left to others.

    A merger of two or more is enclosed when it has neighbours in its region, all of them in one other merger,
    and that one has others besides. For a merger K with the neighbours N(K), a plan in which no merger A
    encloses it has

        x_K + sum of x_A over the A that hold N(K) and have other neighbours besides  <=  1

    since two that both hold N(K) are in no plan together.

    Attributes
    ----------
    question : Question
    candidates : Candidates
    near : tuple of tuple of int
        Neighbours of each municipality in its region, whatever frames say.
    fixed : int
        How many of the first candidates are in every plan, and may enclose what they enclose.
    """

    question: Question
    candidates: Candidates
    near: Neighbours
    fixed: int

    @classmethod
    def of(cls, question: Question, candidates: Candidates, fixed: int) -> Rings:
        """Look at the borders of a question."""
        return cls(question, candidates, unframed_neighbours(question.instance, question.scenario), fixed)

    def broken_by(self, chosen: Sequence[int]) -> list[SideConstraint]:
        """Give the constraints that a choice of candidates breaks."""
        parts = {row: self.candidates.members(row) for row in chosen}
        part_of = {i: row for row, part in parts.items() for i in part}
        broken = []
        for row, part in parts.items():
            around = self._around(part)
            rings = {part_of.get(i, -1) for i in around}
            if len(part) < 2 or len(rings) != 1:
                continue
            ring = rings.pop()
            if ring >= self.fixed and len(parts[ring]) > 1 and self._around(parts[ring]) - set(part):
                broken.append(self._not_both(row, part, around))
        return broken

    def every(self, deadline: Deadline = Deadline()) -> list[SideConstraint]:
        """Give the constraints of all candidates that some other one encloses.

        Raises
        ------
        TimeUpError
        """
        constraints = []
        for rows in self.candidates.chunks():
            for row in (rows.start + np.flatnonzero(self._may_be_enclosed(rows))).tolist():
                deadline.check()
                part = self.candidates.members(row)
                one = self._not_both(row, part, self._around(part))
                constraints += [one] if one.coefficients.sum() > 1 else []
        return constraints

    def _may_be_enclosed(self, rows: slice) -> BoolArray:
        """Which of some candidates have two members and neighbours few enough for one merger, shape (k,)."""
        municipalities, members = self.candidates.municipalities, self.candidates.dense(rows)
        place = {i: k for k, i in enumerate(municipalities.tolist())}
        beside, beyond = np.zeros((len(place), len(place))), np.zeros(len(place))
        for i, k in place.items():
            beside[k, [place[j] for j in self.near[i] if j in place]] = 1.0
            beyond[k] = any(j not in place for j in self.near[i])
        around = (members @ beside > 0) & (members == 0)
        fits = around @ self.question.bounded[municipalities] <= self.question.scenario.population.highest
        may: BoolArray = fits & around.any(axis=1) & (members.sum(axis=1) > 1) & (members @ beyond == 0)
        return may

    def _around(self, part: Part) -> set[int]:
        return {j for i in part for j in self.near[i]} - set(part)

    def _not_both(self, row: int, part: Part, around: set[int]) -> SideConstraint:
        """Write the constraint of a merger."""
        candidates, width = self.candidates, self.candidates.words.shape[1]
        place = {i: k for k, i in enumerate(candidates.municipalities.tolist())}
        ring = words_of([place[i] for i in around], width)
        own = words_of([place[i] for i in part], width)
        holds = ((candidates.words & ring) == ring).all(axis=1) & ~(candidates.words & own).any(axis=1)
        others = [place[i] for i in self._piece(part) - set(part) if i in place]
        beyond = self._piece(part) - set(part) - set(candidates.municipalities.tolist())
        if not beyond:  # a candidate that holds all the rest has no other neighbours
            rest = words_of(others, width)
            holds &= ~((candidates.words & rest) == rest).all(axis=1)
        holds[: self.fixed] = False
        # one alone is no ring
        holds &= candidates.sums(np.ones(len(place), dtype=np.int64)) > 1
        holds[row] = True
        coefficients: IntArray = holds.astype(np.int64)
        return SideConstraint(coefficients, 0, 1)

    def _piece(self, part: Part) -> set[int]:
        """All that is connected to a part within its region."""
        piece, ahead = set(part), list(part)
        while ahead:
            new = set(self.near[ahead.pop()]) - piece
            piece |= new
            ahead += new
        return piece
