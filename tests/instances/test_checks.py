from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from refzones.instances import Borders, Instance, Layer


def borders(*rows: tuple[int, int, float]) -> Borders:
    return Borders(
        np.array([row[:2] for row in rows], dtype=np.int64),
        np.array([row[2] for row in rows], dtype=np.float64),
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"population": np.array([100, 0, 300, 400])},
            "value 'Bee (1002)': the population must be more than zero",
        ),
        ({"population": np.array([100, 200, 300])}, "population has 3 entries, there are 4 municipalities"),
        ({"codes": ("1001", "1001", "1003", "1004")}, "codes must be unique and in ascending order"),
        ({"codes": ("1002", "1001", "1003", "1004")}, "codes must be unique and in ascending order"),
        ({"region": np.array([0, 1, 2, 0])}, "every municipality must be in a region"),
        ({"region": np.array([0, 1, -1, 0])}, "every municipality must be in a region"),
        (
            {"classes": ("a0", "", "b2", "")},
            "value 'Cee (1003)': unknown class 'b2'; known: a0, a1, a2, b0, b1, c0, c1, c2, c3",
        ),
        ({"area": np.array([1, np.nan, 1, 1])}, "area must be a finite number everywhere"),
        (
            {"attributes": {"income": np.array([1, np.inf, 1, 1])}},
            "attribute income must be a finite number everywhere",
        ),
        (
            {"layers": {"police": Layer(("P",), np.array([0, 1, 0, 0]))}},
            "layer police names a zone that does not exist",
        ),
        (
            {"layers": {"police": Layer(("P",), np.array([0, 0]))}},
            "layer police has 2 entries, there are 4 municipalities",
        ),
        ({"borders": borders((0, 4, 1.0))}, "a border names a municipality that does not exist"),
        ({"borders": borders((2, 1, 1.0))}, "a border must join two municipalities, the lower index first"),
        ({"borders": borders((2, 2, 1.0))}, "a border must join two municipalities, the lower index first"),
        ({"borders": borders((0, 1, 1.0), (0, 1, 1.0))}, "a border stands twice"),
        ({"borders": borders((0, 1, -1.0))}, "the length of a border must not be negative"),
    ],
)
def test_what_an_instance_refuses(
    toy: Instance, complaints: Callable[..., list[str]], changes: dict[str, Any], message: str
) -> None:
    assert complaints(replace, toy, **changes) == [message]


def test_a_function_and_a_village_are_checked_too(
    toy: Instance, complaints: Callable[..., list[str]]
) -> None:
    rail = replace(toy.functions["rail"], amount=np.array([0, -1.0, 0, 0]))
    assert toy.villages is not None
    villages = replace(toy.villages, municipality=toy.villages.municipality + 1)
    assert complaints(replace, toy, functions={"rail": rail}, villages=villages) == [
        "function rail must not have a negative amount",
        "a village names a municipality that does not exist",
    ]


def test_an_instance_is_never_empty(toy: Instance, complaints: Callable[..., list[str]]) -> None:
    messages = complaints(toy.subset, np.array([], dtype=np.int64))
    assert "an instance needs at least one municipality" in messages
