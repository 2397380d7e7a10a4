from __future__ import annotations

import numpy as np
import pytest
from refzones.instances import Instance, load


def test_functions_are_those_of_the_embedded_instances(drawn: Instance) -> None:
    there = load("flanders-2025").functions
    assert drawn.functions.keys() == there.keys()
    for key, function in drawn.functions.items():
        assert (function.unit, function.at_least, function.label) == (
            there[key].unit,
            there[key].at_least,
            there[key].label,
        )


def test_shares_are_about_those_of_flanders(usual: Instance) -> None:
    flanders = load("flanders-2025")
    for name in sorted(set(flanders.classes)):
        there = flanders.classes.count(name) / len(flanders)
        assert usual.classes.count(name) / len(usual) == pytest.approx(there, abs=0.04), name
    for key, function in flanders.functions.items():
        assert usual.functions[key].present.mean() == pytest.approx(function.present.mean(), abs=0.08), key


def test_classes_follow_kind(drawn: Instance) -> None:
    found: dict[str, set[str]] = {}
    for name, its_class in zip(drawn.names, drawn.classes, strict=True):
        found.setdefault(name.split()[0], set()).add(its_class)
    assert found == {
        "City": {"a0"},
        "Town": {"a1", "a2"},
        "Village": {"b0", "b1", "c0", "c1", "c2", "c3"},
    }


def test_classes_follow_size_but_not_blindly(drawn: Instance) -> None:
    classes = np.array(drawn.classes)
    ranked = ("a0", "a1", "c0", "c1", "c2", "c3")
    medians = [float(np.median(drawn.population[classes == name])) for name in ranked]
    assert medians == sorted(medians, reverse=True)
    assert drawn.population[classes == "c1"].min() < drawn.population[classes == "c2"].max()


def test_the_sphere_of_cities_is_around_them(drawn: Instance) -> None:
    cities = np.flatnonzero(np.array(drawn.classes) == "a0")
    away = np.hypot(drawn.x[:, None] - drawn.x[cities], drawn.y[:, None] - drawn.y[cities]).min(axis=1)
    inside = np.array([name[0] == "b" for name in drawn.classes])
    outside = np.array([name[0] == "c" for name in drawn.classes])
    assert np.median(away[inside]) < 0.7 * np.median(away[outside])


def test_functions_follow_class(drawn: Instance) -> None:
    classes = np.array(drawn.classes)
    has = {key: function.present for key, function in drawn.functions.items()}
    assert (has["regional_city"] == (classes == "a0")).all()
    assert (has["centre"] == np.isin(classes, ("a0", "a1", "a2"))).all()
    assert (has["well_equipped"] == np.isin(classes, ("a0", "a1", "a2", "b0", "c0", "c1"))).all()
    for key in ("hospital", "rail"):
        assert has[key][classes == "a0"].all()
        assert not has[key].all()
    assert not has["hospital"][np.isin(classes, ("c2", "c3"))].any()
