from __future__ import annotations

from collections.abc import Callable

import pytest
from refzones.instances import InputError, Instance
from refzones.models import Scenario, Scorer


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ((0,), 0.0),
        ((0, 2), 0.0),  # both in A
        ((0, 1), 1_000.0),  # B is the larger
        ((0, 1, 2), 2_000.0),
        ((2, 3), 4_000.0),
        ((3, 4), 5_000.0),  # without a zone each is one of its own
        ((0, 2, 4), 5_000.0),  # 5,000 in A, 5,000 in no zone
        ((0, 1, 2, 3, 4), 12_000.0),
    ],
)
def test_by_hand(value: Callable[..., float], members: tuple[int, ...], expected: float) -> None:
    assert value("straddle(police)", members) == expected


def test_unknown_layer_is_named(instance: Instance) -> None:
    with pytest.raises(InputError) as caught:
        Scorer(instance, Scenario.from_dict({"weights": {"straddle(polce)": 1}}))
    assert str(caught.value) == ("straddle(polce): the instance has no layer 'polce'; did you mean 'police'?")
