from __future__ import annotations

import numpy as np
import pytest
from refzones.instances import NO_ZONE, Borders, Function, Layer


def test_layer_from_names_sorts_zones_and_leaves_the_empty_out() -> None:
    layer = Layer.from_names(["q", "", "p", "q"])
    assert layer.zones == ("p", "q")
    assert layer.zone.tolist() == [1, NO_ZONE, 0, 1]
    assert [layer.name_of(i) for i in range(4)] == ["q", "", "p", "q"]


def test_those_without_a_zone_count_as_zones_of_their_own() -> None:
    assert Layer.from_names(["q", "", "q", ""]).separate().tolist() == [0, 2, 0, 4]


def test_a_function_is_present_from_its_threshold_on() -> None:
    function = Function("rail", np.array([0.0, 49.9, 50.0, 80.0]), at_least=50)
    assert function.present.tolist() == [False, False, True, True]


def test_borders_have_the_lower_index_first_and_are_sorted() -> None:
    borders = Borders.from_dict({(3, 1): 5.0, (0, 2): 7.0, (1, 0): 1.0})
    assert borders.pairs.tolist() == [[0, 1], [0, 2], [1, 3]]
    assert borders.length.tolist() == [1.0, 7.0, 5.0]
    with pytest.raises(ValueError, match="read-only"):
        borders.length[0] = 2.0


def test_no_borders() -> None:
    assert Borders.from_dict({}).pairs.shape == (0, 2)


def test_zones_of_a_layer_are_still_given_under_their_old_name() -> None:
    layer = Layer.from_names(["b", "a"])
    with pytest.warns(DeprecationWarning, match=r"Layer\.zone"):
        assert layer.of is layer.zone
