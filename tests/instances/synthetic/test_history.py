from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from refzones.instances import Instance, load
from refzones.instances.synthetic.history import INCOME
from refzones.models.terms.fiscal import ATTRIBUTE


def test_income_is_what_the_fiscal_term_reads(drawn: Instance) -> None:
    assert INCOME == ATTRIBUTE
    income = drawn.attributes[INCOME]
    assert (income == np.rint(income)).all()


def test_income_spreads_as_in_flanders(usual: Instance) -> None:
    flanders = load("flanders-2025")
    there, here = (np.log(i.attributes[INCOME] / i.population) for i in (flanders, usual))
    assert here.mean() == pytest.approx(there.mean(), abs=0.05)
    assert here.std() == pytest.approx(there.std(), abs=0.03)


def test_regions_are_rich_or_poor(usual: Instance) -> None:
    each = np.log(usual.attributes[INCOME] / usual.population)
    means = [each[usual.members(region)].mean() for region in range(len(usual.regions))]
    assert np.std(means) > 2 * 0.07 / np.sqrt(20)  # more than chance between neighbours gives


def test_few_villages_merged_before(usual: Instance) -> None:
    assert Counter(usual.merged_in.tolist()) == {0: 278, 2019: 8, 2025: 14}
    merged = usual.merged_in > 0
    assert {usual.names[i].split()[0] for i in np.flatnonzero(merged).tolist()} == {"Village"}
    assert np.median(usual.area[merged]) > np.median(usual.area)
