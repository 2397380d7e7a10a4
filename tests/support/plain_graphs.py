"""Plain graphs to divide: inhabitants and borders, and nothing else that is asked."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
from refzones.models import Scenario, ask
from refzones.solver.methods.edges.graph import Graph

from .build import build_instance

_ANYTHING = Scenario.from_dict({"population": {"min": 0, "max": 1000}, "weights": {"cut_edges": 1}})


def plain_graph(people: list[int], pairs: Iterable[tuple[int, int]]) -> Graph:
    """Build the graph of an instance whose borders are the edges, in any direction."""
    borders = {(min(pair), max(pair)) for pair in pairs}
    return Graph.of(ask(build_instance(people, borders), _ANYTHING), np.arange(len(people)))


def path_with_chords(size: int, chords: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Give the edges of a path through all vertices, and those of some pairs that are two of them."""
    some = {(min(pair), max(pair)) for pair in chords if max(pair) < size and pair[0] != pair[1]}
    return some | set(pairwise(range(size)))
