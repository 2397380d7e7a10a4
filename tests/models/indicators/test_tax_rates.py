from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from refzones.instances import InputError, Instance
from refzones.models import Scenario
from refzones.models.indicators import build_indicator
from refzones.models.indicators.tax_rates import TaxRate
from support.build import build_instance

ASKED = Scenario.from_dict({"weights": {}})


def taxed(**columns: Sequence[float]) -> Instance:
    return build_instance([100, 300, 300, 300], [(0, 1), (1, 2), (2, 3)], attributes=columns)


def rate(instance: Instance, rule: str, *part: int) -> float | None:
    indicator = build_indicator(f"property_tax_rate({rule})", instance, ASKED)
    assert isinstance(indicator, TaxRate)
    return indicator.of_plan([part]).value([0])


@pytest.mark.parametrize(
    ("rule", "expected"),
    [("largest", 900), ("lowest", 800), ("mean", (100 * 1_000 + 300 * 900 + 300 * 800) / 700)],
)
def test_the_rate_of_a_merger_by_each_rule(rule: str, expected: float) -> None:
    """1 and 2 are equally large: the lower code is the first of them."""
    instance = taxed(property_tax_rate=[1_000, 900, 800, 700])
    assert rate(instance, rule, 0, 1, 2) == pytest.approx(expected)
    assert rate(instance, rule, 2, 1, 0) == pytest.approx(expected)
    assert rate(instance, rule, 3) == pytest.approx(700)


def test_the_neutral_rate_raises_what_was_raised() -> None:
    instance = taxed(property_tax_rate=[1_000, 900, 800, 700], property_tax_base_eur=[5, 1, 2, 9])
    assert rate(instance, "neutral", 0, 1, 2) == pytest.approx((5_000 + 900 + 1_600) / 8)


@given(st.data())
def test_the_neutral_rate_is_neutral_and_the_lowest_is_below_all(data: st.DataObject) -> None:
    rates = data.draw(st.lists(st.integers(0, 2_000), min_size=4, max_size=4))
    bases = data.draw(st.lists(st.integers(1, 10**9), min_size=4, max_size=4))
    instance = taxed(property_tax_rate=rates, property_tax_base_eur=bases)
    neutral, lowest = rate(instance, "neutral", 0, 1, 2, 3), rate(instance, "lowest", 0, 1, 2, 3)
    raised = sum(one * base for one, base in zip(rates, bases, strict=True))
    assert neutral is not None
    assert neutral * sum(bases) == pytest.approx(raised)
    assert lowest == min(rates)
    for rule in ("largest", "mean", "neutral"):
        found = rate(instance, rule, 0, 1, 2, 3)
        assert found is not None
        assert min(rates) - 1e-9 <= found <= max(rates) + 1e-9


def test_several_mergers_have_the_mean_over_their_inhabitants() -> None:
    instance = taxed(property_tax_rate=[1_000, 900, 800, 700])
    found = build_indicator("property_tax_rate(largest)", instance, ASKED).of_plan([(0, 1), (2,), (3,)])
    assert found.value([0, 1, 2]) == pytest.approx((400 * 900 + 300 * 800 + 300 * 700) / 1_000)


@pytest.mark.parametrize(("rule", "known"), [("largest", True), ("lowest", False), ("mean", False)])
def test_a_rate_that_is_not_known_is_not_guessed(rule: str, known: bool) -> None:
    figures = {"property_tax_rate": np.array([np.nan, 900, 800, 700])}
    instance = replace(taxed(), figures=figures)
    assert (rate(instance, rule, 0, 1) is not None) == known
    assert rate(instance, rule, 0) is None
    assert rate(instance, rule, 2, 3) is not None  # the unknown one is not in it
    indicator = build_indicator(f"property_tax_rate({rule})", instance, ASKED)
    assert indicator.remarks([(0, 1), (2,)]) == (
        "'property_tax_rate' is not known for M0, nor is a sum or mean with it",
    )


@pytest.mark.parametrize(
    ("name", "columns", "message"),
    [
        (
            "property_tax_rate(largest)",
            {"property_tax_rate": [1, -5, 3, 4]},
            "column 'property_tax_rate', value 'M1 (10001): -5': property_tax_rate(largest): a rate and",
        ),
        (
            "property_tax_rate(mean)",
            {"property_tax_rate": [1, 2, 3, 44_000]},
            "value 'M3 (10003): 44000': property_tax_rate(mean): 44,000 is above 3,000, up to which a rate",
        ),
        (
            "income_tax_rate(mean)",
            {"income_tax_rate": [7, 75, 7, 7]},
            "income_tax_rate(mean): 75 is above 20, up to which a rate is plausible; correct the figure",
        ),
        (
            "property_tax_rate(neutral)",
            {"property_tax_rate": [1, 2, 3, 4], "property_tax_base_eur": [1, 2, 3, -4]},
            "column 'property_tax_base_eur', value 'M3 (10003): -4'",
        ),
        (
            "property_tax_rate(neutral)",
            {"property_tax_rate": [1, 2, 3, 4]},
            "refzones instance add-figures small FILE --as property_tax_base_eur --out FOLDER",
        ),
        (
            "income_tax_rate(largest)",
            {},
            "the instance has no column 'income_tax_rate': the surcharge on the",
        ),
        ("income_tax_rate(larger)", {"income_tax_rate": [7] * 4}, "did you mean 'largest'?"),
    ],
)
def test_what_is_refused(name: str, columns: dict[str, list[float]], message: str) -> None:
    with pytest.raises(InputError) as caught:
        build_indicator(name, taxed(**columns), ASKED)
    assert message in str(caught.value)


def test_candidates_have_the_rate_of_their_parts() -> None:
    instance = taxed(property_tax_rate=[1_000, 900, 800, 700], property_tax_base_eur=[5, 1, 2, 9])
    which = np.array([3, 0, 2])
    for rule in TaxRate.arguments:
        indicator = build_indicator(f"property_tax_rate({rule})", instance, ASKED)
        assert isinstance(indicator, TaxRate)
        members = np.array([[1.0, 0, 1], [0, 1, 0], [1, 1, 1]])
        parts = [tuple(which[row > 0].tolist()) for row in members]
        alone = [rate(instance, rule, *part) for part in parts]
        assert indicator.rate_of(members, which).tolist() == pytest.approx(alone)


def test_the_value_names_its_columns() -> None:
    instance = taxed(property_tax_rate=[1, 2, 3, 4], property_tax_base_eur=[1, 2, 3, 4])
    columns = build_indicator("property_tax_rate(neutral)", instance, ASKED).columns
    assert columns == (
        "municipalities.property_tax_rate",
        "municipalities.property_tax_base_eur",
        "municipalities.population",
    )
