"""Estimates are unbiased: their mean over all that chance can choose is the number of plans, exactly."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import event, given, settings
from refzones.instances import InputError, Instance
from refzones.models.scenario.scenario import Scenario
from refzones.solver.candidates.region import RegionListing, list_regions
from refzones.solver.plan_sets.census.estimate import _Component, estimate
from support.all_plans import all_plans
from support.build import build_instance
from support.strategies import questions


class Told(random.Random):
    """Chooses what it is told, then the first; keeps what it could choose from."""

    def __init__(self, choices: list[int]) -> None:
        super().__init__(0)
        self.choices = choices
        self.sizes: list[int] = []

    def randrange(self, stop: int, *_: int) -> int:  # type: ignore[override]
        place = len(self.sizes)
        self.sizes.append(stop)
        return self.choices[place] if place < len(self.choices) else 0


def probes(frame: _Component) -> Iterator[tuple[float, Fraction]]:
    """Every probe of a frame, and the probability of each."""
    choices: list[int] | None = []
    while choices is not None:
        told = Told(choices)
        found = frame.probe(told)
        probability = Fraction(1)
        for size in told.sizes:
            probability /= size
        yield found, probability
        taken = (choices + [0] * len(told.sizes))[: len(told.sizes)]
        while taken and taken[-1] + 1 == told.sizes[len(taken) - 1]:
            taken.pop()
        choices = [*taken[:-1], taken[-1] + 1] if taken else None


def mean(listed: RegionListing) -> Fraction:
    product = Fraction(1)
    for one in listed.components:
        every = list(probes(_Component.of(listed.question.instance, one)))
        assert sum(probability for _, probability in every) == 1
        product *= sum(Fraction(found) * probability for found, probability in every)
    return product


@settings(deadline=None, max_examples=60)
@given(questions(largest=6, agreed=True))
def test_the_mean_over_all_probes_is_the_number_of_plans(question: tuple[Instance, Scenario]) -> None:
    try:
        listings = list(list_regions(*question))
    except InputError:
        event("refused")
        return
    for region, listed in enumerate(listings):
        plans = len(all_plans(*question, region))
        event("no plan" if not plans else "one" if plans == 1 else "several")
        assert mean(listed) == plans


@pytest.mark.parametrize("seed", range(3))
def test_the_error_tells_how_far_off_it_may_be(seed: int) -> None:
    instance = build_instance([1000] * 12, [(i, i + 1) for i in range(11)])
    scenario = Scenario.from_dict({"population": {"min": 1000, "max": 3000}, "weights": {"distance": 1}})
    (listed,) = list_regions(instance, scenario)
    found = estimate(listed, 2000, seed)
    assert found.probes == 2000
    assert 0 < found.error < 0.1 * found.count
    assert abs(found.count - 927) < 3 * found.error  # a tribonacci number
    assert estimate(listed, 2000, seed) == found
