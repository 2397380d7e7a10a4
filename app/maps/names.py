"""Names on the map: seats of mergers, and regions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from ...instances import Instance
from ...instances.common.arrays import FloatArray
from .areas import Areas
from .labels import EVERYWHERE, Label, around, outside_share, place, text_size, within
from .lettering import drawable
from .merger import MapMerger
from .page import Page
from .shapes import Geometry, Shapes

DOT = 0.75
"""Half the width of a seat's dot, in millimetres."""

LARGE_SCALE = 1 / 300
"""Scale, in millimetres a metre, from which all municipalities are named: 1 to 300,000."""

_MEMBER_TYPE = 7.0
"""Size of their names, in points."""

_FAR = 4.5
"""A label further than this from its dot, outside its own merger, gets a line to it."""


@dataclass(frozen=True)
class Written:
    """A text that has its place on the page.

    Attributes
    ----------
    text : str
    x, y : float
        Middle of its box, in millimetres.
    points : float
        Size of the type.
    weight : str
    anchor : tuple of float or None
        Where a line leads to, when the text stands far from what it names.
    of : int
        Index of the municipality that it names; -1 for other names.
    """

    text: str
    x: float
    y: float
    points: float
    weight: str = "normal"
    anchor: tuple[float, float] | None = None
    of: int = -1


def seat_points(instance: Instance, shapes: Shapes, mergers: Sequence[MapMerger], page: Page) -> FloatArray:
    """Place the dot of each seat on the page, inside its own shape; shape (k, 2)."""
    return town_points(instance, shapes, [merger.seat for merger in mergers], page)


def town_points(instance: Instance, shapes: Shapes, municipalities: Sequence[int], page: Page) -> FloatArray:
    """Place the dot of each municipality on the page, inside its own shape; shape (k, 2)."""
    towns = _towns(instance)
    points = []
    for i in municipalities:
        shape = shapes.geometry[i]
        x, y = towns.get(i, (float(instance.x[i]), float(instance.y[i])))
        if not shapely.contains_xy(shape, x, y):
            inside = shapely.point_on_surface(shape)
            x, y = inside.x, inside.y
        points.append(page.point(x, y))
    return np.array(points, dtype=np.float64).reshape(-1, 2)


def _towns(instance: Instance) -> dict[int, tuple[float, float]]:
    """Point of the village that a municipality is named after: nearer to its centre than any other point."""
    villages = instance.villages
    if villages is None:
        return {}
    towns = {}
    for k, (name, i) in enumerate(zip(villages.names, villages.municipality.tolist(), strict=True)):
        if i >= 0 and name.removesuffix(" (Dg.)").casefold() == instance.names[i].casefold():
            towns[i] = (float(villages.x[k]), float(villages.y[k]))
    return towns


def seat_names(
    instance: Instance,
    areas: Areas,
    mergers: Sequence[MapMerger],
    dots: FloatArray,
    *,
    taken: FloatArray | None = None,
    room: tuple[float, float, float, float] = EVERYWHERE,
    size: float = 1.0,
) -> list[Written]:
    """Place the name of each merger's seat; the most populous first.

    Parameters
    ----------
    dots : ndarray of float64, shape (k, 2)
        Of the seats, in the order of the mergers.
    taken : ndarray of float64, shape (m, 4), optional
        Boxes that names keep off besides the dots.
    room : (float, float, float, float)
        Box that no name reaches out of.
    size : float
        Of the type, in usual sizes.
    """
    order = sorted(range(len(mergers)), key=lambda k: (-mergers[k].population, k))
    types = [_type(merger, size) for merger in mergers]
    wanted = [
        _seat_label(short_name(mergers[k], instance), types[k], areas.mergers[k], k, dots) for k in order
    ]
    boxes = np.hstack([dots - DOT, dots + DOT])
    boxes = boxes if taken is None else np.vstack([boxes, taken.reshape(-1, 4)])
    middles = place([label for _, label in wanted], boxes, margin=0.7, room=room)
    written = []
    for k, (text, label), middle in zip(order, wanted, middles, strict=True):
        if middle is not None:
            line = _leader(areas.mergers[k], middle, label, dots[k])
            written.append(Written(text, *middle, *types[k], line, of=mergers[k].seat))
    return written


