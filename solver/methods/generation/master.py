"""The restricted master problem of column generation: sets generated so far, each municipality in one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain

import numpy as np

from ....instances.common.arrays import FloatArray
from ....models.scoring.scorer import NANO
from ...deadline import Deadline
from ...engines import EngineError
from ...partition.restricted_master import MasterSolution, RestrictedMaster
from .pricing import Part


class SetMaster(RestrictedMaster[Part]):
    """Each municipality in exactly one set, and a number of sets, fractions allowed; maximised.

    Parameters
    ----------
    size : int
        Number of municipalities.
    unserved : ndarray of float64, shape (size,) or (size + 1,)
        Points of a municipality in no set: lower than it could have in any, if the component has a plan. Then
        those of a set that is missing.
    deadline : Deadline
    number : tuple of int, optional
        Bounds on the number of sets, which has the last row; by default any will do, and it has none.
    """

    def __init__(
        self,
        size: int,
        unserved: FloatArray,
        deadline: Deadline = Deadline(),
        number: tuple[int, int] | None = None,
    ) -> None:
        bounds = [(1.0, 1.0)] * size
        if number is not None:
            bounds.append((float(number[0]), float(number[1])))
        super().__init__(bounds, unserved)
        self.size = size
        self.deadline = deadline

    def add(self, parts: Iterable[Part], nano: Mapping[Part, int]) -> int:
        """Add sets that are no columns yet; give their number."""
        fresh = [part for part in dict.fromkeys(parts) if part not in self.columns]
        each = range(self.size, len(self.rows))  # the row of the number, where there is one
        rows = np.fromiter(chain.from_iterable((*part, *each) for part in fresh), dtype=np.int64)
        places = np.repeat(np.arange(len(fresh)), [len(part) + len(each) for part in fresh])
        points = np.array([nano[part] for part in fresh], dtype=np.float64) / NANO
        self.add_columns(fresh, (rows, places, np.ones(len(rows))), points)
        return len(fresh)

    def price(self, nano: Mapping[Part, int] | None, unserved: FloatArray) -> None:
        """Set the points of all columns; None for 0."""
        self.reprice(lambda part: 0.0 if nano is None else nano[part] / NANO, unserved)

    def solved(self) -> MasterSolution:
        """Solve the programme with the sets it has.

        Raises
        ------
        EngineError
            No duals are to be had.
        TimeUpError
        """
        self.deadline.check()
        solution = self.solve(self.deadline)
        if solution is None:
            self.deadline.check()
            raise EngineError("the linear relaxation could not be solved")
        return solution
