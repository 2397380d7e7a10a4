from __future__ import annotations

from collections.abc import Callable

import pytest
from refzones.instances import InputError
from refzones.models import Scenario


@pytest.mark.parametrize(
    ("members", "expected"), [((0, 1), 1_500.0), ((1, 2), 0.0), ((2, 3), 12_000.0), ((0,), 1_000 * 5 / 6)]
)
def test_by_hand(value: Callable[..., float], members: tuple[int, ...], expected: float) -> None:
    assert value("size", members, size={"target": 6_000}) == pytest.approx(expected, rel=1e-15)


def test_default_target(value: Callable[..., float]) -> None:
    assert value("size", (0, 1, 2, 3, 4)) == pytest.approx(20_000 * 2 / 3)


@pytest.mark.parametrize(
    ("size", "message"),
    [
        ({"target": 0}, "scenario, value '0': size.target: must be more than 0"),
        ({"targt": 9}, "scenario: unknown key 'size.targt'; did you mean 'target'?"),
    ],
)
def test_bad_targets(size: dict[str, int], message: str) -> None:
    with pytest.raises(InputError) as caught:
        Scenario.from_dict({"size": size})
    assert str(caught.value) == message
