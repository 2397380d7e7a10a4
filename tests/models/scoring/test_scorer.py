"""The scorer and its terms: by hand, and the same on every route."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance
from refzones.instances.common.arrays import FloatArray, IntArray
from refzones.instances.synthetic import synthesise
from refzones.models import NANO, Scenario, Scorer
from refzones.models.scoring import scorer as scorer_module
from refzones.models.scoring.scorer import narrowed
from refzones.models.terms import Term
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
@settings(deadline=None)
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


# From values to nano-points


def test_divisor_is_all_inhabitants_of_the_instance_not_of_the_frame() -> None:
    scorer = Scorer(THREE, Scenario.from_dict({"weights": {"distance": 1}}))
    assert scorer.divisor(scorer.terms[0]) == 8000
    assert scorer.score(np.ones((1, 2)), np.arange(2)).nano.tolist() == [-3000 * NANO // 8000]


class _Count(Term):
    """A term that counts members; nothing divides it."""

    key = "count"
    unit = "number of members"
    sense = 1
    divided_by = "nothing"

    def values(self, members: FloatArray, of: IntArray) -> FloatArray:
        found: FloatArray = members.sum(axis=1)
        return found


def test_a_count_is_not_divided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scorer_module, "build_term", lambda name, i, s: _Count(i, s))
    scorer = Scorer(THREE, Scenario.model_construct(weights={"count": 2.0}))
    assert scorer.score(np.ones((1, 3)), np.arange(3)).nano.tolist() == [6 * NANO]


@pytest.mark.parametrize(
    ("inhabitants", "nano"),
    [(0.5, 0), (1.5, -2), (2.5, -2), (2.51, -3), (3.5, -4), (0.49, 0), (1.0, -1)],
)
def test_nano_rounds_half_to_even(inhabitants: float, nano: int) -> None:
    """With a billion inhabitants a term value is its own number of nano-points."""
    billion = build_instance([NANO], [])
    scorer = Scorer(billion, Scenario.from_dict({"weights": {"stacking": 1}}))
    assert scorer.nano(np.array([[inhabitants]])).tolist() == [nano]


@pytest.mark.parametrize(
    ("order", "nano"),
    [
        (["straddle(large)", "coverage", "straddle(small)"], -NANO),
        (["coverage", "straddle(large)", "straddle(small)"], -NANO),
        (["straddle(small)", "straddle(large)", "coverage"], 0),
    ],
)
def test_terms_are_added_in_the_order_of_the_weights(order: list[str], nano: int) -> None:
    """Two large ones that cancel swallow a small one before them: the order is part of the definition."""
    instance = build_instance([1], [], layers={"large": ["A"], "small": ["A"]}, functions={"f": [1]})
    scenario = Scenario.from_dict({"weights": dict.fromkeys(order, 1), "coverage": {"shares": {"f": 1}}})
    values = {"straddle(large)": 2.0**60, "straddle(small)": 1.0, "coverage": 2.0**60}
    row = np.array([[values[name] for name in order]])
    assert Scorer(instance, scenario).nano(row).tolist() == [nano]


def test_no_weights_no_points_and_no_candidates() -> None:
    scores = Scorer(THREE, Scenario()).score(np.eye(3), np.arange(3))
    assert (scores.values.shape, scores.nano.tolist()) == ((3, 0), [0, 0, 0])
    assert Scorer(THREE, Scenario()).score(np.zeros((0, 3)), np.arange(3)).nano.shape == (0,)


@given(questions())
@settings(max_examples=100, deadline=None)
def test_nano_is_within_half_of_the_true_score(question: tuple[Instance, Scenario]) -> None:
    """Against the sum in fractions: rounding costs half a nano-point, and floating point next to nothing."""
    instance, scenario = question
    scorer = Scorer(instance, scenario)
    scores = scorer.score(np.eye(len(instance)), np.arange(len(instance)))
    for values, nano in zip(scores.values.tolist(), scores.nano.tolist(), strict=True):
        parts = [
            term.sense * Fraction(scenario.weights[term.name]) * Fraction(value) / scorer.divisor(term)
            for term, value in zip(scorer.terms, values, strict=True)
        ]
        rounding = Fraction(1, 2) + NANO * sum(map(abs, parts)) * Fraction(1, 2**49)
        assert abs(NANO * sum(parts) - nano) <= rounding


def test_old_name_of_a_parameter() -> None:
    scorer = Scorer(THREE, Scenario.from_dict({"weights": {"distance": 1}}))
    with pytest.warns(DeprecationWarning, match="municipalities"):
        old = scorer.score(np.ones((1, 2)), of=np.arange(2))  # type: ignore[call-arg]
    assert old.nano.tolist() == scorer.score(np.ones((1, 2)), np.arange(2)).nano.tolist()


def test_all_that_terms_lack_is_listed_at_once() -> None:
    weights = {"coverage": 1, "distance": 1, "touched(fire)": 1, "fiscal": 1}
    scenario = Scenario.from_dict({"weights": weights, "coverage": {"shares": {"pool": 0.5, "zoo": 0.5}}})
    with pytest.raises(InputError) as caught:
        Scorer(THREE, scenario)
    assert [problem.what for problem in caught.value.problems] == [
        "coverage.shares: the instance has no function 'pool', 'zoo'",
        "touched(fire): the instance has no layer 'fire'",
        "fiscal: the instance has no attribute 'net_taxable_income_eur'",
    ]


@given(data=st.data(), wide=st.integers(0, 6))
@settings(max_examples=60, deadline=None)
def test_narrowed_candidates_are_all_there(data: st.DataObject, wide: int) -> None:
    """Each row once and in order, with just the columns it needs."""
    rows, columns = data.draw(st.integers(0, 6)), data.draw(st.integers(1, 8))
    bits = data.draw(st.lists(st.integers(0, 2**columns - 1), min_size=rows, max_size=rows))
    members = np.array([[b >> c & 1 for c in range(columns)] for b in bits], np.float64).reshape(-1, columns)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scorer_module, "_WIDE", wide)
        some = list(narrowed(members, np.arange(columns) + 5))
    assert [k for one, _, _ in some for k in range(one.start, one.stop)] == list(range(rows))
    for one, narrow, held in some:
        assert narrow.shape == (one.stop - one.start, len(held))
        whole = np.zeros((len(narrow), columns))
        whole[:, held - 5] = narrow
        assert whole.tolist() == members[one].tolist()


def test_what_has_nothing_in_common_is_scored_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """And what has much in common is not; with the same values."""
    apart, alike = np.kron(np.eye(4), np.ones((1, 3))), np.tril(np.ones((12, 12)))
    monkeypatch.setattr(scorer_module, "_WIDE", 2)
    assert [some.shape for _, some, _ in narrowed(apart, np.arange(12))] == [(1, 3)] * 4
    assert [some.shape for _, some, _ in narrowed(alike[8:], np.arange(12))] == [(4, 12)]
    instance = synthesise(12, regions=1, per_merger=3, seed=2)
    scorer = Scorer(instance, Scenario.preset("mergers"))
    scored, seats = scorer.score(apart, np.arange(12)), scorer.seats(apart, np.arange(12))
    monkeypatch.setattr(scorer_module, "_WIDE", 99)
    assert scored.nano.tolist() == scorer.score(apart, np.arange(12)).nano.tolist()
    assert scored.values.tolist() == scorer.values(apart, np.arange(12)).tolist()
    assert seats.tolist() == scorer.seats(apart, np.arange(12)).tolist()
