"""Splitting a question into independent frames."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
import numpy as np

from ..instances.arrays import IntArray
from ..models.question import Question


@dataclass(frozen=True)
class Frame:
    """Municipalities that are partitioned together: a connected part of a region.

    Attributes
    ----------
    region : int
        Index of the reference region.
    of : ndarray of int64, shape (m,)
        Municipalities, ascending.
    """

    region: int
    of: IntArray


def split(question: Question, region: int) -> list[Frame]:
    """Split a region into frames: municipalities that stand alone go first, then connected parts.

    Locks do not join parts: a group that lies in two of them cannot be one connected merger.
    """
    graph: nx.Graph[int] = nx.Graph()
    free = question.free_members(region).tolist()
    graph.add_nodes_from(free)
    graph.add_edges_from((a, b) for a in free for b in question.neighbours[a] if b in graph)
    parts = sorted(sorted(part) for part in nx.connected_components(graph))
    return [Frame(region, np.array(part, dtype=np.int64)) for part in parts]
