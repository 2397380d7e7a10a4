"""Income per inhabitant: what the inhabitants of a municipality earn on average, as it is taxed."""

from __future__ import annotations

from .figure_columns import PerInhabitant


class IncomePerInhabitant(PerInhabitant):
    """Total net taxable income, divided by inhabitants."""

    key = "income_per_inhabitant"
    column = "net_taxable_income_eur"
    unit = "euro"
