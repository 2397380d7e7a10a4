"""Investment per inhabitant: what a municipality invests a year for each of those who live there."""

from __future__ import annotations

from .figure_columns import PerInhabitant


class InvestmentPerInhabitant(PerInhabitant):
    """Investment expenditure a year, divided by inhabitants."""

    key = "investment_per_inhabitant"
    column = "investment_eur"
    unit = "euro"
