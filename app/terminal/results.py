"""Results on the terminal: progress, tables, messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.table import Table

from ...models.scenario.scenario import Scenario
from ...models.scoring.scorer import NANO
from ...solver.results.also_price import AlsoPrice
from ...solver.results.counts import (
    count_cells,
    count_headings,
    count_parts,
    count_text,
    count_words,
    number_of,
)
from ...solver.results.decided_text import TOLD, decided_lines
from ...solver.results.enclosures import enclosed_lines
from ...solver.results.points_in_words import points_in_words
from ...solver.results.region_result import RegionResult
from ...solver.results.result import PARTITION, Result
from ...solver.results.status import gap_text, points_text, signed_points
from ...solver.results.term_text import regions_text, values_text
from ...solver.results.terms import TermRecord, term_records
from .also_price import also_lines
from .console import console, say, styled

if TYPE_CHECKING:
    from ...solver.progress import Progress as ProgressCall

_COLOURS = {"optimal": "green", "feasible": "yellow", "infeasible": "red", "no plan within limit": "red"}

_WIDEST = 10_000  # columns, more than any table has
_ALL = 1_000
"""More choices than a region has."""

_ROOMY = 100  # characters of a terminal that shows more


def teller(level: str) -> ProgressCall:
    """Give a function that prints a line for each region, as it is done."""
    return lambda step: say(_line(step.answer, level))


def _line(region: RegionResult, level: str) -> str:
    counted = count_words(count_parts(region.mergers), level, len(region.zones))
    return f"{region.name}: {region.status}, {f'{counted}, ' if region.mergers else ''}{region.seconds:.2f} s"


def show_result(result: Result) -> None:
    """Print a table of regions, then the plan's terms."""
    way = "" if result.formulation == PARTITION else f", formulation {result.formulation}"
    title = f"{result.instance.name}, scenario '{result.scenario.name}', engine {result.engine}{way}"
    level = result.scenario.level
    # a terminal of 80 characters has room for what the lines above and the status do not tell
    timed = console.width >= _ROOMY
    headings = ["score"]
    headings += ["gap"] if timed or any(region.gap != 0 for region in result.by_region) else []
    headings += ["seconds"] if timed else []

    def figures(answer: RegionResult | Result) -> list[str]:
        told = {
            "score": points_text(answer.score_nano),
            "gap": gap_text(answer.gap),
            "seconds": f"{answer.seconds:.2f}",
        }
        return [told[heading] for heading in headings]

    table = Table(title=title)
    table.add_column("region", overflow="fold", min_width=9)
    for heading in ("before", *count_headings(result.scenario)):
        table.add_column(heading, justify="right", overflow="fold", min_width=len(heading))
    table.add_column("status", overflow="fold", min_width=7)
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=heading == "score", overflow="fold")
    for region in result.by_region:
        table.add_row(
            region.name,
            str(region.municipalities),
            *_counted(region, result.scenario),
            styled(region.status, _COLOURS[region.status]),
            *figures(region),
        )
    table.add_section()
    table.add_row(
        "all",
        str(sum(region.municipalities for region in result.by_region)),
        *_counted(result, result.scenario),
        styled(result.status, _COLOURS[result.status]),
        *figures(result),
    )
    console.print(table)
    answered = [region.name for region in result.by_region if region.mergers]
    if answered:
        counts = count_parts(result.mergers)
        where = regions_text(result.instance, answered)
        before = number_of(counts.municipalities, "municipality")
        say(f"{before} of {where}, {count_text(counts, level, len(result.zones))}")
        assert result.plan is not None
        for line in enclosed_lines(result.instance, result.plan.enclosures):
            say(line)
        _show_terms(result, answered)
        # of one region all is told
        for line in decided_lines(result, TOLD if len(answered) > 1 else _ALL):
            say(line)
    if result.also_price is not None:
        _show_also_price(result, result.also_price)
    for region in result.by_region:
        if region.reason:
            say(f"{region.name}: {region.status}: {region.reason}")


def _show_also_price(result: Result, price: AlsoPrice) -> None:
    """Print what bounds under further columns cost."""

    def words(region: str, nano: int) -> str:
        return points_in_words(result.instance, result.scenario, [region], nano)

    for line in also_lines(price, words):
        say(line)


