"""Sets of centres within a limit: all of them, compiled and not."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from refzones.solver.methods.compact.centres import sets as sets_module
from refzones.solver.methods.compact.centres.bounding import bound_sets
from refzones.solver.methods.compact.centres.params import SetParams
from refzones.solver.methods.compact.centres.prices import Ascent, first_prices
from refzones.solver.methods.compact.centres.sets import CentreSets

from .test_smoothing import drawn


@pytest.mark.parametrize("seed", range(6))
def test_no_set_within_the_limit_is_missing(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = drawn(seed, 16, 3)
    every = np.array(list(combinations(range(16), 3)))
    bounds = bound_sets(problem, every, np.inf, 20).bounds
    limit = float(np.quantile(bounds[np.isfinite(bounds)], 0.1))
    ascent = Ascent(problem, 3, first_prices(problem))
    ascent.climb(limit, 100)
    found = []
    for fast in (True, False):
        if not fast:
            monkeypatch.setattr(sets_module, "fast_longer", lambda: None)
        # few are many here, so that new prices are made
        listed = CentreSets(problem, 3, params=SetParams(many=20, sampled=8))
        listed.prepare(ascent)
        given, given_bounds, _ = listed.within(limit)
        assert (np.diff(given_bounds) >= 0).all()
        assert len(listed.rows) > 1
        found.append({tuple(sorted(row)) for row in given.tolist()})
    wanted = {tuple(row) for row in every[bounds <= limit * (1 - 1e-6)].tolist()}
    assert len(wanted) > 20
    assert wanted <= found[0]
    assert found[0] == found[1]
