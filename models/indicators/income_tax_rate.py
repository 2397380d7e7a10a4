"""Income tax rate: which surcharge on the personal income tax inhabitants pay, before and after."""

from __future__ import annotations

from .tax_rates import TaxRate, rate_bounds


class IncomeTaxRate(TaxRate):
    """Surcharge on the personal income tax in per cent, mean over inhabitants; see `TaxRate`."""

    key = "income_tax_rate"
    column = "income_tax_rate"
    base_column = "income_tax_base_eur"
    unit = "per cent"
    digits = 2

    @property
    def most(self) -> float:
        """See `TaxRate.most`."""
        return rate_bounds().income_tax_most
