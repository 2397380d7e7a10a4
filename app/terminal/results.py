"""Results on the terminal: progress, tables, messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ...models.scenario.scenario import Scenario
from ...solver.results.also_price import AlsoPrice
from ...solver.results.budgets import budget_lines, budget_records
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
from ...solver.results.status import gap_text
from ...solver.results.term_text import regions_text, values_text
from ...solver.results.terms import TermRecord, term_records
from ..dutch.measures import points_said
from ..dutch.numbers import number_text
from ..dutch.speaking import told
from .also_price import also_lines
from .console import console, new_table, say, styled
from .plan_table import plan_tables
from .proofs import show_proofs
from .terms import by_region_table, comparison_table, terms_table

if TYPE_CHECKING:
    from ...solver.progress import Progress as ProgressCall

COLOURS = {"optimal": "green", "feasible": "yellow", "infeasible": "red", "no plan within limit": "red"}

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
        written = {
            "score": points_said(answer.score_nano),
            "gap": told(gap_text(answer.gap)),
            "seconds": number_text(answer.seconds, 2),
        }
        return [written[heading] for heading in headings]

    table = new_table(title, ["region"], ["before", *count_headings(result.scenario)])
    table.add_column("status")
    for heading in headings:
        table.add_column(heading, is_figure=True)
    for region in result.by_region:
        table.add_row(
            region.name,
            number_text(region.municipalities),
            *_counted(region, result.scenario),
            styled(told(region.status), COLOURS[region.status]),
            *figures(region),
        )
    if len(result.by_region) > 1:
        table.add_section()
        table.add_row(
            told("all"),
            number_text(sum(region.municipalities for region in result.by_region)),
            *_counted(result, result.scenario),
            styled(told(result.status), COLOURS[result.status]),
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
        for one in plan_tables(result):
            console.print(one)
        for line in enclosed_lines(result.instance, result.plan.enclosures):
            say(line)
        _show_terms(result, answered)
        for line in budget_lines(
            budget_records(result.instance, result.scenario, result.mergers, result.zones)
        ):
            say(line)
        # of one region all is told
        for line in decided_lines(result, TOLD if len(answered) > 1 else _ALL):
            say(line)
    if result.also_price is not None:
        _show_also_price(result, result.also_price)
    for region in result.by_region:
        if region.reason:
            say(f"{region.name}: {region.status}: {region.reason}")
    if result.certificate is not None:
        show_proofs(result.certificate)


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
    return [number_text(number) for number in cells.values()]


def _show_terms(result: Result, answered: Sequence[str]) -> None:
    """Print the terms of the regions that have a plan, and their values in each of these."""
    assert result.plan is not None
    for k, (asked, parts) in enumerate(result.plan.levels):
        title = "terms of the zones" if k else "terms"
        terms = term_records(result.instance, asked, parts)
        if not terms:
            continue
        console.print(terms_table(terms, title))
        say(values_text(result.instance, answered, terms))
        if len(answered) > 1:
            table = by_region_table(result, k, title)
            if table.fits(console.width):
                console.print(table)
            else:  # in columns of three letters nobody could read it
                say(f"{title} in each region: in plan.json, or here in a wider window")


def show_comparison(given: Mapping[str, TermRecord], best: Mapping[str, TermRecord]) -> None:
    """Print the terms of a plan beside those of the best one, where there is one of the same regions."""
    console.print(comparison_table(given, best))
