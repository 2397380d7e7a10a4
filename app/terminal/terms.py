"""Terms of plans as tables: what they are called, their values in their units, and the points they give."""

from __future__ import annotations

from collections.abc import Mapping

from ...models.scoring.scorer import NANO
from ...solver.results.result import Result
from ...solver.results.terms import TermRecord, term_records
from ..dutch.measures import plain_number, points_said, term_label, term_value
from ..dutch.numbers import number_text
from ..dutch.speaking import told
from .tables import FittedTable


def terms_table(terms: Mapping[str, TermRecord], title: str) -> FittedTable:
    """List terms with values, weights and points; each with the name that scenarios have for it."""
    table = started(title)
    table.add_column("value", is_figure=True)
    table.add_column("better", spare="drop")
    table.add_column("weight", is_figure=True)
    table.add_column("points", is_figure=True)
    for name, term in terms.items():
        weight = plain_number(term.weight)
        table.add_row(term_label(name), name, term_value(term), told(term.better), weight, points_of(term))
    return table


def started(title: str) -> FittedTable:
    """Start a table of terms: what each is called, and its name in scenarios, which may stand below it."""
    table = FittedTable(title)
    table.add_column("term")
    table.add_column("in scenarios", spare="below")
    return table


def points_of(term: TermRecord) -> str:
    """Write the points that a term gives, with their sign."""
    return points_said(round(term.points * NANO), signed=True)


def by_region_table(result: Result, level: int, title: str) -> FittedTable:
    """List values region by region: means over the inhabitants of each."""
    table = FittedTable(f"{title} in each region: means over its own inhabitants")
    table.add_column("region")
    table.add_column("inhabitants", is_figure=True)
    asked = result.scenario.levels[level]
    for name in asked.weights:
        table.add_column(term_label(name), is_figure=True)
    for region in result.by_region:
        parts = (region.mergers, region.zones)[level]
        terms = term_records(result.instance, asked, parts)
        if terms:
            people = sum(part.population(result.instance) for part in parts)
            table.add_row(region.name, number_text(people), *map(term_value, terms.values()))
    return table


def comparison_table(given: Mapping[str, TermRecord], best: Mapping[str, TermRecord]) -> FittedTable:
    """List the terms of a plan beside those of the best one, where there is one of the same regions."""
    table = started("terms")
    for heading in ("this plan", "best plan"):
        table.add_column(heading, is_figure=True)
    table.add_column("better", spare="drop")
    for heading in ("points", "best points"):
        table.add_column(heading, is_figure=True)
    for name, term in given.items():
        other = best.get(name)
        values = (term_value(term), "-" if other is None else term_value(other))
        points = (points_of(term), "-" if other is None else points_of(other))
        table.add_row(term_label(name), name, *values, told(term.better), *points)
    return table
