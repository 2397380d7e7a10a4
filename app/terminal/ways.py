"""Which ways were tried, and which one answered, on the terminal."""

from __future__ import annotations

from rich.text import Text

from ...solver.results.result import Result
from ...solver.results.ways import Way
from ..dutch.numbers import number_text
from ..dutch.speaking import told
from .console import console, new_table, say, styled


def show_ways(result: Result) -> None:
    """Print a table of the ways that were tried for each connected part of each region, in turn."""
    table = new_table("ways to an answer", ["region"], ["municipalities"])
    table.add_column("way")
    table.add_column("came to")
    table.add_column("why")
    table.add_column("seconds", is_figure=True)
    tried = False
    for region in result.by_region:
        before: tuple[str, int] | None = None
        for way in region.ways:
            if tried and before is None:
                table.add_section()
            here = (region.name, way.component)
            names = ("", "") if here == before else (region.name, number_text(way.municipalities))
            table.add_row(*names, *_cells(way))
            before, tried = here, True
    if not tried:
        say("no way had to be looked for: rules settle all municipalities, or leave no plan at sight")
        return
    console.print(table)


def _cells(way: Way) -> tuple[str | Text, ...]:
    outcome = told("answered: proved" if way.outcome == "proved" else "answered: a plan")
    cell = styled(outcome, "green") if way.answered else told(way.outcome)
    return told(way.way), cell, told(way.why) if way.why else "", number_text(way.seconds, 2)
