"""Investment per municipality: over how much investment a year a municipality decides on average."""

from __future__ import annotations

from .figure_columns import FigureIndicator, PerMunicipality


class InvestmentPerMunicipality(FigureIndicator, PerMunicipality):
    """Investment expenditure a year, divided by the number of municipalities."""

    key = "investment_per_municipality"
    column = "investment_eur"
    unit = "euro"
    better = 1
