from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from refzones.instances import InputError, Instance
from refzones.models import Scenario, Scorer
from support.build import build_instance

SCENARIO = Scenario.from_dict({"weights": {"fiscal": 1}})


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ((0,), 500.0),  # 10,000 euro an inhabitant, half the mean
        ((1,), 1_000.0),  # 30,000 euro
        ((2, 3), 0.0),
        ((4,), 500.0),
        ((0, 1), 500.0),
        ((0, 1, 2, 3, 4), 0.0),
    ],
)
def test_by_hand(value: Callable[..., float], members: tuple[int, ...], expected: float) -> None:
    assert value("fiscal", members) == pytest.approx(expected, rel=1e-12)


def test_without_incomes_the_message_says_what_to_add(instance: Instance) -> None:
    with pytest.raises(InputError) as caught:
        Scorer(replace(instance, attributes={}), SCENARIO)
    assert str(caught.value) == (
        "fiscal: the instance has no attribute 'net_taxable_income_eur'; leave the term out, or add "
        "the total "
        "net taxable income in euro with: refzones instance add-attributes small FILE --as "
        "net_taxable_income_eur --out FOLDER"
    )


def test_incomes_of_nothing_have_no_mean(instance: Instance) -> None:
    with pytest.raises(InputError, match="the incomes of all municipalities sum to 0; correct the column"):
        Scorer(replace(instance, attributes={"net_taxable_income_eur": np.zeros(5)}), SCENARIO)


def test_who_has_no_inhabitants_has_no_gap() -> None:
    instance = build_instance([0, 100], [(0, 1)], attributes={"net_taxable_income_eur": [5.0, 100.0]})
    scores = Scorer(instance, SCENARIO).score(np.eye(2), np.arange(2))
    assert scores.values[0].tolist() == [0.0]
    assert scores.values[1, 0] > 0