def member_names(
    instance: Instance,
    areas: Areas,
    mergers: Sequence[MapMerger],
    page: Page,
    taken: FloatArray,
    room: tuple[float, float, float, float] = EVERYWHERE,
) -> list[Written]:
    """Place the names of the other members, small, on maps of a large enough scale to hold them.

    Parameters
    ----------
    taken : ndarray of float64, shape (m, 4)
        Boxes of the names and dots that stand already.
    room : (float, float, float, float)
        Box that no name reaches out of.
    """
    if page.scale < LARGE_SCALE:
        return []
    others = [i for merger in mergers for i in merger.members if i != merger.seat]
    return names_inside(instance, areas, others, taken, room=room)


def names_inside(
    instance: Instance,
    areas: Areas,
    members: Sequence[int],
    taken: FloatArray,
    points: float = _MEMBER_TYPE,
    outside: float = 0.4,
    room: tuple[float, float, float, float] = EVERYWHERE,
) -> list[Written]:
    """Place the names of some municipalities inside them, as far as there is room.

    Parameters
    ----------
    members : sequence of int
        The most important first.
    taken : ndarray of float64, shape (m, 4)
        Boxes of the names and dots that stand already.
    points : float
        Size of the type.
    outside : float
        Share of a name that may lie outside its municipality.
    room : (float, float, float, float)
        Box that no name reaches out of.
    """
    wanted = [
        _member_label(drawable(instance.names[i]), areas.municipalities[i], points, outside) for i in members
    ]
    middles = place([label for _, label in wanted], taken, margin=0.7, room=room)
    return [
        Written(text, *middle, points, of=i)
        for i, (text, _), middle in zip(members, wanted, middles, strict=True)
        if middle is not None
    ]


def _member_label(name: str, shape: Geometry, points: float, most: float) -> tuple[str, Label]:
    """Label in the middle of a municipality, nowhere much outside it."""
    choices = []
    centre = np.array(shapely.point_on_surface(shape).coords[0])
    spots = np.vstack([within(shape, max(1.0, np.sqrt(shape.area) / 12)), centre])
    for lines in _layouts(name):
        text = "\n".join(lines)
        size = text_size(text, points)
        outside = outside_share(shape, spots, *size)
        costs = np.where(outside > most, np.inf, 12 * outside + 0.3 * np.hypot(*(spots - centre).T))
        choices.append((float(costs.min()) + 0.5 * (len(lines) - 1), text, Label(*size, spots, costs)))
    _, text, label = min(choices, key=lambda choice: choice[0])
    return text, label


def boxes_of(written: Sequence[Written], dots: FloatArray) -> FloatArray:
    """Give the boxes (left, bottom, right, top) of texts and dots, shape (m, 4)."""
    boxes = []
    for text in written:
        width, height = text_size(text.text, text.points, text.weight)
        boxes.append((text.x - width / 2, text.y - height / 2, text.x + width / 2, text.y + height / 2))
    return np.vstack([np.array(boxes).reshape(-1, 4), np.hstack([dots - DOT, dots + DOT])])


def short_name(merger: MapMerger, instance: Instance) -> str:
    """Name to write at the seat: the merger's own, or the seat's where the name only counts members."""
    name = re.sub(r"\s*\+\d+$", "", merger.name)
    return drawable(name or instance.names[merger.seat])


def _type(merger: MapMerger, size: float) -> tuple[float, str]:
    """Size and weight of a name: larger for more inhabitants, lighter for those that stand alone small."""
    for limit, points in ((100_000, 10.0), (60_000, 8.5), (20_000, 7.5)):
        if merger.population >= limit:
            return points * size, "bold"
    return 6.5 * size, "normal"


def _seat_label(
    name: str, kind: tuple[float, str], shape: Geometry, number: int, dots: FloatArray
) -> tuple[str, Label]:
    """Label for a seat, on two lines where a long name then fits its merger better."""
    choices = []
    for lines in _layouts(name):
        text = "\n".join(lines)
        width, height = text_size(text, *kind)
        centres, costs = _seat_places(shape, dots, number, (width, height))
        best = float(costs.min()) + (0.9 if len(lines) > 1 else 0.0)
        choices.append((best, text, Label(width, height, centres, costs)))
    _, text, label = min(choices, key=lambda choice: choice[0])
    return text, label


