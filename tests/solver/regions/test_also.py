from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.app.files.check import check_plan
from refzones.instances import InputError, Instance
from refzones.models import Scenario
from refzones.solver import PlanRecord, read_record, record_of, solve
from refzones.solver.audit.reproof import prove_again
from refzones.solver.audit.restored import restored
from refzones.solver.deadline import Limits
from refzones.solver.regions.also import with_also_price
from refzones.solver.results.result import Result
from support.brute import brute_force
from support.brute_nested import brute_force_nested
from support.build import build_instance

INSTANCE = build_instance(
    [12_000, 20_000, 11_000, 18_000, 14_000, 16_000],
    [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (0, 2), (3, 5)],
    points=[(0, 0), (3e3, 4e3), (1e4, 0), (1e4, 6e3), (2e4, 0), (2e4, 5e3)],
    yearly={2026: [6_000, 15_000, 6_000, 17_000, 10_000, 21_000]},
)
COLUMN = "inhabitants_2026"


def asked(**others: Any) -> Scenario:
    bounds = {"min": 25_000, "max": 60_000, "also": [COLUMN]}
    return Scenario.from_dict({"population": bounds, "weights": {"distance": 1.0}} | others)


def priced(instance: Instance = INSTANCE, scenario: Scenario | None = None) -> Result:
    return with_also_price(solve(instance, scenario or asked(), workers=1))


def test_the_price_is_what_the_best_plan_without_scores_more() -> None:
    result = priced()
    free = brute_force(INSTANCE, asked().without_columns())
    bound = brute_force(INSTANCE, asked())
    price = result.also_price
    assert price is not None
    assert free is not None
    assert bound is not None
    assert free.score_nano > bound.score_nano
    (region,) = price.regions
    assert (region.name, region.score_nano, region.proved) == ("R0", free.score_nano, True)
    assert price.cost_nano == region.cost_nano == free.score_nano - bound.score_nano
    assert price.cost == pytest.approx(price.cost_nano / 1e9)
    assert (price.columns, price.proved) == ([COLUMN], True)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 40_000), min_size=6, max_size=6))
def test_any_figures(later: list[int]) -> None:
    where = replace(INSTANCE, yearly={2026: np.array(later, dtype=np.float64)})
    bound, free = brute_force(where, asked()), brute_force(where, asked().without_columns())
    price = priced(where).also_price
    assert free is not None
    assert price is not None
    if bound is None:
        assert (price.cost_nano, price.proved) == (None, False)
        assert price.regions[0].score_nano == free.score_nano
    else:
        assert price.cost_nano == free.score_nano - bound.score_nano
        assert price.cost_nano >= 0


def test_columns_of_both_levels_are_left_out() -> None:
    zones = {"population": {"min": 50_000, "max": 90_000, "also": [COLUMN]}, "weights": {"distance": 0.5}}
    scenario = asked(level="nested", zones=zones)
    free = scenario.without_columns()
    assert free.columns == ()
    assert free.zones is not None
    price = priced(scenario=scenario).also_price
    best = brute_force_nested(INSTANCE, free)
    assert price is not None
    assert price.regions[0].score_nano == (None if best is None else best.score_nano)


def test_nothing_is_priced_where_nothing_is_asked() -> None:
    result = solve(INSTANCE, asked().without_columns(), workers=1)
    assert with_also_price(result) is result
    assert "also_price" not in record_of(result).model_dump()


def test_what_is_not_found_in_time_is_not_known() -> None:
    late = with_also_price(solve(INSTANCE, asked(), workers=1), Limits(1e-9))
    assert late.also_price is not None
    assert (late.also_price.cost_nano, late.also_price.proved) == (None, False)


def test_it_is_written_and_read(tmp_path: Path) -> None:
    result = priced()
    (tmp_path / "plan.json").write_text(record_of(result).model_dump_json(), encoding="utf-8")
    record = read_record(tmp_path / "plan.json")
    assert record == record_of(result)
    assert restored(record, INSTANCE).also_price == result.also_price
    assert check_plan(record, INSTANCE) == []
    assert prove_again(record, INSTANCE, 60).violations == ()


def altered(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return f"{value}0"
    return value + 1


@pytest.mark.parametrize("key", ["score_nano", "bound_nano", "cost_nano", "cost", "proved", "name"])
def test_every_altered_figure_is_found(key: str) -> None:
    record = record_of(priced())
    assert record.also_price is not None
    region = record.also_price.regions[0]
    changed = region.model_copy(update={key: altered(getattr(region, key))})
    assert found(record, {"regions": [changed]})
    if key in ("cost_nano", "cost", "proved"):
        assert found(record, {key: altered(getattr(record.also_price, key))})


def test_figures_that_fit_each_other_are_proved_again() -> None:
    """Both scores moved, with what follows from them: only a search can tell."""
    record = record_of(priced())
    assert record.also_price is not None
    region = record.also_price.regions[0]
    assert region.score_nano is not None
    assert region.cost_nano is not None
    for more in (-1, 1):
        cost = region.cost_nano + more
        figures = {"cost_nano": cost, "cost": cost / 1e9}
        score = region.score_nano + more
        moved = region.model_copy(update=figures | {"score_nano": score, "bound_nano": score})
        (text,) = found(record, figures | {"regions": [moved]})
        assert "also_price: R0: " in text


def test_other_columns_than_the_scenario_names() -> None:
    assert "also_price.columns" in found(record_of(priced()), {"columns": ["later"]})[0]
    assert found(record_of(priced()), {"regions": []})


def found(record: PlanRecord, changes: dict[str, Any]) -> list[str]:
    """What is found wrong with a record whose price is altered, its digest mended."""
    assert record.also_price is not None
    price = record.also_price.model_copy(update=changes)
    forged = record.model_copy(update={"also_price": price}).sealed()
    return check_plan(forged, INSTANCE) or list(prove_again(forged, INSTANCE, 60).violations)


def test_a_plan_knows_the_years_that_it_rests_on() -> None:
    """And no others: a year that changes, or is added, makes no other plan stale."""
    other = replace(INSTANCE, yearly={2026: INSTANCE.yearly[2026] + 1, 2030: INSTANCE.yearly[2026]})
    added = replace(INSTANCE, yearly={2026: INSTANCE.yearly[2026], 2030: INSTANCE.yearly[2026]})
    lasting, today = record_of(priced()), record_of(solve(INSTANCE, asked().without_columns(), workers=1))
    lasting.check_instance(added)
    today.check_instance(other)
    with pytest.raises(InputError, match="the plan was made for other data"):
        lasting.check_instance(other)
    assert check_plan(today, other) == []
    assert any("instance.hash" in text for text in check_plan(lasting, other))
