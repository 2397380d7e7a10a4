"""Uniform sampling of plans."""

from __future__ import annotations

import random
from collections.abc import Iterator

from ...candidates.sets import Part
from .graph import PlanGraph


def draw(graph: PlanGraph, number: int, seed: int) -> Iterator[tuple[int, ...]]:
    """Draw plans uniformly at random, independently of each other.

    From each state, an arc is taken with the share of the plans that go on with it: a whole number below the
    number of plans is drawn without bias, and the arc is the one whose plans hold its place.

    Parameters
    ----------
    graph : PlanGraph
    number : int
    seed : int

    Yields
    ------
    tuple of int
        Rows of the candidates of a plan.

    Notes
    -----
    Takes time linear in the arcs of the states on the way.
    """
    generator = random.Random(seed)
    ways, first, target = graph.paths_from, graph.arc_first.tolist(), graph.target
    for _ in range(number):
        state, chosen = 0, []
        while state < graph.states - 1:
            left = generator.randrange(int(ways[state]))
            arc = first[state]
            while left >= (here := int(ways[target[arc]])):
                left -= here
                arc += 1
            chosen.append(int(graph.row[arc]))
            state = int(target[arc])
        yield tuple(chosen)


def parts_of(graph: PlanGraph, rows: tuple[int, ...]) -> tuple[Part, ...]:
    """Give the members of the mergers of a plan that was drawn, by first member."""
    return tuple(sorted(graph.part(row) for row in rows))
