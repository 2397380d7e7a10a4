"""How a file is laid over a preset: one rule for all tables, at both levels."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from refzones.instances import InputError
from refzones.instances.common.problems import Problems
from refzones.models import Scenario
from refzones.models.scenario.overlay import overlay

MERGERS, ZONES = Scenario.preset("mergers"), Scenario.preset("zones")
SOFT = {"min": "floor", "max": "ceiling"}


def laid(**parts: Any) -> Scenario:
    return Scenario.from_dict(parts)


def test_one_weight_leaves_the_others() -> None:
    assert laid(preset="mergers", weights={"distance": 9}).weights == {**MERGERS.weights, "distance": 9}
    assert laid(preset="mergers", weights={"size": 1}).weights == {**MERGERS.weights, "size": 1}
    # the order decides the last digit of scores: that of the preset, then what is new
    assert list(laid(preset="mergers", weights={"size": 1, "distance": 2}).weights) == [
        *MERGERS.weights,
        "size",
    ]


def test_a_table_may_replace() -> None:
    assert laid(preset="mergers", weights={"replace": True, "distance": 9}).weights == {"distance": 9}
    assert laid(preset="mergers", weights={"replace": False, "distance": 9}).weights == {
        **MERGERS.weights,
        "distance": 9,
    }
    assert laid(preset="mergers", weights={"replace": True}).weights == {}
    assert laid(weights={"replace": True, "distance": 9}).weights == {"distance": 9}


@pytest.mark.parametrize(
    ("table", "keys", "value"),
    [
        ("requires", {"functions": ["rail"]}, ((), ("rail",))),
        ("population", {"min": 50_000}, (50_000, 130_000)),
        ("borders", {"min_length": 5.0}, ((), 5.0)),
    ],
)
def test_any_table_may_replace(table: str, keys: dict[str, Any], value: tuple[object, object]) -> None:
    found = getattr(laid(preset="zones", **{table: {**keys, "replace": True}}), table)
    plain = getattr(laid(preset="zones", **{table: keys}), table)
    key = next(iter(keys))
    assert getattr(found, key) == getattr(plain, key)
    assert found == type(found)(**keys)
    others = set(type(found).model_fields) - {key, SOFT.get(key)}
    assert all(getattr(plain, other) == getattr(getattr(ZONES, table), other) for other in others)
    assert value[0] != value[1]


def test_weights_of_zones_follow_the_same_rule() -> None:
    def zones(**parts: Any) -> dict[str, float]:
        found = laid(preset="nested", zones=parts).zones
        assert found is not None
        return found.weights

    assert zones(weights={"distance": 9}) == {**ZONES.weights, "distance": 9}
    assert zones(weights={"replace": True, "distance": 9}) == {"distance": 9}
    assert zones(preset="zones", weights={"replace": True, "distance": 9}) == {"distance": 9}
    # zones of another preset hold nothing of those of the first
    assert zones(preset="mergers") == MERGERS.weights
    assert zones(replace=True, weights={"distance": 1}) == {"distance": 1}


def test_the_whole_of_zones_may_be_replaced() -> None:
    found = laid(preset="nested", zones={"replace": True, "weights": {"distance": 1}}).zones
    assert found is not None
    assert (found.population.min, found.requires.classes) == (30_000, ())


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (
            {"preset": "mergers", "weights": {}},
            "my.toml: weights is empty, which leaves the weights of the preset as they are; write "
            "replace = true in it to weigh nothing, or remove it",
        ),
        (
            {"preset": "nested", "zones": {"weights": {}}},
            "my.toml: zones.weights is empty, which leaves the weights of the preset as they are; write "
            "replace = true in it to weigh nothing, or remove it",
        ),
        (
            {"preset": "mergers", "weights": {"replace": "yes", "distance": 1}},
            "my.toml, value 'yes': weights.replace must be true or false",
        ),
        ({"replace": True}, "my.toml: unknown key 'replace'; known: preset, population, count, rules, "),
        ({"prest": "mergers"}, "my.toml: unknown key 'prest'; did you mean 'preset'?"),
        ({"existing": {"plans": "x"}}, "my.toml: unknown key 'existing.plans'; did you mean 'plan'?"),
    ],
)
def test_refused(parts: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as caught:
        Scenario.from_dict(parts, file="my.toml")
    assert str(caught.value).startswith(message[:60])


keys = st.sampled_from(["a", "b", "c"])
values = st.one_of(st.integers(0, 3), st.lists(st.integers(0, 3), max_size=2))
tables = st.recursive(
    st.dictionaries(keys, values, max_size=3),
    lambda inner: st.dictionaries(keys, st.one_of(values, inner), max_size=3),
    max_leaves=6,
)


@given(tables, tables)
def test_every_key_is_that_of_the_file_or_else_of_the_preset(
    base: dict[str, Any], over: dict[str, Any]
) -> None:
    def look(table: Any, path: tuple[str, ...]) -> Any:
        for key in path:
            if not isinstance(table, dict) or key not in table:
                return None
            table = table[key]
        return table if not isinstance(table, dict) else dict

    found = overlay(base, over, "f.toml", Problems())
    paths = [(a,) for a in "abc"] + [(a, b) for a in "abc" for b in "abc"]
    for path in paths:
        said = look(over, path)
        covered = any(look(over, path[:n]) not in (None, dict) for n in range(1, len(path)))
        expected = None if covered else said if said is not None else look(base, path)
        if said is dict and expected is dict:
            expected = dict
        assert look(found, path) == expected
    for table in (base, over):
        assert "replace" not in str(table)
    nothing = overlay(base, {key: {"replace": True} for key in base}, "f.toml", Problems())
    assert nothing == {key: {} for key in base}


@pytest.mark.parametrize("under", ["", "zones"])
def test_a_bound_that_a_file_sets_is_hard(under: str) -> None:
    """Unless the file says itself how soft it is."""

    def bounds(**population: int) -> tuple[int | None, ...]:
        data: dict[str, Any] = {"preset": "nested"}
        table = data.setdefault(under, {}) if under else data
        table["population"] = population
        scenario = laid(**data)
        asked = (scenario.zones if under else scenario) or scenario
        found = asked.population
        return found.floor, found.min, found.max, found.ceiling

    floor, least, most, ceiling = bounds()
    assert bounds(max=160_000) == (floor, least, 160_000, None)
    assert bounds(max=120_000) == (floor, least, 120_000, None)
    assert bounds(max=160_000, ceiling=170_000) == (floor, least, 160_000, 170_000)
    assert bounds(ceiling=170_000) == (floor, least, most, 170_000)
    assert bounds(min=75_000) == (None, 75_000, most, ceiling)


def test_weights_that_are_replaced_take_what_they_price_with_them() -> None:
    alone = laid(preset="mergers", weights={"replace": True, "distance": 9})
    assert (alone.population.soft, alone.rules.merged) == (False, "free")
    assert alone.rules.enclosed == MERGERS.rules.enclosed  # no price, but a rule
    priced = laid(preset="mergers", weights={"replace": True, "shortfall": 1e-5, "stacking": 1})
    assert (priced.population, priced.rules) == (MERGERS.population, MERGERS.rules)
    with pytest.raises(InputError, match="price"):
        laid(preset="mergers", rules={"merged": "priced"}, weights={"replace": True, "distance": 9})
    zones = laid(preset="nested", zones={"weights": {"replace": True, "distance": 9}}).zones
    assert zones is not None
    assert not zones.population.soft
