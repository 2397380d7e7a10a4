"""Map colouring: no two neighbours share a colour, in colour and in greyscale."""

from __future__ import annotations

import colorsys
from collections.abc import Iterable, Sequence
from typing import Final

import networkx as nx
import numpy as np
import shapely

from ...instances import Instance
from ...instances.common.arrays import FloatArray
from .shapes import Geometry

PALETTE: Final = ("#f9efc4", "#f9cf9f", "#a1d2eb", "#95c9a6", "#d6a6c1", "#95a3cd", "#e6cd72", "#e19487")
"""Soft colours that print well. The first six lie three to nine steps of CIE L* apart, to stay distinct in
greyscale, and at least 9 apart in CIE Lab for every kind of colour blindness (simulated after Machado); the
last two are rarely needed."""

STANDALONE: Final = "#e6e6e6"
"""Fill of a municipality that stands alone by rule."""

_USUAL: Final = 6
"""How many colours are used when fewer would do: more gives more contrast between neighbours."""

_NEAR: Final = 250.0
"""Shapes closer than this, in metres, look like neighbours on a printed map."""

_STRATEGIES: Final = (
    "DSATUR",
    "smallest_last",
    "largest_first",
    "connected_sequential_bfs",
    "independent_set",
)
_QUICK: Final = ("smallest_last", "largest_first", "connected_sequential_bfs")
_MANY: Final = 300
"""Nodes above which only the strategies are tried whose time grows with the size of the graph."""


def neighbours(
    instance: Instance, members: Sequence[tuple[int, ...]], drawn: Sequence[Geometry], near: float = _NEAR
) -> set[tuple[int, int]]:
    """Find pairs of mergers that border each other, or come near each other as drawn.

    Parameters
    ----------
    instance : Instance
        Its border graph holds the true neighbours.
    members : sequence of tuple of int
        Municipalities of each merger.
    drawn : sequence of shapely geometries
        Shape of each merger; generalised shapes can touch where the true ones do not.
    near : float
        Distance in the instance's CRS under which shapes count as touching.

    Returns
    -------
    set of tuple of int
        Indices into `members`, the lower first.
    """
    merger = np.full(len(instance), -1, dtype=np.int64)
    for number, group in enumerate(members):
        merger[list(group)] = number
    pairs = [] if not len(instance.borders.pairs) else merger[instance.borders.pairs].tolist()
    shapes = np.array(drawn, dtype=object)
    touching = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=near).T.tolist()
    return {(min(a, b), max(a, b)) for a, b in [*pairs, *touching] if a != b and min(a, b) >= 0}


def assign_colours(count: int, edges: Iterable[tuple[int, int]], usual: int = _USUAL) -> tuple[int, ...]:
    """Colour a graph with few colours, evenly used, neighbours far apart in lightness.

    Parameters
    ----------
    count : int
        Number of nodes.
    edges : iterable of tuple of int
        Pairs that must differ.
    usual : int
        Number of colours used even where fewer would do.

    Returns
    -------
    tuple of int
        Colour of each node, counted from 0; the same for the same graph.

    Notes
    -----
    The best of several greedy colourings (Kosowski and Manuszewski 2004), then improved node by node. Planar
    graphs of the size of Flanders need four or five colours.
    """
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(sorted(edges))
    best = min(
        (nx.greedy_color(graph, strategy=name) for name in _STRATEGIES if count <= _MANY or name in _QUICK),
        key=lambda colouring: max(colouring.values(), default=0),
    )
    colours = [best[node] for node in range(count)]
    available = max(usual, max(colours, default=0) + 1)
    return tuple(_spread(graph, colours, available))


def palette(size: int) -> tuple[str, ...]:
    """Give at least `size` colours: the hand-made ones, then tints a golden angle apart."""
    more = []
    for k in range(size - len(PALETTE)):
        red, green, blue = colorsys.hls_to_rgb((0.07 + 0.618034 * k) % 1, 0.72 + 0.05 * (k % 4), 0.5)
        more.append(f"#{round(255 * red):02x}{round(255 * green):02x}{round(255 * blue):02x}")
    return (*PALETTE, *more)


def lightness(colour: str) -> float:
    """Compute CIE L* of a colour written as ``#rrggbb``: 0 is black, 100 is white."""
    channels = np.array([int(colour[k : k + 2], 16) for k in (1, 3, 5)]) / 255
    linear = np.where(channels > 0.04045, ((channels + 0.055) / 1.055) ** 2.4, channels / 12.92)
    luminance = float(linear @ np.array([0.2126, 0.7152, 0.0722]))
    return 116 * luminance ** (1 / 3) - 16 if luminance > 0.008856 else 903.3 * luminance


def _spread(graph: nx.Graph[int], colours: list[int], available: int) -> list[int]:
    """Recolour node by node, as long as it evens the use of colours or sets neighbours further apart."""
    contrast = _contrast(available)
    used = np.bincount(colours, minlength=available).astype(float)
    even = max(graph.number_of_nodes() / available, 1.0)
    for _ in range(30):
        moved = False
        for node in graph:
            around = [colours[other] for other in graph[node]]
            used[colours[node]] -= 1
            gain = contrast[:, around].mean(axis=1) if around else np.zeros(available)
            value = gain - 0.5 * used / even
            value[around] = -np.inf
            choice = int(np.argmax(value))
            if value[choice] > value[colours[node]] + 1e-9:
                colours[node] = choice
                moved = True
            used[colours[node]] += 1
        if not moved:
            break
    return colours


def _contrast(available: int) -> FloatArray:
    """How far colours are apart in lightness: 0 for the same, 1 from ten steps of L* on."""
    light = np.array([lightness(colour) for colour in palette(available)[:available]])
    return np.asarray(np.minimum(np.abs(light[:, None] - light[None, :]) / 10, 1.0), dtype=np.float64)
