"""Pricing: the best sets under dual values, seat by seat, with what is proved of those not found."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib.util import find_spec
from types import ModuleType

import numpy as np

from ....instances.common.arrays import FloatArray, IntArray
from ...candidates.compiled import call_in_time
from ...deadline import Deadline, TimeUpError
from ..reach_kernel import reached_in_turn
from .pricing_data import PricingCoefficients, PricingData

Part = tuple[int, ...]

_SLICE = 16  # seats that a thread works on at a time


def is_available() -> bool:
    """Whether numba is installed, which compiles the search."""
    return find_spec("numba") is not None


def _kernel() -> ModuleType:
    from . import kernel

    return kernel


@dataclass(frozen=True)
class Priced:
    """What a search found.

    Attributes
    ----------
    sets : list of tuple of int
        Vertices, ascending.
    values : ndarray of float64, shape (sets,)
        Reduced cost of each, in points.
    most : ndarray of float64, shape (m,)
        No set with this seat has a higher reduced cost; infinite where the search was given up.
    branches : int
        Sets looked at in some setting.
    """

    sets: list[Part]
    values: FloatArray
    most: FloatArray
    branches: int

    @property
    def is_complete(self) -> bool:
        """Whether no search was given up."""
        return not bool(np.isposinf(self.most).any())


@dataclass
class Pricer:
    """Searches a component for sets of two or more; keeps what does not change with prices."""

    data: PricingData
    workers: int | None = None
    branches: int = 0
    _reach: list[IntArray] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        data = self.data
        self.width = 1 + int(np.searchsorted(np.cumsum(np.sort(data.counted)), data.high, side="right"))

    def keeps_rules(self, part: Part) -> bool:
        """Whether a connected set within the bounds keeps all other rules."""
        return bool(_kernel().keeps_rules(self.data, np.array(part, dtype=np.int64)))

    def best(
        self,
        coefficients: PricingCoefficients,
        duals: FloatArray,
        theta: float,
        *,
        limit: int,
        keep: int,
        deadline: Deadline = Deadline(),
        seats: IntArray | None = None,
    ) -> Priced:
        """Find the `keep` best sets of each seat with a reduced cost above `theta`.

        Parameters
        ----------
        coefficients : PricingCoefficients
        duals : ndarray of float64, shape (m,)
            Points.
        theta : float
            Points.
        limit : int
            Branches a seat after which its search is given up.
        keep : int
        deadline : Deadline
        seats : ndarray of int64, optional
            All by default.

        Raises
        ------
        TimeUpError
        """
        return self._run(coefficients, duals, theta, limit, keep, True, deadline, seats)

    def all_above(
        self,
        coefficients: PricingCoefficients,
        duals: FloatArray,
        theta: float,
        *,
        limit: int,
        most: int,
        deadline: Deadline,
    ) -> Priced:
        """Find all sets with a reduced cost above `theta`, if they are no more than `most` a seat.

        Raises
        ------
        TimeUpError
        """
        return self._run(coefficients, duals, theta, limit, most, False, deadline, None)

    def _run(
        self,
        coefficients: PricingCoefficients,
        duals: FloatArray,
        theta: float,
        limit: int,
        keep: int,
        keep_best: bool,
        deadline: Deadline,
        seats: IntArray | None,
    ) -> Priced:
        if not self._reach:
            self._reach = self._reached(deadline)
        wanted = np.arange(len(self._reach)) if seats is None else seats
        most = np.full(len(self._reach), -np.inf)
        # seats beside each other cost alike: dealt out in turn, slices do too
        count = max(1, len(wanted) // _SLICE)
        slices = [wanted[k::count] for k in range(count)]

        def work(some: IntArray) -> tuple[list[tuple[Part, float]], int]:
            pairs, branches = [], 0
            for j in some.tolist():
                deadline.check()
                sets, most[j], looked = self._of_seat(
                    coefficients, duals, theta, limit, keep, keep_best, j, deadline
                )
                pairs += sets
                branches += looked
            return pairs, branches

        with ThreadPoolExecutor(max_workers=self.workers or os.cpu_count() or 1) as pool:
            done = list(pool.map(work, slices))
        together = sorted(pair for pairs, _ in done for pair in pairs)
        branches = sum(looked for _, looked in done)
        self.branches += branches
        values = np.array([value for _, value in together])
        return Priced([part for part, _ in together], values, most, branches)

    def _reached(self, deadline: Deadline) -> list[IntArray]:
        """List what may share a set with each seat."""
        data = self.data
        graph = data.start, data.near, data.counted, data.high, data.rank
        return list(reached_in_turn(*graph, deadline=deadline))

    def _of_seat(
        self,
        coefficients: PricingCoefficients,
        duals: FloatArray,
        theta: float,
        limit: int,
        keep: int,
        keep_best: bool,
        j: int,
        deadline: Deadline,
    ) -> tuple[list[tuple[Part, float]], float, int]:
        """Sets with values, a bound on all of them, and branches."""
        kernel = _kernel()
        reach = self._reach[j]
        if len(reach) < 2:
            return [], -np.inf, 0
        room = keep if keep_best else min(keep, 1 << 10)
        while True:
            priced = kernel.PricedSets(
                np.zeros((room, min(len(reach), self.width)), np.int32),
                np.zeros(room, np.int64),
                np.zeros(room),
                np.zeros(kernel.COUNTS, np.int64),
                np.array([theta]),
            )
            call_in_time(
                kernel.search, deadline, self.data, coefficients, duals, reach, limit, keep_best, priced
            )
            count, given_up, branches = priced.counts[:3].tolist()
            if keep_best or not given_up or branches >= limit or room >= keep:
                break
            room = min(keep, 8 * room)
        rows = zip(priced.members[:count], priced.sizes.tolist(), priced.values.tolist(), strict=False)
        sets = [(tuple(sorted(row[:size].tolist())), value) for row, size, value in rows]
        most = max([theta, *(value for _, value in sets)])
        return sets, np.inf if given_up else most, branches


__all__ = ["Part", "Priced", "Pricer", "TimeUpError", "is_available"]
