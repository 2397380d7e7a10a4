"""The restricted master problem of column generation: sets generated so far, each municipality in one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ....instances.common.arrays import FloatArray
from ....models.scoring.scorer import NANO
from ...deadline import Deadline
from ...engines import EngineError
from ...partition.restricted_master import MasterSolution, RestrictedMaster
from .pricing import Part


class SetMaster(RestrictedMaster[Part]):
    """Each municipality in exactly one set, fractions allowed; maximised.

    Parameters
    ----------
    size : int
        Number of municipalities.
    unserved : ndarray of float64, shape (size,)
        Points of a municipality in no set: lower than it could have in any, if the component has a plan.
    """

    def __init__(self, size: int, unserved: FloatArray) -> None:
        super().__init__([(1.0, 1.0)] * size, unserved)

    def add(self, parts: Iterable[Part], nano: Mapping[Part, int]) -> int:
        """Add sets that are no columns yet; give their number."""
        fresh = [part for part in parts if part not in self.columns]
        for part in fresh:
            self.add_column(part, [(v, 1.0) for v in part], nano[part] / NANO)
        return len(fresh)

    def price(self, nano: Mapping[Part, int] | None, unserved: FloatArray) -> None:
        """Set the points of all columns; None for 0."""
        self.reprice(lambda part: 0.0 if nano is None else nano[part] / NANO, unserved)

    def solve(self, deadline: Deadline = Deadline()) -> MasterSolution:
        """Solve the programme with the sets it has.

        Raises
        ------
        EngineError
            No duals are to be had.
        """
        solution = super().solve(deadline)
        if solution is None:
            raise EngineError("the linear relaxation could not be solved")
        return solution
