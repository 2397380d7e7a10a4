"""What a good plan may lack, as users write it."""

from __future__ import annotations

import pytest
from refzones.instances import InputError
from refzones.solver.plan_sets.alternatives import Loss


@pytest.mark.parametrize(
    ("text", "best", "nano"),
    [
        ("0", 7, 0),
        ("0.05", 7, 50_000_000),
        ("0,05", 7, 50_000_000),
        ("1%", 200, 2),
        ("1 %", -250, 2),
        ("0.1%", 3_000_000_000, 3_000_000),
        ("1e-9", 0, 1),
        ("0.3", 0, 300_000_000),
    ],
)
def test_points_and_shares(text: str, best: int, nano: int) -> None:
    assert Loss.read(text).nano(best) == nano


@pytest.mark.parametrize("text", ["", "%", "a", "nan", "inf", "1/3", "1%%", "-1", "-0.5%"])
def test_what_is_no_loss(text: str) -> None:
    with pytest.raises(InputError, match="loss must"):
        Loss.read(text)
