from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from refzones.instances import Borders, Change, Flows, Instance
from refzones.instances.merging.products import Product
from refzones.instances.merging.second_reading import check_merged
from refzones.instances.merging.uniting import united

PRODUCTS = [Product((3,), 3, "1004", "Dee", ""), Product((0, 1, 2), 0, "1009", "New", "a1")]
CHANGES = [Change(2031, code, "", "1009", "New") for code in ("1001", "1002", "1003")]


@pytest.fixture
def made(four: Instance) -> Instance:
    return united(four, PRODUCTS, 2031, ["income"])


def test_a_right_one_passes(four: Instance, made: Instance) -> None:
    check_merged(four, made, CHANGES)


@pytest.mark.parametrize(
    ("what", "spoil"),
    [
        ("inhabitants", lambda i: replace(i, population=i.population + np.array([1, 0]))),
        ("area", lambda i: replace(i, area=i.area[::-1])),
        ("income", lambda i: replace(i, attributes={"income": i.attributes["income"] + 1})),
        ("borders", lambda i: replace(i, borders=Borders.from_dict({(0, 1): 299.0}))),
        ("borders", lambda i: replace(i, borders=Borders.from_dict({}))),
        ("flows", lambda i: replace(i, flows=Flows.from_dict({(0, 0): 7.0, (1, 1): 8.5}))),
        ("flows", lambda i: replace(i, flows=None)),
        (
            "a village",
            lambda i: replace(i, villages=replace(i.villages, municipality=i.villages.municipality * 0)),
        ),
    ],
)
def test_what_is_lost_or_doubled_is_found(
    four: Instance, made: Instance, what: str, spoil: Callable[[Instance], Instance]
) -> None:
    with pytest.raises(RuntimeError, match=what):
        check_merged(four, spoil(made), CHANGES)


def test_beds_too(four: Instance, made: Instance) -> None:
    function = replace(made.functions["hospital"], amount=np.array([0.0, 251]))
    with pytest.raises(RuntimeError, match="hospital"):
        check_merged(four, replace(made, functions={**made.functions, "hospital": function}), CHANGES)


def test_municipalities_are_those_of_the_list(four: Instance, made: Instance) -> None:
    with pytest.raises(RuntimeError, match="not those of the list"):
        check_merged(four, made, CHANGES[:2])
