"""The variables that assign municipalities to the root of their part, and the programme that they are in.

    x_ij = 1 when municipality i is in the part whose root is j; x_jj = 1 when j is a root

(Hess, Weaver, Siegfeldt, Whelan and Zitlau 1965). Terms write their linear forms in them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...instances.common.arrays import BoolArray, FloatArray, IntArray
from .builder import ProgrammeBuilder
from .centres import put_centres


@dataclass(frozen=True)
class AssignmentVariables:
    """The variables x of a component, and the programme that they are part of.

    Municipalities are numbered by their place in the component.

    Attributes
    ----------
    municipalities : ndarray of int64, shape (m,)
        Index in the instance of each municipality, ascending.
    seated : str
        Name of the term whose seat is the root; empty where the root is the first member in some order.
    x : ndarray of int64, shape (m, m)
        Column of x_ij, -1 where i cannot be in the part of j.
    builder : ProgrammeBuilder
    """

    municipalities: IntArray
    seated: str
    x: IntArray
    builder: ProgrammeBuilder

    @property
    def allowed(self) -> BoolArray:
        """Whether i (row) can be in the part of j (column), shape (m, m)."""
        return self.x >= 0

    @property
    def roots(self) -> IntArray:
        """Municipalities that can be a root, ascending."""
        return np.flatnonzero(np.diagonal(self.x) >= 0).astype(np.int64)

    def pairs(self, where: BoolArray | None = None) -> tuple[IntArray, IntArray]:
        """Municipalities and roots of the variables, those of the roots themselves left out."""
        pairs = self.allowed & ~np.eye(len(self.municipalities), dtype=np.bool_)
        i, j = np.nonzero(pairs if where is None else pairs & where)
        return i.astype(np.int64), j.astype(np.int64)

    def cost_to_seat(self, term: str, amounts: FloatArray, may: BoolArray | None = None) -> None:
        """Make a member i of a part with seat j, as a term places it, cost ``amounts[i, j]``; shape (m, m).

        The seat is the member for which this sums to the least over the part, among those that may be it:
        ``may[i, j]`` says whether i may be in a part with seat j; by default it may.
        """
        if term == self.seated:
            self.builder.cost(self.x, np.where(self.allowed, amounts, 0.0))
        else:
            allowed = np.ones_like(self.allowed) if may is None else may
            put_centres(self.builder, self.x, amounts, allowed)

    def holding(self, has: BoolArray) -> BoolArray:
        """Say which parts (columns) can hold one of some municipalities, shape (m,)."""
        return np.asarray(self.allowed[has].any(axis=0), dtype=np.bool_)
