"""Cooperation, by hand: a zone of two, a zone of three, and one that reaches beyond the plan."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from refzones.instances import InputError
from refzones.models import Scenario
from refzones.models.terms.cooperation import CooperationTerm
from refzones.solver.verification.readings import READINGS
from support.build import build_instance

INSTANCE = build_instance(
    [1_000, 2_000, 4_000, 8_000, 0],
    [(0, 1), (1, 2), (2, 3), (3, 4)],
    layers={
        "housing": ["A", "A", "B", "B", "B"],
        "police": ["P", "P", "P", "", "P"],
        "empty": ["", "", "", "", "Z"],
    },
)


def value(members: tuple[int, ...], **layers: Any) -> float:
    asked = Scenario.from_dict({"cooperation": {"layers": layers}})
    term = CooperationTerm(INSTANCE, asked)
    found = float(term.values(np.ones((1, len(members))), np.array(members))[0])
    assert READINGS["cooperation"].value(INSTANCE, asked, members, "") == found
    return found


@pytest.mark.parametrize(
    ("members", "layers", "expected"),
    [
        ((0,), {"housing": 1}, 0.0),
        ((0, 1), {"housing": 1}, 3_000.0),  # a zone of two counts whole
        ((0, 2), {"housing": 1}, 0.0),
        ((2, 3), {"housing": 7}, 6_000.0),  # a zone of three counts half, however the only layer weighs
        ((2, 3, 4), {"housing": 1}, 6_000.0),
        ((0, 1), {"police": 1}, 244.44),  # a third of 1,000 x 2/6 and of 2,000 x 1/5
        ((0, 1), {"housing": 3, "police": 1}, 2_311.11),
        ((0, 1, 2, 3, 4), {"empty": 1}, 0.0),
        ((0, 1), {"housing": 0, "empty": 1}, 0.0),
        ((0, 1), {}, 0.0),
    ],
)
def test_by_hand(members: tuple[int, ...], layers: dict[str, float], expected: float) -> None:
    assert value(members, **layers) == expected


def test_unknown_layers_are_named_together() -> None:
    with pytest.raises(InputError) as caught:
        value((0, 1), polce=1, houses=1)
    assert "cooperation.layers: the instance has no layer 'polce'; did you mean 'police'?" in str(
        caught.value
    )
    assert "cooperation.layers: the instance has no layer 'houses'" in str(caught.value)


def test_verifier_says_what_is_lacking() -> None:
    asked = Scenario.from_dict({"cooperation": {"layers": {"water": 1}}})
    assert list(READINGS["cooperation"].lacks(INSTANCE, asked, "")) == [
        "cooperation.layers: the instance has no layer 'water'"
    ]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"weights": {"cooperation": 1}}, "[cooperation.layers] names no layer"),
        ({"cooperation": {"layers": {"police": 0}}}, "all layers weigh 0"),
    ],
)
def test_scenario_without_layers_is_refused(asked: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said.replace("[", r"\[").replace("]", r"\]")):
        Scenario.from_dict(asked)
