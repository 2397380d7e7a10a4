"""A census drawn: bars are the plans, marks stand where brute force puts them."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from refzones.app.pictures.of_census import plot_census, plot_probabilities
from refzones.instances import InputError, Instance
from refzones.models import Scenario
from refzones.solver import solve
from refzones.solver.plan_sets.census.result import Census
from refzones.solver.plan_sets.census.run import census
from support.build import build_instance

SCENARIO = Scenario.from_dict(
    {"population": {"min": 40_000, "max": 80_000}, "weights": {"distance": 5.0, "touched(police)": 1.0}}
)


@pytest.fixture(scope="module")
def grids() -> Instance:
    """Two regions of nine municipalities each, on grids of three by three."""
    places = [
        (3000.0 * x + 50_000.0 * r + 200.0 * y * y, 3000.0 * y)
        for r, y, x in product(range(2), range(3), range(3))
    ]
    borders = [(9 * r + i, 9 * r + i + 1) for r in range(2) for i in range(9) if i % 3 < 2]
    borders += [(9 * r + i, 9 * r + i + 3) for r in range(2) for i in range(6)]
    return build_instance(
        [20_000 + 500 * i for i in range(9)] + [21_000] * 9,
        borders,
        points=places,
        region=[0] * 9 + [1] * 9,
        layers={"police": ["a", "a", "b", "a", "b", "b", "c", "c", "c"] * 2},
    )


@pytest.fixture(scope="module")
def counted(grids: Instance) -> Census:
    return census(grids, SCENARIO, bins=12)


def marks(figure: object) -> dict[str, float]:
    """Value of each mark by the first line of its name."""
    (axes,) = figure.axes  # type: ignore[attr-defined]
    names = [text.get_text().splitlines()[0] for text in axes.texts if text.get_text() and text.xy[0] != 0]
    lines = [line for line in axes.lines if len(line.get_xdata()) == 2]
    return {name: float(line.get_xdata()[0]) for name, line in zip(names, lines, strict=True)}


def test_bars_hold_all_plans(counted: Census) -> None:
    for term in ("score", "distance", "touched(police)"):
        figure = plot_census(counted, region="R0", term=term)
        one = counted.of("R0")
        bars = [bar.get_height() * one.count for bar in figure.axes[0].patches]
        plans = one.distributions[term].plans
        assert bars == pytest.approx(plans if term == "score" else plans[::-1])
        assert sum(bars) == pytest.approx(one.count)


def test_marks_stand_at_values_and_say_how_many_are_better(counted: Census, grids: Instance) -> None:
    best = solve(grids, SCENARIO).plan
    (drawn,) = counted.draw(1, seed=3)
    figure = plot_census(counted, {"ours": drawn}, region="R1")
    found = marks(figure)
    score = sum(part.score_nano for part in drawn.mergers if part.seat >= 9) / 1e9
    assert found["ours"] == pytest.approx(score)
    assert found["optimum"] == pytest.approx(sum(p.score_nano for p in best.mergers if p.seat >= 9) / 1e9)
    assert "best of all plans" in "".join(text.get_text() for text in figure.axes[0].texts)
    # the best plan is not marked twice
    assert list(marks(plot_census(counted, {"solved": best}, region="R1"))) == ["solved"]


def test_a_sample_is_told_and_proves_nothing_best(counted: Census, grids: Instance) -> None:
    sampled = replace(counted, by_region=tuple(replace(one, cut=None) for one in counted.by_region))
    best = solve(grids, SCENARIO).plan
    drawn = min(counted.draw(20, seed=3), key=lambda plan: plan.score_nano)
    figure = plot_census(sampled, {"ours": drawn, "solved": best}, region="R1")
    ours, solved = (text.get_text() for text in figure.axes[0].texts if "plans" in text.get_text())
    assert ours.splitlines()[1].startswith("about ")
    # known from the least and the most of all plans, which are exact
    assert solved == "solved\nbest of all plans"


def test_a_mean_is_one_over_the_regions_own_inhabitants(counted: Census, grids: Instance) -> None:
    best = solve(grids, SCENARIO).plan
    value = marks(plot_census(counted, best, region="R0", term="distance"))["this plan"]
    metres = sum(
        grids.population[i] * np.hypot(grids.x[i] - grids.x[part.seat], grids.y[i] - grids.y[part.seat])
        for part in best.mergers
        if part.seat < 9
        for i in part.members
    )
    assert value == pytest.approx(metres / 1000 / grids.population[:9].sum(), rel=1e-3)
    # a count is not divided
    touched = marks(plot_census(counted, best, region="R0", term="touched(police)"))["this plan"]
    assert touched == round(touched) >= 3


def test_lines_are_the_probabilities(counted: Census, grids: Instance) -> None:
    from refzones.app.pictures.pair_map import widths

    figure = plot_probabilities(counted, region="R0")
    lines = [c for c in figure.axes[0].collections if c.get_label() in ("never", "open", "always")]
    found = sorted(float(width) for c in lines for width in c.get_linewidths())
    inside = [(a, b) for a, b in grids.borders.pairs.tolist() if b < 9]
    share = np.array([counted.of("R0").co_assignment[a, b] for a, b in inside])
    assert found == pytest.approx(sorted(widths(share)))
    both = plot_probabilities(counted)
    assert (
        sum(
            len(c.get_linewidths())
            for c in both.axes[0].collections
            if c.get_label() in ("never", "open", "always")
        )
        == 24
    )


def test_what_cannot_be_drawn(counted: Census, grids: Instance) -> None:
    half = solve(grids, SCENARIO, regions=["R0"]).plan
    for wrong, options in [
        ("one region", {}),
        ("census of this region", {"region": "R2"}),
        ("distribution of this term", {"region": "R0", "term": "coverage"}),
        ("does not hold", {"region": "R1", "plans": half}),
    ]:
        with pytest.raises(InputError, match=wrong):
            plot_census(counted, **options)
    with pytest.raises(InputError, match="no distributions"):
        plot_census(census(grids, SCENARIO, regions=["R0"], bins=0))
    none = Scenario.from_dict({"population": {"min": 500_000, "max": 600_000}, "weights": {"distance": 1.0}})
    with pytest.raises(InputError, match="no plan"):
        plot_probabilities(census(grids, none, regions=["R0"], bins=0))
