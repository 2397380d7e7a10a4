from __future__ import annotations

from collections.abc import Callable

import pytest


def test_who_shares_a_municipality_with_the_centre(value: Callable[..., float]) -> None:
    """The only centre is 0, and all turn to it."""
    assert value("orientation", (0,), (1,)) == pytest.approx(100 * 1_000 / 3_000)
    assert value("orientation", (0, 1), (2,)) == pytest.approx(100 * 3_000 / 7_000)
    assert value("orientation", tuple(range(8))) == 100
