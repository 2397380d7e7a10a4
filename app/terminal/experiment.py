"""An experiment on the terminal."""

from __future__ import annotations

import math
from decimal import Decimal

from ...solver.experiments import Cell, Measure, StepsExperiment
from ...solver.experiments.steps import STEPS
from ...solver.results.counts import number_of
from ..dutch.experiments import map_label, measure_label
from ..dutch.numbers import number_text
from .console import console, new_table, say
from .tables import FittedTable

_FAIR = "equipment-ranked_inhabitants"
"""Steps that hold the same numbers of municipalities."""

_FEW = 10
"""Municipalities below which the jackknife knows too little."""


def show_steps(found: StepsExperiment) -> None:
    """Print correlations, what is ahead on which map, stability, and what a reader must know."""
    if found.maps:
        _show_statistics(found)
    for region, note in found.left_out:
        say(f"{region} takes no part: {note}")
    if not found.maps:
        say("no region takes part: nothing was compared")
    elif not found.proved:
        say("the best plan is the best that was found: it is not proved")


def _show_statistics(found: StepsExperiment) -> None:
    say("Kendall's tau-b of steps and measures of centre function, ± half the width of its 90 % interval")
    for measure in found.measures:
        console.print(_correlations(found, measure))
    console.print(_ahead(found))
    if len(found.maps) > 1:
        console.print(_stability(found))
    say("steps of inhabitants hold as many municipalities as those of equipment, or are those of the law")
    say("intervals of one map: by the jackknife over its municipalities")
    if min(one.units for one in found.maps) < _FEW:
        say(f"intervals of fewer than {_FEW} municipalities say little")
    if found.plans is not None:
        plans = f"{found.plans:,}" if found.plans < 10**15 else f"{Decimal(found.plans):.4g}"
        say(f"all plans: {found.draws:,} drawn of {plans}, seed {found.seed}: their 5 and 95 percentiles")
    if found.circular:
        say(f"no measures, because they follow from the degree of equipment: {', '.join(found.circular)}")
    for key, number in found.unknown:
        say(f"no measure, because it is not known of {number_of(number, 'municipality')}: {key}")
    for layer in found.missing:
        say(f"the instance has no layer '{layer}': nothing is merged along it")


def _correlations(found: StepsExperiment, measure: Measure) -> FittedTable:
    headings = ["inhabitants, steps of the law", "inhabitants", "equipment", "difference"]
    table = new_table(measure_label(measure), ["map"], headings)
    for one in found.maps:
        cells = [one.correlations["kendall", measure.name, steps] for steps in (*STEPS, _FAIR)]
        table.add_row(map_label(one.name), *map(_half, cells[:-1]), _interval(cells[-1]))
    return table


def _ahead(found: StepsExperiment) -> FittedTable:
    title = "in how many measures steps of equipment are ahead of steps of inhabitants, and behind"
    headings = ["municipalities", "ahead", "clearly ahead", "behind", "clearly behind"]
    table = new_table(title, ["map"], headings)
    for one in found.maps:
        cells = [one.correlations["kendall", measure.name, _FAIR] for measure in found.measures]
        counts = (
            sum(cell.value > 0 for cell in cells),
            sum(cell.low > 0 for cell in cells),
            sum(cell.value < 0 for cell in cells),
            sum(cell.high < 0 for cell in cells),
        )
        digits = 0 if one.part is not None else 1
        table.add_row(map_label(one.name), number_text(one.units, digits), *map(number_text, counts))
    return table


def _stability(found: StepsExperiment) -> FittedTable:
    title = "per cent of the inhabitants on another step than before"
    table = new_table(title, ["map"], ["inhabitants, steps of the law", "inhabitants", "equipment"])
    for one in found.maps[1:]:
        cells = [one.stability["changed_inhabitants", steps] for steps in STEPS]
        table.add_row(map_label(one.name), *(_interval(cell, 0, 100.0) for cell in cells))
    return table


def _half(cell: Cell) -> str:
    """Write a value with half the width of its interval."""
    if math.isnan(cell.value):
        return "-"
    return f"{number_text(cell.value, 2)} ±{number_text((cell.high - cell.low) / 2, 2)}"


def _interval(cell: Cell, digits: int = 2, times: float = 1.0) -> str:
    """Write a value with its interval."""
    if math.isnan(cell.value):
        return "-"
    value, low, high = (number_text(times * one, digits) for one in (cell.value, cell.low, cell.high))
    return f"{value} [{low};{high}]"
