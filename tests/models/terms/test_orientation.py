"""Orientation, by hand: one centre of class a1, one of a0 three times as far, and where they are missing."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from refzones.instances import InputError, Instance, load
from refzones.models import Scenario
from refzones.models.terms.orientation import OrientationTerm
from refzones.models.ties import centres_of
from refzones.solver import Plan, verify
from refzones.solver.verification.readings import READINGS
from support.build import build_instance

INSTANCE = build_instance(
    [1_000, 20_000, 40_000, 7_000, 300],
    [(0, 1), (1, 2), (3, 4)],
    points=[(0, 0), (2_000, 0), (0, 6_000), (0, 0), (0, 500)],
    region=[0, 0, 0, 1, 1],
    classes=["c3", "a1", "a0", "b1", "c2"],
    functions={"hospital": [0, 1, 0, 0, 0]},
    flows={(0, 1): 1.0, (0, 2): 3.0, (0, 3): 50.0},
)


def term(instance: Instance = INSTANCE, **orientation: Any) -> OrientationTerm:
    return OrientationTerm(instance, Scenario.from_dict({"orientation": orientation}))


def value(members: tuple[int, ...], **orientation: Any) -> float:
    asked = Scenario.from_dict({"orientation": orientation})
    found = float(term(**orientation).values(np.ones((1, len(members))), np.array(members))[0])
    assert READINGS["orientation"].value(INSTANCE, asked, members, "") == found
    return found


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ((0,), 0.0),
        ((1,), 20_000.0),
        ((1, 2), 60_000.0),
        ((0, 1), 20_818.18),  # 1/2^2 x 20,000 beside 1/6^2 x 40,000: 9 to 2
        ((0, 2), 40_181.82),
        ((0, 1, 2), 61_000.0),
    ],
)
def test_gravity_by_hand(members: tuple[int, ...], expected: float) -> None:
    assert value(members, distance=-2, inhabitants=1, classes={}, functions={}) == expected


def test_bonuses_multiply_attraction() -> None:
    plain = {"distance": 0, "inhabitants": 0}
    assert value((0, 1), **plain, classes={}, functions={}) == 20_500.0
    assert value((0, 1), **plain, classes={"a0": math.log(3)}, functions={}) == 20_250.0
    assert (
        value((0, 1), **plain, classes={"a0": math.log(3)}, functions={"hospital": math.log(9)}) == 20_750.0
    )


def test_by_flows() -> None:
    assert value((0, 1), by="flows") == 20_250.0
    assert value((0, 2), by="flows") == 40_750.0
    assert value((3, 4), by="flows") == 7_000.0  # nobody of the other one is known to go anywhere


def test_without_a_centre_the_best_class_there_is_one() -> None:
    assert value((3, 4)) == 7_300.0
    assert value((4,)) == 0.0
    assert value((0, 1, 2), centres=["a0"]) == 61_000.0
    assert value((0, 1), centres=["a0"]) == 0.0


def test_who_lives_at_a_centre_is_a_kilometre_from_it() -> None:
    there = replace(
        INSTANCE, x=np.array([0.0, 0.0, 0.0, 0.0, 0.0]), y=np.array([0.0, 0.0, 1_000.0, 0.0, 0.0])
    )
    found = term(there, distance=-2, inhabitants=0, classes={}, functions={})
    assert found.pairs.between(np.array([0, 1, 2]), 5)[0].tolist() == [0.0, 50_000.0, 50_000.0]


def test_uninhabited_centres_draw_as_if_one_lived_there() -> None:
    empty = build_instance([0, 0, 60], [(0, 1), (1, 2)], classes=["a0", "a0", "c3"])
    found = term(empty, distance=0, inhabitants=1, functions={})
    assert found.pairs.between(np.arange(3), 3)[2].tolist() == [3_000.0, 3_000.0, 0.0]


@pytest.mark.parametrize("name", ["flanders-2024", "flanders-2025"])
def test_flanders_as_one_region_has_all_centres(name: str) -> None:
    whole = load(name).as_one_region()
    centres = centres_of(whole, 0, ("a0", "a1", "a2"))
    assert {whole.classes[i] for i in centres} == {"a0", "a1", "a2"}
    everybody = term(whole).values(np.ones((1, len(whole))), np.arange(len(whole)))[0]
    assert everybody == pytest.approx(whole.total_population, abs=len(whole))


def test_each_inhabitant_turns_somewhere_once() -> None:
    instance = load("flanders-2025")
    amounts = term(instance).pairs.between(np.arange(len(instance)), len(instance))
    assert np.abs(amounts.sum(axis=1) - 100 * instance.population).max() <= 10


def test_instance_without_classes_is_refused_with_the_region() -> None:
    with pytest.raises(InputError) as caught:
        term(replace(INSTANCE, classes=("c3", "a1", "a0", "", "")))
    assert str(caught.value) == (
        "orientation: no municipality of region 'R1' has a degree of equipment, so it has no centre to turn "
        "to; give the class (a0, a1, a2, b0, b1, c0, c1, c2, c3) of one at least, or leave the term out"
    )


def test_unknown_function_and_missing_flows_are_refused() -> None:
    with pytest.raises(
        InputError, match=r"orientation.functions: the instance has no function 'hospitals'; did"
    ):
        term(functions={"hospitals": 1.0})
    with pytest.raises(InputError, match=r"orientation.by is 'flows', and the instance has no flows; write"):
        term(replace(INSTANCE, flows=None), by="flows")


def test_verifier_says_what_is_lacking() -> None:
    asked = Scenario.from_dict({"orientation": {"by": "flows"}, "weights": {"orientation": 1}})
    bare = replace(INSTANCE, flows=None, functions={}, classes=("c3", "a1", "a0", "", ""))
    assert list(READINGS["orientation"].lacks(bare, asked, "")) == [
        "orientation.functions: the instance has no function 'hospital'",
        "orientation: no municipality of region 'R1' has a degree of equipment",
        "orientation.by is 'flows', and the instance has no flows",
    ]


def test_plan_of_whole_regions_is_verified() -> None:
    instance = load("flanders-2025")
    groups = [instance.members(region).tolist() for region in range(len(instance.regions))]
    asked = Scenario.from_dict(
        {
            "population": {"min": 0, "max": 2_000_000},
            "rules": {"facility": "free"},
            "borders": {"added": [["Voeren", "Riemst"]]},
            "weights": {"orientation": 100},
        }
    )
    plan = Plan.of(instance, asked, groups)
    assert verify(instance, asked, plan) == ()
    assert plan.terms["orientation"].value == pytest.approx(1.0, abs=1e-5)
    assert plan.terms["orientation"].unit == (
        "share of inhabitants who turn to a centre in their own municipality"
    )
