"""Splitting a question into independent frames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np

from ...instances.common.arrays import IntArray
from ...models.question.question import Question


@dataclass(frozen=True)
class Component:
    """Municipalities that are partitioned together: a connected part of a region.

    Attributes
    ----------
    region : int
        Index of the reference region.
    municipalities : ndarray of int64, shape (m,)
        Municipalities, ascending.
    """

    region: int
    municipalities: IntArray

    def without(self, parts: Sequence[tuple[int, ...]]) -> Component:
        """Give the frame that is left when some parts are taken out; it need not be connected."""
        held = [i for part in parts for i in part]
        return (
            Component(self.region, self.municipalities[~np.isin(self.municipalities, held)]) if held else self
        )


def split(question: Question, region: int) -> list[Component]:
    """Split a region into frames: municipalities that stand alone go first, then connected parts.

    Locks do not join parts: a group that lies in two of them cannot be one connected merger.
    """
    graph: nx.Graph[int] = nx.Graph()
    free = question.free_members(region).tolist()
    graph.add_nodes_from(free)
    graph.add_edges_from((a, b) for a in free for b in question.neighbours[a] if b in graph)
    parts = sorted(sorted(part) for part in nx.connected_components(graph))
    return [Component(region, np.array(part, dtype=np.int64)) for part in parts]


def frames_of(
    question: Question, region: int, *, bound_together: bool | None = None
) -> list[tuple[Component, list[tuple[int, ...]]]]:
    """List the frames of a region with the settled parts that they hold.

    Parameters
    ----------
    question : Question
    region : int
    bound_together : bool, optional
        Whether something binds all of them together, which are then one frame; by default a limit on the
        number of mergers does.
    """
    settled = [part for part, _ in question.settled_parts(region)]
    if question.count(region) is not None if bound_together is None else bound_together:
        return [(Component(region, question.instance.members(region)), settled)]
    alone = [(Component(region, np.array(part, dtype=np.int64)), [part]) for part in settled]
    return alone + [(frame, []) for frame in split(question, region)]
