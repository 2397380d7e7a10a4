"""Results on the terminal: progress, tables, messages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.table import Table

from ..models.scorer import NANO
from ..solver.record import TermRecord, term_records
from ..solver.result import PARTITION, RegionResult, Result
from .console import PlainConsole, styled

if TYPE_CHECKING:
    from ..solver.solve import Progress as ProgressCall

console = PlainConsole()
errors = PlainConsole(stderr=True)

_COLOURS = {"optimal": "green", "feasible": "yellow", "infeasible": "red", "no plan within limit": "red"}


def say(text: str) -> None:
    """Print a line as it is, however long."""
    console.print(text, soft_wrap=True)


@contextmanager
def progress(regions: int) -> Iterator[ProgressCall]:
    """Show regions as they are done, a line each."""
    yield lambda region: say(_line(region))


def _line(region: RegionResult) -> str:
    return f"{region.name}: {region.status}, {len(region.mergers)} parts, {region.seconds:.2f} s"


def show_result(result: Result) -> None:
    """Print a table of regions, then the plan's terms."""
    way = "" if result.formulation == PARTITION else f", formulation {result.formulation}"
    title = f"{result.instance.name}, scenario '{result.scenario.name}', engine {result.engine}{way}"
    table = Table(title=title)
    table.add_column("region")
    nested = result.scenario.level == "nested"
    parts = ["zones", "mergers"] if nested else [result.scenario.level]
    for heading in ("municipalities", *parts):
        table.add_column(heading, justify="right")
    table.add_column("status")
    for heading in ("score", "gap", "seconds"):
        table.add_column(heading, justify="right")
    for region in result.by_region:
        table.add_row(
            region.name,
            str(region.municipalities),
            *([str(len(region.zones))] if nested else []),
            str(len(region.mergers)),
            styled(region.status, _COLOURS[region.status]),
            _points(region.score_nano),
            gap_text(region.gap),
            f"{region.seconds:.2f}",
        )
    table.add_section()
    table.add_row(
        "all",
        str(sum(region.municipalities for region in result.by_region)),
        *([str(len(result.zones))] if nested else []),
        str(len(result.mergers)),
        styled(result.status, _COLOURS[result.status]),
        _points(result.score_nano),
        gap_text(result.gap),
        f"{result.seconds:.2f}",
    )
    console.print(table)
    console.print(_terms(term_records(result.instance, result.scenario, result.mergers)))
    if nested:
        asked = result.scenario.at("zones")
        console.print(_terms(term_records(result.instance, asked, result.zones), "terms of the zones"))
    for region in result.by_region:
        if region.reason:
            console.print(f"{region.name}: {region.status}: {region.reason}", soft_wrap=True)


def _terms(terms: Mapping[str, TermRecord], title: str = "terms") -> Table:
    table = Table(title=title)
    table.add_column("term")
    table.add_column("value", justify="right")
    table.add_column("unit")
    table.add_column("better")
    table.add_column("weight", justify="right")
    table.add_column("points", justify="right")
    for name, term in terms.items():
        table.add_row(
            name, f"{term.value:.4f}", term.unit, term.better, f"{term.weight:g}", f"{term.points:+.6f}"
        )
    return table


def show_comparison(given: Mapping[str, TermRecord], best: Mapping[str, TermRecord]) -> None:
    """Print the terms of a plan beside those of the best one, where there is one of the same regions."""
    table = Table(title="terms")
    table.add_column("term")
    for heading in ("this plan", "best plan"):
        table.add_column(heading, justify="right")
    table.add_column("better")
    for heading in ("points", "best points"):
        table.add_column(heading, justify="right")
    for name, term in given.items():
        other = best.get(name)
        values = (f"{term.value:.4f}", "-" if other is None else f"{other.value:.4f}")
        points = (f"{term.points:+.6f}", "-" if other is None else f"{other.points:+.6f}")
        table.add_row(name, *values, term.better, *points)
    console.print(table)


def _points(nano: int | None) -> str:
    return "-" if nano is None else f"{nano / NANO:.9f}"


def gap_text(gap: float | None) -> str:
    """Write a relative gap: 0 only when it is exactly that."""
    if gap is None:
        return "-"
    return "0" if gap == 0 else f"{100 * gap:.3g} %"
