from __future__ import annotations

import math

import numpy as np
from refzones.instances import Borders, Flows, Function
from refzones.instances.merging.products import Product
from refzones.instances.merging.sums import exact_sum, summed, summed_function, united_borders, united_flows

PRODUCTS = [Product((0, 2), 0, "1", "A", ""), Product((1,), 1, "2", "B", "")]
PLACE = np.array([0, 1, 0])


def test_sums_are_those_of_the_decimals() -> None:
    assert 0.1 + 0.2 != 0.3
    assert exact_sum([0.1, 0.2]) == 0.3
    assert exact_sum([11.012, 204.266]) == 215.278
    assert exact_sum([]) == 0
    assert math.isnan(exact_sum([1, math.nan]))


def test_columns() -> None:
    assert summed(np.array([0.1, 5, 0.2]), PRODUCTS).tolist() == [0.3, 5]


def test_what_is_there_or_not_is_there_once() -> None:
    flag = Function("f", np.array([1.0, 0, 1]))
    beds = Function("f", np.array([1.0, 0, 1]), unit="beds")
    undeclared = Function("f", np.array([2.0, 0, 1]))
    assert summed_function(flag, PRODUCTS).tolist() == [1, 0]
    assert summed_function(beds, PRODUCTS).tolist() == [2, 0]
    assert summed_function(undeclared, PRODUCTS).tolist() == [3, 0]


def test_borders_inside_are_gone() -> None:
    borders = united_borders(Borders.from_dict({(0, 1): 0.1, (1, 2): 0.2, (0, 2): 7.0}), PLACE)
    assert borders.pairs.tolist() == [[0, 1]]
    assert borders.length.tolist() == [0.3]


def test_flows_inside_stay_at_home() -> None:
    flows = united_flows(Flows.from_dict({(0, 2): 0.1, (2, 0): 0.2, (1, 0): 3.0, (1, 2): 4.0}), PLACE)
    assert flows.origin.tolist() == [0, 1]
    assert flows.destination.tolist() == [0, 0]
    assert flows.people.tolist() == [0.3, 7]
