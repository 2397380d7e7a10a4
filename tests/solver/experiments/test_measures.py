"""Measures of centre function: amounts, what they are divided by, and what is circular."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from refzones.instances import Column, Function, InputError, Instance, load
from refzones.solver.experiments.measures import Measuring, follows
from support.build import build_instance

CLASSES = ("a0", "a0", "c3", "c3")


def small(**more: Any) -> Instance:
    columns = more.pop("columns", {})
    beds = Function("beds", np.array([100.0, 0.0, 0.0, 30.0]), "hospital", "beds", 50.0)
    instance = build_instance([2000, 1000, 1000, 1000], [], classes=CLASSES, **more)
    return replace(instance, functions={**instance.functions, "beds": beds}, columns=columns)


def test_amounts_of_a_merger_are_sums_and_functions_are_had_by_a_member() -> None:
    instance = small(flows={(0, 1): 5.0, (2, 1): 7.0, (3, 0): 1.0, (1, 1): 50.0})
    measuring = Measuring.of(instance, np.arange(4))
    assert [one.name for one in measuring.measures] == [
        "functions", "beds", "beds/inhabitants", "commuters", "commuters/inhabitants",
    ]  # fmt: skip
    taken = measuring.taken(np.array([0, 0, 1, 1]))
    assert taken[0].tolist() == [1.0, 0.0]  # 30 beds are too few to be a hospital
    assert taken[1].tolist() == [100.0, 30.0]
    assert taken[2].tolist() == [100 / 3, 15.0]
    assert taken[3].tolist() == [8.0, 0.0]
    assert measuring.taken(np.arange(4))[3].tolist() == [1.0, 12.0, 0.0, 0.0]


def test_commuters_from_outside_the_regions_are_counted() -> None:
    measuring = Measuring.of(small(flows={(2, 0): 4.0, (0, 3): 9.0}), np.array([0, 1]))
    assert measuring.taken(np.array([0, 0]))[3].tolist() == [4.0]


def test_areas_are_shares_of_the_area() -> None:
    columns = {"municipalities.core": Column("", "km2")}
    instance = small(attributes={"core": [0.5, 0.1, 0.0, 0.2]}, columns=columns)
    measuring = Measuring.of(instance, np.arange(4), ["core"])
    assert [one.name for one in measuring.measures][-2:] == ["core", "core/area"]
    np.testing.assert_allclose(measuring.taken(np.array([0, 0, 1, 2]))[-1], [0.3, 0.0, 0.2])


def test_a_function_that_follows_from_the_class_is_circular() -> None:
    assert follows(Function("f", np.array([1.0, 1.0, 0.0, 0.0])), CLASSES)
    assert not follows(Function("f", np.array([1.0, 0.0, 0.0, 0.0])), CLASSES)
    instance = small(functions={"centre": [1, 1, 0, 0]})
    assert Measuring.of(instance, np.arange(4)).circular == ("centre",)


@pytest.mark.parametrize("name", ["flanders-2024", "flanders-2025", "flanders-2026"])
def test_embedded_instances_declare_what_is_circular(name: str) -> None:
    """Those left out are exactly those whose column says that it is made from the class."""
    instance = load(name)
    made = {key for key in instance.functions if "class is" in instance.columns[f"functions.{key}"].note}
    measuring = Measuring.of(instance, np.arange(len(instance)))
    assert set(measuring.circular) == made
    assert all(one.source for one in measuring.measures if one.key in instance.functions)


def test_nothing_to_measure_by() -> None:
    instance = build_instance([1, 1, 1, 1], [], classes=CLASSES, functions={"centre": [1, 1, 0, 0]})
    with pytest.raises(InputError, match="no measure of centre function"):
        Measuring.of(instance, np.arange(4))


@pytest.mark.parametrize(
    ("column", "unit", "words"),
    [
        ("nothing", "jobs", "there is no such column"),
        ("own", "per cent", "is not the sum"),
    ],
)
def test_columns_that_are_no_measures(column: str, unit: str, words: str) -> None:
    columns = {"municipalities.own": Column("", unit)}
    instance = small(attributes={"own": [1, 2, 3, 4]}, columns=columns)
    with pytest.raises(InputError, match=words):
        Measuring.of(instance, np.arange(4), [column])


def test_a_figure_that_is_not_known_of_all_is_left_out_and_told() -> None:
    figures = {"establishments": np.array([5.0, 1.0, np.nan, 2.0])}
    instance = replace(
        small(), figures=figures, columns={"figures.establishments": Column("", "establishments")}
    )
    assert np.isnan(instance.figures["establishments"]).any()
    measuring = Measuring.of(instance, np.arange(4))
    assert measuring.unknown == (("establishments", 1),)
    assert "establishments" not in {one.key for one in measuring.measures}
    known = Measuring.of(instance, np.array([0, 1, 3]))
    assert known.unknown == ()
    row = [one.name for one in known.measures].index("establishments/inhabitants")
    assert known.taken(np.array([0, 0, 1]))[row].tolist() == [2.0, 2.0]
