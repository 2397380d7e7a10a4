"""Pictures of an experiment on steps: a statistic of each measure on each map, with its interval."""

from __future__ import annotations

import textwrap
from math import ceil, nan
from typing import Any, Final

import numpy as np

from ...solver.experiments import Cell, StepsExperiment
from ...solver.experiments.steps import STEPS
from ..dutch import Language, told
from ..dutch.experiments import map_label, measure_label, steps_label
from ..maps.lettering import lettered
from ..maps.style import GREY, INK
from .figure import Picture, number_ticks, plain

_MARKS: Final = {
    "inhabitants": ("^", "white", "#59616b", -0.22),
    "ranked_inhabitants": ("s", "white", "#1b3f8f", 0.0),
    "equipment": ("o", "#d9730d", "#8a4300", 0.22),
}
"""Form, fill, edge, and place beside the line of the map: apart in form and in lightness, also in grey."""

_COLUMNS: Final = 3
_WIDTH, _ROW, _HEAD, _NAMES = 2.7, 0.42, 0.9, 2.3  # inches: a panel, a map in it, around it, names of maps
NOTHING: Final = Cell(nan, nan, nan, nan)
"""Where a statistic has no meaning: nothing changes on the map of today."""


@lettered
def plot_steps(
    found: StepsExperiment, *, statistic: str = "kendall", title: str | None = None, language: Language = "en"
) -> Any:
    """Draw how steps of inhabitants and of equipment agree with each measure, on each map.

    Parameters
    ----------
    found : StepsExperiment
    statistic : str
        One of `CORRELATIONS`.
    title : str, optional
    language : {'en', 'nl'}
        Of all texts.

    Returns
    -------
    Figure
        A panel a measure, and one for the inhabitants who are on the same step after the mergers as before.
    """
    panels = [
        (
            measure_label(measure, language),
            [
                {steps: one.correlations[statistic, measure.name, steps] for steps in STEPS}
                for one in found.maps
            ],
        )
        for measure in found.measures
    ]
    shared = _range(panels)
    drawn = [(*panel, shared) for panel in panels]
    if len(found.maps) > 1:
        stable = [
            {steps: one.stability["changed_inhabitants", steps] for steps in STEPS} if one.stability else {}
            for one in found.maps
        ]
        drawn.append(
            (told("share of the inhabitants on another step than before", language), stable, (-0.03, 1.03))
        )
    columns = min(_COLUMNS, len(drawn))
    rows = ceil(len(drawn) / columns)
    figure = Picture(_WIDTH * columns + _NAMES, rows * (_ROW * len(found.maps) + _HEAD) + 1.0)
    grid = figure.subplots(rows, columns, squeeze=False, sharey=True)
    names = [map_label(one.name, language) for one in found.maps]
    for axes, panel in zip(grid.flat, drawn, strict=False):
        _draw_panel(axes, *panel, names, language)
    for axes in grid.flat[len(drawn) :]:
        axes.set_axis_off()
    handles = [_handle(steps, language) for steps in STEPS]
    figure.legend(handles=handles, loc="outside lower center", ncols=len(handles), frameon=False, fontsize=9)
    heading = told(_TITLES[statistic], language) if title is None else title
    figure.suptitle(heading, x=0.01, ha="left", fontsize=12, fontweight="bold", color=INK)
    return figure


_TITLES: Final = {
    "kendall": "Steps as measures of centre function: Kendall's tau-b, with 90 % intervals",
    "spearman": "Steps as measures of centre function: Spearman's rank correlation, with 90 % intervals",
    "eta_squared": "Steps as measures of centre function: eta squared, with 90 % intervals",
    "eta_squared_ranks": "Steps as measures of centre function: eta squared of ranks, with 90 % intervals",
}


def _range(panels: list[tuple[str, list[dict[str, Cell]]]]) -> tuple[float, float]:
    """Give an axis that holds all intervals, so that panels can be compared."""
    ends = [
        end for _, maps in panels for own in maps for cell in own.values() for end in (cell.low, cell.high)
    ]
    known = [0.0, 1.0, *(end for end in ends if np.isfinite(end))]
    return min(known) - 0.03, max(known)


def _draw_panel(
    axes: Any,
    heading: str,
    maps: list[dict[str, Cell]],
    ends: tuple[float, float],
    names: list[str],
    language: Language,
) -> None:
    """Draw a dot and an interval for each kind of steps on each map, the first map at the top."""
    plain(axes, grid="x")
    places = np.arange(len(maps))[::-1]
    axes.axvline(0, color=GREY, linewidth=0.8)
    for steps, (form, fill, edge, beside) in _MARKS.items():
        cells = [own.get(steps, NOTHING) for own in maps]
        lows, highs = [cell.low for cell in cells], [cell.high for cell in cells]
        axes.hlines(places - beside, lows, highs, color=edge, linewidth=1.4)
        style = {"markerfacecolor": fill, "markeredgecolor": edge, "linestyle": "none", "markersize": 5.5}
        axes.plot([cell.value for cell in cells], places - beside, form, **style)
    axes.set_xlim(*ends)
    axes.set_yticks(places, names)
    axes.set_ylim(-0.6, len(maps) - 0.4)
    axes.tick_params(axis="y", length=0)
    axes.set_title(textwrap.fill(heading, 38), loc="left", fontsize=9.5, color=INK, parse_math=False)
    number_ticks(axes.xaxis, language)


def _handle(steps: str, language: Language) -> Any:
    from matplotlib.lines import Line2D

    form, fill, edge, _ = _MARKS[steps]
    return Line2D(
        [],
        [],
        marker=form,
        color=edge,
        markerfacecolor=fill,
        markeredgecolor=edge,
        label=steps_label(steps, language),
    )
