"""Points in words: exact for known cases, and true for any number of points."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from refzones.models import Scenario
from refzones.models.scenario.term_names import TERM_NAMES
from refzones.solver.results.points_in_words import points_in_words, with_words, yardstick
from support.build import build_instance
from support.demands import FUNCTIONS, LAYERS

NANO = 10**9
# 100,000 inhabitants in R0, 300,000 in R1
FUNCTION = next(iter(FUNCTIONS))
LAYER = next(iter(LAYERS))
ZONE = f"{LAYER.replace('_', '-')} zone"
NONE = "had none of the centre functions in their own municipality"
OUTSIDE = f"lived outside the main {ZONE} of their merger"
TWO = build_instance(
    [40_000, 60_000, 300_000],
    [(0, 1), (1, 2)],
    region=[0, 0, 1],
    layers={key: ["A", "B", "A"] for key in LAYERS},
    functions={key: [1, 0, 0] for key in FUNCTIONS},
    flows={(0, 1): 3_000.0, (1, 0): 1_000.0, (2, 0): 6_000.0},
)
HERE, ALL = ("R0",), ("R0", "R1")


def said(weights: dict[str, float], points: float, regions: tuple[str, ...] = HERE, **tables: Any) -> str:
    scenario = Scenario.from_dict({"weights": weights, **tables})
    return points_in_words(TWO, scenario, regions, round(points * NANO))


@pytest.mark.parametrize(
    ("points", "words"),
    [
        # 5 points for a kilometre more for all 400,000, so 1.25 for each of the 100,000 in R0
        (1.25, "as if everyone in R0 were 1 km farther from the seat"),
        (0.25, "as if everyone in R0 were 0.2 km farther from the seat"),
        (-0.25, "as if everyone in R0 were 0.2 km nearer to the seat"),
        (0.2, "as if everyone in R0 were 0.16 km farther from the seat"),
        (0.123, "as if everyone in R0 were 0.1 km farther from the seat"),
        (0.05, "as if everyone in R0 were 40 metres farther from the seat"),
        (0.0125, "as if everyone in R0 were 10 metres farther from the seat"),
        (0.0124, "as if everyone in R0 were less than 10 metres farther from the seat"),
        (1e-9, "as if everyone in R0 were less than 10 metres farther from the seat"),
        (15.625, "as if everyone in R0 were 12 km farther from the seat"),
        (0.0, ""),
    ],
)
def test_distance(points: float, words: str) -> None:
    assert said({"distance": 5}, points) == words


def test_of_everybody() -> None:
    assert said({"distance": 5}, 1.0, ALL) == "as if everyone were 0.2 km farther from the seat"


@pytest.mark.parametrize(
    ("weights", "points", "words"),
    [
        # one inhabitant of 400,000 without a function: 70 / 400,000
        ({"coverage": 70}, 0.21, f"as if 1,200 more inhabitants {NONE}"),
        ({"coverage": 70}, 0.000175, f"as if one more inhabitant {NONE}"),
        ({"coverage": 70}, 1e-9, f"as if less than one more inhabitant {NONE}"),
        ({f"straddle({LAYER})": 20}, -0.06, f"as if 1,200 fewer inhabitants {OUTSIDE}"),
        ({"stacking": 20}, 0.06, "as if 1,200 more inhabitants were merged a second time"),
        # 4,000 of 10,000 commuters live in R0
        ({"commuting": 50}, 0.5, "as if 100 more commuters had to leave their own municipality"),
        ({f"touched({LAYER})": 0.5}, 0.75, f"as if 1.5 more {ZONE}s were touched by a merger"),
        ({"cut_edges": 0.5}, -1.0, "as if 2 fewer pairs of neighbours were kept apart"),
        ({"cut_edges": 0.5}, 1e-9, "as if less than 0.01 more pairs of neighbours were kept apart"),
        ({"shortfall": 0.001}, 1.2, "as if 1,200 more inhabitants were missing to the bounds"),
        ({"size": 1}, 1.0, ""),
        ({"distance": 0, "stacking": 20}, 0.06, "as if 1,200 more inhabitants were merged a second time"),
        ({"stacking": 20, "distance": 5}, 0.25, "as if everyone in R0 were 0.2 km farther from the seat"),
        # more than all who live there
        ({"stacking": 20}, 5.1, ""),
    ],
)  # fmt: skip
def test_terms(weights: dict[str, float], points: float, words: str) -> None:
    tables: dict[str, Any] = {"coverage": {"shares": {FUNCTION: 1.0}}} if "coverage" in weights else {}
    if "shortfall" in weights:
        tables["population"] = {"min": 30_000, "floor": 20_000}
    assert said(weights, points, **tables) == words


def test_zones_have_a_seat_of_their_own() -> None:
    assert said({"distance": 5}, 0.25, level="zones") == (
        "as if everyone in R0 were 0.2 km farther from the seat of their zone"
    )


def test_mergers_come_before_zones() -> None:
    asked = {"weights": {"distance": 5}, "zones": {"weights": {"distance": 8}}, "level": "nested"}
    scenario = Scenario.from_dict(asked)
    assert points_in_words(TWO, scenario, HERE, 250_000_000) == (
        "as if everyone in R0 were 0.2 km farther from the seat"
    )
    asked["weights"] = {"stacking": 20}
    assert points_in_words(TWO, Scenario.from_dict(asked), HERE, 400_000_000) == (
        "as if everyone in R0 were 0.2 km farther from the seat of their zone"
    )


def test_what_is_slight() -> None:
    stick = yardstick(TWO, Scenario.from_dict({"weights": {"distance": 5}}), HERE)
    assert stick is not None
    assert [stick.is_slight(nano) for nano in (0, 62_499_999, -62_499_999, 62_500_000)] == [True] * 3 + [
        False
    ]
    stick = yardstick(TWO, Scenario.from_dict({"weights": {"stacking": 20}}), HERE)
    assert stick is not None  # 100 of 100,000 inhabitants
    assert [stick.is_slight(nano) for nano in (4_999_999, 5_000_000)] == [True, False]


@given(st.integers(1, 10**12), st.sampled_from([1, -1]), st.sampled_from([HERE, ALL]))
def test_what_is_said_of_kilometres_is_true(nano: int, sign: int, regions: tuple[str, ...]) -> None:
    """To the last digit that is written."""
    scenario = Scenario.from_dict({"weights": {"distance": 5}})
    words = points_in_words(TWO, scenario, regions, sign * nano)
    km = nano / NANO / 5 * (4 if regions == HERE else 1)
    found = re.search(r"were (less than 10 metres|([\d,.]+) (km|metres)) (nearer|farther)", words)
    assert found is not None
    assert (found[4] == "farther") == (sign > 0)
    if found[2] is None:
        assert km < 0.01
    else:
        shown = float(found[2].replace(",", "")) * (1 if found[3] == "km" else 0.001)
        assert shown == pytest.approx(km, rel=0.051, abs=0.0051)


def test_words_behind_a_text() -> None:
    assert with_words("it lacks 1", "as if") == "it lacks 1, as if"
    assert with_words("it lacks 1", "") == "it lacks 1"


def test_terms_that_have_words_are_terms() -> None:
    from refzones.solver.results.points_in_words import _SAYING

    known = {name.partition("(")[0] for name in TERM_NAMES} | {"orientation", "cooperation", "detached"}
    assert set(_SAYING) <= known