def _seat_places(
    shape: Geometry, dots: FloatArray, number: int, size: tuple[float, float]
) -> tuple[FloatArray, FloatArray]:
    """Places for a seat's name with their costs: near the dot, inside the merger, away from other dots."""
    dot = dots[number]
    near = around((float(dot[0]), float(dot[1])), *size, 14.0)
    centres = np.vstack([near, within(shape, 2.0)])
    costs = 6 * outside_share(shape, centres, *size) + 0.55 * _gaps(centres, dot, size)
    costs[: len(near)] += 0.02 * np.arange(len(near)) / len(near)  # equal places: the customary one first
    # Another seat's dot nearer than the own one would make it doubtful whose name it is.
    own = np.hypot(*(centres - dot).T)
    near_by = dots[np.hypot(*(dots - dot).T) < 2 * float(own.max()) + 1]  # further ones are nearer to none
    others = np.hypot(*(centres[:, None, :] - near_by[None, :, :]).transpose(2, 0, 1))
    doubtful = (others < own[:, None] - 0.1).any(axis=1)
    return centres, costs + np.where(doubtful, 1.5, 0.0)


def _gaps(centres: FloatArray, dot: FloatArray, size: tuple[float, float]) -> FloatArray:
    """Distance from a dot to boxes, not to their middles: long names are no further away than short ones."""
    gaps = np.maximum(np.abs(centres - dot) - np.array(size) / 2, 0)
    return np.asarray(np.hypot(gaps[:, 0], gaps[:, 1]), dtype=np.float64)


def _leader(
    shape: Geometry, middle: tuple[float, float], label: Label, dot: FloatArray
) -> tuple[float, float] | None:
    size = (label.width, label.height)
    if _gaps(np.array([middle]), dot, size)[0] <= _FAR:
        return None
    outside = outside_share(shape, np.array([middle]), *size)[0]
    return (float(dot[0]), float(dot[1])) if outside > 0.5 else None


def region_names(
    instance: Instance,
    areas: Areas,
    taken: FloatArray,
    room: tuple[float, float, float, float] = EVERYWHERE,
) -> list[Written]:
    """Place the names of the regions, letterspaced, where what stands already leaves room.

    A region without room for its name on one or two lines is left to the index, and so is one alone.
    """
    return names_of_regions(instance, areas.regions, taken, room=room) if len(areas.regions) > 1 else []


def names_of_regions(
    instance: Instance,
    regions: Mapping[int, Geometry],
    taken: FloatArray,
    sizes: Sequence[float] = (9.0, 8.0, 7.0),
    room: tuple[float, float, float, float] = EVERYWHERE,
) -> list[Written]:
    """Place the names of some regions inside their shapes; those without room get none.

    Parameters
    ----------
    regions : mapping of int to shapely geometry
        Shapes on the page, by index of the region.
    taken : ndarray of float64, shape (m, 4)
        Boxes of what stands already.
    sizes : sequence of float
        Of the type, in points, the preferred one first.
    room : (float, float, float, float)
        Box that no name reaches out of.
    """
    placed: list[Written] = []
    for region, shape in sorted(regions.items(), key=lambda item: item[1].area):
        spot = _region_spot(drawable(instance.regions[region]), shape, taken, sizes, room)
        if spot is None:
            continue
        placed.append(spot[0])
        taken = np.vstack([taken, spot[1]])
    return placed


def spaced(name: str) -> str:
    """Write capitals with thin spaces between them."""
    return "\u2009".join(name.upper())


def _region_spot(
    name: str,
    shape: Geometry,
    taken: FloatArray,
    sizes: Sequence[float],
    room: tuple[float, float, float, float],
) -> tuple[Written, FloatArray] | None:
    """The most central free place for a region's name: on one line or two, in several sizes."""
    grid = within(shape, 1.0)
    if not len(grid):
        return None
    centre = np.array(shapely.centroid(shape).coords[0])
    for points in sizes:
        for lines in _layouts(name):
            text = "\n".join(spaced(line) for line in lines)
            width, height = text_size(text, points)
            free = outside_share(shape, grid, width, height) < 0.01
            spots = grid[free]
            costs = np.hypot(*(spots - centre).T)
            middle = place([Label(width, height, spots, costs)], taken, margin=0.6, room=room)[0]
            if middle is not None:
                half = np.array([width, height]) / 2
                box = np.hstack([np.array(middle) - half, np.array(middle) + half])
                return Written(text, *middle, points), box
    return None


def _layouts(name: str) -> list[tuple[str, ...]]:
    """A name on one line, and on two where it can be broken."""
    breaks = [match.end() for match in re.finditer(r"[ -]", name)]
    if not breaks:
        return [(name,)]
    middle = min(breaks, key=lambda at: abs(at - len(name) / 2))
    return [(name,), (name[:middle].rstrip(), name[middle:])]
