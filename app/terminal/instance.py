"""What an instance holds, on the terminal."""

from __future__ import annotations

from ...instances.report import Description
from ..dutch.measures import plain_number
from ..dutch.numbers import number_text
from ..dutch.speaking import told
from .console import console, new_table
from .tables import FittedTable


def show_tables(description: Description) -> None:
    """Print regions, layers, functions, further columns and sources; nothing of what there is none of."""
    regions = new_table("reference regions", ["region"], ["municipalities", "inhabitants"])
    for heading in ("smallest", "largest"):
        regions.add_column(heading)
    for r in description.regions:
        regions.add_row(
            r.name,
            number_text(r.municipalities),
            number_text(r.inhabitants),
            told(r.smallest),
            told(r.largest),
        )
    layers = new_table("layers", ["layer"], ["zones", "municipalities in none"])
    layers.add_column("note")
    for layer in description.layers:
        layers.add_row(layer.name, number_text(layer.zones), number_text(layer.without), told(layer.note))
    functions = new_table("functions", ["function", "label"], ["municipalities that have it"])
    functions.add_column("unit")
    functions.add_column("from", is_figure=True)
    for f in description.functions:
        cells = (number_text(f.municipalities), told(f.unit), plain_number(f.at_least))
        functions.add_row(f.name, told(f.label), *cells)
    for table in (regions, layers, functions, _columns(description), _sources(description)):
        if table.row_count:
            console.print(table)


def _columns(description: Description) -> FittedTable:
    table = new_table("further columns", ["column", "unit", "values", "note"], [])
    for column in description.attributes:
        table.add_row(column.name, told(column.unit), told(column.values), told(column.note))
    return table


def _sources(description: Description) -> FittedTable:
    table = new_table("sources", ["source", "publisher", "year", "licence"], [])
    for source in description.sources:
        table.add_row(*map(told, (source.title, source.publisher, source.year, source.licence)))
    return table
