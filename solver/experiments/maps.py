"""Which municipalities there are: today, along zones, under a plan, and under plans drawn at random."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from ...instances.common.arrays import IntArray
from ...instances.instance import Instance
from ..plan_sets.census import Census
from ..plan_sets.census.sampling import draw


def along(instance: Instance, municipalities: IntArray, layer: str) -> IntArray:
    """Merge the municipalities of each zone of a layer; one without a zone stays as it is.

    Returns
    -------
    ndarray of int64, shape (n,)
        New municipality of each one, from 0 on.
    """
    _, part = np.unique(instance.layers[layer].separate()[municipalities], return_inverse=True)
    return part.astype(np.int64)


def under(instance: Instance, municipalities: IntArray, parts: Iterable[Sequence[int]]) -> IntArray:
    """Merge municipalities as a plan does; those that it leaves out stay as they are."""
    whole = len(instance) + np.arange(len(instance), dtype=np.int64)
    for k, members in enumerate(parts):
        whole[list(members)] = k
    _, part = np.unique(whole[municipalities], return_inverse=True)
    return part.astype(np.int64)


def drawn(census: Census, municipalities: IntArray, number: int, seed: int) -> Iterator[IntArray]:
    """Draw plans of all regions, all with the same probability, independently of each other.

    The plans are those of `Census.draw`.

    Parameters
    ----------
    census : Census
        Of regions whose plans were all counted.
    municipalities : ndarray of int64, shape (n,)
        Those of the regions.
    number, seed : int

    Yields
    ------
    ndarray of int64, shape (n,)
        New municipality of each one, from 0 on.
    """
    place = np.full(len(census.instance), -1, dtype=np.int64)
    place[municipalities] = np.arange(len(municipalities))
    streams = []
    for k, one in enumerate(census.by_region):
        assert one.graph is not None
        streams.append((one.graph, draw(one.graph, number, seed + k)))
    known: dict[tuple[int, int], IntArray] = {}
    for _ in range(number):
        part, at = np.full(len(municipalities), -1, dtype=np.int64), 0
        for k, (graph, stream) in enumerate(streams):
            for row in next(stream):
                if (k, row) not in known:
                    known[k, row] = place[list(graph.part(row))]
                part[known[k, row]] = at
                at += 1
        yield part
