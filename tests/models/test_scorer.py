"""The scorer and its terms: by hand, and the same on every route."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from refzones.instances import Instance
from refzones.models import Scenario, Scorer
from support.build import build_instance
from support.strategies import questions

# three municipalities in a row, 3 and 4 km apart, 1000, 2000 and 5000 inhabitants
THREE = build_instance(
    [1000, 2000, 5000],
    [(0, 1), (1, 2)],
    points=[(0, 0), (3000, 0), (7000, 0)],
    merged_in={1: 2019},
    layers={"police": ["A", "A", "B"], "primary_care": ["A", "", ""]},
    functions={"centre": [0, 1, 0], "rail": [0, 0, 1]},
)


def value(weights: dict[str, float], members: list[int], **more: object) -> tuple[float, int]:
    """Value in the first term, and the score in nano-points."""
    scorer = Scorer(THREE, Scenario.from_dict({"weights": weights, **more}))
    row = np.zeros((1, 3))
    row[0, members] = 1
    scores = scorer.score(row, np.arange(3))
    return float(scores.values[0, 0]), int(scores.nano[0])


def test_coverage() -> None:
    shares = {"coverage": {"shares": {"centre": 0.75, "rail": 0.25}}}
    assert value({"coverage": 8}, [0, 1], **shares) == (3000 * 0.75, round(8e9 * 2250 / 8000))
    assert value({"coverage": 8}, [0, 1, 2], **shares) == (8000, 8_000_000_000)
    assert value({"coverage": 8}, [0], **shares) == (0, 0)


def test_distance() -> None:
    # to the middle: 1000 x 3 km + 5000 x 4 km = 23,000; to the last: 1000 x 7 km + 2000 x 4 km = 15,000
    assert value({"distance": 1}, [0, 1, 2]) == (15_000, -1_875_000_000)
    assert value({"distance": 1}, [0, 1]) == (3000, -375_000_000)


def test_straddle() -> None:
    assert value({"straddle(police)": 1}, [0, 1, 2]) == (3000, -375_000_000)
    assert value({"straddle(police)": 1}, [0, 1]) == (0, 0)
    # who is in no zone is a zone of its own
    assert value({"straddle(primary_care)": 1}, [1, 2]) == (2000, -250_000_000)


def test_stacking() -> None:
    assert value({"stacking": 4}, [0, 1]) == (2000, -1_000_000_000)
    assert value({"stacking": 4}, [1]) == (0, 0)


def test_seat_is_the_nearest_and_of_equals_the_first() -> None:
    scorer = Scorer(THREE, Scenario())
    assert scorer.seats(np.array([[1.0, 1, 1], [1, 1, 0]]), np.arange(3)).tolist() == [2, 1]
    even = build_instance([5, 5], [(0, 1)])
    assert Scorer(even, Scenario()).seats(np.ones((1, 2)), np.arange(2)).tolist() == [0]


@given(questions(), st.data())
def test_company_changes_nothing(question: tuple[Instance, Scenario], data: st.DataObject) -> None:
    """A merger has the same values, bit for bit, whatever else is scored with it and in whatever order."""
    instance, scenario = question
    n = len(instance)
    rows = np.array(
        data.draw(
            st.lists(st.lists(st.integers(0, 1), min_size=n, max_size=n).filter(any), min_size=1, max_size=6)
        )
    ).astype(np.float64)
    scorer = Scorer(instance, scenario)
    together = scorer.score(rows, np.arange(n))
    order = np.array(data.draw(st.permutations(range(n))))
    for k, row in enumerate(rows):
        alone = scorer.score(row[None, order], order)
        assert alone.values[0].tobytes() == together.values[k].tobytes()
        assert alone.nano[0] == together.nano[k]
