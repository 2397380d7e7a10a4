"""A schedule drawn: when each merger takes effect, and the map of each date."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import shapely

from ...solver.results.counts import number_of
from ...solver.road.mergers import RoadMerger
from ...solver.road.schedule import Schedule
from ..dutch import Language, told
from ..dutch.numbers import date_text
from ..maps.areas import lay_out
from ..maps.colours import STANDALONE
from ..maps.ground import merger_fills, write_name
from ..maps.lettering import lettered, printable
from ..maps.merger import MapMerger, map_mergers
from ..maps.names import boxes_of, region_names, seat_names, seat_points
from ..maps.shapes import Shapes
from ..maps.style import GREY, INK, LINES, PALE_INK, Pen
from .figure import on, plain, titled
from .plan_map import map_axes, shapes_of

_ROW: Final = 0.165
"""Inches of a merger."""

_TONES: Final = ("#1f3f66", "#4f7fb0", "#8db3d4", "#b9d0e4", "#d8e4ef")
"""Fill of the bars of each date: from dark to pale, which greys keep apart."""

_WHITE: Final = "#ffffff"
_NOW: Final = 2.0
"""Width of the border of what merges now, in points."""


@lettered
def plot_schedule(
    schedule: Schedule, *, ax: Any = None, title: str | None = None, language: Language = "en"
) -> Any:
    """Draw a bar for each merger, from the date on which it takes effect to the horizon.

    Parameters
    ----------
    schedule : Schedule
    ax : matplotlib Axes, optional
        Where to draw; a figure of its own without it.
    title : str, optional
    language : {'en', 'nl'}
        Of all texts.

    Returns
    -------
    Figure
    """
    problem = schedule.problem
    road, rows = problem.road, _rows(schedule)
    figure, axes = on(ax, 8.3, max(2.6, 1.5 + _ROW * len(rows)))
    first, last = road.dates[0], road.horizon
    start = first.toordinal() - 0.06 * (last.toordinal() - first.toordinal())
    for y, (place, one) in enumerate(rows):
        _draw_row(axes, schedule, y, place, one, start, language)
    for date in road.dates:
        axes.plot([date.toordinal()] * 2, [-0.6, len(rows)], color=INK, linewidth=0.8, zorder=1)
        axes.annotate(date_text(date, language), (date.toordinal(), -0.8), fontsize=8, va="bottom",
                      color=INK, parse_math=False)  # fmt: skip
    axes.set_ylim(len(rows) - 0.4, -2.2)
    axes.set_xlim(start, last.toordinal())
    axes.set_yticks(range(len(rows)), [printable(one.name) for _, one in rows], fontsize=6.5)
    ticks = [*road.dates, last]
    axes.set_xticks([day.toordinal() for day in ticks], [date_text(day, language) for day in ticks])
    plain(axes)
    axes.tick_params(axis="x", labelsize=8)
    axes.tick_params(axis="y", length=0, labelsize=6.5)
    axes.get_xticklabels()[-1].set_horizontalalignment("right")
    titled(axes, title or told("When mergers take effect", language), _below(schedule, language))
    return figure


def _rows(schedule: Schedule) -> list[tuple[int, RoadMerger]]:
    """Mergers by date, those that do not take effect last."""
    places = range(schedule.problem.never + 1)
    return [(place, one) for place in places for one in schedule.mergers_at(place)]


def _draw_row(
    axes: Any, schedule: Schedule, y: int, place: int, one: RoadMerger, start: float, language: Language
) -> None:
    road = schedule.problem.road
    end = road.horizon.toordinal()
    if place == schedule.problem.never:
        axes.plot([start, end], [y, y], color=GREY, linewidth=0.8, linestyle=(0, (1, 3)), zorder=2)
        text = told("does not take effect", language)
        axes.annotate(text, (start, y), (4, 0), textcoords="offset points", fontsize=6, va="center",
                      color=PALE_INK, backgroundcolor="white", zorder=4, parse_math=False)  # fmt: skip
        return
    begin = road.dates[place].toordinal()
    axes.plot([start, begin], [y, y], color=GREY, linewidth=0.5, linestyle=(0, (1, 3)), zorder=2)
    tone = _TONES[min(place, len(_TONES) - 1)]
    axes.barh(y, end - begin, left=begin, height=0.72, color=tone, edgecolor=INK, linewidth=0.3, zorder=3)
    text = told(
        f"{number_of(len(one.merger.members), 'municipality')}, {one.population:,} inhabitants", language
    )
    ink = "white" if place < 2 else INK
    axes.annotate(text, (begin, y), (4, 0), textcoords="offset points", fontsize=6, va="center", color=ink,
                  zorder=4, annotation_clip=True, parse_math=False)  # fmt: skip


def _below(schedule: Schedule, language: Language) -> str:
    taking = sum(t < schedule.problem.never for t in schedule.when)
    before, after = schedule.standings[0].below_minimum, schedule.standings[-1].below_minimum
    said = f"{taking:,} of {len(schedule.when):,} mergers take effect"
    return told(f"{said}; below the minimum: {before:,} inhabitants before, {after:,} after", language)


@lettered
def plot_schedule_map(
    schedule: Schedule,
    place: int,
    *,
    ax: Any = None,
    title: str | None = None,
    boundaries: str | Path | Shapes | None = None,
    names: bool = True,
    language: Language = "en",
) -> Any:
    """Draw the map from a date on: what has merged is coloured, what merges now has a heavy border.

    Parameters
    ----------
    schedule : Schedule
    place : int
        Of the date, from 0.
    ax : matplotlib Axes, optional
        Where to draw; a figure of its own without it. Its limits become millimetres.
    title : str, optional
    boundaries : str, Path or Shapes, optional
        Vector file with the official boundaries; generalised cells without it.
    names : bool
        Whether the seats of what merges now and regions are named.
    language : {'en', 'nl'}
        Of all texts.

    Returns
    -------
    Figure
    """
    problem = schedule.problem
    instance, shapes = problem.instance, shapes_of(problem.instance, boundaries)
    mergers = map_mergers(instance, problem.plan.mergers)
    place_of = {one.merger.members: t for one, t in zip(problem.mergers, schedule.when, strict=True)}
    held = sorted(i for merger in mergers for i in merger.members)
    text = _map_title(schedule, place, language) if title is None else title
    axes, page = map_axes([shapes.geometry[i] for i in held], ax, title=text)
    _, areas = lay_out(instance, shapes, mergers, page)
    pen = Pen(axes)
    tints = merger_fills(instance, areas, mergers)
    done = [place_of.get(m.members, problem.never) <= min(place, problem.never - 1) for m in mergers]
    now = [k for k, m in enumerate(mergers) if place_of.get(m.members) == place]
    fills = [
        tint if is_done else (STANDALONE if len(m.members) == 1 else _WHITE)
        for tint, is_done, m in zip(tints, done, mergers, strict=True)
    ]
    pen.areas(areas.mergers, fills, order=1)
    pen.borders([areas.municipalities[i] for i in held], *LINES["municipality"], order=3)
    pen.borders([shape for shape, is_done in zip(areas.mergers, done, strict=True) if is_done],
                *LINES["merger"], order=4)  # fmt: skip
    if len(areas.regions) > 1:
        pen.borders(list(areas.regions.values()), *LINES["region"], order=5)
    if now:
        pen.hatch(shapely.union_all([areas.mergers[k] for k in now]), 2.2, 2, colour=INK, width=0.35)
        pen.outlines([areas.mergers[k] for k in now], INK, _NOW, order=5.2)
    if names:
        _write_names(pen, schedule, shapes, areas, [mergers[k] for k in now], page)
    return axes.figure


def _map_title(schedule: Schedule, place: int, language: Language) -> str:
    standing, dates = schedule.standings[place + 1], schedule.problem.road.dates
    day = date_text(dates[place], language)
    merging = number_of(len(standing.mergers), "merger")
    text = f"{merging} now, hatched; coloured without: merged before; grey: stays alone"
    there = told(f"{number_of(standing.municipalities, 'municipality')} from then on", language)
    return f"{day}: {told(text, language)}; {there}"


def _write_names(
    pen: Pen, schedule: Schedule, shapes: Shapes, areas: Any, now: Sequence[MapMerger], page: Any
) -> None:
    instance = schedule.problem.instance
    dots = seat_points(instance, shapes, now, page)
    shown = type(areas)(
        areas.municipalities,
        tuple(shapely.union_all([areas.municipalities[i] for i in m.members]) for m in now),
        areas.regions,
    )
    seats = seat_names(instance, shown, now, dots) if now else []
    if now:
        pen.dots(dots)
        for written in seats:
            write_name(pen, written, INK)
        for written in region_names(instance, areas, boxes_of(seats, dots)):
            write_name(pen, written, PALE_INK)
