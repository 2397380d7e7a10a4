"""Property tax rate: which opcentiemen inhabitants pay on the property tax, before and after."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from ...instances.common.arrays import BoolArray
from .tax_rates import TaxRate, rate_bounds

DIFFERENTIATED = "property_tax_differentiated"
"""Column that marks municipalities with several rates by kind of property."""


class PropertyTaxRate(TaxRate):
    """Surcharge on the property tax (*opcentiemen*), mean over inhabitants; see `TaxRate`.

    Of municipalities with several rates by kind of property the base rate is compared.
    """

    key = "property_tax_rate"
    column = "property_tax_rate"
    base_column = "property_tax_base_eur"
    unit = "opcentiemen"

    @property
    def most(self) -> float:
        """See `TaxRate.most`."""
        return rate_bounds().property_tax_most

    @cached_property
    def is_differentiated(self) -> BoolArray:
        """Which municipalities have several rates, shape (n,); where it is not known: no."""
        marked = self.instance.figure(DIFFERENTIATED)
        return np.zeros(len(self.instance), dtype=np.bool_) if marked is None else marked > 0

    def remarks(self, parts: Sequence[Sequence[int]]) -> tuple[str, ...]:
        """See `Indicator.remarks`."""
        merged = [i for part in parts if len(part) > 1 for i in part]
        number = int(self.is_differentiated[merged].sum())
        told = super().remarks(parts)
        if not number:
            return told
        if number == 1:
            return (
                *told,
                "1 member of a merger has several rates by kind of property: its base rate is compared",
            )
        return (
            *told,
            f"{number} members of mergers have several rates by kind of property: their base rate is "
            "compared",
        )