def checked_text(planned: int, asked: int) -> str:
    """Say that plans passed verification: of the regions that have one, and nothing where none has.

    Parameters
    ----------
    planned, asked : int
        Regions that have a plan, and regions asked for.

    Returns
    -------
    str
        With a semicolon behind it.
    """
    if not planned:
        return "no plan; "
    return "verified: clean; " if planned == asked else f"verified: clean in {planned} of {asked} regions; "


def verified_text(result: Result) -> str:
    """Say of the plan of a result that it passed verification; see `checked_text`."""
    planned = sum(region.score_nano is not None for region in result.by_region)
    return checked_text(planned, len(result.by_region))


def _counted(answer: RegionResult | Result, scenario: Scenario) -> list[str]:
    """Count municipalities after merging, or zones; dashes where a region has no plan."""
    if answer.score_nano is None:
        return ["-"] * len(count_headings(scenario))
    cells = count_cells(scenario, count_parts(answer.mergers), len(answer.zones))
    return [str(number) for number in cells.values()]


def _show_terms(result: Result, answered: Sequence[str]) -> None:
    """Print the terms of the regions that have a plan, and their values in each of these."""
    assert result.plan is not None
    for k, (asked, parts) in enumerate(result.plan.levels):
        title = "terms of the zones" if k else "terms"
        terms = term_records(result.instance, asked, parts)
        if not terms:
            continue
        console.print(_terms(terms, title))
        say(values_text(result.instance, answered, terms))
        if len(answered) > 1:
            table = _by_region(result, k, title)
            unfolded = console.measure(table, options=console.options.update(width=_WIDEST)).maximum
            if unfolded <= console.width:
                console.print(table)
            else:  # in columns of three letters nobody could read it
                say(f"{title} in each region: in plan.json, or here in a wider window")


def _terms(terms: Mapping[str, TermRecord], title: str) -> Table:
    table = Table(title=title)
    table.add_column("term", overflow="fold")
    table.add_column("value", justify="right")
    table.add_column("unit")
    table.add_column("better")
    table.add_column("weight", justify="right")
    table.add_column("points", justify="right")
    for name, term in terms.items():
        table.add_row(name, f"{term.value:.4f}", term.unit, term.better, f"{term.weight:g}", _points(term))
    return table


def _points(term: TermRecord) -> str:
    return signed_points(round(term.points * NANO))


def _by_region(result: Result, level: int, title: str) -> Table:
    """Values region by region: means over the inhabitants of each."""
    table = Table(title=f"{title} in each region: means over its own inhabitants")
    table.add_column("region", overflow="fold")
    table.add_column("inhabitants", justify="right", overflow="fold")
    asked = result.scenario.levels[level]
    for name in asked.weights:
        table.add_column(name.replace("(", "\n("), justify="right", overflow="fold")
    for region in result.by_region:
        parts = (region.mergers, region.zones)[level]
        terms = term_records(result.instance, asked, parts)
        if terms:
            people = sum(part.population(result.instance) for part in parts)
            values = (_short(term.value) for term in terms.values())
            table.add_row(region.name, f"{people:,}", *values)
    return table


def _short(value: float) -> str:
    """Write a value with four decimals, a large sum without."""
    return f"{value:.4f}" if abs(value) < 1000 else f"{value:,.0f}"


def show_comparison(given: Mapping[str, TermRecord], best: Mapping[str, TermRecord]) -> None:
    """Print the terms of a plan beside those of the best one, where there is one of the same regions."""
    table = Table(title="terms")
    table.add_column("term", overflow="fold")
    for heading in ("this plan", "best plan"):
        table.add_column(heading, justify="right")
    table.add_column("better")
    for heading in ("points", "best points"):
        table.add_column(heading, justify="right")
    for name, term in given.items():
        other = best.get(name)
        values = (f"{term.value:.4f}", "-" if other is None else f"{other.value:.4f}")
        points = (_points(term), "-" if other is None else _points(other))
        table.add_row(name, *values, term.better, *points)
    console.print(table)
