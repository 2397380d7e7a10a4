"""Gains of pairs: sums over forms, and promises that no set betters."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from refzones.models.terms.forms import InsidePairs
from refzones.solver.methods.pair_gains import PairGains


def form(*pairs: tuple[int, int, float], unit: float = 1.0) -> InsidePairs:
    columns = np.array(pairs, dtype=np.float64).reshape(-1, 3)
    return InsidePairs(columns[:, 0].astype(np.int64), columns[:, 1].astype(np.int64), columns[:, 2], unit)


def test_forms_are_summed_by_place_in_the_component() -> None:
    one = form((3, 5, 10.0), (5, 3, 6.0), (5, 5, 8.0), (5, 9, 100.0), unit=2.0)
    other = form((5, 3, 1.0), (7, 5, 2.0))
    gains = PairGains.between([(one, 3.0), (other, 10.0)], np.array([3, 5, 7]))
    assert gains.own.tolist() == [0.0, 12.0, 0.0]
    assert [gains.of(v)[0].tolist() for v in range(3)] == [[1], [0, 2], [1]]
    assert [gains.of(v)[1].tolist() for v in range(3)] == [[34.0], [34.0, 20.0], [20.0]]


def test_nothing_gains_nothing() -> None:
    gains = PairGains.between([], np.array([4, 6]))
    assert (gains.own.tolist(), gains.start.tolist(), gains.partner.tolist()) == ([0.0, 0.0], [0, 0, 0], [])


@pytest.mark.parametrize(("one", "other", "part"), [(10.0, 30.0, 0.25), (0.0, 5.0, 0.0), (0.0, 0.0, 0.5)])
def test_gains_are_split_by_inhabitants(one: float, other: float, part: float) -> None:
    assert float(PairGains.share(one, other)) == part
    assert float(PairGains.share(one, other) + PairGains.share(other, one)) == 1.0


@given(st.data())
def test_what_is_promised_is_not_bettered(data: st.DataObject) -> None:
    n = data.draw(st.integers(1, 6))
    some = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1), st.integers(0, 50))
    gains = PairGains.between([(form(*data.draw(st.lists(some, max_size=12))), 1.0)], np.arange(n))
    weight = np.array([data.draw(st.integers(0, 9)) for _ in range(n)], dtype=np.float64)
    chosen = sorted(data.draw(st.sets(st.integers(0, n - 1), min_size=1)))
    most = float(weight[chosen].sum()) + data.draw(st.sampled_from((0.0, 3.0)))
    fitting, everybody = gains.promised(weight, [np.arange(n)] * n, most)
    inside = sum(gain for v in chosen for u, gain in zip(*gains.of(v), strict=True) if u in chosen) / 2
    assert fitting[chosen].sum() >= inside - 1e-9
    assert (fitting <= everybody + 1e-9).all()
