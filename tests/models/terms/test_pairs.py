"""What the terms on pairs share: sums over pairs inside, and a bound that holds for every partition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from refzones.instances.common.arrays import BoolArray, IntArray
from refzones.models import Scenario
from refzones.models.programmes.knapsack import filled
from refzones.models.terms.cooperation import CooperationTerm
from refzones.models.terms.orientation import OrientationTerm
from refzones.models.terms.pairs import _KEPT, Pairs, PairTerm, _counted
from support.build import build_instance


class Given(PairTerm):
    """A term whose pairs are given."""

    key = "given"
    unit = "what is given"
    given: Pairs

    def count_pairs(self) -> Pairs:
        return self.given


@dataclass
class Reached:
    """All municipalities within reach of each other, under one maximum."""

    counted: IntArray
    highest: int
    numbers: tuple[int, int] = (1, 9)
    municipalities: IntArray = field(init=False)
    within: Sequence[IntArray] = field(init=False)

    def __post_init__(self) -> None:
        n = len(self.counted)
        self.municipalities = np.arange(n)
        self.within = [np.array([i, *(j for j in range(n) if j != i)]) for i in range(n)]

    @property
    def bounds(self) -> tuple[int, int]:
        return 0, self.highest

    def reaching(self, some: BoolArray) -> BoolArray:
        return np.full(len(self.counted), some.any())


def term(population: list[int], amounts: dict[tuple[int, int], int]) -> Given:
    instance = build_instance(population, [(i, i + 1) for i in range(len(population) - 1)])
    found = Given(instance, Scenario.from_dict({}))
    found.given = Pairs.from_dict(amounts)
    return found


def test_both_directions_and_the_diagonal_count_once() -> None:
    found = term([1, 1, 1], {(0, 0): 500, (0, 1): 100, (1, 0): 20, (1, 2): 3, (2, 2): 0})
    members = np.array([[1, 0, 0], [1, 1, 0], [0, 1, 1], [1, 1, 1.0]])
    assert found.values(members, np.arange(3)).tolist() == [5.0, 6.2, 0.03, 6.23]
    assert len(found.pairs.amount) == 4  # pairs that are worth nothing are left out


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[int], dict[tuple[int, int], int], list[int], int]:
    n = draw(st.integers(1, 6))
    population = [draw(st.integers(1, 9)), *(draw(st.integers(0, 9)) for _ in range(n - 1))]
    some = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1))
    amounts = draw(st.dictionaries(some, st.integers(0, 900), max_size=n * n))
    group = draw(st.lists(st.integers(0, 2), min_size=n, max_size=n))
    return population, amounts, group, draw(st.integers(9, 30))


@given(cases())
def test_no_partition_betters_the_bound(
    case: tuple[list[int], dict[tuple[int, int], int], list[int], int],
) -> None:
    population, amounts, group, highest = case
    sums = [sum(p for p, g in zip(population, group, strict=True) if g == k) for k in range(3)]
    found = term(population, amounts)
    highest = max(highest, *sums)
    members = np.array([[float(g == k) for g in group] for k in range(3)])
    reached = Reached(np.array(population), highest)
    assert found.best(reached) >= found.values(members, np.arange(len(group))).sum() - 1e-9


def test_bound_fills_the_room_that_the_maximum_leaves() -> None:
    found = term([10, 10, 20], {(0, 1): 100, (0, 2): 300})
    assert found.best(Reached(np.array([10, 10, 20]), 20)) == 1.0
    assert found.best(Reached(np.array([10, 10, 20]), 40)) == 4.0


@given(
    people=st.lists(st.integers(1, 9), min_size=1, max_size=6),
    amounts=st.dictionaries(st.tuples(st.integers(0, 5), st.integers(0, 5)), st.integers(0, 500)),
    highest=st.integers(0, 30),
)
def test_bound_is_the_sum_of_knapsacks(
    people: list[int], amounts: dict[tuple[int, int], int], highest: int
) -> None:
    """Against the whole matrix; pairs with others than the component have no part in it."""
    size = len(people)
    inside = {pair: amount for pair, amount in amounts.items() if max(pair) < size}
    found = term(people, inside)
    matrix = found.pairs.between(np.arange(size), size)
    expected = sum(
        matrix[i, i]
        + filled(np.delete(matrix[i], i), np.delete(np.array(people, float), i), max(0, highest - people[i]))
        for i in range(size)
    )
    assert found.best(Reached(np.array(people), highest)) == pytest.approx(expected / 100)


def test_pairs_are_counted_anew_for_another_instance_or_parameter_alone() -> None:
    """Weights leave them as they are; each term has its own."""
    population, borders = [1_000, 20_000, 40_000], [(0, 1), (1, 2)]
    instance, other = (
        build_instance(
            population,
            borders,
            classes=["c3", "a1", "a0"],
            functions={"hospital": [0, 0, 1]},
            layers={"police": ["A", "A", "A"]},
        )
        for _ in range(2)
    )
    asked: dict[str, dict[str, object]] = {
        "plain": {},
        "weighed": {"weights": {"orientation": 3.0}},
        "farther": {"orientation": {"distance": -1.0}},
    }
    scenarios = {
        name: Scenario.from_dict({"cooperation": {"layers": {"police": 1}}} | one)
        for name, one in asked.items()
    }
    plain = OrientationTerm(instance, scenarios["plain"]).pairs
    assert OrientationTerm(instance, scenarios["weighed"]).pairs is plain
    assert CooperationTerm(instance, scenarios["plain"]).pairs is not plain
    farther = OrientationTerm(instance, scenarios["farther"]).pairs
    assert farther.amount.tolist() != plain.amount.tolist()
    again = OrientationTerm(other, scenarios["plain"]).pairs
    assert again is not plain
    assert again.amount.tolist() == plain.amount.tolist()


def test_few_counts_are_kept() -> None:
    """Parameters that change again and again do not fill the memory, and each count is right."""
    instance = build_instance(
        [1_000, 20_000, 40_000],
        [(0, 1), (1, 2)],
        classes=["c3", "a1", "a0"],
        functions={"hospital": [0, 0, 1]},
    )
    for power in (-1.0, -1.25, -1.5, -1.75, -2.0, -2.25, -2.5, -2.75, -3.0, -1.0):
        term = OrientationTerm(instance, Scenario.from_dict({"orientation": {"distance": power}}))
        assert term.pairs.amount.tolist() == term.count_pairs().amount.tolist()
    assert len(_counted[instance]) <= _KEPT
