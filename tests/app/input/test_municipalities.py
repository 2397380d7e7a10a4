"""Municipalities as they are named on the command line."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from refzones.app.input.municipalities import codes_named
from refzones.instances import InputError, load
from refzones.instances.common.problems import Problems
from support.build import build_instance


@pytest.mark.parametrize(
    "words",
    [
        ["De Panne", "Koksijde"],
        ["De", "Panne", "Koksijde"],
        ["de panne,Koksijde"],
        ["De Panne + Koksijde"],
        ["De Panne;", "Koksijde"],
        ["38008", "38014"],
        ["38008+koksijde"],
        ["Panne, De Panne"],
    ],
)
def test_names_codes_and_lists(words: list[str]) -> None:
    problems = Problems()
    found = codes_named(load(), "--together", words, problems)
    if words == ["Panne, De Panne"]:
        assert problems
        assert found == ("38008",)
    else:
        problems.raise_if_any()
        assert found == ("38008", "38014")


def test_a_name_with_a_comma_is_a_name() -> None:
    row = build_instance([20_000] * 4, pairwise(range(4)))
    instance = replace(row, names=("Lincoln, East", "Lincoln", "East", row.names[3]))
    problems = Problems()
    assert codes_named(instance, "--seat", ["Lincoln, East"], problems) == ("10000",)
    assert codes_named(instance, "--seat", ["Lincoln,East"], problems) == ("10001", "10002")
    assert codes_named(instance, "--seat", ["Lincoln", "East"], problems) == ("10001", "10002")
    assert not problems
    codes_named(instance, "--seat", [" , "], problems)
    with pytest.raises(InputError, match="--seat: names nobody"):
        problems.raise_if_any()
