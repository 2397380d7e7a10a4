from __future__ import annotations

from collections.abc import Callable

import pytest


def test_it_is_a_mean_over_municipalities(value: Callable[..., float]) -> None:
    before = value("bodies(all)", *[(i,) for i in range(8)])
    assert before == 15 / 8  # one has no fire zone
    assert value("bodies(all)", (0, 1), (2, 3, 4), (5, 6), (7,)) == 8 / 4


@pytest.mark.parametrize(("layer", "expected"), [("police", 2.0), ("fire", 1.0), ("all", 3.0)])
def test_a_divided_merger_deals_with_several_bodies_of_a_layer(
    value: Callable[..., float], layer: str, expected: float
) -> None:
    assert value(f"bodies({layer})", (1, 2)) == expected
