"""Sets of plans on the terminal: a census, trade-offs, a sweep."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ...models.terms import term_class
from ...solver.results.counts import number_of
from ...solver.results.term_text import means_text
from ..dutch.measures import plain_number, points_said, term_label, value_text
from ..dutch.numbers import number_text
from ..dutch.speaking import told
from .console import console, new_table, say
from .tables import FittedTable

if TYPE_CHECKING:
    from ...solver.plan_sets.census import Census, RegionCensus, Standing
    from ...solver.plan_sets.pareto import ParetoFront, Stability
    from ...solver.plan_sets.sweep import SweepResult


def show_census(counted: Census, standings: list[Standing]) -> None:
    """Print a line a region, the product of all, and what a reader must know."""
    placed = {one.region: one for one in standings}
    total = "?" if counted.count is None else _short(counted.count)
    title = f"all plans of {counted.instance.name}, scenario '{counted.scenario.name}'"
    headings = ["plans", "best", "mean", "worst"] + (["percentile"] if standings else [])
    table = new_table(title, ["region"], [])
    table.add_column("candidates", is_figure=True, spare="drop")
    for heading in headings:
        table.add_column(heading, is_figure=True)
    for one in counted.by_region:
        ends = one.scores
        cells = (
            ["-"] * 3 if ends is None else [points_said(round(nano)) for nano in (ends[1], ends[2], ends[0])]
        )
        if standings:
            cells.append(_percentile(placed.get(one.region)))
        table.add_row(one.region, number_text(one.candidates), told(number_of_plans(one)), *cells)
    if len(counted.by_region) > 1:
        candidates = sum(one.candidates for one in counted.by_region)
        cells = [number_text(candidates), told(total), *["-"] * (len(headings) - 1)]
        table.add_row(told("all together"), *cells)
    console.print(table)
    for one in counted.by_region:
        if one.note and one.count != 0:
            say(f"{one.region}: {one.note}")


def _short(number: int) -> str:
    """Write all digits while they can be read, else powers of ten."""
    return (
        f"{number:,}" if number < 10**15 else f"{float(number):.4g}" if number < 10**300 else "beyond 1e300"
    )


def _percentile(standing: Standing | None) -> str:
    if standing is None:
        return "-"
    return number_text(standing.percentile, 4) + ("" if standing.is_exact else f" {told('(sample)')}")


def number_of_plans(one: RegionCensus) -> str:
    """Write the number of plans of a region; an estimate with its standard error."""
    if one.count is not None:
        return f"{one.count:,}"
    if one.estimated is None:
        return "?"
    return f"about {one.estimated.count:.3g} ± {one.estimated.error:.2g}"


def show_pareto(pareto: ParetoFront, moves: Stability | None) -> None:
    """Print the size of the fronts with their ends, then how far weights can move."""
    title = f"trade-offs of {pareto.instance.name}, scenario '{pareto.scenario.name}'"
    table = new_table(title, ["region"], ["points", "supported"])
    for term in pareto.terms:
        table.add_column(term_label(term), is_figure=True)
    for front in pareto.fronts:
        ends = [
            f"{_value(term, front.values[:, k].min())} – {_value(term, front.values[:, k].max())}"
            if len(front)
            else "-"
            for k, term in enumerate(pareto.terms)
        ]
        counted = number_text(len(front)) + ("" if front.is_proved else f" {told('(not proved)')}")
        supported = number_text(int(front.supported.sum())) if len(pareto.terms) == 2 else "-"
        table.add_row(_name(front.region), counted, supported, *ends)
    console.print(table)
    say(means_text(pareto.terms, several=pareto.whole is not None))
    if moves is not None and moves.by_region:
        console.print(_stability(moves))


def _name(region: str) -> str:
    return told("all") if region == "all" else region


def _value(term: str, value: float) -> str:
    known = term_class(term)
    return value_text(float(value), known.unit, counted=known.divided_by == "nothing")


def _stability(moves: Stability) -> FittedTable:
    title = "the optimal plan stays optimal while a weight, others as they are, is"
    table = new_table(title, ["region", "term"], ["from", "now", "to"])
    for one in moves.whole or moves.by_region:
        highest = _weight(one.highest) + ("" if one.is_proved else f" {told('(not proved)')}")
        weights = (_weight(one.lowest), plain_number(one.weight), highest)
        table.add_row(_name(one.region), term_label(one.term), *weights)
    return table


def _weight(value: float) -> str:
    """Write a weight to six digits."""
    if math.isinf(value):
        return told("any")
    return plain_number(float(f"{value:.6g}"))


def show_sweep(result: SweepResult) -> None:
    """Print how the answers came out, and what they cost."""
    headings = ["answers", "optimal", "infeasible", "unproved", "plans"]
    table = new_table(f"sweep '{result.record.spec['name']}'", ["region"], headings)
    table.add_column("seconds", is_figure=True, spare="drop")
    regions = result.answers["region"]
    for region in dict.fromkeys(regions):
        answers = result.answers[regions == region]
        counts = answers["status"].value_counts()
        proved = [int(counts.get(status, 0)) for status in ("optimal", "infeasible")]
        seconds = float(result.timings.loc[result.timings["region"] == region, "seconds"].sum())
        figures = [len(answers), *proved, len(answers) - sum(proved), answers["plan"].nunique()]
        table.add_row(str(region), *map(number_text, figures), number_text(seconds, 1))
    console.print(table)
    settings, plans = number_of(len(result.settings), "setting"), number_of(len(result.plans), "plan")
    say(f"{settings}, {number_of(len(result.answers), 'answer')}, {plans} of regions")
