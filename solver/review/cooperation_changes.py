"""What a plan does to bodies of cooperation, by name: superfluous, simplified, or to be left or divided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ...instances.instance import Instance
from ..results.mergers import Merger
from ..results.plan import Plan

ChangeKind = Literal["superfluous", "simplified", "divided"]
"""All members of the body merge with each other; the body holds the whole merger, and others; some members of
the merger are in the body and some are not, and others are with them."""

LARGEST_SMALL = 5
"""Most municipalities of a small body."""


@dataclass(frozen=True)
class BodyChange:
    """What a merger does to a body of cooperation.

    Attributes
    ----------
    kind : {'superfluous', 'simplified', 'divided'}
    layer, body : str
        Key of the layer, and name of the zone.
    inside, outside : tuple of int
        Members of the merger that belong to the body, and those that do not.
    before, after : int
        Municipalities of the body now, and under the whole plan.
    """

    kind: ChangeKind
    layer: str
    body: str
    inside: tuple[int, ...]
    outside: tuple[int, ...]
    before: int
    after: int

    @property
    def is_small(self) -> bool:
        """Whether the body has two to five municipalities now."""
        return self.before <= LARGEST_SMALL


def cooperation_changes(instance: Instance, plan: Plan) -> tuple[tuple[Merger, tuple[BodyChange, ...]], ...]:
    """List what each merger of two municipalities or more does to bodies of two or more.

    Parameters
    ----------
    instance : Instance
    plan : Plan
        Municipalities that it says nothing of stay as they are.

    Returns
    -------
    tuple of (Merger, tuple of BodyChange)
        In the order of the plan; changes by layer and body.
    """
    part = np.arange(len(instance))
    for k, merger in enumerate(plan.mergers):
        part[list(merger.members)] = len(instance) + k
    return tuple(
        (merger, tuple(_changes(instance, merger, part.tolist())))
        for merger in plan.mergers
        if len(merger.members) > 1
    )


def _changes(instance: Instance, merger: Merger, part: list[int]) -> Iterator[BodyChange]:
    for key, layer in instance.layers.items():
        zone = layer.zone.tolist()
        names = sorted({layer.name_of(i) for i in merger.members} - {""})
        for name in names:
            partners = np.flatnonzero(layer.zone == layer.zones.index(name)).tolist()
            if len(partners) < 2:
                continue
            inside = tuple(i for i in merger.members if zone[i] == zone[partners[0]])
            outside = tuple(i for i in merger.members if i not in inside)
            yield BodyChange(
                _kind(inside, outside, len(partners)),
                key,
                name,
                inside,
                outside,
                len(partners),
                len({part[i] for i in partners}),
            )


def _kind(inside: tuple[int, ...], outside: tuple[int, ...], partners: int) -> ChangeKind:
    if len(inside) == partners:
        return "superfluous"
    return "divided" if outside else "simplified"
