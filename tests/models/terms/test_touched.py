from __future__ import annotations

from collections.abc import Callable

import pytest
from refzones.instances import InputError, Instance
from refzones.models import Scenario, Scorer


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ((0,), 1.0),
        ((0, 2), 1.0),  # both in A
        ((0, 1), 2.0),
        ((3, 4), 2.0),  # without a zone each is one of its own
        ((0, 1, 2, 3, 4), 4.0),
    ],
)
def test_by_hand(value: Callable[..., float], members: tuple[int, ...], expected: float) -> None:
    assert value("touched(police)", members) == expected


def test_unknown_layer_is_named(instance: Instance) -> None:
    with pytest.raises(InputError) as caught:
        Scorer(instance, Scenario.from_dict({"weights": {"touched(polce)": 1}}))
    assert str(caught.value) == "touched(polce): the instance has no layer 'polce'; did you mean 'police'?"
