"""Indicators on bodies of cooperation, all of them on drawn plans."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from refzones.instances import InputError, Instance
from refzones.models import Scenario
from refzones.models.indicators import build_indicator
from support.build import build_instance
from support.strategies import instances

ASKED = Scenario.from_dict({"weights": {}})


@st.composite
def plans(draw: st.DrawFn) -> tuple[Instance, list[tuple[int, ...]]]:
    """Draw an instance and a partition of its municipalities."""
    instance = draw(instances())
    part = [draw(st.integers(0, 3)) for _ in range(len(instance))]
    return instance, [tuple(i for i, k in enumerate(part) if k == one) for one in sorted(set(part))]


def amounts(instance: Instance, name: str, parts: list[tuple[int, ...]]) -> list[float]:
    numbers: list[float] = build_indicator(name, instance, ASKED).of_plan(parts).numbers.tolist()
    return numbers


@given(plans())
def test_all_layers_are_the_sum_of_each(drawn: tuple[Instance, list[tuple[int, ...]]]) -> None:
    instance, parts = drawn
    for key in ("memberships", "divided"):
        each = [amounts(instance, f"{key}({layer})", parts) for layer in instance.layers]
        assert amounts(instance, f"{key}(all)", parts) == [sum(one) for one in zip(*each, strict=True)]


@given(plans())
def test_every_body_of_a_merger_is_superfluous_simplified_or_divided(
    drawn: tuple[Instance, list[tuple[int, ...]]],
) -> None:
    instance, parts = drawn
    kinds = ("superfluous_bodies(small)", "superfluous_bodies(larger)", "simplified_bodies", "divided_bodies")
    told = [sum(one) for one in zip(*(amounts(instance, kind, parts) for kind in kinds), strict=True)]
    for part, number in zip(parts, told, strict=True):
        with_partners = {
            (key, layer.name_of(i))
            for key, layer in instance.layers.items()
            for i in part
            if layer.name_of(i) and (layer.zone == layer.zone[i]).sum() > 1
        }
        assert number == (len(with_partners) if len(part) > 1 else 0)


@given(plans())
def test_merging_never_adds_a_membership(drawn: tuple[Instance, list[tuple[int, ...]]]) -> None:
    instance, parts = drawn
    alone = amounts(instance, "memberships(all)", [(i,) for i in range(len(instance))])
    for part, after in zip(parts, amounts(instance, "memberships(all)", parts), strict=True):
        assert after <= sum(alone[i] for i in part)


def test_an_instance_without_layers_says_how_to_add_one() -> None:
    with pytest.raises(InputError, match="the instance has no layer of zones") as caught:
        build_indicator("bodies(all)", build_instance([1], []), ASKED)
    assert "refzones instance add-layer small FILE --out FOLDER" in str(caught.value)
