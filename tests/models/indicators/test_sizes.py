from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from refzones.instances import InputError
from refzones.models import Scenario
from refzones.models.indicators import shown_names
from refzones.models.indicators.scheme_files import read_scheme
from refzones.models.indicators.sizes import SizeScheme, sizes
from refzones.solver import solve, verify
from support.brute import brute_force
from support.build import build_instance

Value = Callable[..., float]
PARTS = ((0, 1), (2,), (3, 4), (5, 6, 7))
"""3,000, 4,000, 13,000 and 16,000 inhabitants."""


@pytest.mark.parametrize(
    ("size", "below", "people"),
    [("3000", 0, 0), ("3001", 1, 3_000), ("4001", 2, 7_000), ("16000", 3, 20_000), ("99999", 4, 36_000)],
)
def test_a_municipality_of_the_size_is_not_below_it(value: Value, size: str, below: int, people: int) -> None:
    assert value(f"municipalities_below({size})", *PARTS) == below
    assert value(f"inhabitants_below({size})", *PARTS) == people
    assert value(f"share_below({size})", *PARTS) == pytest.approx(100 * people / 36_000)
    assert value("municipalities", *PARTS) == 4


def test_the_minimum_is_the_one_asked_for(value: Value) -> None:
    asked = {"population": {"min": 4_000, "max": 50_000}}
    assert value("municipalities_below(minimum)", *PARTS, **asked) == 1
    assert value("municipalities_below(minimum)", *PARTS, population={"min": 0, "max": 50_000}) == 0
    assert value("inhabitants_below(minimum)", *PARTS) == 36_000


@pytest.mark.parametrize("size", ["some", "-5", "10.5", "10_000", "²", "99999999999"])
def test_a_size_is_a_whole_number(value: Value, size: str) -> None:
    with pytest.raises(
        InputError, match="a size is a whole number of inhabitants, or 'minimum', the one asked"
    ):
        value(f"share_below({size})", *PARTS)


def test_the_steps_of_the_project_are_shown() -> None:
    assert [f"share_below({size})" for size in ("minimum", *sizes().steps)] == [
        name for name in shown_names() if name.startswith("share_below")
    ]


def test_steps_are_in_order(tmp_path: Path) -> None:
    path = tmp_path / "sizes.toml"
    path.write_text('title = "t"\nsource = "s"\nsteps = [20_000, 10_000]\n', encoding="utf-8")
    with pytest.raises(InputError, match="the steps are out of order: 10,000 follows 20,000"):
        read_scheme(path, SizeScheme)


ROW = build_instance(
    [12_000, 20_000, 11_000, 18_000, 14_000, 16_000, 13_000],
    [*pairwise(range(7)), (0, 2), (1, 3), (4, 6)],
    points=[(0, 0), (3e3, 4e3), (1e4, 0), (1e4, 6e3), (2e4, 0), (2e4, 5e3), (26e3, 5e3)],
)


@pytest.mark.parametrize(
    ("name", "weight"),
    [
        ("municipalities", 1_000.0),
        ("municipalities_below(30000)", 900.0),
        ("inhabitants_below(25000)", 0.02),
        ("inhabitants_below(minimum)", 0.1),
    ],
)
def test_sizes_are_weighed_like_any_other_term(name: str, weight: float) -> None:
    bounds = {"min": 40_000, "floor": 15_000, "max": 60_000}
    shortfall = {"distance": 1.0, "shortfall": 1e-9}
    scenario = Scenario.from_dict({"population": bounds, "weights": {**shortfall, f"effect({name})": weight}})
    truth = brute_force(ROW, scenario)
    assert truth is not None
    free = brute_force(ROW, Scenario.from_dict({"population": bounds, "weights": shortfall}))
    assert free is not None
    assert not set(free.plans) & set(truth.plans), "the weight makes a difference"
    for formulation in ("partition", "flow", "cut", "cpsat"):
        result = solve(ROW, scenario, formulation=formulation, workers=1)
        assert (result.status, result.score_nano) == ("optimal", truth.score_nano), formulation
        assert result.plan is not None
        assert verify(ROW, scenario, result.plan) == ()


def test_a_budget_on_small_municipalities_is_kept() -> None:
    bounds = {"min": 40_000, "floor": 10_000, "max": 60_000}
    asked = {"population": bounds, "weights": {"distance": 1.0, "shortfall": 1e-9}}
    free = solve(ROW, Scenario.from_dict(asked), workers=1)
    small = sum(merger.population(ROW) < 20_000 for merger in free.mergers)
    assert small > 1
    scenario = Scenario.from_dict({**asked, "budgets": {"municipalities_below(20000)": {"max": 1}}})
    bounded = solve(ROW, scenario, workers=1)
    assert bounded.plan is not None
    assert sum(merger.population(ROW) < 20_000 for merger in bounded.mergers) <= 1
    assert verify(ROW, scenario, bounded.plan) == ()
