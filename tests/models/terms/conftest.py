"""One small instance whose term values can be worked out by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from refzones.instances import Instance
from refzones.models import Scenario
from refzones.models.terms import build_term
from support.build import build_instance

Value = Callable[..., float]


@pytest.fixture(scope="package")
def instance() -> Instance:
    """Five municipalities: three on a triangle of 3, 4 and 5 km, and two more."""
    return build_instance(
        [1_000, 2_000, 4_000, 8_000, 5_000],
        [(0, 1), (1, 2), (2, 3), (3, 4)],
        points=[(0, 0), (3_000, 0), (0, 4_000), (6_000, 8_000), (6_000, 8_000)],
        merged_in={1: 2019, 3: 2025},
        layers={"police": ["A", "B", "A", "", ""]},
        functions={"hospital": [0, 0, 250, 0, 0], "rail": [0, 0.5, 1, 0, 0], "centre": [0, 0, 0, 0, 0]},
        # 20,000 euro an inhabitant over all
        attributes={"net_taxable_income_eur": [10_000_000.4, 60e6, 80e6, 160e6, 90e6]},
        # 100 people between municipalities, once in whole hundredths
        flows={(0, 1): 30.0, (1, 0): 10.004, (2, 2): 999.0, (3, 4): 59.996, (0, 4): 0.0},
    )


@pytest.fixture(scope="package")
def value(instance: Instance) -> Value:
    """Value of one set in one term: ``value("distance", (0, 1))``."""

    def of(name: str, members: Sequence[int], **parts: object) -> float:
        term = build_term(name, instance, Scenario.from_dict(parts))
        row = np.isin(np.arange(5), members).astype(np.float64)[None, :]
        (found,) = term.values(row, np.arange(5)).tolist()
        # the same from the columns of its own members, and beside all other sets
        own = term.values(np.ones((1, len(members))), np.array(sorted(members)))
        assert own.tolist() == [found]
        rows = np.array([[s >> i & 1 for i in range(5)] for s in range(1, 32)], dtype=np.float64)
        place = sum(1 << i for i in members) - 1
        assert term.values(rows, np.arange(5))[place] == found
        return float(found)

    return of
