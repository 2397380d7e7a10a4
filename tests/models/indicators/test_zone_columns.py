"""Linear expressions of indicators on bodies: in every solution what the parts have, no less and no more."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.instances import InputError, Instance
from refzones.models import Scenario
from refzones.models.indicators import build_indicator
from refzones.models.indicators.base import AdditiveIndicator
from refzones.models.programmes.builder import ProgrammeBuilder
from refzones.models.programmes.variables import AssignmentVariables
from refzones.solver.engines import engine
from support.build import build_instance
from support.strategies import instances

NAMES = ("memberships(all)", "memberships(police)", "divided(all)", "divided(police)", "divided_bodies")


def extreme(instance: Instance, indicator: AdditiveIndicator, part: list[int], sign: float) -> float:
    """Least, or most, that the expression can be where the parts are given."""
    n = len(instance)
    builder = ProgrammeBuilder()
    root = [part.index(one) for one in part]  # the first member
    given_x = np.array([[float(root[i] == j) for j in range(n)] for i in range(n)])
    roots = np.tile(np.arange(n), n)
    x = builder.columns(roots, lower=given_x.ravel(), upper=given_x.ravel()).reshape(n, n)
    # who comes before the root cannot be in its part
    x = np.where(np.tril(np.ones((n, n))) > 0, x, -1)
    found = indicator.linear(AssignmentVariables(np.arange(n), "", x, builder))
    builder.cost(found.columns, sign * found.amounts)
    answer = engine().solve(builder.programme())
    assert answer.status == "optimal"
    assert answer.x is not None
    return float(sum(answer.x[found.columns] * found.amounts))


@pytest.mark.parametrize("name", NAMES)
@settings(deadline=None, max_examples=25)
@given(data=st.data())
def test_the_expression_is_exact(name: str, data: st.DataObject) -> None:
    instance = data.draw(instances(largest=7))
    part = [data.draw(st.integers(0, 3)) for _ in range(len(instance))]
    indicator = build_indicator(name, instance, Scenario.from_dict({"weights": {}}))
    assert isinstance(indicator, AdditiveIndicator)
    assert indicator.is_linear
    parts = [[i for i, k in enumerate(part) if k == one] for one in set(part)]
    right = float(indicator.of_plan(parts).numbers.sum())
    for sign in (1.0, -1.0):
        assert extreme(instance, indicator, part, sign) == pytest.approx(right)


@pytest.mark.parametrize("name", ["simplified_bodies", "superfluous_bodies(small)"])
def test_what_cannot_be_weighed_has_no_expression(name: str) -> None:
    instance = build_instance([1_000], [], layers={"police": ["A"]})
    indicator = build_indicator(name, instance, Scenario.from_dict({"weights": {}}))
    assert isinstance(indicator, AdditiveIndicator)
    assert not indicator.is_linear
    x = np.zeros((1, 1), dtype=np.int64)
    with pytest.raises(InputError, match="has no linear expression"):
        indicator.linear(AssignmentVariables(np.arange(1), "", x, ProgrammeBuilder()))
