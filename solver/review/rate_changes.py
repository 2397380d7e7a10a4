"""What a plan does to tax rates: before and after, for the inhabitants of each member of a merger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ...models.indicators.property_tax_rate import PropertyTaxRate
from ...models.indicators.tax_rates import TaxRate
from .effects import Effects

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class RateChange:
    """A tax rate before and after for the inhabitants of one municipality that merges.

    Attributes
    ----------
    indicator : TaxRate
        Which tax, by which rule.
    merger : str
        Name of the merger.
    municipality : int
        Index of the member.
    inhabitants : int
        Those of the member.
    before, after : float or None
        Rates; None where they are not known.
    is_differentiated : bool
        The member has several rates, of which the base rate is compared.
    """

    indicator: TaxRate
    merger: str
    municipality: int
    inhabitants: int
    before: float | None
    after: float | None
    is_differentiated: bool

    @property
    def change(self) -> float | None:
        """What is added to the rate; None where one of the two is not known."""
        return None if self.before is None or self.after is None else self.after - self.before


def rate_changes(effects: Effects) -> tuple[RateChange, ...]:
    """Tell which tax rates change for whom, for each tax and rule that was measured.

    Parameters
    ----------
    effects : Effects
        Those that `effects_of` measured, with indicators on tax rates among them.

    Returns
    -------
    tuple of RateChange
        By indicator, merger and member.
    """
    return tuple(
        change
        for one in effects.measured
        if isinstance(one.indicator, TaxRate)
        for change in _changes(effects, one.indicator)
    )


def _changes(effects: Effects, indicator: TaxRate) -> list[RateChange]:
    instance = effects.instance
    several = indicator.is_differentiated if isinstance(indicator, PropertyTaxRate) else None
    found: list[RateChange] = []
    for merger, part in zip(effects.plan.mergers, effects.parts, strict=False):
        if len(part) < 2:
            continue
        after = indicator.rate_of(np.ones((1, len(part))), np.array(part, dtype=np.int64))
        found += [
            RateChange(
                indicator,
                merger.name(instance),
                i,
                int(instance.population[i]),
                _known(float(indicator.rates[i])),
                _known(float(after[0])),
                several is not None and bool(several[i]),
            )
            for i in part
        ]
    return found


def _known(rate: float) -> float | None:
    return None if np.isnan(rate) else rate


def rate_changes_table(effects: Effects) -> pd.DataFrame:
    """Give what changes for whom as a table.

    Parameters
    ----------
    effects : Effects
        See `rate_changes`.

    Returns
    -------
    DataFrame
        indicator, merger, nis, municipality, inhabitants, before, after, change and differentiated: whether
        the municipality has several rates, of which the base rate is compared.
    """
    import pandas as pd

    instance = effects.instance
    rows = [
        (
            one.indicator.name,
            one.merger,
            instance.codes[one.municipality],
            instance.names[one.municipality],
            one.inhabitants,
            one.before,
            one.after,
            one.change,
            one.is_differentiated,
        )
        for one in rate_changes(effects)
    ]
    return pd.DataFrame(rows, columns=list(_COLUMNS))


_COLUMNS = (
    "indicator",
    "merger",
    "nis",
    "municipality",
    "inhabitants",
    "before",
    "after",
    "change",
    "differentiated",
)
