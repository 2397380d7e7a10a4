"""Stabilised duals, and the columns of a pool that look best by them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import numpy as np

from ....instances.common.arrays import FloatArray, IntArray
from ....models.scoring.scorer import NANO
from ...engines import EngineError
from ...partition.restricted_master import MasterSolution
from .columns import Columns, as_candidates
from .master import SetMaster
from .params import StabilisationParams
from .pricing import Part
from .pricing_data import PricingData


@dataclass
class DualStabilisation:
    """Averages the duals of programmes near the restricted one.

    Where a plan alone solves the restricted programme, its duals are far from unique, and a vertex of their
    polytope says little about sets that are no columns yet: many rounds of pricing then change nothing. The
    mean of vertices for which random amounts near 1 have to be covered lies inside (interior point
    stabilisation: Rousseau, Gendreau and Feillet 2007). No column beats it either, and it sums to little more
    than the value of the programme.

    Attributes
    ----------
    master : SetMaster
    params : StabilisationParams
    """

    master: SetMaster
    params: StabilisationParams = field(default_factory=StabilisationParams)
    _rng: np.random.Generator = field(default_factory=lambda: np.random.default_rng(0))

    def solve(self) -> tuple[MasterSolution, FloatArray]:
        """Solve the programme; give its solution, and stabilised duals."""
        size = self.master.size
        vertices = []
        params = self.params
        for _ in range(min(params.most, max(params.fewest, params.together // size))):
            self.master.cover(1.0 + params.tilt * (2.0 * self._rng.random(size) - 1.0))
            with suppress(EngineError):  # without artificial columns there may be no way to cover this
                vertices.append(self.master.solved().duals)
        self.master.cover(np.ones(size))
        solved = self.master.solved()
        mean: FloatArray = np.mean(vertices or [solved.duals], axis=0)
        return solved, mean


def take_from_pool(
    columns: Columns,
    stabilisation: DualStabilisation,
    data: PricingData,
    plan: list[Part],
    pool: Mapping[Part, int],
) -> None:
    """Let the sets of a pool enter that look best by the duals so far, a few rounds of them.

    The first duals are those of the plan: what a part scores, shared by inhabitants.

    Parameters
    ----------
    columns : Columns
    stabilisation : DualStabilisation
    data : PricingData
    plan : list of Part
    pool : mapping of Part to int
        Admissible sets as places in the component, with their scores in nano-points.
    """
    if not pool:
        return
    parts, params = list(pool), stabilisation.params
    points = np.array([pool[part] for part in parts], dtype=np.float64) / NANO
    sets = as_candidates(columns.municipalities, parts)
    duals = _of_plan(columns, data, plan)
    for _ in range(params.rounds):
        size = len(columns.municipalities)
        rank = np.argsort(sets.sums(duals[:size]) - points, kind="stable")[: max(params.pooled, 2 * size)]
        some = [parts[k] for k in rank.tolist()]
        columns.nano.update((part, pool[part]) for part in some)
        stabilisation.master.add(some, columns.nano)
        _, duals = stabilisation.solve()


def _of_plan(columns: Columns, data: PricingData, plan: list[Part]) -> FloatArray:
    duals = np.zeros(len(columns.municipalities))
    for part in plan:
        inhabitants = np.maximum(1.0, data.people[list(part)])
        duals[list(part)] = columns.nano[part] / NANO * inhabitants / inhabitants.sum()
    return duals


def open_seats(most: FloatArray) -> IntArray:
    """Seats for which a search found a set, or was given up."""
    return np.flatnonzero(most > 0.0).astype(np.int64)


__all__ = ["DualStabilisation", "open_seats", "take_from_pool"]
