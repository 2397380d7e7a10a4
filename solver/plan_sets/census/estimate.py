"""An unbiased estimate of the number of plans, where they cannot be counted."""

from __future__ import annotations

import random
from dataclasses import dataclass
from math import inf, sqrt

import numpy as np

from ....instances.common.arrays import IntArray
from ....instances.instance import Instance
from ...candidates.region import ListedComponent, RegionListing
from ...candidates.sets import Candidates
from ...deadline import Deadline
from .graph import sweep_order


@dataclass(frozen=True)
class Estimate:
    """An unbiased estimate.

    Attributes
    ----------
    count : float
    error : float
        Standard error of `count`, itself estimated from the spread of the probes; infinite without probes.
    probes : int
    """

    count: float
    error: float
    probes: int


def estimate(listed: RegionListing, probes: int, seed: int, deadline: Deadline = Deadline()) -> Estimate:
    """Estimate the number of plans of a region by random probes.

    A probe divides the region from one end to the other: among the mergers of the first municipality left
    that still fit it takes one at random. The product of the numbers that it had to choose from, or 0 where
    it ends without a plan, has the number of plans as its mean (Knuth 1975).

    Parameters
    ----------
    listed : RegionListing
    probes : int
        As many as the deadline allows, at least two.
    seed : int
    deadline : Deadline

    Returns
    -------
    Estimate
        Where plans are many and few probes end with one, the true number is more often above the estimate
        than below it, and the error is underestimated as well.
    """
    generator = random.Random(seed)
    components = [_Component.of(listed.question.instance, one) for one in listed.components]
    products: list[float] = []
    while len(products) < probes and (len(products) < 2 or not deadline.passed):
        product = 1.0
        # side constraints bind components together in one, so components are independent
        for component in components:
            product *= component.probe(generator)
            if not product:
                break
        products.append(product)
    number = len(products)
    mean = sum(products) / number
    spread = sum((one - mean) ** 2 for one in products)
    error = sqrt(spread / (number - 1) / number) if number > 1 else inf
    return Estimate(mean, error, number)


@dataclass(frozen=True)
class _Component:
    """Candidates of a component by their first municipality, and what they add to side constraints."""

    candidates: Candidates
    starts: IntArray
    adds: IntArray
    lower: IntArray
    upper: IntArray

    @classmethod
    def of(cls, instance: Instance, listed: ListedComponent) -> _Component:
        sides = listed.constraints
        candidates = listed.candidates.onto(sweep_order(instance, listed.component.municipalities))
        lowest = candidates.dense().argmax(axis=1) if len(candidates) else np.zeros(0, dtype=np.int64)
        order = np.argsort(lowest, kind="stable")
        adds = np.array([side.coefficients[order] for side in sides], dtype=np.int64).reshape(
            len(sides), len(candidates)
        )
        return cls(
            candidates.take(order),
            np.searchsorted(lowest[order], np.arange(len(candidates.municipalities) + 1)).astype(np.int64),
            adds,
            np.array([side.lower for side in sides], dtype=np.int64),
            np.array([side.upper for side in sides], dtype=np.int64),
        )

    def probe(self, generator: random.Random) -> float:
        """Divide the component once; see `estimate`."""
        size = len(self.candidates.municipalities)
        words = self.candidates.words
        covered = np.zeros(words.shape[1], dtype=np.uint64)
        sums = np.zeros(len(self.lower), dtype=np.int64)
        product = 1.0
        for vertex in range(size):
            if covered[vertex // 64] >> np.uint64(vertex % 64) & np.uint64(1):
                continue
            rows = slice(int(self.starts[vertex]), int(self.starts[vertex + 1]))
            fits = ~(words[rows] & covered).any(axis=1)
            fits &= (sums[:, None] + self.adds[:, rows] <= self.upper[:, None]).all(axis=0)
            open_ones = np.flatnonzero(fits)
            if not len(open_ones):
                return 0.0
            product *= len(open_ones)
            chosen = rows.start + int(open_ones[generator.randrange(len(open_ones))])
            covered = covered | words[chosen]
            sums = sums + self.adds[:, chosen]
        return product if (sums >= self.lower).all() else 0.0
