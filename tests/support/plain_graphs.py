"""Plain graphs to divide: inhabitants and borders, and nothing else that is asked."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
from refzones.models import Scenario, ask
from refzones.solver.deadline import Deadline
from refzones.solver.methods.edges.bonds import Bonds
from refzones.solver.methods.edges.graph import Graph
from refzones.solver.methods.edges.listing import FewEdges

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


def listed_sets(listing: Bonds | FewEdges) -> dict[tuple[int, ...], int]:
    """Give all sets that are listed with the numbers of edges that leave them; each must come once."""
    found: dict[tuple[int, ...], int] = {}
    for sets, cuts in listing.found(Deadline()):
        for members, cut in zip(sets, cuts, strict=True):
            part = tuple(np.flatnonzero(members).tolist())
            assert part not in found
            found[part] = int(cut)
    return found
