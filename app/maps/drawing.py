"""The printed map of a plan: A3, one page, legible in colour and in black and white."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from string import ascii_letters, digits
from typing import Any, Final

import numpy as np

from ...instances import Instance
from ...instances.common.activity import doing
from ...instances.common.arrays import FloatArray
from ...models.question.each_lock import Lock
from ...solver.deadline import Deadline
from ..dutch import Language, told
from .agreed import frame_sample, lock_samples, points_of, shown_locks, sign_boxes
from .ground import draw_agreed, draw_areas, draw_around, draw_zones, merger_fills, regions_around, write_name
from .legend import Entry, dot_sample, draw_legend, entry, hatched_sample, legend_height, line_sample
from .locator import draw_locator, land_ratio
from .merger import MapMerger
from .names import (
    LARGE_SCALE,
    Written,
    boxes_of,
    member_names,
    names_inside,
    names_of_regions,
    region_names,
    seat_names,
    town_points,
)
from .output import written
from .page import Page
from .panel import draw_foot, draw_head, draw_index, exempt_text
from .shapes import Shapes
from .style import GREY, INK, LINES, PALE_INK, Pen
from .window import Window, bounds_of, held_by, open_window, regions_of

_NAMING, _MAKING = 0.004, 0.0003
"""Seconds to name a merger, and to draw a municipality; on top of half a second."""

_COARSE = 100  # dots an inch where there is no time for more


class Hurry:
    """What of a map there is time for.

    Parameters
    ----------
    deadline : Deadline
    mergers, municipalities : int
        How many are to be drawn.
    """

    def __init__(self, deadline: Deadline, mergers: int, municipalities: int) -> None:
        self._deadline = deadline
        self._making = 0.5 + _MAKING * municipalities
        left = deadline.remaining
        self.names = left is None or left > self._making + _NAMING * mergers
        self._coarse = False

    def dpi(self, wanted: int) -> int:
        """Give the resolution that there is time for."""
        left = self._deadline.remaining
        self._coarse = left is not None and left < self._making
        return min(wanted, _COARSE) if self._coarse else wanted

    @property
    def left_out(self) -> str:
        """Say what there was no time for; empty for nothing."""
        if self.names and not self._coarse:
            return ""
        coarse = "a low resolution" if self._coarse else ""
        has = " and ".join(filter(None, ["no names and no index" if not self.names else "", coarse]))
        return f"the map has {has}: the time limit left no more"


__all__ = ["MapMerger", "draw_map", "map_bytes"]

_LARGEST: Final = 1.5
"""Of names on a map of a large scale, in usual sizes."""

_BROKEN: Final = ("#b3261e", 3.0)
"""Line around mergers that break a rule."""

_MEMBER_TYPE: Final = 7.0
"""Size of the names of members, in points."""


def draw_map(path: Path | Sequence[Path], *given: Any, **more: Any) -> str:
    """Draw a plan into files, several of which hold the same page.

    What else it takes, and what it gives, are those of `map_bytes`.
    """
    paths = [path] if isinstance(path, Path) else list(path)
    drawn, left_out = map_bytes([one.name for one in paths], *given, **more)
    for one, content in zip(paths, drawn, strict=True):
        one.write_bytes(content)
    return left_out


@doing("drawing the map")
def map_bytes(
    names: Sequence[str],
    instance: Instance,
    shapes: Shapes,
    mergers: Sequence[MapMerger],
    *,
    title: str,
    subtitle: str = "",
    source_line: str = "",
    part: str = "merger",
    zones: Sequence[tuple[int, ...]] = (),
    regions: Collection[str] | None = None,
    locks: Sequence[Lock] = (),
    language: Language = "en",
    dpi: int = 200,
    deadline: Deadline = Deadline(),
) -> tuple[list[bytes], str]:
    """Draw a plan as an A3 page, landscape: as PNG, SVG or PDF, by the ending of the file.

    The regions of the plan fill the page; what lies around them is drawn pale, and a small map shows where
    they lie.

    Parameters
    ----------
    names : sequence of str
        Of the files that are to hold the page.
    instance : Instance
    shapes : Shapes
        One geometry a municipality of the instance.
    mergers : sequence of MapMerger
        The plan. Municipalities of its regions that are in no merger are left white.
    title, subtitle : str
        Above the map, in its language.
    source_line : str
        Below it; where the shapes come from is added.
    part : str
        What the legend calls it: merger, or reference zone.
    zones : sequence of tuple of int
        Members of the zones that the mergers are nested in, drawn as outlines.
    regions : collection of str, optional
        Names of those that are shown in full; those of the mergers without it.
    locks : sequence of Lock
        What is agreed, as `locks_of` lists it.
    language : {'en', 'nl'}
        Of all texts.
    dpi : int
        Resolution of a PNG; 200 gives 3307 by 2338 pixels.
    deadline : Deadline
        Names are left out, and the resolution is lower, where there is too little time.

    Returns
    -------
    list of bytes
        What each of the files holds.
    str
        What was left out for want of time, in English; empty for nothing.
    """
    held, agreed, entries, window = open_page(
        instance, shapes, mergers, part, zones=zones, regions=regions, locks=locks, language=language
    )
    page = window.page
    fills = merger_fills(instance, window.areas, window.mergers)
    points = points_of(held, town_points(instance, shapes, held, page))
    pen = Pen()
    _draw_ground(pen, instance, window, fills, zones)
    draw_agreed(pen, window, agreed, points)
    dots = np.array([points[merger.seat] for merger in window.mergers]).reshape(-1, 2)
    hurry = Hurry(deadline, len(window.mergers), len(held))
    if hurry.names:
        pen.dots(dots)
        for name, colour in page_names(instance, window, dots, sign_boxes(agreed, window.cells, points)):
            write_name(pen, name, colour)
        draw_index(pen, page.index, instance, window.mergers, fills, language)
    draw_head(pen, title, subtitle)
    draw_legend(pen, page, entries, language)
    draw_locator(pen, page, instance, shapes, held)
    draw_foot(pen, sources(shapes, source_line, language))
    return [written(pen.figure, name, hurry.dpi(dpi)) for name in names], hurry.left_out


def warm_up() -> None:
    """Load what a page is drawn with, and the letters of its two fonts, before there is anything to draw."""
    pen = Pen()
    for weight in ("normal", "bold"):
        pen.text(0, 0, ascii_letters + digits, 10, weight=weight, halo=1.0)
    draw_head(pen, ascii_letters, ascii_letters)
    written(pen.figure, "nothing.png", _COARSE // 10)


def open_page(
    instance: Instance,
    shapes: Shapes,
    mergers: Sequence[MapMerger],
    part: str,
    *,
    zones: Sequence[tuple[int, ...]] = (),
    regions: Collection[str] | None = None,
    locks: Sequence[Lock] = (),
    language: Language = "en",
) -> tuple[tuple[int, ...], list[Lock], list[Entry], Window]:
    """Lay out the page of `draw_map`: municipalities in full, what is agreed of them, legend, window."""
    held, places = held_by(instance, regions_of(instance, mergers) if regions is None else regions, mergers)
    agreed = shown_locks(locks, held)
    entries = _entries(
        [mergers[k] for k in places],
        agreed,
        part,
        language,
        regions=len(set(instance.region)) > 1,
        zones=bool(zones),
    )
    page = lay_out_page(shapes, held, entries, whole=len(held) == len(instance))
    return held, agreed, entries, open_window(instance, shapes, held, mergers, places, page)


def sources(shapes: Shapes, line: str, language: Language) -> str:
    """Say where shapes and data come from, in one line."""
    source = told(shapes.source, language)
    return " · ".join(part for part in (source[:1].upper() + source[1:], line) if part)


def lay_out_page(shapes: Shapes, held: Sequence[int], entries: Sequence[Entry], *, whole: bool) -> Page:
    """Lay out a page of some municipalities, whose legend takes as many rows as it has to."""
    bounds = bounds_of(shapes, held, room=not whole)
    ratio = 0.0 if whole else land_ratio(shapes)
    page = Page.around(bounds, ratio=ratio)
    height = legend_height(entries, page.legend.width)
    return page if height <= page.legend.height else Page.around(bounds, height, ratio)


def _draw_ground(
    pen: Pen,
    instance: Instance,
    window: Window,
    fills: Sequence[str],
    zones: Sequence[tuple[int, ...]],
) -> None:
    draw_around(pen, instance, window)
    if window.around:
        pen.rectangle(window.page.map, "none", edge=GREY)
    shown = replace(window.areas, municipalities=tuple(window.cells.values()), regions={})
    draw_areas(pen, shown, window.mergers, fills)
    draw_zones(pen, window, zones)
    if len(window.areas.regions) > 1 or window.around:
        pen.borders(list(window.areas.regions.values()), *LINES["region"], order=5)
    shapes = zip(window.mergers, window.areas.mergers, strict=True)
    pen.borders([shape for merger, shape in shapes if merger.broken], *_BROKEN, order=5.5)


def _entries(
    mergers: Sequence[MapMerger],
    locks: Sequence[Lock],
    part: str,
    language: Language,
    *,
    regions: bool,
    zones: bool,
) -> list[Entry]:
    """List what the map shows: borders, seats, what is exempt, and what is agreed."""
    lines = [("region", "reference region")] if regions else []
    lines += [("zone", "reference zone")] if zones else []
    lines += [("merger", part), ("municipality", f"municipality inside a {part}")]
    found = [entry(line_sample(*LINES[key]), text, language) for key, text in lines]
    found.append(entry(dot_sample, "seat", language))
    if exempt := exempt_text(mergers):
        found.append(entry(hatched_sample, exempt, language))
    if any(merger.broken for merger in mergers):
        found.append(entry(line_sample(*_BROKEN), f"{part} that breaks a rule", language))
    if any(merger.kept for merger in mergers) and not any(lock.kind == "existing" for lock in locks):
        found.append(entry(frame_sample, "merger that is kept", language))
    return found + [entry(sample, text, language) for sample, text in lock_samples(locks)]


def page_names(
    instance: Instance, window: Window, dots: FloatArray, taken: FloatArray
) -> list[tuple[Written, str]]:
    """Place the names on a page, each with its ink: seats, regions, other members, regions around.

    Parameters
    ----------
    dots : ndarray of float64, shape (k, 2)
        Of the seats.
    taken : ndarray of float64, shape (m, 4)
        Boxes that names keep off.
    """
    room, areas = window.page.room, window.areas
    size = float(np.clip(window.page.scale / LARGE_SCALE, 1.0, _LARGEST)) if window.around else 1.0
    seats = seat_names(instance, areas, window.mergers, dots, taken=taken, room=room, size=size)
    regions = region_names(instance, areas, np.vstack([boxes_of(seats, dots), taken]), room)
    boxes = np.vstack([boxes_of([*seats, *regions], dots), taken])
    if window.around:
        seat = {merger.seat for merger in window.mergers}
        others = sorted(set(window.held) - seat, key=lambda i: (-int(instance.population[i]), i))
        members = names_inside(instance, areas, others, boxes, _MEMBER_TYPE * size, room=room)
    else:
        members = member_names(instance, areas, window.mergers, window.page, boxes, room)
    boxes = np.vstack([boxes, boxes_of(members, np.empty((0, 2)))])
    beside = names_of_regions(instance, regions_around(instance, window), boxes, room=room)
    kinds = ((seats, INK), (regions, PALE_INK), (members, PALE_INK), (beside, GREY))
    return [(name, colour) for names, colour in kinds for name in names]
