from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance
from refzones.models import NANO, Scenario, Scorer
from refzones.models.seats import best_seats
from refzones.models.terms.moment import MomentTerm, whole_km
from refzones.solver.verification.figures import term_value
from support.build import build_instance


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ((3,), 0.0),
        ((0, 1), 9_000.0),  # 1,000 inhabitants, 3 km to 1
        ((0, 2), 16_000.0),
        ((1, 2), 50_000.0),  # 2,000 inhabitants, 5 km to 2
        ((0, 1, 2), 66_000.0),  # 1,000 x 16 + 2,000 x 25, to 2
        ((3, 4), 0.0),  # at one point
    ],
)
def test_by_hand(value: Callable[..., float], members: tuple[int, ...], expected: float) -> None:
    assert value("moment", members) == expected


def test_kilometres_are_whole_and_half_to_even() -> None:
    points = [(0, 0), (499, 0), (500, 0), (1_500, 0), (2_500, 0), (2_501, 0)]
    instance = build_instance([1] * 6, [], points=points)
    assert whole_km(instance, np.arange(6))[0].tolist() == [0, 0, 0, 2, 2, 3]


def test_its_seat_need_not_be_that_of_the_plan() -> None:
    """Two thirds of the people at one end, one third 9 km away: squares pull the seat to the middle."""
    instance = build_instance([600, 10, 300], [(0, 1), (1, 2)], points=[(0, 0), (4_000, 0), (9_000, 0)])
    everybody, of = np.ones((1, 3)), np.arange(3)
    term = MomentTerm(instance, Scenario())
    assert term.values(everybody, of).tolist() == [600 * 16 + 300 * 25]
    assert best_seats(instance, term.efforts(of), everybody, of, term.ranks)[0].tolist() == [1]
    assert Scorer(instance, Scenario()).seats(everybody, of).tolist() == [0]


def test_it_is_not_divided_by_inhabitants() -> None:
    instance = build_instance([1_000, 2_000], [(0, 1)], points=[(0, 0), (3_000, 0)])
    scorer = Scorer(instance, Scenario.from_dict({"weights": {"moment": 1e-6}}))
    assert scorer.score(np.ones((1, 2)), np.arange(2)).nano.tolist() == [-9_000 * NANO // 1_000_000]


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_large_figures_are_exact(data: st.DataObject) -> None:
    """As in whole numbers of any length, for states with millions of inhabitants hundreds of km wide."""
    n = data.draw(st.integers(2, 8))
    population = data.draw(st.lists(st.integers(1, 3_000_000), min_size=n, max_size=n))
    metres = st.floats(-600_000, 600_000, allow_nan=False)
    points = data.draw(st.lists(st.tuples(metres, metres), min_size=n, max_size=n))
    instance = build_instance(population, [], points=points)
    scenario = Scenario.from_dict({"weights": {"moment": 1e-6}})
    scores = Scorer(instance, scenario).score(np.ones((1, n)), np.arange(n))
    km = [[round(np.hypot(a - c, b - d) / 1000) for c, d in points] for a, b in points]
    least = min(sum(p * km[i][to] ** 2 for i, p in enumerate(population)) for to in range(n))
    assert int(scores.values[0, 0]) == least
    assert term_value("moment", instance, scenario, range(n)) == least
    assert abs(int(scores.nano[0]) + least * 1_000) <= 2**-52 * least * 1_000 + 1


def far_apart(km: float, people: int) -> Instance:
    return build_instance([people, people], [(0, 1)], points=[(0, 0), (1_000 * km, 0)])


def test_sums_that_would_not_be_exact_are_refused() -> None:
    scenario = Scenario()
    MomentTerm(far_apart(3_000, 450_000_000), scenario)
    with pytest.raises(InputError, match=r"too far apart .* x and y must be in metres"):
        MomentTerm(far_apart(900_000, 30_000), scenario)


def test_weights_whose_scores_would_not_fit_are_refused() -> None:
    instance = far_apart(100, 1_000_000)  # up to 2e10 inhabitants x km2
    with pytest.raises(InputError, match=r"moment = 1 is too heavy .* at most 0\.007 "):
        Scorer(instance, Scenario.from_dict({"weights": {"moment": 1}}))
    scorer = Scorer(instance, Scenario.from_dict({"weights": {"moment": 0.007}}))
    assert scorer.score(np.ones((1, 2)), np.arange(2)).nano.tolist() == [-70_000_000 * NANO]
