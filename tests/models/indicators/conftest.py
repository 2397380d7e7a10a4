"""One small instance whose indicators can be worked out by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from refzones.instances import Instance
from refzones.models import Scenario
from refzones.models.indicators import build_indicator
from refzones.models.indicators.base import AdditiveIndicator
from support.build import build_instance

Value = Callable[..., float | None]


@pytest.fixture(scope="package")
def bodies() -> Instance:
    """Eight municipalities in a row, 3 km apart; two layers, in one of which the last has no zone."""
    return build_instance(
        [1_000, 2_000, 4_000, 8_000, 5_000, 3_000, 6_000, 7_000],
        [(i, i + 1) for i in range(7)],
        points=[(3_000.0 * i, 0.0) for i in range(8)],
        classes=["a1", "c3", "c2", "c3", "c3", "c3", "c3", "c3"],
        layers={
            "police": ["A", "A", "B", "B", "B", "C", "D", "D"],
            "fire": ["North"] * 7 + [""],
        },
        functions={"hospital": [1, 0, 0, 0, 0, 0, 0, 0], "rail": [0, 0, 5, 0, 0, 0, 0, 5]},
    )


@pytest.fixture(scope="package")
def value(bodies: Instance) -> Value:
    """Value of parts in one indicator: ``value("bodies(all)", (0, 1), (2,))``."""

    def of(name: str, *parts: Sequence[int], **asked: object) -> float | None:
        indicator = build_indicator(name, bodies, Scenario.from_dict({"weights": {}, **asked}))
        assert isinstance(indicator, AdditiveIndicator)
        found = indicator.of_plan(parts)
        for row, part in enumerate(parts):
            # the same from the columns of its own members
            own = indicator.amounts(np.ones((1, len(part))), np.array(sorted(part)))
            assert own.tolist() == [found.numbers[row]]
        return found.value(range(len(parts)))

    return of
